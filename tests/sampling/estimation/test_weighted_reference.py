"""Samples of units against published figures, and limits that know of heavy records missed."""

from __future__ import annotations

import csv
import math
from fractions import Fraction
from pathlib import Path

import pytest
from scipy.special import betaincinv

from sampling.estimation import (
    Interval,
    Method,
    StratumCount,
    WeightedRecord,
    WeightedStratum,
    size_weighted,
    stratified,
    two_stage,
)

DISTRICTS = frozenset(
    {61, 135, 178, 197, 255, 406, 413, 437, 448, 510, 568, 637, 716, 778, 815}
)  # the 15 of 757 districts of ``apiclus1``, of which every school was drawn
PUBLISHED = {"E": (0.786885, 0.0463), "H": (0.076503, 0.0268), "M": (0.136612, 0.0296)}
"""``svymean(~stype, dclus1)`` of R's survey package: share and standard error, with the correction
for 15 of 757 districts."""


@pytest.mark.parametrize("kind", PUBLISHED)
def test_units_drawn_whole_give_the_published_standard_errors(
    reference_folder: Path, kind: str
) -> None:
    with (reference_folder / "estimation" / "apipop.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    drawn = [row for row in rows if int(row["dnum"]) in DISTRICTS]
    n, population = len(drawn), len(rows)
    assert (n, population) == (183, 6194)
    chance = Fraction(n, population)
    records = [WeightedRecord(chance, int(row["stype"] == kind), 1, row["dnum"]) for row in drawn]
    made = two_stage([WeightedStratum("all", population, tuple(records))])
    share, error = PUBLISHED[kind]
    assert made.estimate == pytest.approx(share, abs=5e-7)
    assert made.degrees_of_freedom == 14
    assert made.design_effect is not None
    simple = share * (1 - share) / (n - 1) * (1 - n / population)
    corrected = math.sqrt(made.design_effect * simple * (1 - 15 / 757))
    assert corrected == pytest.approx(error, abs=5e-5)


def sized(light: int, heavy: int, *, yes_light: int, yes_heavy: int) -> Interval:
    """Of 2,000 records some drawn with 1 in 5, and some with 1 in 50."""
    records = [WeightedRecord(Fraction(1, 5), int(at < yes_light), 1) for at in range(light)]
    records += [WeightedRecord(Fraction(1, 50), int(at < yes_heavy), 1) for at in range(heavy)]
    return size_weighted([WeightedStratum("all", 2000, tuple(records))])


def test_the_upper_limit_is_by_hand_that_of_one_more_yes_of_the_greatest_weight() -> None:
    weights = [5.0] * 100 + [50.0] * 4
    said = [1] * 30 + [0] * 73 + [1]
    total = sum(weights)
    p = sum(w * one for w, one in zip(weights, said, strict=True)) / total
    left = [1 - 1 / w for w in weights]
    away = [w * (one - p) / total for w, one in zip(weights, said, strict=True)]
    centre = sum(a * b for a, b in zip(left, away, strict=True)) / sum(left)
    v = 104 / 103 * sum(a * (b - centre) ** 2 for a, b in zip(left, away, strict=True))
    spread = 2000 / 1999 * sum(a * w**2 for a, w in zip(left, weights, strict=True))
    size = min(p * (1 - p) / v, total**2 / spread)
    made = sized(100, 3, yes_light=30, yes_heavy=0)
    assert math.isclose(made.upper, float(betaincinv(p * size, (1 - p) * size, 0.975)))
    mirrored = sized(100, 3, yes_light=70, yes_heavy=3)
    assert math.isclose(made.upper, 1 - mirrored.lower)
    assert math.isclose(made.lower, 1 - mirrored.upper)


def test_strata_whose_records_weigh_alike_keep_the_limits_of_a_stratified_sample() -> None:
    counts = [StratumCount("a", 100, 20, 4), StratumCount("b", 900, 20, 2)]
    strata = [
        WeightedStratum(
            one.name,
            one.population,
            tuple(
                WeightedRecord(Fraction(one.sample, one.population), int(at < one.yes), 1)
                for at in range(one.sample)
            ),
        )
        for one in counts
    ]
    made = size_weighted(strata)
    plain = stratified(counts, method=Method.KORN_GRAUBARD_CAPPED)
    assert math.isclose(made.upper, plain.upper)
    assert math.isclose(made.lower, plain.lower)


def test_room_is_left_for_no_more_records_than_a_stratum_has() -> None:
    records = [WeightedRecord(Fraction(99, 100), 1, 1) for _ in range(97)]
    records += [WeightedRecord(Fraction(1, 40), 1, 1) for _ in range(2)]
    made = size_weighted([WeightedStratum("all", 100, tuple(records))])
    assert made.upper == 1
    assert made.lower >= 0.99
