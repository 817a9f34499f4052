"""A coder's queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.queue import queue_lines, rows_shown
from dipsample.tui.models.queue import QueueView, Showing, queue_view
from dipsample.tui.screens.listing import ListScreen
from review.coding_state import CodingState


class QueueScreen(ListScreen[QueueView]):
    """The cases of one coder, and which one is next."""

    where: ClassVar[Where] = Where.QUEUE

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing.OPEN

    def read(self, old: QueueView | None) -> QueueView:
        """Return the queue; the cursor stays on its case."""
        program = self.program
        program.project.refresh()
        here = old.rows[self._cursor].case_id if old is not None and old.rows else None
        view = queue_view(program.project, program.name_of_user, self._showing)
        rows = [row.case_id for row in view.rows]
        if here in rows:
            self._cursor = rows.index(here)
        return view

    def count(self) -> int:
        """Return how many cases are listed."""
        return len(self.view.rows)

    def room(self) -> int:
        """Return how many cases fit."""
        return rows_shown(self.view, self.size)

    def has(self) -> frozenset[Need]:
        """Say what can be done with the case stood on."""
        view = self.view
        if not view.rows:
            return view.has
        match view.rows[self._cursor].coding_state:
            case CodingState.SUBMITTED | CodingState.LOCKED | CodingState.WITHDRAWN:
                return view.has
            case CodingState.DEFERRED:
                return view.has | {Need.OPEN_CODING, Need.DEFERRED}
            case _:
                return view.has | {Need.OPEN_CODING, Need.NOT_DEFERRED}

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the queue as lines."""
        return queue_lines(self.view, self.window(width, height))

    def answer(self, key: str) -> None:
        """Choose what is listed, or another page."""
        self._notice = ""
        if key in {showing.value for showing in Showing}:
            self._showing = Showing(key)
            self._view, self._cursor = None, 0
        elif key == "l":
            self.program.show_log()
        elif key == "d":
            self.program.show_decisions()
        elif key == "w":
            self.program.show_overruled()
        elif key == "s" and self.view.is_supervisor:
            self.program.go_home(self.program.overview_screen())

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        self._notice = ""
        super().do(command_id)

    def do_here(self, command_id: str) -> None:
        """Carry out a command on the case stood on."""
        match command_id:
            case "open":
                self._open()
            case "find":
                self._find()
            case "resume":
                self._resume()
            case "defer" | "flag":
                self._open(command_id)

    def _open(self, first_command: str | None = None) -> None:
        """Open the case stood on; to put it off or flag it too, as the record is seen there."""
        from dipsample.tui.screens.coding import CodingScreen

        program, case_id = self.program, self.view.rows[self._cursor].case_id
        walk = program.walk()
        desk = program.desk_for(case_id, walk)
        program.push_screen(CodingScreen(desk, walk, first_command=first_command))

    def _resume(self) -> None:
        """Take up the case stood on without opening it: what is typed next answers nothing."""
        program, case_id = self.program, self.view.rows[self._cursor].case_id
        program.project.resume(program.name_of_user, case_id)
        self._notice = f"{case_id} is taken up again. Enter opens it."
        self.refresh_view()

    def _find(self) -> None:
        from dipsample.tui.screens.panels import TextPanel

        self.program.push_screen(
            TextPanel(
                "Find a case", "Its number, or a word of its state.", self._go_to, verb="finds"
            )
        )

    def _go_to(self, words: str) -> str:
        """Stand on the first case, behind the present one, that matches; '' where one does."""
        wanted = words.strip().lower()
        rows = self.view.rows
        order = [*range(self._cursor + 1, len(rows)), *range(self._cursor + 1)]
        for number in order:
            row = rows[number]
            if wanted and wanted in f"{row.case_id} {row.state} {row.last}".lower():
                self._cursor = number
                return ""
        return "No case listed here matches; press a in the queue to list them all."
