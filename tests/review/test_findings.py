from __future__ import annotations

from collections.abc import Sequence

import pytest

from review.errors import IndicatorError
from review.finding import Finding
from review.findings import CodedCase
from sampling.estimation import (
    ClusterCount,
    DomainCount,
    StratumCount,
    domain,
    domain_size,
    domain_total,
    ratio,
    single,
    stratified,
)
from tests.review.coded_cases import (
    ARREST,
    COUNTER,
    DUAL,
    MISSING,
    ORDINARY,
    OUT,
    UNKNOWN,
    Findings,
    case,
    renumbered,
    sample_of,
)


def limits(finding: Finding) -> tuple[float | None, float | None, float | None, str | None]:
    known = finding.known
    return known.estimate, known.lower, known.upper, finding.method


def test_a_simple_sample_all_in_the_base_is_estimated_on_the_known_frame(
    findings_on: Findings,
) -> None:
    (found,) = findings_on(sample_of((COUNTER, 8), (ORDINARY, 32)), {"all": 500})
    expected = single(8, 40, population=500)
    assert limits(found) == (
        expected.estimate, expected.lower, expected.upper, "hypergeometric-blaker",
    )  # fmt: skip
    assert (found.population, found.population_is_known) == (500, True)
    assert found.total.estimate == 100
    assert (found.numerator, found.denominator, found.cases) == (8, 40, 40)
    assert found.if_undetermined_no == found.known == found.if_undetermined_yes


def test_records_out_of_scope_make_the_base_a_group_of_unknown_size(findings_on: Findings) -> None:
    (found,) = findings_on(sample_of((COUNTER, 8), (ORDINARY, 27), (OUT, 5)), {"all": 500})
    counts = [DomainCount("all", 500, 40, 35, 8)]
    expected = domain(counts)
    assert limits(found) == (
        expected.estimate, expected.lower, expected.upper, "hypergeometric-blaker-domain",
    )  # fmt: skip
    assert (found.denominator, found.cases) == (35, 35)
    assert not found.population_is_known
    assert found.population == domain_size(counts).estimate
    assert found.total.upper == domain_total(counts).upper


def test_undetermined_cases_stand_in_the_bounds(findings_on: Findings) -> None:
    (found,) = findings_on(sample_of((COUNTER, 8), (ORDINARY, 28), (UNKNOWN, 4)), {"all": 500})
    as_no, as_yes = single(8, 40, population=500), single(12, 40, population=500)
    assert found.undetermined == 4
    assert found.blank == 0
    assert found.known.estimate == 8 / 36
    assert found.method == "hypergeometric-blaker-domain"
    assert found.if_undetermined_no.estimate == as_no.estimate
    assert found.bounds.lower == as_no.lower
    assert found.bounds.upper == as_yes.upper


def test_a_blank_answer_is_undetermined_and_counted_apart(findings_on: Findings) -> None:
    blank = {key: value for key, value in ORDINARY.items() if key != "C1"}
    (found,) = findings_on(sample_of((COUNTER, 8), (blank, 2), (UNKNOWN, 1)), {"all": 500})
    assert (found.undetermined, found.blank) == (3, 2)


def test_records_that_could_not_be_read_leave_the_sample_and_not_the_frame(
    findings_on: Findings,
) -> None:
    (found,) = findings_on(sample_of((COUNTER, 8), (ORDINARY, 30), (MISSING, 2)), {"all": 500})
    expected = single(8, 38, population=500)
    assert limits(found)[:3] == (expected.estimate, expected.lower, expected.upper)
    cases = sample_of((COUNTER, 8), (ORDINARY, 30), (None, 2))
    gone = [
        CodedCase(one.case_id, "all", {}, None, excluded=one.sheet is None) for one in cases[38:]
    ]
    (excluded,) = findings_on([*cases[:38], *gone], {"all": 500})
    assert limits(excluded) == limits(found)
    assert excluded.cases == 38


def test_open_cases_leave_counts_and_no_estimate(findings_on: Findings) -> None:
    (found,) = findings_on(sample_of((COUNTER, 8), (ORDINARY, 30), (None, 1)), {"all": 500})
    assert found.flags == ("incomplete",)
    assert (found.numerator, found.denominator) == (8, 38)
    nothing = (None, None, None)
    assert limits(found) == (*nothing, None)
    assert (found.bounds.lower, found.bounds.upper) == (None, None)
    assert (found.total.estimate, found.population) == (None, None)


def test_a_census_has_no_interval(findings_on: Findings) -> None:
    (found,) = findings_on(sample_of((COUNTER, 8), (ORDINARY, 32)), {"all": 40})
    assert limits(found) == (0.2, 0.2, 0.2, "census")


def test_no_yes_in_a_sample_still_leaves_an_interval(findings_on: Findings) -> None:
    for cases in (sample_of((ORDINARY, 39)), sample_of((ORDINARY, 30), (OUT, 9))):
        (found,) = findings_on(cases, {"all": 40})
        assert found.known.estimate == 0
        assert found.known.upper is not None
        assert found.known.upper > 0
        assert "no-events" in found.flags


def two_strata(north: Sequence[CodedCase], south: Sequence[CodedCase]) -> list[CodedCase]:
    return renumbered([*north, *south])


def test_a_stratified_sample_is_weighted(findings_on: Findings) -> None:
    cases = two_strata(
        sample_of((COUNTER, 6), (ORDINARY, 14), stratum="north"),
        sample_of((COUNTER, 1), (ORDINARY, 19), stratum="south"),
    )
    (found,) = findings_on(cases, {"north": 100, "south": 900})
    expected = stratified([StratumCount("north", 100, 20, 6), StratumCount("south", 900, 20, 1)])
    assert limits(found) == (
        expected.estimate, expected.lower, expected.upper, expected.method.value,
    )  # fmt: skip
    assert found.known.estimate == pytest.approx(0.1 * 0.3 + 0.9 * 0.05)
    with_out = two_strata(cases[:20], [*cases[20:39], case(OUT, 1, "south")])
    (partial,) = findings_on(with_out, {"north": 100, "south": 900})
    counts = [DomainCount("north", 100, 20, 20, 6), DomainCount("south", 900, 20, 19, 1)]
    assert partial.known.upper == domain(counts).upper


def test_a_stratum_left_with_one_record_is_joined_to_the_next_and_says_so(
    findings_on: Findings,
) -> None:
    cases = two_strata(
        sample_of((COUNTER, 1), (MISSING, 2), stratum="a"),
        [
            *sample_of((COUNTER, 2), (ORDINARY, 8), stratum="b"),
            *sample_of((COUNTER, 1), (ORDINARY, 9), stratum="c"),
        ],
    )
    (found,) = findings_on(cases, {"c": 300, "a": 50, "b": 200})
    expected = stratified([StratumCount("a + b", 250, 11, 3), StratumCount("c", 300, 10, 1)])
    assert limits(found)[:3] == (expected.estimate, expected.lower, expected.upper)
    assert "collapsed-stratum" in found.flags


def test_the_last_stratum_is_joined_to_the_one_before(findings_on: Findings) -> None:
    cases = two_strata(
        sample_of((COUNTER, 2), (ORDINARY, 8), stratum="a"),
        sample_of((MISSING, 3), stratum="b"),
    )
    (found,) = findings_on(cases, {"a": 50, "b": 200})
    assert limits(found)[1] == single(2, 10, population=250).lower
    assert "collapsed-stratum" in found.flags


KEPT = {"sex": {("all", "F"): 300, ("all", "M"): 150, ("all", ""): 50}}


def by_sex() -> list[CodedCase]:
    sexes = ["F"] * 24 + ["M"] * 12 + [""] * 4
    answers = [COUNTER] * 6 + [ORDINARY] * 33 + [OUT]
    return [
        case(one, number, kept={"sex": sex, "many": str(number)})
        for number, (one, sex) in enumerate(zip(answers, sexes, strict=True), start=1)
    ]


def test_a_group_whose_size_the_frame_knows_is_estimated_within_it(findings_on: Findings) -> None:
    found = findings_on(by_sex(), {"all": 500}, by=["sex"], kept=KEPT)
    assert [one.group for one in found] == [None, "F", "M", "not recorded"]
    women, men, unknown = found[1:]
    expected = single(6, 24, population=300)
    assert limits(women)[:3] == (expected.estimate, expected.lower, expected.upper)
    assert women.method == "hypergeometric-blaker"
    assert (women.population, men.population) == (300, 150)
    assert unknown.method == "hypergeometric-blaker-domain"
    assert unknown.known.upper == domain([DomainCount("all", 50, 4, 3, 0)]).upper
    assert "no-percentage" in unknown.flags


def test_a_group_of_unknown_size_is_estimated_over_the_whole_design(findings_on: Findings) -> None:
    found = findings_on(by_sex(), {"all": 500}, by=["many"], kept=KEPT)
    one = next(finding for finding in found if finding.group == "1")
    assert limits(one)[1] == domain([DomainCount("all", 500, 40, 1, 1)]).lower
    assert one.denominator == 1


def test_a_breakdown_by_stratum_takes_each_as_a_frame_of_its_own(findings_on: Findings) -> None:
    cases = two_strata(
        sample_of((COUNTER, 6), (ORDINARY, 14), stratum="north"),
        sample_of((COUNTER, 1), (ORDINARY, 19), stratum="south"),
    )
    found = findings_on(cases, {"north": 100, "south": 900}, by=["stratum"])
    assert [(one.by, one.group) for one in found[1:]] == [
        ("stratum", "north"), ("stratum", "south"),
    ]  # fmt: skip
    assert limits(found[1])[1] == single(6, 20, population=100).lower
    assert found[2].population == 900


def test_a_group_across_strata_uses_its_sizes_where_every_stratum_has_cases_of_it(
    findings_on: Findings,
) -> None:
    def cases(split: int) -> list[CodedCase]:
        return [
            case(
                COUNTER if number % 4 == 0 else ORDINARY,
                number,
                "north" if number <= 20 else "south",
                {"sex": "F" if number <= split or number > 30 else "M"},
            )
            for number in range(1, 41)
        ]

    sizes = {"north": 100, "south": 900}
    kept = {
        "sex": {
            ("north", "F"): 60, ("north", "M"): 40, ("south", "F"): 500, ("south", "M"): 400,
        }
    }  # fmt: skip
    _, women, _ = findings_on(cases(12), sizes, by=["sex"], kept=kept)
    known = [StratumCount("north", 60, 12, 3), StratumCount("south", 500, 10, 3)]
    assert women.known.estimate == stratified(known).estimate
    _, few, _ = findings_on(cases(1), sizes, by=["sex"], kept=kept)
    whole = [DomainCount("north", 100, 20, 1, 0), DomainCount("south", 900, 20, 10, 3)]
    assert few.known.estimate == domain(whole).estimate
    assert not few.population_is_known


def test_an_unknown_column_names_those_there_are(findings_on: Findings) -> None:
    with pytest.raises(IndicatorError, match="there is sex, many, stratum"):
        findings_on(by_sex(), {"all": 500}, by=["age"], kept=KEPT)


def test_a_base_that_nobody_is_in_has_no_estimate_and_says_why(findings_on: Findings) -> None:
    (found,) = findings_on(sample_of((ORDINARY, 10)), {"all": 100}, only=["C.4"])
    assert found.flags == ("empty-base",)
    assert found.known.estimate is None
    assert (found.denominator, found.cases) == (0, 10)


def test_the_share_of_persons_is_a_ratio_over_incidents(findings_on: Findings) -> None:
    cases = sample_of((DUAL, 3), (ARREST, 12), (ORDINARY, 25))
    (found,) = findings_on(cases, {"all": 500}, only=["M7"])
    pairs = ((2, 2),) * 3 + ((0, 1),) * 12 + ((0, 0),) * 25
    expected = ratio([ClusterCount("all", 500, pairs)], largest=3)
    assert limits(found)[:3] == (expected.estimate, expected.lower, expected.upper)
    assert (found.numerator, found.denominator) == (6, 18)
    assert found.population == pytest.approx(500 * 18 / 40)
    assert found.total.estimate == pytest.approx(500 * 6 / 40)
    assert "upper-bound" not in found.flags


def test_three_or_more_persons_are_what_the_frame_says_else_three_and_an_upper_bound(
    findings_on: Findings,
) -> None:
    many = DUAL | {"A2": "3_or_more"}
    plain = sample_of((many, 1), (ARREST, 5))
    (bound,) = findings_on(plain, {"all": 100}, only=["M7"])
    assert (bound.numerator, bound.denominator) == (2, 8)
    assert "upper-bound" in bound.flags
    stated = [case(many, 1, kept={"n_persons_arrested": "5"}), *plain[1:]]
    (exact,) = findings_on(stated, {"all": 100}, only=["M7"])
    assert exact.denominator == 10
    assert "upper-bound" not in exact.flags


def test_persons_in_a_single_record_have_no_interval(findings_on: Findings) -> None:
    (found,) = findings_on(sample_of((ARREST, 1)), {"all": 100}, only=["M7"])
    assert found.flags == ("too-few-records",)
