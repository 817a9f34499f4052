"""How a sample is shared out over the strata: exactly, in any order of strata.

The share of stratum h is ``clip(factor * weight_h, lo_h, hi_h)`` with the one factor at which
the shares add up to n. The sum is piecewise linear in the factor, so the factor is found on its
breakpoints in fractions. Whole numbers then come from the largest remainders. Nothing rests on
floats or on the order in which the strata are given.

Sources: Neyman 1934 for the weights that make the variance of a total smallest; Bankier 1988
for power allocation (citations unverified).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import assert_never

from sampling.errors import PlanError
from sampling.plan import Allocation, Plan

SMALLEST_SAMPLE = 2
"""A stratum that is not drawn whole needs two records for its variance to be known."""

NO_RATES: Mapping[str, Decimal] = MappingProxyType({})

_ROOTS = Context(prec=40)
_TWELVE_DIGITS = Context(prec=12)


@dataclass(frozen=True, slots=True)
class Bounded:
    """What one stratum may get."""

    weight: Fraction
    least: int
    most: int

    def share(self, factor: Fraction) -> Fraction:
        """Return the exact share under one factor."""
        return min(max(factor * self.weight, Fraction(self.least)), Fraction(self.most))


@dataclass(frozen=True, slots=True)
class Sharing:
    """How samples of any size are shared out over the strata of one frame."""

    strata: Mapping[str, Bounded]

    @property
    def smallest(self) -> int:
        """The smallest sample that the strata can carry."""
        return sum(stratum.least for stratum in self.strata.values())

    @property
    def largest(self) -> int:
        """The largest sample that they can carry."""
        return sum(stratum.most for stratum in self.strata.values())

    def share_out(self, n: int) -> dict[str, int]:
        """Share a sample of ``n`` records out.

        Returns:
            n_h by stratum, by the name's bytes; each is less than one record from its exact
            share.

        Raises:
            PlanError: Where no such sample exists; the message names the feasible range.
        """
        if n < self.smallest:
            strata = "1 stratum" if len(self.strata) == 1 else f"{len(self.strata)} strata"
            least = max(stratum.least for stratum in self.strata.values())
            raise PlanError(
                f"A size of {n} is too small: {strata} with a minimum of {least} each, or all of a "
                f"smaller one, need {self.smallest}. Choose a size of between {self.smallest} and "
                f"{self.largest} records, or a lower minimum."
            )
        if n > self.largest:
            raise PlanError(
                f"Choose a size of between {self.smallest} and {self.largest} records; {n} does "
                "not fit the strata."
            )
        return whole_numbers(self.strata, n)


def sharing(
    populations: Mapping[str, int],
    *,
    allocation: Allocation,
    minimum: int,
    maximum: int | None = None,
    rates: Mapping[str, Decimal] = NO_RATES,
) -> Sharing:
    """Return how samples of a frame are shared out.

    Args:
        populations: Records of the frame by stratum, N_h, each at least 1.
        allocation: What the shares are in proportion to.
        minimum: Smallest sample of a stratum; two at least, and all where it holds fewer.
        maximum: Largest sample of a stratum; None for none.
        rates: Prevalence expected by stratum, over 0 and under 1; used by Neyman alone.

    Raises:
        PlanError: Where the bounds contradict each other, or Neyman lacks a rate.
    """
    least = smallest_samples(populations, minimum)
    cap = max(populations.values()) if maximum is None else maximum
    if cap < max(least.values()):
        raise PlanError(
            f"A maximum of {cap} is under the smallest sample of a stratum, "
            f"{max(least.values())}; raise the maximum or lower the minimum."
        )
    return Sharing(
        {
            name: Bounded(
                _weight(allocation, populations[name], rates.get(name)),
                least[name],
                min(cap, populations[name]),
            )
            for name in _by_bytes(populations)
        }
    )


def sharing_of(plan: Plan) -> Sharing:
    """Return how samples of any size are shared out under a plan."""
    return sharing(
        plan.stratum_sizes,
        allocation=plan.allocation,
        minimum=plan.minimum,
        maximum=plan.maximum,
        rates={one.name: one.expected for one in plan.strata if one.expected is not None},
    )


def smallest_samples(populations: Mapping[str, int], minimum: int) -> dict[str, int]:
    """Return the smallest sample of each stratum: ``min(max(minimum, 2), N_h)``.

    A stratum of one record is thereby drawn whole, and none is left without a record.

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


def _weight(allocation: Allocation, population: int, rate: Decimal | None) -> Fraction:
    """Return what the share of a stratum is in proportion to; roots have twelve digits."""
    match allocation:
        case Allocation.PROPORTIONAL:
            return Fraction(population)
        case Allocation.EQUAL:
            return Fraction(1)
        case Allocation.POWER:
            return _root(Decimal(population))
        case Allocation.NEYMAN:
            if rate is None or not 0 < rate < 1:
                raise PlanError(
                    "Neyman allocation needs the prevalence expected in every stratum, each over "
                    "0 and under 1; give a file of them."
                )
            spread = _ROOTS.multiply(rate, _ROOTS.subtract(Decimal(1), rate))
            return _root(_ROOTS.multiply(Decimal(population**2), spread))
        case _:
            assert_never(allocation)


def _root(square: Decimal) -> Fraction:
    """Return a square root to twelve significant digits, the same on every machine."""
    return Fraction(_TWELVE_DIGITS.plus(_ROOTS.sqrt(square)))


def _by_bytes(names: Mapping[str, object]) -> list[str]:
    return sorted(names, key=lambda name: name.encode("utf-8"))


def whole_numbers(bounds: Mapping[str, Bounded], n: int) -> dict[str, int]:
    """Round the shares of ``n`` by largest remainders; ties to the larger weight, then by name.

    A share with a remainder lies below its whole-numbered upper bound, so one more never
    breaks it; and there are at least as many remainders as records still to give.

    Args:
        bounds: By stratum, with positive weights.
        n: Between the sums of the bounds.

    Returns:
        Whole numbers that add up to ``n``, in ascending order of the name's UTF-8 bytes.
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


def _factor(bounds: Mapping[str, Bounded], n: int) -> Fraction:
    """Return a factor at which the shares add up to ``n``, which must be feasible."""
    points = sorted(
        {edge / bound.weight for bound in bounds.values() for edge in (bound.least, bound.most)}
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
