"""The queue screen as lines."""

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
    ends,
    fit,
    plain,
    rule,
    visible,
    wrap,
)
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.queue import SHOWING_WORDS, QueueRow, QueueView, Showing

_COLUMNS = (10, 9, 11, 11, 6)
_HEAD = ("case", "part", "state", "answered", "flags", "last")
_PART = "part: the part of the records that a case was drawn from, by number alone"
"""What the number of a stratum means to somebody who never heard of strata."""
_FRAME_ROWS = 9
"""Rows of the screen that are not cases."""


def rows_shown(view: QueueView, size: tuple[int, int]) -> int:
    """Return how many cases fit on a screen of these columns and rows."""
    width, height = size
    return max(1, height - _FRAME_ROWS - len(banners(view.warnings, width)))


def queue_lines(
    view: QueueView,
    window: Window,
) -> list[Line]:
    """Return the whole screen.

    Args:
        view: The queue.
        window: What it is drawn into.
    """
    width = window.width
    count = rows_shown(view, window.size)
    lines = [title_line(view.title, f"coder {view.coder}", view.notes, view.saved, width)]
    lines += banners(view.warnings, width)
    pace = (Span(clip(f" {view.time_left}", width), Role.MUTED),) if view.time_left else EMPTY
    told = plain(clip(f" {view.told}", width), Role.MUTED) if view.told else EMPTY
    lines += [told, _progress(view, width), _choices(view), pace, _table_head(view, width)]
    shown = view.rows[window.first : window.first + count]
    if shown:
        lines += [
            _row(row, width, is_here=number == window.cursor)
            for number, row in enumerate(shown, window.first)
        ]
    else:
        lines += _nothing(view, width)
    return with_foot(lines, window, above=_legend(width) if _has_parts(view) else None)


def _has_parts(view: QueueView) -> bool:
    return any(row.stratum for row in view.rows)


def _legend(width: int) -> Line:
    """Return the rule above the keys, with what the number of a part means."""
    words = clip(f"\N{BOX DRAWINGS LIGHT HORIZONTAL} {_PART} ", width)
    return (Span(words, Role.MUTED), *rule(max(0, width - len(words))))


def title_line(title: str, who: str, notes: Sequence[str], saved: str, width: int) -> Line:
    """Return the first row of a page.

    Args:
        title: Of the audit.
        who: Whose page it is.
        notes: About the project; the last ones are left out where the title needs the room.
        saved: Time of the last durable save; empty: nothing was saved yet.
        width: Columns.
    """
    ending = f"saved {saved}" if saved else ""
    kept = [*notes]
    while kept and len(title) + len(who) + len("   ".join([*kept, ending])) + 9 > width:
        kept.pop()
    right = "   ".join(part for part in (*kept, ending) if part)
    room = width - len(right) - len(who) - 9
    left: Line = (
        Span(f" {clip(visible(title), max(10, room))}", Role.HEADER_STRONG),
        Span(f"   {who}", Role.HEADER),
    )
    return ends(left, (Span(f"{right} ", Role.HEADER),), width, role=Role.HEADER)


def banners(texts: Sequence[str], width: int) -> list[Line]:
    """Return warnings whole, each as many rows as it takes."""
    pieces = [piece for text in texts for piece in wrap(visible(text), width - 2)]
    return [(Span(fit(f" {piece}", width), Role.ALERT),) for piece in pieces]


def progress_bar(done: int, total: int, width: int) -> str:
    """Return a bar of ``width`` cells, and only a full one where all are done."""
    filled = width * done // total if total else 0
    return "[" + "#" * filled + "." * (width - filled) + "]"


def _progress(view: QueueView, width: int) -> Line:
    words = [f"{view.done} of {view.total} handed in"]
    words += [
        f"{count} {word}"
        for count, word in (
            (view.draft, "draft" if view.draft == 1 else "drafts"),
            (view.deferred, "deferred"),
            (view.returned, "sent back"),
        )
        if count
    ]
    bar = progress_bar(view.done, view.total, max(10, min(30, width - 50)))
    return (Span(f" {bar} ", Role.CHART), Span("   ".join(words)))


def _choices(view: QueueView) -> Line:
    line: Line = (Span(" show  ", Role.MUTED),)
    for showing in Showing:
        chosen = Chosen.YES if showing is view.showing else Chosen.NO
        option = OptionView(showing.value, SHOWING_WORDS[showing], chosen)
        line = (*line, *option_line(option, several=False), Span("   "))
    line = (*line, Span("go to  ", Role.MUTED), *go_to("l", "log"))
    return (*line, *go_to(*(("s", "supervisor") if view.is_supervisor else ("w", "overruled"))))


def go_to(key: str, label: str) -> Line:
    """Return a page to go to and its letter."""
    return (Span(f"{key} ", Role.KEY, key), Span(f"{label}   ", Role.TEXT, key))


def _table_head(view: QueueView, width: int) -> Line:
    heads = ("" if word == "part" and not _has_parts(view) else word for word in _HEAD)
    cells = [fit(word, size) for word, size in zip(heads, _COLUMNS, strict=False)]
    return plain(fit("   " + "".join(cells) + _HEAD[-1], width), Role.MUTED)


def _row(row: QueueRow, width: int, *, is_here: bool) -> Line:
    values = (row.case_id, row.stratum, row.state, row.answered, row.flags)
    cells = "".join(fit(value, size) for value, size in zip(values, _COLUMNS, strict=True))
    last = clip(visible(row.last), max(4, width - sum(_COLUMNS) - 4))
    text = fit(f" {'>' if is_here else ' '} {cells}{last}", width)
    return (Span(text, Role.CURSOR if is_here else Role.TEXT),)


def _nothing(view: QueueView, width: int) -> list[Line]:
    if view.total == 0:
        text = view.nobody
    elif view.showing is Showing.OPEN:
        text = "Every case of yours is handed in. Press a to see them all."
    else:
        text = "Nothing to list here. Press o for the open cases."
    return [EMPTY, *(plain(f"   {piece}") for piece in wrap(text, width - 6))]
