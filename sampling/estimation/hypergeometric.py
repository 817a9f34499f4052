"""Hypergeometric masses and tails: what every exact method here is made of.

X is the number of marked records among ``sample`` drawn without replacement from ``population``
records of which ``marked`` are marked. Masses come from the ratio of neighbours, started at the
mode and normalised by their sum, so that they are good to about 13 digits at any population size
and need no log-factorials.

Shared by the exact methods; imports no other module of this package.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TIE = 1e-10
"""Relative difference under which two probabilities count as equal (masses are good to 1e-13)."""

_REACH_IN_DEVIATIONS = 40.0
_REACH_AT_LEAST = 40.0


class Masses(NamedTuple):
    """P(X = first), P(X = first + 1), ...; what is left out on either side is under 1e-40."""

    first: int
    """The count that the first mass belongs to."""
    values: NDArray[np.float64]
    """The masses, which sum to 1."""

    def at_least(self, count: int) -> float:
        """Return P(X >= count), summed from the small end so that it keeps its digits."""
        return float(self.values[max(0, count - self.first) :].sum())


def masses(marked: int, *, sample: int, population: int) -> Masses:
    """Return the distribution of the marked records in a sample.

    Args:
        marked: Number of marked records in the population, 0 to ``population``.
        sample: Number of records drawn, 1 to ``population``.
        population: Number of records in all.
    """
    import numpy as np

    lowest, highest = max(0, sample - (population - marked)), min(sample, marked)
    mean = sample * marked / population
    variance = mean * (1 - marked / population) * (population - sample) / max(1, population - 1)
    reach = _REACH_IN_DEVIATIONS * math.sqrt(max(0.0, variance)) + _REACH_AT_LEAST
    first = max(lowest, math.floor(mean - reach))
    last = min(highest, math.ceil(mean + reach))
    mode = min(max((sample + 1) * (marked + 1) // (population + 2), first), last)
    counts = np.arange(first, last, dtype=np.float64)
    ratios = (marked - counts) * (sample - counts)
    ratios /= (counts + 1) * (population - marked - sample + counts + 1)
    values = np.empty(last - first + 1)
    at_mode = mode - first
    values[at_mode] = 1.0
    values[at_mode + 1 :] = np.cumprod(ratios[at_mode:])
    values[:at_mode] = np.cumprod(1.0 / ratios[:at_mode][::-1])[::-1]
    values /= values.sum()
    return Masses(first, values)


def first_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the least whole number of ``low``..``high`` for which ``holds`` is true.

    ``holds`` is false up to some number and true from there on; ``high`` is taken to be true and
    is never tried.
    """
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def least_marked(count: int, *, sample: int, population: int, level: float) -> int:
    """Return the least number M of marked records with P(X >= count | M) above ``level``.

    The tail rises with M, so bisection is exact. For ``count`` 0 it is 0.

    Args:
        count: Marked records seen in the sample, 0 to ``sample``.
        sample: Number of records drawn.
        population: Number of records in all.
        level: A probability under 1; a tie counts as not above it.
    """
    if count == 0:
        return 0

    def is_above(marked: int) -> bool:
        found = masses(marked, sample=sample, population=population).at_least(count)
        return found > level * (1 + TIE)

    # The tail at the estimate is about a half, so the search seldom has to go above it.
    most = population - (sample - count)
    near = min(most, -(-count * population // sample) + 1)
    return first_true(is_above, count, near if is_above(near) else most)
