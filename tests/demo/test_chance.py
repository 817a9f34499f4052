from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dipsample.demo.chance import Chance

SEED = "a-seed-for-these-tests"


def chance(topic: str) -> Chance:
    return Chance("demo-test", SEED, topic)


@given(st.integers(0, 10**6), st.integers(-50, 50), st.integers(0, 100))
def test_a_whole_number_stays_within_its_limits(topic: int, low: int, width: int) -> None:
    drawn = chance(str(topic))
    assert all(low <= drawn.between(low, low + width) <= low + width for _ in range(20))


@given(st.integers(0, 10**6))
def test_the_same_topic_gives_the_same_numbers(topic: int) -> None:
    first, second = chance(str(topic)), chance(str(topic))
    assert [first.between(0, 999) for _ in range(30)] == [second.between(0, 999) for _ in range(30)]


def test_options_come_as_often_as_their_weights_say() -> None:
    drawn = chance("weights")
    counts = Counter(drawn.weighted((("a", 1), ("b", 3), ("c", 0))) for _ in range(8000))
    assert set(counts) == {"a", "b"}
    # Four standard deviations of a binomial with n = 8000, p = 1/4.
    assert abs(counts["a"] - 2000) < 4 * (8000 * 0.25 * 0.75) ** 0.5


def test_something_certain_happens_and_something_impossible_does_not() -> None:
    drawn = chance("edges")
    assert all(drawn.happens(1.0) for _ in range(100))
    assert not any(drawn.happens(0.0) for _ in range(100))


def test_a_topic_never_runs_dry() -> None:
    drawn = chance("long")
    assert len({drawn.hex_digits(16) for _ in range(50)}) == 50
