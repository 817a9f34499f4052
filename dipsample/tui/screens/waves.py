"""Several audits as waves: one indicator at a time, its run and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.waves import table_lines, waves_lines
from dipsample.tui.models.waves import WavesShown, WavesView, waves_view
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.screens.page import PageScreen


class WavesScreen(BoardScreen):
    """Holds which indicator is shown."""

    where: ClassVar[Where] = Where.WAVES

    def __init__(self, shown: WavesShown) -> None:
        super().__init__()
        self._shown = shown
        self._place = 0

    @property
    def view(self) -> WavesView:
        """What is shown."""
        return waves_view(self._shown, self._place)

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        return self.view.has

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        return waves_lines(self.view, self.commands(), (width, height))

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        last = len(self._shown.made.rows) - 1
        match command_id:
            case "indicator_before":
                self._place = max(0, self._place - 1)
            case "indicator_after":
                self._place = min(last, self._place + 1)
            case "waves_table":
                view = self.view
                self.program.push_screen(
                    PageScreen("Waves in figures", lambda width: table_lines(view, width))
                )
