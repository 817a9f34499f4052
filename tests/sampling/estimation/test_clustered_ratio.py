"""Ratios of persons over records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import ClusterCount, DomainCount, Method, domain, ratio
from sampling.estimation.linearised import linearise, of_clusters

NONE, ONE, DUAL = (0, 0), (0, 1), (2, 2)


def test_ratio_and_standard_error_agree_with_svyratio(
    cases_of: Callable[..., list[dict[str, Any]]],
    clusters_of: Callable[[dict[str, Any]], list[ClusterCount]],
) -> None:
    compared = 0
    for case in cases_of("design_srs_fpc", "design_stratified_fpc"):
        expected = case["expected"].get("ratio")
        if not expected:
            continue
        compared += 1
        made = linearise(of_clusters(clusters_of(case["inputs"])))
        assert float(made.ratio) == pytest.approx(expected["ratio"], abs=1e-12)
        assert float(made.variance) ** 0.5 == pytest.approx(expected["se"], abs=1e-12)
    assert compared == 7


def test_one_person_a_record_is_the_group_of_records_with_a_person() -> None:
    strata, counts = [], []
    for name, population, yes, no, outside in (("a", 400, 3, 20, 7), ("b", 150, 5, 8, 2)):
        pairs = ((1, 1),) * yes + (ONE,) * no + (NONE,) * outside
        strata.append(ClusterCount(name, population, pairs))
        counts.append(DomainCount(name, population, len(pairs), yes + no, yes))
    made, expected = ratio(strata), domain(counts)
    assert (made.lower, made.upper) == (expected.lower, expected.upper)
    assert made.effective_n == expected.effective_n


def test_persons_of_one_record_are_not_counted_as_independent() -> None:
    dual = ClusterCount("all", 10_000, (DUAL,) * 10 + (ONE,) * 180)
    apart = ClusterCount("all", 10_000, ((1, 1),) * 20 + (ONE,) * 180)
    together, independent = ratio([dual]), ratio([apart])
    assert together.estimate == independent.estimate == 0.1
    assert (together.effective_n or 0) < 0.6 * (independent.effective_n or 0)


def test_none_seen_gives_an_upper_limit_that_allows_for_clustering() -> None:
    only_single = ClusterCount("all", 10_000, (ONE,) * 100)
    plain, allowing = ratio([only_single]), ratio([only_single], largest=2)
    assert plain.lower == allowing.lower == 0
    assert 0 < plain.upper < allowing.upper < 1
    assert allowing.effective_n == pytest.approx(100 / (0.99 * 2))


@st.composite
def some_clusters(draw: st.DrawFn) -> list[ClusterCount]:
    strata = []
    for h in range(draw(st.integers(1, 4))):
        pairs = draw(
            st.lists(st.sampled_from([NONE, ONE, (1, 1), (1, 2), DUAL]), min_size=2, max_size=30)
        )
        population = len(pairs) + draw(st.integers(0, 500))
        strata.append(ClusterCount(f"stratum {h}", population, tuple(pairs)))
    return strata


@given(some_clusters().filter(lambda strata: any(b for s in strata for _, b in s.pairs)))
def test_the_interval_holds_the_estimate_and_is_never_a_point(strata: list[ClusterCount]) -> None:
    made = ratio(strata)
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    if made.method is not Method.CENSUS:
        assert made.lower < made.upper


def test_all_drawn_is_a_census() -> None:
    made = ratio([ClusterCount("all", 3, (DUAL, ONE, NONE))])
    assert made.method is Method.CENSUS
    assert made.lower == made.upper == 2 / 3


@pytest.mark.parametrize(
    ("strata", "largest", "sentence"),
    [
        ([ClusterCount("a", 9, ((2, 1), ONE))], None, "0 to 1"),
        ([ClusterCount("a", 9, (NONE, NONE))], None, "no ratio"),
        ([ClusterCount("a", 9, (ONE,))], None, "two coded records"),
        ([ClusterCount("a", 9, (DUAL, ONE))], 1, "at least what was seen"),
    ],
)
def test_pairs_that_are_no_ratio_are_refused(
    strata: list[ClusterCount], largest: int | None, sentence: str
) -> None:
    with pytest.raises(EstimationError, match=sentence):
        ratio(strata, largest=largest)
