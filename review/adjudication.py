"""Beginning, sending back and closing the decision over a case: pure rules.

Whoever decides over a case coded none of it. A coding is never changed by a decision: the final
answers stand beside the codings, and fall when one of those changes.
"""

from __future__ import annotations

from typing import Final

from review.coding_state import CodingState
from review.decision_events import (
    AdjudicationClosed,
    AdjudicationInput,
    AdjudicationOpened,
    QuestionDecided,
    Source,
)
from review.events import CodingLocked, CodingReopened, CodingReturned, ReviewEvent
from review.fold import Review
from review.freshness import is_fresh, was_found_wrong
from review.handed_in import (
    do_agree,
    from_left_to_right,
    handed_in,
    is_all_in,
    is_left_unconfirmed,
)
from review.readiness import Decision
from review.ruling import open_bench, tidy_comment
from review.supervision import words_of
from review.unchanged import is_as_found_wrong
from sampling.draw import Role
from sampling.refusal import Refusal

_WAIVABLE: Final = ("not-all-in", "adjudicated-by-another", "decided-already", "nothing-to-settle")


def is_waivable(refusal: Refusal) -> bool:
    """Say whether a supervisor may set aside with a reason what a case is refused for."""
    return refusal.rule in _WAIVABLE


NOTHING_TO_SETTLE: Final = Refusal(
    "nothing-to-settle",
    "The codings of this case agree, so there is nothing to settle.",
    "Take a case in conflict.",
)


def why_not_adjudicate(review: Review, name: str, *, role: Role, case_id: str) -> Refusal | None:
    """Say why a person may not decide over a case, or None where they may.

    Args:
        review: Everything that was done.
        name: Who wants to.
        role: What the record was drawn for.
        case_id: The case.
    """
    if role is not Role.SAMPLE:
        return Refusal(
            "not-in-sample",
            "This case is not in the sample, or was taken out of it.",
            "Choose a case of the sample.",
        )
    coders = {coding.reviewer for coding in review.codings_of(case_id)}
    if name in coders or name in {slot.reviewer for slot in review.slots_of(case_id)}:
        return Refusal(
            "own-case",
            "Whoever codes a case, or was to code it, cannot decide over its codings.",
            "Leave it to somebody who did not code it.",
        )
    return None


def open_adjudication(
    review: Review, name: str, case_id: str, *, seed: str, reason: str = "", may_overrule: bool
) -> Decision:
    """Begin to decide over the codings of a case.

    Args:
        review: Everything that was done.
        name: Who decides; may do so by :func:`why_not_adjudicate`.
        case_id: The case.
        seed: Of the draw: it says whose coding stands on the left.
        reason: Why before all codings are in, in the place of somebody else, or again.
        may_overrule: Whether they are the supervisor, who alone may do so with a reason.

    Returns:
        Events, the locking of the codings among them; none where they have begun already.
    """
    if not isinstance(open_bench(review, name, case_id), Refusal):
        return ()
    stops = _why_wait(review, name, case_id)
    if stops is not None and not (may_overrule and reason.strip() and is_waivable(stops)):
        return stops
    words = tidy_comment(reason)
    if isinstance(words, Refusal):
        return words
    codings = from_left_to_right(handed_in(review, case_id), review.reviewers, seed=seed)
    inputs = tuple(
        AdjudicationInput(reviewer=one.reviewer, revision=one.revision, head=one.head or "")
        for one in codings
    )
    codebook = "" if review.codebook is None else review.codebook.sha256
    opened = AdjudicationOpened(
        codebook_sha256=codebook, inputs=inputs, reason=words if stops is not None else ""
    )
    return (opened, *locking(review, case_id))


def _why_wait(review: Review, name: str, case_id: str) -> Refusal | None:
    """Say why a case is not to be decided now, or None."""
    codings = handed_in(review, case_id)
    if not codings:
        return Refusal(
            "nothing-handed-in",
            "Nobody has handed this case in, so there is nothing to decide over.",
            "Wait until it is handed in.",
        )
    current = review.decisions.adjudication_of(case_id)
    if current is not None and is_fresh(review, current):
        if not current.is_closed and current.adjudicator != name:
            return Refusal(
                "adjudicated-by-another",
                "Somebody else is deciding over this case.",
                "Take another case; the supervisor can take it over with a reason.",
            )
        if current.is_closed and not was_found_wrong(review, case_id):
            return Refusal(
                "decided-already",
                "This case is decided, and its codings have not changed since.",
                "The supervisor can have it decided again with a reason.",
            )
    if not is_all_in(review, case_id):
        return Refusal(
            "not-all-in",
            "Not everybody who is to code this case has handed it in.",
            "Wait for the others; the supervisor can begin early with a reason.",
        )
    is_to_settle = was_found_wrong(review, case_id) or is_left_unconfirmed(review, case_id)
    if current is None and do_agree(review, codings) and not is_to_settle:
        return NOTHING_TO_SETTLE
    return None


def locking(review: Review, case_id: str) -> tuple[ReviewEvent, ...]:
    """Return the events that fix the handed-in codings of a case; none where they are fixed."""
    return tuple(
        CodingLocked(reviewer=one.reviewer, revision=one.revision)
        for one in handed_in(review, case_id)
        if one.state is not CodingState.LOCKED
    )


def close_adjudication(review: Review, name: str, case_id: str, *, reason: str = "") -> Decision:
    """Confirm all that is agreed, and close the case.

    Args:
        review: Everything that was done.
        name: The adjudicator.
        case_id: The case.
        reason: Why answers stand that a quality check found wrong; kept only where they do.
    """
    bench = open_bench(review, name, case_id)
    if isinstance(bench, Refusal):
        return bench
    if bench.open_questions:
        return Refusal(
            "undecided",
            f"Not decided yet: {', '.join(bench.open_questions)}.",
            "Decide each; what cannot be agreed may stay unresolved.",
        )
    stands = is_as_found_wrong(review, bench)
    words = tidy_comment(reason)
    if isinstance(words, Refusal):
        return words
    if stands and not words:
        return Refusal(
            "found-wrong",
            "A quality check found this case wrong, and its final answers are as they were.",
            "Decide what is wrong with them, or say in words why they stand.",
        )
    confirmed = tuple(
        QuestionDecided(question=one.question.id, value=one.values[0], source=Source.AGREED)
        for one in bench.unconfirmed
    )
    return (*confirmed, AdjudicationClosed(reason=words if stands else ""))


def return_to_coder(
    review: Review, name: str, case_id: str, *, coder: int, question: str
) -> Decision:
    """Send one coding back to whoever made it, with a question.

    What was decided so far falls with it: the case is decided anew when it is handed in again.

    Args:
        review: Everything that was done.
        name: The adjudicator.
        case_id: The case.
        coder: Which coding, from 1 at the left.
        question: What the adjudicator asks.
    """
    bench = open_bench(review, name, case_id)
    if isinstance(bench, Refusal):
        return bench
    if not 1 <= coder <= len(bench.codings):
        return Refusal(
            "no-such-coding",
            f"This case has {len(bench.codings)} codings.",
            "Count them from the left, from 1.",
        )
    words = words_of(question)
    if isinstance(words, Refusal):
        return words
    coding = bench.codings[coder - 1]
    if coding.reviewer in review.left:
        return Refusal(
            "has-left",
            "Whoever made this coding has left the audit.",
            "Decide the case on what there is.",
        )
    return (
        CodingReopened(reviewer=coding.reviewer, revision=coding.revision, reason=words),
        CodingReturned(reviewer=coding.reviewer, revision=coding.revision, question=words),
    )
