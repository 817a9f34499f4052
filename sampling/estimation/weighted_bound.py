r"""A proven upper bound on the greatest lower tail of a weighted stratified count.

S = sum of k_h X_h, k_h whole, where M yes lie over the strata in an unknown way m. Wanted: a number
that P(S <= T) does not exceed for any m within what was seen. As in ``certified_tail``, with
u_h(phi) = 1 - cos(k_h phi), and with U one of 0, ..., w-1, each as likely, drawn apart from S:

1. P(S <= T) <= P(S - U <= T), and Fourier's sum bounds the right side, at the angles
   phi_j = 2 pi j / L, by

       r^-T (1 - r^L)/L  sum_j |G(r e^(i phi_j))| |E (r e^(i phi_j))^-U| / |1 - r e^(i phi_j)|.

   |G| comes back towards its greatest value wherever k_h phi is a whole turn for the strata that
   hold most yes. The factor of U is small there, and w is a small part of the largest weight, so
   that T moves by little.
2. |G(r e^(i phi))| <= exp(A - v(phi)), v(phi) = sum_h B_h u_h(phi): A and every v are sums over
   strata of functions of m_h alone.
3. For any c > 0 weak duality gives D(c, phi), at least the greatest A - c v(phi) over every m. So
   where A is above a, v(phi) is above (a - D(c, phi))/c: for each angle by itself. On slices of A
   the tail is bounded by the top of the slice for A and the bottom for every v; below the last
   slice by r^-T exp(A).

D for one price l of a yes is l M plus the sum over strata of the greatest A_h - s B_h - l m, at
s = c u_h(phi). That is convex in s, so between two s at which it is known the chord is above it: a
table over s and l serves every c and every angle, and any l gives a bound.

Source: this project's own; the parts are textbook. Checked against every allocation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sampling.estimation.golden_section import least_of
from sampling.estimation.weighted_tilt import Points, WeightedStrata

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLD = 12.0
_PRICES_OF_VARIANCE = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_GREATEST_S, _LEAST_S, _STEPS_OF_S = 20.0, 1e-4, 48
_NEAR, _NEAR_STEPS, _FAR_LOW, _FAR_HIGH, _FAR_STEPS = 0.12, 32, -0.6, 0.8, 24
"""Prices of a yes: 32 within 12 % of the best at s = 0, and 24 from 40 to 180 % of it."""
_COARSE = 8
_SLICES, _FIRST_SLICE, _LAST_SLICE = 40, 1e-3, 8.0
_SMOOTHED_BY = (0, 16, 8, 4)
"""w is the largest weight over one of these; 0: U is 0."""
_STEPS = 40
_ROUNDING = 1 + 1e-6


def weighted_tail(strata: WeightedStrata, marked: int, tilt: float) -> float:
    """Return a number that P(S <= the score seen) exceeds for no allocation of ``marked`` yes.

    Args:
        strata: The strata with what was seen in them.
        marked: M, within what was seen.
        tilt: -log r, above 0; any gives a bound, one near the saddle a good one.
    """
    import numpy as np

    points = strata.tilted(tilt)
    prices = _prices(points, strata, marked, tilt)
    tops = prices.at_rest()
    length = max(2, math.ceil(_FOLD / tilt))
    angles = 2 * np.pi * np.arange(length // 2 + 1) / length
    depths = np.concatenate([[0.0], np.geomspace(_FIRST_SLICE, _LAST_SLICE, _SLICES)])
    turned = 1 - np.cos(np.outer(angles, strata.weight))
    least = np.zeros((len(angles), _SLICES))
    for price in _PRICES_OF_VARIANCE:
        bound = prices.least_bounds(price * turned)
        least = np.maximum(least, (tops - depths[1:] - bound[:, None]) / price)
    falls = np.exp(-least)
    exponents = tops - depths + tilt * strata.score
    chernoff = np.exp(np.minimum(0.0, exponents))
    best = 1.0
    for width in _widths(strata.weight):
        sums = np.minimum(1.0, _kernel(tilt, length, width) @ falls)
        tails = np.where(exponents > 0, 1.0, chernoff * np.append(sums, 1.0))
        best = min(best, float(tails.max()))
    return min(1.0, best * _ROUNDING)


def _widths(weight: NDArray[np.float64]) -> Sequence[int]:
    """Return the numbers of values that U may take."""
    greatest = int(weight.max())
    return sorted({max(1, greatest // part) if part else 1 for part in _SMOOTHED_BY})


def _kernel(tilt: float, length: int, width: int) -> NDArray[np.float64]:
    """Return what each angle from 0 to half a turn weighs in the sum, both halves together."""
    import numpy as np

    turns = np.arange(length // 2 + 1)
    angle = 2 * np.pi * turns / length
    twice = np.where((turns == 0) | (2 * turns == length), 1.0, 2.0)
    kernel = twice / np.abs(1 - np.exp(-tilt + 1j * angle))
    kernel *= -math.expm1(-tilt * length) / length
    if width > 1:
        back = np.exp(tilt - 1j * angle)
        kernel *= np.abs((back**width - 1) / (width * (back - 1)))
    return np.asarray(kernel, dtype=np.float64)


def _prices(points: Points, strata: WeightedStrata, marked: int, tilt: float) -> _Prices:
    """Look for the best price of a yes where variance costs nothing, and tabulate around it."""
    import numpy as np

    dearest = -tilt * float(strata.weight.max())

    def bound(price: float) -> float:
        best = np.maximum.reduceat(points.log_mean - price * points.marked, points.starts)
        return float(strata.copies @ best) + price * marked

    best, _ = least_of(bound, dearest, 0.0, steps=_STEPS)
    near = np.linspace(-_NEAR, _NEAR, _NEAR_STEPS)
    far = np.linspace(_FAR_LOW, _FAR_HIGH, _FAR_STEPS)
    around = np.unique(np.concatenate([[0.0], near, far]))
    return _Prices(points, strata.copies, best * (1 + around), marked)


class _Prices:
    """The greatest A - s B - l m of each stratum, over a grid of s and of prices l of a yes."""

    def __init__(
        self,
        points: Points,
        copies: NDArray[np.float64],
        price: NDArray[np.float64],
        marked: int,
    ) -> None:
        import numpy as np

        self._grid = np.concatenate([[0.0], np.geomspace(_LEAST_S, _GREATEST_S, _STEPS_OF_S - 1)])
        self._paid_back = price * marked
        values = points.log_mean - self._grid[:, None] * points.variance
        self._best = np.empty((len(price), len(self._grid), len(copies)))
        for at, each in enumerate(price):
            best = np.maximum.reduceat(values - each * points.marked, points.starts, axis=1)
            self._best[at] = best * copies

    def at_rest(self) -> float:
        """Return an upper bound on A."""
        return float((self._best[:, 0].sum(axis=1) + self._paid_back).min())

    def least_bounds(self, s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return an upper bound on A - sum of s_h B_h for each row of s: one s for each stratum."""
        import numpy as np

        s = np.minimum(s, _GREATEST_S)
        below = np.searchsorted(self._grid, s, side="right") - 1
        below = np.clip(below, 0, len(self._grid) - 2)
        share = (s - self._grid[below]) / (self._grid[below + 1] - self._grid[below])
        strata = np.arange(s.shape[1])

        def at(price: NDArray[np.int64]) -> NDArray[np.float64]:
            low = self._best[price[:, :, None], below[:, None], strata]
            high = self._best[price[:, :, None], below[:, None] + 1, strata]
            inside = low + share[:, None] * (high - low)
            return np.asarray(inside.sum(axis=2) + self._paid_back[price], dtype=np.float64)

        every = len(self._paid_back)
        coarse = np.arange(0, every, _COARSE)
        first = at(np.broadcast_to(coarse, (len(s), len(coarse))))
        round_best = coarse[first.argmin(axis=1)][:, None] + np.arange(1 - _COARSE, _COARSE)
        second = at(np.clip(round_best, 0, every - 1))
        found: NDArray[np.float64] = np.minimum(first.min(axis=1), second.min(axis=1))
        return found
