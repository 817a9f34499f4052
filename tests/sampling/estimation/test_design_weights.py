"""Whole-number weights of strata, against every rounding tried in exact numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.estimation import design_weights
from sampling.estimation.design_weights import unevenness

LONGEST = 20_000


def distance(weights: Sequence[int], sizes: Sequence[int], samples: Sequence[int]) -> float:
    """How far the strata are from one weight a record, as the plan measures it."""
    rates = [Fraction(k * n, size) for k, n, size in zip(weights, samples, sizes, strict=True)]
    mean = sum((size * rate for size, rate in zip(sizes, rates, strict=True)), Fraction())
    mean /= sum(sizes)
    apart = [size * abs(rate / mean - 1) for size, rate in zip(sizes, rates, strict=True)]
    return float(sum(apart) / sum(sizes))


def length(weights: Sequence[int], samples: Sequence[int]) -> int:
    return sum(k * n for k, n in zip(weights, samples, strict=True))


def weights_by_trying(sizes: Sequence[int], samples: Sequence[int]) -> tuple[int, ...]:
    """The nearest of the rounded c N_h/n_h, for each c at which the rounding of a stratum changes.

    The first that is within 1 % where one is.
    """
    ratios = [Fraction(size, n) for size, n in zip(sizes, samples, strict=True)]
    half = Fraction(1, 2)
    weights = best = (1,) * len(ratios)
    while distance(best, sizes, samples) >= 0.01:
        c = min((k + half) / ratio for k, ratio in zip(weights, ratios, strict=True))
        weights = tuple(max(1, math.floor(c * ratio + half)) for ratio in ratios)
        if length(weights, samples) > LONGEST:
            break
        if distance(weights, sizes, samples) < distance(best, sizes, samples) - 1e-12:
            best = weights
    return best


@pytest.mark.parametrize(
    ("sizes", "samples"),
    [
        ((73_313, 12_886, 38_683, 50_124), (1485, 541, 1209, 2431)),
        ((33_093, 39_325), (1028, 1313)),
        ((107_256, 69_680), (2781, 1682)),
    ],
)
def test_where_no_weight_within_the_longest_table_is_near_enough_the_nearest_is_taken(
    sizes: tuple[int, ...], samples: tuple[int, ...]
) -> None:
    weights = design_weights(sizes, samples)
    assert weights == weights_by_trying(sizes, samples)
    assert length(weights, samples) <= LONGEST
    assert distance(weights, sizes, samples) >= 0.01


def test_weights_come_within_one_per_cent_where_the_longest_table_allows_it() -> None:
    sizes, samples = (9000, 5000, 4000, 300, 120), (50, 50, 50, 50, 50)
    weights = design_weights(sizes, samples)
    assert length(weights, samples) <= LONGEST
    assert distance(weights, sizes, samples) < 0.01


def test_strata_of_one_fraction_have_weight_one() -> None:
    assert design_weights((100, 200, 300), (10, 20, 30)) == (1, 1, 1)
    assert unevenness((100, 200, 300), (10, 20, 30)) == pytest.approx(0, abs=1e-12)


def test_unevenness_is_the_mean_distance_of_the_fractions_from_their_mean() -> None:
    sizes, samples = (900, 100), (90, 30)
    assert unevenness(sizes, samples) == pytest.approx(distance((1, 1), sizes, samples))
    assert unevenness(sizes, samples) == pytest.approx(0.9 * (0.12 - 0.1) / 0.12 + 0.1 * 1.5)


@pytest.mark.parametrize(
    ("sizes", "samples", "weights"),
    [
        ((1126, 1766, 2603, 4064), (17, 12, 5, 6), (4, 9, 31, 41)),
        ((416, 3190, 754, 4607), (5, 17, 3, 18), (5, 11, 14, 15)),
        ((1111, 308, 3642, 3001), (3, 2, 12, 15), (11, 4, 9, 6)),
    ],
)
def test_no_rounding_on_the_way_is_passed_over(
    sizes: tuple[int, ...], samples: tuple[int, ...], weights: tuple[int, ...]
) -> None:
    assert weights_by_trying(sizes, samples) == weights
    assert design_weights(sizes, samples) == weights


@given(st.lists(st.tuples(st.integers(20, 5000), st.integers(2, 20)), min_size=2, max_size=4))
def test_weights_are_those_of_the_smallest_multiplier_that_is_near_enough(
    design: list[tuple[int, int]],
) -> None:
    sizes, samples = zip(*design, strict=True)
    assert design_weights(sizes, samples) == weights_by_trying(sizes, samples)
