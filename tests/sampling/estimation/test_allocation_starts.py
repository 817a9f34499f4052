"""Starts of the search for the greatest tail: possible, and the best by their own measure."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sampling.estimation.allocation_starts import _Moments, by_normal_tail, starts
from sampling.estimation.weighted_sample import Allocation, WeightedSample

TWO = WeightedSample((60, 40), (6, 10), (1, 4), (5, 2))
SMALL = WeightedSample((3, 4, 5), (2, 2, 3), (0, 1, 1), (3, 4, 2))
FOUR = WeightedSample((40, 30, 20, 25), (5, 6, 8, 5), (0, 2, 3, 1), (4, 3, 1, 3))
THREE = WeightedSample((40, 30, 20), (5, 6, 8), (0, 2, 3), (4, 3, 1))
SIX = WeightedSample(
    (90, 80, 70, 60, 50, 40), (9, 4, 7, 10, 5, 8), (1, 0, 2, 0, 1, 3), (5, 10, 5, 3, 5, 3)
)


def moments(sample: WeightedSample, where: Allocation) -> tuple[float, float]:
    """Mean and variance of S, by the formulas of the hypergeometric distribution."""
    mean = variance = 0.0
    for size, n, k, m in zip(sample.population, sample.sample, sample.weight, where, strict=True):
        mean += k * n * m / size
        variance += k * k * n * (m / size) * (1 - m / size) * (size - n) / (size - 1)
    return mean, variance


def score_of_normal_tail(sample: WeightedSample, where: Allocation) -> float:
    mean, variance = moments(sample, where)
    return (sample.score + 0.5 - mean) / math.sqrt(variance)


@pytest.mark.parametrize("sample", [TWO, THREE, SMALL])
def test_the_start_by_the_normal_tail_is_the_best_of_all_allocations(
    sample: WeightedSample,
) -> None:
    low, high = sum(sample.least), sum(sample.most)
    for marked in range(low, high + 1, 3):
        best = max(score_of_normal_tail(sample, one) for one in sample.allocations(marked))
        found = by_normal_tail(sample, marked)
        assert sum(found) == marked
        assert score_of_normal_tail(sample, found) == pytest.approx(best, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("sample", [TWO, THREE, SMALL])
def test_a_start_has_the_greatest_variance_of_all_allocations(sample: WeightedSample) -> None:
    low, high = sum(sample.least), sum(sample.most)
    for marked in range(low, high + 1, 5):
        best = max(moments(sample, one)[1] for one in sample.allocations(marked))
        found = max(moments(sample, one)[1] for one in starts(sample, marked))
        assert found == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("sample", [TWO, THREE, SIX])
def test_starts_are_allocations_of_the_number_of_yes(sample: WeightedSample) -> None:
    for marked in (sum(sample.least), sum(sample.least) + 7, sum(sample.most)):
        made = list(starts(sample, marked))
        assert made
        for one in made:
            assert sum(one) == marked
            assert all(
                low <= m <= high
                for low, m, high in zip(sample.least, one, sample.most, strict=True)
            )


def test_up_to_four_strata_are_filled_in_every_order() -> None:
    for sample in (THREE, FOUR):
        made = list(starts(sample, 30))
        normal = by_normal_tail(sample, 30)
        orders = list(itertools.permutations(range(len(sample.yes))))
        assert len(made) == 3 + 2 * len(orders)
        for order in orders:
            filled = sample.filled(order, 30)
            halfway = [(a + b) / 2 for a, b in zip(filled, normal, strict=True)]
            assert filled in made
            assert sample.fitted(halfway, 30) in made


def test_more_strata_are_filled_by_the_weight_of_their_records_both_ways() -> None:
    made = list(starts(SIX, 60))
    assert len(made) == 3 + 2
    by_weight = sorted(range(6), key=lambda h: SIX.population[h] / SIX.sample[h])
    assert SIX.filled(by_weight, 60) in made
    assert SIX.filled(by_weight[::-1], 60) in made
    assert SIX.fitted([size * 60 / 390 for size in SIX.population], 60) in made
    assert by_normal_tail(SIX, 60) in made


def test_five_strata_are_too_many_for_every_order() -> None:
    five = WeightedSample(*(each[:5] for each in (SIX.population, SIX.sample, SIX.yes, SIX.weight)))
    assert len(list(starts(five, 60))) == 3 + 2


EVEN_TWO = WeightedSample((1000, 4000), (100, 100), (17, 25), (1, 4))
NEARLY_WHOLE = WeightedSample((12, 12), (2, 10), (1, 2), (5, 1))
MOST_STEPS = 300


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exchanges that climbs look for; one that has no end is stopped."""
    sizes: list[int] = []
    whole = _Moments.after_exchanges

    def counted(self: _Moments, here: NDArray[np.int64], size: int) -> object:
        sizes.append(size)
        assert len(sizes) <= MOST_STEPS, "a climb goes there and back without end"
        return whole(self, here, size)

    monkeypatch.setattr(_Moments, "after_exchanges", counted)
    return sizes


@pytest.mark.parametrize(("sample", "marked"), [(EVEN_TWO, 1175), (NEARLY_WHOLE, 9)])
def test_a_climb_ends_where_moving_there_and_back_differs_by_rounding_alone(
    sample: WeightedSample, marked: int, steps: list[int]
) -> None:
    assert sum(by_normal_tail(sample, marked)) == marked
    assert steps


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_climb_ends_at_the_number_whose_mean_is_what_was_seen(
    steps: list[int], data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from([2, 4, 10, 40]))
    samples = data.draw(st.lists(st.integers(2, 100), min_size=2, max_size=5))
    weight = [data.draw(st.sampled_from([1, 2, 4])) for _ in samples]
    sizes = [part * k * n for k, n in zip(weight, samples, strict=True)]
    yes = [data.draw(st.integers(0, n)) for n in samples]
    sample = WeightedSample(tuple(sizes), tuple(samples), tuple(yes), tuple(weight))
    marked = min(part * sample.score + part // 2, sum(sample.most))
    steps.clear()
    assert sum(by_normal_tail(sample, marked)) == marked
