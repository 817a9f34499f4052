"""One widget that shows lines and repaints only what changed.

A screen of many small widgets costs three times the time of a key and several times the bytes
on the wire; here an answer changes a handful of spans and only those are written.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dipsample.tui.drawing.lines import EMPTY, Line, Role, fit_line, line_text, line_width, width_of
from dipsample.tui.messages import SpanClicked


class Canvas(Widget):
    """Shows lines; what does not fit is cut, what is missing is blank."""

    DEFAULT_CSS = "Canvas { width: 1fr; height: 1fr; }"

    def __init__(self, styles_of: dict[Role, Style]) -> None:
        super().__init__()
        self._looks = styles_of
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Replace what is shown; only the cells that differ are painted again."""
        old, self._lines = self._lines, list(lines)
        changed = [
            region
            for y in range(max(len(old), len(self._lines)))
            if (region := _difference(_at(old, y), _at(self._lines, y), y, self.size.width))
        ]
        if changed:
            self.refresh(*changed)

    def use(self, styles_of: dict[Role, Style]) -> None:
        """Take other looks for the roles."""
        self._looks = styles_of
        self.refresh()

    def text(self) -> str:
        """Return what is shown, as text."""
        width = self.size.width
        shown = [line_text(fit_line(_at(self._lines, y), width)) for y in range(self.size.height)]
        return "\n".join(line.rstrip() for line in shown) + "\n"

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        width = self.size.width
        line = fit_line(_at(self._lines, y), width)
        looks = self._looks
        return Strip([Segment(span.text, looks[span.role]) for span in line], width)

    def on_click(self, event: events.Click) -> None:
        """Tell which key the clicked words stand for."""
        left = 0
        for span in _at(self._lines, event.y):
            left += width_of(span.text)
            if event.x < left:
                if span.press:
                    self.post_message(SpanClicked(span.press))
                return


def _at(lines: Sequence[Line], y: int) -> Line:
    return lines[y] if y < len(lines) else EMPTY


def _difference(old: Line, new: Line, y: int, width: int) -> Region | None:
    """Return the cells of row ``y`` that differ."""
    if old == new:
        return None
    start = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        start += width_of(one.text)
    end = min(width, max(line_width(old), line_width(new)))
    return Region(start, y, max(1, end - start), 1)
