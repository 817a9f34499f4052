from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.rounding import limits, percentage, two_figures, weight, whole


@pytest.mark.parametrize(
    ("proportion", "printed"),
    [(5 / 400, "1.3"), (1 / 80, "1.3"), (0.0, "0.0"), (1.0, "100.0"), (8 / 400, "2.0"),
     (0.00049, "0.0"), (0.0005, "0.1"), (1 / 3, "33.3"), (2 / 3, "66.7")],
)  # fmt: skip
def test_a_percentage_has_one_decimal_and_ties_go_up(proportion: float, printed: str) -> None:
    assert str(percentage(proportion)) == printed


def test_rounding_makes_no_certainty_of_a_sample() -> None:
    assert limits(0.0, 0.0002) == (Decimal("0.0"), Decimal("0.1"))
    assert limits(0.9998, 1.0) == (Decimal("99.9"), Decimal("100.0"))
    assert limits(0.0, 0.0) == (Decimal("0.0"), Decimal("0.0"))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_printed_estimate_stays_between_the_printed_limits(
    a: float, b: float, c: float
) -> None:
    lower, estimate, upper = sorted((a, b, c))
    low, high = limits(lower, upper)
    assert low <= percentage(estimate) <= high or lower == upper


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, 0), (0.4, 0), (0.5, 1), (7.4, 7), (99.5, 100), (123, 120), (125, 130), (1423.0, 1400),
     (994.9, 990), (995, 1000), (70_550.2, 71_000)],
)  # fmt: skip
def test_an_estimated_number_has_two_figures(number: float, printed: int) -> None:
    assert two_figures(number) == printed


def test_a_counted_number_is_whole_and_a_weight_has_two_decimals() -> None:
    assert whole(1422.6) == 1423
    assert weight(7_010, 231) == Decimal("30.35")
