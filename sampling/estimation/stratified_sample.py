"""The interval of a stratified sample in which every drawn record was answered."""

from __future__ import annotations

from collections.abc import Sequence

from sampling.estimation import binomial
from sampling.estimation.counts import StratumCount, check_strata
from sampling.estimation.interval import Interval, Method, alpha_of, choose, complete_count
from sampling.estimation.korn_graubard import capped_size, limits_at, published_size
from sampling.estimation.linearised import Linearised, linearise, of_strata
from sampling.estimation.simple_sample import counts_in_frame, single

_EXACT_IN_ONE = (Method.HYPERGEOMETRIC_BLAKER, Method.HYPERGEOMETRIC_TAIL)
_BY_VARIANCE = (
    Method.KORN_GRAUBARD_CAPPED,
    Method.KORN_GRAUBARD,
    Method.WILSON,
    Method.LOGIT,
)


def stratified(
    strata: Sequence[StratumCount], *, confidence: float = 0.95, method: Method | None = None
) -> Interval:
    """Return the proportion of yes in a stratified frame.

    Strata drawn whole are counted exactly. Where one stratum alone was not drawn whole the default
    is ``hypergeometric-blaker`` within it, with the counts of the others added to both limits;
    with several it is ``korn-graubard-capped``. All drawn whole: ``census``. The limits never
    leave out a count that the answers seen make certain. Order of strata does not matter.

    Args:
        strata: One line a stratum, names different, populations adding up to the frame.
        confidence: 0.5 up to but not 1.
        method: One that fits the design; None for the default.

    Raises:
        EstimationError: Where counts are impossible, where a stratum not drawn whole has fewer
            than two coded records (collapse it first), or where the method does not fit.
    """
    check_strata(strata)
    alpha = alpha_of(confidence)
    drawn = [stratum for stratum in strata if not stratum.is_census]
    if not drawn:
        yes = sum(stratum.yes for stratum in strata)
        population = sum(stratum.population for stratum in strata)
        return complete_count(yes, population, confidence=confidence)
    if len(strata) == 1 and method not in _BY_VARIANCE:
        (only,) = strata
        x, n, population = only.yes, only.sample, only.population
        return single(x, n, population=population, confidence=confidence, method=method)
    default = Method.KORN_GRAUBARD_CAPPED if len(drawn) > 1 else Method.HYPERGEOMETRIC_BLAKER
    allowed = _BY_VARIANCE if len(drawn) > 1 else _EXACT_IN_ONE + _BY_VARIANCE
    chosen = choose(method, default, allowed)
    estimate = linearise(of_strata(strata))
    if chosen in _EXACT_IN_ONE:
        size = estimate.size_at_one_rate
        lower, upper = _around_one_stratum(strata, drawn[0], alpha, chosen)
    else:
        size, (lower, upper) = _by_variance(estimate, alpha, chosen)
    certain, possible = _what_was_seen(strata)
    p = float(estimate.ratio)
    return Interval(
        estimate=p,
        lower=min(p, max(lower, certain)),
        upper=max(p, min(upper, possible)),
        method=chosen,
        confidence=confidence,
        effective_n=size,
        design_effect=estimate.design_effect,
        degrees_of_freedom=estimate.degrees_of_freedom,
    )


def _around_one_stratum(
    strata: Sequence[StratumCount], drawn: StratumCount, alpha: float, method: Method
) -> tuple[float, float]:
    """Return the exact limits in the one stratum that was not drawn whole, plus the counted yes."""
    counted = sum(stratum.yes for stratum in strata if stratum.is_census)
    population = sum(stratum.population for stratum in strata)
    least, most = counts_in_frame(
        drawn.yes, drawn.sample, population=drawn.population, alpha=alpha, method=method
    )
    return (counted + least) / population, (counted + most) / population


def _by_variance(
    estimate: Linearised, alpha: float, method: Method
) -> tuple[float, tuple[float, float]]:
    """Return the effective size and the limits of a method that rests on the design variance."""
    if method is Method.KORN_GRAUBARD_CAPPED:
        size = capped_size(estimate)
        return size, limits_at(size, estimate, alpha=alpha)
    size = published_size(estimate)
    if method is Method.KORN_GRAUBARD:
        return size, limits_at(size, estimate, alpha=alpha)
    t = binomial.student_quantile(1 - alpha / 2, estimate.degrees_of_freedom)
    p = float(estimate.ratio)
    if method is Method.LOGIT:
        return size, binomial.logit(p * size, size, quantile=t, alpha=alpha)
    return size, binomial.wilson(p * size, size, quantile=t)


def _what_was_seen(strata: Sequence[StratumCount]) -> tuple[float, float]:
    """Return the proportions that the yes seen make certain and the no seen leave possible."""
    population = sum(stratum.population for stratum in strata)
    yes = sum(stratum.yes for stratum in strata)
    no = sum(stratum.sample for stratum in strata) - yes
    return yes / population, (population - no) / population
