"""A size-weighted sample (sequential Poisson): the ratio of weighted totals, and its interval.

The estimate is Hajek's: weights one over the probability, in the numerator and the denominator.
With z = (a - R b) / B for every record read, its variance is that of order sampling in Rosen's
form, a sum over the strata of

    n / (n - 1) * sum of (1 - p) (z / p - c)^2,   c = sum of (1 - p) z / p  over  sum of (1 - p)

with n the records that were not certain; certainties add nothing. With equal probabilities it is
the variance of a stratified simple sample to the last digit. Korn and Graubard's limits follow at
the effective size, capped as in :mod:`sampling.estimation.korn_graubard`, and widened by what one
more record of the greatest weight could change: :mod:`sampling.estimation.unseen_weight`.

Approximate: see PROMISES. Source: Rosen, "On sampling with probability proportional to size",
Journal of Statistical Planning and Inference 62 (1997) 159-191 (citation unverified).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from sampling.estimation.interval import Interval, Method, alpha_of
from sampling.estimation.korn_graubard import quantile_at
from sampling.estimation.linearised import Linearised
from sampling.estimation.unseen_weight import one_more
from sampling.estimation.weighted_limits import interval_of, what_was_seen
from sampling.estimation.weighted_records import (
    Weighed,
    WeightedRecord,
    WeightedStratum,
    census_of,
    check_weighted,
    sum_of_squares,
    weigh,
)


def size_weighted(
    strata: Sequence[WeightedStratum], *, confidence: float = 0.95, largest: int = 1
) -> Interval:
    """Return a proportion, or a ratio of persons, of a size-weighted sample.

    Args:
        strata: One line for every stratum of the design, with every record read; those outside the
            group asked about have a denominator of 0 and stay in.
        confidence: 0.5 up to but not 1.
        largest: The largest denominator that a record of the frame can have.

    Returns:
        The interval by ``korn-graubard-size-weighted``, two-sided, with the finite population
        correction, approximate; 0 and 1 keep an interval. ``census`` where every record was read.

    Raises:
        EstimationError: Where probabilities or counts are impossible, or no record belongs to the
            group.
    """
    check_weighted(strata, largest)
    alpha_of(confidence)
    complete = census_of(strata, confidence=confidence)
    if complete is not None:
        return complete
    found = interval_of(
        _linearise(strata, largest),
        strata,
        confidence=confidence,
        method=Method.KORN_GRAUBARD_SIZE_WEIGHTED,
        is_of_persons=largest > 1,
    )
    return _widened(found, strata, largest)


def _widened(found: Interval, strata: Sequence[WeightedStratum], largest: int) -> Interval:
    """Return the interval with room for what one more record of the greatest weight could say."""
    alpha = alpha_of(found.confidence)
    with_no, with_yes = (one_more(strata, is_yes=is_yes) for is_yes in (False, True))
    if with_no is None or with_yes is None:
        return found
    lower = quantile_at(_linearise(with_no, largest), alpha / 2, alpha=alpha)
    upper = quantile_at(_linearise(with_yes, largest), 1 - alpha / 2, alpha=alpha)
    certain, possible = what_was_seen(strata)
    return replace(
        found,
        lower=min(found.lower, max(lower, certain)),
        upper=max(found.upper, min(upper, possible)),
    )


def _linearise(strata: Sequence[WeightedStratum], largest: int) -> Linearised:
    """Return the ratio with what the sample says about its precision."""
    weighed = weigh(strata)
    chance = [(stratum, _by_chance(stratum)) for stratum in strata]
    drawn = [(stratum, records) for stratum, records in chance if records]
    spread = math.fsum(
        stratum.population / (stratum.population - 1) * _spread(record)
        for stratum, records in drawn
        for record in records
    )
    edges = [
        weighed.total / (record.weight * (1 - float(record.probability)) * largest)
        for _, records in drawn
        for record in records
        if record.denominator
    ]
    return Linearised(
        ratio=Fraction(weighed.ratio),
        variance=sum_of_squares(_variance(records, weighed) for _, records in drawn),
        base=weighed.base,
        present=weighed.present,
        grossed_up_base=Fraction(weighed.total),
        size_at_one_rate=weighed.total**2 / spread if spread else math.inf,
        size_at_the_edge=min(edges, default=math.inf),
        is_constant=all(stratum.is_constant for stratum, _ in drawn),
    )


def _by_chance(stratum: WeightedStratum) -> list[WeightedRecord]:
    """Return the records that were not certain."""
    return [record for record in stratum.records if record.probability < 1]


def _spread(record: WeightedRecord) -> float:
    """Return what a record adds to the variance, per p (1 - p), under one rate."""
    return (1 - float(record.probability)) * record.weight**2 * record.denominator


def _variance(records: Sequence[WeightedRecord], weighed: Weighed) -> float:
    """Return the variance that one stratum adds.

    A single record by chance has no mean to differ from; its whole residual is counted then.
    """
    n = len(records)
    left = [1 - float(record.probability) for record in records]
    grossed_up = [record.weight * weighed.residual(record) for record in records]
    if n == 1:
        return left[0] * grossed_up[0] ** 2
    centre = math.fsum(a * b for a, b in zip(left, grossed_up, strict=True)) / math.fsum(left)
    around = math.fsum(a * (b - centre) ** 2 for a, b in zip(left, grossed_up, strict=True))
    return n / (n - 1) * around
