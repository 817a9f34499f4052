"""A proven interval of a near-proportional stratified sample, in closed form.

Each stratum's count is hypergeometric, hence distributed as a sum of independent Bernoulli
variables; so the count S of all strata is a sum of at most t = min(n, M) of them with mean mu, and
P(S <= s) is at most Bin(t, mu/t)(s) for s <= mu - 1, whatever the allocation of the M yes over the
strata. M is too large where this bound, at the least mean that any allocation within what was seen
can have, is at most the level. The same bound for the zeros is a second one; the smaller counts.

Sources: Vatutin & Mikhailov, "Limit theorems for the number of empty cells in an equiprobable
scheme for group allocation of particles", Theory of Probability and its Applications 27 (1982)
734-743; Hoeffding, "On the distribution of the number of successes in independent trials", Annals
of Mathematical Statistics 27 (1956) 713-721 (citations unverified). Checked by enumeration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sampling.estimation.counts import StratumCount
from sampling.estimation.hypergeometric import first_true

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SLACK = 1e-9


def stratified_proportional_counts(
    strata: Sequence[StratumCount], *, alpha: float
) -> tuple[int, int]:
    """Return the least and the greatest number of yes in the strata together.

    Two-sided, finite population, coverage at least 1 - alpha for every number of yes and every
    allocation of it, proven for any number of strata and any allocation of the sample; narrow
    where the sampling fractions are nearly equal.

    Args:
        strata: Strata that were not drawn whole, at least one.
        alpha: 1 less the confidence; each side takes half of it.
    """
    no = [StratumCount(s.name, s.population, s.sample, s.sample - s.yes) for s in strata]
    population = sum(s.population for s in strata)
    return population - _greatest(no, alpha / 2), _greatest(strata, alpha / 2)


def _greatest(strata: Sequence[StratumCount], level: float) -> int:
    """Return the greatest number of yes that is not too large.

    Between n and N - n the bounds fall as M rises, and bisection is exact. Below n and above
    N - n the number of trials changes with M, so every M there is tried.
    """
    import numpy as np

    population, n = sum(s.population for s in strata), sum(s.sample for s in strata)
    seen = sum(s.yes for s in strata)
    most = population - n + seen

    def last_kept(first: int, last: int) -> int | None:
        marked = np.arange(first, last + 1)
        kept = marked[~are_too_large(strata, marked, level)]
        return int(kept[-1]) if len(kept) else None

    few, many = max(seen, min(n, most)), max(seen, min(population - n, most))
    found = last_kept(max(many, few), most)
    if found is not None and found > max(many, few):
        return found

    def is_too_large(marked: int) -> bool:
        return bool(are_too_large(strata, np.array([marked]), level)[0])

    between = first_true(is_too_large, few + 1, max(few, many) + 1) - 1
    if between > few:
        return between
    found = last_kept(seen, few)
    return seen if found is None else found


def are_too_large(
    strata: Sequence[StratumCount], marked: NDArray[np.int64], level: float
) -> NDArray[np.bool_]:
    """Tell for each M whether either bound on the greatest lower tail is at most the level.

    Args:
        strata: Strata that were not drawn whole.
        marked: Numbers of yes in them together, each within what was seen.
        level: Probability at which M is rejected.
    """
    import numpy as np
    from scipy.special import bdtr, bdtrc

    population, n = sum(s.population for s in strata), sum(s.sample for s in strata)
    seen = sum(s.yes for s in strata)
    mean = _least_mean(strata, marked)
    trials = np.minimum(n, marked)
    zero_trials = np.minimum(n, population - marked)
    with np.errstate(invalid="ignore", divide="ignore"):
        by_yes = bdtr(float(seen), trials, np.clip(mean / trials, 0, 1))
        zero_rate = np.clip((n - mean) / zero_trials, 0, 1)
        by_no = bdtrc(float(n - seen - 1), zero_trials, zero_rate)
    if seen == n:
        return np.zeros(len(marked), dtype=np.bool_)
    by_no = np.where(n - seen > zero_trials, 0.0, by_no)
    bound = np.fmin(by_yes, by_no)
    is_far: NDArray[np.bool_] = (seen <= mean - 1 - _SLACK) & (bound <= level * (1 - _SLACK))
    return is_far


def _least_mean(strata: Sequence[StratumCount], marked: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the least mean of S over allocations within what was seen.

    The yes not seen go to the strata of the smallest sampling fractions first.
    """
    import numpy as np

    ordered = sorted(strata, key=lambda s: s.sample / s.population)
    fractions = [s.sample / s.population for s in ordered]
    room = np.cumsum([0, *(s.population - s.sample for s in ordered)])
    added = [f * (s.population - s.sample) for f, s in zip(fractions, ordered, strict=True)]
    least = sum(f * s.yes for f, s in zip(fractions, ordered, strict=True))
    heights = least + np.cumsum([0.0, *added])
    result: NDArray[np.float64] = np.interp(marked - sum(s.yes for s in ordered), room, heights)
    return result
