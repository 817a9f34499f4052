"""What the text of a comparison says and leaves out, on figures made by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dipsample.cli.compare_forms import as_json
from dipsample.cli.compare_text import print_text
from review.finding import Bounds, Finding, Measure, Total
from review.waves import Chart, Comparison, Point, Row, Shift, TrendTest, Wave
from sampling.estimation.claims import Judgement, Verdict
from sampling.estimation.comparison import ChartPoint, Trend

KNOWN = Measure(0.2, 0.12, 0.31)
FINDING = Finding(
    indicator="M1", label="any arrest, of incidents", by=None, group=None, cases=60, numerator=12,
    denominator=60, undetermined=0, blank=0, population=300.0, population_is_known=True,
    known=KNOWN, confidence=0.95, method="hypergeometric-blaker", if_undetermined_no=KNOWN,
    if_undetermined_yes=KNOWN, bounds=Bounds(0.12, 0.31), total=Total(60.0, 36.0, 93.0),
    total_if_undetermined_yes=Total(60.0, 36.0, 93.0),
    effective_n=74.75, design_effect=1.0, degrees_of_freedom=59, flags=(),
)  # fmt: skip
SMALL = replace(FINDING, cases=5, numerator=1, denominator=5, flags=("low-base", "no-percentage"))
SHIFT = Shift(
    0, 1, Measure(0.1, -0.05, 0.25), Bounds(-0.08, 0.28), ("hypergeometric-tail",), 0.2, 0.4, None
)

MET = Judgement(Verdict.MET, 0.1, 0.29, 0.04, None)
NOT_MET = Judgement(Verdict.NOT_MET, 0.4, 0.6, 0.04, None)


def wave(number: int) -> Wave:
    return Wave(
        f"Wave {number}", "da-short 1.0.0", "da-short", "0" * 64, str(number), 0, ("M1",), (), {}
    )


def row_of(
    findings: Sequence[Finding | None],
    shift: Shift = SHIFT,
    *,
    trend: TrendTest | None = None,
    chart: Chart | None = None,
) -> Row:
    points = tuple(Point(place, one, None, None, None) for place, one in enumerate(findings))
    shifts = tuple(
        replace(shift, earlier=place - 1, later=place) for place in range(1, len(findings))
    )
    return Row("M1", "any arrest, of incidents", points, shifts, trend, chart)


def shown(capsys: pytest.CaptureFixture[str], row: Row, *, target: float | None = None) -> str:
    waves = [wave(number) for number in range(len(row.points))]
    print_text(waves, Comparison((row,), 0.95, target, 3))
    return capsys.readouterr().out


def test_a_change_is_in_points_with_its_sign_and_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, row_of([FINDING, FINDING]))
    assert "+10.0  -5.0 to +25.0" in text
    assert "-8.0 to +28.0" in text
    assert "3 comparisons were made." in text


def test_no_percentage_and_no_change_of_a_base_under_ten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = shown(capsys, row_of([FINDING, SMALL]))
    (second,) = (line for line in text.splitlines() if line.split()[:2] == ["M1", "2"])
    assert "%" not in second
    assert "+10.0" not in text
    assert "-8.0" not in text
    assert "- low base: M1 (wave 2)" in text


def test_an_indicator_that_a_wave_does_not_have_is_a_dash(
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = replace(SHIFT, difference=Measure(None, None, None), why_not="wave 2 has no estimate",
                  bounds=Bounds(None, None), p_value=None, adjusted=None, methods=())  # fmt: skip
    text = shown(capsys, row_of([FINDING, None], why))
    assert "- wave 2 has no estimate: M1" in text


def test_a_chart_marks_the_wave_that_lies_outside(capsys: pytest.CaptureFixture[str]) -> None:
    points = tuple(
        ChartPoint(f"wave {n}", 0.1, (0.01, 0.19), (0.02, 0.2), is_signal=n == 8)
        for n in range(1, 9)
    )
    trend = TrendTest(Trend(0.012, 4.2, 0.04), 0.12, True, None)
    text = shown(capsys, row_of([FINDING] * 8, trend=trend, chart=Chart(points, None)))
    marked = [line for line in text.splitlines() if line.endswith("outside")]
    assert len(marked) == 1
    assert "wave 8  10.0 %  1.0 to 19.0 %  2.0 to 20.0 %" in marked[0]
    assert "at the effective sample size, approximate" in text
    assert "without control limits" not in text


@pytest.mark.parametrize(
    ("judged", "against", "adjusted", "sentence"),
    [
        (MET, Verdict.MET, 0.12, "not with all comparisons together"),
        (MET, Verdict.CANNOT_SAY, 0.01, "not if the undetermined cases were yes"),
        (NOT_MET, Verdict.MET, 0.01, "not if the undetermined cases were no"),
        (Judgement(Verdict.CANNOT_SAY, 0.1, 0.33, 0.2, 1234), None, 0.6, "1,234 would decide"),
        (Judgement(Verdict.CANNOT_SAY, 0.1, 0.33, 1, None), None, 1, "no sample would decide"),
    ],
)
def test_a_verdict_says_beside_it_what_it_needs(
    judged: Judgement,
    against: Verdict | None,
    adjusted: float,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = replace(row_of([FINDING]), points=(Point(0, FINDING, judged, against, adjusted),))
    assert sentence in shown(capsys, row, target=0.3)


def test_json_counts_waves_from_one_and_carries_the_chart() -> None:
    points = (ChartPoint("wave 1", 0.1, None, None, is_signal=False),)
    row = row_of([FINDING, None], chart=Chart(points, None))
    made = json.dumps(as_json([{}, {}], Comparison((row,), 0.95, None, 3)))
    (found,) = json.loads(made)["indicators"]
    assert [one["wave"] for one in found["waves"]] == [1, 2]
    assert found["waves"][1]["finding"] is None
    assert found["changes"][0]["bounds"] == {"lower": -0.08, "upper": 0.28}
    assert found["chart"]["points"][0]["share"] == 0.1
