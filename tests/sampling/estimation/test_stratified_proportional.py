"""The closed-form interval of strata, against its definition tried for every number of yes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.estimation import StratumCount
from sampling.estimation.stratified_proportional import stratified_proportional_counts

Counts = Sequence[tuple[int, int, int]]


def binomial_at_most(count: int, trials: int, rate: float) -> float:
    return sum(
        comb(trials, x) * rate**x * (1 - rate) ** (trials - x)
        for x in range(min(count, trials) + 1)
    )


def least_means(counts: Counts) -> dict[int, float]:
    """By number of yes the least mean of the count over every allocation within what was seen."""
    boxes = [range(x, size - n + x + 1) for size, n, x in counts]
    found: dict[int, float] = {}
    for where in itertools.product(*boxes):
        mean = sum(n * m / size for (size, n, _), m in zip(counts, where, strict=True))
        found[sum(where)] = min(mean, found.get(sum(where), mean))
    return found


def greatest_by_trying(counts: Counts, level: float) -> int:
    """The greatest number of yes that neither bound rejects."""
    population, n = sum(size for size, _, _ in counts), sum(n for _, n, _ in counts)
    kept = seen = sum(x for _, _, x in counts)
    for marked, mean in least_means(counts).items():
        trials, no_trials = min(n, marked), min(n, population - marked)
        by_yes = binomial_at_most(seen, trials, mean / trials) if trials else 1.0
        by_no = 1.0
        if no_trials:
            by_no -= binomial_at_most(n - seen - 1, no_trials, min(1.0, (n - mean) / no_trials))
        is_too_large = seen <= mean - 1 - 1e-9 and min(by_yes, by_no) <= level
        if not is_too_large:
            kept = max(kept, marked)
    return kept


def limits(counts: Counts, alpha: float) -> tuple[int, int]:
    strata = [StratumCount(str(h), *each) for h, each in enumerate(counts)]
    return stratified_proportional_counts(strata, alpha=alpha)


@pytest.mark.parametrize(
    ("counts", "alpha"),
    [
        ([(26, 23, 18)], 0.2),
        ([(9, 8, 0)], 0.5),
        ([(24, 8, 0)], 0.2),
        ([(20, 4, 3), (7, 3, 3), (3, 2, 0)], 0.5),
        ([(40, 8, 1), (30, 6, 0)], 0.05),
        ([(40, 8, 8), (30, 6, 5)], 0.05),
    ],
)
def test_limits_are_the_last_that_neither_bound_rejects(counts: Counts, alpha: float) -> None:
    population = sum(size for size, _, _ in counts)
    no = [(size, n, n - x) for size, n, x in counts]
    least, most = limits(counts, alpha)
    assert most == greatest_by_trying(counts, alpha / 2)
    assert least == population - greatest_by_trying(no, alpha / 2)


@given(
    st.lists(
        st.tuples(st.integers(2, 16), st.integers(1, 15), st.integers(0, 15)),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([0.05, 0.2, 0.5]),
)
@settings(max_examples=40)
def test_limits_of_small_strata_are_the_last_that_neither_bound_rejects(
    drawn: list[tuple[int, int, int]], alpha: float
) -> None:
    counts = [(size, min(n, size - 1), min(n, size - 1, x)) for size, n, x in drawn]
    assert limits(counts, alpha)[1] == greatest_by_trying(counts, alpha / 2)
