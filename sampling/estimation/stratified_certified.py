"""The certified interval of a stratified sample.

A number M of yes in the frame is rejected only where a proven bound on P(S <= observed) is at most
the level whatever the allocation of M to the strata; so the true M is rejected with at most that
probability. The greatest tail falls as M rises, hence every M above a rejected one is rejected
rightly too, and the limit may be looked for in any way.

S is the count of yes where the strata were drawn at nearly one fraction, and elsewhere the sum of
k_h x_h with the weights of the design. Valid for every design and any number of strata; narrow
where the sample is large beside the greatest weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from sampling.estimation.binomial import normal_quantile
from sampling.estimation.certified_tail import certified_tail, good_tilt
from sampling.estimation.counts import StratumCount
from sampling.estimation.design_weights import NEARLY_EVEN, design_weights, unevenness
from sampling.estimation.tilted_strata import Strata, chances_of
from sampling.estimation.weighted_bound import weighted_tail
from sampling.estimation.weighted_tilt import WeightedStrata

MOST_CHANCES = 20_000_000
"""The largest table of chances that is gone into: 160 MB."""

_SLACK = 1e-9
_TRIED_FIRST, _STEP = 0.9, 1.12
_LEAST_TILT_TRIED, _GREATEST_TILT_TRIED = 0.3, 3.0
"""Of the tilt that a binomial count would have; the strata that hold most yes vary more."""


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
    sizes, samples = [s.population for s in strata], [s.sample for s in strata]
    if is_counted(sizes, samples):
        sides: Sequence[_Tails] = (_Counted(no), _Counted(strata))
    else:
        weight = design_weights(sizes, samples)
        sides = (_Weighted(no, weight), _Weighted(strata, weight))
    least, most = (
        _greatest(tails, alpha / 2, at)
        for tails, at in zip(sides, (1 - near[0], near[1]), strict=True)
    )
    return population - least, most


def is_counted(population: Sequence[int], sample: Sequence[int]) -> bool:
    """Say whether the interval counts every record alike, and not by the weights of the design.

    Args:
        population: N_h of the strata that were not drawn whole.
        sample: n_h of the same strata, in the same order.
    """
    return unevenness(population, sample) <= NEARLY_EVEN


def has_room(population: Sequence[int], sample: Sequence[int]) -> bool:
    """Say whether the tables that the interval needs stay within :data:`MOST_CHANCES`.

    Args:
        population: As :func:`is_counted`.
        sample: As there.
    """
    return chances_of(population, sample) <= MOST_CHANCES


class _Tails(Protocol):
    """Proven bounds on the greatest tail of what was seen."""

    population: int
    """N of the strata together."""
    least: int
    """The least number of yes that was not ruled out."""
    most: int
    """The greatest."""

    def at(self, marked: int) -> float:
        """Return the bound for that number of yes in the strata together."""


def _greatest(tails: _Tails, level: float, near: float) -> int:
    """Return the greatest number of yes that is not rejected.

    Steps out from ``near`` to a rejected number, then in by secant, with bisection. A step out is a
    part of the way to the nearer end: beside either end a bound can be 1, and a number that is kept
    for that says nothing of those before it.
    """
    enough = normal_quantile(level * (1 - _SLACK))
    kept, kept_at = tails.least, math.inf
    trial = min(max(round(near * tails.population), kept + 1), tails.most)
    rejected: int | None = None
    rejected_at = -math.inf
    turn = 0
    while kept < tails.most and (rejected is None or rejected - kept > 1):
        found = _probit(tails.at(trial))
        if found <= enough:
            rejected, rejected_at = trial, found
        else:
            kept, kept_at = trial, found
        turn += 1
        if rejected is None:
            room = min(kept - tails.least, tails.most - kept)
            trial = kept + max(1, room // 6)
        elif math.isinf(kept_at) or turn % 4 == 3:
            trial = (kept + rejected) // 2
        else:
            share = (kept_at - enough) / (kept_at - rejected_at)
            root = math.sqrt(kept) + share * (math.sqrt(rejected) - math.sqrt(kept))
            trial = min(max(math.floor(root * root), kept + 1), rejected - 1)
    return kept


def _probit(tail: float) -> float:
    return normal_quantile(min(max(tail, 1e-300), 1 - 1e-16))


class _Counted:
    """Tails of the count of yes, every record weighing the same."""

    def __init__(self, strata: Sequence[StratumCount]) -> None:
        self.population, self.least, self.most = _reach(strata)
        self._strata = strata
        self._lines = Strata(sorted(strata, key=lambda s: (s.population, s.sample, s.yes)))

    def at(self, marked: int) -> float:
        mean, variance = _moments(self._strata, [1] * len(self._strata), marked)
        tilt = good_tilt(mean, variance, self.least)
        return certified_tail(self._lines, marked, self.least, tilt)


class _Weighted:
    """Tails of the sum of k_h x_h."""

    def __init__(self, strata: Sequence[StratumCount], weight: Sequence[int]) -> None:
        self.population, self.least, self.most = _reach(strata)
        self._strata, self._weight = strata, weight
        self._lines = WeightedStrata(strata, weight)
        drawn = [(k, s.sample) for k, s in zip(weight, strata, strict=True)]
        self._typical = sum(k * k * n for k, n in drawn) / sum(k * n for k, n in drawn)
        self._factor: float | None = None

    def at(self, marked: int) -> float:
        mean, variance = _moments(self._strata, self._weight, marked)
        of_one = self._typical
        score = self._lines.score / of_one
        tilt = good_tilt(mean / of_one, variance / of_one**2, score) / of_one
        if self._factor is None:
            self._factor, tail = self._best_factor(marked, tilt)
            return tail
        return weighted_tail(self._lines, marked, self._factor * tilt)

    def _best_factor(self, marked: int, tilt: float) -> tuple[float, float]:
        """Step down from the first factor, or else up, for as long as the bound falls.

        A bound of 1 tells nothing of which way to go, and is stepped over.
        """
        best, tail = _TRIED_FIRST, weighted_tail(self._lines, marked, _TRIED_FIRST * tilt)
        for step in (1 / _STEP, _STEP):
            began = factor = best
            while _LEAST_TILT_TRIED < factor < _GREATEST_TILT_TRIED:
                factor *= step
                found = weighted_tail(self._lines, marked, factor * tilt)
                if found < tail:
                    best, tail = factor, found
                elif tail < 1:
                    break
            if best != began:
                break
        return best, tail


def _reach(strata: Sequence[StratumCount]) -> tuple[int, int, int]:
    """Return N, and the least and the greatest number of yes after what was seen."""
    population, yes = sum(s.population for s in strata), sum(s.yes for s in strata)
    return population, yes, population - sum(s.sample for s in strata) + yes


def _moments(
    strata: Sequence[StratumCount], weight: Sequence[int], marked: int
) -> tuple[float, float]:
    """Return mean and variance of the sum of k_h x_h where the yes lie evenly, above 0."""
    rate = marked / sum(s.population for s in strata)
    mean = sum(k * s.sample for k, s in zip(weight, strata, strict=True)) * rate
    variance = sum(
        k * k * s.sample * rate * (1 - rate) * (s.population - s.sample) / max(1, s.population - 1)
        for k, s in zip(weight, strata, strict=True)
    )
    return mean, max(variance, 1e-9)
