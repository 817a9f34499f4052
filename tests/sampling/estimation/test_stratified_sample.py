"""Stratified samples: reference cases of R's survey package, edges, and what always holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import Method, StratumCount, single, stratified

Cases = Callable[..., list[dict[str, Any]]]
Strata = Callable[[dict[str, Any]], list[StratumCount]]

PREVIEW = Method.KORN_GRAUBARD_CAPPED
BY_VARIANCE = (Method.KORN_GRAUBARD_CAPPED, Method.KORN_GRAUBARD, Method.WILSON, Method.LOGIT)


@st.composite
def a_stratum(draw: st.DrawFn, name: str = "a", *, census: bool | None = None) -> StratumCount:
    population = draw(st.integers(3, 5000))
    sample = draw(st.integers(2, min(population - 1, 80)))
    if census or (census is None and draw(st.integers(0, 4)) == 0):
        population = sample
    yes = draw(st.one_of(st.integers(0, sample), st.sampled_from([0, sample])))
    return StratumCount(name, population, sample, yes)


@st.composite
def some_strata(draw: st.DrawFn, at_least: int = 2) -> list[StratumCount]:
    number = draw(st.integers(at_least, 6))
    return [draw(a_stratum(f"stratum {h}")) for h in range(number)]


def test_korn_graubard_wilson_and_logit_agree_with_svyciprop(
    cases_of: Cases, strata_of: Strata
) -> None:
    compared = 0
    methods = {Method.KORN_GRAUBARD: "beta", Method.WILSON: "wilson", Method.LOGIT: "logit"}
    for case in cases_of("design_srs_fpc", "design_stratified_fpc"):
        expected = case["expected"]["overall"]
        for method, theirs in methods.items():
            if not expected["se"] or f"svyciprop_{theirs}" not in expected:
                continue
            compared += 1
            made = stratified(
                strata_of(case["inputs"]),
                confidence=case["inputs"]["conf_level"],
                method=method,
            )
            limits = expected[f"svyciprop_{theirs}"]
            assert made.estimate == pytest.approx(expected["p"], abs=1e-12)
            assert made.lower == pytest.approx(limits["lower"], abs=1e-8)
            assert made.upper == pytest.approx(limits["upper"], abs=1e-8)
            assert made.design_effect == pytest.approx(expected["deff"], abs=1e-12)
            assert made.degrees_of_freedom == expected["degf"]
            variance = made.estimate * (1 - made.estimate) / (made.effective_n or 0)
            assert variance**0.5 == pytest.approx(expected["se"], abs=1e-12)
    assert compared == 27


def test_the_capped_rule_equals_the_published_one_where_no_cap_bites_and_is_else_wider(
    cases_of: Cases,
    strata_of: Strata,
) -> None:
    bitten = set()
    for case in cases_of("design_srs_fpc", "design_stratified_fpc"):
        strata = strata_of(case["inputs"])
        capped = stratified(strata, method=Method.KORN_GRAUBARD_CAPPED)
        published = stratified(strata, method=Method.KORN_GRAUBARD)
        bites = (capped.effective_n or 0) < (published.effective_n or 0)
        bitten.add(bites)
        assert capped.lower <= published.lower
        assert capped.upper >= published.upper
        if not bites:
            assert (capped.lower, capped.upper) == (published.lower, published.upper)
    assert bitten == {True, False}


def test_the_caps_are_the_numbers_of_their_definition() -> None:
    strata = [StratumCount("a", 400, 20, 10), StratumCount("b", 100, 20, 10)]
    even = stratified([StratumCount("a", 400, 20, 2), StratumCount("b", 100, 20, 20)])
    n0 = 1 / (0.64 * 0.95 * 400 / (399 * 20) + 0.04 * 0.8 * 100 / (99 * 20))
    assert even.effective_n == pytest.approx(n0, rel=1e-12)
    v = 0.64 * 0.95 * 0.25 / 19 + 0.04 * 0.8 * 0.25 / 19
    assert stratified(strata).effective_n == pytest.approx(min(0.25 / v, n0), rel=1e-12)
    none = stratified([StratumCount("a", 400, 20, 0), StratumCount("b", 100, 20, 0)])
    assert none.effective_n == pytest.approx(20 / (0.8 * 0.95), rel=1e-12)


def test_a_stratum_with_one_drawn_record_is_refused_until_collapsed(
    cases_of: Cases,
    strata_of: Strata,
) -> None:
    (case,) = cases_of("single_unit_stratum")[:1]
    inputs = case["inputs"]
    strata = strata_of(inputs)
    with pytest.raises(EstimationError, match="collapse it with the neighbour"):
        stratified(strata)
    a, b, c = strata
    joined = StratumCount(
        "b and c", b.population + c.population, b.sample + c.sample, b.yes + c.yes
    )
    assert 0 < stratified([a, joined]).lower < stratified([a, joined]).upper < 1


def test_one_stratum_equals_the_simple_sample() -> None:
    for method in (None, Method.HYPERGEOMETRIC_TAIL):
        only = stratified([StratumCount("all", 700, 60, 4)], method=method)
        assert only == single(4, 60, population=700, method=method)


@given(a_stratum(census=False), a_stratum("counted", census=True))
def test_a_counted_stratum_adds_its_yes_to_both_limits_of_the_other(
    drawn: StratumCount, counted: StratumCount
) -> None:
    made = stratified([drawn, counted])
    alone = single(drawn.yes, drawn.sample, population=drawn.population)
    population = drawn.population + counted.population
    assert made.method is Method.HYPERGEOMETRIC_BLAKER
    for limit, of_one in ((made.lower, alone.lower), (made.upper, alone.upper)):
        assert round(limit * population) == counted.yes + round(of_one * drawn.population)


@given(st.lists(a_stratum(census=True), min_size=1, max_size=4))
def test_strata_all_drawn_whole_are_a_census(strata: list[StratumCount]) -> None:
    named = [StratumCount(str(h), s.population, s.sample, s.yes) for h, s in enumerate(strata)]
    made = stratified(named)
    assert made.method is Method.CENSUS
    assert made.lower == made.estimate == made.upper
    assert made.estimate == sum(s.yes for s in named) / sum(s.population for s in named)


@given(some_strata(), st.sampled_from(BY_VARIANCE))
def test_limits_hold_the_estimate_and_what_was_seen(
    strata: list[StratumCount], method: Method
) -> None:
    made = stratified(strata, method=method)
    population = sum(s.population for s in strata)
    yes = sum(s.yes for s in strata)
    unseen = population - sum(s.sample for s in strata)
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    assert made.lower >= min(made.estimate, yes / population)
    assert made.upper <= max(made.estimate, (yes + unseen) / population)
    if made.method is not Method.CENSUS:
        assert (made.lower, made.upper) not in {(0.0, 0.0), (1.0, 1.0)}


@pytest.mark.parametrize(
    ("counts", "least", "most"),
    [
        (((8, 7, 6), (6, 5, 0)), 6, 7),
        (((8, 7, 1), (7, 6, 6)), 8, 9),
        (((4, 3, 0), (8, 7, 0)), 0, 1),
        (((4, 3, 3), (8, 7, 7)), 11, 12),
    ],
)
def test_limits_of_nearly_whole_strata_are_the_next_whole_numbers_around_the_estimate(
    counts: tuple[tuple[int, int, int], ...], least: int, most: int
) -> None:
    strata = [StratumCount(str(h), *each) for h, each in enumerate(counts)]
    made = stratified(strata, confidence=0.5, method=Method.STRATIFIED_EXACT)
    population = sum(size for size, _, _ in counts)
    assert (made.lower, made.upper) == (least / population, most / population)
    assert made.lower <= made.estimate <= made.upper


@given(some_strata(), st.randoms())
def test_the_order_of_strata_changes_nothing(strata: list[StratumCount], chance: object) -> None:
    turned = list(strata)
    chance.shuffle(turned)  # type: ignore[attr-defined] # hypothesis hands out random.Random
    one, other = stratified(strata, method=PREVIEW), stratified(turned, method=PREVIEW)
    assert (one.lower, one.upper) == pytest.approx((other.lower, other.upper), abs=1e-12)
    assert one.estimate == other.estimate


@given(some_strata())
def test_counting_no_instead_of_yes_mirrors_the_interval(strata: list[StratumCount]) -> None:
    mirrored = [StratumCount(s.name, s.population, s.sample, s.sample - s.yes) for s in strata]
    one, other = stratified(strata, method=PREVIEW), stratified(mirrored, method=PREVIEW)
    assert other.lower == pytest.approx(1 - one.upper, abs=1e-9)
    assert other.upper == pytest.approx(1 - one.lower, abs=1e-9)


@given(some_strata(), st.sampled_from(BY_VARIANCE))
def test_more_confidence_is_never_narrower(strata: list[StratumCount], method: Method) -> None:
    narrow = stratified(strata, confidence=0.9, method=method)
    wide = stratified(strata, confidence=0.99, method=method)
    assert wide.lower <= narrow.lower
    assert wide.upper >= narrow.upper


@pytest.mark.parametrize(
    ("strata", "sentence"),
    [
        ([], "no stratum"),
        ([StratumCount("a", 9, 3, 1)] * 2, "'a' occurs twice"),
        ([StratumCount("a", 0, 0, 0), StratumCount("b", 9, 3, 1)], "no record in the frame"),
        ([StratumCount("a", 3, 4, 0), StratumCount("b", 9, 3, 1)], "only 3 in the frame"),
        ([StratumCount("a", 30, 0, 0), StratumCount("b", 9, 3, 1)], "collapse"),
        ([StratumCount("a", 30, 3, 4), StratumCount("b", 9, 3, 1)], "0 to 3"),
    ],
)
def test_strata_that_no_sample_could_have_are_refused(
    strata: list[StratumCount], sentence: str
) -> None:
    with pytest.raises(EstimationError, match=sentence):
        stratified(strata)


def test_a_method_for_one_stratum_is_refused_for_two() -> None:
    strata = [StratumCount("a", 90, 9, 1), StratumCount("b", 90, 9, 1)]
    with pytest.raises(EstimationError, match="does not fit this design"):
        stratified(strata, method=Method.HYPERGEOMETRIC_BLAKER)
