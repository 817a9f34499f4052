"""Prevalences corrected for measured reading errors."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import Corrected, MeasuredRate, corrected, measured_rate, single

PERFECT = MeasuredRate(10**9, 10**9)


def of(x: int, n: int, right_yes: tuple[int, int], right_no: tuple[int, int]) -> Corrected:
    return corrected(
        single(x, n, population=20 * n),
        sensitivity=MeasuredRate(*right_yes),
        specificity=MeasuredRate(*right_no),
    )


def test_the_textbook_formula_is_followed() -> None:
    made = of(30, 100, (40, 50), (180, 200))
    assert made.estimate == pytest.approx((0.3 + 0.9 - 1) / (0.8 + 0.9 - 1))
    assert made.lower < made.estimate < made.upper
    assert not made.is_clipped


def test_readers_who_are_never_wrong_leave_the_interval_as_it_was() -> None:
    reported = single(12, 100, population=2000)
    made = corrected(reported, sensitivity=PERFECT, specificity=PERFECT)
    assert made.estimate == pytest.approx(reported.estimate)
    assert made.lower == pytest.approx(reported.lower, abs=1e-6)
    assert made.upper == pytest.approx(reported.upper, abs=1e-6)


def test_fewer_yes_than_false_ones_are_clipped_to_nothing_and_said_so() -> None:
    made = of(2, 100, (45, 50), (180, 200))
    assert (made.estimate, made.lower, made.is_clipped) == (0.0, 0.0, True)
    assert made.upper > 0


def test_more_yes_than_readers_could_report_are_clipped_to_all() -> None:
    made = of(95, 100, (40, 50), (190, 200))
    assert (made.estimate, made.upper, made.is_clipped) == (1.0, 1.0, True)


def test_rates_measured_on_more_records_give_a_narrower_interval() -> None:
    few, many = of(30, 100, (8, 10), (36, 40)), of(30, 100, (80, 100), (360, 400))
    assert few.estimate == pytest.approx(many.estimate)
    assert few.lower < many.lower
    assert few.upper > many.upper


@pytest.mark.parametrize(
    ("right_yes", "right_no"),
    [((3, 5), (6, 10)), ((2, 3), (180, 200)), ((180, 200), (2, 3)), ((1, 1), (9, 10))],
)
def test_a_rate_that_may_be_no_better_than_chance_leaves_everything_open(
    right_yes: tuple[int, int], right_no: tuple[int, int]
) -> None:
    made = of(30, 100, right_yes, right_no)
    assert (made.lower, made.upper) == (0.0, 1.0)


def test_it_leaves_everything_open_too_where_all_is_read_as_yes() -> None:
    made = of(95, 100, (95, 100), (1, 2))
    assert (made.lower, made.upper) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("right_yes", "right_no", "words"),
    [
        ((5, 10), (5, 10), "do not tell yes from no"),
        ((0, 10), (9, 10), "do not tell yes from no"),
        ((0, 0), (9, 10), "A sensitivity is right readings of at least one"),
        ((9, 10), (11, 10), "A specificity is right readings of at least one"),
        ((-1, 10), (9, 10), "A sensitivity is right readings of at least one"),
    ],
)
def test_rates_that_correct_nothing_are_refused(
    right_yes: tuple[int, int], right_no: tuple[int, int], words: str
) -> None:
    with pytest.raises(EstimationError, match=words):
        of(30, 100, right_yes, right_no)


@given(
    x=st.integers(0, 60),
    yes=st.integers(16, 30),
    no=st.integers(31, 60),
)
def test_limits_hold_the_estimate_and_swapping_yes_and_no_mirrors(
    x: int, yes: int, no: int
) -> None:
    made, mirrored = of(x, 60, (yes, 30), (no, 60)), of(60 - x, 60, (no, 60), (yes, 30))
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    assert made.estimate == pytest.approx(1 - mirrored.estimate, abs=1e-9)
    assert made.lower == pytest.approx(1 - mirrored.upper, abs=1e-9)


def known(*pairs: tuple[int, bool]) -> list[tuple[Fraction, bool]]:
    return [(Fraction(weight), is_right) for weight, is_right in pairs]


def test_records_of_one_weight_are_counted() -> None:
    found = measured_rate(known((3, True), (3, False), (3, True)), greatest=Fraction(3))
    assert found == MeasuredRate(2, 3)
    assert (found.share, found.size) == (2 / 3, 3)
    assert measured_rate([], greatest=Fraction(3)) == MeasuredRate(0, 0)


def test_records_that_weigh_differently_count_for_those_they_were_drawn_from() -> None:
    found = measured_rate(known((2, True), (2, False), (5, True)), greatest=Fraction(10))
    assert (found.right, found.of) == (2, 3)
    assert found.share == pytest.approx(7 / 9)
    assert found.size == pytest.approx((9 + 10) ** 2 / (4 + 4 + 25 + 100) - 1)


def test_one_weight_below_the_greatest_says_less_than_its_number() -> None:
    light = known(*[(1, True)] * 40)
    assert measured_rate(light, greatest=Fraction(1)).size == 40
    assert measured_rate(light, greatest=Fraction(5)).size == pytest.approx(45**2 / 65 - 1)


@given(
    pairs=st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=12),
    times=st.integers(2, 9),
)
def test_only_how_weights_stand_to_each_other_counts(
    pairs: list[tuple[int, bool]], times: int
) -> None:
    found = measured_rate(known(*pairs), greatest=Fraction(20))
    scaled = [(weight * times, is_right) for weight, is_right in known(*pairs)]
    assert measured_rate(scaled, greatest=Fraction(20 * times)) == found
    assert 0 < found.size <= len(pairs)
