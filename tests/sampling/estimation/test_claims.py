"""Claims that come from turning intervals round: changes and targets."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import Interval, Method, StratumCount, preview, single
from sampling.estimation.claims import (
    APPROXIMATE_CHANGE,
    COUNTED_CHANGE,
    ENUMERATED_CHANGE,
    LEAST_P,
    Limits,
    Verdict,
    change,
    judge,
    promise_of_change,
    verdict_on,
)
from sampling.estimation.comparison import difference

Ways = Callable[[int, int, int], tuple[int, ...]]


def simple(x: int, n: int, population: int) -> Limits:
    def limits(confidence: float) -> Interval:
        return single(
            x, n, population=population, confidence=confidence, method=Method.HYPERGEOMETRIC_TAIL
        )

    return limits


samples = st.tuples(st.integers(0, 60), st.integers(60, 60), st.sampled_from([61, 90, 400, 9000]))


@given(samples, samples, st.sampled_from([0.9, 0.95, 0.99]))
def test_a_p_value_is_under_the_error_just_where_the_interval_leaves_out_none(
    one: tuple[int, int, int], other: tuple[int, int, int], confidence: float
) -> None:
    found = change(simple(*one), simple(*other), confidence=confidence)
    limits = found.difference
    assert limits == difference(simple(*one)(confidence), simple(*other)(confidence))
    assert found.p_value is not None
    assert LEAST_P <= found.p_value <= 1
    error = 1 - confidence
    if limits.lower > 0 or limits.upper < 0:
        assert found.p_value <= error * 1.01
    else:
        assert found.p_value >= error / 1.01


def test_turning_waves_round_turns_the_change_and_keeps_the_p_value() -> None:
    a, b = simple(4, 80, 900), simple(15, 90, 700)
    there, back = change(a, b, confidence=0.95), change(b, a, confidence=0.95)
    assert there.difference.lower == pytest.approx(-back.difference.upper)
    assert there.p_value == pytest.approx(back.p_value)


def test_two_complete_counts_differ_without_chance() -> None:
    found = change(simple(10, 50, 50), simple(5, 50, 50), confidence=0.95)
    assert found.p_value is None
    assert found.difference.lower == found.difference.upper == pytest.approx(0.1)


def test_false_alarms_are_rarer_than_the_p_value_says(ways: Ways) -> None:
    (n_a, size_a), (n_b, size_b) = (12, 40), (10, 40)
    p_values = [
        [
            change(simple(x, n_a, size_a), simple(y, n_b, size_b), confidence=0.95).p_value or 0
            for y in range(n_b + 1)
        ]
        for x in range(n_a + 1)
    ]
    outcomes = comb(size_a, n_a) * comb(size_b, n_b)
    for marked in (2, 5, 10, 20):
        chances = ways(marked, n_a, size_a), ways(marked, n_b, size_b)
        for error in (0.2, 0.05, 0.01):
            alarms = sum(
                a * b
                for a, row in zip(chances[0], p_values, strict=True)
                for b, p in zip(chances[1], row, strict=True)
                if p <= error
            )
            assert Fraction(alarms, outcomes) <= Fraction(error)


@pytest.mark.parametrize("target", [0.0, 0.1, 0.35])
def test_a_wrong_verdict_is_rarer_than_the_error(target: float, ways: Ways) -> None:
    population, n = 60, 20
    verdicts = [
        judge(
            simple(x, n, population),
            target=target, confidence=0.95, base=n, population=population,
        ).verdict
        for x in range(n + 1)
    ]  # fmt: skip
    assert Verdict.NOT_MET in verdicts
    for marked in range(population + 1):
        wrong = Verdict.NOT_MET if marked <= target * population else Verdict.MET
        chances = zip(ways(marked, n, population), verdicts, strict=True)
        missed = sum(chance for chance, said in chances if said is wrong)
        assert Fraction(missed, comb(population, n)) <= Fraction(5, 100)


@given(samples, st.sampled_from([0.02, 0.1, 0.5]))
def test_a_verdict_and_its_p_value_agree(sample: tuple[int, int, int], target: float) -> None:
    found = judge(
        simple(*sample), target=target, confidence=0.95, base=sample[1], population=sample[2]
    )
    assert found.p_value is not None
    if found.verdict is Verdict.CANNOT_SAY:
        assert found.lower <= target < found.upper
        assert found.p_value >= 0.05 / 1.01
    else:
        assert found.p_value <= 0.05 * 1.01


def test_an_open_verdict_names_about_the_size_that_would_decide() -> None:
    found = judge(simple(4, 50, 2000), target=0.10, confidence=0.95, base=50, population=2000)
    assert found.verdict is Verdict.CANNOT_SAY
    assert found.lower <= 0.10 < found.upper
    assert found.deciding_base is not None
    n = round(found.deciding_base * 1.15)
    assert 50 < n < 2000
    more = judge(
        simple(round(0.08 * n), n, 2000), target=0.10, confidence=0.95, base=n, population=2000
    )
    assert more.verdict is Verdict.MET
    assert more.deciding_base is None


def test_nothing_decides_where_the_proportion_is_the_target() -> None:
    found = judge(simple(10, 100, 5000), target=0.1, confidence=0.95, base=100, population=5000)
    assert found.verdict is Verdict.CANNOT_SAY
    assert found.deciding_base is None


def test_a_census_meets_a_target_or_does_not() -> None:
    for target, verdict in ((0.2, Verdict.MET), (0.19, Verdict.NOT_MET)):
        found = judge(simple(10, 50, 50), target=target, confidence=0.95, base=50, population=50)
        assert (found.verdict, found.p_value, found.deciding_base) == (verdict, None, None)


def test_a_stratified_sample_needs_more_cases_in_proportion_to_its_design_effect() -> None:
    strata = [StratumCount("a", 5000, 50, 6), StratumCount("b", 500, 50, 2)]
    found = judge(
        lambda confidence: preview(strata, confidence=confidence),
        target=0.15, confidence=0.95, base=100, population=5500,
    )  # fmt: skip
    assert found.verdict is Verdict.CANNOT_SAY
    assert found.deciding_base is not None
    assert 100 < found.deciding_base <= 5500


@pytest.mark.parametrize(
    ("target", "confidence", "sentence"), [(1.5, 0.95, "0 to 1"), (0.1, 0.6, "at least 0.75")]
)
def test_impossible_targets_are_refused(target: float, confidence: float, sentence: str) -> None:
    with pytest.raises(EstimationError, match=sentence):
        judge(simple(1, 20, 90), target=target, confidence=confidence, base=20, population=90)


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_target_of_none_or_all_and_the_least_confidence_are_possible(target: float) -> None:
    said = verdict_on(simple(1, 20, 90), target=target, confidence=0.75)
    assert said is (Verdict.NOT_MET if target == 0 else Verdict.MET)


@pytest.mark.parametrize("confidence", [0.74, 1.0])
def test_a_verdict_alone_refuses_what_a_judgement_refuses(confidence: float) -> None:
    with pytest.raises(EstimationError, match=r"at least 0\.75 and under 1"):
        verdict_on(simple(1, 20, 90), target=0.1, confidence=confidence)


def test_the_p_value_of_a_verdict_is_the_error_of_one_side() -> None:
    limits = simple(2, 80, 2000)
    p = judge(limits, target=0.1, confidence=0.95, base=80, population=2000).p_value
    assert p is not None
    assert limits(1 - 2 * p).upper <= 0.1 < limits(1 - 2 * p * 0.98).upper


def test_a_verdict_that_no_confidence_bears_has_a_p_value_of_one() -> None:
    found = judge(simple(10, 100, 5000), target=0.1, confidence=0.95, base=100, population=5000)
    assert found.p_value == 1


def test_none_found_beside_a_complete_count_of_none_is_no_change() -> None:
    nowhere, sampled = simple(0, 50, 50), simple(0, 20, 90)
    for one, other in ((nowhere, sampled), (sampled, nowhere)):
        found = change(one, other, confidence=0.95)
        assert found.difference.lower == 0 or found.difference.upper == 0
        assert found.p_value == 1


def test_a_change_promises_what_the_weaker_of_its_limits_promise() -> None:
    capped, tail, census = "korn-graubard-capped", "hypergeometric-tail", "census"
    assert promise_of_change([tail, capped]) == APPROXIMATE_CHANGE
    assert promise_of_change([tail, census]) == ENUMERATED_CHANGE
    assert promise_of_change([census, census]) == COUNTED_CHANGE
