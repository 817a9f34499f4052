"""The findings screen as lines: a forest plot with its numbers, and the line stood on in words."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.commands import Command
from dipsample.tui.drawing.forest import Axis, Interval, axis_for, bar, ticks
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    clip,
    ends,
    fill,
    fit,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.models.findings import FindingRow, FindingsView

_COUNTS, _ESTIMATE, _UNDETERMINED = 11, 9, 8
_DETAIL_ROWS = 6


def rows_shown(height: int) -> int:
    """Return how many lines of figures fit."""
    return max(1, height - _DETAIL_ROWS - 8)


def findings_lines(
    view: FindingsView,
    commands: Sequence[Command],
    size: tuple[int, int],
    *,
    cursor: int,
    first: int,
    notice: str = "",
) -> list[Line]:
    """Return the whole screen.

    Args:
        view: The figures.
        commands: What can be done.
        size: Columns and rows of the terminal.
        cursor: The line stood on, from 0.
        first: The first line in sight.
        notice: What is being done, or went wrong.
    """
    width, height = size
    head = ends(
        (
            Span(" FINDINGS", Role.HEADER_STRONG),
            Span(f"   {clip(visible(view.title), width - 50)}", Role.HEADER),
        ),
        (Span(f"{view.closed} of {view.drawn} cases final ", Role.HEADER),),
        width,
        role=Role.HEADER,
    )
    lines = [head, _provisional(width)]
    if not view.is_ready:
        lines += _counts(view, width)
    elif not view.rows:
        text = "Working out the figures ..." if view.rows is None else "There are no groups."
        lines += [EMPTY, plain(f" {notice or text}")]
    else:
        lines += _figures(view, view.rows, (width, height), cursor=cursor, first=first)
    return [*fill(lines, height - 1), *key_bar(commands, width)]


def _provisional(width: int) -> Line:
    text = " PROVISIONAL: the audit is not signed off."
    return (Span(fit(text, width), Role.NOTICE),)


def _counts(view: FindingsView, width: int) -> list[Line]:
    """Return the counts, and no rate: rates come when every case is final."""
    lines: list[Line] = [EMPTY]
    text = (
        f"{view.closed} of {view.drawn} cases are final. Figures are worked out when all are: "
        "a rate read earlier could steer how the rest is coded."
    )
    lines += [plain(f" {piece}") for piece in wrap(text, width - 2)]
    lines.append(EMPTY)
    lines += [plain(f"   {fit(word, 18)}{count:>6}") for word, count in view.states]
    lines.append(plain(f"   {fit('together', 18)}{view.drawn:>6}", Role.STRONG))
    return lines


def _figures(
    view: FindingsView,
    rows: Sequence[FindingRow],
    size: tuple[int, int],
    *,
    cursor: int,
    first: int,
) -> list[Line]:
    width, height = size
    name_width = max(24, min(60, (width - 32) // 2))
    used = 3 + name_width + _COUNTS + _ESTIMATE + _UNDETERMINED
    axis = axis_for([row.interval for row in rows], width - used - 2)
    lines: list[Line] = [_by(view, width), _table_head(axis, name_width, view)]
    count = rows_shown(height)
    for number, row in enumerate(rows[first : first + count], first):
        lines.append(_row(row, axis, name_width, is_here=number == cursor))
    lines = fill(lines, count + 2)
    margin = " " * (3 + name_width + _COUNTS + _ESTIMATE + 1)
    lines.append((Span(margin), Span(ticks(axis), Role.MUTED)))
    lines.append(rule(width))
    return [*lines, *fill(_details(rows[cursor], width), _DETAIL_ROWS)]


def _by(view: FindingsView, width: int) -> Line:
    words = "the whole frame" if view.by is None else f"{view.indicator} by {view.by}"
    back: Line = (Span("   w ", Role.KEY, "w"), Span("whole frame", Role.TEXT, "w"))
    return (
        Span(" shown  ", Role.MUTED),
        Span(clip(visible(words), width - 50), Role.STRONG),
        Span("   b ", Role.KEY, "b"),
        Span("by a column", Role.TEXT, "b"),
        *(back if view.by is not None else EMPTY),
    )


def _table_head(axis: Axis, name_width: int, view: FindingsView) -> Line:
    first = "indicator" if view.by is None else clip(visible(view.by), name_width)
    text = f"   {fit(first, name_width)}{'yes/known':>{_COUNTS}}{'estimate':>{_ESTIMATE}} "
    text += fit("interval", axis.width) + f"{'unknown':>{_UNDETERMINED}}"
    return plain(text, Role.MUTED)


def _row(row: FindingRow, axis: Axis, name_width: int, *, is_here: bool) -> Line:
    name = fit(visible(row.name), name_width)
    counts = f"{row.yes}/{row.base}"
    text = f" {'>' if is_here else ' '} {name}{counts:>{_COUNTS}}"
    text += f"{_estimate(row.interval):>{_ESTIMATE}} "
    end = f"{row.undetermined or '':>{_UNDETERMINED}}"
    if is_here:
        return (Span(f"{text}{bar(row.interval, axis)}{end} ", Role.CURSOR),)
    return (Span(text), Span(bar(row.interval, axis), Role.CHART), Span(end))


def _estimate(interval: Interval) -> str:
    return "--" if interval.estimate is None else f"{interval.estimate * 100:.1f} %"


def _details(row: FindingRow, width: int) -> list[Line]:
    lines = [plain(f" {piece}", Role.STRONG) for piece in wrap(row.label, width - 2)]
    for sentence in row.details:
        lines += [plain(f" {piece}") for piece in wrap(sentence, width - 2, indent=2)]
    return lines
