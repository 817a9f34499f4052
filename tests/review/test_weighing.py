"""Readings of samples in which every record has a chance of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import cast

from review.applicability import Sheet
from review.design import Cell, CodedCase
from review.weighing import Weighing, Weighted, weighted_readings
from sampling.estimation import preview, size_weighted

READ = cast("Sheet", SimpleNamespace(counted={}))
POPULATION = 60


def case(number: int, *, is_read: bool = True, unit: str | None = None) -> CodedCase:
    """A case whose chance goes with its number."""
    return CodedCase(
        case_id=f"C-{number}",
        stratum="all",
        kept={},
        sheet=READ if is_read else None,
        excluded=not is_read,
        chance=Fraction(1 + number % 3, 10),
        unit=unit,
    )


def reading(
    cases: Sequence[CodedCase],
    pairs: dict[str, tuple[int, int]],
    *,
    population: int | None = POPULATION,
    is_two_stage: bool = False,
    largest: int = 1,
) -> Weighted:
    read = tuple(one for one in cases if one.was_read)
    cells = (Cell(("all",), POPULATION, read),)
    made = weighted_readings(
        Weighing(cells, tuple(cases), is_two_stage, largest),
        [pairs, pairs, pairs],
        expected=frozenset(one.case_id for one in read),
        population=population,
    )
    return cast("Weighted", made.known)


def answers(cases: Sequence[CodedCase]) -> dict[str, tuple[int, int]]:
    return {one.case_id: (int(at % 4 == 0), 1) for at, one in enumerate(cases) if one.was_read}


def test_a_case_weighs_one_over_its_chance() -> None:
    cases = [case(number) for number in range(12)]
    made = reading(cases, answers(cases))
    weights = [1 / float(one.chance or 1) for one in cases]
    yes = sum(weight for at, weight in enumerate(weights) if at % 4 == 0)
    interval = made.interval(0.95, preview)
    assert interval is not None
    assert math.isclose(interval.estimate, yes / sum(weights))


def test_a_whole_base_has_the_known_size_and_its_total_follows() -> None:
    cases = [case(number) for number in range(12)]
    made = reading(cases, answers(cases))
    interval = made.interval(0.95, preview)
    assert interval is not None
    size = made.size(interval)
    assert (size.population, size.is_known) == (POPULATION, True)
    assert size.total.estimate is not None
    assert math.isclose(size.total.estimate, POPULATION * interval.estimate)


def test_a_base_that_leaves_records_out_has_an_estimated_size() -> None:
    cases = [case(number) for number in range(12)]
    pairs = {name: pair for name, pair in answers(cases).items() if name not in ("C-1", "C-2")}
    made = reading(cases, pairs)
    interval = made.interval(0.95, preview)
    assert interval is not None
    size = made.size(interval)
    assert not size.is_known
    assert 0 < size.population < POPULATION
    assert size.total.estimate is not None
    assert math.isclose(size.total.estimate, size.population * interval.estimate)


def test_persons_are_totalled_over_the_frame() -> None:
    cases = [case(number) for number in range(12)]
    pairs = {one.case_id: (at % 2, 1 + at % 2) for at, one in enumerate(cases)}
    made = reading(cases, pairs, population=None, largest=3)
    interval = made.interval(0.95, preview)
    assert interval is not None
    weights = [1 / float(one.chance or 1) for one in cases]
    persons = sum(weight * (1 + at % 2) for at, weight in enumerate(weights)) / sum(weights)
    assert math.isclose(made.size(interval).population, POPULATION * persons)


def test_a_record_that_was_not_read_gives_its_weight_to_the_others() -> None:
    cases = [case(number, is_read=number != 5) for number in range(12)]
    made = reading(cases, answers(cases))
    (stratum,) = made.strata
    drawn = sum(1 / float(one.chance or 1) for one in cases)
    assert len(stratum.records) == 11
    assert math.isclose(sum(record.weight for record in stratum.records), drawn)
    full = [case(number) for number in range(12) if number != 5]
    alone, kept = (
        made.interval(0.95, preview),
        reading(full, answers(cases)).interval(0.95, preview),
    )
    assert alone is not None
    assert kept is not None
    assert math.isclose(alone.estimate, kept.estimate)
    assert alone.upper - alone.lower >= kept.upper - kept.lower


def test_records_of_a_single_unit_have_counts_and_no_interval() -> None:
    cases = [case(number, unit="U1") for number in range(6)]
    assert reading(cases, answers(cases), is_two_stage=True).interval(0.95, preview) is None
    two = [case(number, unit=f"U{number % 2}") for number in range(6)]
    assert reading(two, answers(two), is_two_stage=True).interval(0.95, preview) is not None


def test_nothing_in_the_base_has_no_interval_and_the_limits_are_those_of_the_interval() -> None:
    cases = [case(number) for number in range(12)]
    assert reading(cases, {}).interval(0.95, preview) is None
    made = reading(cases, answers(cases))
    assert (
        made.limits(0.9)
        == made.interval(0.9, preview)
        == size_weighted(made.strata, confidence=0.9)
    )
