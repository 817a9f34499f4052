r"""A proven upper bound on the greatest lower tail of a stratified count, close to it.

S = sum of X_h, the yes drawn, where M yes lie over the strata in an unknown way m. Wanted: a number
that P(S <= T) does not exceed for any m within what was seen.

1. Let 0 < r < 1, and L a whole number. The function that is r^(s - s'), s' being the one of
   T-L+1, ..., T with s = s' modulo L, is at least 1 for s <= T and positive above. Written as a
   discrete Fourier sum, with G the generating function of S and w_j = exp(2 pi i j / L),

       P(S <= T) <= r^-T (1 - r^L)/L  sum_j |G(r w_j)| / |1 - r w_j|.

2. X_h is distributed as a sum of independent Bernoulli variables (Vatutin & Mikhailov 1982), and
   stays one when it is tilted by r^x. For each, |1 - p + p e^(i phi)|^2 = 1 - 2 p (1 - p)(1 - cos
   phi) <= exp(-2 p (1 - p)(1 - cos phi)). So |G(r e^(i phi))| <= exp(A - B (1 - cos phi)), with
   A and B the sums over strata of log E[r^X_h] and of the tilted variance.
3. So the tail is at most psi(A, B), which rises in A and falls in B. Both are sums over strata, of
   functions of m_h alone. Weak duality gives D(c), at least the greatest A - c B over every m, for
   any c >= 0. Hence A <= D(0) and B >= b(A) = the greatest (A - D(c))/c, and

       the greatest tail <= the greatest psi(A, b(A)) over A <= D(0).

   That is a function of one number: on slices of A it is bounded by the top of the slice for A and
   the bottom for b, below the last slice by r^-T exp(A).

Any r and L do. The r used is near the saddle of the integrand, where the terms of the sum hardly
cancel, so that little is lost by their moduli: .5 to 3 % of the tail.

Source: this project's own; the parts are textbook. Vatutin & Mikhailov as in
``stratified_proportional``. Checked against every allocation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sampling.estimation.tilted_strata import Strata

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLD = 12.0
_MOST_TILT = 12.0
_LEAST_TILT = 1e-4
_PRICES_OF_VARIANCE = (0.01, 0.03, 0.1, 0.3, 1.0)
_SLICES, _FIRST_SLICE, _LAST_SLICE = 60, 1e-3, 10.0
_ROUNDING = 1 + 1e-6


def certified_tail(strata: Strata, marked: int, score: int, tilt: float) -> float:
    """Return a number that P(S <= score) exceeds for no allocation of ``marked`` yes.

    Args:
        strata: The strata with what was seen in them.
        marked: M, within what was seen.
        score: T, 0 or more.
        tilt: -log r, above 0; see :func:`good_tilt`.
    """
    import numpy as np

    lines = strata.tilted(tilt)
    steepest = -tilt
    top = strata.least_bound(lines.log_mean, marked, steepest)
    depths = np.concatenate([[0.0], np.geomspace(_FIRST_SLICE, _LAST_SLICE, _SLICES)])
    least_variance = np.zeros(_SLICES)
    for ratio in _PRICES_OF_VARIANCE:
        price = ratio * min(1.0, tilt)
        values = lines.log_mean - price * lines.variance
        bound = strata.least_bound(values, marked, steepest - price)
        least_variance = np.maximum(least_variance, (top - depths[1:] - bound) / price)
    exponents = top - depths + tilt * score
    tails = np.exp(np.minimum(0.0, exponents)) * np.append(_moduli(tilt, least_variance), 1.0)
    tails[exponents > 0] = 1.0
    return min(1.0, float(tails.max()) * _ROUNDING)


def _moduli(tilt: float, variance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return psi(0, B) r^T for each B: at most 1."""
    import numpy as np

    length = max(2, math.ceil(_FOLD / tilt))
    turns = np.arange(length // 2 + 1)
    angle = 2 * np.pi * turns / length
    twice = np.where((turns == 0) | (2 * turns == length), 1.0, 2.0)
    kernel = twice / np.abs(1 - np.exp(-tilt + 1j * angle))
    kernel *= -math.expm1(-tilt * length) / length
    result = np.exp(-variance[:, None] * (1 - np.cos(angle))) @ kernel
    return np.minimum(1.0, np.asarray(result, dtype=np.float64))


def good_tilt(mean: float, variance: float, score: float) -> float:
    """Return a tilt near the saddle of r^-T G(r) / (1 - r) for a count of these moments.

    The count is taken for a binomial one with the same mean and variance. At T + 1/2 the bound is
    a little nearer to the tail than at T, save that a tail at 0 is met exactly by a great tilt.

    Args:
        mean: Of S.
        variance: Of S, above 0.
        score: T.
    """
    rate = 1 - min(max(variance / mean, 1e-3), 1 - 1e-9) if mean > 0 else 0.0
    wanted = score + 0.5 if score else 0.0
    low, high = _LEAST_TILT, _MOST_TILT
    for _ in range(40):
        middle = math.sqrt(low * high)
        left = math.exp(-middle)
        tilted_mean = mean * left / (1 - rate + rate * left)
        if tilted_mean + left / (1 - left) > wanted:
            low = middle
        else:
            high = middle
    return math.sqrt(low * high)
