"""What the first coder of every case first handed in.

The first slot of a case is dealt by ticket, and what was first handed in there was read by one
person alone: the readings of one sample by single readers. The random double set tells how often
such a reading is right, because its cases were decided with a second one beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from review.applicability import Sheet
from review.carrying import set_apart
from review.coding_state import Submission
from review.double_coding import double_set
from review.events import Purpose
from review.fold import Review


@dataclass(frozen=True, slots=True)
class FirstReadings:
    """The first readings of a sample."""

    sheets: Mapping[str, Sheet]
    """By case, under the present codebook: an answer whose question has changed meaning since
    does not count."""
    twice: frozenset[str]
    """Cases of the random double set that both coders have handed in."""
    changed: frozenset[str]
    """Questions that mean something else by now than to one of these readers."""


def first_readings(review: Review, case_ids: Sequence[str]) -> FirstReadings:
    """Return what the first slot of each case first handed in.

    Args:
        review: Everything that was done.
        case_ids: The cases of the sample; those out of the audit left out.

    Raises:
        ReviewError: Where no codebook was published.
    """
    handed_in = dict(_first_submissions(review, case_ids))
    return FirstReadings(
        sheets={case_id: review.sheet_of(one) for case_id, one in handed_in.items()},
        twice=frozenset(one.case_id for one in double_set(review, case_ids).cases),
        changed=set_apart(review.versions, *handed_in.values()),
    )


def _first_submissions(review: Review, case_ids: Iterable[str]) -> Iterable[tuple[str, Submission]]:
    for case_id in case_ids:
        for slot in review.assigned_to(case_id):
            if slot.purpose is Purpose.PRIMARY:
                found = review.coding_of(case_id, slot.reviewer).first_submission
                if found is not None:
                    yield case_id, found
