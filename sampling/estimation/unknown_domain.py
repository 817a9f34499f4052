"""The interval of a group whose size in the frame is not known.

Most indicators are such groups: records out of scope and answers that cannot be determined leave
the base, and how many of the records not drawn would leave it nobody knows.

One stratum: given the records of the group in the sample, they are a simple sample of the group,
which holds at most the frame less the drawn records outside it. Blaker's interval at that largest
size, each end moved to the first count rejected there, covers for every smaller size as well
(enumerated: with the step at least nominal everywhere, without it down to .887). So do the tail
limits with the same step, on each side by itself (enumerated: with the step no side misses more
often than its half of the error, without it up to three times as often). Several strata: the
linearised ratio over the whole design, approximate.

Sources: the step is this project's own and rests on enumeration; the linearised part is
:mod:`sampling.estimation.korn_graubard`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sampling.estimation.blaker import blaker_counts
from sampling.estimation.counts import DomainCount, check_domain
from sampling.estimation.interval import (
    Interval,
    Method,
    alpha_of,
    around_the_estimate,
    choose,
    complete_count,
)
from sampling.estimation.korn_graubard import capped_size, limits_at, published_size
from sampling.estimation.linearised import linearise, of_domain
from sampling.estimation.tail import tail_counts

_EXACT: dict[Method, Callable[..., tuple[int, int]]] = {
    Method.HYPERGEOMETRIC_BLAKER_DOMAIN: blaker_counts,
    Method.HYPERGEOMETRIC_TAIL_DOMAIN: tail_counts,
}
_BY_VARIANCE = (Method.KORN_GRAUBARD_CAPPED, Method.KORN_GRAUBARD)


def domain(
    counts: Sequence[DomainCount], *, confidence: float = 0.95, method: Method | None = None
) -> Interval:
    """Return the proportion of yes in a group of unknown size.

    One stratum: ``hypergeometric-blaker-domain``, two-sided, for the finite frame, never narrower
    than the interval of a group known to be as large as it can be; on request
    ``hypergeometric-tail-domain``, whose ends are one-sided limits. Several strata:
    ``korn-graubard-capped``, approximate. All strata drawn whole: ``census``.

    Args:
        counts: One line for every stratum of the design, those without a record of the group
            among them.
        confidence: 0.5 up to but not 1.
        method: One that fits the design; None for the default.

    Raises:
        EstimationError: Where counts are impossible, where no drawn record belongs to the group,
            where one of several strata has fewer than two coded records and was not drawn whole,
            or where the method does not fit.
    """
    check_domain(counts)
    alpha = alpha_of(confidence)
    if all(count.is_census for count in counts):
        yes, base = sum(count.yes for count in counts), sum(count.base for count in counts)
        return complete_count(yes, base, confidence=confidence)
    if len(counts) == 1:
        chosen = choose(method, Method.HYPERGEOMETRIC_BLAKER_DOMAIN, (*_EXACT, *_BY_VARIANCE))
        if chosen in _EXACT:
            return _in_a_simple_sample(counts[0], confidence, alpha, chosen)
    chosen = choose(method, Method.KORN_GRAUBARD_CAPPED, _BY_VARIANCE)
    estimate = linearise(of_domain(counts))
    is_capped = chosen is Method.KORN_GRAUBARD_CAPPED
    size = capped_size(estimate) if is_capped else published_size(estimate)
    lower, upper = limits_at(size, estimate, alpha=alpha)
    return Interval(
        estimate=float(estimate.ratio),
        lower=lower,
        upper=upper,
        method=chosen,
        confidence=confidence,
        effective_n=size,
        design_effect=estimate.design_effect,
        degrees_of_freedom=estimate.degrees_of_freedom,
    )


def _in_a_simple_sample(
    count: DomainCount, confidence: float, alpha: float, method: Method
) -> Interval:
    """Return an exact interval at the largest size of the group, one count wider on each side."""
    x, n = count.yes, count.base
    largest = count.population - (count.sample - count.base)
    least, most = _EXACT[method](x, n, population=largest, alpha=alpha)
    wider = max(0, least - 1), min(largest, most + 1)
    least, most = around_the_estimate(wider, x=x, n=n, population=largest)
    return Interval(
        estimate=x / n,
        lower=least / largest,
        upper=most / largest,
        method=method,
        confidence=confidence,
        effective_n=n * (largest - 1) / (largest - n),
        design_effect=1.0,
        degrees_of_freedom=max(1, n - 1),
    )
