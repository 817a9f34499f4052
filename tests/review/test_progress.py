from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.progress import ActiveTime, TimeLeft, active_time, time_left

TIMES = st.lists(st.integers(1, 3600), min_size=5, max_size=40)


def test_the_time_left_is_the_mean_times_the_cases_left_with_a_range() -> None:
    # Mean 400, standard deviation sqrt(25000) = 158.11; 1.2816 * 158.11 * sqrt(27 * (1 + 27/5)).
    assert time_left([200, 300, 400, 500, 600], 27) == TimeLeft(
        median_seconds=400, seconds=10800, lower_seconds=8136, upper_seconds=13464
    )


@pytest.mark.parametrize(
    ("times", "left"), [([300] * 4, 10), ([300] * 4 + [0] * 9, 10), ([300] * 5, 0), ([], 3)]
)
def test_nothing_is_said_of_the_time_left_on_few_cases_or_when_none_is_left(
    times: list[int], left: int
) -> None:
    assert time_left(times, left) is None


@given(TIMES, st.integers(1, 500))
def test_the_range_holds_the_expected_time_and_grows_with_the_cases_left(
    times: list[int], left: int
) -> None:
    now, more = time_left(times, left), time_left([*times, 0], left + 1)
    assert now is not None
    assert more is not None
    assert 0 <= now.lower_seconds <= now.seconds <= now.upper_seconds
    assert now.seconds < more.seconds
    assert now.upper_seconds - now.seconds <= more.upper_seconds - more.seconds + 1
    assert min(times) <= now.median_seconds <= max(times)


def test_the_supervisor_is_told_totals_and_nothing_that_is_one_persons() -> None:
    assert active_time({"ann": [60, 120], "bob": [300, 0]}) == ActiveTime(3, 480, 120)
    assert active_time({"ann": [60, 120], "bob": [0]}) is None
    assert active_time({}) is None
