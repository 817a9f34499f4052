"""Sample sizes: published cases, and brute force on small frames."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.errors import PlanError
from sampling.sizes import size_for_detection, size_for_few, size_for_margin

CONFIDENCE = Decimal("0.95")

proportions = st.decimals(min_value="0.001", max_value="0.999", places=3)


@pytest.mark.parametrize(
    ("margin", "expected", "population", "size"),
    [
        ("0.05", "0.5", 5000, 357),
        ("0.05", "0.5", 400, 197),
        ("0.05", "0.5", None, 385),
        ("0.02", "0.05", 100_000, 455),
        ("0.01", "0.02", 90_000, 747),
        ("0.01", "0.054", 90_000, 1921),
        ("0.02", "0.10", 90_000, 857),
    ],
)
def test_published_sizes_for_a_margin_are_reproduced(
    margin: str, expected: str, population: int | None, size: int
) -> None:
    made = size_for_margin(
        Decimal(margin), Decimal(expected), population=population, confidence=CONFIDENCE
    )
    assert made == size


@pytest.mark.parametrize(
    ("population", "positives", "size"),
    [
        (500, 5, 225),
        (500, 10, 129),
        (5000, 50, 290),
        (5000, 100, 147),
        (100_000, 1000, 298),
        (2000, 1, 1900),
    ],
)
def test_published_sizes_for_detection_are_reproduced(
    population: int, positives: int, size: int
) -> None:
    share = Decimal(positives) / Decimal(population)
    assert size_for_detection(share, population=population, confidence=CONFIDENCE) == size


@pytest.mark.parametrize(
    ("population", "positives", "found", "size"),
    [(5000, 250, 0, 59), (5000, 250, 1, 93), (5000, 250, 2, 123), (1000, 50, 3, 146)],
)
def test_published_sizes_for_few_events_are_reproduced(
    population: int, positives: int, found: int, size: int
) -> None:
    share = Decimal(positives) / Decimal(population)
    assert size_for_few(share, found, population=population, confidence=CONFIDENCE) == size


@given(st.integers(1, 40), proportions, st.integers(0, 3), st.sampled_from(["0.5", "0.9", "0.99"]))
def test_the_size_for_few_events_is_the_smallest_by_brute_force(
    population: int, prevalence: Decimal, found: int, confidence: str
) -> None:
    positives = -(-Fraction(prevalence) * population // 1)
    if found >= positives:
        with pytest.raises(PlanError, match="between 0 and"):
            size_for_few(prevalence, found, population=population, confidence=Decimal(confidence))
        return
    risk = 1 - Fraction(confidence)
    smallest = next(
        size
        for size in range(1, population + 1)
        if Fraction(
            sum(
                comb(int(positives), hits) * comb(population - int(positives), size - hits)
                for hits in range(min(found, size) + 1)
            ),
            comb(population, size),
        )
        <= risk
    )
    made = size_for_few(prevalence, found, population=population, confidence=Decimal(confidence))
    assert made == smallest


@given(proportions, proportions, st.integers(1, 10**7))
def test_a_size_for_a_margin_is_at_least_one_and_fits_the_frame(
    margin: Decimal, expected: Decimal, population: int
) -> None:
    size = size_for_margin(margin, expected, population=population, confidence=CONFIDENCE)
    free = size_for_margin(margin, expected, population=None, confidence=CONFIDENCE)
    assert 1 <= size <= min(population, max(free, 1))


def test_detection_in_ten_million_records_is_exact_for_common_and_for_single_records() -> None:
    for share, size in (("0.9", 3), ("0.01", 688), ("0.0000001", 9_990_000)):
        made = size_for_detection(
            Decimal(share), population=10_000_000, confidence=Decimal("0.999")
        )
        assert made == size


@pytest.mark.parametrize("value", ["0", "1", "-0.1", "1.5", "NaN", "Infinity"])
def test_a_proportion_outside_zero_and_one_is_refused(value: str) -> None:
    bad, good = Decimal(value), Decimal("0.1")
    with pytest.raises(PlanError, match="The margin is a proportion"):
        size_for_margin(bad, good, population=100, confidence=CONFIDENCE)
    with pytest.raises(PlanError, match="The expected prevalence is a proportion"):
        size_for_margin(good, bad, population=100, confidence=CONFIDENCE)
    with pytest.raises(PlanError, match="The confidence is a proportion"):
        size_for_margin(good, good, population=100, confidence=bad)
    with pytest.raises(PlanError, match="The prevalence to detect is a proportion"):
        size_for_detection(bad, population=100, confidence=CONFIDENCE)


def test_an_empty_frame_and_a_confidence_under_a_half_are_refused() -> None:
    tenth = Decimal("0.1")
    with pytest.raises(PlanError, match="holds no record"):
        size_for_margin(tenth, tenth, population=0, confidence=CONFIDENCE)
    with pytest.raises(PlanError, match="holds no record"):
        size_for_detection(tenth, population=0, confidence=CONFIDENCE)
    with pytest.raises(PlanError, match=r"at least 0\.5"):
        size_for_detection(tenth, population=100, confidence=Decimal("0.4"))
