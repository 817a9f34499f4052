"""The certified bound against every allocation, and the interval that rests on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.estimation import Method, StratumCount, key_of, method_of, preview, stratified
from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.certified_tail import certified_tail, good_tilt
from sampling.estimation.tilted_strata import Strata
from sampling.estimation.weighted_sample import WeightedSample

Ways = Callable[[int, int, int], tuple[int, ...]]

THIRTY_TWO = tuple((200 + 60 * h, round((200 + 60 * h) * 2000 / 36160)) for h in range(32))
EIGHT = tuple((200 + 100 * h, 10 + 5 * h) for h in range(8))


def counts(design: Sequence[tuple[int, int]], yes: Sequence[int]) -> list[StratumCount]:
    return [
        StratumCount(f"stratum {h}", size, n, x)
        for h, ((size, n), x) in enumerate(zip(design, yes, strict=True))
    ]


def at_rate(design: Sequence[tuple[int, int]], rate: float) -> list[StratumCount]:
    return counts(design, [round(rate * n) for _, n in design])


def greatest_tails(strata: Sequence[StratumCount], ways: Ways) -> dict[int, float]:
    """The greatest P(S <= observed) of each number of yes, over every allocation."""
    score = sum(s.yes for s in strata)
    boxes = [range(s.yes, s.population - s.sample + s.yes + 1) for s in strata]
    greatest: dict[int, float] = {}
    for truth in itertools.product(*boxes):
        chances = np.ones(1)
        for s, marked in zip(strata, truth, strict=True):
            of_one = np.array(ways(marked, s.sample, s.population), dtype=float)
            chances = np.convolve(chances, of_one / of_one.sum())
        tail = float(chances[: score + 1].sum())
        greatest[sum(truth)] = max(greatest.get(sum(truth), 0.0), tail)
    return greatest


@st.composite
def a_small_sample(draw: st.DrawFn) -> list[StratumCount]:
    made = []
    for h in range(draw(st.integers(1, 4))):
        size = draw(st.integers(3, 9))
        n = draw(st.integers(2, size - 1))
        made.append(StratumCount(f"stratum {h}", size, n, draw(st.integers(0, n))))
    return made


@given(a_small_sample(), st.floats(0.05, 8))
@settings(max_examples=60)
def test_no_allocation_exceeds_the_bound_at_any_tilt(
    ways: Ways, strata: list[StratumCount], tilt: float
) -> None:
    tables, score = Strata(strata), sum(s.yes for s in strata)
    for marked, tail in greatest_tails(strata, ways).items():
        assert certified_tail(tables, marked, score, tilt) >= tail * (1 - 1e-9)


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.08, 0.25])
def test_the_bound_is_within_a_twentieth_of_what_the_search_finds(rate: float) -> None:
    strata = at_rate(EIGHT, rate)
    made = stratified(strata, method=Method.STRATIFIED_CERTIFIED)
    sizes, samples = zip(*EIGHT, strict=True)
    yes = tuple(s.yes for s in strata)
    search = GreatestTail(WeightedSample(sizes, samples, yes, (1,) * 8))
    marked = round(made.upper * sum(sizes)) + 1
    found, _ = search.deep(marked, yes)
    assert 0.025 * 0.95 <= found <= 0.025


def test_a_tilt_that_is_too_large_or_too_small_only_loses() -> None:
    strata = at_rate(EIGHT, 0.08)
    tables, score = Strata(strata), sum(s.yes for s in strata)
    good = good_tilt(26.0, 22.0, score)
    best = certified_tail(tables, 520, score, good)
    assert best < certified_tail(tables, 520, score, good * 3)
    assert best < certified_tail(tables, 520, score, good / 3)


def test_thirty_two_strata_are_certified_about_as_narrow_as_the_approximate_interval() -> None:
    strata = at_rate(THIRTY_TWO, 0.06)
    made = stratified(strata)
    assert made.method is Method.STRATIFIED_CERTIFIED
    preview = stratified(strata, method=Method.KORN_GRAUBARD_CAPPED)
    assert made.upper - made.lower <= 1.03 * (preview.upper - preview.lower)


def test_the_method_rests_on_the_sizes_alone() -> None:
    assert method_of(at_rate(EIGHT[:4], 0.1)) is Method.STRATIFIED_EXACT
    assert method_of(at_rate(EIGHT, 0.1)) is Method.STRATIFIED_CERTIFIED
    assert method_of(at_rate(EIGHT, 0.0)) is Method.STRATIFIED_CERTIFIED
    uneven = [(size, 20) for size, _ in EIGHT]
    assert method_of(at_rate(uneven, 0.1)) is Method.STRATIFIED_EXACT
    with_census = [*at_rate(EIGHT[:4], 0.1), StratumCount("whole", 30, 30, 1)]
    assert method_of(with_census) is Method.STRATIFIED_EXACT
    one = [StratumCount("part", 300, 30, 1), StratumCount("whole", 30, 30, 1)]
    assert method_of(one) is Method.HYPERGEOMETRIC_BLAKER
    assert method_of(one[1:]) is Method.CENSUS


@pytest.mark.parametrize(
    ("samples", "method"),
    [
        ((46, 50, 50, 50, 55), Method.STRATIFIED_CERTIFIED),
        ((44, 50, 50, 50, 56), Method.STRATIFIED_EXACT),
    ],
)
def test_fractions_may_differ_by_four_per_cent_to_be_certified(
    samples: tuple[int, ...], method: Method
) -> None:
    assert method_of([StratumCount(str(h), 500, n, 3) for h, n in enumerate(samples)]) is method


def test_a_frame_too_large_for_the_tables_is_searched() -> None:
    huge = [(400_000 + 1000 * h, 200) for h in range(8)]
    assert method_of(at_rate(huge, 0.1)) is Method.STRATIFIED_EXACT


@given(st.integers(0, 8), st.integers(0, 8))
@settings(max_examples=10)
def test_one_more_yes_never_lowers_a_limit(where: int, seen: int) -> None:
    design = ((60, 12), (80, 16), (40, 8), (50, 10), (70, 14))
    yes = [min(seen + h, n - 1) for h, (_, n) in enumerate(design)]
    method = method_of(counts(design, yes))
    fewer = stratified(counts(design, yes), method=method)
    yes[where % 5] += 1
    more = stratified(counts(design, yes), method=method)
    assert method is Method.STRATIFIED_CERTIFIED
    assert fewer.lower <= more.lower
    assert fewer.upper <= more.upper


def test_more_confidence_is_wider() -> None:
    made = [
        stratified(at_rate(EIGHT, 0.08), confidence=c, method=Method.STRATIFIED_CERTIFIED)
        for c in (0.8, 0.9, 0.95, 0.99)
    ]
    for narrow, wide in itertools.pairwise(made):
        assert wide.lower < narrow.lower
        assert narrow.upper < wide.upper


def test_the_default_is_the_method_of_the_design() -> None:
    for design in (EIGHT, EIGHT[:3], EIGHT[:1]):
        strata = at_rate(design, 0.1)
        assert stratified(strata).method is method_of(strata)


def test_a_preview_is_approximate_only_where_the_interval_takes_time() -> None:
    assert preview(at_rate(EIGHT, 0.1)).method is Method.KORN_GRAUBARD_CAPPED
    one = [StratumCount("part", 300, 30, 1), StratumCount("whole", 30, 30, 1)]
    assert preview(one) == stratified(one)


def test_a_key_says_all_that_the_interval_rests_on_and_no_name() -> None:
    strata = counts(((200, 20), (300, 30)), (3, 1))
    key = key_of(strata, confidence=0.95)
    assert key == "stratified-exact|0.95|200:20:3,300:30:1"
    renamed = [StratumCount(f"other {s.yes}", s.population, s.sample, s.yes) for s in strata]
    assert key_of(renamed[::-1], confidence=0.95) == key
    assert key_of(strata, confidence=0.9) != key
    assert key_of(counts(((200, 20), (300, 30)), (1, 3)), confidence=0.95) != key
