"""Weighted strata under an exponential tilt, in few points that no number of yes exceeds.

With X the yes drawn from a stratum that holds m, k its weight and r = exp(-tilt) under 1:
A(m) = log E[r^(k X)], and B(m) is the variance of X once each outcome x is given r^(k x) times its
chance. What is wanted of them is never a value at one m but the greatest A - s B - l m over every m
that was not ruled out by what was seen, for many s of at least 0 and any l. For that the lines of
neighbouring m are replaced by two points, those at either end lifted by as much as any line between
them stands above the chord: the greatest over the points is then at least the greatest over the
lines, and nearly the same.

Shared; imports no method.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sampling.estimation.counts import StratumCount
from sampling.estimation.tilted_strata import hypergeometric_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PIECES = 64
_LEAST_MEAN = 1e-300


@dataclass(frozen=True, slots=True)
class Points:
    """Points of every stratum, strata one after another."""

    marked: NDArray[np.float64]
    """m."""
    log_mean: NDArray[np.float64]
    """At least A."""
    variance: NDArray[np.float64]
    """At most B, and under 0 where B is next to nothing."""
    starts: NDArray[np.int64]
    """Where the points of each stratum begin."""


class WeightedStrata:
    """The strata of one sample, equal ones standing once."""

    def __init__(self, strata: Sequence[StratumCount], weight: Sequence[int]) -> None:
        """Tabulate the chance of every outcome for every m from the yes seen to all but the no.

        Args:
            strata: Strata that were not drawn whole.
            weight: A whole number of at least 1 for each of them.
        """
        import numpy as np

        counted = Counter(
            (s.population, s.sample, s.yes, k) for s, k in zip(strata, weight, strict=True)
        )
        different = sorted(counted)
        self.copies = np.array([counted[each] for each in different], dtype=np.float64)
        """How many strata are equal to each that stands here."""
        self.weight = np.array([k for *_, k in different], dtype=np.float64)
        self.score = sum(s.yes * k for s, k in zip(strata, weight, strict=True))
        """What was seen: the sum of k_h x_h."""
        self._lines = [np.arange(x, size - n + x + 1) for size, n, x, _ in different]
        self._chances = [
            hypergeometric_rows(size, n, lines)
            for (size, n, *_), lines in zip(different, self._lines, strict=True)
        ]

    def tilted(self, tilt: float) -> Points:
        """Return points over the lines of every stratum.

        Args:
            tilt: Above 0.
        """
        import numpy as np

        made = []
        for k, lines, chances in zip(self.weight, self._lines, self._chances, strict=True):
            x = np.arange(chances.shape[1])
            factor = np.exp(-tilt * k * x)
            mean, first, second = (chances @ np.stack([factor, factor * x, factor * x * x], 1)).T
            mean = np.maximum(mean, _LEAST_MEAN)
            variance = np.maximum(0.0, second / mean - (first / mean) ** 2)
            made.append(_over(lines.astype(np.float64), np.log(mean), variance))
        sizes = [len(marked) for marked, _, _ in made]
        marked, log_mean, variance = (np.concatenate(each) for each in zip(*made, strict=True))
        return Points(marked, log_mean, variance, np.cumsum([0, *sizes[:-1]]))


def _over(
    marked: NDArray[np.float64], log_mean: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return m, A and B of points over these lines: two for each piece of neighbouring lines."""
    import numpy as np

    last = len(marked) - 1
    if last < _PIECES:
        return marked, log_mean, variance
    cuts = np.unique(np.linspace(0, last, _PIECES + 1).round().astype(np.int64))
    left, right = cuts[:-1], cuts[1:]
    piece = np.minimum(np.searchsorted(cuts, np.arange(last + 1), side="right") - 1, len(left) - 1)
    share = (np.arange(last + 1) - left[piece]) / (right - left)[piece]

    def above(line: NDArray[np.float64]) -> NDArray[np.float64]:
        chord = line[left[piece]] * (1 - share) + line[right[piece]] * share
        return np.maximum(0.0, np.maximum.reduceat(line - chord, left))

    lift, drop = above(log_mean), above(-variance)
    return (
        np.concatenate([marked[left], marked[right]]),
        np.concatenate([log_mean[left] + lift, log_mean[right] + lift]),
        np.concatenate([variance[left] - drop, variance[right] - drop]),
    )
