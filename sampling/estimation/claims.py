"""Claims made by turning intervals round: is there a change, is a target met, and how surely.

An interval with one-sided limits at its ends is asked at every confidence. The p-value of a claim
is the least error at which the interval still carries it, so that claim and interval cannot
contradict each other, and several claims can be adjusted together by
:func:`sampling.estimation.comparison.holm`. What the interval promises, the claim promises; limits
of :mod:`sampling.estimation.korn_graubard` make it approximate.

Source: the duality of tests and confidence sets, as in Lehmann & Romano, "Testing Statistical
Hypotheses", section 3.5 (citation unverified). Checked by enumeration, see ``docs/estimation.md``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from sampling.errors import EstimationError
from sampling.estimation.binomial import clopper_pearson
from sampling.estimation.comparison import Difference, difference
from sampling.estimation.hypergeometric import first_true
from sampling.estimation.interval import Interval, Method

Limits = Callable[[float], Interval]
"""The interval of one sample at a two-sided confidence; its ends are one-sided limits."""

APPROXIMATE_CHANGE = (
    "approximate: coverage at least the stated confidence in the stratified waves that were "
    "enumerated; for groups of unknown size in strata and for ratios no figure is claimed"
)
ENUMERATED_CHANGE = (
    "coverage at least the stated confidence in every pair of waves that was enumerated; not proved"
)
COUNTED_CHANGE = "both waves are complete counts: a difference with no sampling error"

LEAST_P = 1e-6
"""P-values are not followed further down; a smaller one is given as this."""
LEAST_ONE_SIDED = 0.75
"""The least confidence of a one-sided statement: two-sided it is 0.5."""

_GREATEST_ERROR = 0.5
_HALVINGS = 12
_MOST_CASES = 10_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """A difference and what can be claimed of it."""

    difference: Difference
    """Later less earlier."""
    p_value: float | None
    """Least two-sided error at which the interval leaves out 0; 1 where that is over 0.5, and
    None between two complete counts, where there is no chance."""


def change(later: Limits, earlier: Limits, *, confidence: float) -> Change:
    """Return how far one proportion lies above another of an independent sample.

    Args:
        later: Limits of the proportion that is counted positive.
        earlier: Limits of the one that is taken away.
        confidence: 0.5 up to but not 1.

    Raises:
        EstimationError: Where the confidence is out of range.
    """

    def leaves_out_none(error: float) -> bool:
        found = difference(later(1 - error), earlier(1 - error))
        return found.lower > 0 or found.upper < 0

    first, second = later(confidence), earlier(confidence)
    if first.method is second.method is Method.CENSUS:
        return Change(difference(first, second), None)
    return Change(difference(first, second), _least_error(leaves_out_none))


def promise_of_change(methods: Collection[str]) -> str:
    """Return what a difference promises that was made from limits of these methods."""
    if Method.KORN_GRAUBARD_CAPPED in methods:
        return APPROXIMATE_CHANGE
    return COUNTED_CHANGE if set(methods) == {Method.CENSUS} else ENUMERATED_CHANGE


class Verdict(StrEnum):
    """What a sample says about "at most the target"; the values are part of every output."""

    MET = "met"
    NOT_MET = "not-met"
    CANNOT_SAY = "cannot-say"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A proportion held against "at most the target"."""

    verdict: Verdict
    """Whether the proportion is at most the target."""
    lower: float
    """The one-sided lower limit."""
    upper: float
    """The one-sided upper limit."""
    p_value: float | None
    """Least one-sided error at which the verdict that the estimate points to holds; 1 where that
    is over 0.25, None for a complete count."""
    deciding_base: int | None
    """Cases of the base that would decide if the proportion stays as it is, approximately; None
    where it is decided, or where even the whole frame would not decide."""


def check_target(target: float, confidence: float) -> None:
    """Refuse a target that is no proportion, or a confidence that no statement should have.

    Raises:
        EstimationError: Says which.
    """
    if not 0 <= target <= 1:
        raise EstimationError(f"A target is a proportion from 0 to 1, and {target} is not.")
    if not LEAST_ONE_SIDED <= confidence < 1:
        raise EstimationError(
            f"A target is judged at a confidence of at least {LEAST_ONE_SIDED} and under 1, and "
            f"{confidence} is not; use 0.95."
        )


def judge(
    limits: Limits, *, target: float, confidence: float, base: int, population: float
) -> Judgement:
    """Say whether a proportion is at most a target.

    Each verdict is wrong with probability at most 1 - confidence where the limits hold.

    Args:
        limits: Of the proportion.
        target: The greatest proportion that meets the target, 0 to 1.
        confidence: One-sided, 0.75 up to but not 1.
        base: Coded cases that the proportion is of.
        population: Records of the base in the frame, known or estimated.

    Raises:
        EstimationError: Where target or confidence are out of range.
    """
    check_target(target, confidence)

    def says(error: float) -> Verdict:
        found = limits(1 - error)
        return _verdict(found.lower, found.upper, target)

    found = _one_sided(limits, confidence)
    verdict = _verdict(found.lower, found.upper, target)
    if found.method is Method.CENSUS:
        return Judgement(verdict, found.lower, found.upper, None, None)
    least = _least_error(lambda error: says(error) is not Verdict.CANNOT_SAY)
    return Judgement(
        verdict,
        found.lower,
        found.upper,
        p_value=least if least == 1 else least / 2,
        deciding_base=(
            _deciding_base(found, target, 1 - confidence, base, population)
            if verdict is Verdict.CANNOT_SAY
            else None
        ),
    )


def verdict_on(limits: Limits, *, target: float, confidence: float) -> Verdict:
    """Return the verdict of :func:`judge` alone; arguments and errors as there."""
    check_target(target, confidence)
    found = _one_sided(limits, confidence)
    return _verdict(found.lower, found.upper, target)


def _one_sided(limits: Limits, confidence: float) -> Interval:
    """Return the limits of which each has the whole error to itself."""
    return limits(2 * confidence - 1)


def _verdict(lower: float, upper: float, target: float) -> Verdict:
    if upper <= target:
        return Verdict.MET
    return Verdict.NOT_MET if lower > target else Verdict.CANNOT_SAY


def _least_error(holds: Callable[[float], bool]) -> float:
    """Return an error at which a claim holds, at most 1 % over the least; 1 for none up to 0.5."""
    if not holds(_GREATEST_ERROR):
        return 1.0
    low, high = math.log(LEAST_P), math.log(_GREATEST_ERROR)
    if holds(LEAST_P):
        return LEAST_P
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if holds(math.exp(middle)):
            high = middle
        else:
            low = middle
    return math.exp(high)


def _deciding_base(
    found: Interval, target: float, error: float, base: int, population: float
) -> int | None:
    """Return the size of the base that would decide, by the design effect seen so far."""
    assert found.effective_n is not None  # noqa: S101  only a census has none
    not_coded = max(0.0, 1 - base / population)
    per_effective = base / (found.effective_n * not_coded) if not_coded else 1.0

    def decides(size: int) -> bool:
        lower, upper = clopper_pearson(found.estimate * size, size, alpha=2 * error)
        return _verdict(lower, upper, target) is not Verdict.CANNOT_SAY

    effective = first_true(decides, 1, _MOST_CASES)
    if effective == _MOST_CASES:
        return None
    without_frame = effective * per_effective
    return max(base + 1, math.ceil(without_frame / (1 + without_frame / population)))
