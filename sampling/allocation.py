"""How a sample, and its reserve, is shared out over the strata: exactly, in any order of strata.

The share of stratum h is ``clip(factor * weight_h, lo_h, hi_h)`` with the one factor at which
the shares add up to n. The sum is piecewise linear in the factor, so the factor is found on its
breakpoints in fractions. Whole numbers then come from the largest remainders. Nothing rests on
floats or on the order in which the strata are given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, assert_never

from sampling.errors import PlanError
from sampling.plan import Allocation

SMALLEST_SAMPLE = 2
"""A stratum that is not drawn whole needs two records for its variance to be known."""

_RESERVE = re.compile(r"(?P<amount>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?P<percent>%?)")


class _Bounded(NamedTuple):
    """What one stratum may get."""

    weight: int
    least: int
    most: int

    def share(self, factor: Fraction) -> Fraction:
        return min(max(factor * self.weight, Fraction(self.least)), Fraction(self.most))


def smallest_samples(populations: Mapping[str, int], minimum: int) -> dict[str, int]:
    """Return the smallest sample of each stratum: ``min(max(minimum, 2), N_h)``.

    A stratum of one record is thereby drawn whole.

    Raises:
        PlanError: Where there is no stratum, one is empty, or the minimum is negative.
    """
    if not populations or any(population < 1 for population in populations.values()):
        raise PlanError(
            "Every stratum of a plan holds at least one record; commit the frame again."
        )
    if minimum < 0:
        raise PlanError("The minimum of a stratum is 0 or more.")
    return {
        name: min(max(minimum, SMALLEST_SAMPLE), population)
        for name, population in populations.items()
    }


def allocate(
    populations: Mapping[str, int],
    n: int,
    *,
    allocation: Allocation,
    minimum: int,
    maximum: int | None = None,
) -> dict[str, int]:
    """Share a sample of ``n`` records out over the strata.

    Args:
        populations: Records of the frame by stratum, N_h, each at least 1.
        n: Size of the whole sample.
        allocation: Proportional to N_h, or the same in each stratum.
        minimum: Smallest sample of a stratum; two at least, and all where it holds fewer.
        maximum: Largest sample of a stratum; None for none.

    Returns:
        n_h by stratum, by the name's bytes; each is less than one record from its exact share.

    Raises:
        PlanError: Where no such sample exists; the message names the feasible range.
    """
    least = smallest_samples(populations, minimum)
    cap = max(populations.values()) if maximum is None else maximum
    if cap < max(least.values()):
        raise PlanError(
            f"A maximum of {cap} is under the smallest sample of a stratum, "
            f"{max(least.values())}; raise the maximum or lower the minimum."
        )
    bounds = {
        name: _Bounded(_weight(allocation, size), least[name], min(cap, size))
        for name, size in populations.items()
    }
    lowest, highest = sum(least.values()), sum(bound.most for bound in bounds.values())
    if not lowest <= n <= highest:
        raise PlanError(
            f"Choose a size of between {lowest} and {highest} records; {n} does not fit the strata."
        )
    return _whole_numbers(bounds, n)


def reserve_for(
    sample_sizes: Mapping[str, int], populations: Mapping[str, int], rule: str
) -> dict[str, int]:
    """Return the reserve of each stratum, never more than it has left.

    Args:
        sample_sizes: n_h by stratum.
        populations: N_h by stratum.
        rule: ``"10%"``: that share of each n_h, rounded up, as far as the stratum reaches.
            ``"40"``: a total, split over the strata like the sample.

    Returns:
        r_h by stratum, in ascending order of the name's UTF-8 bytes.

    Raises:
        PlanError: Where the rule is neither, or the total is more than the frame has left.
    """
    amount, is_share = _parse_reserve(rule)
    left = {name: populations[name] - sample for name, sample in sample_sizes.items()}
    if is_share:
        return {
            name: min(ceil(amount * sample_sizes[name]), left[name]) for name in _by_bytes(left)
        }
    total = int(amount)
    if total > sum(left.values()):
        raise PlanError(
            f"The frame has {sum(left.values())} records left beside the sample, fewer than the "
            f"reserve of {total}; ask for a smaller reserve."
        )
    return _whole_numbers(
        {name: _Bounded(sample_sizes[name], 0, left[name]) for name in left}, total
    )


def _parse_reserve(rule: str) -> tuple[Fraction, bool]:
    """Return a share and True, or a whole number of records and False."""
    match = _RESERVE.fullmatch(rule)
    if match:
        amount, is_share = Fraction(match["amount"]), bool(match["percent"])
        if is_share and amount <= 100:
            return amount / 100, True
        if not is_share and amount.denominator == 1:
            return amount, False
    raise PlanError(
        "A reserve is a number of records such as 40, or a share of each stratum's sample "
        "such as 10% (at most 100%)."
    )


def _weight(allocation: Allocation, population: int) -> int:
    match allocation:
        case Allocation.PROPORTIONAL:
            return population
        case Allocation.EQUAL:
            return 1
        case _:
            assert_never(allocation)


def _by_bytes(names: Mapping[str, object]) -> list[str]:
    return sorted(names, key=lambda name: name.encode("utf-8"))


def _whole_numbers(bounds: Mapping[str, _Bounded], n: int) -> dict[str, int]:
    """Round the shares of ``n`` by largest remainders; ties to the larger weight, then by name.

    A share with a remainder lies below its whole-numbered upper bound, so one more never
    breaks it; and there are at least as many remainders as records still to give.
    """
    factor = _factor(bounds, n)
    shares = {name: bounds[name].share(factor) for name in _by_bytes(bounds)}
    given = {name: floor(share) for name, share in shares.items()}
    by_remainder = sorted(
        given, key=lambda name: (given[name] - shares[name], -bounds[name].weight)
    )
    for name in by_remainder[: n - sum(given.values())]:
        given[name] += 1
    return given


def _factor(bounds: Mapping[str, _Bounded], n: int) -> Fraction:
    """Return a factor at which the shares add up to ``n``, which must be feasible."""
    points = sorted(
        {
            Fraction(edge, bound.weight)
            for bound in bounds.values()
            for edge in (bound.least, bound.most)
        }
    )

    def total(factor: Fraction) -> Fraction:
        return sum((bound.share(factor) for bound in bounds.values()), Fraction(0))

    # The bounds are feasible, so the first breakpoint gives at most n and the last at least n.
    right = bisect_left(points, Fraction(n), key=total)
    reached = total(points[right])
    if reached == n:
        return points[right]
    start, end = points[right - 1], points[right]
    before = total(start)
    return start + (end - start) * (n - before) / (reached - before)
