"""How wide an interval is expected to be at a given size, before anything is drawn.

Forecasts are for people who choose a size; no draw and no result rests on them. The intervals
are those of :mod:`sampling.estimation`, which is loaded when a forecast is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from sampling.plan import PlannedStratum

if TYPE_CHECKING:
    from sampling.estimation import Interval, StratumCount

_INTERVALS = 64
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a sample of one size is expected to say about the whole frame."""

    size: int
    half_width: float
    """Half the expected distance of the limits, a proportion."""
    lower: float
    """The expected lower limit, a proportion."""
    upper: float
    upper_if_none: float
    """The upper limit where nothing at all is found."""


def forecast(
    strata: Sequence[PlannedStratum], expected: Decimal, *, confidence: Decimal
) -> Forecast:
    """Return what a sample of these sizes is expected to say about the frame.

    One stratum: the mean limits over the outcomes of a frame in which round(p N) records have
    what is looked for (hypergeometric; with more than 64 likely outcomes neighbours share an
    interval). Several strata: the limits at the outcome in which the expected records are spread
    over the strata like the sample, or by the prevalence stated for each.

    Args:
        strata: The planned strata, at least one; the reserve has no part in it.
        expected: Prevalence p in the frame, a proportion; for strata that state none of their own.
        confidence: Two-sided confidence of the interval.
    """
    if len(strata) == 1:
        return _of_simple_sample(strata[0], expected, confidence=confidence)
    from sampling.estimation import preview

    limits = preview(counts_expected(strata, expected), confidence=float(confidence))
    none = preview(_counts(strata, [0] * len(strata)), confidence=float(confidence))
    return Forecast(
        size=sum(stratum.sample for stratum in strata),
        half_width=(limits.upper - limits.lower) / 2,
        lower=limits.lower,
        upper=limits.upper,
        upper_if_none=none.upper,
    )


def counts_expected(strata: Sequence[PlannedStratum], expected: Decimal) -> list[StratumCount]:
    """Return the counts in which the expected records are spread over the strata.

    Args:
        strata: The planned strata.
        expected: Prevalence in the frame, a proportion; for strata that state none of their own.
    """
    return _counts(strata, _spread(strata, expected))


def _counts(strata: Sequence[PlannedStratum], found: Sequence[int]) -> list[StratumCount]:
    from sampling.estimation import StratumCount

    return [
        StratumCount(stratum.name, stratum.population, stratum.sample, yes)
        for stratum, yes in zip(strata, found, strict=True)
    ]


def rate_of(stratum: PlannedStratum, expected: Decimal) -> Decimal:
    """Return the prevalence expected in a stratum: its own, or that of the frame."""
    return expected if stratum.expected is None else stratum.expected


def _spread(strata: Sequence[PlannedStratum], expected: Decimal) -> list[int]:
    """Return whole numbers of events by stratum, each near its n_h times its prevalence.

    Running totals are rounded, over the strata by design weight, so that what rounding adds in
    one stratum it takes from one of nearly the same weight.
    """
    heaviest_first = sorted(
        range(len(strata)),
        key=lambda place: (-Fraction(strata[place].population, strata[place].sample), place),
    )
    found = [0] * len(strata)
    running, given = Fraction(0), 0
    for place in heaviest_first:
        running += Fraction(rate_of(strata[place], expected)) * strata[place].sample
        found[place] = floor(running + Fraction(1, 2)) - given
        given += found[place]
    return found


def _of_simple_sample(
    stratum: PlannedStratum, expected: Decimal, *, confidence: Decimal
) -> Forecast:
    """Return the mean limits over the outcomes, weighted by their hypergeometric masses."""
    from sampling.estimation import single

    def interval(found: int) -> Interval:
        return single(
            found,
            stratum.sample,
            population=stratum.population,
            confidence=float(confidence),
        )

    positives = round(Fraction(rate_of(stratum, expected)) * stratum.population)
    outcomes = list(
        _likely_outcomes(stratum.sample, positives=positives, population=stratum.population)
    )
    step = ceil(len(outcomes) / _INTERVALS) | 1  # an odd group has a middle outcome
    mass = lower = upper = 0.0
    for first in range(0, len(outcomes), step):
        group = outcomes[first : first + step]
        group_mass = sum(weight for _, weight in group)
        limits = interval(group[len(group) // 2][0])
        mass += group_mass
        lower += group_mass * limits.lower
        upper += group_mass * limits.upper
    return Forecast(
        size=stratum.sample,
        half_width=(upper - lower) / mass / 2,
        lower=lower / mass,
        upper=upper / mass,
        upper_if_none=interval(0).upper,
    )


def _likely_outcomes(size: int, *, positives: int, population: int) -> Iterator[tuple[int, float]]:
    """Yield outcomes and their masses relative to the mode, as far as they are not negligible."""
    least = max(0, size + positives - population)
    most = min(size, positives)
    mode = min(max((size + 1) * (positives + 1) // (population + 2), least), most)

    def up(found: int) -> float:
        """Return the mass of ``found + 1`` over that of ``found``."""
        gone = population - positives - size + found + 1
        return (positives - found) * (size - found) / ((found + 1) * gone)

    below: list[tuple[int, float]] = []
    weight = 1.0
    for found in range(mode - 1, least - 1, -1):
        weight /= up(found)
        if weight < _NEGLIGIBLE:
            break
        below.append((found, weight))
    yield from reversed(below)
    weight = 1.0
    for found in range(mode, most + 1):
        yield found, weight
        if found == most:
            return
        weight *= up(found)
        if weight < _NEGLIGIBLE:
            return
