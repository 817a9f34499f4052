"""The search for the greatest tail: its tails by convolution, and what it finds among all."""

from __future__ import annotations

import numpy as np
import pytest

from sampling.estimation.allocation_search import GreatestTail, _moves
from sampling.estimation.hypergeometric import masses
from sampling.estimation.weighted_sample import Allocation, WeightedSample

THREE = WeightedSample((70, 60, 55), (10, 6, 12), (1, 0, 2), (5, 7, 3))
FOUR = WeightedSample((30, 28, 24, 60), (6, 4, 8, 5), (0, 1, 0, 1), (3, 4, 2, 7))
LOPSIDED = WeightedSample((400, 60, 50), (20, 20, 10), (0, 7, 1), (20, 3, 5))
SIX = WeightedSample(
    (12, 10, 9, 8, 14, 9), (5, 4, 4, 3, 5, 4), (1, 0, 2, 0, 1, 0), (2, 3, 2, 3, 3, 2)
)
MANY_YES = WeightedSample((2000, 1500, 900), (600, 500, 300), (570, 480, 290), (3, 3, 3))
LARGE = WeightedSample((9000, 7000, 2500), (300, 200, 100), (9, 2, 4), (6, 7, 5))


def tail_by_convolution(sample: WeightedSample, where: Allocation) -> float:
    chances = np.ones(1)
    for size, n, k, m in zip(sample.population, sample.sample, sample.weight, where, strict=True):
        spread = masses(m, sample=n, population=size)
        of_one = np.zeros(k * n + 1)
        of_one[k * (spread.first + np.arange(len(spread.values)))] = spread.values
        chances = np.convolve(chances, of_one)
    return float(chances[: sample.score + 1].sum())


@pytest.mark.parametrize("sample", [THREE, FOUR, LOPSIDED, SIX, LARGE, MANY_YES])
def test_tails_are_those_of_the_convolution_whatever_was_asked_before(
    sample: WeightedSample,
) -> None:
    least, most = sum(sample.least), sum(sample.most)
    search = GreatestTail(sample)
    for share in (0.1, 0.02, 0.9, 0.0, 0.4, 1.0, 0.05):
        marked = least + round(share * (most - least))
        found, where = search.quick(marked, None)
        assert found == pytest.approx(tail_by_convolution(sample, where), rel=1e-8, abs=1e-12)
        for order in (range(len(sample.yes)), range(len(sample.yes))[::-1]):
            filled = sample.filled(order, marked)
            expected = tail_by_convolution(sample, filled)
            assert search.tail(filled) == pytest.approx(expected, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("sample", "numbers"),
    [(THREE, (8, 20, 33, 50)), (LOPSIDED, (30, 70, 110)), (FOUR, (15, 22, 40))],
)
def test_the_deep_search_finds_the_greatest_of_all_allocations(
    sample: WeightedSample, numbers: tuple[int, ...]
) -> None:
    search = GreatestTail(sample)
    for marked in numbers:
        found, where = search.deep(marked, sample.least)
        assert sum(where) == marked
        assert found == pytest.approx(search.tail(where), rel=1e-12)
        greatest = max(search.tail(one) for one in sample.allocations(marked))
        assert found == pytest.approx(greatest, rel=1e-9)


def test_with_more_strata_the_deep_search_is_short_of_the_greatest_by_next_to_nothing() -> None:
    search = GreatestTail(SIX)
    for marked in (7, 14, 22):
        found, where = search.deep(marked, SIX.least)
        assert sum(where) == marked
        greatest = max(search.tail(one) for one in SIX.allocations(marked))
        assert greatest * (1 - 1e-3) <= found <= greatest * (1 + 1e-12)


def test_a_good_allocation_of_a_neighbour_is_used_and_never_makes_the_search_worse() -> None:
    search = GreatestTail(THREE)
    for marked in (9, 21, 34):
        alone, _ = search.quick(marked, None)
        _, near = search.deep(marked - 1, THREE.least)
        helped, where = search.quick(marked, near)
        assert helped >= alone * (1 - 1e-9)
        assert sum(where) == marked


def test_the_best_exchanges_are_tried_alone_and_then_2_4_8_at_once_that_share_no_stratum() -> None:
    here = (50,) * 12
    apart = [(0.9, 0, 1), (0.8, 2, 3), (0.6, 4, 5), (0.5, 6, 7), (0.4, 8, 9)]
    ranked = [apart[0], (0.85, 0, 2), apart[1], (0.7, 3, 4), *apart[2:], (0.0, 10, 11)]
    first, second, two, four, *more = _moves(here, ranked, 5, 2)
    assert (first, second) == (moved(here, [(0, 1)]), moved(here, [(0, 2)]))
    assert two == moved(here, [(0, 1), (2, 3)])
    assert four == moved(here, [(0, 1), (2, 3), (4, 5), (6, 7)])
    assert more == []
    assert list(_moves(here, [*ranked[:-1], (0.1, 10, 11)], 5, 0))[-1] == four
    less = [(gain - 0.65, into, out_of) for gain, into, out_of in apart]
    assert list(_moves(here, less, 5, 0)) == [two]


def moved(here: Allocation, pairs: list[tuple[int, int]]) -> Allocation:
    """An allocation after exchanges of 5 yes."""
    found = list(here)
    for into, out_of in pairs:
        found[into] += 5
        found[out_of] -= 5
    return tuple(found)
