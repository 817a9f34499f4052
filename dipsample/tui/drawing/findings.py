"""The findings screen as lines: a forest plot with its numbers, and the line stood on in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dipsample.tui.drawing.forest import Axis, axis_for, bar, ticks
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
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.findings import FindingRow, FindingsView

_COUNTS, _ESTIMATE, _UNKNOWN = 10, 9, 8
_WIDE = 100
_DETAIL_ROWS, _TARGET_ROWS = 6, 2
_WORD_ROWS = 2
PREVIEW_MARK = "~"


def rows_shown(height: int, view: FindingsView) -> int:
    """Return how many lines of figures fit."""
    words = _WORD_ROWS * (bool(view.words) + bool(view.earlier))
    return max(1, height - _detail_rows(view) - 8 - words)


def _detail_rows(view: FindingsView) -> int:
    """Return how many rows the line stood on is given; a target takes two."""
    return _DETAIL_ROWS + _TARGET_ROWS * any(row.has_target for row in view.rows or ())


def findings_lines(
    view: FindingsView,
    window: Window,
    *,
    worked_out: str = "",
) -> list[Line]:
    """Return the whole screen.

    Args:
        view: The figures.
        window: What it is drawn into.
        worked_out: How far the exact intervals are, such as ``12 of 81``.
    """
    width, height = window.size
    head = ends(
        (
            Span(" FINDINGS", Role.HEADER_STRONG),
            Span(f"   {clip(visible(view.title), width - 56)}", Role.HEADER),
        ),
        (Span(f"{view.codebook}   {view.closed} of {view.drawn} cases final ", Role.HEADER),),
        width,
        role=Role.HEADER,
    )
    lines = [head, _provisional(view, width)]
    for words, role in ((view.earlier, Role.NOTICE), (view.words, Role.TEXT)):
        if words:
            said = [plain(f" {piece}", role) for piece in wrap(words, width - 2)]
            lines += fill(said[:_WORD_ROWS], _WORD_ROWS)
    if not view.rows:
        text = "Working out the figures ..." if view.rows is None else "There are no groups."
        lines += [EMPTY, plain(f" {window.notice or text}")]
    else:
        is_exact = not any(row.is_preview for row in view.rows)
        between = rule(width) if is_exact else _previews(worked_out, width)
        lines += _figures(view, window, between)
    if window.notice and view.rows:
        told = Span(f" {clip(visible(window.notice), width - 2)}", Role.NOTICE)
        lines = [*fill(lines, height - 2), (told,)]
    return [*fill(lines, height - 1), *key_bar(window.commands, width)]


def _provisional(view: FindingsView, width: int) -> Line:
    text = " PROVISIONAL: the audit is not signed off."
    if not view.is_ready:
        text = f" PROVISIONAL  {view.standing}"
    elif view.is_signed:
        text = " Signed off: a change of any case makes the signature void."
    return (Span(fit(text, width), Role.NOTICE),)


def _previews(worked_out: str, width: int) -> Line:
    """Say what the mark means, until no row carries it."""
    far = f", {worked_out}" if worked_out else ""
    text = f" {PREVIEW_MARK} is a preview: exact intervals are being worked out{far}"
    return (Span(fit(text, width), Role.NOTICE),)


def _figures(view: FindingsView, window: Window, between: Line) -> list[Line]:
    width, height = window.size
    rows = view.rows or ()
    columns = _columns(rows, width)
    lines: list[Line] = [_by(view, width), _table_head(columns, view)]
    count = rows_shown(height, view)
    for number, row in enumerate(rows[window.first : window.first + count], window.first):
        lines.append(_row(row, columns, is_here=number == window.cursor))
    lines = fill(lines, count + 2)
    margin = " " * (3 + columns.name + _COUNTS + _ESTIMATE + 1)
    lines.append((Span(margin), Span(ticks(columns.axis), Role.MUTED)))
    lines.append(between)
    return [*lines, *fill(_details(rows[window.cursor], width), _detail_rows(view))]


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the width is shared out; a narrow screen leaves the unknown to the line stood on."""

    name: int
    axis: Axis
    unknown: int


def _columns(rows: Sequence[FindingRow], width: int) -> _Columns:
    unknown = _UNKNOWN if width >= _WIDE else 0
    name = max(20, min(62, (width - unknown - 16) // 2))
    room = width - 3 - name - _COUNTS - _ESTIMATE - unknown - 2
    return _Columns(name, axis_for([row.interval for row in rows], room), unknown)


def _by(view: FindingsView, width: int) -> Line:
    words = "the whole frame" if view.by is None else f"{view.indicator} by {view.by}"
    back: Line = (Span("   w ", Role.KEY, "w"), Span("whole frame", Role.TEXT, "w"))
    return (
        Span(" shown  ", Role.MUTED),
        Span(clip(visible(words), width - 50), Role.STRONG),
        Span("   b ", Role.KEY, "b"),
        Span("by a column", Role.TEXT, "b"),
        *(back if view.by is not None else EMPTY),
        Span("   v ", Role.KEY, "v"),
        Span("version", Role.TEXT, "v"),
    )


def _table_head(columns: _Columns, view: FindingsView) -> Line:
    first = "indicator" if view.by is None else clip(visible(view.by), columns.name)
    text = f"   {fit(first, columns.name)}{'yes/known':>{_COUNTS}}{'estimate':>{_ESTIMATE}} "
    text += fit("interval", columns.axis.width)
    return plain(text + (f"{'unknown':>{columns.unknown}}" if columns.unknown else ""), Role.MUTED)


def _row(row: FindingRow, columns: _Columns, *, is_here: bool) -> Line:
    counts = f"{row.yes}/{row.base}"
    text = f" {'>' if is_here else ' '} {fit(visible(row.name), columns.name)}{counts:>{_COUNTS}}"
    text += f"{row.estimate:>{_ESTIMATE}}{PREVIEW_MARK if row.is_preview else ' '}"
    drawn = bar(row.interval, columns.axis)
    end = f"{row.undetermined or '':>{columns.unknown}}" if columns.unknown else ""
    if is_here:
        return (Span(f"{text}{drawn}{end} ", Role.CURSOR),)
    return (Span(text), Span(drawn, Role.CHART), Span(end))


def _details(row: FindingRow, width: int) -> list[Line]:
    lines = [plain(f" {piece}", Role.STRONG) for piece in wrap(row.label, width - 2)]
    for sentence in row.details:
        lines += [plain(f" {piece}") for piece in wrap(sentence, width - 2, indent=2)]
    return lines
