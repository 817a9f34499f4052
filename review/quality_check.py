"""The quality check of settled cases, before the sample is signed off.

Which cases are looked at is a ticket, fixed before anybody knows what was found in them: the
smallest ``second`` tickets over the cases of the sample. Cases that wait for a decision over
differing codings are passed over: somebody who coded none of it reads those anyway. A larger
share holds a smaller one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from review.case import CaseState, case_state
from review.decision_events import QaChosen, QaFailed, QaPassed
from review.fold import Review
from review.freshness import head_of
from review.handed_in import handed_in
from review.readiness import Decision
from review.supervision import words_of
from sampling.draw import Role
from sampling.refusal import Refusal
from sampling.tickets import in_ticket_order

SECOND: Final = "second"
"""The label of the tickets that choose the cases to be checked."""
_DISPUTED: Final = (CaseState.CONFLICT, CaseState.ADJUDICATING)


def choose_checks(review: Review, case_ids: Collection[str], *, number: int, seed: str) -> Decision:
    """Have cases chosen for a quality check; cases chosen before stay chosen, first of all.

    Args:
        review: Everything that was done.
        case_ids: The cases of the sample, in any order.
        number: How many of them are looked at, those chosen before among them.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    if not 1 <= number <= len(case_ids):
        return Refusal(
            "check-number",
            f"A quality check needs 1 to {len(case_ids)} cases, and {number} were asked for.",
            "Give a number of cases or a share of them.",
        )
    before = review.decisions.chosen_for_check & set(case_ids)
    further = [
        case_id
        for case_id in in_ticket_order(SECOND, seed, case_ids)
        if case_id not in before and case_state(review, Role.SAMPLE, case_id) not in _DISPUTED
    ]
    if number > len(before) + len(further):
        return Refusal(
            "check-disputed",
            f"{len(before) + len(further)} cases can be checked now, and {number} were asked for; "
            "the others wait for a decision over codings that differ.",
            "Have those decided first, or ask for fewer.",
        )
    chosen = [*before, *further[: max(0, number - len(before))]]
    if set(chosen) <= before:
        return ()
    return (QaChosen(cases=tuple(sorted(chosen, key=lambda one: (len(one), one)))),)


def pass_check(review: Review, name: str, *, role: Role, case_id: str) -> Decision:
    """Say that a quality check found nothing against the final answers of a case."""
    refusal = _why_not_look(review, name, role=role, case_id=case_id)
    return refusal or (QaPassed(head=head_of(review, case_id)),)


def fail_check(review: Review, name: str, *, role: Role, case_id: str, reason: str) -> Decision:
    """Say that the final answers of a case are wrong, and why: it has to be decided anew."""
    refusal = _why_not_look(review, name, role=role, case_id=case_id)
    if refusal is not None:
        return refusal
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    return (QaFailed(head=head_of(review, case_id), reason=words),)


def _why_not_look(review: Review, name: str, *, role: Role, case_id: str) -> Refusal | None:
    if case_state(review, role, case_id) is not CaseState.QA_PENDING:
        return Refusal(
            "no-check",
            "This case waits for no quality check.",
            "Choose one of the cases that do.",
        )
    if name in _decided_by(review, case_id):
        return Refusal(
            "own-case",
            "Whoever coded or decided a case cannot check it.",
            "Leave it to somebody who did neither.",
        )
    return None


def _decided_by(review: Review, case_id: str) -> Sequence[str]:
    """Return the people whose work the final answers of a case are."""
    coders = [coding.reviewer for coding in handed_in(review, case_id)]
    current = review.decisions.adjudication_of(case_id)
    return coders if current is None else [*coders, current.adjudicator]
