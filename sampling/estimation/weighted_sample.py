"""A stratified sample with whole-number weights, and the allocations that it leaves possible.

An allocation says how many yes of the frame lie in each stratum: at least those seen, at most all
but the no seen. Holds no statistics. Shared; imports no method.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Allocation = tuple[int, ...]
"""Yes of the frame in each stratum."""


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

    def allocations(self, marked: int) -> Iterator[Allocation]:
        """Yield every allocation of ``marked`` yes within what was seen."""
        *heads, last = [range(a, b + 1) for a, b in zip(self.least, self.most, strict=True)]
        for head in itertools.product(*heads):
            left = marked - sum(head)
            if left in last:
                yield (*head, left)

    def nearby(self, here: Allocation, distance: int) -> Iterator[Allocation]:
        """Yield the allocations that differ by at most ``distance`` yes in every stratum."""
        least, most = self.least, self.most
        boxes = [
            range(max(least[h], here[h] - distance), min(most[h], here[h] + distance) + 1)
            for h in range(len(here))
        ]
        for head in itertools.product(*boxes[:-1]):
            left = sum(here) - sum(head)
            if left in boxes[-1]:
                yield (*head, left)

    def scales(self) -> Iterator[int]:
        """Yield the numbers of yes to exchange, from half of the widest stratum down to 1."""
        size = max(b - a for a, b in zip(self.least, self.most, strict=True)) // 2
        while size > 1:
            yield size
            size //= 2
        yield 1

    def filled(self, order: Sequence[int], marked: int) -> Allocation:
        """Fill the strata one after another, from what was seen up."""
        filled, left = list(self.least), marked - sum(self.least)
        for h in order:
            taken = min(left, self.most[h] - filled[h])
            filled[h] += taken
            left -= taken
        return tuple(filled)

    def fitted(self, wanted: Sequence[float], marked: int) -> Allocation:
        """Round to whole numbers within what was seen that add up to ``marked``."""
        least, most = self.least, self.most
        fitted = [min(max(round(wanted[h]), least[h]), most[h]) for h in range(len(least))]
        left = marked - sum(fitted)
        bounds = most if left > 0 else least
        for h in sorted(range(len(least)), key=lambda h: -abs(bounds[h] - fitted[h])):
            moved = min(abs(left), abs(bounds[h] - fitted[h])) * (1 if left > 0 else -1)
            fitted[h] += moved
            left -= moved
        return tuple(fitted)
