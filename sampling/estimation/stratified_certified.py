"""The certified interval of a stratified sample drawn at nearly one fraction.

A number M of yes in the frame is rejected only where a proven bound on P(S <= observed), S the
unweighted count of yes, is at most the level whatever the allocation of M to the strata; so the
true M is rejected with at most that probability. The greatest tail falls as M rises, hence every M
above a rejected one is rejected rightly too, and the limit may be looked for in any way.

Valid for every design and any number of strata; narrow where the sampling fractions are nearly
equal, because elsewhere the unweighted count does not follow M.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sampling.estimation.binomial import normal_quantile
from sampling.estimation.certified_tail import certified_tail, good_tilt
from sampling.estimation.counts import StratumCount
from sampling.estimation.tilted_strata import Strata

_SLACK = 1e-9


def stratified_certified_counts(
    strata: Sequence[StratumCount], *, alpha: float, near: tuple[float, float]
) -> tuple[int, int]:
    """Return the least and the greatest number of yes in the strata together.

    Two-sided, finite population, coverage at least 1 - alpha for every number of yes and every
    allocation of it: proved.

    Args:
        strata: Strata that were not drawn whole, at least one.
        alpha: 1 less the confidence; each side takes half of it.
        near: Where to begin to look for the two limits, as proportions.
    """
    no = [StratumCount(s.name, s.population, s.sample, s.sample - s.yes) for s in strata]
    population = sum(s.population for s in strata)
    return (
        population - _Side(no, alpha / 2).greatest(1 - near[0]),
        _Side(strata, alpha / 2).greatest(near[1]),
    )


class _Side:
    """The greatest number of yes that is not rejected."""

    def __init__(self, strata: Sequence[StratumCount], level: float) -> None:
        self._strata = strata
        self._lines = Strata(sorted(strata, key=lambda s: (s.population, s.sample, s.yes)))
        self._population = sum(s.population for s in strata)
        self._score = sum(s.yes for s in strata)
        self._most = self._population - sum(s.sample for s in strata) + self._score
        self._enough = normal_quantile(level * (1 - _SLACK))

    def greatest(self, near: float) -> int:
        """Step out from ``near`` to a rejected number, then in by secant, with bisection."""
        kept, kept_at = self._score, math.inf
        trial = min(max(round(near * self._population), kept + 1), self._most)
        rejected: int | None = None
        rejected_at = -math.inf
        turn = 0
        while kept < self._most and (rejected is None or rejected - kept > 1):
            found = self._probit(trial)
            if found <= self._enough:
                rejected, rejected_at = trial, found
            else:
                kept, kept_at = trial, found
            turn += 1
            if rejected is None:
                trial = min(self._most, kept + max(1, (kept - self._score) // 6))
            elif math.isinf(kept_at) or turn % 4 == 3:
                trial = (kept + rejected) // 2
            else:
                share = (kept_at - self._enough) / (kept_at - rejected_at)
                root = math.sqrt(kept) + share * (math.sqrt(rejected) - math.sqrt(kept))
                trial = min(max(math.floor(root * root), kept + 1), rejected - 1)
        return kept

    def _probit(self, marked: int) -> float:
        rate = marked / self._population
        mean = sum(s.sample for s in self._strata) * rate
        variance = sum(
            s.sample * rate * (1 - rate) * (s.population - s.sample) / max(1, s.population - 1)
            for s in self._strata
        )
        tilt = good_tilt(mean, max(variance, 1e-9), self._score)
        tail = certified_tail(self._lines, marked, self._score, tilt)
        return normal_quantile(min(max(tail, 1e-300), 1 - 1e-16))
