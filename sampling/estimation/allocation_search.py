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
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sampling.estimation.allocation_starts import FEW_STRATA, by_normal_tail, starts
from sampling.estimation.hypergeometric import Masses, masses
from sampling.estimation.weighted_sample import Allocation, WeightedSample

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORTHWHILE = 1 + 1e-9
_QUICK_TRIES, _DEEP_TRIES = 3, 16
_FEW_ALLOCATIONS = 1000
_NEARBY = 3
_SPECTRA_KEPT, _SPREADS_KEPT = 500, 20_000


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
        begin = [by_normal_tail(self._sample, marked)]
        if near is not None:
            begin.append(self._sample.fitted(near, marked))
        best = max(begin, key=self.tail)
        return self._climb(best, tries=_QUICK_TRIES)

    def deep(self, marked: int, near: Allocation) -> tuple[float, Allocation]:
        """Return the greatest tail at ``marked``.

        Every allocation is tried where there are few. Else the search climbs from every start;
        with up to four strata each climb ends by trying all allocations a few yes away.
        """
        self._set_length(marked)
        sample = self._sample
        widths = sorted(b - a + 1 for a, b in zip(sample.least, sample.most, strict=True))
        if math.prod(widths[:-1]) <= _FEW_ALLOCATIONS:
            return max((self.tail(one), one) for one in sample.allocations(marked))
        begin = dict.fromkeys([*starts(sample, marked), self._sample.fitted(near, marked)])
        return max(self._climb_and_look_round(start) for start in begin)

    def _climb_and_look_round(self, start: Allocation) -> tuple[float, Allocation]:
        """Climb, and climb again while an allocation a few yes away is better."""
        best, here = self._climb(start, tries=_DEEP_TRIES)
        if len(here) > FEW_STRATA:
            return best, here
        while True:
            round_here = max((self.tail(one), one) for one in self._sample.nearby(here, _NEARBY))
            if round_here[0] <= best * _WORTHWHILE:
                return best, here
            best, here = self._climb(round_here[1], tries=_DEEP_TRIES)

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
        highest = sample.filled(by_effect, marked)
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
            for size in self._sample.scales():
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
