"""How many records a question needs, before strata come into it.

Every size is an integer worked out in exact arithmetic and rounded up once, at the end: no sum
of floats decides whether it is 357 or 358. The one irrational number, the normal quantile, is
taken from the standard library and cut to twelve significant digits, so that the last bit of a
mathematics library has no say.

Sources: Cochran, *Sampling Techniques* (3rd ed., 1977), sections 4.4 and 4.5, for the margin
(citation unverified); the hypergeometric distribution itself for detection. Reference cases: the
published sizes 357, 197, 385, 455 and 225, 129, 290, 147, 298, 1900 in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, comb
from statistics import NormalDist

from sampling.errors import PlanError

_QUANTILE_DIGITS = 12


def check_proportion(value: Decimal, what: str) -> Fraction:
    """Return ``value`` as an exact fraction where it lies strictly between 0 and 1.

    Args:
        value: The proportion.
        what: How the message calls it, such as ``"The margin"``.

    Raises:
        PlanError: Where it is 0, 1, outside them, or not a number.
    """
    if not value.is_finite() or not 0 < value < 1:
        raise PlanError(f"{what} is a proportion over 0 and under 1, such as 0.05 for 5 %.")
    return Fraction(value)


def check_confidence(value: Decimal) -> Fraction:
    """Return a confidence as an exact fraction where it is at least 0.5 and under 1.

    Raises:
        PlanError: Where it is not.
    """
    level = check_proportion(value, "The confidence")
    if level < Fraction(1, 2):
        raise PlanError("The confidence is at least 0.5 and under 1; use 0.95.")
    return level


def size_for_margin(
    margin: Decimal, expected: Decimal, *, population: int | None, confidence: Decimal
) -> int:
    """Return the size at which the normal-theory half-width is at most ``margin``.

    n0 = z^2 p (1 - p) / e^2, corrected for the finite frame as n0 / (1 + (n0 - 1) / N), and
    rounded up after the correction. It is a first answer: what an interval with a guarantee is
    expected to give at that size is worked out by :func:`sampling.preview.preview`.

    Args:
        margin: Half-width e, a proportion.
        expected: Prevalence p that is expected, a proportion.
        population: Records in the frame, N; None for no correction.
        confidence: Two-sided confidence, a proportion.

    Raises:
        PlanError: Where a proportion is not strictly between 0 and 1, or the frame is empty.
    """
    half_width = check_proportion(margin, "The margin")
    prevalence = check_proportion(expected, "The expected prevalence")
    quantile = _two_sided_quantile(confidence)
    uncorrected = quantile**2 * prevalence * (1 - prevalence) / half_width**2
    if population is None:
        return ceil(uncorrected)
    _check_population(population)
    return ceil(uncorrected / (1 + (uncorrected - 1) / population))


def size_for_detection(prevalence: Decimal, *, population: int, confidence: Decimal) -> int:
    """Return the smallest size that finds at least one record at this prevalence.

    Args:
        prevalence: The share of the frame that must not go unseen; D = ceil(share times N)
            records have what is looked for.
        population: Records in the frame, N.
        confidence: The probability of finding at least one.

    Raises:
        PlanError: As :func:`size_for_few`.
    """
    return size_for_few(prevalence, 0, population=population, confidence=confidence)


def size_for_few(prevalence: Decimal, found: int, *, population: int, confidence: Decimal) -> int:
    """Return the smallest size at which ``found`` or fewer would rule the prevalence out.

    The smallest n with P(X <= found) <= 1 - confidence, X hypergeometric: n records drawn out
    of N of which D = ceil(prevalence times N) have what is looked for. Exact, in integers.

    Args:
        prevalence: The prevalence to be ruled out, a proportion.
        found: The most that may be found in the sample, from 0.
        population: Records in the frame, N.
        confidence: One-sided confidence, a proportion.

    Raises:
        PlanError: Where a proportion is not strictly between 0 and 1, the frame is empty, or
            no sample could find more than ``found`` because no more exist.
    """
    _check_population(population)
    risk = 1 - check_confidence(confidence)
    positives = ceil(check_proportion(prevalence, "The prevalence to detect") * population)
    if not 0 <= found < positives:
        raise PlanError(
            f"At this prevalence the frame holds {positives} such records, so between 0 and "
            f"{positives - 1} may be found; ask about fewer, or about a higher prevalence."
        )
    return first_true(
        lambda size: _at_most(found, size=size, positives=positives, population=population) <= risk,
        most=population,
    )


def _check_population(population: int) -> None:
    if population < 1:
        raise PlanError("The frame holds no record; commit a frame with at least one.")


def _two_sided_quantile(confidence: Decimal) -> Fraction:
    """Return the normal quantile of (1 + confidence) / 2 to twelve significant digits."""
    level = check_confidence(confidence)
    quantile = NormalDist().inv_cdf(float((1 + level) / 2))
    return Fraction(f"{quantile:.{_QUANTILE_DIGITS}g}")


def _at_most(found: int, *, size: int, positives: int, population: int) -> Fraction:
    """Return the exact P(X <= found) of the hypergeometric distribution.

    Size and positives may change places; the smaller one keeps the integers short.
    """
    few, many = sorted((size, positives))
    ways = sum(
        comb(many, hits) * comb(population - many, few - hits)
        for hits in range(min(found, few) + 1)
    )
    return Fraction(ways, comb(population, few))


def first_true(holds: Callable[[int], bool], *, most: int) -> int:
    """Return the smallest size from 1 to ``most`` at which a monotone rule holds.

    Doubling before halving keeps every size that is tried below twice the answer, and so the
    integers of the rule small.
    """
    above = 1
    while above < most and not holds(above):
        above = min(2 * above, most)
    below = above // 2
    while above - below > 1:
        middle = (above + below) // 2
        if holds(middle):
            above = middle
        else:
            below = middle
    return above
