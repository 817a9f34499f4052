"""Waves against each other: what is compared, what is not, and the adjustment for all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from review.applicability import read_sheet
from review.codebook import builtin_codebook
from review.comparing import compare
from review.errors import IndicatorError
from review.findings import CodedCase
from review.waves import Comparison, Wave
from sampling.estimation import DomainCount, Interval, Method, domain, single
from sampling.estimation.claims import Verdict
from sampling.estimation.comparison import WaveCount, difference, holm, trend

CODEBOOK = builtin_codebook("da-short")
ORDINARY = {"E1": "yes", "E2": "yes", "A1": "no", "C1": "no", "Z3": "high", "Z5": "no"}
COUNTER = ORDINARY | {"C1": "yes"}
UNKNOWN = ORDINARY | {"C1": "cannot_determine"}
OUT = {"E1": "yes", "E2": "no", "Z5": "no"}
ONE_OF_ONE = ORDINARY | {"A1": "yes", "A2": "1", "A3": "no", "A4": "yes"}
TWO_OF_TWO = ONE_OF_ONE | {"A2": "2", "A3": "yes", "A6": "within_24h"}

WaveOn = Callable[..., Wave]


def cases(*counted: tuple[dict[str, str] | None, int], stratum: str = "all") -> list[CodedCase]:
    made: list[CodedCase] = []
    for answers, count in counted:
        sheet = None
        if answers is not None:
            sheet = read_sheet(CODEBOOK, {key: (one,) for key, one in answers.items()}, ())
        for _ in range(count):
            case_id = f"{stratum}-{len(made) + 1:04d}"
            made.append(CodedCase(case_id, stratum, {}, sheet, excluded=False))
    return made


def compared(
    waves: Sequence[Wave], *, target: float | None = None, confidence: float = 0.95
) -> Comparison:
    return compare(waves, wanted=None, confidence=confidence, target=target)


@pytest.fixture(scope="module")
def simple(wave_on: WaveOn) -> Callable[..., Wave]:
    """A simple sample of 500 records by seed, yes and no."""
    return lambda seed, yes, no: wave_on(
        cases((COUNTER, yes), (ORDINARY, no)), {"all": 500}, seed=seed
    )


def tail(x: int, n: int) -> Interval:
    return single(x, n, population=500, method=Method.HYPERGEOMETRIC_TAIL)


def test_a_change_is_later_less_earlier_by_tail_limits(simple: Callable[..., Wave]) -> None:
    (row,) = compared([simple("1", 6, 54), simple("2", 20, 40)]).rows
    (shift,) = row.shifts
    expected = difference(tail(20, 60), tail(6, 60))
    assert (shift.earlier, shift.later, shift.why_not) == (0, 1, None)
    moved = shift.difference
    assert (moved.estimate, moved.lower, moved.upper) == (
        expected.estimate, expected.lower, expected.upper,
    )  # fmt: skip
    assert shift.methods == ("hypergeometric-tail",)
    assert shift.p_value is not None
    assert shift.p_value < 0.05
    assert (shift.bounds.lower, shift.bounds.upper) == (expected.lower, expected.upper)
    assert row.trend is None
    assert row.chart is None


def test_the_estimates_are_those_of_findings(simple: Callable[..., Wave]) -> None:
    waves = [simple("1", 6, 54), simple("2", 20, 40)]
    (row,) = compared(waves).rows
    assert [point.finding for point in row.points] == [wave.findings[0] for wave in waves]


def test_a_base_of_unknown_size_takes_limits_that_hold_on_each_side(wave_on: WaveOn) -> None:
    waves = [
        wave_on(cases((COUNTER, yes), (ORDINARY, 40), (OUT, 8)), {"all": 400}, seed=seed)
        for seed, yes in (("1", 5), ("2", 12))
    ]
    (row,) = compared(waves).rows
    before, after = (
        domain(
            [DomainCount("all", 400, 48 + yes, 40 + yes, yes)],
            method=Method.HYPERGEOMETRIC_TAIL_DOMAIN,
        )
        for yes in (5, 12)
    )
    assert row.shifts[0].difference.lower == difference(after, before).lower
    assert row.shifts[0].methods == ("hypergeometric-tail-domain",)


def test_undetermined_cases_widen_the_bounds_of_a_change(wave_on: WaveOn) -> None:
    waves = [
        wave_on(cases((COUNTER, yes), (ORDINARY, 56 - yes), (UNKNOWN, 6)), {"all": 500}, seed=seed)
        for seed, yes in (("1", 6), ("2", 15))
    ]
    (shift,) = compared(waves).rows[0].shifts
    known, bounds = shift.difference, shift.bounds
    assert bounds.lower == difference(tail(15, 62), tail(12, 62)).lower
    assert bounds.upper == difference(tail(21, 62), tail(6, 62)).upper
    assert None not in (bounds.lower, bounds.upper, known.lower, known.upper)
    assert bounds.lower < known.lower  # type: ignore[operator]  # the line above
    assert bounds.upper > known.upper  # type: ignore[operator]  # the line above


def test_strata_and_persons_are_compared_and_named_approximate(wave_on: WaveOn) -> None:
    waves = []
    for seed, many in (("1", 4), ("2", 9)):
        drawn = [
            *cases((TWO_OF_TWO, many), (ONE_OF_ONE, 25), (ORDINARY, 9), stratum="a"),
            *cases((ONE_OF_ONE, 20), (COUNTER, many), stratum="b"),
        ]
        waves.append(wave_on(drawn, {"a": 300, "b": 200}, seed=seed, only=("C.1", "M7")))
    rows = {row.indicator: row for row in compared(waves).rows}
    assert set(rows) == {"C.1", "M7"}
    for row in rows.values():
        (shift,) = row.shifts
        assert shift.methods == ("korn-graubard-capped",)
        assert shift.difference.estimate is not None
        assert shift.difference.estimate > 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (lambda wave: replace(wave, codebook_id="other"), "coded with da-short"),
        (lambda wave: replace(wave, codebook_sha256="f" * 64), "different texts of the codebook"),
        (lambda wave: replace(wave, seed="1"), "the same seed"),
    ],
)
def test_what_is_not_comparable_has_no_difference_and_says_why(
    simple: Callable[..., Wave], changed: Callable[[Wave], Wave], sentence: str
) -> None:
    waves = [simple("1", 6, 54), changed(simple("2", 20, 40)), simple("3", 20, 40)]
    made = compared(waves)
    (row,) = made.rows
    reasons = [shift.why_not or "" for shift in row.shifts]
    assert sentence in reasons[0]
    assert reasons[0].startswith("not comparable: ")
    assert row.shifts[0].difference.estimate is row.shifts[0].p_value is None
    assert row.trend is not None
    assert row.trend.trend is None
    assert row.trend.why_not == reasons[0]
    assert made.claims == sum(not reason for reason in reasons)
    assert all(point.finding is not None for point in row.points)


def test_open_cases_leave_counts_and_the_reason(wave_on: WaveOn) -> None:
    waves = [
        wave_on(cases((COUNTER, 6), (ORDINARY, 50), (left, 4)), {"all": 500}, seed=seed)
        for seed, left in (("1", ORDINARY), ("2", None))
    ]
    made = compared(waves, target=0.1)
    (row,) = made.rows
    assert row.shifts[0].why_not == "wave 2 has open cases"
    second = row.points[1]
    assert second.finding is not None
    assert (second.finding.numerator, second.finding.denominator) == (6, 56)
    assert second.finding.known.estimate is None
    assert second.judgement is None
    assert made.claims == 1


def test_a_wave_without_a_base_has_no_estimate_to_compare(wave_on: WaveOn) -> None:
    waves = [
        wave_on(cases((COUNTER, 6), (ORDINARY, 50)), {"all": 500}, seed="1"),
        wave_on(cases((OUT, 40)), {"all": 500}, seed="2"),
    ]
    assert compared(waves).rows[0].shifts[0].why_not == "wave 2 has no estimate"


def test_claims_are_adjusted_together_by_holm(simple: Callable[..., Wave]) -> None:
    made = compared([simple("1", 6, 54), simple("2", 10, 50), simple("3", 22, 38)], target=0.2)
    (row,) = made.rows
    assert row.trend is not None
    assert row.trend.trend is not None
    pairs = [
        *((p.judgement.p_value, p.adjusted) for p in row.points if p.judgement is not None),
        *((shift.p_value, shift.adjusted) for shift in row.shifts),
        (row.trend.trend.p_value, row.trend.adjusted),
    ]
    assert made.claims == len(pairs) == 6
    raw = [p for p, _ in pairs if p is not None]
    assert [adjusted for _, adjusted in pairs] == list(holm(raw))


def test_a_trend_of_simple_samples_is_of_their_counts(simple: Callable[..., Wave]) -> None:
    (row,) = compared([simple("1", 6, 54), simple("2", 10, 50), simple("3", 22, 38)]).rows
    assert row.trend is not None
    assert row.trend.trend == trend([WaveCount("", 60, x) for x in (6, 10, 22)])
    assert not row.trend.is_at_effective_size


def test_a_trend_of_stratified_samples_is_at_their_effective_size(wave_on: WaveOn) -> None:
    waves = []
    for seed, yes in (("1", 3), ("2", 5), ("3", 9)):
        drawn = [
            *cases((COUNTER, yes), (ORDINARY, 20), stratum="a"),
            *cases((COUNTER, 2), (ORDINARY, 20), stratum="b"),
        ]
        waves.append(wave_on(drawn, {"a": 900, "b": 100}, seed=seed))
    (row,) = compared(waves).rows
    assert row.trend is not None
    assert row.trend.is_at_effective_size
    sizes = [one.findings[0].effective_n or 0 for one in waves]
    shares = [one.findings[0].known.estimate or 0 for one in waves]
    expected = trend([WaveCount("", n, n * p) for n, p in zip(sizes, shares, strict=True)])
    assert row.trend.trend == expected


def test_waves_without_a_single_yes_have_no_trend(simple: Callable[..., Wave]) -> None:
    (row,) = compared([simple(seed, 0, 60) for seed in "123"]).rows
    assert row.trend is not None
    assert row.trend.why_not == "every answer of every wave is the same"


def test_control_limits_come_with_the_eighth_wave(simple: Callable[..., Wave]) -> None:
    waves = [simple(str(number), 6, 54) for number in range(7)]
    assert compared(waves).rows[0].chart is None
    chart = compared([*waves, simple("7", 40, 20)]).rows[0].chart
    assert chart is not None
    assert [point.is_signal for point in chart.points] == [False] * 7 + [True]


def test_eight_stratified_waves_have_no_control_limits(wave_on: WaveOn) -> None:
    drawn = [
        *cases((COUNTER, 4), (ORDINARY, 20), stratum="a"),
        *cases((COUNTER, 2), (ORDINARY, 20), stratum="b"),
    ]
    waves = [wave_on(drawn, {"a": 900, "b": 100}, seed=str(number)) for number in range(8)]
    chart = compared(waves).rows[0].chart
    assert chart is not None
    assert chart.points == ()
    assert "simple samples" in str(chart.why_not)


@pytest.mark.parametrize(
    ("yes", "verdict"), [(1, Verdict.MET), (30, Verdict.NOT_MET), (6, Verdict.CANNOT_SAY)]
)
def test_one_wave_is_held_against_a_target(
    simple: Callable[..., Wave], yes: int, verdict: Verdict
) -> None:
    (row,) = compared([simple("1", yes, 60 - yes)], target=0.12).rows
    (point,) = row.points
    assert point.judgement is not None
    assert point.judgement.verdict is verdict
    assert (point.judgement.deciding_base is not None) == (verdict is Verdict.CANNOT_SAY)
    assert row.shifts == ()


def test_a_verdict_is_also_given_with_the_undetermined_against_it(wave_on: WaveOn) -> None:
    def judged(yes: int, unknown: int) -> tuple[Verdict, Verdict | None]:
        drawn = cases((COUNTER, yes), (ORDINARY, 60 - yes), (UNKNOWN, unknown))
        (row,) = compared([wave_on(drawn, {"all": 500}, seed="1")], target=0.3).rows
        (point,) = row.points
        assert point.judgement is not None
        return point.judgement.verdict, point.if_undetermined

    assert judged(6, 0) == (Verdict.MET, Verdict.MET)
    assert judged(6, 40) == (Verdict.MET, Verdict.NOT_MET)
    assert judged(30, 60) == (Verdict.NOT_MET, Verdict.CANNOT_SAY)
    assert judged(17, 5) == (Verdict.CANNOT_SAY, None)


def test_two_complete_counts_are_compared_without_chance(wave_on: WaveOn) -> None:
    waves = [
        wave_on(cases((COUNTER, yes), (ORDINARY, 40 - yes)), {"all": 40}, seed=seed)
        for seed, yes in (("1", 5), ("2", 9))
    ]
    made = compared(waves)
    (shift,) = made.rows[0].shifts
    assert shift.difference.lower == shift.difference.upper == pytest.approx(0.1)
    assert (shift.p_value, made.claims) == (None, 0)


def test_an_indicator_that_no_wave_has_is_refused(simple: Callable[..., Wave]) -> None:
    with pytest.raises(IndicatorError, match=r"no indicator X9 in any wave; there are C\.1"):
        compare([simple("1", 6, 54)], wanted=["C.1", "X9"], confidence=0.95, target=0.1)
