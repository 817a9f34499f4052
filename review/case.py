"""How far each case is, by what its coders handed in and what was decided over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from review.adjudication_state import Adjudication
from review.applicability import Sheet, read_sheet
from review.bench import Bench, read_bench
from review.decision_events import QaFailed, Source
from review.decoding import decode
from review.events import Purpose
from review.fold import Flag, Referral, Review
from review.freshness import head_of, is_fresh
from review.handed_in import (
    agreed_answers,
    compare,
    do_agree,
    handed_in,
    is_all_in,
    is_left_unconfirmed,
)
from sampling.draw import DrawnRecord, Role

__all__ = [
    "CaseState",
    "Flag",
    "Referral",
    "Review",
    "case_state",
    "count_states",
    "decode",
    "double_coded_count",
    "final_bench",
    "final_sheet",
    "sheet_in_conflict",
    "unresolved_count",
]


class CaseState(StrEnum):
    """How far a case is; the cases of the sample, counted by it, add up to the sample."""

    AWAITING = "awaiting"
    PARTLY_CODED = "partly_coded"
    """Begun, and not handed in by everybody it waits for."""
    AGREED = "agreed"
    """Handed in without a difference; a required answer or quote is missing all the same."""
    FLAGGED = "flagged"
    """A flag that the supervisor has to answer first is open."""
    CONFLICT = "conflict"
    """Handed in by several people whose answers differ."""
    ADJUDICATING = "adjudicating"
    """Somebody is deciding over its codings."""
    DECIDED = "decided"
    """Decided; a required answer or quote is missing all the same."""
    QA_PENDING = "qa_pending"
    """Settled, and chosen for a quality check before sign-off that was not taken yet."""
    FINAL = "final"
    STALE = "stale"
    """Decided, and a coding that was decided over has changed since; or coded with an earlier
    version of the codebook, and answers have to be confirmed before they count, or decided where
    their coder has left."""
    REOPENED = "reopened"
    """Opened again: by the supervisor, or because a quality check found it wrong."""
    EXCLUDED = "excluded"
    """Out of the audit: the next of the reserve took its place."""
    RESERVE = "reserve"
    """Not in the sample; counted apart."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do: final, or out of the audit."""
        return self in (CaseState.FINAL, CaseState.EXCLUDED)


def case_state(review: Review, role: Role, case_id: str) -> CaseState:
    """Return how far a case is.

    Args:
        review: Everything that was done.
        role: What the record was drawn for; a replaced one is out of the audit.
        case_id: The case.
    """
    if role is Role.RESERVE:
        return CaseState.RESERVE
    if role is Role.REPLACED:
        return CaseState.EXCLUDED
    if review.has_blocking_flag(case_id):
        return CaseState.FLAGGED
    if review.is_outdated(case_id):
        return CaseState.STALE
    adjudication = review.decisions.adjudication_of(case_id)
    if adjudication is not None:
        fresh = is_fresh(review, adjudication)
        if adjudication.is_closed:
            return _decided_state(review, adjudication) if fresh else CaseState.STALE
        if fresh:
            return CaseState.ADJUDICATING
    return _coded_state(review, case_id)


def _coded_state(review: Review, case_id: str) -> CaseState:
    """Return the state of a case over which nothing is decided."""
    codings = review.codings_of(case_id)
    if any(coding.reopened_reason is not None for coding in codings):
        return CaseState.REOPENED
    if not is_all_in(review, case_id):
        return CaseState.PARTLY_CODED if codings else CaseState.AWAITING
    if is_left_unconfirmed(review, case_id):
        return CaseState.STALE
    counted = handed_in(review, case_id)
    if not do_agree(review, counted):
        return CaseState.CONFLICT
    is_import = any(coding.purpose is Purpose.IMPORT for coding in counted)
    is_whole = is_import or review.own_sheet_of(counted[0]).is_complete
    return _settled_state(review, case_id) if is_whole else CaseState.AGREED


def _decided_state(review: Review, adjudication: Adjudication) -> CaseState:
    """Return the state of a case whose decision stands."""
    if read_bench(review, adjudication).open_questions:
        return CaseState.DECIDED
    return _settled_state(review, adjudication.case_id)


def _settled_state(review: Review, case_id: str) -> CaseState:
    """Return the state of a case with final answers, by the quality check at it."""
    if not review.decisions.is_chosen_for_check(case_id):
        return CaseState.FINAL
    look = review.decisions.check_of(case_id, head_of(review, case_id))
    if look is None:
        return CaseState.QA_PENDING
    return CaseState.REOPENED if isinstance(look, QaFailed) else CaseState.FINAL


def count_states(review: Review, records: Iterable[DrawnRecord]) -> dict[CaseState, int]:
    """Count the drawn records by state; every state stands in the result.

    All states but ``reserve`` together are the records drawn for the sample, replaced ones among
    them.
    """
    counts = Counter(case_state(review, record.role, record.case_id) for record in records)
    return {state: counts[state] for state in CaseState}


def final_sheet(review: Review, role: Role, case_id: str) -> Sheet | None:
    """Return the final answers of a case; None for a case that is not final.

    They are those of its adjudication, or those that its codings agree on.
    """
    if case_state(review, role, case_id) is not CaseState.FINAL:
        return None
    adjudication = review.decisions.adjudication_of(case_id)
    if adjudication is not None and adjudication.is_closed:
        return read_bench(review, adjudication).sheet
    return review.sheet_of(handed_in(review, case_id)[0])


def final_bench(review: Review, role: Role, case_id: str) -> Bench | None:
    """Return what was decided over a final case; None where it is not final or nothing was."""
    if case_state(review, role, case_id) is not CaseState.FINAL:
        return None
    adjudication = review.decisions.adjudication_of(case_id)
    if adjudication is None or not adjudication.is_closed:
        return None
    return read_bench(review, adjudication)


def sheet_in_conflict(review: Review, role: Role, case_id: str) -> Sheet | None:
    """Return what the codings of a case agree on; None for a case that is not in conflict.

    A question on which they differ stands in it without an answer: it is undetermined until it is
    decided.
    """
    states = (CaseState.CONFLICT, CaseState.ADJUDICATING)
    if case_state(review, role, case_id) not in states:
        return None
    codings, codebook = handed_in(review, case_id), review.codebook
    if codebook is None or not is_all_in(review, case_id):
        return None
    compared = compare(codebook, [review.sheet_of(coding) for coding in codings])
    return read_sheet(codebook, agreed_answers(compared), ())


def unresolved_count(review: Review, records: Iterable[DrawnRecord]) -> int:
    """Count the final answers that could not be agreed, over all questions and cases."""
    benches = (final_bench(review, record.role, record.case_id) for record in records)
    return sum(
        decision.source is Source.UNRESOLVED and bench.sheet.state_of(question).is_counted
        for bench in benches
        if bench is not None
        for question, decision in bench.adjudication.decisions.items()
    )


def double_coded_count(review: Review, records: Iterable[DrawnRecord]) -> int:
    """Count the final cases whose answers rest on the codings of several people."""
    return sum(
        len(handed_in(review, record.case_id)) > 1
        for record in records
        if case_state(review, record.role, record.case_id) is CaseState.FINAL
    )
