"""The interval of a stratified sample in which every drawn record was answered."""

from __future__ import annotations

import math
from collections.abc import MutableMapping, Sequence
from fractions import Fraction
from functools import lru_cache

from sampling.estimation import binomial
from sampling.estimation.counts import StratumCount, check_strata
from sampling.estimation.interval import Interval, Method, alpha_of, choose, complete_count
from sampling.estimation.korn_graubard import capped_size, limits_at, published_size
from sampling.estimation.linearised import Linearised, linearise, of_strata
from sampling.estimation.simple_sample import counts_in_frame, single
from sampling.estimation.stratified_certified import (
    has_room,
    is_counted,
    stratified_certified_counts,
)
from sampling.estimation.stratified_exact import SEARCHED_WHOLE, stratified_exact_counts
from sampling.estimation.stratified_proportional import stratified_proportional_counts

_EXACT_IN_ONE = (Method.HYPERGEOMETRIC_BLAKER, Method.HYPERGEOMETRIC_TAIL)
_EXACT_IN_MANY = (
    Method.STRATIFIED_EXACT,
    Method.STRATIFIED_CERTIFIED,
    Method.STRATIFIED_PROPORTIONAL,
)
_BY_VARIANCE = (
    Method.KORN_GRAUBARD_CAPPED,
    Method.KORN_GRAUBARD,
    Method.WILSON,
    Method.LOGIT,
)

Limits = tuple[int, int]
"""The least and the greatest number of yes in the strata that were not drawn whole."""


def stratified(
    strata: Sequence[StratumCount],
    *,
    confidence: float = 0.95,
    method: Method | None = None,
    known: MutableMapping[str, Limits] | None = None,
) -> Interval:
    """Return the proportion of yes in a stratified frame.

    Strata drawn whole are counted exactly; all of them: ``census``. Where one stratum alone was not
    drawn whole the default is ``hypergeometric-blaker`` within it, with the counts of the others
    added to both limits; with several it is that of :func:`method_of`, which rests on the sizes
    alone. ``korn-graubard-capped``, approximate and instant, serves as a preview of it. The limits
    never leave out a count that the answers seen make certain. Order of strata does not matter.

    Args:
        strata: One line a stratum, names different, populations adding up to the frame.
        confidence: 0.5 up to but not 1.
        method: One that fits the design; None for the default.
        known: Limits of the exact methods that were worked out before, by :func:`key_of`; new
            ones are added. They are believed, and give the interval that working out gives.

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
    of_strata_only = _EXACT_IN_MANY + _BY_VARIANCE
    if len(strata) == 1 and method not in of_strata_only:
        (only,) = strata
        x, n, population = only.yes, only.sample, only.population
        return single(x, n, population=population, confidence=confidence, method=method)
    allowed = of_strata_only if len(drawn) > 1 else _EXACT_IN_ONE + of_strata_only
    chosen = choose(method, method or method_of(strata), allowed)
    estimate = linearise(of_strata(strata))
    if chosen in _EXACT_IN_ONE + _EXACT_IN_MANY:
        size = capped_size(estimate)
        lower, upper = _exactly(strata, confidence, chosen, {} if known is None else known)
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


def preview(
    strata: Sequence[StratumCount], *, confidence: float = 0.95, method: Method | None = None
) -> Interval:
    """Return what can be said of a stratified frame at once.

    As :func:`stratified`, with ``korn-graubard-capped`` where several strata were not drawn whole,
    whichever exact method it stands in for.
    """
    drawn = sum(1 for stratum in strata if not stratum.is_census)
    return stratified(
        strata,
        confidence=confidence,
        method=Method.KORN_GRAUBARD_CAPPED if drawn > 1 else method,
    )


def method_of(strata: Sequence[StratumCount]) -> Method:
    """Return the default method of a design; what was answered does not count.

    Up to four strata not drawn whole: ``stratified-exact``. More: ``stratified-certified`` where
    they were drawn at nearly one fraction, else ``stratified-exact``.
    """
    drawn = [stratum for stratum in strata if not stratum.is_census]
    if len(drawn) < 2:
        return Method.HYPERGEOMETRIC_BLAKER if drawn else Method.CENSUS
    if len(drawn) <= SEARCHED_WHOLE:
        return Method.STRATIFIED_EXACT
    sizes, samples = [s.population for s in drawn], [s.sample for s in drawn]
    is_proved = is_counted(sizes, samples) and has_room(sizes, samples)
    return Method.STRATIFIED_CERTIFIED if is_proved else Method.STRATIFIED_EXACT


def key_of(
    strata: Sequence[StratumCount], *, confidence: float, method: Method | None = None
) -> str:
    """Return what the limits of :func:`stratified` rest on, as one line of text.

    Equal lines have equal limits in the strata that were not drawn whole, so that limits can be
    kept and found again. Names and order of strata are not in it.

    Args:
        strata: The strata.
        confidence: Of the interval.
        method: An exact one; None for the default.
    """
    sizes = sorted((s.population, s.sample, s.yes) for s in strata if not s.is_census)
    lines = ",".join(f"{size}:{n}:{x}" for size, n, x in sizes)
    return f"{method or method_of(strata)}|{confidence!r}|{lines}"


def _exactly(
    strata: Sequence[StratumCount],
    confidence: float,
    method: Method,
    known: MutableMapping[str, Limits],
) -> tuple[float, float]:
    """Return the exact limits of the strata not drawn whole, plus the yes counted in the others."""
    drawn = [stratum for stratum in strata if not stratum.is_census]
    counted = sum(stratum.yes for stratum in strata if stratum.is_census)
    population = sum(stratum.population for stratum in strata)
    alpha = alpha_of(confidence)
    if method in _EXACT_IN_ONE:
        (only,) = drawn
        found = counts_in_frame(
            only.yes, only.sample, population=only.population, alpha=alpha, method=method
        )
    else:
        key = key_of(drawn, confidence=confidence, method=method)
        if key not in known:
            sizes = sorted((s.population, s.sample, s.yes) for s in drawn)
            known[key] = _counts_in_strata(tuple(sizes), alpha, method)
        found = known[key]
    least, most = _around_the_estimate(drawn, *found)
    return (counted + least) / population, (counted + most) / population


@lru_cache(maxsize=4096)
def _counts_in_strata(
    sizes: tuple[tuple[int, int, int], ...], alpha: float, method: Method
) -> tuple[int, int]:
    """Return the limits of strata given as (N_h, n_h, x_h), sorted: the same ones once."""
    strata = [StratumCount(str(h), *each) for h, each in enumerate(sizes)]
    if method is Method.STRATIFIED_PROPORTIONAL:
        return stratified_proportional_counts(strata, alpha=alpha)
    estimate = linearise(of_strata(strata))
    near = limits_at(capped_size(estimate), estimate, alpha=alpha)
    if method is Method.STRATIFIED_CERTIFIED:
        return stratified_certified_counts(strata, alpha=alpha, near=near)
    return stratified_exact_counts(strata, alpha=alpha, near=near)


def _around_the_estimate(drawn: Sequence[StratumCount], least: int, most: int) -> tuple[int, int]:
    """Widen the counts until they hold the estimate and are not both 0 or both all."""
    grossed_up = sum((Fraction(s.population * s.yes, s.sample) for s in drawn), Fraction())
    population = sum(s.population for s in drawn)
    return (
        min(least, math.floor(grossed_up), population - 1),
        max(most, math.ceil(grossed_up), 1),
    )


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
