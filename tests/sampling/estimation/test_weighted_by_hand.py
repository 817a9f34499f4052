"""The parts of weighted samples by hand: variances of several strata, edges, one more record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

import pytest

from sampling.errors import EstimationError
from sampling.estimation import (
    Interval,
    Method,
    WeightedRecord,
    WeightedStratum,
    size_weighted,
    total_of_numerators,
    two_stage,
)
from sampling.estimation.unseen_weight import one_more

Asked = Callable[..., Interval]


def stratum(
    name: str, population: int, *records: tuple[Fraction | int, int, int], units: int = 2
) -> WeightedStratum:
    """Records as (chance, numerator, denominator), dealt to the units in turn."""
    made = (
        WeightedRecord(Fraction(chance), a, b, f"{name}{at % units}")
        for at, (chance, a, b) in enumerate(records)
    )
    return WeightedStratum(name, population, tuple(made))


TENTH, FIFTH, HALF = Fraction(1, 10), Fraction(1, 5), Fraction(1, 2)
STRATA = [
    stratum("a", 90, (TENTH, 1, 1), (FIFTH, 0, 1), (HALF, 1, 1), (TENTH, 0, 1), (FIFTH, 0, 1)),
    stratum("b", 40, (FIFTH, 0, 1), (TENTH, 0, 1), (HALF, 1, 1), (TENTH, 1, 1), units=3),
]


def weighed(strata: list[WeightedStratum]) -> tuple[float, float]:
    """The ratio of the weighted totals, and the total of the denominators."""
    records = [one for each in strata for one in each.records]
    total = sum(one.denominator / float(one.probability) for one in records)
    return sum(one.numerator / float(one.probability) for one in records) / total, total


def away(one: WeightedRecord, ratio: float, total: float) -> float:
    return (one.numerator - ratio * one.denominator) / float(one.probability) / total


def between_units(strata: list[WeightedStratum]) -> float:
    """The variance of the ultimate cluster."""
    ratio, total = weighed(strata)
    variance = 0.0
    for each in strata:
        sums: dict[str | None, float] = defaultdict(float)
        for one in each.records:
            sums[one.unit] += away(one, ratio, total)
        m, mean = len(sums), sum(sums.values()) / len(sums)
        variance += m / (m - 1) * sum((one - mean) ** 2 for one in sums.values())
    return variance


def design_effect(made: Interval, ratio: float, base: int, total: float) -> float:
    """What the interval says of its variance."""
    assert made.design_effect is not None
    simple = ratio * (1 - ratio) / (base - 1) * (1 - base / total)
    return made.design_effect * simple


def test_the_variance_of_units_is_summed_over_the_strata_around_the_mean_of_each() -> None:
    made = two_stage(STRATA)
    ratio, total = weighed(STRATA)
    assert made.estimate == pytest.approx(ratio)
    assert design_effect(made, ratio, 9, total) == pytest.approx(between_units(STRATA))
    assert made.degrees_of_freedom == 1 + 2


def test_units_that_hardly_differ_count_for_no_more_than_a_sample_of_one_rate() -> None:
    alike = [
        stratum("a", 100, *[(TENTH, at // 2 % 2, 1) for at in range(8)]),
        stratum("b", 40, *[(FIFTH, 0, 1)] * 3, (FIFTH, 1, 1)),
    ]
    ratio, total = weighed(alike)
    spread = sum(float(one.probability) ** -2 for each in alike for one in each.records)
    assert total**2 / spread < ratio * (1 - ratio) / between_units(alike)
    assert two_stage(alike).effective_n == pytest.approx(total**2 / spread)


def test_only_where_every_stratum_says_one_thing_the_heaviest_unit_sets_the_size() -> None:
    one_says_both = [STRATA[0], stratum("b", 40, *[(FIFTH, 0, 1)] * 4)]
    ratio, total = weighed(one_says_both)
    heaviest = sum(1 / float(one.probability) for one in one_says_both[0].records[::2])
    size = ratio * (1 - ratio) / between_units(one_says_both)
    assert total / heaviest < size
    made = two_stage(one_says_both)
    assert made.effective_n is not None
    assert made.effective_n > total / heaviest * 1.01


def test_a_single_record_by_chance_adds_its_whole_residual() -> None:
    strata = [
        stratum("a", 9, (1, 1, 1), (1, 0, 1), (1, 0, 1), (FIFTH, 1, 1)),
        stratum("b", 40, (FIFTH, 0, 1), (TENTH, 0, 1), (HALF, 1, 1), (TENTH, 1, 1)),
    ]
    ratio, total = weighed(strata)
    variance = 0.8 * away(strata[0].records[3], ratio, total) ** 2
    left = [1 - float(one.probability) for one in strata[1].records]
    z = [away(one, ratio, total) for one in strata[1].records]
    centre = sum(a * b for a, b in zip(left, z, strict=True)) / sum(left)
    variance += 4 / 3 * sum(a * (b - centre) ** 2 for a, b in zip(left, z, strict=True))
    made = size_weighted(strata)
    assert design_effect(made, ratio, 8, total) == pytest.approx(variance)


def test_where_no_person_is_counted_a_record_may_hold_as_many_as_the_largest() -> None:
    strata = [stratum("a", 90, (TENTH, 0, 2), (FIFTH, 0, 1), (HALF, 0, 1), (TENTH, 0, 0))]
    _, total = weighed(strata)
    made = size_weighted(strata, largest=3)
    assert made.effective_n == pytest.approx(total / (10 * 0.9 * 3))


@pytest.mark.parametrize("asked", [size_weighted, two_stage])
def test_persons_have_no_simple_sample_of_records_to_be_compared_with(asked: Asked) -> None:
    assert asked(STRATA).design_effect is not None
    assert asked(STRATA, largest=2).design_effect is None


@pytest.mark.parametrize("asked", [size_weighted, two_stage])
def test_strata_are_a_census_only_where_all_of_them_are(asked: Asked) -> None:
    whole = stratum("whole", 4, (1, 1, 1), (1, 0, 1), (1, 0, 1), (1, 0, 1))
    assert asked([whole, STRATA[0]]).method is not Method.CENSUS
    assert asked([whole]).method is Method.CENSUS
    with pytest.raises(EstimationError, match="under 1"):
        asked([whole], confidence=1.0)


@pytest.mark.parametrize("asked", [size_weighted, two_stage])
@pytest.mark.parametrize(
    ("strata", "words"),
    [
        ([], "one line"),
        ([STRATA[0], STRATA[0]], "one line"),
        ([stratum("a", 9, (0, 0, 1), (HALF, 1, 1))], "not over 0"),
        ([stratum("a", 9, (HALF, 0, 1), (HALF, 2, 1))], "counts more"),
    ],
)
def test_impossible_samples_are_refused_by_either_design(
    asked: Asked, strata: list[WeightedStratum], words: str
) -> None:
    with pytest.raises(EstimationError, match=words):
        asked(strata)


def test_the_total_of_numerators_weighs_every_person() -> None:
    strata = [stratum("a", 90, (TENTH, 2, 3), (FIFTH, 0, 1)), stratum("b", 9, (HALF, 3, 3))]
    assert total_of_numerators(strata) == pytest.approx(2 * 10 + 3 * 2)


def test_one_more_record_goes_to_the_stratum_of_the_heaviest_and_leaves_the_others() -> None:
    light = stratum("light", 60, (FIFTH, 1, 1), (HALF, 0, 1))
    heavy = stratum("heavy", 90, (TENTH, 0, 2), (FIFTH, 1, 1), (HALF, 0, 3))
    found = one_more([light, heavy, light], is_yes=True)
    assert found is not None
    assert (found[0], found[2]) == (light, light)
    assert found[1].records[:-1] == heavy.records
    assert found[1].records[-1] == WeightedRecord(TENTH, 3, 3, "heavy0")
    with_no = one_more([light, heavy, light], is_yes=False)
    assert with_no is not None
    assert with_no[1].records[-1] == WeightedRecord(TENTH, 0, 3, "heavy0")


def test_of_strata_that_weigh_as_much_the_first_gets_one_more_record() -> None:
    one, other = (stratum(name, 90, (TENTH, 1, 1), (HALF, 0, 1)) for name in "ab")
    found = one_more([one, other], is_yes=True)
    assert found is not None
    assert [len(each.records) for each in found] == [3, 2]


def test_one_more_record_stands_for_no_more_than_are_left() -> None:
    nearly_read = stratum("a", 5, (TENTH, 1, 1), (HALF, 0, 1))
    found = one_more([nearly_read], is_yes=True)
    assert found is not None
    assert found[0].records[-1].probability == Fraction(1, 3)


@pytest.mark.parametrize(
    "records",
    [
        ((TENTH, 1, 1), (TENTH, 0, 1)),
        ((TENTH, 1, 1), (1, 0, 1)),
        ((1, 1, 1), (TENTH, 0, 0), (HALF, 0, 0)),
    ],
)
def test_there_is_no_one_more_where_chances_of_the_group_do_not_differ(
    records: tuple[tuple[Fraction | int, int, int], ...],
) -> None:
    assert one_more([stratum("a", 90, *records)], is_yes=True) is None


def test_records_outside_the_group_are_never_the_heaviest() -> None:
    found = one_more([stratum("a", 90, (TENTH, 0, 0), (FIFTH, 1, 1), (HALF, 0, 1))], is_yes=True)
    assert found is not None
    assert found[0].records[-1].probability == FIFTH
