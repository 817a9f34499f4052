"""Numbers in the frame, grossed up from a sample.

The number of yes in a group of unknown size is a count over the whole frame, in which every drawn
record either is such a yes or is not: it has an interval of its own, which carries the uncertain
size of the group and the uncertain rate at once, and needs no product of two estimates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sampling.estimation.counts import DomainCount, StratumCount, check_domain
from sampling.estimation.interval import Interval, Method
from sampling.estimation.stratified_sample import preview

_WHOLE = (
    Method.HYPERGEOMETRIC_BLAKER,
    Method.HYPERGEOMETRIC_TAIL,
    Method.STRATIFIED_EXACT,
    Method.STRATIFIED_CERTIFIED,
    Method.STRATIFIED_PROPORTIONAL,
    Method.CENSUS,
)


@dataclass(frozen=True, slots=True)
class Total:
    """A number of records in the frame and its interval; whole where the method counts records."""

    estimate: int | float
    """The grossed-up number."""
    lower: int | float
    """The lower limit."""
    upper: int | float
    """The upper limit."""
    method: Method
    """How the limits were made."""


def total(interval: Interval, population: int) -> Total:
    """Return the number that a proportion stands for in a population of known size.

    Args:
        interval: A proportion of that population.
        population: Its records in the frame. For a group of unknown size use
            :func:`domain_total`.
    """
    estimate = interval.estimate * population
    if interval.method not in _WHOLE:
        lower, upper = interval.lower * population, interval.upper * population
        return Total(estimate, lower, upper, interval.method)
    lower, upper = round(interval.lower * population), round(interval.upper * population)
    exact = lower if interval.method is Method.CENSUS else estimate
    return Total(exact, lower, upper, interval.method)


def domain_total(counts: Sequence[DomainCount], *, confidence: float = 0.95) -> Total:
    """Return the number of yes that a group of unknown size has in the whole frame.

    Args:
        counts: One line for every stratum of the design.
        confidence: 0.5 up to but not 1.

    Raises:
        EstimationError: As :func:`sampling.estimation.domain`.
    """
    check_domain(counts)
    return _count_in_frame(
        [StratumCount(c.stratum, c.population, c.sample, c.yes) for c in counts], confidence
    )


def domain_size(counts: Sequence[DomainCount], *, confidence: float = 0.95) -> Total:
    """Return how many records of the whole frame belong to a group of unknown size.

    Arguments and errors as :func:`domain_total`.
    """
    check_domain(counts)
    return _count_in_frame(
        [StratumCount(c.stratum, c.population, c.sample, c.base) for c in counts], confidence
    )


def _count_in_frame(strata: Sequence[StratumCount], confidence: float) -> Total:
    found = preview(strata, confidence=confidence)
    return total(found, sum(stratum.population for stratum in strata))
