"""The interval of a simple random sample: which method, and what every method must respect."""

from __future__ import annotations

from collections.abc import Callable

from sampling.errors import EstimationError
from sampling.estimation import binomial
from sampling.estimation.blaker import blaker_counts
from sampling.estimation.counts import StratumCount, check_sample
from sampling.estimation.interval import (
    Interval,
    Method,
    alpha_of,
    around_the_estimate,
    choose,
    complete_count,
)
from sampling.estimation.korn_graubard import limits_at, published_size
from sampling.estimation.linearised import linearise, of_strata
from sampling.estimation.tail import tail_counts

_EXACT: dict[Method, Callable[..., tuple[int, int]]] = {
    Method.HYPERGEOMETRIC_BLAKER: blaker_counts,
    Method.HYPERGEOMETRIC_TAIL: tail_counts,
}
_OF_THE_FRAME = (*_EXACT, Method.WILSON_FPC, Method.KORN_GRAUBARD)
_OF_NO_FRAME = (
    Method.CLOPPER_PEARSON,
    Method.WILSON,
    Method.JEFFREYS,
    Method.AGRESTI_COULL,
    Method.LOGIT,
)


def single(
    x: int,
    n: int,
    *,
    population: int | None,
    confidence: float = 0.95,
    method: Method | None = None,
) -> Interval:
    """Return the proportion of yes in a frame, from a simple random sample of it.

    With a population the default is ``hypergeometric-blaker``: two-sided, exact for the finite
    frame, coverage at least the confidence for every number of yes. Without one it is
    ``clopper-pearson``. A sample of the whole frame is a census. Where the exact set of a sample
    that is nearly the frame leaves out the estimate, or is one point at 0 or 1, it is widened to
    the nearest whole count, which can only raise the coverage.

    Args:
        x: Yes answers, 0 to n.
        n: Coded records, at least 1.
        population: Records in the frame, at least n; None for an infinite one.
        confidence: 0.5 up to but not 1.
        method: One that fits a simple sample; None for the default.

    Raises:
        EstimationError: Where the counts, the confidence or the method do not fit.
    """
    check_sample(x, n, population)
    alpha = alpha_of(confidence)
    if population is None:
        chosen = choose(method, Method.CLOPPER_PEARSON, _OF_NO_FRAME)
        lower, upper = _of_no_frame(x, n, chosen, alpha)
        return Interval(x / n, lower, upper, chosen, confidence, float(n), None, n - 1)
    chosen = choose(method, Method.HYPERGEOMETRIC_BLAKER, _OF_THE_FRAME + _OF_NO_FRAME)
    if n == population:
        return complete_count(x, n, confidence=confidence)
    size = n * (population - 1) / (population - n)
    if chosen in _EXACT:
        least, most = counts_in_frame(x, n, population=population, alpha=alpha, method=chosen)
        lower, upper = least / population, most / population
    elif chosen is Method.WILSON_FPC:
        z = binomial.normal_quantile(1 - alpha / 2)
        lower, upper = binomial.wilson(x / n * size, size, quantile=z)
    elif chosen is Method.KORN_GRAUBARD:
        estimate = linearise(of_strata([StratumCount("", population, n, x)]))
        size = published_size(estimate)
        lower, upper = limits_at(size, estimate, alpha=alpha)
    else:
        size = float(n)
        lower, upper = _of_no_frame(x, n, chosen, alpha)
    return Interval(x / n, lower, upper, chosen, confidence, size, 1.0, n - 1)


def counts_in_frame(
    x: int, n: int, *, population: int, alpha: float, method: Method
) -> tuple[int, int]:
    """Return the least and the greatest number of yes in the frame, by an exact method.

    The two hold the estimate between them, and for a sample that is not the frame they are never
    both 0 nor both ``population``.

    Args:
        x: Yes answers, 0 to n.
        n: Coded records, under ``population``.
        population: Records in the frame.
        alpha: 1 less the confidence.
        method: ``hypergeometric-blaker`` or ``hypergeometric-tail``.
    """
    found = _EXACT[method](x, n, population=population, alpha=alpha)
    return around_the_estimate(found, x=x, n=n, population=population)


def _of_no_frame(x: int, n: int, method: Method, alpha: float) -> tuple[float, float]:
    """Return the limits of a method made for an infinite population."""
    z = binomial.normal_quantile(1 - alpha / 2)
    match method:
        case Method.CLOPPER_PEARSON:
            return binomial.clopper_pearson(x, n, alpha=alpha)
        case Method.WILSON:
            return binomial.wilson(x, n, quantile=z)
        case Method.JEFFREYS:
            return binomial.jeffreys(x, n, alpha=alpha)
        case Method.AGRESTI_COULL:
            return binomial.agresti_coull(x, n, quantile=z)
        case Method.LOGIT:
            return binomial.logit(x, n, quantile=z, alpha=alpha)
        case _:
            raise EstimationError(
                f"The method {method} needs the number of records in the frame; give it."
            )
