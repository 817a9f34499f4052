"""Samples drawn by size and in two stages: R's figures at equal chances, edges and properties."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import (
    ClusterCount,
    DomainCount,
    Interval,
    Method,
    StratumCount,
    WeightedRecord,
    WeightedStratum,
    domain,
    ratio,
    size_weighted,
    stratified,
    two_stage,
)

CAPPED = Method.KORN_GRAUBARD_CAPPED


def alike(name: str, population: int, pairs: list[tuple[int, int]]) -> WeightedStratum:
    """A simple sample of a stratum; every record a unit of its own."""
    chance = Fraction(len(pairs), population)
    return WeightedStratum(
        name,
        population,
        tuple(WeightedRecord(chance, a, b, f"{name}-{at}") for at, (a, b) in enumerate(pairs)),
    )


def same(one: Interval, two: Interval) -> None:
    for name in ("estimate", "lower", "upper", "effective_n", "design_effect"):
        first, second = getattr(one, name), getattr(two, name)
        assert (first is None) is (second is None)
        assert first is None or math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-12)
    assert one.degrees_of_freedom == two.degrees_of_freedom


strata = st.lists(
    st.tuples(st.integers(2, 12), st.integers(0, 30), st.integers(0, 12)), min_size=2, max_size=4
)


@given(strata)
@example([(2, 0, 0), (2, 0, 0), (2, 0, 2)])
def test_equal_chances_give_the_figures_of_a_stratified_sample(
    drawn: list[tuple[int, int, int]],
) -> None:
    counts = [
        StratumCount(f"s{h}", n + more + 1, n, min(yes, n))
        for h, (n, more, yes) in enumerate(drawn)
    ]
    weighted = [
        alike(c.name, c.population, [(int(at < c.yes), 1) for at in range(c.sample)])
        for c in counts
    ]
    same(size_weighted(weighted), stratified(counts, method=CAPPED))


def test_equal_chances_give_the_figures_of_a_group_of_unknown_size() -> None:
    counts = [DomainCount("a", 90, 12, 7, 3), DomainCount("b", 60, 10, 4, 0)]
    weighted = [
        alike(
            c.stratum, c.population, [(int(at < c.yes), int(at < c.base)) for at in range(c.sample)]
        )
        for c in counts
    ]
    same(size_weighted(weighted), domain(counts))


def test_equal_chances_give_the_figures_of_a_ratio_of_persons() -> None:
    pairs = {"a": [(0, 2), (1, 1), (2, 3), (0, 0)], "b": [(1, 2), (0, 1), (0, 0)]}
    counts = [ClusterCount(name, 40, tuple(each)) for name, each in pairs.items()]
    weighted = [alike(name, 40, each) for name, each in pairs.items()]
    same(size_weighted(weighted, largest=3), ratio(counts, largest=3))


def by_size(yes: int, *, units: int = 4) -> WeightedStratum:
    records = [
        WeightedRecord(Fraction(1 + at % 5, 10), int(at < yes), 1, f"U{at % units}")
        for at in range(20)
    ]
    return WeightedStratum("all", 90, tuple(records))


def test_the_variance_is_rosens_by_hand() -> None:
    made = size_weighted([by_size(8)])
    records = by_size(8).records
    weight = [1 / float(one.probability) for one in records]
    total = sum(weight)
    p = sum(w * one.numerator for w, one in zip(weight, records, strict=True)) / total
    left = [1 - float(one.probability) for one in records]
    z = [w * (one.numerator - p) / total for w, one in zip(weight, records, strict=True)]
    centre = sum(a * b for a, b in zip(left, z, strict=True)) / sum(left)
    v = 20 / 19 * sum(a * (b - centre) ** 2 for a, b in zip(left, z, strict=True))
    assert math.isclose(made.estimate, p)
    assert made.effective_n is not None
    assert made.effective_n <= p * (1 - p) / v * (1 + 1e-12)
    assert made.design_effect is not None
    simple = p * (1 - p) / 19 * (1 - 20 / total)
    assert math.isclose(made.design_effect, v / simple)


def test_certain_records_add_no_variance() -> None:
    certain = tuple(WeightedRecord(Fraction(1), at % 2, 1) for at in range(6))
    chance = tuple(WeightedRecord(Fraction(1, 4), 0, 1) for _ in range(5))
    some = size_weighted([WeightedStratum("all", 26, (*certain, *chance))])
    assert math.isclose(some.estimate, 3 / 26)
    assert some.lower <= some.estimate <= some.upper
    assert some.degrees_of_freedom == 10


def test_the_variance_between_units_is_the_ultimate_cluster_by_hand() -> None:
    made = two_stage([by_size(8)])
    records = by_size(8).records
    total = sum(1 / float(one.probability) for one in records)
    p = sum(one.numerator / float(one.probability) for one in records) / total
    sums: dict[str | None, float] = {}
    for one in records:
        away = (one.numerator - p) / float(one.probability) / total
        sums[one.unit] = sums.get(one.unit, 0.0) + away
    mean = sum(sums.values()) / 4
    v = 4 / 3 * sum((each - mean) ** 2 for each in sums.values())
    assert made.degrees_of_freedom == 3
    assert made.design_effect is not None
    assert math.isclose(made.design_effect, v / (p * (1 - p) / 19 * (1 - 20 / total)))


@pytest.mark.parametrize("method", [size_weighted, two_stage])
@pytest.mark.parametrize("yes", [0, 20])
def test_no_yes_and_nothing_but_yes_keep_an_interval(method: object, yes: int) -> None:
    made: Interval = method([by_size(yes)])  # type: ignore[operator]  # a parameter of pytest
    assert made.estimate == yes / 20
    assert made.upper - made.lower > 0.05


def test_where_nothing_is_counted_the_effective_size_is_the_number_of_units() -> None:
    records = tuple(WeightedRecord(Fraction(1, 5), 0, 1, f"U{at % 6}") for at in range(30))
    assert math.isclose(two_stage([WeightedStratum("all", 150, records)]).effective_n or 0, 6)


def test_everything_read_is_a_census() -> None:
    records = tuple(WeightedRecord(Fraction(1), int(at < 2), 1, f"U{at}") for at in range(5))
    for method in (size_weighted, two_stage):
        made = method([WeightedStratum("all", 5, records)])
        assert (made.method, made.lower, made.upper) == (Method.CENSUS, 0.4, 0.4)


@given(st.integers(0, 19), st.sampled_from([size_weighted, two_stage]))
def test_the_estimate_lies_inside_and_mirrors(yes: int, method: object) -> None:
    one: Interval = method([by_size(yes)])  # type: ignore[operator]  # a parameter of hypothesis
    assert 0 <= one.lower <= one.estimate <= one.upper <= 1
    turned = WeightedStratum(
        "all",
        90,
        tuple(
            WeightedRecord(r.probability, 1 - r.numerator, 1, r.unit) for r in by_size(yes).records
        ),
    )
    other: Interval = method([turned])  # type: ignore[operator]  # a parameter of hypothesis
    assert math.isclose(one.lower, 1 - other.upper, abs_tol=1e-9)
    assert math.isclose(one.upper, 1 - other.lower, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("stratum", "words"),
    [
        (WeightedStratum("x", 3, ()), "0 records read of 3"),
        (WeightedStratum("x", 1, (WeightedRecord(Fraction(1), 0, 1),) * 2), "2 records read of 1"),
        (WeightedStratum("x", 9, (WeightedRecord(Fraction(3, 2), 0, 1),)), "at most 1"),
        (WeightedStratum("x", 9, (WeightedRecord(Fraction(1, 2), 2, 1),)), "counts more"),
        (WeightedStratum("x", 9, (WeightedRecord(Fraction(1, 2), 0, 2),)), "largest of 1"),
        (WeightedStratum("x", 9, (WeightedRecord(Fraction(1, 2), 0, 0),)), "No drawn record"),
    ],
)
def test_impossible_counts_are_refused(stratum: WeightedStratum, words: str) -> None:
    with pytest.raises(EstimationError, match=words):
        size_weighted([stratum])


def test_a_single_unit_carries_no_variance() -> None:
    with pytest.raises(EstimationError, match="single unit"):
        two_stage([by_size(3, units=1)])
