"""The interval of a weighted ratio once it is linearised; shared by the designs that weigh records.

Korn and Graubard's limits at the capped effective size. Of a proportion of the whole frame the
limits never leave out what the answers seen make certain.
"""

from __future__ import annotations

from collections.abc import Sequence

from sampling.estimation.interval import Interval, Method, alpha_of
from sampling.estimation.korn_graubard import capped_size, limits_at
from sampling.estimation.linearised import Linearised
from sampling.estimation.weighted_records import WeightedStratum


def interval_of(
    estimate: Linearised,
    strata: Sequence[WeightedStratum],
    *,
    confidence: float,
    method: Method,
    is_of_persons: bool,
) -> Interval:
    """Return the interval of a linearised ratio.

    Args:
        estimate: The ratio.
        strata: What it was made of.
        confidence: 0.5 up to but not 1.
        method: The name under which it is printed.
        is_of_persons: Whether it is a ratio of persons, which has no simple sample of records to
            be compared with.
    """
    size = capped_size(estimate)
    lower, upper = limits_at(size, estimate, alpha=alpha_of(confidence))
    certain, possible = what_was_seen(strata)
    p = float(estimate.ratio)
    return Interval(
        estimate=p,
        lower=min(p, max(lower, certain)),
        upper=max(p, min(upper, possible)),
        method=method,
        confidence=confidence,
        effective_n=size,
        design_effect=None if is_of_persons else estimate.design_effect,
        degrees_of_freedom=estimate.degrees_of_freedom,
    )


def what_was_seen(strata: Sequence[WeightedStratum]) -> tuple[float, float]:
    """Return the least and greatest proportion that the answers seen leave possible.

    Where a record is outside the base nobody knows how large the base is, and anything is.
    """
    records = [record for stratum in strata for record in stratum.records]
    if any(record.denominator != 1 for record in records):
        return 0.0, 1.0
    population = sum(stratum.population for stratum in strata)
    yes = sum(record.numerator for record in records)
    return yes / population, (population - (len(records) - yes)) / population
