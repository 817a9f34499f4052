"""Waves of an audit as a page: the run of one indicator, and the figures of every wave."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.commands import Command
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    clip,
    ends,
    fill,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.drawing.pages import paragraph
from dipsample.tui.models.waves import WaveLine, WavesView

_FRAME_ROWS = 10
"""Rows of the screen that the plotted area and the sentences leave to head, axis and keys."""
_LEAST_PLOT, _MOST_PLOT = 5, 24
_SAID_ROWS = 5


def waves_lines(view: WavesView, commands: Sequence[Command], size: tuple[int, int]) -> list[Line]:
    """Return the whole screen.

    Args:
        view: One indicator over the waves.
        commands: What can be done.
        size: Columns and rows of the terminal.
    """
    width, height = size
    head = ends(
        (Span(f" WAVES   {view.waves} audits, oldest first", Role.HEADER_STRONG),),
        (Span(f"indicator {view.place + 1} of {view.count} ", Role.HEADER),),
        width,
        role=Role.HEADER,
    )
    lines = [head]
    if view.provisional:
        lines.append(plain(f" {clip(view.provisional, width - 2)}", Role.NOTICE))
    lines.append((Span(f" {clip(visible(view.title), width - 2)}", Role.STRONG),))
    rows = min(_MOST_PLOT, max(_LEAST_PLOT, height - _FRAME_ROWS - _SAID_ROWS + 2))
    plot = view.plot((width - 1, rows))
    if plot is not None:
        lines += [(Span(f" {line}", Role.CHART),) for line in plot.lines]
        lines.append(plain(f" {' ' * 7}{plot.legend}", Role.MUTED))
    said = [
        plain(f" {piece}")
        for sentence in view.said
        for piece in wrap(sentence, width - 2, indent=2)
    ]
    room = height - 2 - len(lines)
    return [*lines, *fill(said, room), rule(width), *key_bar(commands, width)]


def table_lines(view: WavesView, width: int) -> list[Line]:
    """Return the figures of every wave, as lines of a page."""
    lines: list[Line] = [EMPTY, *paragraph(view.title, width, role=Role.STRONG)]
    if view.provisional:
        lines += paragraph(view.provisional, width, role=Role.NOTICE)
    for number, one in enumerate(view.lines, start=1):
        lines += [EMPTY, *_wave(number, one, width)]
    lines.append(EMPTY)
    for sentence in view.said:
        lines += paragraph(sentence, width)
    return lines


def _wave(number: int, one: WaveLine, width: int) -> list[Line]:
    lines = paragraph(f"{number}  {visible(one.title)}", width, role=Role.STRONG)
    counts = f"{one.counts}: " if one.counts else ""
    lines += paragraph(f"{counts}{one.estimate}", width, indent=4)
    if one.change:
        lines += paragraph(f"against the wave before: {one.change}", width, indent=4)
    if one.care:
        lines += paragraph(one.care, width, role=Role.MUTED, indent=4)
    return lines
