"""A sample in two stages: units first, then records of each; the variance is between units.

The estimate is the ratio of weighted totals. With z = (a - R b) / B for every record read and z_u
the weighted sum of a unit, the variance is that of the ultimate cluster, a sum over the strata of
m / (m - 1) * sum of (z_u - mean)^2 over its m units. It takes in both stages and leaves out the
finite population correction, so that it is a little too large where many of the units were drawn.
Degrees of freedom are units less strata. Korn and Graubard's limits follow at the effective size,
capped as in :mod:`sampling.estimation.korn_graubard`; where no record, or every record, is counted
nothing seen says how units differ, and the effective size is the number of units.

Approximate: see PROMISES. Source: Wolter, "Introduction to Variance Estimation", 2nd ed. 2007,
ch. 1.4 and 6 (citation unverified).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from sampling.errors import EstimationError
from sampling.estimation.interval import Interval, Method, alpha_of
from sampling.estimation.linearised import Linearised
from sampling.estimation.weighted_limits import interval_of
from sampling.estimation.weighted_records import (
    Weighed,
    WeightedRecord,
    WeightedStratum,
    census_of,
    check_weighted,
    sum_of_squares,
    weigh,
)

_Units = list[list[WeightedRecord]]


def two_stage(
    strata: Sequence[WeightedStratum], *, confidence: float = 0.95, largest: int = 1
) -> Interval:
    """Return a proportion, or a ratio of persons, of a sample in two stages.

    Args:
        strata: One line for every stratum of the design, with every record read and its unit;
            records outside the group asked about have a denominator of 0 and stay in.
        confidence: 0.5 up to but not 1.
        largest: The largest denominator that a record of the frame can have.

    Returns:
        The interval by ``korn-graubard-two-stage``, two-sided, without finite population
        correction, approximate; 0 and 1 keep an interval. ``census`` where every record was read.

    Raises:
        EstimationError: Where probabilities or counts are impossible, no record belongs to the
            group, or a stratum not read whole has fewer than two units.
    """
    check_weighted(strata, largest)
    alpha_of(confidence)
    complete = census_of(strata, confidence=confidence)
    if complete is not None:
        return complete
    return interval_of(
        _linearise(strata),
        strata,
        confidence=confidence,
        method=Method.KORN_GRAUBARD_TWO_STAGE,
        is_of_persons=largest > 1,
    )


def _linearise(strata: Sequence[WeightedStratum]) -> Linearised:
    """Return the ratio with what the sample says about its precision."""
    weighed = weigh(strata)
    drawn = [(stratum, _units(stratum)) for stratum in strata if not stratum.is_census]
    records = [record for _, units in drawn for unit in units for record in unit]
    spread = math.fsum(record.weight**2 * record.denominator for record in records)
    heaviest = max(
        math.fsum(record.weight * record.denominator for record in unit)
        for _, units in drawn
        for unit in units
    )
    return Linearised(
        ratio=Fraction(weighed.ratio),
        variance=sum_of_squares(_variance(units, weighed) for _, units in drawn),
        base=weighed.base,
        present=weighed.present,
        grossed_up_base=Fraction(weighed.total),
        size_at_one_rate=weighed.total**2 / spread if spread else math.inf,
        size_at_the_edge=weighed.total / heaviest if heaviest else math.inf,
        is_constant=all(stratum.is_constant for stratum, _ in drawn),
        units_less_strata=sum(len(units) - 1 for _, units in drawn),
    )


def _units(stratum: WeightedStratum) -> _Units:
    """Return the records of a stratum by unit.

    Raises:
        EstimationError: Where there are fewer than two units.
    """
    by_unit: defaultdict[str | None, list[WeightedRecord]] = defaultdict(list)
    for record in stratum.records:
        by_unit[record.unit].append(record)
    if len(by_unit) < 2:
        raise EstimationError(
            f"The stratum {stratum.name!r} has a single unit, and fewer than two carry no "
            "variance; collapse it with its neighbour."
        )
    return list(by_unit.values())


def _variance(units: _Units, weighed: Weighed) -> float:
    """Return the variance that one stratum adds."""
    sums = [
        math.fsum(record.weight * weighed.residual(record) for record in unit) for unit in units
    ]
    mean = math.fsum(sums) / len(sums)
    return len(sums) / (len(sums) - 1) * math.fsum((one - mean) ** 2 for one in sums)
