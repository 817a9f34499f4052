"""The exact stratified methods, against every allocation and every outcome."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sampling.estimation import Method, StratumCount, design_weights, stratified
from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.stratified_proportional import (
    are_too_large,
    stratified_proportional_counts,
)
from sampling.estimation.tail import tail_counts
from sampling.estimation.weighted_sample import WeightedSample

Ways = Callable[[int, int, int], tuple[int, ...]]
Design = tuple[tuple[int, int], ...]

PROVEN = (
    Method.STRATIFIED_EXACT,
    Method.STRATIFIED_CERTIFIED,
    Method.STRATIFIED_PROPORTIONAL,
)


def strata(design: Design, yes: Sequence[int]) -> list[StratumCount]:
    return [
        StratumCount(f"stratum {h}", size, n, x)
        for h, ((size, n), x) in enumerate(zip(design, yes, strict=True))
    ]


def outcomes(design: Design) -> Iterator[tuple[int, ...]]:
    return itertools.product(*(range(n + 1) for _, n in design))


def allocations(design: Design) -> Iterator[tuple[int, ...]]:
    return itertools.product(*(range(size + 1) for size, _ in design))


def probabilities(ways: Ways, design: Design, truth: Sequence[int]) -> NDArray[np.float64]:
    """Probability of every outcome, in the order of :func:`outcomes`."""
    joint = np.ones(1)
    for (size, n), marked in zip(design, truth, strict=True):
        counts = np.array(ways(marked, n, size), dtype=float)
        joint = np.multiply.outer(joint, counts / counts.sum()).ravel()
    return joint


@pytest.mark.parametrize("method", PROVEN)
@pytest.mark.parametrize(
    "design",
    [
        ((8, 3), (6, 2)),
        ((12, 6), (6, 2)),
        ((10, 2), (4, 3)),
        ((6, 3), (6, 3), (4, 2)),
        ((5, 2), (4, 2), (3, 2), (3, 2)),
    ],
)
def test_coverage_is_at_least_nominal_for_every_allocation(
    method: Method, design: Design, ways: Ways
) -> None:
    total = sum(size for size, _ in design)
    limits = [stratified(strata(design, yes), method=method) for yes in outcomes(design)]
    lower = np.array([round(made.lower * total) for made in limits])
    upper = np.array([round(made.upper * total) for made in limits])
    for truth in allocations(design):
        holds = (lower <= sum(truth)) & (sum(truth) <= upper)
        covered = probabilities(ways, design, truth)[holds].sum()
        assert covered >= 0.95 - 1e-9, truth


@pytest.mark.parametrize(
    ("design", "yes"),
    [
        (((12, 6), (6, 2)), (2, 1)),
        (((12, 3), (12, 6)), (1, 0)),
        (((12, 4), (10, 3), (8, 5)), (1, 2, 0)),
        (((9, 4), (9, 3), (7, 2), (6, 3)), (0, 1, 0, 2)),
        (((40, 8), (25, 12)), (3, 1)),
        (((22, 5), (18, 8), (14, 4)), (0, 3, 1)),
    ],
)
def test_the_search_finds_the_greatest_tail_over_all_allocations(
    design: Design, yes: tuple[int, ...], ways: Ways
) -> None:
    sizes, samples = zip(*design, strict=True)
    weight = design_weights(sizes, samples)
    sample = WeightedSample(sizes, samples, yes, weight)
    scores = np.array(
        [sum(k * x for k, x in zip(weight, o, strict=True)) for o in outcomes(design)]
    )
    boxes = [range(low, high + 1) for low, high in zip(sample.least, sample.most, strict=True)]
    greatest: dict[int, float] = {}
    for truth in itertools.product(*boxes):
        tail = float(probabilities(ways, design, truth)[scores <= sample.score].sum())
        greatest[sum(truth)] = max(greatest.get(sum(truth), 0.0), tail)
    search = GreatestTail(sample)
    for marked, tail in greatest.items():
        found, where = search.deep(marked, sample.least)
        assert found == pytest.approx(tail, rel=1e-9, abs=1e-12)
        assert sum(where) == marked
    falling = [tail for _, tail in sorted(greatest.items())]
    assert all(a >= b - 1e-12 for a, b in itertools.pairwise(falling))


@pytest.mark.parametrize("method", ["stratified", "stratified_proportional"])
def test_the_vectors_of_the_prototype_are_reproduced(method: str, reference_folder: Path) -> None:
    vectors = json.loads((reference_folder / "estimation" / "prototype-vectors.json").read_text())
    names = {
        "stratified": Method.STRATIFIED_EXACT,
        "stratified_proportional": Method.STRATIFIED_PROPORTIONAL,
    }
    assert len(vectors[method]) == 7
    for vector in vectors[method]:
        design = tuple(zip(vector["N"], vector["n"], strict=True))
        made = stratified(strata(design, vector["x"]), method=names[method])
        total = sum(vector["N"])
        assert (round(made.lower * total), round(made.upper * total)) == (vector["L"], vector["U"])
        if "k_noncensus" in vector:
            assert list(design_weights(vector["N"], vector["n"])) == vector["k_noncensus"]


def test_the_deep_search_finds_what_the_quick_one_misses() -> None:
    sizes, samples, yes = (30, 36, 68, 90), (11, 4, 9, 9), (0, 1, 2, 0)
    search = GreatestTail(WeightedSample(sizes, samples, yes, design_weights(sizes, samples)))
    quick, where = search.quick(58, None)
    deep, _ = search.deep(58, where)
    assert quick <= 0.025 < deep
    made = stratified(
        strata(tuple(zip(sizes, samples, strict=True)), yes), method=Method.STRATIFIED_EXACT
    )
    assert round(made.upper * sum(sizes)) == 58


def test_the_bound_is_not_used_where_its_theorem_says_nothing() -> None:
    nearly_all = strata(((100, 98), (100, 98)), (0, 0))
    assert not are_too_large(nearly_all, np.array([1]), 0.025)[0]
    assert are_too_large(nearly_all, np.array([4]), 0.025)[0]


@given(st.data())
def test_one_stratum_gives_the_tail_interval(data: st.DataObject) -> None:
    size = data.draw(st.integers(4, 3000))
    n = data.draw(st.integers(2, min(size - 1, 200)))
    x = data.draw(st.integers(1, n - 1))
    made = stratified([StratumCount("all", size, n, x)], method=Method.STRATIFIED_EXACT)
    least, most = tail_counts(x, n, population=size, alpha=0.05)
    assert round(made.lower * size) == min(least, x * size // n)
    assert round(made.upper * size) == max(most, -(-x * size // n))


@st.composite
def a_sample(draw: st.DrawFn) -> list[StratumCount]:
    made = []
    for h in range(draw(st.integers(2, 3))):
        size = draw(st.integers(3, 50))
        n = draw(st.integers(2, min(size, 15)))
        made.append(StratumCount(f"stratum {h}", size, n, draw(st.integers(0, n))))
    return made


@given(a_sample(), st.sampled_from(PROVEN))
@settings(max_examples=12)
def test_limits_hold_the_estimate_mirror_and_ignore_order(
    sample: list[StratumCount], method: Method
) -> None:
    made = stratified(sample, method=method)
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    if made.method is not Method.CENSUS:
        assert (made.lower, made.upper) not in {(0.0, 0.0), (1.0, 1.0)}
    assert stratified(sample[::-1], method=method) == made
    no = [StratumCount(s.name, s.population, s.sample, s.sample - s.yes) for s in sample]
    mirrored = stratified(no, method=method)
    assert mirrored.lower == pytest.approx(1 - made.upper, abs=1e-12)
    assert mirrored.upper == pytest.approx(1 - made.lower, abs=1e-12)


@given(a_sample())
def test_the_proportional_bound_keeps_no_number_above_the_limit(
    sample: list[StratumCount],
) -> None:
    drawn = [s for s in sample if not s.is_census]
    if not drawn:
        return
    total, seen = sum(s.population for s in drawn), sum(s.yes for s in drawn)
    most = total - sum(s.sample for s in drawn) + seen
    every = np.arange(seen, most + 1)
    kept = every[~are_too_large(drawn, every, 0.025)]
    assert stratified_proportional_counts(drawn, alpha=0.05)[1] == kept[-1]


def test_census_strata_add_their_counts_and_change_nothing_else() -> None:
    drawn = [StratumCount("a", 300, 30, 3), StratumCount("b", 200, 20, 1)]
    for method in PROVEN:
        alone = stratified(drawn, method=method)
        made = stratified([*drawn, StratumCount("whole", 50, 50, 7)], method=method)
        assert round(made.lower * 550) == round(alone.lower * 500) + 7
        assert round(made.upper * 550) == round(alone.upper * 500) + 7
