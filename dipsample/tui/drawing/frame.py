"""The frame page as lines: an extract, and what each of its columns is used for."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.place_words import place_words
from dipsample.tui.drawing.foot import with_foot
from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    clip,
    fill,
    fit,
    plain,
    visible,
    wrap,
)
from dipsample.tui.drawing.path import committed_lines, path_line
from dipsample.tui.drawing.window import Window, with_pinned
from dipsample.tui.models.framing import USE_WORDS, ColumnRow, FrameView, Use, share
from dipsample.views import Stage
from sampling.checks import ExtractReport, Fault, Severity
from sampling.frame import Uniqueness

_NAME, _USES, _NUMBER = 22, 20, 8
_PLACES = 12
_MARKED = {">": Role.CURSOR, "^": Role.MUTED}


def rows_shown(view: FrameView, height: int) -> int:
    """Return how many columns of the extract fit."""
    facts = bool(view.limits) + bool(view.stay) + bool(view.warning)
    return max(1, height - 10 - len(view.committed) - facts)


def first_column(view: FrameView, window: Window) -> int:
    """Return the first column in sight, below those that stay in sight."""
    return _in_sight(view, window)[0]


def _in_sight(view: FrameView, window: Window) -> tuple[int, int, tuple[int, ...]]:
    return with_pinned(
        cursor=window.cursor,
        first=window.first,
        height=rows_shown(view, window.height),
        count=len(view.rows),
        pinned=[number for number, row in enumerate(view.rows) if row.is_pinned],
    )


def frame_lines(
    view: FrameView,
    stage: Stage,
    window: Window,
) -> list[Line]:
    """Return the whole page.

    Args:
        view: What it shows.
        stage: How far the project is.
        window: What it is drawn into.
    """
    width, height = window.size
    lines = [path_line(0, stage, view.title, view.saved, width)]
    lines += committed_lines(view.committed, width)
    if view.extract:
        lines += [
            _fact("extract", view.extract, width),
            _fact("state", view.state, width),
            _fact("told apart", view.told_apart or "-", width),
        ]
        if view.limits:
            lines.append(_fact("limited to", view.limits, width))
        if view.stay:
            lines.append(_fact("leaves", view.stay, width))
        if view.warning:
            lines.append(plain(f" {clip(visible(view.warning), width - 2)}", Role.ALERT))
        lines += [EMPTY, _head(width), *_columns(view, window)]
    else:
        lines += [EMPTY, *_nothing(view, width)]
    lines = [*fill(lines, height - 4), _uses(width) if view.extract else EMPTY]
    return with_foot(lines, window)


def _columns(view: FrameView, window: Window) -> list[Line]:
    """Return the columns in sight, those that stay there above the others."""
    first, rows, pinned = _in_sight(view, window)
    lines = [_row(view.rows[number], window.width, mark="^") for number in pinned]
    for number, row in enumerate(view.rows[first : first + rows], first):
        lines.append(_row(row, window.width, mark=">" if number == window.cursor else " "))
    return lines


def _fact(name: str, value: str, width: int) -> Line:
    return (Span(f" {name:<11}", Role.MUTED), Span(clip(visible(value), max(1, width - 13))))


def _nothing(view: FrameView, width: int) -> list[Line]:
    if not view.can_change:
        text = "The seed is known, so the frame can no longer change."
    else:
        text = (
            "The frame is the list of records that can be drawn. Press ; and name the extract, "
            "with one row an incident. It is only read, and stays where it is."
        )
    return [plain(f"   {piece}") for piece in wrap(text, width - 6)]


def _head(width: int) -> Line:
    cells = fit("column", _NAME) + fit("used as", _USES)
    cells += fit("blank", _NUMBER, right=True) + fit("distinct", _NUMBER + 2, right=True)
    return plain(fit(f"   {cells}  most frequent", width), Role.MUTED)


def _row(row: ColumnRow, width: int, *, mark: str) -> Line:
    cells = fit(visible(row.name), _NAME - 1) + " " + fit(row.uses or "-", _USES)
    cells += fit(row.blank, _NUMBER, right=True) + fit(row.distinct, _NUMBER + 2, right=True)
    text = fit(f" {mark} {cells}  {visible(row.most)}", width)
    return (Span(text, _MARKED.get(mark, Role.TEXT)),)


def _uses(width: int) -> Line:
    line: Line = (Span(" use  ", Role.MUTED),)
    for use in Use:
        line = (*line, Span(use.value, Role.KEY, use.value), Span(f" {USE_WORDS[use]}   "))
    return line if width else EMPTY


def fault_lines(faults: Sequence[Fault], width: int) -> list[Line]:
    """Return every fault with its first places, errors first."""
    if not faults:
        return [plain(" Nothing is wrong with this extract.")]
    lines: list[Line] = []
    for found in faults:
        role = Role.ALERT if found.severity is Severity.ERROR else Role.STRONG
        lines.append(plain(f" {found.severity.upper()} {found.code} ({found.count:,})", role))
        lines += [plain(f"   {piece}") for piece in wrap(found.message, width - 5)]
        if found.places:
            places = place_words(found.places[:_PLACES])
            more = found.count - min(len(found.places), _PLACES)
            text = f"at {places}{f'; and {more:,} more' if more > 0 else ''}"
            lines += [plain(f"   {piece}", Role.MUTED) for piece in wrap(text, width - 5)]
        lines.append(EMPTY)
    return lines


def number_lines(report: ExtractReport, width: int) -> list[Line]:
    """Return what a collapse does, and strata beside an independent count; none where neither."""
    lines: list[Line] = []
    if report.collapsed is not None:
        one = report.collapsed
        lines.append(plain(f" Collapsed by {one.key}: {one.rows:,} rows, {one.records:,} records"))
        sizes = ", ".join(f"{size.records:,} of {size.rows} rows" for size in one.sizes)
        lines += [plain(f"   {piece}", Role.MUTED) for piece in wrap(sizes, width - 5)]
        lines += [
            plain(f"   {fit(each.column, _NAME)} differs in {each.records:,} records"
                  f"{f', rule {each.rule.value}' if each.rule else ''}")
            for each in one.columns
        ]  # fmt: skip
        lines.append(EMPTY)
    counts = {one.name: one.records for one in report.independent}
    if counts:
        lines.append(plain(" Records beside the independent count:"))
        lines += [
            plain(f"   {fit(visible(one.name), 28)} {one.records:>9,}  "
                  f"{'-' if one.name not in counts else f'{one.records - counts[one.name]:+,}'}")
            for one in report.strata
        ]  # fmt: skip
        lines.append(EMPTY)
    return lines


def told_apart_lines(
    table: Sequence[Uniqueness], mended: Sequence[Uniqueness], records: int, width: int
) -> list[Line]:
    """Return how identifiable the records are, and what coarser values would do."""
    if not table:
        return [plain(" Check the extract first: Enter on the page before.")]
    text = (
        "Records that are alone in their combination of values could be recognised by somebody "
        "who knows them. Call the extract pseudonymised, never anonymised."
    )
    lines: list[Line] = [plain(f" {piece}") for piece in wrap(text, width - 2)]
    lines += [EMPTY, *_uniqueness(table, records, width)]
    if mended:
        words = "The same with months for dates and ten-year bands for ages:"
        lines += [EMPTY, plain(f" {words}"), EMPTY, *_uniqueness(mended, records, width)]
    return lines


def _uniqueness(table: Sequence[Uniqueness], records: int, width: int) -> list[Line]:
    head = f" {'unique':>9} {'under 5':>9} {'combinations':>13}  on the columns"
    lines = [plain(fit(head, width), Role.MUTED)]
    for line in sorted(table, key=lambda one: -one.unique):
        under = f"{100 * line.under_five / max(1, records):.1f} %"
        figures = f" {share(line, records):>9} {under:>9} {line.combinations:>13,}"
        pieces = wrap(", ".join(line.columns), max(10, width - len(figures) - 3))
        lines.append(plain(f"{figures}  {pieces[0]}"))
        lines += [plain(" " * (len(figures) + 2) + piece) for piece in pieces[1:]]
    return lines
