"""The greatest lower tail of a weighted stratified sample over all allocations of the yes.

S is the sum over strata of a whole-number weight times the yes answers drawn there. How the M yes
of the frame lie over the strata is unknown; the search climbs from several starts by moving d yes
from one stratum to another, over scales of d from large to 1. Exchanges are ranked by the exact
effect of each half of the move, and the best are evaluated whole. Distributions are convolved
through their spectra, which is exact to about 1e-15: enough for tails that are compared with a
level of some per cent, not for levels near 1e-12.

Nothing here is random. Shared; imports no method.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sampling.estimation.hypergeometric import Masses, masses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Allocation = tuple[int, ...]
"""Yes of the frame in each stratum."""

_WORTHWHILE = 1 + 1e-9
_QUICK_TRIES, _DEEP_TRIES = 3, 16
_SPECTRA_KEPT, _SPREADS_KEPT = 500, 20_000


@dataclass(frozen=True, slots=True)
class WeightedSample:
    """A stratified sample in which no stratum was drawn whole, one entry a stratum."""

    population: tuple[int, ...]
    """N_h."""
    sample: tuple[int, ...]
    """n_h, under N_h."""
    yes: tuple[int, ...]
    """x_h."""
    weight: tuple[int, ...]
    """k_h, whole numbers from 1 up, fixed by the design."""

    @property
    def score(self) -> int:
        """S, the weighted sum of the yes answers."""
        return sum(k * x for k, x in zip(self.weight, self.yes, strict=True))

    @property
    def least(self) -> Allocation:
        """The fewest yes that each stratum can have: those seen."""
        return self.yes

    @property
    def most(self) -> Allocation:
        """The most yes that each stratum can have: all but the no seen."""
        return tuple(
            size - n + x for size, n, x in zip(self.population, self.sample, self.yes, strict=True)
        )


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


class GreatestTail:
    """Searches the allocations of one sample for the greatest P(S' <= S)."""

    def __init__(self, sample: WeightedSample) -> None:
        self._sample = sample
        self._score = sample.score
        self._strata = range(len(sample.population))
        self._length = 0
        self._spectra: dict[tuple[int, int], NDArray[np.complex128]] = {}
        self._spreads: dict[tuple[int, int], Masses] = {}

    def quick(self, marked: int, near: Allocation | None) -> tuple[float, Allocation]:
        """Return a great tail at ``marked`` yes in the frame, and where it was found.

        Args:
            marked: M, within what was seen.
            near: A good allocation of a neighbouring M, if there is one.
        """
        self._set_length(marked)
        starts = [self._by_normal_tail(marked)]
        if near is not None:
            starts.append(self._fitted(near, marked))
        best = max(starts, key=self.tail)
        return self._climb(best, tries=_QUICK_TRIES)

    def deep(self, marked: int, near: Allocation) -> tuple[float, Allocation]:
        """Return the greatest tail at ``marked`` that climbing from every start finds."""
        self._set_length(marked)
        starts = dict.fromkeys([*self._starts(marked), self._fitted(near, marked)])
        return max(self._climb(start, tries=_DEEP_TRIES) for start in starts)

    def _set_length(self, marked: int) -> None:
        """Choose how long the spectra are: what lies above folds back, so next to nothing may.

        Folding can only raise a tail. The bound is Bernstein's with the greatest mean that
        ``marked`` can give, and a variance of at most the largest weight times that mean.
        """
        from scipy.fft import next_fast_len

        sample = self._sample
        weight = max(sample.weight)
        by_effect = sorted(
            self._strata, key=lambda h: -sample.weight[h] * sample.sample[h] / sample.population[h]
        )
        highest = self._filled(by_effect, marked)
        mean = sum(
            k * n * m / size
            for k, n, m, size in zip(
                sample.weight, sample.sample, highest, sample.population, strict=True
            )
        )
        reach = mean + 12 * math.sqrt(weight * mean) + 40 * weight
        whole = sum(k * n for k, n in zip(sample.weight, sample.sample, strict=True))
        wanted = min(whole, max(math.ceil(reach), self._score)) + 1
        if not wanted <= self._length <= 2 * wanted:
            self._length = int(next_fast_len(min(whole + 1, wanted + wanted // 4), real=True))
            self._spectra.clear()

    def tail(self, allocation: Allocation) -> float:
        """Return P(S' <= S) for one allocation."""
        import numpy as np
        from scipy.fft import irfft

        product = np.ones(self._length // 2 + 1, dtype=np.complex128)
        for stratum in self._strata:
            product *= self._spectrum(stratum, allocation[stratum])
        return float(irfft(product, self._length)[: self._score + 1].sum())

    def _spectrum(self, stratum: int, marked: int) -> NDArray[np.complex128]:
        """Return the spectrum of the weighted yes of one stratum."""
        import numpy as np
        from scipy.fft import rfft

        found = self._spectra.get((stratum, marked))
        if found is None:
            weight = self._sample.weight[stratum]
            spread = self._spread(stratum, marked)
            at = (weight * (spread.first + np.arange(len(spread.values)))) % self._length
            values = np.bincount(at, weights=spread.values, minlength=self._length)
            found = self._spectra[stratum, marked] = rfft(values)
        return found

    def _spread(self, stratum: int, marked: int) -> Masses:
        sample = self._sample
        return masses(marked, sample=sample.sample[stratum], population=sample.population[stratum])

    def _climb(self, start: Allocation, *, tries: int) -> tuple[float, Allocation]:
        """Exchange yes between strata until no exchange of any size raises the tail."""
        best, here = self.tail(start), start
        while True:
            before = best
            for size in self._scales():
                found = self._exchange(here, best, size, tries)
                while found is not None:
                    best, here = found
                    found = self._exchange(here, best, size, tries)
            if best <= before:
                self._forget_if_many()
                return best, here

    def _forget_if_many(self) -> None:
        """Keep the tables of strata from growing without end."""
        if len(self._spectra) > _SPECTRA_KEPT:
            self._spectra.clear()
        if len(self._spreads) > _SPREADS_KEPT:
            self._spreads.clear()

    def _scales(self) -> Iterator[int]:
        least, most = self._sample.least, self._sample.most
        size = max(most[h] - least[h] for h in self._strata) // 2
        while size > 1:
            yield size
            size //= 2
        yield 1

    def _exchange(
        self, here: Allocation, best: float, size: int, tries: int
    ) -> tuple[float, Allocation] | None:
        """Return the best exchange of ``size`` yes that raises the tail, or None."""
        least, most = self._sample.least, self._sample.most
        into = [h for h in self._strata if here[h] + size <= most[h]]
        out_of = [h for h in self._strata if here[h] - size >= least[h]]
        if not into or not out_of or (into == out_of and len(into) == 1):
            return None
        others = self._tails_of_the_others(here)
        gain_in = {h: self._with(h, here[h] + size, others[h]) for h in into}
        gain_out = {h: self._with(h, here[h] - size, others[h]) for h in out_of}
        ranked = sorted(
            ((gain_in[h] + gain_out[g] - 2 * best, h, g) for h in into for g in out_of if h != g),
            reverse=True,
        )
        found = None
        for moved in _moves(here, ranked, size, tries):
            tail = self.tail(moved)
            if tail > best * _WORTHWHILE:
                best, found = tail, (tail, moved)
        return found

    def _with(self, stratum: int, marked: int, others: NDArray[np.float64]) -> float:
        """Return the tail with one stratum changed."""
        spread = self._spread(stratum, marked)
        return float(spread.values @ others[spread.first : spread.first + len(spread.values)])

    def _tails_of_the_others(self, here: Allocation) -> list[NDArray[np.float64]]:
        """For each stratum, P(weighted yes of all others <= S - k x) for x = 0, 1, ..., n_h."""
        import numpy as np
        from scipy.fft import irfft

        one = np.ones(self._length // 2 + 1, dtype=np.complex128)
        before, after = [one], [one]
        for h in self._strata:
            before.append(before[-1] * self._spectrum(h, here[h]))
            back = self._strata[-1 - h]
            after.append(after[-1] * self._spectrum(back, here[back]))
        result = []
        for h in self._strata:
            product = before[h] * after[len(self._strata) - 1 - h]
            below = np.cumsum(irfft(product, self._length)[: self._score + 1])
            at = self._score - self._sample.weight[h] * np.arange(self._sample.sample[h] + 1)
            result.append(np.where(at >= 0, below[np.maximum(at, 0)], 0.0))
        return result

    def _starts(self, marked: int) -> Iterator[Allocation]:
        """Yield the starts of the deep search."""
        sample = self._sample
        total = sum(sample.population)
        yield self._by_normal_tail(marked)
        yield self._by_variance(marked)
        yield self._fitted([size * marked / total for size in sample.population], marked)
        ratios = [size / n for size, n in zip(sample.population, sample.sample, strict=True)]
        ascending = sorted(self._strata, key=ratios.__getitem__)
        yield self._filled(ascending, marked)
        yield self._filled(ascending[::-1], marked)

    def _filled(self, order: Sequence[int], marked: int) -> Allocation:
        """Fill the strata one after another, from what was seen up."""
        filled, left = list(self._sample.least), marked - sum(self._sample.least)
        for h in order:
            taken = min(left, self._sample.most[h] - filled[h])
            filled[h] += taken
            left -= taken
        return tuple(filled)

    def _fitted(self, wanted: Sequence[float], marked: int) -> Allocation:
        """Round to whole numbers within what was seen that add up to ``marked``."""
        least, most = self._sample.least, self._sample.most
        fitted = [min(max(round(wanted[h]), least[h]), most[h]) for h in self._strata]
        left = marked - sum(fitted)
        bounds = most if left > 0 else least
        for h in sorted(self._strata, key=lambda h: -abs(bounds[h] - fitted[h])):
            moved = min(abs(left), abs(bounds[h] - fitted[h])) * (1 if left > 0 else -1)
            fitted[h] += moved
            left -= moved
        return tuple(fitted)

    def _by_variance(self, marked: int) -> Allocation:
        return self._by_moments(marked, lambda _, variance: variance)

    def _by_normal_tail(self, marked: int) -> Allocation:
        import numpy as np

        middle = self._score + 0.5
        return self._by_moments(
            marked, lambda mean, variance: (middle - mean) / np.sqrt(np.maximum(variance, 1e-9))
        )

    def _by_moments(
        self,
        marked: int,
        value: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
    ) -> Allocation:
        """Climb on a function of mean and variance of S, from the proportional allocation."""
        import numpy as np

        moments = _Moments(self._sample)
        total = sum(self._sample.population)
        start = [size * marked / total for size in self._sample.population]
        here = np.array(self._fitted(start, marked), dtype=np.int64)
        for size in self._scales():
            while True:
                mean, variance = moments.after_exchanges(here, size)
                values = np.where(np.isnan(mean), -np.inf, value(mean, variance))
                into, out_of = np.unravel_index(int(np.argmax(values)), values.shape)
                stay = value(*moments.of(here))
                if not values[into, out_of] > stay + abs(stay) * 1e-9:
                    break
                here[into] += size
                here[out_of] -= size
        return tuple(int(m) for m in here)


def _moves(
    here: Allocation, ranked: Sequence[tuple[float, int, int]], size: int, tries: int
) -> Iterator[Allocation]:
    """Yield the best single exchanges, then the best 2, 4, 8, ... that share no stratum at once."""
    for _, into, out_of in ranked[:tries]:
        yield tuple(m + size * ((i == into) - (i == out_of)) for i, m in enumerate(here))
    moved, used, pairs = list(here), set[int](), 0
    for gain, into, out_of in ranked:
        if gain <= 0:
            return
        if into in used or out_of in used:
            continue
        used |= {into, out_of}
        moved[into] += size
        moved[out_of] -= size
        pairs += 1
        if pairs > 1 and pairs & (pairs - 1) == 0:
            yield tuple(moved)
