"""The page for somebody without a project, or with one that has no cases yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.start import start_lines
from dipsample.tui.models.strangers import stranger_words
from dipsample.tui.screens.board import BoardScreen


class StartScreen(BoardScreen):
    """Says what to do next."""

    where: ClassVar[Where] = Where.START

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        audit = self.program.audit
        title = "dipsample" if audit is None else audit.title
        stage = None if audit is None else audit.stage
        who = "" if audit is None else stranger_words(audit, self.program.name_of_user)
        return start_lines(title, stage, self.commands(), (width, height), who=who)

    def do(self, command_id: str) -> None:
        """Carry out a command: there is none here but help."""
