"""Blaker and tail limits against whole-number arithmetic, and their coverage by enumeration."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.estimation.blaker import blaker_counts
from sampling.estimation.hypergeometric import masses
from sampling.estimation.tail import tail_counts

Limits = Callable[..., tuple[int, int]]
Ways = Callable[[int, int, int], tuple[int, ...]]

ALPHAS = [Fraction(1, 20), Fraction(1, 10), Fraction(1, 100)]


def tail_by_counting(
    ways: Ways, x: int, n: int, population: int, alpha: Fraction
) -> tuple[int, int]:
    limit = alpha / 2 * comb(population, n)
    kept = [
        m
        for m in range(x, population - n + x + 1)
        if sum(ways(m, n, population)[x:]) > limit and sum(ways(m, n, population)[: x + 1]) > limit
    ]
    return min(kept), max(kept)


def blaker_by_counting(
    ways: Ways, x: int, n: int, population: int, alpha: Fraction
) -> tuple[int, int]:
    limit = alpha * comb(population, n)
    kept = [
        m
        for m in range(x, population - n + x + 1)
        if _acceptability(x, ways(m, n, population)) > limit
    ]
    return min(kept), max(kept)


def _acceptability(x: int, counts: tuple[int, ...]) -> int:
    """Blaker's statistic in numbers of samples."""
    upper, lower = sum(counts[x:]), sum(counts[: x + 1])
    observed = min(upper, lower)
    tails = (
        [sum(counts[: y + 1]) for y in range(len(counts))]
        if upper < lower
        else [sum(counts[y:]) for y in range(len(counts))]
    )
    if upper == lower:
        return observed * 2
    return observed + max((tail for tail in tails if tail <= observed), default=0)


def coverage(
    ways: Ways, marked: int, n: int, population: int, limits: list[tuple[int, int]]
) -> Fraction:
    """Exact coverage of whole-number limits, one pair for every x of 0..n."""
    counts = ways(marked, n, population)
    covered = sum(c for c, (low, high) in zip(counts, limits, strict=True) if low <= marked <= high)
    return Fraction(covered, comb(population, n))


@pytest.mark.parametrize("population", [1, 2, 3, 7, 12, 19, 26])
@pytest.mark.parametrize("alpha", ALPHAS)
def test_every_sample_of_a_small_frame_gives_the_whole_number_limits(
    population: int, alpha: Fraction, ways: Ways
) -> None:
    for n in range(1, population + 1):
        for x in range(n + 1):
            blaker = blaker_counts(x, n, population=population, alpha=float(alpha))
            tail = tail_counts(x, n, population=population, alpha=float(alpha))
            assert blaker == blaker_by_counting(ways, x, n, population, alpha)
            assert tail == tail_by_counting(ways, x, n, population, alpha)


@given(data=st.data())
def test_samples_of_frames_up_to_sixty_give_the_whole_number_limits(
    ways: Ways, data: st.DataObject
) -> None:
    population = data.draw(st.integers(27, 60))
    n = data.draw(st.integers(1, population))
    x = data.draw(st.integers(0, n))
    alpha = data.draw(st.sampled_from(ALPHAS))
    expected = blaker_by_counting(ways, x, n, population, alpha)
    assert blaker_counts(x, n, population=population, alpha=float(alpha)) == expected


@pytest.mark.parametrize("limits", [blaker_counts, tail_counts])
@pytest.mark.parametrize(("population", "n"), [(40, 12), (60, 20), (75, 60), (90, 15)])
def test_coverage_is_at_least_nominal_for_every_number_of_yes(
    limits: Limits, population: int, n: int, ways: Ways
) -> None:
    made = [limits(x, n, population=population, alpha=0.05) for x in range(n + 1)]
    worst = min(coverage(ways, m, n, population, made) for m in range(population + 1))
    assert worst >= Fraction(95, 100)


@pytest.mark.parametrize(("population", "n"), [(60, 20), (75, 60)])
def test_each_tail_limit_alone_misses_at_most_half_the_error(
    population: int, n: int, ways: Ways
) -> None:
    made = [tail_counts(x, n, population=population, alpha=0.05) for x in range(n + 1)]
    below = [(low, population) for low, _ in made]
    above = [(0, high) for _, high in made]
    for m in range(population + 1):
        for one_sided in (below, above):
            assert coverage(ways, m, n, population, one_sided) >= Fraction(975, 1000)


def test_masses_are_those_of_a_large_frame_to_twelve_digits(ways: Ways) -> None:
    exact = ways(3000, 150, 20_000)
    total = sum(exact)
    spread = masses(3000, sample=150, population=20_000)
    for offset, mass in enumerate(spread.values):
        expected = Fraction(exact[spread.first + offset], total)
        assert float(mass) == pytest.approx(float(expected), rel=1e-12)


@given(st.data())
def test_blaker_lies_within_the_tail_interval(data: st.DataObject) -> None:
    population = data.draw(st.integers(100, 5_000_000))
    n = data.draw(st.integers(1, min(population, 600)))
    x = data.draw(st.integers(0, n))
    alpha = data.draw(st.sampled_from([0.01, 0.05, 0.1, 0.2]))
    inner = blaker_counts(x, n, population=population, alpha=alpha)
    outer = tail_counts(x, n, population=population, alpha=alpha)
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]


def test_numbers_in_a_gap_among_the_accepted_ones_lie_within_the_interval(ways: Ways) -> None:
    x, n, population, alpha = 2, 35, 100_000, Fraction(5, 100)

    def is_accepted(marked: int) -> bool:
        return _acceptability(x, ways(marked, n, population)) > alpha * comb(population, n)

    _, most = blaker_counts(x, n, population=population, alpha=float(alpha))
    assert most == population - blaker_counts(n - x, n, population=population, alpha=0.05)[0]
    assert is_accepted(most)
    assert not is_accepted(most + 1)
    assert not is_accepted(18_900)
    assert is_accepted(18_695)
    assert not any(is_accepted(marked) for marked in range(most + 1, 20_000))


@pytest.fixture
def finite_cases(cases_of: Callable[..., list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return cases_of("finite_population_srs")


def test_tail_limits_are_one_inside_the_first_rejected_counts_of_samplingbook(
    finite_cases: list[dict[str, Any]],
) -> None:
    assert len(finite_cases) == 10
    for case in finite_cases:
        x, n, population = (case["inputs"][key] for key in ("x", "n", "N"))
        alpha = 1 - case["inputs"]["conf_level"]
        theirs = case["expected"]["exact_hypergeometric_number"]
        least, most = tail_counts(x, n, population=population, alpha=alpha)
        at_the_clamp = theirs["lower"] == x, theirs["upper"] == population - (n - x)
        assert least - theirs["lower"] in ({0, 1} if at_the_clamp[0] else {1})
        assert theirs["upper"] - most in ({0, 1} if at_the_clamp[1] else {1})


def test_blaker_is_within_five_counts_of_the_other_admissible_intervals(
    finite_cases: list[dict[str, Any]], reference_folder: Path
) -> None:
    more = json.loads((reference_folder / "estimation" / "amo_cases.json").read_text("utf-8"))
    others = [(case, case["lower"], case["upper"], 0.95) for case in more["cases"]]
    for case in finite_cases:
        wang = case["expected"].get("wang2015_admissible_M")
        if wang:
            confidence = case["inputs"]["conf_level"]
            others.append((case["inputs"], wang["lower"], wang["upper"], confidence))
    for inputs, lower, upper, confidence in others:
        made = blaker_counts(inputs["x"], inputs["n"], population=inputs["N"], alpha=1 - confidence)
        assert abs(made[0] - lower) <= 5
        assert abs(made[1] - upper) <= 5
