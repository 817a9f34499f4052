"""Waves against each other and against a target, checked with R and by enumeration."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import Method, single
from sampling.estimation.comparison import (
    WaveCount,
    benjamini_hochberg,
    difference,
    holm,
    p_chart,
    trend,
)

Cases = Callable[..., list[dict[str, Any]]]
Ways = Callable[[int, int, int], tuple[int, ...]]


def test_differences_of_wilson_intervals_agree_with_newcombe(cases_of: Cases) -> None:
    cases = cases_of("two_proportions")
    assert len(cases) == 6
    for case in cases:
        given_counts = case["inputs"]
        first, second = (
            single(
                given_counts[f"x{i}"], given_counts[f"n{i}"], population=None, method=Method.WILSON
            )
            for i in (1, 2)
        )
        made, expected = difference(first, second), case["expected"]["newcombe_mover_wilson"]
        assert made.lower == pytest.approx(expected["lower"], abs=1e-8)
        assert made.upper == pytest.approx(expected["upper"], abs=1e-8)


def test_a_difference_turns_round_with_its_groups() -> None:
    a = single(9, 60, population=400, method=Method.HYPERGEOMETRIC_TAIL)
    b = single(20, 80, population=900, method=Method.HYPERGEOMETRIC_TAIL)
    one, other = difference(a, b), difference(b, a)
    assert (one.lower, one.upper) == pytest.approx((-other.upper, -other.lower))
    with pytest.raises(EstimationError, match="same confidence"):
        difference(a, single(20, 80, population=900, confidence=0.9))


def test_differences_of_tail_intervals_cover(ways: Ways) -> None:
    (size_a, n_a), (size_b, n_b) = (60, 20), (80, 25)
    tails = [
        [single(x, n, population=size, method=Method.HYPERGEOMETRIC_TAIL) for x in range(n + 1)]
        for size, n in ((size_a, n_a), (size_b, n_b))
    ]
    made = [[difference(a, b) for b in tails[1]] for a in tails[0]]
    for marked_a, marked_b in ((3, 4), (6, 20), (12, 12), (30, 40), (1, 30), (50, 20)):
        truth = marked_a / size_a - marked_b / size_b
        chances = ways(marked_a, n_a, size_a), ways(marked_b, n_b, size_b)
        covered = sum(
            a * b
            for a, row in zip(chances[0], made, strict=True)
            for b, one in zip(chances[1], row, strict=True)
            if one.lower - 1e-12 <= truth <= one.upper + 1e-12
        )
        assert Fraction(covered, comb(size_a, n_a) * comb(size_b, n_b)) >= Fraction(95, 100)


def test_trends_agree_with_prop_trend_test(cases_of: Cases) -> None:
    for case in cases_of("trend"):
        counts = zip(case["inputs"]["n"], case["inputs"]["x"], strict=True)
        made = trend([WaveCount(f"wave {i}", n, x) for i, (n, x) in enumerate(counts)])
        assert made.chi_square == pytest.approx(case["expected"]["trend_X2"], abs=1e-8)
        assert made.p_value == pytest.approx(case["expected"]["trend_p"], abs=1e-8)


def test_the_slope_of_a_trend_is_the_change_from_wave_to_wave() -> None:
    waves = [
        WaveCount(str(i), size, size * (0.1 + 0.03 * i)) for i, size in enumerate((40, 95.5, 70))
    ]
    assert trend(waves).slope == pytest.approx(0.03)


def test_adjusted_p_values_agree_with_p_adjust(cases_of: Cases) -> None:
    for case in cases_of("p_adjust"):
        p, expected = case["inputs"]["p"], case["expected"]
        assert holm(p) == pytest.approx(expected["holm"], abs=1e-12)
        assert benjamini_hochberg(p) == pytest.approx(expected["BH"], abs=1e-12)


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusting_never_lowers_a_p_value_and_holm_is_the_stricter(p: list[float]) -> None:
    for raw, screened, claimed in zip(p, benjamini_hochberg(p), holm(p), strict=True):
        assert raw <= screened * (1 + 1e-12)
        assert screened <= claimed * (1 + 1e-12)
        assert claimed <= 1


def test_limits_of_a_chart_come_with_the_eighth_wave() -> None:
    waves = [WaveCount(f"wave {i}", 100, 10) for i in range(7)]
    assert all(point.exact is point.three_sigma is None for point in p_chart(waves))
    points = p_chart([*waves, WaveCount("last", 100, 45)])
    assert [point.is_signal for point in points] == [False] * 7 + [True]
    centre = (70 + 45) / 800
    half = 3 * (centre * (1 - centre) / 100) ** 0.5
    assert points[0].three_sigma == pytest.approx((centre - half, centre + half))
    assert points[0].exact == (0.05, 0.26)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: trend([WaveCount("a", 9, 1), WaveCount("b", 9, 2)]), "three waves"),
        (lambda: trend([WaveCount(str(i), 9, 0) for i in range(4)]), "the same"),
        (lambda: p_chart([]), "no wave"),
        (lambda: p_chart([WaveCount("a", 0, 0)]), "at least one"),
        (lambda: p_chart([WaveCount("a", 9, 10)]), "0 up to the second"),
        (lambda: p_chart([WaveCount("a", 9.5, 1)]), "whole counts"),
    ],
)
def test_what_cannot_be_compared_is_refused(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(EstimationError, match=sentence):
        call()


def test_a_trend_may_have_waves_without_a_yes_or_without_a_no() -> None:
    counts = [(10, 0), (12, 6), (8, 8)]
    made = trend([WaveCount(str(i), n, x) for i, (n, x) in enumerate(counts)])
    assert made.slope > 0
    assert made.p_value < 0.01


def test_a_trend_refuses_impossible_waves() -> None:
    with pytest.raises(EstimationError, match="0 up to the second"):
        trend([WaveCount("a", 9, 10), WaveCount("b", 9, 1), WaveCount("c", 9, 1)])


def test_one_wave_that_is_not_whole_is_enough_to_refuse_a_chart() -> None:
    with pytest.raises(EstimationError, match="whole counts"):
        p_chart([WaveCount("a", 9, 1), WaveCount("b", 9.5, 1)])


def test_a_chart_of_few_waves_shows_their_shares_and_signals_nothing() -> None:
    points = p_chart([WaveCount("a", 1, 1), WaveCount("b", 40, 4)])
    assert [point.share for point in points] == [1.0, 0.1]
    assert not any(point.is_signal for point in points)


@pytest.mark.parametrize("yes", range(0, 61, 2))
def test_exact_limits_of_a_chart_leave_out_the_two_tails_alone(yes: int) -> None:
    waves = [*(WaveCount(str(i), 60, 21) for i in range(8)), WaveCount("last", 60, yes)]
    last = p_chart(waves)[-1]
    centre = sum(wave.yes for wave in waves) / 540
    chances = [comb(60, k) * centre**k * (1 - centre) ** (60 - k) for k in range(61)]
    least = next(k for k in range(61) if sum(chances[: k + 1]) > 0.00135)
    most = next(k for k in range(61) if sum(chances[: k + 1]) >= 1 - 0.00135)
    assert last.share == yes / 60
    assert last.exact == (least / 60, most / 60)
    assert last.is_signal is not (least <= yes <= most)


def test_three_standard_errors_are_cut_at_none_and_at_all() -> None:
    points = p_chart([WaveCount(str(i), 50, 49) for i in range(8)])
    assert points[0].three_sigma is not None
    assert points[0].three_sigma[1] == 1


@pytest.mark.parametrize(("yes", "is_signal"), [(34, True), (35, False), (65, False), (66, True)])
def test_a_wave_at_an_exact_limit_is_no_signal_and_one_beyond_is(yes: int, is_signal: bool) -> None:
    steady = [WaveCount(str(at), 1000, 500) for at in range(20)]
    point = p_chart([*steady, WaveCount("last", 100, yes)])[-1]
    assert point.exact == (0.35, 0.65)
    assert point.is_signal == is_signal
