"""The machine-readable forms of ``dipsample compare``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from review.waves import Chart, Comparison, Point, Row, Shift, TrendTest
from sampling.estimation.claims import Judgement, promise_of_change

CSV_COLUMNS = (
    "indicator",
    "wave",
    "project",
    "yes",
    "base",
    "undetermined",
    "estimate",
    "lower",
    "upper",
    "method",
    "flags",
    "change",
    "change_lower",
    "change_upper",
    "change_p",
    "change_p_holm",
    "not_compared",
    "target_verdict",
    "target_if_undetermined",
    "target_lower",
    "target_upper",
    "target_p",
    "target_p_holm",
    "deciding_base",
)


def csv_rows(titles: Sequence[str], made: Comparison) -> list[tuple[object, ...]]:
    """Return one line an indicator and wave; the change is from the wave before.

    Args:
        titles: Of the projects, in order.
        made: The comparison.
    """
    return [line for row in made.rows for line in _csv_rows(titles, row)]


def _csv_rows(titles: Sequence[str], row: Row) -> Iterator[tuple[object, ...]]:
    shifts = {shift.later: shift for shift in row.shifts}
    for point in row.points:
        found, shift, judged = point.finding, shifts.get(point.wave), point.judgement
        counts: tuple[object, ...] = (None,) * 8
        if found is not None:
            known = found.known
            counts = (
                *(found.numerator, found.denominator, found.undetermined),
                *(known.estimate, known.lower, known.upper),
                *(found.method, " ".join(found.flags)),
            )
        change: tuple[object, ...] = (None,) * 6
        if shift is not None:
            moved = shift.difference
            change = (
                *(moved.estimate, moved.lower, moved.upper),
                *(shift.p_value, shift.adjusted, shift.why_not),
            )
        verdict: tuple[object, ...] = (None,) * 7
        if judged is not None:
            verdict = (
                *(judged.verdict.value, point.if_undetermined, judged.lower, judged.upper),
                *(judged.p_value, point.adjusted, judged.deciding_base),
            )
        yield (row.indicator, point.wave + 1, titles[point.wave], *counts, *change, *verdict)


def as_json(facts: Sequence[dict[str, object]], made: Comparison) -> dict[str, object]:
    """Return the whole comparison; waves count from 1.

    Args:
        facts: What is said of each project, in order.
        made: The comparison.
    """
    return {
        "waves": list(facts),
        "confidence": made.confidence,
        "target": made.target,
        "comparisons": made.claims,
        "indicators": [
            {
                "indicator": row.indicator,
                "label": row.label,
                "waves": [_point_json(point) for point in row.points],
                "changes": [_shift_json(shift) for shift in row.shifts],
                "trend": None if row.trend is None else _trend_json(row.trend),
                "chart": None if row.chart is None else _chart_json(row.chart),
            }
            for row in made.rows
        ],
    }


def _point_json(point: Point) -> dict[str, object]:
    found, judged = point.finding, point.judgement
    shown: dict[str, object] = {"wave": point.wave + 1}
    if found is None:
        return shown | {"finding": None, "target": None}
    return shown | {
        "finding": {
            "cases": found.cases,
            "numerator": found.numerator,
            "denominator": found.denominator,
            "undetermined": found.undetermined,
            **asdict(found.known),
            "method": found.method,
            "bounds": asdict(found.bounds),
            "flags": list(found.flags),
        },
        "target": None if judged is None else _judged_json(point, judged),
    }


def _judged_json(point: Point, judged: Judgement) -> dict[str, object]:
    return asdict(judged) | {"if_undetermined": point.if_undetermined, "p_holm": point.adjusted}


def _shift_json(shift: Shift) -> dict[str, object]:
    return {
        "earlier": shift.earlier + 1,
        "later": shift.later + 1,
        **asdict(shift.difference),
        "bounds": asdict(shift.bounds),
        "limits": list(shift.methods),
        "promise": None if shift.why_not else promise_of_change(shift.methods),
        "p_value": shift.p_value,
        "p_holm": shift.adjusted,
        "not_compared": shift.why_not,
    }


def _trend_json(test: TrendTest) -> dict[str, object]:
    found = test.trend
    return {
        "slope": None if found is None else found.slope,
        "chi_square": None if found is None else found.chi_square,
        "p_value": None if found is None else found.p_value,
        "p_holm": test.adjusted,
        "is_at_effective_size": test.is_at_effective_size,
        "not_compared": test.why_not,
    }


def _chart_json(chart: Chart) -> dict[str, object]:
    return {
        "points": [asdict(point) for point in chart.points],
        "not_compared": chart.why_not,
    }
