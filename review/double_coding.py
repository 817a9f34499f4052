"""The cases drawn to be coded twice, as agreement reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from review.agreement import CodedTwice, DoubleCoding, agreement_by_question
from review.carrying import set_apart
from review.coding_state import Submission
from review.errors import ReviewError
from review.events import Purpose
from review.fold import Review

_BLIND: Final = (Purpose.PRIMARY, Purpose.DOUBLE)
"""Purposes of the two slots that agreement compares; rechecks are chosen because of an answer."""


@dataclass(frozen=True, slots=True)
class DoubleSet:
    """The random double set of a sample."""

    chosen: int
    """Cases of the sample that were drawn to be coded twice."""
    cases: tuple[CodedTwice, ...]
    """Those that both coders have handed in, in the order given."""


def double_set(review: Review, case_ids: Iterable[str]) -> DoubleSet:
    """Return the cases that a ticket chose to be coded twice, with what was first handed in.

    Args:
        review: Everything that was done.
        case_ids: The cases of the sample; those out of the audit left out.
    """
    chosen, cases = 0, []
    for case_id in case_ids:
        slots = {one.purpose: one for one in review.assigned_to(case_id)}
        if not all(purpose in slots for purpose in _BLIND):
            continue
        chosen += 1
        handed_in = [
            review.coding_of(case_id, slots[purpose].reviewer).first_submission
            for purpose in _BLIND
        ]
        first, second = handed_in
        if first is not None and second is not None:
            coders = tuple(slots[purpose].reviewer for purpose in _BLIND)
            found = _coded_twice(review, case_id, first, second)
            cases.append(replace(found, coders=coders))
    return DoubleSet(chosen, tuple(cases))


def _coded_twice(review: Review, case_id: str, first: Submission, second: Submission) -> CodedTwice:
    return CodedTwice(
        case_id,
        first=review.own_sheet_of(first).counted,
        second=review.own_sheet_of(second).counted,
        set_apart=set_apart(review.versions, first, second),
    )


def agreement_of(
    review: Review,
    case_ids: Iterable[str],
    *,
    questions: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> DoubleCoding:
    """Return how far the coders of the random double set agree.

    Args:
        review: Everything that was done.
        case_ids: As :func:`double_set`.
        questions: As :func:`review.agreement.agreement_by_question`.
        confidence: As there.

    Raises:
        ReviewError: Where no codebook was published.
        AgreementError: Where answers to one of the questions cannot be compared.
    """
    if review.codebook is None:
        raise ReviewError("The project has no codebook yet; make it with a codebook.")
    found = double_set(review, case_ids)
    return DoubleCoding(
        chosen=found.chosen,
        coded=len(found.cases),
        questions=agreement_by_question(
            review.codebook, found.cases, questions=questions, confidence=confidence
        ),
    )
