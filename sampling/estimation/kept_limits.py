"""Whether limits that somebody kept can be what working out gives.

Limits of strata take up to a second to work out, and are kept. Where they lie, others may be able
to write. One tail just outside of each limit and one just inside, at the allocation that is the
best if the count were normal, take a hundredth of a second: a tail is never more than the greatest
one, so that a limit drawn in is found out by a tail over the level outside of it; a limit moved
out, by a tail far under the level inside.

It is a test for what was changed, and no proof: a limit may pass that lies a few records too far
in, and one that is right may fail where the start is far from the greatest tail, or where a proven
bound lies far above it. What fails is worked out.

Limits in closed form take less than such a test: they are worked out and compared.
"""

from __future__ import annotations

from collections.abc import Sequence

from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.counts import StratumCount
from sampling.estimation.design_weights import design_weights
from sampling.estimation.interval import Method, alpha_of
from sampling.estimation.stratified_certified import is_counted
from sampling.estimation.stratified_exact import level_of
from sampling.estimation.stratified_proportional import stratified_proportional_counts
from sampling.estimation.stratified_sample import Limits, method_of
from sampling.estimation.weighted_sample import WeightedSample

_ROUNDING = 1 + 1e-6
_FAR_UNDER = 0.25
"""Honest limits have less than this share of the level inside in 3 of 100 designs."""


def can_be_kept(
    strata: Sequence[StratumCount],
    limits: Limits,
    *,
    confidence: float,
    method: Method | None = None,
) -> bool:
    """Say whether limits can be those of an exact method of several strata.

    Args:
        strata: With at least two that were not drawn whole.
        limits: Least and greatest number of yes in those.
        confidence: Of the interval.
        method: ``stratified-exact``, ``-certified`` or ``-proportional``; None for the default.
    """
    drawn = sorted((s.population, s.sample, s.yes) for s in strata if not s.is_census)
    alpha, chosen = alpha_of(confidence), method or method_of(strata)
    if chosen is Method.STRATIFIED_PROPORTIONAL:
        counts = [StratumCount(str(h), *each) for h, each in enumerate(drawn)]
        return limits == stratified_proportional_counts(counts, alpha=alpha)
    sizes, samples, yes = zip(*drawn, strict=True)
    no = tuple(n - x for n, x in zip(samples, yes, strict=True))
    is_proved = chosen is Method.STRATIFIED_CERTIFIED
    is_even = is_proved and is_counted(sizes, samples)
    weight = (1,) * len(sizes) if is_even else design_weights(sizes, samples)
    level = alpha / 2 if is_proved else level_of(len(sizes), alpha=alpha)
    least, most = limits
    return all(
        _can_be_greatest(WeightedSample(sizes, samples, seen, weight), greatest, level)
        for seen, greatest in ((yes, most), (no, sum(sizes) - least))
    )


def _can_be_greatest(sample: WeightedSample, greatest: int, level: float) -> bool:
    """Say whether a number of yes can be the greatest that is not rejected."""
    fewest, possible = sum(sample.least), sum(sample.most)
    if not fewest <= greatest <= possible:
        return False
    search = GreatestTail(sample)
    if greatest > fewest and search.at_a_start(greatest) < level * _FAR_UNDER:
        return False
    return greatest == possible or search.at_a_start(greatest + 1) <= level * _ROUNDING
