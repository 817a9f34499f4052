"""The searches for exact limits of strata: the same wherever they begin, and short."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sampling.estimation import Method, StratumCount, stratified
from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.certified_tail import certified_tail
from sampling.estimation.stratified_certified import (
    _Counted,
    _greatest,
    stratified_certified_counts,
)
from sampling.estimation.stratified_exact import stratified_exact_counts
from sampling.estimation.weighted_bound import weighted_tail
from sampling.estimation.weighted_tilt import WeightedStrata

Counts = tuple[tuple[int, int, int], ...]

FIVE = ((400, 40, 2), (300, 30, 1), (500, 50, 6), (200, 20, 0), (350, 35, 4))
SMALL = ((40, 8, 1), (30, 6, 0))
ALL_YES = ((40, 8, 8), (30, 6, 5))
RARE = ((2000, 100, 0), (1500, 75, 1), (900, 45, 0))
TINY = ((6, 3, 1), (5, 2, 0))
UNEVEN = tuple((200 + 300 * h, 100, 5) for h in range(8))
RARE_AND_UNEVEN = ((1200, 96, 5), (8000, 304, 21))
FAR_APART = ((1001, 29, 2), (5057, 936, 20))
HALF = ((40, 20, 2), (60, 10, 1))
BIG = ((60_000, 120, 6), (30_000, 60, 3), (10_000, 20, 1))
MANY = ((100_000, 300, 60), (20_000, 100, 30))
HUGE = ((400_000, 200, 0), (100_000, 200, 9))
NONE = ((5000, 50, 0), (4000, 80, 0))
ALMOST = ((5000, 50, 48), (4000, 80, 80))
ANYWHERE = ((0.0, 1.0), (0.02, 0.05), (0.5, 0.5), (1.0, 0.0), (0.9, 0.95))


def strata(counts: Counts) -> list[StratumCount]:
    return [StratumCount(str(h), *each) for h, each in enumerate(counts)]


@pytest.mark.parametrize(
    ("search", "counts"),
    [
        *((stratified_certified_counts, counts) for counts in (FIVE, SMALL, ALL_YES)),
        *((stratified_exact_counts, counts) for counts in (FIVE, SMALL, ALL_YES, TINY)),
    ],
)
def test_limits_do_not_depend_on_where_the_search_begins(
    counts: Counts, search: Callable[..., tuple[int, int]]
) -> None:
    found = {search(strata(counts), alpha=0.05, near=near) for near in ANYWHERE}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("search", "limits"),
    [(stratified_certified_counts, (4, 34)), (stratified_exact_counts, (5, 33))],
)
def test_the_last_number_is_found_from_every_side(
    search: Callable[..., tuple[int, int]], limits: tuple[int, int]
) -> None:
    sample = strata(((40, 8, 2), (30, 6, 1)))
    nears = [(1 - at / 20, at / 20) for at in range(21)]
    assert {search(sample, alpha=0.05, near=near) for near in nears} == {limits}


@pytest.mark.parametrize(("counts", "most"), [(FIVE, 8), (SMALL, 4), (RARE, 6)])
def test_certified_limits_are_found_with_few_bounds(
    counts: Counts, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds: list[float] = []

    def counted(*arguments: object) -> float:
        bounds.append(certified_tail(*arguments))  # type: ignore[arg-type]  # handed on as they are
        return bounds[-1]

    monkeypatch.setattr("sampling.estimation.stratified_certified.certified_tail", counted)
    stratified(strata(counts), confidence=0.951, method=Method.STRATIFIED_CERTIFIED)
    assert 0 < len(bounds) <= most


@pytest.mark.parametrize(
    ("counts", "most"), [(UNEVEN, 15), (RARE_AND_UNEVEN, 16), (FAR_APART, 27), (HALF, 20)]
)
def test_certified_limits_of_uneven_strata_take_a_few_more(
    counts: Counts, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds: list[float] = []

    def counted(lines: WeightedStrata, marked: int, tilt: float) -> float:
        bounds.append(weighted_tail(lines, marked, tilt))
        return bounds[-1]

    monkeypatch.setattr("sampling.estimation.stratified_certified.weighted_tail", counted)
    stratified(strata(counts), confidence=0.951, method=Method.STRATIFIED_CERTIFIED)
    assert 0 < len(bounds) <= most


@pytest.mark.parametrize("counts", [FIVE, SMALL, RARE, ALL_YES])
@pytest.mark.parametrize("near", [0.01, 0.2, 0.9])
def test_a_certified_limit_is_the_last_number_that_its_bound_keeps(
    counts: Counts, near: float
) -> None:
    tails = _Counted(strata(counts))
    greatest = _greatest(tails, 0.02, near)
    assert tails.least <= greatest <= tails.most
    assert greatest == tails.least or tails.at(greatest) > 0.02
    assert greatest == tails.most or tails.at(greatest + 1) <= 0.02


@pytest.mark.parametrize(
    ("counts", "most"),
    [(FIVE, 10), (SMALL, 5), (RARE, 7), (BIG, 14), (MANY, 23), (HUGE, 17), (NONE, 7), (ALMOST, 13)],
)
def test_searched_limits_are_found_with_few_searches(
    counts: Counts, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[int] = []
    for depth in ("quick", "deep"):
        whole = getattr(GreatestTail, depth)

        def counted(self: GreatestTail, marked: int, near: object, whole: object = whole) -> object:
            searches.append(marked)
            return whole(self, marked, near)  # type: ignore[operator]  # one of two methods

        monkeypatch.setattr(GreatestTail, depth, counted)
    stratified(strata(counts), confidence=0.951, method=Method.STRATIFIED_EXACT)
    assert 0 < len(searches) <= most
