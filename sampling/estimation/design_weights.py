"""Whole-number weights of the strata, fixed by the design before anything is coded.

The exact stratified method orders outcomes by the sum of k_h x_h. Any weights are valid; weights
near N_h/n_h give the narrowest interval, and small ones the shortest tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

NEARLY_EVEN = 0.04
"""Up to this unevenness the plain count follows the number of yes nearly as well as any."""
_NEAR_ENOUGH = 0.01
_LONGEST = 20_000


def design_weights(population: Sequence[int], sample: Sequence[int]) -> tuple[int, ...]:
    """Return k_h, the rounded c N_h/n_h of the smallest c that brings the strata within 1 %.

    "Within 1 %" means that the sum of W_h |r_h / r - 1| is under 0.01, with r_h = k_h n_h/N_h and
    r their mean with weights W_h = N_h/N. The sum of k_h n_h stays within 20,000; where nothing
    within it is near enough, the nearest is taken, and all ones where that is as good.

    Args:
        population: N_h of the strata that were not drawn whole.
        sample: n_h of the same strata, in the same order.
    """
    ratios = [size / n for size, n in zip(population, sample, strict=True)]
    weights = [1] * len(ratios)
    best, nearest = tuple(weights), _distance(weights, population, sample)
    while nearest >= _NEAR_ENOUGH:
        c = min((k + 0.5) / ratio for k, ratio in zip(weights, ratios, strict=True))
        weights = [max(1, math.floor(c * ratio + 0.5 + 1e-12)) for ratio in ratios]
        if sum(k * n for k, n in zip(weights, sample, strict=True)) > _LONGEST:
            break
        distance = _distance(weights, population, sample)
        if distance < nearest * (1 - 1e-12):
            best, nearest = tuple(weights), distance
    return best


def unevenness(population: Sequence[int], sample: Sequence[int]) -> float:
    """Return how far the sampling fractions are from one fraction: 0 where they are equal.

    The sum of W_h |f_h / f - 1|, with f the mean of the f_h with weights W_h.

    Args:
        population: N_h of the strata that were not drawn whole.
        sample: n_h of the same strata, in the same order.
    """
    return _distance([1] * len(sample), population, sample)


def _distance(weights: Sequence[int], population: Sequence[int], sample: Sequence[int]) -> float:
    """Return the sum of W_h |r_h / r - 1|."""
    total = sum(population)
    shares = [k * n / size for k, n, size in zip(weights, sample, population, strict=True)]
    mean = sum(size * r for size, r in zip(population, shares, strict=True)) / total
    return sum(size * abs(r / mean - 1) for size, r in zip(population, shares, strict=True)) / total
