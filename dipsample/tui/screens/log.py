"""What happened, newest first, in pages of 200."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.log import log_lines, rows_shown
from dipsample.tui.models.log import LogView, log_view
from dipsample.tui.screens.board import BoardScreen


class LogScreen(BoardScreen):
    """One page of the log."""

    where: ClassVar[Where] = Where.LOG

    def __init__(self) -> None:
        super().__init__()
        self._page = 1
        self._top = 0
        self._view: LogView | None = None

    @property
    def view(self) -> LogView:
        """What is shown."""
        if self._view is None:
            self._view = self._read()
        return self._view

    def refresh_view(self) -> None:
        """Read the page again."""
        self._view = self._read()

    def _read(self) -> LogView:
        program = self.program
        program.project.refresh()
        return log_view(program.project, program.name_of_user, self._page)

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        return self.view.has

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        highest = max(0, len(self.view.rows) - rows_shown(height))
        self._top = min(max(0, self._top), highest)
        return log_lines(self.view, self.commands(), (width, height), top=self._top)

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        match command_id:
            case "older":
                self._turn(1)
            case "newer":
                self._turn(-1)
            case "scroll_up":
                self._top -= rows_shown(self.size.height) - 1
            case "scroll_down":
                self._top += rows_shown(self.size.height) - 1
            case "codebook":
                self.program.show_codebook()
            case "back":
                self.dismiss()

    def _turn(self, by: int) -> None:
        self._page = min(max(1, self._page + by), self.view.pages)
        self._top = 0
        self.refresh_view()
