"""The page after a case was put off: what is still typed for it must not answer the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.errors import AuditError
from dipsample.tui.commands import Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.pages import pause_lines
from dipsample.tui.models.queue import Pause, QueueWalk
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.screens.panels import TellPanel


class PauseScreen(BoardScreen):
    """Says that a case is put off and which is next; the next one is not opened before Enter.

    Between a case handed in and the next there is no such page: there a coder goes on by habit,
    and the keys that follow are answers. After a deferral they are not: a reason has just been
    chosen by a letter, and more of it may be on the way.
    """

    where: ClassVar[Where] = Where.PAUSE

    def __init__(self, pause: Pause, walk: QueueWalk) -> None:
        """Make the page.

        Args:
            pause: What is said.
            walk: The queue that both cases come from.
        """
        super().__init__()
        self._pause = pause
        self._following = pause.following
        self._walk = walk

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        return pause_lines(self._pause, self.window(width, height))

    def answer(self, key: str) -> None:
        """Say that nothing is answered here."""
        self._notice = (
            f"No question is open, so nothing was answered. Enter opens {self._following}."
        )

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        match command_id:
            case "begin":
                self._begin()
            case "queue":
                self.dismiss()

    def _begin(self) -> None:
        from dipsample.tui.screens.coding import CodingScreen

        program = self.program
        try:
            desk = program.desk_for(self._following, self._walk)
        except AuditError as error:
            self.dismiss()
            program.push_screen(TellPanel(f"{self._following} was not opened", str(error)))
            return
        program.switch_screen(CodingScreen(desk, self._walk))
