"""Tables of a comparison that are about all its audits together: trends, and the p-chart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from exports.release.figures import has_percentage, limit_cells
from exports.release.tables import Cell, Column, ColumnKind, Hidden, Mark, Row, Shown, Table
from exports.rounding import percentage
from review.waves import Comparison
from review.waves import Row as Compared
from sampling.estimation.comparison import ChartPoint

_TEXT, _COUNT, _NUMBER = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.NUMBER
_PERCENTAGE: Final = ColumnKind.PERCENTAGE
_NONE: Final = Hidden(Mark.NOT_AVAILABLE)
_EFFECTIVE: Final = "approximate: at the effective sample size"
_LEAST_P: Final = Decimal("0.0001")


def trend_table(made: Comparison) -> Table | None:
    """Return the tests for a trend; None with fewer than three audits."""
    rows = tuple(_trend(row) for row in made.rows if row.trend is not None)
    if not rows:
        return None
    return Table(
        name="trend",
        sheet="9_Trend",
        title="Trend over the audits, taken as equally far apart",
        columns=(
            Column("Indicator", _TEXT),
            Column("Change from audit to audit in percentage points", _PERCENTAGE),
            Column("Chi-square", _NUMBER),
            Column("p-value", _NUMBER),
            Column("Adjusted p-value", _NUMBER),
            Column("Why there is none, or what to mind", _TEXT),
        ),
        rows=rows,
    )


def chart_table(made: Comparison) -> Table | None:
    """Return the data of the p-charts; None with fewer than eight audits, or without any chart."""
    rows = tuple(
        cells
        for row in made.rows
        if row.chart is not None and row.chart.points
        for cells in _chart(row, row.chart.points, row.chart.centre)
    )
    if not rows:
        return None
    return Table(
        name="p_chart",
        sheet="9_Chart",
        title="P-chart: each audit, and where it would lie if nothing had changed",
        columns=(
            Column("Indicator", _TEXT),
            Column("Audit", _COUNT),
            Column("Percentage", _PERCENTAGE),
            Column("Percentage of all audits", _PERCENTAGE),
            Column("Lower 3-sigma limit", _PERCENTAGE),
            Column("Upper 3-sigma limit", _PERCENTAGE),
            Column("Lower exact limit", _PERCENTAGE),
            Column("Upper exact limit", _PERCENTAGE),
            Column("Outside the exact limits", _TEXT),
        ),
        rows=rows,
    )


def as_p(value: float | None) -> Cell:
    """Return a p-value with four decimals, never printed as 0."""
    return _NONE if value is None else Shown(max(Decimal(repr(value)).quantize(_LEAST_P), _LEAST_P))


def _trend(row: Compared) -> Row:
    test = row.trend
    assert test is not None  # noqa: S101  chosen by the caller
    found = test.trend
    note = test.why_not or (_EFFECTIVE if test.is_at_effective_size else None)
    return (
        Shown(f"{row.indicator}: {row.label}"),
        _NONE if found is None else Shown(percentage(found.slope)),
        _NONE
        if found is None
        else Shown(Decimal(repr(found.chi_square)).quantize(Decimal("0.01"))),
        as_p(None if found is None else found.p_value),
        as_p(test.adjusted),
        Hidden(Mark.NOT_APPLICABLE) if note is None else Shown(note),
    )


def _chart(row: Compared, points: tuple[ChartPoint, ...], centre: float | None) -> Iterator[Row]:
    for place, (point, of_wave) in enumerate(zip(points, row.points, strict=True), start=1):
        is_shown = of_wave.finding is not None and has_percentage(of_wave.finding)
        yield (
            Shown(f"{row.indicator}: {row.label}"),
            Shown(place),
            Shown(percentage(point.share)) if is_shown else _NONE,
            _NONE if centre is None else Shown(percentage(centre)),
            *_pair(point.three_sigma),
            *_pair(point.exact),
            Shown("yes" if point.is_signal else "no"),
        )


def _pair(limits: tuple[float, float] | None) -> tuple[Cell, Cell]:
    return limit_cells(*(limits or (None, None)))
