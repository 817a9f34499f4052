"""The log screen as lines."""

from __future__ import annotations

from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import (
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
)
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.log import LogRow, LogView

_WHEN, _WHO, _CASE = 14, 12, 8


def rows_shown(height: int) -> int:
    """Return how many events fit."""
    return max(1, height - 4)


def log_lines(view: LogView, window: Window) -> list[Line]:
    """Return the whole screen."""
    width, height = window.size
    whose = "everybody" if view.is_whole else "your own lines"
    head = ends(
        (
            Span(" LOG", Role.HEADER_STRONG),
            Span(f"   {view.events:,} events, {whose}", Role.HEADER),
        ),
        (Span(f"page {view.page} of {view.pages} ", Role.HEADER),),
        width,
        role=Role.HEADER,
    )
    columns = fit("when", _WHEN) + fit("who", _WHO)
    titles = fit(f" {columns}what", width - _CASE - 1) + "case"
    lines = [head, plain(fit(titles, width), Role.MUTED)]
    shown = view.rows[window.first : window.first + rows_shown(height)]
    lines += [_row(row, width) for row in shown]
    if not view.rows:
        lines.append(plain("   Nothing has happened yet."))
    return [*fill(lines, height - 2), rule(width), *key_bar(window.commands, width)]


def _row(row: LogRow, width: int) -> Line:
    head = f" {fit(row.time, _WHEN)}{fit(visible(row.who), _WHO)}"
    room = width - len(head) - _CASE - 2
    text = f"{head}{fit(clip(visible(row.what), room), room)}  {fit(row.case_id, _CASE)}"
    return (Span(fit(text, width)),)
