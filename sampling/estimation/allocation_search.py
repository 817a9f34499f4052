"""The greatest lower tail of a weighted stratified sample over all allocations of the yes.

S is the sum over strata of a whole-number weight times the yes answers drawn there. How the M yes
of the frame lie over the strata is unknown; the search climbs from several starts by moving d yes
from one stratum to another, over scales of d from large to 1. Exchanges are ranked by the exact
effect of each half of the move, and the best are evaluated whole. Distributions are convolved
through their spectra, which is exact to about 1e-15: enough for tails that are compared with a
level of some per cent, not for levels near 1e-12. Exchanges are ranked on the low frequencies
alone, outside of which next to nothing is left.

Nothing here is random. Shared; imports no method.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sampling.estimation.allocation_starts import FEW_STRATA, by_normal_tail, starts
from sampling.estimation.hypergeometric import Masses, masses
from sampling.estimation.low_frequencies import LowFrequencies, Waves
from sampling.estimation.weighted_sample import Allocation, WeightedSample

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORTHWHILE, _WORTHWHILE_OF_MANY = 1 + 1e-9, 1 + 1e-4
_QUICK_TRIES, _DEEP_TRIES, _TRIES_OF_MANY = 3, 16, 6
_STARTS_OF_MANY = 5
_FEW_ALLOCATIONS = 1000
_NEARBY = 3
_SPECTRA_KEPT, _SPREADS_KEPT = 10_000_000, 20_000
"""Numbers in the spectra (80 MB), and distributions."""
_FEW_FREQUENCIES = 512
"""Up to so many are summed by themselves, more come out of a transform sooner."""
_ALMOST = 1 - 1e-6
"""What the tails by the lowest frequencies alone may be short of."""


class GreatestTail:
    """Searches the allocations of one sample for the greatest P(S' <= S)."""

    def __init__(self, sample: WeightedSample) -> None:
        self._sample = sample
        self._score = sample.score
        self._strata = range(len(sample.population))
        is_few = len(self._strata) <= FEW_STRATA
        self._worthwhile = _WORTHWHILE if is_few else _WORTHWHILE_OF_MANY
        self._first = self._length = 0
        self._spectra: dict[tuple[int, int], NDArray[np.complex128]] = {}
        self._spreads: dict[tuple[int, int], Masses] = {}
        self._low: dict[tuple[int, int], NDArray[np.complex128]] = {}
        self._step: NDArray[np.complex128]
        self._waves: Waves

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

    def at_a_start(self, marked: int) -> float:
        """Return the tail at the allocation that is the best if S were normal, and no search.

        Never more than the greatest tail at ``marked``, and mostly near to it.
        """
        self._set_length(marked)
        return self.tail(by_normal_tail(self._sample, marked))

    def deep(self, marked: int, near: Allocation) -> tuple[float, Allocation]:
        """Return the greatest tail at ``marked``.

        Every allocation is tried where there are few. Else the search climbs: with up to four
        strata from every start, each climb ending with all allocations a few yes away; with more
        from the five best starts, leaving gains of less than 1 in 10,000.
        """
        self._set_length(marked)
        sample = self._sample
        widths = sorted(b - a + 1 for a, b in zip(sample.least, sample.most, strict=True))
        if math.prod(widths[:-1]) <= _FEW_ALLOCATIONS:
            return max((self.tail(one), one) for one in sample.allocations(marked))
        begin = list(dict.fromkeys([*starts(sample, marked), sample.fitted(near, marked)]))
        if len(self._strata) > FEW_STRATA:
            begin = sorted(begin, key=self.tail, reverse=True)[:_STARTS_OF_MANY]
        return max(self._climb_and_look_round(start) for start in begin)

    def _climb_and_look_round(self, start: Allocation) -> tuple[float, Allocation]:
        """Climb, and climb again while an allocation a few yes away is better."""
        if len(start) > FEW_STRATA:
            return self._climb(start, tries=_TRIES_OF_MANY)
        best, here = self._climb(start, tries=_DEEP_TRIES)
        while True:
            round_here = max((self.tail(one), one) for one in self._sample.nearby(here, _NEARBY))
            if round_here[0] <= best * self._worthwhile:
                return best, here
            best, here = self._climb(round_here[1], tries=_DEEP_TRIES)

    def _set_length(self, marked: int) -> None:
        """Choose the ring of scores: what lies outside folds back, so next to nothing may."""
        import numpy as np
        from scipy.fft import next_fast_len, rfft

        first, last = self._reach(marked)
        wanted = last - first + 1
        is_inside = self._first <= first and last < self._first + self._length
        if is_inside and self._length <= 2 * wanted:
            return
        self._first = max(0, first - wanted // 8)
        self._length = int(next_fast_len(last + wanted // 8 + 1 - self._first, real=True))
        step = np.zeros(self._length)
        step[np.arange(self._first, self._score + 1) % self._length] = 1.0
        self._step = rfft(step).conj() * (2 / self._length)
        self._step[0] /= 2
        self._step[-1] /= 1 + (self._length % 2 == 0)
        self._spectra.clear()
        self._low.clear()
        self._waves = Waves(self._length)

    def _reach(self, marked: int) -> tuple[int, int]:
        """Return scores between which every allocation of ``marked`` yes has all its mass but e-12.

        Bernstein's bound, with the extreme means that ``marked`` can give. The variance is at most
        the largest weight times the mean, and times what the mean leaves of the greatest score.
        """
        sample = self._sample
        heaviest = max(sample.weight)
        effect = [
            k * n / size
            for k, n, size in zip(sample.weight, sample.sample, sample.population, strict=True)
        ]
        rising = sorted(self._strata, key=effect.__getitem__)
        lowest, highest = (
            sum(e * m for e, m in zip(effect, sample.filled(order, marked), strict=True))
            for order in (rising, rising[::-1])
        )
        whole = sum(k * n for k, n in zip(sample.weight, sample.sample, strict=True))
        variance = heaviest * max(0.0, min(highest, whole - lowest))
        reach = 12 * math.sqrt(variance) + 40 * heaviest
        first = min(math.floor(lowest - reach), self._score)
        return max(0, first), max(min(whole, math.ceil(highest + reach)), self._score)

    def tail(self, allocation: Allocation) -> float:
        """Return P(S' <= S) for one allocation."""
        return float((self._product(allocation) * self._step).sum().real)

    def _product(self, allocation: Allocation) -> NDArray[np.complex128]:
        """Return the spectrum of the weighted yes of all strata."""
        product = self._spectrum(0, allocation[0]).copy()
        for stratum in self._strata[1:]:
            product *= self._spectrum(stratum, allocation[stratum])
        return product

    def _spectrum(self, stratum: int, marked: int) -> NDArray[np.complex128]:
        """Return the spectrum of the weighted yes of one stratum."""
        found = self._spectra.get((stratum, marked))
        if found is None:
            found = self._spectra[stratum, marked] = self._transformed(stratum, marked)
        return found

    def _lowest(self, stratum: int, marked: int, kept: int) -> NDArray[np.complex128]:
        """Return the ``kept`` lowest frequencies of one stratum, or all of them."""
        found = self._spectra.get((stratum, marked))
        if found is None and kept > _FEW_FREQUENCIES:
            found = self._spectrum(stratum, marked)
        if found is not None:
            return found
        low = self._low.get((stratum, marked))
        if low is None or len(low) < kept:
            sample = self._sample
            low = self._low[stratum, marked] = self._waves.lowest(
                self._spread(stratum, marked),
                weight=sample.weight[stratum],
                sample=sample.sample[stratum],
                kept=kept,
            )
        return low

    def _transformed(self, stratum: int, marked: int) -> NDArray[np.complex128]:
        import numpy as np
        from scipy.fft import rfft

        weight = self._sample.weight[stratum]
        spread = self._spread(stratum, marked)
        at = (weight * (spread.first + np.arange(len(spread.values)))) % self._length
        return np.asarray(rfft(np.bincount(at, weights=spread.values, minlength=self._length)))

    def _spread(self, stratum: int, marked: int) -> Masses:
        found = self._spreads.get((stratum, marked))
        if found is None:
            n, size = self._sample.sample[stratum], self._sample.population[stratum]
            found = self._spreads[stratum, marked] = masses(marked, sample=n, population=size)
        return found

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
        if len(self._spectra) * self._length > _SPECTRA_KEPT:
            self._spectra.clear()
        if len(self._low) > _SPREADS_KEPT:
            self._low.clear()
        if len(self._spreads) > _SPREADS_KEPT:
            self._spreads.clear()

    def _exchange(
        self, here: Allocation, best: float, size: int, tries: int
    ) -> tuple[float, Allocation] | None:
        """Return the best exchange of ``size`` yes that raises the tail, or None."""
        least, most = self._sample.least, self._sample.most
        into = [h for h in self._strata if here[h] + size <= most[h]]
        out_of = [h for h in self._strata if here[h] - size >= least[h]]
        pairs = [(h, g) for h in into for g in out_of if h != g]
        if not pairs:
            return None
        near = LowFrequencies([self._spectrum(h, here[h]) for h in self._strata], self._step)
        kept = near.kept
        gain_in = {h: near.tail({h: self._lowest(h, here[h] + size, kept)}) for h in into}
        gain_out = {h: near.tail({h: self._lowest(h, here[h] - size, kept)}) for h in out_of}
        ranked = sorted(
            ((gain_in[h] + gain_out[g] - 2 * best, h, g) for h, g in pairs), reverse=True
        )
        found, wanted = None, best * self._worthwhile
        for moved in _moves(here, ranked, size, tries):
            changed = {h: self._lowest(h, m, kept) for h, m in enumerate(moved) if m != here[h]}
            if near.tail(changed) > wanted * _ALMOST:
                tail = self.tail(moved)
                if tail > wanted:
                    wanted, found = tail, (tail, moved)
        return found


def _moves(
    here: Allocation, ranked: Sequence[tuple[float, int, int]], size: int, tries: int
) -> Iterator[Allocation]:
    """Yield the best single exchanges, then the best 2, 4, 8, ... that share no stratum at once."""
    for _, into, out_of in ranked[:tries]:
        yield tuple(m + size * ((i == into) - (i == out_of)) for i, m in enumerate(here))
    apart, used = list[tuple[int, int]](), set[int]()
    for gain, into, out_of in ranked:
        if gain > 0 and used.isdisjoint((into, out_of)):
            apart.append((into, out_of))
            used.update((into, out_of))
    together = 2
    while together <= len(apart):
        moved = list(here)
        for into, out_of in apart[:together]:
            moved[into] += size
            moved[out_of] -= size
        yield tuple(moved)
        together *= 2
