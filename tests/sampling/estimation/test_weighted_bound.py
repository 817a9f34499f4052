"""The certified bound with weights against every allocation, and the interval that rests on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.estimation import Method, StratumCount, design_weights, method_of, stratified
from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.tilted_strata import hypergeometric_rows
from sampling.estimation.weighted_bound import weighted_tail
from sampling.estimation.weighted_sample import WeightedSample
from sampling.estimation.weighted_tilt import WeightedStrata

Ways = Callable[[int, int, int], tuple[int, ...]]
Weighted = list[tuple[StratumCount, int]]

EIGHT = tuple((200 + 300 * h, 100) for h in range(8))


def at_rate(design: Sequence[tuple[int, int]], rate: float) -> list[StratumCount]:
    return [
        StratumCount(f"stratum {h}", size, n, round(rate * n)) for h, (size, n) in enumerate(design)
    ]


def width(strata: Sequence[StratumCount], method: Method) -> float:
    made = stratified(strata, method=method)
    return made.upper - made.lower


def greatest_tails(sample: Weighted, ways: Ways) -> dict[int, float]:
    """The greatest P(S <= seen), S the weighted count, of each M, over every allocation."""
    score = sum(k * s.yes for s, k in sample)
    spreads: list[dict[int, np.ndarray]] = []
    for s, k in sample:
        of_one = {}
        for marked in range(s.yes, s.population - s.sample + s.yes + 1):
            chances = np.zeros(k * s.sample + 1)
            chances[::k] = ways(marked, s.sample, s.population)
            of_one[marked] = chances / chances.sum()
        spreads.append(of_one)
    greatest: dict[int, float] = {}
    for truth in itertools.product(*spreads):
        joint = np.ones(1)
        for of_one, marked in zip(spreads, truth, strict=True):
            joint = np.convolve(joint, of_one[marked])
        tail = float(joint[: score + 1].sum())
        greatest[sum(truth)] = max(greatest.get(sum(truth), 0.0), tail)
    return greatest


@st.composite
def a_small_sample(draw: st.DrawFn) -> Weighted:
    made = []
    for h in range(draw(st.integers(1, 3))):
        size = draw(st.integers(3, 8))
        n = draw(st.integers(2, size - 1))
        yes, weight = draw(st.integers(0, n)), draw(st.sampled_from((1, 2, 3, 17)))
        made.append((StratumCount(f"stratum {h}", size, n, yes), weight))
    return made


@given(a_small_sample(), st.floats(0.01, 4))
@settings(max_examples=25)
def test_no_allocation_exceeds_the_bound_at_any_weights_and_tilt(
    ways: Ways, sample: Weighted, tilt: float
) -> None:
    strata = WeightedStrata(*map(list, zip(*sample, strict=True)))
    for marked, tail in greatest_tails(sample, ways).items():
        assert weighted_tail(strata, marked, tilt) >= tail * (1 - 1e-9)


@pytest.mark.parametrize("tilt", [0.2, 0.5, 1.0])
def test_strata_that_are_alike_count_each_by_itself(ways: Ways, tilt: float) -> None:
    sample = [
        *((StratumCount(str(h), 7, 3, 1), 2) for h in range(3)),
        (StratumCount("", 9, 4, 0), 1),
    ]
    strata = WeightedStrata(*map(list, zip(*sample, strict=True)))
    bounds = {}
    for marked, tail in greatest_tails(sample, ways).items():
        bounds[marked] = weighted_tail(strata, marked, tilt)
        assert bounds[marked] >= tail * (1 - 1e-9)
    assert min(bounds.values()) < 0.5


@given(st.floats(0.05, 1.5), st.floats(0, 1), st.floats(0.3, 1.2), st.integers(0, 30))
@settings(max_examples=40)
def test_the_points_stand_above_every_line(tilt: float, s: float, dear: float, yes: int) -> None:
    size, n, k = 900, 30, 3
    price = -dear * tilt * k * n / size
    points = WeightedStrata([StratumCount("only", size, n, yes)], [k]).tilted(tilt)
    assert len(points.marked) < 200
    marked = np.arange(yes, size - n + yes + 1)
    chances, x = hypergeometric_rows(size, n, marked), np.arange(n + 1)
    tilted = chances * np.exp(-tilt * k * x)
    mean = tilted.sum(axis=1)
    tilted /= mean[:, None]
    variance = tilted @ x**2 - (tilted @ x) ** 2
    lines = np.log(mean) - s * variance - price * marked
    over = points.log_mean - s * points.variance - price * points.marked
    assert over.max() >= lines.max() - 1e-9 * (1 + abs(lines.max()))


@pytest.mark.parametrize(("rate", "more"), [(0.08, 1.35), (0.4, 1.1)])
def test_the_bound_is_just_above_what_the_search_finds(rate: float, more: float) -> None:
    strata = at_rate(EIGHT, rate)
    sizes, samples = zip(*EIGHT, strict=True)
    yes, weight = tuple(s.yes for s in strata), design_weights(sizes, samples)
    marked = round(more * rate * sum(sizes))
    search = GreatestTail(WeightedSample(sizes, samples, yes, weight))
    found, _ = search.deep(marked, yes)
    lines = WeightedStrata(strata, weight)
    deviation = sum(k * k * n for k, n in zip(weight, samples, strict=True)) * rate * (1 - rate)
    bounds = [weighted_tail(lines, marked, c / deviation**0.5) for c in (2.0, 2.4, 2.8)]
    assert found <= min(bounds) <= 1.06 * found


@pytest.mark.parametrize("rate", [0.08, 0.2])
def test_uneven_strata_are_certified_narrower_than_the_search_makes_them(rate: float) -> None:
    strata = at_rate(EIGHT, rate)
    assert method_of(strata) is Method.STRATIFIED_EXACT
    certified = width(strata, Method.STRATIFIED_CERTIFIED)
    assert certified <= width(strata, Method.STRATIFIED_EXACT)


def test_few_yes_in_uneven_strata_cost_a_tenth_of_the_width_at_most() -> None:
    strata = at_rate(EIGHT, 0.01)
    certified = width(strata, Method.STRATIFIED_CERTIFIED)
    assert certified <= 1.1 * width(strata, Method.STRATIFIED_EXACT)


TWO_RARE = ((1200, 96, 5), (8000, 304, 21))
TWO_FAR_APART = ((1001, 29, 2), (5057, 936, 20))
TWELVE = (
    (1385, 233, 1), (1573, 80, 3), (1838, 240, 4), (1943, 42, 0), (2481, 353, 7), (2594, 219, 9),
    (2752, 113, 0), (3556, 104, 2), (4427, 801, 3), (4917, 691, 10), (5158, 761, 21),
    (5838, 892, 30),
)  # fmt: skip


@pytest.mark.parametrize("design", [TWO_RARE, TWO_FAR_APART, TWELVE])
def test_both_limits_are_found_where_bounds_of_1_lie_around_them(
    design: Sequence[tuple[int, int, int]],
) -> None:
    strata = [StratumCount(str(h), *each) for h, each in enumerate(design)]
    made, searched = (
        stratified(strata, method=method)
        for method in (Method.STRATIFIED_CERTIFIED, Method.STRATIFIED_EXACT)
    )
    below = (searched.estimate - searched.lower, made.estimate - made.lower)
    above = (searched.upper - searched.estimate, made.upper - made.estimate)
    for narrow, wide in (below, above):
        assert wide <= 1.2 * narrow


def test_order_and_names_of_uneven_strata_change_nothing() -> None:
    strata = at_rate(EIGHT, 0.05)
    renamed = [StratumCount(f"other {s.name}", s.population, s.sample, s.yes) for s in strata]
    made = [
        stratified(one, method=Method.STRATIFIED_CERTIFIED)
        for one in (strata, strata[::-1], renamed)
    ]
    assert made[0] == made[1] == made[2]


def test_counts_of_yes_and_no_mirror_each_other() -> None:
    strata = at_rate(EIGHT, 0.1)
    no = [StratumCount(s.name, s.population, s.sample, s.sample - s.yes) for s in strata]
    made = stratified(strata, method=Method.STRATIFIED_CERTIFIED)
    mirrored = stratified(no, method=Method.STRATIFIED_CERTIFIED)
    assert mirrored.lower == pytest.approx(1 - made.upper, abs=1e-12)
    assert mirrored.upper == pytest.approx(1 - made.lower, abs=1e-12)
