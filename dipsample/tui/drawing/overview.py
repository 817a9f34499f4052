"""The supervisor's overview as lines."""

from __future__ import annotations

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
from dipsample.tui.drawing.queue import banners, go_to, progress_bar, title_line
from dipsample.tui.drawing.window import Window
from dipsample.tui.models.overview import Item, OverviewView

_STATE_COLUMN = 26
_FRAME_ROWS = 12
"""Rows of the screen that are neither alerts, tables nor what waits."""


def overview_lines(
    view: OverviewView,
    window: Window,
) -> list[Line]:
    """Return the whole screen.

    Args:
        view: What is known.
        window: What it is drawn into.
    """
    width = window.width
    lines = [title_line(view.title, "supervisor", view.notes, view.saved, width)]
    lines += banners(_alerts(view), width)
    lines += [EMPTY, _progress(view, width), plain(f" {view.draw_line}", Role.MUTED), EMPTY]
    lines += _tables(view, width)
    lines.append(EMPTY)
    lines += [plain(f" {clip(visible(words), width - 2)}") for words in view.totals]
    lines.append(plain(f" {clip(visible(view.following), width - 2)}", Role.NOTICE))
    lines += _items(view, window)
    pages: Line = (*plain(" go to  ", Role.MUTED), *go_to("f", "findings"), *go_to("l", "log"),
                   *go_to("d", "decide"), *go_to("s", "sign off"),
                   *go_to("p", "path"), *go_to("q", "my queue"))  # fmt: skip
    return with_foot(lines, window, above=pages)


def _alerts(view: OverviewView) -> list[str]:
    waiting = view.waiting_referrals
    alerts = list(view.warnings)
    if waiting:
        cases = "1 referral waits" if waiting == 1 else f"{waiting} referrals wait"
        alerts.insert(0, f"LIVE RISK: {cases} for you. Enter shows it, ; answers it.")
    return alerts


def _progress(view: OverviewView, width: int) -> Line:
    words = f"{view.closed} of {view.drawn} final"
    if view.final_but_referred:
        words += f" ({view.final_but_referred} with a referral open)"
    words += f"   reserve {view.reserve}"
    if view.active:
        words += f"   coding {view.active}"
    bar = progress_bar(view.closed, view.drawn, max(10, min(30, width - len(words) - 5)))
    return (Span(f" {bar} ", Role.CHART), Span(words))


def _tables(view: OverviewView, width: int) -> list[Line]:
    """Put the cases by state beside the coders."""
    states = [plain(" cases by state", Role.MUTED)]
    states += [plain(f" {fit(word, 16)}{count:>6}") for word, count in view.states]
    states.append(plain(f" {fit('together', 16)}{view.drawn:>6}", Role.STRONG))
    coders = [plain(f"{'coder':<8}{'cases':>7}{'handed in':>11}{'drafts':>8}{'deferred':>10}",
                    Role.MUTED)]  # fmt: skip
    coders += [
        plain(f"{fit(one.code, 8)}{one.assigned:>7}{one.submitted:>11}{one.draft:>8}"
              f"{one.deferred:>10}")
        for one in view.coders
    ]  # fmt: skip
    if not view.coders:
        text = "Nobody codes yet: dipsample assign PROJECT --reviewers NAME,NAME"
        coders += [plain(piece) for piece in wrap(text, width - _STATE_COLUMN - 6)]
    if view.deciders:
        coders.append(plain(f"deciding or checking, not coding: {view.deciders}", Role.MUTED))
    rows = max(len(states), len(coders))
    gap = Span("    ")
    return [
        (*_padded(left, _STATE_COLUMN), gap, *right)
        for left, right in zip(fill(states, rows), fill(coders, rows), strict=True)
    ]


def _padded(line: Line, width: int) -> Line:
    text = "".join(span.text for span in line)
    role = line[0].role if line else Role.TEXT
    return (Span(fit(text, width), role),)


def items_shown(view: OverviewView, size: tuple[int, int]) -> int:
    """Return how many of the things that wait fit on a screen of these columns and rows."""
    width, height = size
    alerts = len(banners(_alerts(view), width))
    people = max(1, len(view.coders)) + bool(view.deciders)
    tables = max(len(view.states) + 2, people + 1)
    return max(1, height - alerts - tables - len(view.totals) - _FRAME_ROWS)


def _items(view: OverviewView, window: Window) -> list[Line]:
    if not view.items:
        seen = view.referrals_seen
        past = f" Referrals answered: {seen}." if seen else ""
        return [plain(f" No flag and no referral waits for you.{past}", Role.MUTED)]
    lines = [plain(f" waits for you: {len(view.items)}", Role.MUTED)]
    shown = view.items[window.first : window.first + items_shown(view, window.size)]
    for number, item in enumerate(shown, window.first):
        lines.append(_item(item, window.width, is_here=number == window.cursor))
    return lines


def _item(item: Item, width: int, *, is_here: bool) -> Line:
    head = f" {'>' if is_here else ' '} {fit(item.case_id, 9)}{fit(item.code, 5)}"
    head += f"{fit(item.what, 22)}{fit(item.time, 14)}"
    text = fit(head + clip(visible(item.text), max(4, width - len(head) - 1)), width)
    role = Role.NOTICE if item.is_referral else Role.TEXT
    return (Span(text, Role.CURSOR if is_here else role),)
