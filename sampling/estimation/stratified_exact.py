"""The exact interval of a stratified sample, by inverting the weighted count of yes.

A number M of yes in the frame is rejected only where the greatest tail over every way in which M
can lie over the strata is at most the level, so the true M is rejected with at most that
probability, whatever the strata are like. The greatest lower tail falls as M rises: the limit is
found by bisection with a quick search and then certified by the deep search just outside.

Up to four strata the deep search has missed nothing that enumeration found. For more the level is
lowered by 5 % as a margin.

Source: Wendell & Schmee, "Exact inference for proportions from a stratified finite population",
Journal of the American Statistical Association 91 (1996) 825-830 (citation unverified), with
weights. Checked by enumeration of coverage and of the greatest tail over all allocations.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.binomial import normal_quantile
from sampling.estimation.counts import StratumCount
from sampling.estimation.design_weights import design_weights
from sampling.estimation.hypergeometric import TIE
from sampling.estimation.weighted_sample import Allocation, WeightedSample

SEARCHED_WHOLE = 4
"""Up to so many strata the search has missed nothing that enumeration found."""
_MARGIN = 0.95


def stratified_exact_counts(
    strata: Sequence[StratumCount], *, alpha: float, near: tuple[float, float]
) -> tuple[int, int]:
    """Return the least and the greatest number of yes in the strata together.

    Two-sided, finite population exact, coverage at least 1 - alpha for every number of yes and
    every allocation of it: enumerated for up to 4 strata, by design for more.

    Args:
        strata: Strata that were not drawn whole, at least one.
        alpha: 1 less the confidence; each side takes half of it.
        near: Where to begin to look for the two limits, as proportions; costs time only.
    """
    ordered = sorted(strata, key=lambda s: (s.population, s.sample, s.yes, s.name))
    level = level_of(len(ordered), alpha=alpha)
    population = sum(s.population for s in ordered)
    sizes, samples = [s.population for s in ordered], [s.sample for s in ordered]
    weight = design_weights(sizes, samples)
    yes = [s.yes for s in ordered]
    no = [s.sample - s.yes for s in ordered]
    greatest = _greatest(
        WeightedSample(tuple(sizes), tuple(samples), tuple(yes), weight), level, near[1]
    )
    greatest_no = _greatest(
        WeightedSample(tuple(sizes), tuple(samples), tuple(no), weight), level, 1 - near[0]
    )
    return population - greatest_no, greatest


def level_of(strata: int, *, alpha: float) -> float:
    """Return the greatest tail at which a number of yes is rejected.

    Args:
        strata: How many were not drawn whole.
        alpha: 1 less the confidence.
    """
    return alpha / 2 * (1 if strata <= SEARCHED_WHOLE else _MARGIN)


class _Tried(NamedTuple):
    marked: int
    probit: float
    """Normal quantile of the greatest tail found there."""
    where: Allocation


def _greatest(sample: WeightedSample, level: float, near: float) -> int:
    """Return the greatest number of yes whose greatest lower tail exceeds the level."""
    search = GreatestTail(sample)
    most = sum(sample.most)
    enough = normal_quantile(level * (1 + TIE))
    accepted, rejected = _Tried(sum(sample.least), math.inf, sample.least), None
    trial = min(max(round(near * sum(sample.population)), accepted.marked + 1), most)
    for turn in count():
        if accepted.marked >= most:
            break
        found = _try(search.quick, trial, accepted.where)
        if found.probit <= enough and trial == accepted.marked + 1:
            found = _try(search.deep, trial, accepted.where)
            if found.probit <= enough:
                break
        if found.probit > enough:
            accepted = found
            rejected = rejected if rejected and rejected.marked > trial else None
        else:
            rejected = found
        if rejected is not None and turn % 3 == 2:
            trial = max(accepted.marked + 1, (accepted.marked + rejected.marked) // 2)
        else:
            trial = _next_trial(accepted, rejected, most, enough)
    return accepted.marked


def _try(
    search: Callable[[int, Allocation], tuple[float, Allocation]], marked: int, near: Allocation
) -> _Tried:
    tail, where = search(marked, near)
    return _Tried(marked, normal_quantile(min(max(tail, 1e-300), 1 - 1e-16)), where)


def _next_trial(accepted: _Tried, rejected: _Tried | None, most: int, enough: float) -> int:
    """Return the next number of yes: outwards while none is rejected, else by secant.

    The probit of the tail is nearly straight in the square root of the number of yes.
    """
    if rejected is None:
        return min(most, accepted.marked + max(1, accepted.marked // 8))
    low, high = accepted.marked + 1, rejected.marked - 1
    if low >= high or math.isinf(accepted.probit):
        return max(low, (low + high) // 2)
    share = (accepted.probit - enough) / (accepted.probit - rejected.probit)
    root = math.sqrt(accepted.marked)
    root += share * (math.sqrt(rejected.marked) - root)
    return min(max(math.floor(root * root), low), high)
