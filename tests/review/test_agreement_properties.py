"""What holds for every set of ratings, and the variances against independent arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from fractions import Fraction
from itertools import permutations
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.agreement import Agreement, Figure, agreement
from review.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha
from review.agreement.figure import Coefficient
from review.agreement.observed import observed_agreement, specific_agreement
from review.agreement.ratings import Ratings, count_ratings

Table = dict[str, dict[str, str | None]]
VALUES = ("yes", "no", "unknown")


def tables(
    raters: int, values: tuple[str, ...] = VALUES, *, gaps: bool = True
) -> st.SearchStrategy[Table]:
    rating = st.sampled_from([*values, None] if gaps else values)
    case = st.lists(rating, min_size=raters, max_size=raters)
    return st.lists(case, min_size=1, max_size=45).map(
        lambda cases: {
            f"C{number}": {f"R{rater}": value for rater, value in enumerate(case)}
            for number, case in enumerate(cases)
        }
    )


ANY = st.integers(2, 4).flatmap(tables)


def figures(found: Agreement) -> list[Figure]:
    return [
        value
        for value in (getattr(found, name) for name in found.__slots__)
        if isinstance(value, Figure)
    ]


@given(ANY, st.randoms(use_true_random=False))
def test_order_of_cases_and_names_of_raters_change_nothing(table: Table, rng: object) -> None:
    turned = {
        case: {f"X{9 - int(rater[1:])}": value for rater, value in ratings.items()}
        for case, ratings in reversed(table.items())
    }
    assert agreement(turned) == agreement(table)


@given(ANY, st.permutations(VALUES))
def test_renaming_the_categories_changes_nothing(table: Table, names: list[str]) -> None:
    new = dict(zip(VALUES, names, strict=True))
    renamed: Table = {
        case: {rater: value and new[value] for rater, value in ratings.items()}
        for case, ratings in table.items()
    }
    found = agreement(renamed, categories=VALUES, yes=new["yes"])
    usual = agreement(table, categories=VALUES, yes="yes")
    assert replace(found, commonest="") == replace(usual, commonest=""), "all but the name itself"


@given(ANY)
def test_a_case_that_nobody_rated_changes_nothing(table: Table) -> None:
    more: Table = {**table, "empty": {"R0": None, "R9": None}, "emptier": {}}
    assert agreement(more) == agreement(table)


@given(ANY, st.sampled_from([0.5, 0.8, 0.95, 0.999]))
def test_every_estimate_lies_inside_its_limits_and_in_its_range(
    table: Table, confidence: float
) -> None:
    found = agreement(table, confidence=confidence)
    for figure in figures(found):
        if figure.reason is not None:
            assert astuple(figure)[:3] == (None, None, None)
            continue
        assert figure.estimate is not None
        assert figure.lower is not None
        assert figure.upper is not None
        assert -1 <= figure.lower <= figure.estimate <= figure.upper <= 1
        assert figure.lower < figure.upper
    for figure in (found.percent, found.positive, found.negative):
        assert figure.lower is None or figure.lower >= 0


@given(st.lists(st.sampled_from(VALUES), min_size=2, max_size=45), st.integers(2, 4))
def test_perfect_agreement_is_one_where_defined_and_never_certain(
    values: list[str], raters: int
) -> None:
    table: Table = {
        f"C{number}": {f"R{rater}": value for rater in range(raters)}
        for number, value in enumerate(values)
    }
    for figure in figures(agreement(table)):
        if figure.reason is None:
            assert figure.estimate == figure.upper == 1
            assert figure.lower is not None
            assert figure.lower < 1


@given(tables(2, gaps=False))
def test_alpha_of_two_raters_tends_to_scotts_pi(table: Table) -> None:
    counted = count_ratings(table, None)
    alpha, scott = krippendorff_alpha(counted), fleiss_kappa(counted)
    if alpha is None or scott is None:
        assert alpha is scott is None
        return
    assert 1 - alpha.estimate == (1 - scott.estimate) * (1 - Fraction(1, 2 * counted.cases))


@given(ANY)
def test_alpha_is_one_less_observed_over_expected_disagreement(table: Table) -> None:
    units = [[value for value in one.values() if value] for one in table.values()]
    units = [unit for unit in units if len(unit) > 1]
    pooled = [value for unit in units for value in unit]
    expected = sum(one != other for one, other in permutations(pooled, 2))
    if not expected:
        return
    observed = sum(
        (
            Fraction(sum(one != other for one, other in permutations(unit, 2)), len(unit) - 1)
            for unit in units
        ),
        Fraction(),
    )
    found = krippendorff_alpha(count_ratings(table, None))
    assert found is not None
    assert found.estimate == 1 - observed * (len(pooled) - 1) / expected


def scaled(counted: Ratings, extra: object = None) -> Ratings:
    """A million copies of every case, and one more of one kind."""

    def grow(counts: Mapping[object, int]) -> dict[object, int]:
        return {kind: count * 10**6 + (kind == extra) for kind, count in counts.items()}

    return replace(
        counted,
        patterns=cast(
            Mapping[tuple[int, ...], int], grow(cast(Mapping[object, int], counted.patterns))
        ),
        pairs=cast(Mapping[tuple[str, str], int], grow(cast(Mapping[object, int], counted.pairs))),
    )


def by_small_steps(
    statistic: Callable[[Ratings], Fraction], counted: Ratings, kinds: Mapping[object, int]
) -> float:
    """Sum of squared influences, each from one case more among millions."""
    start, cases = statistic(scaled(counted)), sum(kinds.values())
    steps = {kind: (statistic(scaled(counted, kind)) - start) * cases * 10**6 for kind in kinds}
    return float(sum(step**2 * kinds[kind] for kind, step in steps.items()))


@pytest.mark.parametrize("coefficient", [gwet_ac1, fleiss_kappa, krippendorff_alpha])
@given(table=ANY)
def test_a_variance_is_that_of_the_influence_of_single_cases(
    coefficient: Callable[[Ratings], Coefficient | None], table: Table
) -> None:
    counted = count_ratings(table, None)
    counted = replace(counted, patterns=dict(counted.compared()))
    found = coefficient(counted) if counted.compared_cases > 1 else None
    if found is None:
        return

    def estimate(one: Ratings) -> Fraction:
        again = coefficient(one)
        assert again is not None
        return again.estimate

    kinds = cast(Mapping[object, int], counted.patterns)
    squares = by_small_steps(estimate, counted, kinds)
    expected = squares / (counted.cases * (counted.cases - 1))
    assert found.variance is not None
    assert float(found.variance) == pytest.approx(expected, rel=1e-3, abs=1e-9)


@given(tables(2, gaps=False))
def test_cohens_variance_is_that_of_the_influence_of_single_cases(table: Table) -> None:
    counted = count_ratings(table, None)
    found = cohen_kappa(counted.pairs)
    if found is None:
        return

    def kappa(one: Ratings) -> Fraction:
        again = cohen_kappa(one.pairs)
        assert again is not None
        return again.estimate

    kinds = cast(Mapping[object, int], counted.pairs)
    expected = by_small_steps(kappa, counted, kinds) / counted.cases**2
    assert found.variance is not None
    assert float(found.variance) == pytest.approx(expected, rel=1e-3, abs=1e-9)


@given(tables(2, ("yes", "no"), gaps=False))
def test_positive_agreement_of_two_raters_has_the_closed_form(table: Table) -> None:
    counted = count_ratings(table, ("yes", "no"))
    a = counted.pairs.get(("yes", "yes"), 0)
    off = counted.cases - a - counted.pairs.get(("no", "no"), 0)
    found = specific_agreement(counted, "yes", is_named=True)
    if not a + off:
        assert found is None
        return
    assert found is not None
    assert found.estimate == Fraction(2 * a, 2 * a + off)
    if counted.cases > 1:
        plain = Fraction(4 * a * off * (a + off), (2 * a + off) ** 4)
        assert found.variance == plain * counted.cases / (counted.cases - 1)


@given(ANY)
def test_agreement_on_no_is_agreement_on_yes_with_the_two_turned_round(table: Table) -> None:
    binary: Table = {
        case: {rater: value and ("yes" if value == "yes" else "no") for rater, value in one.items()}
        for case, one in table.items()
    }
    options = ("yes", "no")
    found = agreement(binary, categories=options, yes="yes")
    turned = agreement(binary, categories=options, yes="no")
    assert astuple(found.negative)[:3] == astuple(turned.positive)[:3]
    assert agreement(table, categories=VALUES).positive == found.positive


@given(tables(2, gaps=False))
def test_percent_agreement_of_two_raters_has_wilsons_limits(table: Table) -> None:
    figure = agreement(table).percent
    n = len(table)
    p = sum(one["R0"] == one["R1"] for one in table.values()) / n
    z = 1.959963984540054
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert figure.estimate == pytest.approx(p)
    assert (figure.lower, figure.upper) == pytest.approx((middle - half, middle + half))


@given(tables(4, gaps=False))
def test_more_raters_never_widen_percent_agreement_beyond_one_comparison_a_case(
    table: Table,
) -> None:
    counted = count_ratings(table, None)
    figure, n, z = agreement(table).percent, counted.cases, 1.959963984540054
    p = float(observed_agreement(counted))
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert figure.lower is not None
    assert figure.upper is not None
    assert figure.upper - figure.lower <= 2 * half + 1e-12
