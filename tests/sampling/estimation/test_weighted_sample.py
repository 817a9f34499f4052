"""Allocations that a stratified sample leaves possible, against all of them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.estimation.weighted_sample import Allocation, WeightedSample

SAMPLE = WeightedSample((9, 7, 12), (4, 3, 5), (1, 0, 5), (2, 3, 1))


@st.composite
def samples(draw: st.DrawFn) -> WeightedSample:
    sizes = draw(
        st.lists(st.tuples(st.integers(3, 12), st.integers(2, 5)), min_size=2, max_size=3).filter(
            lambda kinds: all(n < size for size, n in kinds)
        )
    )
    return WeightedSample(
        tuple(size for size, _ in sizes),
        tuple(n for _, n in sizes),
        tuple(draw(st.integers(0, n)) for _, n in sizes),
        tuple(draw(st.integers(1, 3)) for _ in sizes),
    )


def possible(sample: WeightedSample) -> list[Allocation]:
    boxes = [
        range(x, size - n + x + 1)
        for size, n, x in zip(sample.population, sample.sample, sample.yes, strict=True)
    ]
    return list(itertools.product(*boxes))


def test_the_score_weighs_the_yes_of_every_stratum() -> None:
    assert SAMPLE.score == 2 * 1 + 3 * 0 + 1 * 5


def test_a_stratum_has_at_least_the_yes_seen_and_at_most_all_but_the_no_seen() -> None:
    assert SAMPLE.least == (1, 0, 5)
    assert SAMPLE.most == (6, 4, 12)


@given(samples())
def test_every_allocation_of_a_number_of_yes_is_listed_once(sample: WeightedSample) -> None:
    every = possible(sample)
    for marked in range(sum(sample.least), sum(sample.most) + 1):
        listed = list(sample.allocations(marked))
        assert sorted(listed) == [one for one in every if sum(one) == marked]


@given(samples(), st.integers(0, 3), st.data())
def test_nearby_are_all_that_differ_by_at_most_the_distance(
    sample: WeightedSample, distance: int, data: st.DataObject
) -> None:
    every = possible(sample)
    here = data.draw(st.sampled_from(every))
    listed = list(sample.nearby(here, distance))
    assert sorted(listed) == [
        one
        for one in every
        if sum(one) == sum(here)
        and all(abs(a - b) <= distance for a, b in zip(one, here, strict=True))
    ]


@pytest.mark.parametrize(
    ("widest", "scales"), [(1, [1]), (2, [1]), (5, [2, 1]), (8, [4, 2, 1]), (13, [6, 3, 1])]
)
def test_yes_are_exchanged_from_half_of_the_widest_stratum_down_to_one(
    widest: int, scales: list[int]
) -> None:
    sample = WeightedSample((3, widest + 2), (2, 2), (1, 1), (1, 1))
    assert list(sample.scales()) == scales


@given(samples(), st.data())
def test_strata_are_filled_one_after_another(sample: WeightedSample, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(sample.yes))))
    marked = data.draw(st.integers(sum(sample.least), sum(sample.most)))
    filled = sample.filled(order, marked)
    assert sum(filled) == marked
    fill = [(filled[h] - sample.least[h], sample.most[h] - sample.least[h]) for h in order]
    after_the_first_with_room = itertools.dropwhile(lambda one: one[0] == one[1], fill)
    assert all(taken == 0 for taken, _ in list(after_the_first_with_room)[1:])


@given(samples(), st.data())
def test_what_fits_is_kept_and_what_does_not_is_brought_within_what_was_seen(
    sample: WeightedSample, data: st.DataObject
) -> None:
    every = possible(sample)
    kept = data.draw(st.sampled_from(every))
    assert sample.fitted([m + 0.3 for m in kept], sum(kept)) == kept
    wanted = [data.draw(st.floats(-5, 20)) for _ in sample.yes]
    marked = data.draw(st.integers(sum(sample.least), sum(sample.most)))
    fitted = sample.fitted(wanted, marked)
    assert sum(fitted) == marked
    assert fitted in every


def test_what_is_left_over_goes_where_there_is_most_room() -> None:
    sample = WeightedSample((30, 30), (5, 5), (0, 0), (1, 1))
    assert sample.fitted([20.0, 4.0], 30) == (20, 10)
    assert sample.fitted([20.0, 4.0], 18) == (14, 4)
    assert sample.fitted([20.0, 4.0], 50) == (25, 25)
