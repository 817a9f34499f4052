"""What the pages of frame, plan and draw share: the path over them, and labelled lines."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.lines import Line, Role, Span, clip, ends, fit, plain, visible, wrap
from dipsample.views import Stage

STEPS = ("FRAME", "PLAN", "DRAW")

_DONE = {Stage.NO_FRAME: 0, Stage.NO_PLAN: 1, Stage.NO_DRAW: 2}
_NAME_WIDTH = 24


def path_line(here: int, stage: Stage, title: str, saved: str, width: int) -> Line:
    """Return the first row: the three steps, done ones marked x, the present one >.

    Args:
        here: The step of this page, from 0.
        stage: How far the project is.
        title: Of the audit.
        saved: Time of the last durable save; empty: nothing was saved yet.
        width: Columns.
    """
    done = _DONE.get(stage, len(STEPS))
    left: list[Span] = [Span(" ", Role.HEADER)]
    for number, name in enumerate(STEPS):
        glyph = ">" if number == here else "x" if number < done else "."
        role = Role.HEADER_STRONG if number == here else Role.HEADER
        left.append(Span(f"{number + 1} {name} {glyph}   ", role))
    ending = f"   saved {saved} " if saved else " "
    room = max(8, width - sum(len(span.text) for span in left) - len(ending))
    right: Line = (Span(clip(visible(title), room) + ending, Role.HEADER),)
    return ends(tuple(left), right, width, role=Role.HEADER)


def labelled(name: str, value: str, width: int, *, here: bool | None = None) -> Line:
    """Return a name and its value; ``here`` says whether the cursor stands on it, None: nowhere."""
    mark = "   " if here is None else " > " if here else "   "
    text = fit(mark + fit(name, _NAME_WIDTH) + visible(value), width)
    if here:
        return (Span(text, Role.CURSOR),)
    head = mark + fit(name, _NAME_WIDTH)
    return (Span(head, Role.MUTED), Span(fit(visible(value), max(1, width - len(head)))))


def committed_lines(words: Sequence[str], width: int) -> list[Line]:
    """Return what is committed already, marked so."""
    lines = [piece for word in words for piece in wrap(word, max(20, width - 14))]
    return [
        plain(f" {'committed' if number == 0 else '':<11} {line}", Role.MUTED)
        for number, line in enumerate(lines)
    ]
