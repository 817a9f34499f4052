"""The terminal program on several audits at once: it opens on their comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dipsample.tui.app import Start
from dipsample.tui.commands import COMMANDS, Command
from dipsample.tui.models.waves import WavesShown
from dipsample.tui.program import Program
from dipsample.tui.screens.board import BoardScreen


class WavesProgram(Program):
    """The screens of a comparison; no project of it is open any more."""

    def __init__(
        self,
        shown: WavesShown,
        *,
        name: str,
        ticks: Callable[[], float],
        commands: Sequence[Command] = COMMANDS,
    ) -> None:
        super().__init__(None, name=name, start=Start.HOME, ticks=ticks, commands=commands)
        self._shown = shown

    def first_screen(self) -> BoardScreen:
        """Return the page of waves."""
        from dipsample.tui.screens.waves import WavesScreen

        return WavesScreen(self._shown)
