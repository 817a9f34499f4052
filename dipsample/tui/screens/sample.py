"""The drawn cases: sample and reserve, what changes them, and what an outsider checks them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from dipsample.errors import AuditError
from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.draw import sample_lines, sample_rows_shown
from dipsample.tui.drawing.lines import Line
from dipsample.tui.screens.listing import ListScreen
from dipsample.tui.screens.panels import TellPanel, TextPanel
from dipsample.tui.screens.sample_changes import Change, SampleChanges
from dipsample.tui.screens.working import WorkingScreen
from dipsample.views import CaseRow
from exports.errors import ExportError
from sampling.draw import Role
from sampling.plan import Design

if TYPE_CHECKING:
    from dipsample.audit import Audit

_ASSIGN = "Next: dipsample assign PROJECT --reviewers NAME,NAME shares the cases out."
_OPEN = "The frame may still grow: ' takes a later extract in, # closes it."


@dataclass(frozen=True, slots=True)
class SampleView:
    """What the page shows."""

    rows: tuple[CaseRow, ...]
    facts: tuple[str, ...]
    has: frozenset[Need] = frozenset()


class SampleScreen(WorkingScreen, ListScreen[SampleView]):
    """Sample and reserve of the draw."""

    where: ClassVar[Where] = Where.SAMPLE

    def __init__(self) -> None:
        super().__init__()
        self._is_working = False

    def read(self, old: SampleView | None) -> SampleView:
        """Return the cases in order of their numbers."""
        audit = self.program.project
        rows = audit.cases()
        return SampleView(
            rows=rows,
            facts=(
                f"SAMPLE  {_counts(audit, rows)}, {audit.draw_line}",
                f"digest {audit.sample_digest}",
                _OPEN if audit.is_frame_open else _ASSIGN,
            ),
            has=_needs(audit),
        )

    def has(self) -> frozenset[Need]:
        """Say what can be done; nothing more while the sample is being changed."""
        return frozenset() if self._is_working else self.view.has

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
        """Ask for a change of the sample, or write the draw record."""
        changes = SampleChanges(self.program, self._make)
        match command_id:
            case "extend":
                changes.extend()
            case "replace":
                self.tell(changes.replace(self.view.rows[self._cursor]))
            case "go_to_case":
                self._ask_case()
            case "take_in":
                changes.take_in()
            case "close_frame":
                changes.close()
            case "draw_record":
                self._ask_record()

    def _make(self, change: Change) -> None:
        """Make a change in the thread."""
        self._is_working = True
        self.tell(change.doing)
        make: Callable[[], str] = change.make
        self.in_thread(make)
        self.redraw()

    def take_result(self, result: object) -> None:
        """Show the sample as it is now, and say what was done."""
        self._is_working = False
        self.refresh_view()
        self.tell(str(result))

    def take_refusal(self, reason: str) -> None:
        """Say why the sample is as it was."""
        self._is_working = False
        self.tell("")
        self.program.push_screen(TellPanel("The sample is as it was", reason))

    def _ask_case(self) -> None:
        """Ask for a case and stand on it."""

        def go(typed: str) -> str:
            number = typed.upper().removeprefix("C-").lstrip("0")
            for place, row in enumerate(self.view.rows):
                if number and row.case_id.removeprefix("C-").lstrip("0") == number:
                    self.stand_on(place)
                    self.redraw()
                    return ""
            return "There is no case of this number."

        text = "Its number, with or without C- and zeros."
        self.program.push_screen(TextPanel("Which case?", text, go, verb="goes to it"))

    def _ask_record(self) -> None:
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


def _counts(audit: Audit, rows: Sequence[CaseRow]) -> str:
    """Say how many records are in the sample, in reserve and replaced."""
    counts = Counter(row.role for row in rows)
    words = f"{counts[Role.SAMPLE]:,} records, {counts[Role.RESERVE]:,} in reserve"
    if counts[Role.REPLACED]:
        words += f", {counts[Role.REPLACED]:,} replaced"
    planned = audit.drawn.sample
    if planned != counts[Role.SAMPLE]:
        words += f", {planned:,} at the draw"
    return words


def _needs(audit: Audit) -> frozenset[Need]:
    """Say how the sample can change under its plan."""
    plan = audit.plan
    if plan is None or plan.stopping is not None:
        return frozenset()
    if plan.rolling is not None:
        return frozenset({Need.LISTING}) if audit.is_frame_open else frozenset()
    if plan.design is Design.TWO_STAGE:
        return frozenset({Need.REPLACES})
    return frozenset({Need.GROWS, Need.REPLACES})
