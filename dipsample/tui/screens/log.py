"""What happened, newest first, in pages of 200."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.log import log_lines, rows_shown
from dipsample.tui.models.log import LogView, log_view
from dipsample.tui.screens.listing import ListScreen


class LogScreen(ListScreen[LogView]):
    """One page of the log."""

    where: ClassVar[Where] = Where.LOG

    def __init__(self) -> None:
        super().__init__()
        self._page = 1

    def read(self, old: LogView | None) -> LogView:
        """Return the page as it is on disk."""
        program = self.program
        program.project.refresh()
        return log_view(program.project, program.name_of_user, self._page)

    def count(self) -> int:
        """Return how many events the page has."""
        return len(self.view.rows)

    def room(self) -> int:
        """Return how many events fit."""
        return rows_shown(self.size.height)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        return log_lines(self.view, self.window(width, height))

    def do_here(self, command_id: str) -> None:
        """Turn to another page, or scroll within this one."""
        match command_id:
            case "older":
                self._turn(1)
            case "newer":
                self._turn(-1)
            case "scroll_up":
                self._scroll(-1)
            case "scroll_down":
                self._scroll(1)

    def _scroll(self, pages: int) -> None:
        """Move by what fits, one line staying in sight; no line of the log is stood on."""
        self.stand_on(self._first + pages * (self.room() - 1))
        self._first = self._cursor

    def _turn(self, by: int) -> None:
        self._page = min(max(1, self._page + by), self.view.pages)
        self._first = self._cursor = 0
        self.refresh_view()
