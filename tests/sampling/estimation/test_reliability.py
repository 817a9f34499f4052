"""Flags, totals, promises, and what importing the package loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sampling.estimation import PROMISES, Flag, Interval, Method, reliability, single, total


def interval(width: float, *, p: float = 0.4, size: float = 200, degrees: int = 100) -> Interval:
    return Interval(
        p, p - width / 2, p + width / 2, Method.KORN_GRAUBARD_CAPPED, 0.95, size, 1.0, degrees
    )


@pytest.mark.parametrize(
    ("made", "base", "yes", "expected"),
    [
        (interval(0.1), 200, 80, ()),
        (interval(0.1, size=29.9), 200, 80, (Flag.UNRELIABLE,)),
        (interval(0.1, size=500), 29, 12, (Flag.UNRELIABLE, Flag.LOW_BASE)),
        (interval(0.1), 30, 12, ()),
        (interval(0.31), 200, 80, (Flag.WIDE,)),
        (interval(0.04, p=0.02), 200, 4, ()),
        (interval(0.06, p=0.04), 200, 8, (Flag.WIDE,)),
        (interval(0.06, p=0.05), 200, 10, ()),
        (interval(0.1, degrees=7), 200, 80, (Flag.FEW_DEGREES_OF_FREEDOM,)),
        (interval(0.1, degrees=8), 200, 80, ()),
    ],
)
def test_flags_are_raised_at_their_thresholds(
    made: Interval, base: int, yes: int, expected: tuple[Flag, ...]
) -> None:
    assert reliability(made, base=base, yes=yes) == expected


@pytest.mark.parametrize(
    ("estimate", "upper", "expected"),
    [(0.02, 0.05, ()), (0.25, 0.30, (Flag.WIDE,)), (0.1, 0.13, ()), (0.0, 0.06, (Flag.WIDE,))],
)
def test_widths_at_a_threshold_are_on_the_side_that_the_standard_says(
    estimate: float, upper: float, expected: tuple[Flag, ...]
) -> None:
    made = Interval(estimate, 0.0, upper, Method.KORN_GRAUBARD_CAPPED, 0.95, 200.0, 1.0, 100)
    assert reliability(made, base=200, yes=4) == expected


def test_nothing_found_is_marked() -> None:
    assert reliability(single(0, 200, population=900), base=200, yes=0) == (Flag.NO_EVENTS,)


def test_under_ten_there_is_no_percentage() -> None:
    made = reliability(single(3, 9, population=900), base=9, yes=3)
    assert made == (Flag.UNRELIABLE, Flag.WIDE, Flag.LOW_BASE, Flag.NO_PERCENTAGE)
    assert Flag.NO_PERCENTAGE not in reliability(single(3, 10, population=900), base=10, yes=3)


def test_a_census_is_only_marked_for_its_base() -> None:
    assert reliability(single(3, 20, population=20), base=20, yes=3) == (Flag.LOW_BASE,)


def test_totals_of_exact_intervals_are_whole_numbers() -> None:
    made = total(single(3, 50, population=400), 400)
    assert (type(made.lower), type(made.upper)) == (int, int)
    assert made.estimate == pytest.approx(24)
    census = total(single(3, 50, population=50), 50)
    assert (census.estimate, census.lower, census.upper) == (3, 3, 3)
    peer = total(single(3, 50, population=400, method=Method.WILSON_FPC), 400)
    assert peer.lower == single(3, 50, population=400, method=Method.WILSON_FPC).lower * 400


def test_every_method_has_one_promise() -> None:
    assert set(PROMISES) == set(Method)
    assert all(sentence and not sentence.endswith(".") for sentence in PROMISES.values())


def test_importing_the_package_loads_no_numeric_library() -> None:
    code = (
        "import sys, sampling.estimation\n"
        "print([m for m in ('numpy', 'scipy', 'pandas', 'pydantic') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
