"""Whether coders drift apart: agreement on outcomes over the last cases coded twice.

Where the interval of somebody's agreement with the others lies wholly under the target, a round of
recalibration is proposed to the supervisor. It is a proposal: nobody is ranked, and nothing is
taken off anybody.

Agreement is the share of equal answers over outcome questions that both were asked. Answers within
a case hang together, so the interval is linearised over cases, Student's t on the cases less one;
Wilson's limits on the cases where all of them look alike. The method is that of
``review.agreement.figure``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from review.agreement import CodedTwice, Figure
from review.agreement.figure import Coefficient, coefficient_figure, variance_of_mean
from review.codebook import Codebook, QuestionType
from review.double_coding import double_set
from review.fold import Review

WINDOW: Final = 30
"""Cases looked at: the last that both coders handed in."""
LEAST: Final = 10
"""Under so many cases nothing is said."""
TARGET: Final = 0.85


@dataclass(frozen=True, slots=True)
class Recent:
    """Agreement on outcomes over the last cases coded twice."""

    reviewer: str | None
    """Whose cases, with whomever they shared them; None: everybody's."""
    cases: int
    agreement: Figure
    """Share of equal answers on outcome questions, 0 to 1."""

    @property
    def is_under_target(self) -> bool:
        """Whether the whole interval lies under the target."""
        return self.agreement.upper is not None and self.agreement.upper < TARGET


def recent_agreement(review: Review, case_ids: Iterable[str]) -> tuple[Recent, ...]:
    """Return the recent agreement of everybody, then of each coder with enough cases, by code.

    Args:
        review: Everything that was done.
        case_ids: The cases of the sample.
    """
    codebook = review.codebook
    if codebook is None:
        return ()
    twice = double_set(review, case_ids).cases
    in_order = sorted(twice, key=lambda case: (_moment(review, case), case.case_id))
    whole = [_recent(codebook, None, in_order)]
    each = [
        _recent(codebook, name, [case for case in in_order if name in case.coders])
        for name in review.reviewers
    ]
    return tuple(one for one in (*whole, *each) if one is not None)


def recalibration(review: Review, case_ids: Iterable[str]) -> tuple[Recent, ...]:
    """Return what speaks for a round of recalibration: agreement wholly under the target."""
    return tuple(one for one in recent_agreement(review, case_ids) if one.is_under_target)


def _moment(review: Review, case: CodedTwice) -> str:
    """Return when the later of the two first handed the case in."""
    times = [review.coding_of(case.case_id, name).first_handed_in or "" for name in case.coders]
    return max(times, default="")


def _recent(codebook: Codebook, reviewer: str | None, cases: Sequence[CodedTwice]) -> Recent | None:
    outcomes = [
        one.id for one in codebook.questions if one.outcome and one.type is not QuestionType.TEXT
    ]
    counted = [pair for case in cases if (pair := _equal_of(case, outcomes))[1]][-WINDOW:]
    if len(counted) < LEAST:
        return None
    compared = sum(of for _, of in counted)
    estimate = Fraction(sum(equal for equal, _ in counted), compared)
    mean = Fraction(compared, len(counted))
    influences = (((equal - estimate * of) / mean, 1) for equal, of in counted)
    found = Coefficient(
        observed=estimate,
        slope=Fraction(1),
        variance=variance_of_mean(influences),
        cases=len(counted),
        degrees_of_freedom=len(counted) - 1,
    )
    return Recent(reviewer, len(counted), coefficient_figure(found, confidence=0.95))


def _equal_of(case: CodedTwice, outcomes: Sequence[str]) -> tuple[int, int]:
    """Return how many outcome answers are equal, and how many were compared."""
    both = [
        one
        for one in outcomes
        if case.first.get(one) and case.second.get(one) and one not in case.set_apart
    ]
    return sum(case.first[one] == case.second[one] for one in both), len(both)
