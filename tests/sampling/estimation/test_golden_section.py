"""The search for the least value of a function that falls and then rises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.estimation.golden_section import least_of


@given(st.floats(-5, 5), st.floats(0.1, 9))
def test_the_least_value_is_found_and_stands_at_the_place_returned(at: float, steep: float) -> None:
    def value(place: float) -> float:
        return steep * abs(place - at) + 1

    place, least = least_of(value, -6.0, 6.0, steps=60)
    assert place == pytest.approx(at, abs=1e-6)
    assert least == value(place)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_better_of_the_last_two_places_is_returned(sign: int) -> None:
    tried: dict[float, float] = {}

    def value(place: float) -> float:
        tried[place] = sign * place
        return tried[place]

    place, least = least_of(value, 0.0, 1.0, steps=5)
    assert (place, least) == min(tried.items(), key=lambda pair: pair[1])


def test_one_value_is_worked_out_a_step() -> None:
    tried: list[float] = []

    def value(place: float) -> float:
        tried.append(place)
        return (place - 0.3) ** 2

    least_of(value, 0.0, 1.0, steps=10)
    assert len(tried) <= 12
    assert all(0 < place < 1 for place in tried)
