"""Masses, tails and the search in them, in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.estimation.hypergeometric import first_true, least_marked, masses

Ways = Callable[[int, int, int], tuple[int, ...]]


@given(st.data())
def test_masses_and_tails_are_those_of_whole_numbers(ways: Ways, data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 200))
    sample = data.draw(st.integers(1, population))
    marked = data.draw(st.integers(0, population))
    exact = ways(marked, sample, population)
    total = sum(exact)
    spread = masses(marked, sample=sample, population=population)
    assert sum(spread.values) == pytest.approx(1, abs=1e-12)
    for count in range(sample + 1):
        at = count - spread.first
        mass = spread.values[at] if 0 <= at < len(spread.values) else 0.0
        assert mass == pytest.approx(float(Fraction(exact[count], total)), rel=1e-11, abs=1e-40)
        tail = float(Fraction(sum(exact[count:]), total))
        assert spread.at_least(count) == pytest.approx(tail, rel=1e-11, abs=1e-40)


def test_masses_of_a_large_sample_keep_to_where_there_are_any() -> None:
    population, sample, marked = 10_000_000, 5_000_000, 4_000_000
    spread = masses(marked, sample=sample, population=population)
    rate = marked / population
    deviation = math.sqrt(sample * rate * (1 - rate) * (population - sample) / (population - 1))
    assert spread.first <= sample * rate - 14 * deviation
    assert spread.first + len(spread.values) >= sample * rate + 14 * deviation
    assert len(spread.values) <= 100 * deviation
    assert spread.values[0] < 1e-40
    assert spread.values[-1] < 1e-40
    mean = sum((spread.first + at) * mass for at, mass in enumerate(spread.values))
    assert mean == pytest.approx(sample * rate, rel=1e-12)


@pytest.mark.parametrize(
    "level", [Fraction(1, 200), Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)]
)
@pytest.mark.parametrize(("sample", "population"), [(1, 9), (5, 12), (11, 12), (12, 12), (7, 40)])
def test_the_least_number_whose_tail_is_above_a_level_is_found(
    sample: int, population: int, level: Fraction, ways: Ways
) -> None:
    for count in range(sample + 1):
        above = [
            marked
            for marked in range(count, population - (sample - count) + 1)
            if sum(ways(marked, sample, population)[count:]) > level * math.comb(population, sample)
        ]
        found = least_marked(count, sample=sample, population=population, level=float(level))
        assert found == min(above)


@given(st.integers(-50, 50), st.integers(0, 60), st.integers(0, 60))
def test_the_first_true_is_found_between_its_bounds(low: int, width: int, answer: int) -> None:
    tried: list[int] = []

    def holds(number: int) -> bool:
        tried.append(number)
        return number >= low + answer

    assert first_true(holds, low, low + width) == low + min(answer, width)
    assert all(low <= number < low + width for number in tried)
