"""Groups of unknown size: coverage by enumeration, and R's domains."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import DomainCount, Method, domain, domain_size, domain_total, single
from sampling.estimation.blaker import blaker_counts

Ways = Callable[[int, int, int], tuple[int, ...]]


def least_coverage(ways: Ways, population: int, sample: int, *, step: int) -> Fraction:
    """Least coverage over every group size, number of yes and number drawn from the group."""
    worst = Fraction(1)
    for base in range(1, sample + 1):
        largest = population - (sample - base)
        limits = []
        for x in range(base + 1):
            if step:
                made = domain([DomainCount("all", population, sample, base, x)])
                low, high = round(made.lower * largest), round(made.upper * largest)
            else:
                low, high = blaker_counts(x, base, population=largest, alpha=0.05)
            limits.append((low, high))
        for size in range(base, largest + 1):
            total = comb(size, base)
            for marked in range(size + 1):
                covered = sum(
                    count
                    for count, (low, high) in zip(ways(marked, base, size), limits, strict=True)
                    if low * size <= marked * largest <= high * size
                )
                worst = min(worst, Fraction(covered, total))
    return worst


@pytest.mark.parametrize(("population", "sample"), [(24, 8), (30, 6), (20, 15)])
def test_coverage_holds_for_every_size_of_the_group(
    population: int, sample: int, ways: Ways
) -> None:
    assert least_coverage(ways, population, sample, step=1) >= Fraction(95, 100)


def test_without_the_step_the_coverage_would_not_hold(ways: Ways) -> None:
    assert least_coverage(ways, 24, 8, step=0) < Fraction(95, 100)


@pytest.mark.parametrize(("population", "sample"), [(24, 8), (30, 6), (20, 15)])
def test_tail_limits_hold_on_each_side_for_every_size_of_the_group(
    population: int, sample: int, ways: Ways
) -> None:
    for base in range(1, sample + 1):
        largest = population - (sample - base)
        made = [
            domain(
                [DomainCount("all", population, sample, base, x)],
                method=Method.HYPERGEOMETRIC_TAIL_DOMAIN,
            )
            for x in range(base + 1)
        ]
        lower = [round(one.lower * largest) for one in made]
        upper = [round(one.upper * largest) for one in made]
        for size in range(base, largest + 1):
            for marked in range(size + 1):
                chances, truth = ways(marked, base, size), marked * largest
                over = sum(c for c, low in zip(chances, lower, strict=True) if low * size > truth)
                under = sum(
                    c for c, most in zip(chances, upper, strict=True) if most * size < truth
                )
                assert max(over, under) * 40 <= comb(size, base)


@given(st.data())
def test_a_simple_sample_gives_an_interval_that_holds_the_estimate(data: st.DataObject) -> None:
    population = data.draw(st.integers(2, 100_000))
    sample = data.draw(st.integers(1, min(population - 1, 400)))
    base = data.draw(st.integers(1, sample))
    yes = data.draw(st.integers(0, base))
    made = domain([DomainCount("all", population, sample, base, yes)])
    assert made.method is Method.HYPERGEOMETRIC_BLAKER_DOMAIN
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    assert (made.lower, made.upper) not in {(0.0, 0.0), (1.0, 1.0)}
    largest = population - sample + base
    known = single(yes, base, population=largest)
    assert made.lower <= known.lower
    assert made.upper >= known.upper


def test_domains_agree_with_svyciprop_on_the_whole_design(
    cases_of: Callable[..., list[dict[str, Any]]],
    domain_of: Callable[[dict[str, Any], str], list[DomainCount]],
) -> None:
    compared = 0
    for case in cases_of("design_srs_fpc", "design_stratified_fpc"):
        for name, expected in case["expected"].items():
            theirs = expected.get("svyciprop_beta") if name.startswith("domain_") else None
            if theirs is None or not expected["se"]:
                continue
            compared += 1
            counts = domain_of(case["inputs"], name.partition("=")[2])
            made = domain(
                counts, confidence=case["inputs"]["conf_level"], method=Method.KORN_GRAUBARD
            )
            assert made.estimate == pytest.approx(expected["p"], abs=1e-12)
            assert made.lower == pytest.approx(theirs["lower"], abs=1e-8)
            assert made.upper == pytest.approx(theirs["upper"], abs=1e-8)
            assert made.design_effect == pytest.approx(expected["deff"], abs=1e-12)
            assert made.degrees_of_freedom == expected["degf"]
            variance = made.estimate * (1 - made.estimate) / (made.effective_n or 0)
            assert variance**0.5 == pytest.approx(expected["se"], abs=1e-12)
            total = domain_total(counts)
            assert total.estimate == pytest.approx(expected["total"], abs=1e-6)
    assert compared >= 14


@st.composite
def some_counts(draw: st.DrawFn) -> list[DomainCount]:
    counts = []
    for h in range(draw(st.integers(2, 5))):
        population = draw(st.integers(3, 3000))
        sample = draw(st.integers(2, min(population, 60)))
        base = draw(st.one_of(st.just(0), st.integers(0, sample)))
        counts.append(
            DomainCount(f"stratum {h}", population, sample, base, draw(st.integers(0, base)))
        )
    return counts


@given(some_counts().filter(lambda counts: any(count.base for count in counts)))
def test_strata_give_an_interval_that_holds_the_estimate_and_is_never_a_point(
    counts: list[DomainCount],
) -> None:
    made = domain(counts)
    assert 0 <= made.lower <= made.estimate <= made.upper <= 1
    if made.method is not Method.CENSUS:
        assert made.method is Method.KORN_GRAUBARD_CAPPED
        assert made.lower < made.upper


def test_a_group_found_only_in_strata_drawn_whole_still_has_an_interval() -> None:
    counts = [DomainCount("whole", 40, 40, 20, 0), DomainCount("drawn", 900, 50, 0, 0)]
    made = domain(counts)
    assert made.lower == 0
    assert made.upper > 0.1


def test_strata_that_each_say_only_yes_or_only_no_count_for_their_least_precise() -> None:
    counts = [DomainCount("a", 9_000, 30, 10, 10), DomainCount("b", 9_000, 300, 200, 0)]
    in_a, in_b = 9_000 * 10 / 30, 9_000 * 200 / 300
    at_the_edge = 10 / (in_a / (in_a + in_b) * (1 - 30 / 9_000))
    assert domain(counts).effective_n == pytest.approx(at_the_edge, rel=1e-12)


def test_strata_all_drawn_whole_are_a_census() -> None:
    counts = [DomainCount("a", 40, 40, 20, 5), DomainCount("b", 10, 10, 4, 1)]
    made = domain(counts)
    assert made.method is Method.CENSUS
    assert made.lower == made.upper == 6 / 24


def test_undetermined_answers_read_as_no_or_as_yes_never_narrow_what_is_said() -> None:
    known = domain([DomainCount("all", 900, 100, 80, 8)])
    as_no = domain([DomainCount("all", 900, 100, 90, 8)])
    as_yes = domain([DomainCount("all", 900, 100, 90, 18)])
    assert as_no.lower <= known.lower
    assert as_yes.upper >= known.upper


def test_totals_of_a_group_are_counts_of_the_whole_frame() -> None:
    counts = [DomainCount("all", 900, 100, 80, 8)]
    found, size = domain_total(counts), domain_size(counts)
    frame = single(8, 100, population=900)
    assert found.estimate == pytest.approx(72)
    assert (found.lower, found.upper) == (round(frame.lower * 900), round(frame.upper * 900))
    assert size.estimate == pytest.approx(720)
    assert isinstance(size.lower, int)
    assert size.lower < 720 < size.upper


@pytest.mark.parametrize("asked", [domain, domain_total, domain_size])
@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([DomainCount("all", 90, 9, 0, 0)], "No drawn record belongs"),
        ([DomainCount("all", 90, 9, 10, 0)], "0 to 9"),
        ([DomainCount("all", 90, 9, 5, 6)], "0 to 5"),
        ([DomainCount("a", 90, 1, 1, 1), DomainCount("b", 90, 9, 5, 3)], "collapse"),
    ],
)
def test_counts_that_no_sample_could_have_are_refused(
    counts: list[DomainCount], sentence: str, asked: Callable[[list[DomainCount]], object]
) -> None:
    with pytest.raises(EstimationError, match=sentence):
        asked(counts)


def test_a_group_of_a_single_record_has_one_degree_of_freedom() -> None:
    assert domain([DomainCount("all", 90, 9, 1, 0)]).degrees_of_freedom == 1
    assert domain([DomainCount("all", 90, 9, 3, 0)]).degrees_of_freedom == 2


def test_limits_lie_one_count_outside_those_of_the_largest_size() -> None:
    for count, largest in (
        (DomainCount("all", 40, 12, 8, 1), 36),
        (DomainCount("all", 40, 12, 8, 7), 36),
        (DomainCount("all", 700, 60, 25, 4), 665),
    ):
        least, most = blaker_counts(count.yes, count.base, population=largest, alpha=0.05)
        made = domain([count])
        assert made.lower == max(0, least - 1) / largest
        assert made.upper == min(largest, most + 1) / largest
    assert domain([DomainCount("all", 40, 12, 8, 1)]).lower == 0
