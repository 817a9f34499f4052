"""An interval that may be looked at after every coding of a simple sample.

A number M of yes in the frame is kept while the ratio of the beta-binomial probability of the
codings so far to their hypergeometric probability under M is under 1/alpha. The ratio is a
martingale with mean 1 under the true M, so the chance that it ever reaches 1/alpha is at most
alpha: all looks hold together. The price is width.

Source: Waudby-Smith & Ramdas, "Confidence sequences for sampling without replacement", NeurIPS
2020, theorem 3.1 (citation unverified). Checked by enumeration of whole paths.
"""

from __future__ import annotations

import math

from sampling.estimation.counts import DomainCount, check_domain, check_sample
from sampling.estimation.hypergeometric import first_true
from sampling.estimation.interval import (
    Interval,
    Method,
    alpha_of,
    around_the_estimate,
    complete_count,
)

_PRIOR = (0.5, 4.5)
_ROUNDING = 1e-7


def anytime(x: int, t: int, *, population: int, confidence: float = 0.95) -> Interval:
    """Return the proportion of yes in the frame, valid at every look.

    Two-sided, exact for the finite frame. The codings must follow the seeded random order of one
    simple sample.

    Args:
        x: Yes answers so far, 0 to t.
        t: Codings so far, at least 1.
        population: Records in the frame, at least t.
        confidence: 0.5 up to but not 1.

    Raises:
        EstimationError: Where counts or confidence are impossible.
    """
    check_sample(x, t, population)
    alpha = alpha_of(confidence)
    if t == population:
        return complete_count(x, t, confidence=confidence)
    kept = _kept(x, t, population, alpha)
    least, most = around_the_estimate(kept, x=x, n=t, population=population)
    return Interval(
        estimate=x / t,
        lower=least / population,
        upper=most / population,
        method=Method.ANYTIME,
        confidence=confidence,
        effective_n=t * (population - 1) / (population - t),
        design_effect=1.0,
        degrees_of_freedom=t - 1,
    )


def anytime_domain(count: DomainCount, *, confidence: float = 0.95) -> Interval:
    """Return the proportion of yes in a group of unknown size, valid at every look.

    Two-sided, for the finite frame. The codings of the group stand in a random order of their
    own, and it holds at most the frame less the coded records outside it; the limits at that
    largest size, each moved one count out, hold those of every smaller size (enumerated).

    Args:
        count: One simple sample as far as it is coded, in its seeded order; at least one record
            in the base.
        confidence: 0.5 up to but not 1.

    Raises:
        EstimationError: Where counts or confidence are impossible.
    """
    check_domain([count])
    alpha = alpha_of(confidence)
    x, n = count.yes, count.base
    if count.is_census:
        return complete_count(x, n, confidence=confidence)
    largest = count.population - (count.sample - n)
    least, most = _kept(x, n, largest, alpha)
    return Interval(
        estimate=x / n,
        lower=max(0, least - 1) / largest,
        upper=min(largest, most + 1) / largest,
        method=Method.ANYTIME_DOMAIN,
        confidence=confidence,
        effective_n=n * (largest - 1) / (largest - n),
        design_effect=1.0,
        degrees_of_freedom=max(1, n - 1),
    )


def _kept(x: int, t: int, population: int, alpha: float) -> tuple[int, int]:
    """Return the least and the greatest M that are kept.

    The probability of the codings is log-concave in M, so the kept M are neighbours, and they hold
    the M that makes the codings most probable, which is within one of the estimate.
    """
    least, most = x, population - (t - x)
    enough = math.log(alpha) + _log_beta_binomial(x, t) - _ROUNDING

    def is_kept(marked: int) -> bool:
        return _log_hypergeometric(x, t, marked, population) > enough

    likeliest = min(max((population + 1) * x // t, least), most)
    return (
        first_true(is_kept, least, likeliest),
        first_true(lambda marked: not is_kept(marked), likeliest + 1, most + 1) - 1,
    )


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _log_hypergeometric(x: int, t: int, marked: int, population: int) -> float:
    """Return log P(x yes among t) with ``marked`` yes in the frame, x being possible."""
    return (
        _log_choose(marked, x)
        + _log_choose(population - marked, t - x)
        - _log_choose(population, t)
    )


def _log_beta_binomial(x: int, t: int) -> float:
    """Return log of the probability of x yes among t under the prior."""
    a, b = _PRIOR
    return (
        _log_choose(t, x)
        + math.lgamma(x + a)
        + math.lgamma(t - x + b)
        - math.lgamma(t + a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + math.lgamma(a + b)
    )
