"""Allocation and reserve: exact shares, bounds, and no dependence on order or scale."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sampling.allocation import sharing
from sampling.errors import PlanError
from sampling.plan import Allocation
from sampling.reserve import reserve_for

names = st.text(alphabet="ABCdé/ |", min_size=1, max_size=4)
frames = st.dictionaries(names, st.integers(1, 300), min_size=1, max_size=9)
allocations = st.sampled_from([Allocation.PROPORTIONAL, Allocation.EQUAL])


def allocate(
    frame: dict[str, int],
    n: int,
    *,
    allocation: Allocation,
    minimum: int,
    maximum: int | None = None,
) -> dict[str, int]:
    shares = sharing(frame, allocation=allocation, minimum=minimum, maximum=maximum)
    return shares.share_out(n)


def bounds(frame: dict[str, int], minimum: int, maximum: int | None) -> tuple[int, int]:
    least = sum(min(max(minimum, 2), population) for population in frame.values())
    return least, sum(min(maximum or population, population) for population in frame.values())


def share_by_bisection(
    frame: dict[str, int], n: int, allocation: Allocation, minimum: int
) -> dict[str, Fraction]:
    """Find the shares by halving the factor 80 times instead of by breakpoints."""
    weights = {
        name: population if allocation is Allocation.PROPORTIONAL else 1
        for name, population in frame.items()
    }

    def shares(factor: Fraction) -> dict[str, Fraction]:
        return {
            name: min(
                max(factor * weights[name], Fraction(min(max(minimum, 2), most))), Fraction(most)
            )
            for name, most in frame.items()
        }

    low, high = Fraction(0), Fraction(max(frame.values()))
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(shares(middle).values()) < n else (low, middle)
    return shares(high)


@given(frames, allocations, st.integers(0, 20), st.data())
def test_an_allocation_adds_up_and_stays_near_its_exact_shares(
    frame: dict[str, int], allocation: Allocation, minimum: int, data: st.DataObject
) -> None:
    least, most = bounds(frame, minimum, None)
    n = data.draw(st.integers(least, most))
    sizes = allocate(frame, n, allocation=allocation, minimum=minimum)
    shares = share_by_bisection(frame, n, allocation, minimum)
    assert sum(sizes.values()) == n
    assert list(sizes) == sorted(frame, key=str.encode)
    for name, size in sizes.items():
        assert min(max(minimum, 2), frame[name]) <= size <= frame[name]
        assert abs(size - shares[name]) < 1 + Fraction(1, 10**9)


@given(frames, allocations, st.randoms(use_true_random=False), st.data())
def test_the_order_of_the_strata_never_matters(
    frame: dict[str, int], allocation: Allocation, chance: random.Random, data: st.DataObject
) -> None:
    n = data.draw(st.integers(*bounds(frame, 2, None)))
    shuffled = list(frame.items())
    chance.shuffle(shuffled)
    assert allocate(dict(shuffled), n, allocation=allocation, minimum=2) == allocate(
        frame, n, allocation=allocation, minimum=2
    )


@given(frames, allocations, st.integers(2, 40), st.data())
def test_no_stratum_gets_more_than_the_maximum(
    frame: dict[str, int], allocation: Allocation, maximum: int, data: st.DataObject
) -> None:
    n = data.draw(st.integers(*bounds(frame, 2, maximum)))
    sizes = allocate(frame, n, allocation=allocation, minimum=2, maximum=maximum)
    assert sum(sizes.values()) == n
    assert max(sizes.values()) <= maximum


@given(st.dictionaries(names, st.integers(2, 12), min_size=1, max_size=3), st.data())
def test_a_proportional_allocation_is_the_closest_whole_one(
    frame: dict[str, int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(*bounds(frame, 2, None)))
    sizes = allocate(frame, n, allocation=Allocation.PROPORTIONAL, minimum=2)
    shares = share_by_bisection(frame, n, Allocation.PROPORTIONAL, 2)

    def distance(candidate: dict[str, int]) -> Fraction:
        return sum(((candidate[name] - shares[name]) ** 2 for name in frame), Fraction(0))

    nearest = min(
        distance(dict(zip(frame, counts, strict=True)))
        for counts in product(*(range(2, most + 1) for most in frame.values()))
        if sum(counts) == n
    )
    assert distance(sizes) <= nearest + Fraction(1, 10**9)


def test_equal_allocation_gives_every_stratum_the_same_as_far_as_it_reaches() -> None:
    frame = {"a": 5, "b": 100, "c": 1000, "d": 1}
    sizes = allocate(frame, 66, allocation=Allocation.EQUAL, minimum=2)
    assert sizes == {"a": 5, "b": 30, "c": 30, "d": 1}


def test_proportional_allocation_follows_the_frame_and_keeps_the_minimum() -> None:
    frame = {"rare": 40, "north": 4000, "south": 6000}
    sizes = allocate(frame, 120, allocation=Allocation.PROPORTIONAL, minimum=20)
    assert sizes == {"north": 40, "rare": 20, "south": 60}


def test_ties_go_to_the_larger_weight_and_then_to_the_smaller_name() -> None:
    assert allocate({"b": 10, "a": 10}, 5, allocation=Allocation.EQUAL, minimum=2) == {
        "a": 3,
        "b": 2,
    }
    uneven = allocate({"a": 10, "b": 30}, 6, allocation=Allocation.PROPORTIONAL, minimum=0)
    assert uneven == {"a": 2, "b": 4}
    halves = allocate({"a": 50, "b": 150}, 10, allocation=Allocation.PROPORTIONAL, minimum=0)
    assert halves == {"a": 2, "b": 8}


def test_names_are_compared_by_their_bytes() -> None:
    sizes = allocate({"é": 9, "z": 9, "Z": 9}, 8, allocation=Allocation.EQUAL, minimum=2)
    assert sizes == {"Z": 3, "z": 3, "é": 2}
    assert list(sizes) == ["Z", "z", "é"]


@given(frames, st.integers(0, 20), st.integers(-5, 3000))
def test_what_is_not_feasible_is_refused_with_the_range(
    frame: dict[str, int], minimum: int, n: int
) -> None:
    least, most = bounds(frame, minimum, None)
    assume(not least <= n <= most)
    with pytest.raises(PlanError, match=f"between {least} and {most} records"):
        allocate(frame, n, allocation=Allocation.PROPORTIONAL, minimum=minimum)


def test_frames_and_bounds_that_make_no_sense_are_refused() -> None:
    def plan(frame: dict[str, int], minimum: int, maximum: int | None = None) -> None:
        allocate(frame, 10, allocation=Allocation.EQUAL, minimum=minimum, maximum=maximum)

    for frame in ({}, {"a": 0, "b": 20}):
        with pytest.raises(PlanError, match="at least one record"):
            plan(frame, 2)
    with pytest.raises(PlanError, match="0 or more"):
        plan({"a": 20}, -1)
    with pytest.raises(PlanError, match="raise the maximum or lower the minimum"):
        plan({"a": 20, "b": 20}, 5, 4)


def test_a_reserve_in_per_cent_is_rounded_up_in_each_stratum() -> None:
    sizes = {"a": 41, "b": 40, "c": 2, "census": 7}
    frame = {"a": 400, "b": 42, "c": 300, "census": 7}
    assert reserve_for(sizes, frame, "10%") == {"a": 5, "b": 2, "c": 1, "census": 0}
    assert reserve_for(sizes, frame, "2.5%") == {"a": 2, "b": 1, "c": 1, "census": 0}
    assert reserve_for(sizes, frame, "0%") == dict.fromkeys(sizes, 0)


def test_a_reserve_in_records_is_split_like_the_sample() -> None:
    frame = {"a": 400, "b": 600, "c": 11}
    sizes = {"a": 40, "b": 60, "c": 10}
    assert reserve_for(sizes, frame, "22") == {"a": 8, "b": 13, "c": 1}
    assert reserve_for(sizes, frame, "0") == {"a": 0, "b": 0, "c": 0}


@given(frames, st.data())
def test_a_reserve_never_takes_more_than_a_stratum_has_left(
    frame: dict[str, int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(*bounds(frame, 2, None)))
    sizes = allocate(frame, n, allocation=Allocation.PROPORTIONAL, minimum=2)
    left = sum(frame.values()) - n
    total = data.draw(st.integers(0, left))
    for rule in (str(total), "33%"):
        reserve = reserve_for(sizes, frame, rule)
        assert all(0 <= reserve[name] <= frame[name] - sizes[name] for name in frame)
    assert sum(reserve_for(sizes, frame, str(total)).values()) == total
    with pytest.raises(PlanError, match=f"{left} records left"):
        reserve_for(sizes, frame, str(left + 1))


@pytest.mark.parametrize("rule", ["", "-1", "ten", "10 %", "1.5", "101%", "1e2", "%", "١٠", "10%%"])
def test_other_ways_to_write_a_reserve_are_refused(rule: str) -> None:
    with pytest.raises(PlanError, match="A reserve is a number of records"):
        reserve_for({"a": 10}, {"a": 100}, rule)
