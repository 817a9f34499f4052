"""The drawn cases: sample and reserve, with what an outsider needs to check them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from dipsample.errors import AuditError
from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.draw import sample_lines, sample_rows_shown
from dipsample.tui.drawing.lines import Line
from dipsample.tui.screens.listing import ListScreen
from dipsample.tui.screens.panels import TextPanel
from dipsample.views import CaseRow
from exports.errors import ExportError


@dataclass(frozen=True, slots=True)
class SampleView:
    """What the page shows."""

    rows: tuple[CaseRow, ...]
    facts: tuple[str, ...]
    has: frozenset[Need] = frozenset()


class SampleScreen(ListScreen[SampleView]):
    """Sample and reserve of the draw."""

    where: ClassVar[Where] = Where.SAMPLE

    def read(self, old: SampleView | None) -> SampleView:
        """Return the cases in order of their numbers."""
        audit = self.program.project
        drawn = audit.drawn
        counts = f"{drawn.sample:,} records drawn, {drawn.reserve:,} in reserve"
        return SampleView(
            rows=audit.cases(),
            facts=(
                f"SAMPLE  {counts}, {audit.draw_line}",
                f"digest {drawn.sample_digest}",
                "Next: dipsample assign PROJECT --reviewers NAME,NAME shares the cases out.",
            ),
        )

    def count(self) -> int:
        """Return how many cases there are."""
        return len(self.view.rows)

    def room(self) -> int:
        """Return how many of them fit."""
        return sample_rows_shown(self.size.height)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        return sample_lines(self.view.rows, self.view.facts, self.window(width, height))

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        self._notice = ""
        if command_id == "back":
            self.program.leave_path()
        else:
            super().do(command_id)

    def do_here(self, command_id: str) -> None:
        """Write the draw record."""
        if command_id != "draw_record":
            return

        def write(typed: str) -> str:
            try:
                files = self.program.project.write_draw_record(Path(typed).expanduser())
            except (AuditError, ExportError) as problem:
                return str(problem)
            self.tell(f"Written: {', '.join(str(file) for file in files)}")
            self.redraw()
            return ""

        text = "A file that ends in .txt or .html, or a folder, which gets both."
        self.program.push_screen(
            TextPanel("Write the draw record where?", text, write, verb="writes it")
        )
