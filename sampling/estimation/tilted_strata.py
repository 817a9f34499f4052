"""Strata under an exponential tilt, for every number of yes that each can hold.

With X the yes drawn from a stratum that holds m, and r = exp(-tilt) under 1: A(m) = log E[r^X],
and B(m) is the variance of X once each outcome x is given r^x times its chance.

Shared; imports no method.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sampling.estimation.counts import StratumCount
from sampling.estimation.golden_section import least_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEPS = 30
_LEAST_MEAN = 1e-300


@dataclass(frozen=True, slots=True)
class Tilted:
    """One line for every m of every stratum, strata one after another."""

    log_mean: NDArray[np.float64]
    """A(m), falling and concave in m within a stratum."""
    variance: NDArray[np.float64]
    """B(m)."""


class Strata:
    """The strata of one sample, equal ones standing once."""

    def __init__(self, strata: Sequence[StratumCount]) -> None:
        """Tabulate the chance of every outcome for every m from the yes seen to all but the no.

        Args:
            strata: Strata that were not drawn whole.
        """
        import numpy as np

        counted = Counter((s.population, s.sample, s.yes) for s in strata)
        self._copies = np.array(list(counted.values()), dtype=np.float64)
        lines = [np.arange(x, size - n + x + 1, dtype=np.int64) for size, n, x in counted]
        self._starts = np.cumsum([0, *(len(each) for each in lines[:-1])])
        self._marked = np.concatenate(lines).astype(np.float64)
        self._chances = [
            hypergeometric_rows(size, n, marked)
            for (size, n, _), marked in zip(counted, lines, strict=True)
        ]

    def tilted(self, tilt: float) -> Tilted:
        """Return A and B of every line.

        Args:
            tilt: Above 0.
        """
        import numpy as np

        means, variances = [], []
        for chances in self._chances:
            x = np.arange(chances.shape[1])
            factor = np.exp(-tilt * x)
            mean, first, second = (chances @ np.stack([factor, factor * x, factor * x * x], 1)).T
            mean = np.maximum(mean, _LEAST_MEAN)
            means.append(np.log(mean))
            variances.append(np.maximum(0.0, second / mean - (first / mean) ** 2))
        return Tilted(np.concatenate(means), np.concatenate(variances))

    def least_bound(self, values: NDArray[np.float64], total: int, dearest: float) -> float:
        """Return an upper bound on the sum of ``values`` over every allocation of ``total`` yes.

        Weak duality: each yes costs a price, every stratum takes what then pays best, and the
        total is paid back. Any price gives a bound, and the bound is convex in the price; the
        least is looked for by golden section.

        Args:
            values: One for each line.
            total: M.
            dearest: Prices from 0 to this one are tried; it has the sign of the slope of values.
        """
        import numpy as np

        def bound(price: float) -> float:
            best = np.maximum.reduceat(values - price * self._marked, self._starts)
            return float(self._copies @ best) + price * total

        low, high = sorted((dearest, 0.0))
        return least_of(bound, low, high, steps=_STEPS)[1]


def chances_of(population: Sequence[int], sample: Sequence[int]) -> int:
    """Return how many chances the tables of strata of these sizes hold."""
    different = set(zip(population, sample, strict=True))
    return sum((size - n + 1) * (n + 1) for size, n in different)


def hypergeometric_rows(size: int, n: int, marked: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return P(X = x), one row for each m, one column for each x from 0 to n."""
    import numpy as np
    from scipy.special import gammaln

    of = np.concatenate([gammaln(np.arange(1, size + 2)), [np.inf]])
    """Logarithm of a factorial; the last is that of every negative number."""
    m, x = marked[:, None], np.arange(n + 1)[None, :]
    logs = of[m] - of[x] - of[np.maximum(m - x, -1)]
    logs += of[size - m] - of[n - x] - of[np.maximum(size - m - n + x, -1)]
    chances = np.exp(logs - (of[size] - of[n] - of[size - n]))
    total: NDArray[np.float64] = chances.sum(axis=1, keepdims=True)
    return np.asarray(chances / total, dtype=np.float64)
