"""The reference cases of the group ``agreement``, and where figures are withheld."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.agreement import Figure, agreement
from review.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha
from review.agreement.figure import Coefficient
from review.agreement.ratings import count_ratings
from review.errors import AgreementError
from sampling.errors import EstimationError

Table = dict[str, dict[str, str | None]]
Case = tuple[dict[str, Any], Table]

CASES = (
    "fleiss1971_diagnoses",
    "diagnoses_first2",
    "anxiety_12",
    "krippendorff2011_C",
    "cohen_20_5_10_15",
    "paradox_118_5_2_0",
)
TWO_RATERS = tuple(
    name for name in CASES if name not in ("fleiss1971_diagnoses", "krippendorff2011_C")
)
Z = 1.959963984540054
PRINTED = 6e-6
"""irrCAC rounds to five digits."""


@pytest.fixture(scope="module")
def reference(reference_folder: Path) -> Callable[[str], Case]:
    """The expected figures and the ratings of a reference case."""
    folder = reference_folder / "estimation"
    cases = json.loads((folder / "cases.json").read_text("utf-8"))["cases"]
    known = {case["id"]: case for case in cases}

    def read(name: str) -> Case:
        with (folder / known[name]["inputs"]["data"]).open(encoding="utf-8", newline="") as file:
            rows: Table = {
                str(number): {rater: value or None for rater, value in row.items()}
                for number, row in enumerate(csv.DictReader(file))
            }
        return known[name]["expected"], rows

    return read


def two_raters(both_yes: int, first: int, second: int, both_no: int) -> Table:
    pairs = (
        [("yes", "yes")] * both_yes
        + [("yes", "no")] * first
        + [("no", "yes")] * second
        + [("no", "no")] * both_no
    )
    return {f"C{n}": {"R1": one, "R2": other} for n, (one, other) in enumerate(pairs)}


def wilson_limits(p: float, n: float) -> tuple[float, float]:
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return middle - half, middle + half


def limits(figure: Figure) -> tuple[float, float]:
    assert figure.lower is not None
    assert figure.upper is not None
    return figure.lower, figure.upper


def assert_matches(found: Coefficient | None, expected: dict[str, Any], *, se: float) -> None:
    assert found is not None
    assert found.variance is not None
    assert float(found.estimate) == pytest.approx(expected["coef"], abs=PRINTED)
    assert math.sqrt(found.variance) == pytest.approx(expected["se"], abs=se)


@pytest.mark.parametrize("name", CASES)
def test_ac1_fleiss_kappa_and_alpha_equal_irrcac(
    reference: Callable[[str], Case], name: str
) -> None:
    expected, table = reference(name)
    counted = count_ratings(table, None)
    # irrCAC 1.0 linearises alpha with its small-sample term inside, which shows in the fourth
    # digit where cases differ in their number of ratings; its later versions do as we do.
    of_alpha = 1e-4 if name == "krippendorff2011_C" else PRINTED
    assert_matches(gwet_ac1(counted), expected["gwet_ac1"], se=PRINTED)
    assert_matches(fleiss_kappa(counted), expected["fleiss_gwet"], se=PRINTED)
    assert_matches(krippendorff_alpha(counted), expected["krippendorff_nominal_cac"], se=of_alpha)


@pytest.mark.parametrize("name", CASES)
def test_the_limits_of_ac1_and_alpha_are_those_that_irrcac_prints(
    reference: Callable[[str], Case], name: str
) -> None:
    expected, table = reference(name)
    found = agreement(table)
    for figure, key in (
        (found.gwet_ac1, "gwet_ac1"),
        (found.krippendorff_alpha, "krippendorff_nominal_cac"),
    ):
        lower, upper = (float(end) for end in expected[key]["ci"].strip("()").split(","))
        assert limits(figure) == pytest.approx((lower, upper), abs=6e-4)


@pytest.mark.parametrize("name", CASES)
def test_alpha_and_percent_equal_the_reference_to_eight_digits(
    reference: Callable[[str], Case], name: str
) -> None:
    expected, table = reference(name)
    found = agreement(table)
    alpha, percent = expected["krippendorff_nominal_python"], expected["percent"]["coef"]
    assert found.krippendorff_alpha.estimate == pytest.approx(alpha, abs=1e-8)
    assert found.percent.estimate == pytest.approx(percent, abs=1e-8)


@pytest.mark.parametrize("name", TWO_RATERS)
def test_cohens_kappa_and_its_error_equal_vcd(reference: Callable[[str], Case], name: str) -> None:
    expected, table = reference(name)
    found = cohen_kappa(count_ratings(table, None).pairs)
    assert found is not None
    assert found.variance is not None
    assert float(found.estimate) == pytest.approx(expected["cohen_irr"]["value"], abs=1e-8)
    assert math.sqrt(found.variance) == pytest.approx(expected["cohen_vcd"]["ase"], abs=1e-8)


@pytest.mark.parametrize("name", [name for name in TWO_RATERS if name != "anxiety_12"])
def test_the_limits_of_cohens_kappa_equal_psych(
    reference: Callable[[str], Case], name: str
) -> None:
    expected, table = reference(name)
    lower, upper = expected["cohen_psych_ci"]["lower"], expected["cohen_psych_ci"]["upper"]
    assert limits(agreement(table).cohen_kappa) == pytest.approx((lower, upper), abs=1e-8)


def test_fleiss_1971_is_published_as_point_430(reference: Callable[[str], Case]) -> None:
    found = agreement(reference("fleiss1971_diagnoses")[1])
    assert found.fleiss_kappa.estimate == pytest.approx(0.430, abs=5e-4)
    assert found.cohen_kappa == Figure(None, None, None, "for two raters only, and there are 6")


def test_the_paradox_shows_high_agreement_beside_a_kappa_of_nothing() -> None:
    found = agreement(two_raters(118, 5, 2, 0))
    assert found.percent.estimate == 0.944
    assert found.cohen_kappa.estimate == pytest.approx(-0.02, abs=5e-3)
    assert found.gwet_ac1.estimate == pytest.approx(0.94, abs=5e-3)


def test_one_category_used_by_all_leaves_alpha_and_kappa_undefined(
    reference: Callable[[str], Case],
) -> None:
    found = agreement(reference("all_agree_one_category")[1])
    assert (found.percent.estimate, found.gwet_ac1.estimate) == (1, 1)
    for figure in (found.krippendorff_alpha, found.fleiss_kappa, found.cohen_kappa):
        assert figure.estimate is figure.lower is figure.upper is None
        assert figure.reason is not None
        assert figure.reason.startswith("not defined")


def test_single_ratings_count_as_cases_and_are_not_compared(
    reference: Callable[[str], Case],
) -> None:
    found = agreement(reference("krippendorff2011_C")[1])
    assert (found.cases, found.compared, found.raters) == (12, 11, 4)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (two_raters(10, 5, 5, 9), "off: 29 cases with two ratings, and kappa needs 30"),
        (two_raters(2, 4, 3, 91), "off: 9 positives, and kappa needs 10"),
    ],
)
def test_both_kappas_are_off_where_cases_or_positives_are_few(table: Table, reason: str) -> None:
    found = agreement(table)
    off = Figure(None, None, None, reason)
    assert (found.cohen_kappa, found.fleiss_kappa) == (off, off)
    assert found.gwet_ac1.estimate is not None
    assert found.krippendorff_alpha.estimate is not None


def test_kappa_is_given_from_thirty_cases_and_ten_positives_on() -> None:
    assert agreement(two_raters(4, 3, 3, 20)).cohen_kappa.reason is None


def test_kappa_is_off_where_a_rater_gave_one_value_throughout() -> None:
    found = agreement(two_raters(0, 12, 0, 30))
    assert found.cohen_kappa.estimate is None
    assert found.cohen_kappa.reason == "off: one of the raters gave a single value throughout"


def test_without_a_value_for_yes_there_is_no_positive_and_no_negative_agreement() -> None:
    table: Table = {"C1": {"R1": "north", "R2": "north"}, "C2": {"R1": "south", "R2": "south"}}
    found = agreement(table)
    assert found.positive == found.negative
    assert found.positive.reason == "none of the values is known to mean yes"
    assert agreement(table, yes="north").positive.estimate == 1


def test_a_value_for_yes_that_nobody_gave_claims_no_agreement_on_no() -> None:
    found = agreement(two_raters(20, 5, 5, 20), yes="Yes")
    assert found.negative == found.positive
    assert found.negative.reason == "no rating has the value named as yes"
    assert found.cohen_kappa.reason == "off: 0 positives, and kappa needs 10"


def test_a_category_that_nobody_used_counts_for_ac1() -> None:
    table = two_raters(20, 5, 10, 15)
    seen = agreement(table).gwet_ac1.estimate
    allowed = agreement(table, categories=("yes", "no", "cannot_determine")).gwet_ac1.estimate
    marginal = 0.55
    chance = 2 * marginal * (1 - marginal) / 2
    assert allowed == pytest.approx((0.7 - chance) / (1 - chance))
    assert seen != allowed


def test_positive_and_negative_agreement_have_linearised_limits_with_students_t() -> None:
    found = agreement(two_raters(20, 5, 10, 15))
    t_of_49 = 2.009575237
    for figure, both in ((found.positive, 20), (found.negative, 15)):
        pairs = 2 * both + 15
        half = t_of_49 * math.sqrt(4 * both * 15 * (both + 15) / pairs**4 * 50 / 49)
        middle = 2 * both / pairs
        assert figure.estimate == pytest.approx(middle)
        assert limits(figure) == pytest.approx((middle - half, middle + half), abs=1e-8)


def test_perfect_agreement_on_three_yes_answers_has_wilsons_limits() -> None:
    found = agreement(two_raters(3, 0, 0, 97))
    of_yes, of_all = 3 / (3 + Z * Z), 100 / (100 + Z * Z)
    assert limits(found.positive) == pytest.approx((2 * of_yes / (1 + of_yes), 1))
    assert limits(found.percent) == pytest.approx((of_all, 1))
    chance = (0.03 * 0.97) * 2
    assert limits(found.gwet_ac1) == pytest.approx((1 - (1 - of_all) / (1 - chance), 1))


def test_cases_that_all_look_alike_do_not_make_agreement_certain() -> None:
    table: Table = {f"C{n}": {"A": "yes", "B": "yes", "C": "no"} for n in range(12)}
    figure = agreement(table).positive
    lower, upper = wilson_limits(1 / 3, 12)
    assert figure.estimate == pytest.approx(0.5)
    assert limits(figure) == pytest.approx((2 * lower / (1 + lower), 2 * upper / (1 + upper)))


def test_a_further_rating_is_worth_at_most_one_further_comparison() -> None:
    table: Table = {}
    for n in range(40):
        third = "yes" if n % 2 else "no"
        table[f"C{n}"] = {"A": "yes", "B": "yes", "C": third, "D": "no"}
    assert limits(agreement(table).percent) == pytest.approx(wilson_limits(5 / 12, 40 * 3))


def test_nothing_to_compare_gives_reasons_and_no_numbers() -> None:
    tables: list[Table] = [{}, {"C1": {"R1": "yes", "R2": None}, "C2": {"R2": "no"}}]
    for found in map(agreement, tables):
        assert found.compared == 0
        assert found.percent == found.gwet_ac1 == found.cohen_kappa == found.positive
        assert found.percent.reason == "no case has two ratings"


@pytest.mark.parametrize(
    ("categories", "yes"),
    [(["yes"], None), (["yes", "no", "no"], None), (["yes", "no"], "Yes")],
)
def test_categories_that_do_not_fit_are_refused(categories: list[str], yes: str | None) -> None:
    with pytest.raises(AgreementError):
        agreement(two_raters(1, 1, 1, 1), categories=categories, yes=yes)


def test_a_confidence_of_one_is_refused() -> None:
    with pytest.raises(EstimationError):
        agreement(two_raters(1, 1, 1, 1), confidence=1.0)


def test_a_coefficient_of_many_raters_rests_on_patterns_alone() -> None:
    counted = count_ratings({"C1": {"A": "x", "B": "y", "C": "x"}}, None)
    assert dict(counted.patterns) == {(2, 1): 1}
    assert counted.pairs == {}
