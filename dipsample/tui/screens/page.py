"""A page of text to read: help, definitions, readings, reference figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from dipsample.tui.commands import Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.pages import page_lines
from dipsample.tui.screens.board import BoardScreen


class PageScreen(BoardScreen):
    """A title and lines that scroll."""

    where: ClassVar[Where] = Where.PAGE

    def __init__(self, title: str, lines_for: Callable[[int], Sequence[Line]]) -> None:
        """Make a page.

        Args:
            title: Its first row.
            lines_for: Gives the lines for a number of columns.
        """
        super().__init__()
        self._page_title = title
        self._lines_for = lines_for
        self._top = 0

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the part in sight."""
        lines = self._lines_for(width)
        self._top = min(max(0, self._top), max(0, len(lines) - (height - 3)))
        window = replace(self.window(width, height), first=self._top)
        return page_lines(self._page_title, lines, window)

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        match command_id:
            case "scroll_up":
                self._top -= max(1, self.size.height - 4)
            case "scroll_down":
                self._top += max(1, self.size.height - 4)
            case "back":
                self.dismiss()
