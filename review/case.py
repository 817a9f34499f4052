"""How far each case is, by what its coders handed in and what the supervisor said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from review.applicability import Sheet
from review.codebook import QuestionType, Value
from review.coding_state import Coding, CodingState
from review.decoding import decode
from review.fold import Flag, Referral, Review
from sampling.draw import DrawnRecord, Role

__all__ = [
    "CaseState",
    "Flag",
    "Referral",
    "Review",
    "case_state",
    "count_states",
    "decode",
    "final_coding",
    "final_sheet",
]


class CaseState(StrEnum):
    """How far a case is; the cases of the sample, counted by it, add up to the sample."""

    AWAITING = "awaiting"
    PARTLY_CODED = "partly_coded"
    """Begun, and not handed in by as many people as it takes."""
    AGREED = "agreed"
    FLAGGED = "flagged"
    """A flag that the supervisor has to answer first is open."""
    CONFLICT = "conflict"
    """Handed in by several people whose answers differ."""
    ADJUDICATING = "adjudicating"
    DECIDED = "decided"
    QA_PENDING = "qa_pending"
    FINAL = "final"
    STALE = "stale"
    REOPENED = "reopened"
    EXCLUDED = "excluded"
    RESERVE = "reserve"
    """Not in the sample; counted apart."""


def case_state(review: Review, role: Role, case_id: str) -> CaseState:
    """Return how far a case is.

    Args:
        review: Everything that was done.
        role: What the record was drawn for; a replaced one is out of the audit.
        case_id: The case.
    """
    if role is Role.RESERVE:
        return CaseState.RESERVE
    if role is Role.REPLACED or review.exclusion_of(case_id) is not None:
        return CaseState.EXCLUDED
    if review.has_blocking_flag(case_id):
        return CaseState.FLAGGED
    codings = review.codings_of(case_id)
    submitted = [coding for coding in codings if coding.state is CodingState.SUBMITTED]
    if not submitted:
        return CaseState.PARTLY_CODED if codings else CaseState.AWAITING
    if len(submitted) == 1:
        return CaseState.FINAL
    first, *others = (_settled(review, coding) for coding in submitted)
    return CaseState.FINAL if all(one == first for one in others) else CaseState.CONFLICT


def count_states(review: Review, records: Iterable[DrawnRecord]) -> dict[CaseState, int]:
    """Count the drawn records by state; every state stands in the result.

    All states but ``reserve`` together are the records drawn for the sample, replaced ones among
    them.
    """
    counts = Counter(case_state(review, record.role, record.case_id) for record in records)
    return {state: counts[state] for state in CaseState}


def final_coding(review: Review, role: Role, case_id: str) -> Coding | None:
    """Return the coding that a final case counts with; None for a case that is not final."""
    if case_state(review, role, case_id) is not CaseState.FINAL:
        return None
    codings = review.codings_of(case_id)
    return next(coding for coding in codings if coding.state is CodingState.SUBMITTED)


def final_sheet(review: Review, role: Role, case_id: str) -> Sheet | None:
    """Return the final answers of a case; None for a case that is not final."""
    coding = final_coding(review, role, case_id)
    return None if coding is None else review.sheet_of(coding)


def _settled(review: Review, coding: Coding) -> dict[str, Value]:
    """Return the counted answers on which coders can agree; a text never conflicts."""
    sheet = review.sheet_of(coding)
    return {
        state.question.id: state.value
        for state in sheet.questions
        if state.is_counted and state.question.type is not QuestionType.TEXT
    }
