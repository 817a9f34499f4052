"""The draw page and the page of drawn cases, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.choice import Chosen, OptionView, option_line
from dipsample.tui.drawing.foot import with_foot
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    clip,
    fit,
    fit_line,
    plain,
    visible,
    wrap,
)
from dipsample.tui.drawing.path import labelled, path_line
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.draw import ORIGIN_WORDS, DrawView, Origin
from dipsample.views import CaseRow, Stage

_CEREMONY = (
    "Frame and plan are fixed. Whoever brings the seed must not be able to choose it: throw the "
    "dice in front of witnesses now, after the fingerprint was published."
)
_SAMPLE_COLUMNS = (10, 28, 7, 10)


def draw_page_lines(
    view: DrawView,
    window: Window,
) -> list[Line]:
    """Return the whole draw page.

    Args:
        view: What it shows.
        window: What it is drawn into.
    """
    width = window.width
    lines = [path_line(2, Stage.NO_DRAW, view.title, view.saved, width), EMPTY]
    lines += [plain(f" {piece}") for piece in wrap(_CEREMONY, width - 2)]
    lines += [EMPTY, _origins(view.origin, width), EMPTY]
    for number, line in enumerate(view.lines):
        is_here = number == window.cursor
        lines.append(labelled(line.name, line.value or "-", width, here=is_here))
    lines += [EMPTY, plain(f" will draw  {view.will_draw}"), plain(f" number     {view.number}")]
    lines.append(EMPTY)
    ready = "Everything is here. F10 draws; nothing here shows who would be drawn."
    text, role = (view.missing, Role.NOTICE) if view.missing else (ready, Role.STRONG)
    lines += [plain(f" {piece}", role) for piece in wrap(text, width - 2)]
    return with_foot(lines, window)


def _origins(chosen: Origin, width: int) -> Line:
    line: Line = (Span(" seed  ", Role.MUTED),)
    for origin in Origin:
        state = Chosen.YES if origin is chosen else Chosen.NO
        option = OptionView(origin.value, ORIGIN_WORDS[origin], state)
        line = (*line, *option_line(option, several=False), Span(" "))
    return fit_line(line, width)


def sample_rows_shown(height: int) -> int:
    """Return how many drawn cases fit."""
    return max(1, height - 8)


def sample_lines(
    rows: Sequence[CaseRow],
    facts: Sequence[str],
    window: Window,
) -> list[Line]:
    """Return the page of drawn cases.

    Args:
        rows: Sample and reserve.
        facts: About the draw: two lines.
        window: What it is drawn into.
    """
    width, height = window.size
    title = fit(f" {visible(facts[0])}", width)
    lines: list[Line] = [(Span(title, Role.HEADER_STRONG),)]
    lines += [plain(f" {clip(visible(fact), width - 2)}", Role.MUTED) for fact in facts[1:]]
    head = _cells(("case", "stratum", "rank", "role"))
    lines += [EMPTY, plain(fit(f"   {head}ticket", width), Role.MUTED)]
    shown = rows[window.first : window.first + sample_rows_shown(height)]
    for number, row in enumerate(shown, start=window.first):
        is_here = number == window.cursor
        cells = _cells((row.case_id, visible(row.stratum), str(row.rank), row.role))
        text = fit(f" {'>' if is_here else ' '} {cells}{row.ticket}", width)
        lines.append((Span(text, Role.CURSOR if is_here else Role.TEXT),))
    return with_foot(lines, window)


def _cells(values: Sequence[str]) -> str:
    return "".join(fit(value, size) for value, size in zip(values, _SAMPLE_COLUMNS, strict=True))
