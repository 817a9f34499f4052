"""Where the search for the greatest tail begins.

Allocations that are the best by simpler measures: the greatest variance of S, the greatest tail if
S were normal, the strata filled one after another. Shared; imports no method.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sampling.estimation.weighted_sample import Allocation, WeightedSample

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW_STRATA = 4
"""Up to so many strata every order of filling them is a start."""


def starts(sample: WeightedSample, marked: int) -> Iterator[Allocation]:
    """Yield the starts of the deep search.

    Up to four strata: every order of filling them, and halfway from there to the optimum of
    the normal tail. More: the two orders by N_h/n_h.
    """
    total = sum(sample.population)
    normal = by_normal_tail(sample, marked)
    yield normal
    yield _by_moments(sample, marked, lambda _, variance: variance)
    yield sample.fitted([size * marked / total for size in sample.population], marked)
    if len(sample.yes) <= FEW_STRATA:
        for order in itertools.permutations(range(len(sample.yes))):
            filled = sample.filled(order, marked)
            yield filled
            halfway = [(a + b) / 2 for a, b in zip(filled, normal, strict=True)]
            yield sample.fitted(halfway, marked)
        return
    ratios = [size / n for size, n in zip(sample.population, sample.sample, strict=True)]
    ascending = sorted(range(len(sample.yes)), key=ratios.__getitem__)
    yield sample.filled(ascending, marked)
    yield sample.filled(ascending[::-1], marked)


def by_normal_tail(sample: WeightedSample, marked: int) -> Allocation:
    """Return the allocation whose tail is the greatest if S were normal."""
    import numpy as np

    middle = sample.score + 0.5
    return _by_moments(
        sample, marked, lambda mean, variance: (middle - mean) / np.sqrt(np.maximum(variance, 1e-9))
    )


def _by_moments(
    sample: WeightedSample,
    marked: int,
    value: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
) -> Allocation:
    """Climb on a function of mean and variance of S, from the proportional allocation."""
    import numpy as np

    moments = _Moments(sample)
    total = sum(sample.population)
    start = [size * marked / total for size in sample.population]
    here = np.array(sample.fitted(start, marked), dtype=np.int64)
    best = value(*moments.of(here))
    for size in sample.scales():
        while True:
            mean, variance = moments.after_exchanges(here, size)
            values = np.where(np.isnan(mean), -np.inf, value(mean, variance))
            into, out_of = np.unravel_index(int(np.argmax(values)), values.shape)
            moved = here.copy()
            moved[into] += size
            moved[out_of] -= size
            found = value(*moments.of(moved))
            # by itself, not from values: where a variance is nothing those are mostly rounding
            if not (values[into, out_of] > -np.inf and found > best + abs(best) * 1e-9):
                break
            here, best = moved, found
    return tuple(int(m) for m in here)


class _Moments:
    """Mean and variance of S as functions of the allocation."""

    def __init__(self, sample: WeightedSample) -> None:
        import numpy as np

        size = np.array(sample.population, dtype=np.float64)
        n = np.array(sample.sample, dtype=np.float64)
        weight = np.array(sample.weight, dtype=np.float64)
        self._least = np.array(sample.least, dtype=np.int64)
        self._most = np.array(sample.most, dtype=np.int64)
        self._size = size
        self._mean_of_one = weight * n / size
        self._variance_of_all = weight**2 * n * (size - n) / np.maximum(size - 1, 1)

    def of(self, here: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return mean and variance of one allocation."""
        return (self._mean_of_one * here).sum(), self._variances(here).sum()

    def after_exchanges(
        self, here: NDArray[np.int64], size: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return mean and variance after each exchange, (into, out of); NaN where impossible."""
        import numpy as np

        mean, variance = self.of(here)
        now = self._variances(here)
        into, out_of = self._variances(here + size) - now, self._variances(here - size) - now
        step = self._mean_of_one * size
        means = mean + step[:, None] - step[None, :]
        possible = (here + size <= self._most)[:, None] & (here - size >= self._least)[None, :]
        np.fill_diagonal(possible, val=False)
        return np.where(possible, means, np.nan), variance + into[:, None] + out_of[None, :]

    def _variances(self, here: NDArray[np.int64]) -> NDArray[np.float64]:
        share = here / self._size
        return self._variance_of_all * share * (1 - share)
