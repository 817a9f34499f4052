"""The interval of a simple sample: reference cases, edges, and what holds for every sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import Method, single

EXACT = (Method.HYPERGEOMETRIC_BLAKER, Method.HYPERGEOMETRIC_TAIL)
OF_A_FRAME = (*EXACT, Method.WILSON_FPC, Method.KORN_GRAUBARD)
OF_NO_FRAME = (
    Method.CLOPPER_PEARSON,
    Method.WILSON,
    Method.JEFFREYS,
    Method.AGRESTI_COULL,
    Method.LOGIT,
)


@pytest.fixture
def cases(cases_of: Callable[..., list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return cases_of("single_proportion", "finite_population_srs")


@pytest.mark.parametrize(
    ("method", "theirs"),
    [
        (Method.CLOPPER_PEARSON, "exact"),
        (Method.CLOPPER_PEARSON, "exact_base_binom.test"),
        (Method.WILSON, "wilson"),
        (Method.WILSON, "wilson_base_prop.test"),
        (Method.AGRESTI_COULL, "agresti-coull"),
        (Method.LOGIT, "logit"),
    ],
)
def test_methods_of_no_frame_agree_with_r(
    cases: list[dict[str, Any]], method: Method, theirs: str
) -> None:
    chosen = [case for case in cases if case["group"] == "single_proportion"]
    assert len(chosen) == 10
    for case in chosen:
        x, n, confidence = (case["inputs"][key] for key in ("x", "n", "conf_level"))
        made = single(x, n, population=None, confidence=confidence, method=method)
        expected = case["expected"][theirs]
        assert made.lower == pytest.approx(max(0.0, expected["lower"]), abs=1e-8)
        assert made.upper == pytest.approx(min(1.0, expected["upper"]), abs=1e-8)


def test_jeffreys_agrees_with_r_which_is_one_sided_at_the_edges(
    cases: list[dict[str, Any]],
) -> None:
    for case in cases:
        if case["group"] != "single_proportion":
            continue
        x, n, confidence = (case["inputs"][key] for key in ("x", "n", "conf_level"))
        at_an_edge = x in (0, n)
        stated = 1 - 2 * (1 - confidence) if at_an_edge else confidence
        made = single(x, n, population=None, confidence=stated, method=Method.JEFFREYS)
        expected = case["expected"]["jeffreys_central"]
        assert made.lower == pytest.approx(expected["lower"], abs=1e-8)
        assert made.upper == pytest.approx(expected["upper"], abs=1e-8)


def test_korn_graubard_of_a_simple_sample_agrees_with_r(cases: list[dict[str, Any]]) -> None:
    compared = 0
    for case in cases:
        expected = case["expected"].get("svyciprop_beta")
        if case["group"] != "finite_population_srs" or expected is None:
            continue
        compared += 1
        x, n, population = (case["inputs"][key] for key in ("x", "n", "N"))
        made = single(
            x,
            n,
            population=population,
            confidence=case["inputs"]["conf_level"],
            method=Method.KORN_GRAUBARD,
        )
        assert made.estimate == pytest.approx(case["expected"]["p"], abs=1e-12)
        assert made.lower == pytest.approx(expected["lower"], abs=1e-8)
        assert made.upper == pytest.approx(expected["upper"], abs=1e-8)
        variance = made.estimate * (1 - made.estimate) / (made.effective_n or 0)
        assert variance**0.5 == pytest.approx(case["expected"]["se_fpc"], abs=1e-12)
    assert compared == 7


@given(st.data(), st.sampled_from(OF_A_FRAME + OF_NO_FRAME))
def test_the_estimate_lies_within_and_a_sample_is_never_a_point(
    data: st.DataObject, method: Method
) -> None:
    population = data.draw(st.one_of(st.integers(3, 50), st.integers(51, 10_000_000)))
    n = data.draw(st.integers(2, min(population - 1, 700)))
    x = data.draw(st.one_of(st.integers(0, n), st.sampled_from([0, 1, n - 1, n])))
    made = single(x, n, population=population, method=method)
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    assert made.estimate == x / n
    assert (made.lower, made.upper) not in {(0.0, 0.0), (1.0, 1.0)}
    if method not in (Method.AGRESTI_COULL, Method.WILSON_FPC, Method.WILSON):
        assert (made.lower == 0) == (x == 0) or made.lower < 1 / n
    mirrored = single(n - x, n, population=population, method=method)
    assert mirrored.upper == pytest.approx(1 - made.lower, abs=1e-9)


@given(st.data(), st.sampled_from(EXACT))
def test_one_more_yes_never_lowers_a_limit(data: st.DataObject, method: Method) -> None:
    population = data.draw(st.integers(3, 100_000))
    n = data.draw(st.integers(2, min(population, 500)))
    x = data.draw(st.integers(0, n - 1))
    fewer = single(x, n, population=population, method=method)
    more = single(x + 1, n, population=population, method=method)
    assert fewer.lower <= more.lower
    assert fewer.upper <= more.upper


@given(st.data(), st.sampled_from(OF_A_FRAME + OF_NO_FRAME))
def test_more_confidence_is_never_narrower(data: st.DataObject, method: Method) -> None:
    population = data.draw(st.integers(3, 100_000))
    n = data.draw(st.integers(2, min(population - 1, 500)))
    x = data.draw(st.integers(0, n))
    less, more = sorted(data.draw(st.tuples(*[st.sampled_from([0.8, 0.9, 0.95, 0.99])] * 2)))
    narrow = single(x, n, population=population, confidence=less, method=method)
    wide = single(x, n, population=population, confidence=more, method=method)
    assert wide.lower <= narrow.lower
    assert wide.upper >= narrow.upper


def test_the_default_is_blaker_with_a_frame_and_clopper_pearson_without() -> None:
    assert single(3, 50, population=400).method is Method.HYPERGEOMETRIC_BLAKER
    assert single(3, 50, population=None).method is Method.CLOPPER_PEARSON


def test_a_sample_of_the_whole_frame_is_a_census() -> None:
    made = single(3, 40, population=40)
    assert made.method is Method.CENSUS
    assert made.lower == made.estimate == made.upper == 3 / 40
    assert made.effective_n is None
    assert made.degrees_of_freedom is None


def test_a_sample_of_nearly_the_whole_frame_is_not_said_to_have_found_nothing_for_sure() -> None:
    assert single(0, 99, population=100).upper == 1 / 100
    assert single(99, 99, population=100).lower == 99 / 100
    assert single(1, 99, population=100).upper == 2 / 100
    assert single(98, 99, population=100).lower == 98 / 100


def test_the_effective_size_grows_to_the_frame() -> None:
    without_a_frame = single(5, 50, population=None)
    assert without_a_frame.effective_n == 50
    assert without_a_frame.degrees_of_freedom == 49
    assert without_a_frame.design_effect is None
    assert single(5, 50, population=99).effective_n == pytest.approx(50 * 98 / 49)
    assert single(5, 50, population=99).design_effect == 1


@pytest.mark.parametrize(
    ("x", "n", "population", "confidence", "method", "sentence"),
    [
        (-1, 10, 50, 0.95, None, "0 to 10"),
        (11, 10, 50, 0.95, None, "0 to 10"),
        (0, 0, 50, 0.95, None, "at least one"),
        (1, 10, 9, 0.95, None, "frame of 9"),
        (1, 10, 50, 1.0, None, "under 1"),
        (1, 10, 50, 0.05, None, "at least 0.5"),
        (1, 10, 50, 0.95, Method.KORN_GRAUBARD_CAPPED, "does not fit"),
        (1, 10, None, 0.95, Method.HYPERGEOMETRIC_TAIL, "does not fit"),
        (1, 10, None, 0.95, Method.WILSON_FPC, "does not fit"),
        (1, 1, 9, 0.95, Method.KORN_GRAUBARD, "two coded records"),
    ],
)
def test_counts_that_no_sample_could_have_are_refused_with_a_sentence(
    x: int, n: int, population: int | None, confidence: float, method: Method | None, sentence: str
) -> None:
    with pytest.raises(EstimationError, match=sentence):
        single(x, n, population=population, confidence=confidence, method=method)
