"""The tables of findings: headline readings, groups, and what the chart plots."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Final

from exports.release.figures import (
    limit_columns,
    measure_cells,
    no_total_cells,
    plotted,
    reliability_words,
    total_cells,
)
from exports.release.notes import NoteKey, Notes
from exports.release.request import ReleaseRequest
from exports.release.tables import (
    Cell,
    Chart,
    Column,
    ColumnKind,
    Hidden,
    Mark,
    Row,
    Shown,
    Table,
)
from exports.release.target_words import target_in_words
from exports.release.titles import titled
from exports.rounding import counted, percentage
from review.finding import Finding, Measure
from review.reference_figures import READINGS

STRATUM: Final = "stratum"
WEIGHTED: Final = "Percentages weigh each stratum by its size: they are not cases divided by base."
COUNTER_ALLEGATION: Final = "C.1"
CHART_TABLE: Final = "chart_3_data"

_ROWS: Final = (
    *((reading.indicators[0], reading.words) for reading in READINGS),
    (COUNTER_ALLEGATION, "counter-allegation"),
)
"""The readings of "multiple arrests" in the order in which they are printed, then the other."""
_EVERY_INCIDENT: Final = "all incidents"
_TEXT, _COUNT, _PERCENTAGE = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.PERCENTAGE
_AXIS_STEP: Final = Decimal(5)


def headline_table(request: ReleaseRequest, notes: Notes) -> Table | None:
    """Return the readings and the counter-allegations, or None where none was asked for."""
    shown = [
        (finding, reading)
        for indicator, words in _ROWS
        if (finding := request.overall(indicator)) is not None
        for reading in (_reading_words(request, indicator, words),)
    ]
    has_target = any(finding.held is not None for finding, _ in shown)
    rows = [
        (*row, *((_target(finding, place),) if has_target else ()))
        for finding, reading in shown
        for place, row in enumerate(_three_rows(finding, reading))
    ]
    if not rows:
        return None
    markers = notes.markers(
        NoteKey.READINGS, NoteKey.UNDETERMINED, NoteKey.WEIGHTED, NoteKey.NUMBERS,
        NoteKey.ROUNDING, NoteKey.UNFINISHED, NoteKey.SMALL_BASE, NoteKey.RELIABILITY,
    )  # fmt: skip
    return Table(
        name="headline",
        sheet="1_Headline",
        title=titled(request, "Headline findings") + markers,
        columns=(
            Column("Indicator", _TEXT),
            Column("Reading", _TEXT),
            Column("Undetermined answers", _TEXT),
            Column("Cases", _COUNT),
            Column("Base", _COUNT),
            Column("Percentage", _PERCENTAGE),
            *limit_columns(request.confidence),
            Column("Estimated number in frame", _COUNT),
            *limit_columns(request.confidence, of="limit of number"),
            Column("Reliability", _TEXT),
            Column("Method", _TEXT),
            *((Column("Target", _TEXT),) if has_target else ()),
        ),
        rows=tuple(rows),
        remark=_remark(request),
    )


def _target(finding: Finding, place: int) -> Cell:
    """Return the target of a finding, beside the figure that it is held against: the first row."""
    words = target_in_words(finding).removeprefix("Target, ") if place == 0 else ""
    return Shown(words[:1].upper() + words[1:]) if words else Hidden(Mark.NOT_APPLICABLE)


def _remark(request: ReleaseRequest) -> str:
    return WEIGHTED if request.is_weighted else ""


def _reading_words(request: ReleaseRequest, indicator: str, reading: str) -> str:
    is_headline = indicator in request.headlines[:1]
    return f"{reading} (the headline reading)" if is_headline else reading


def _three_rows(finding: Finding, reading: str) -> tuple[Row, Row, Row]:
    whole_base = finding.denominator + finding.undetermined
    counted_yes = finding.numerator + finding.undetermined
    return (
        _row(
            finding,
            (reading, "left out"),
            counts=(finding.numerator, finding.denominator),
            measure=finding.known,
            totals=no_total_cells(),
        ),
        _row(
            finding,
            (reading, "counted as no"),
            counts=(finding.numerator, whole_base),
            measure=finding.if_undetermined_no,
            totals=total_cells(finding.total, finding),
        ),
        _row(
            finding,
            (reading, "counted as yes"),
            counts=(counted_yes, whole_base),
            measure=finding.if_undetermined_yes,
            totals=total_cells(finding.total_if_undetermined_yes, finding),
        ),
    )


def _row(
    finding: Finding,
    words: tuple[str, str],
    *,
    counts: tuple[int, int],
    measure: Measure,
    totals: tuple[Cell, Cell, Cell],
) -> Row:
    return (
        Shown(f"{finding.indicator} {finding.label}"),
        *(Shown(word) for word in words),
        *(Shown(count) for count in counts),
        *measure_cells(measure, finding),
        *totals,
        Shown(reliability_words(finding.flags)),
        _method(finding),
    )


def _method(finding: Finding) -> Cell:
    """Return the name under which the Methods sheet says what the interval promises."""
    return Hidden(Mark.NOT_AVAILABLE) if finding.method is None else Shown(finding.method)


def group_table(request: ReleaseRequest, notes: Notes) -> Table:
    """Return every finding in long form: over all incidents, by characteristic, by stratum.

    A group without a case in the base says nothing and is left out; the remark counts them.
    """
    shown = [finding for finding in request.findings if finding.denominator or not finding.by]
    markers = notes.markers(
        NoteKey.WEIGHTED, NoteKey.ROUNDING, NoteKey.UNFINISHED, NoteKey.SMALL_BASE,
        NoteKey.RELIABILITY, NoteKey.MANY,
    )  # fmt: skip
    return Table(
        name="by_group",
        sheet="3_By_group",
        title=titled(request, "Findings by group") + markers,
        columns=(
            Column("Indicator", _TEXT),
            Column("Characteristic", _TEXT),
            Column("Whose", _TEXT),
            Column("Group", _TEXT),
            Column("Cases", _COUNT),
            Column("Base", _COUNT),
            Column("Percentage", _PERCENTAGE),
            *limit_columns(request.confidence),
            Column("Reliability", _TEXT),
            Column("Method", _TEXT),
        ),
        rows=tuple(_group_row(finding) for finding in shown),
        remark=" ".join(filter(None, (_remark(request), _left_out(request, len(shown))))),
    )


def _left_out(request: ReleaseRequest, shown: int) -> str:
    """Say how many groups had no case in the base of an indicator; empty for none."""
    empty = len(request.findings) - shown
    if not empty:
        return ""
    return f"Groups without a case in the base are left out: {counted(empty, 'row')}."


def _group_row(finding: Finding) -> Row:
    return (
        Shown(f"{finding.indicator} {finding.label}"),
        Shown(finding.by or "none"),
        Shown(_whose(finding.by)),
        Shown(finding.group or _EVERY_INCIDENT),
        Shown(finding.numerator),
        Shown(finding.denominator),
        *measure_cells(finding.known, finding),
        Shown(reliability_words(finding.flags)),
        _method(finding),
    )


def _whose(by: str | None) -> str:
    for start, words in (("party_a_", "Party A"), ("party_b_", "Party B")):
        if by is not None and by.startswith(start):
            return words
    return "incident"


def chart_table(request: ReleaseRequest) -> tuple[Table, Chart | None] | None:
    """Return the plotted data and the chart; the chart is None where no figure has an interval.

    A committee asks first where counter-allegations are found: the bars are the headline on
    counter-allegations, over all incidents and by the first characteristic asked for (by stratum
    where none was). Without groups they are the headline readings.
    """
    bars = _bars(request)
    if not bars:
        return None
    # Rows without an interval stand last: the plotted area is one block.
    ordered = [bar for bar in bars if plotted(bar[1])] + [
        bar for bar in bars if not plotted(bar[1])
    ]
    what = _plotted_label(request)
    table = Table(
        name=CHART_TABLE,
        sheet="3_Chart",
        title=titled(request, f"Chart: {what}"),
        columns=(
            Column("Group", _TEXT),
            Column("Percentage", _PERCENTAGE),
            Column("Distance down to lower limit", _PERCENTAGE),
            Column("Distance up to upper limit", _PERCENTAGE),
        ),
        rows=tuple(_chart_row(name, finding) for name, finding in ordered),
    )
    return table, _chart(request, what, ordered)


def _bars(request: ReleaseRequest) -> list[tuple[str, Finding]]:
    overall, groups = _overall_and_groups(request)
    if overall is not None and groups:
        named = [(finding.group or "not recorded", finding) for finding in groups]
        return [(_EVERY_INCIDENT.capitalize(), overall), *named]
    return [
        (words, finding)
        for indicator, words in _ROWS
        if (finding := request.overall(indicator)) is not None
    ]


def _overall_and_groups(request: ReleaseRequest) -> tuple[Finding | None, list[Finding]]:
    overall = request.overall(COUNTER_ALLEGATION)
    grouped = [f for f in request.findings if f.indicator == COUNTER_ALLEGATION and f.by]
    columns = list(dict.fromkeys(f.by for f in grouped if f.by != STRATUM)) or [STRATUM]
    return overall, [f for f in grouped if f.by == columns[0]]


def _plotted_label(request: ReleaseRequest) -> str:
    overall, groups = _overall_and_groups(request)
    if overall is not None and groups:
        return f"{overall.label}, by {groups[0].by}"
    return "headline findings"


def _chart_row(name: str, finding: Finding) -> Row:
    values = plotted(finding)
    if values is None:
        missing = Hidden(Mark.NOT_AVAILABLE)
        return (Shown(name), missing, missing, missing)
    return (Shown(name), *(Shown(value) for value in values))


def _chart(request: ReleaseRequest, what: str, ordered: list[tuple[str, Finding]]) -> Chart | None:
    values = [value for _, finding in ordered if (value := plotted(finding)) is not None]
    if not values:
        return None
    level = f"{percentage(request.confidence).normalize():f}%"
    highest = max(estimate + up for estimate, _, up in values)
    steps = (highest / _AXIS_STEP).to_integral_value(ROUND_CEILING)
    title = f"{what[:1].upper()}{what[1:]}: percentage with {level} interval"
    return Chart(
        table=CHART_TABLE,
        title=title,
        axis_title="Percentage of the decided cases of the base",
        rows=len(values),
        axis_maximum=max(steps, Decimal(1)) * _AXIS_STEP,
        alternative_text=_alternative_text(title, ordered[0], values),
    )


def _alternative_text(
    title: str,
    first: tuple[str, Finding],
    values: list[tuple[Decimal, Decimal, Decimal]],
) -> str:
    estimate, down, up = values[0]
    return (
        f"Horizontal bar chart. {title}. {len(values)} bars, each with a whisker from the lower "
        f"to the upper limit. {first[0][:1].upper()}{first[0][1:]}: {estimate}%, from "
        f"{estimate - down}% to {estimate + up}%. Every figure is in the table above the chart."
    )
