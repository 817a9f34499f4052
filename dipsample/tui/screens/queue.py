"""A coder's queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.queue import queue_lines, rows_shown
from dipsample.tui.drawing.window import first_shown
from dipsample.tui.models.queue import QueueView, Showing, queue_view
from dipsample.tui.screens.board import BoardScreen
from review.coding_state import CodingState


class QueueScreen(BoardScreen):
    """The cases of one coder, and which one is next."""

    where: ClassVar[Where] = Where.QUEUE

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing.OPEN
        self._cursor = 0
        self._first = 0
        self._notice = ""
        self._view: QueueView | None = None

    @property
    def view(self) -> QueueView:
        """What is shown."""
        if self._view is None:
            self._view = self._read()
        return self._view

    def refresh_view(self) -> None:
        """Read the queue again."""
        self._view = self._read()

    def _read(self) -> QueueView:
        """Return the queue; the cursor stays on its case."""
        program = self.program
        program.project.refresh()
        old = self._view
        here = old.rows[self._cursor].case_id if old is not None and old.rows else None
        view = queue_view(program.project, program.name_of_user, self._showing)
        rows = [row.case_id for row in view.rows]
        place = rows.index(here) if here in rows else self._cursor
        self._cursor = min(place, max(0, len(rows) - 1))
        return view

    def has(self) -> frozenset[Need]:
        """Say what can be done with the case stood on."""
        view = self.view
        if not view.rows:
            return view.has
        match view.rows[self._cursor].coding_state:
            case CodingState.SUBMITTED:
                return view.has
            case CodingState.DEFERRED:
                return view.has | {Need.OPEN_CODING, Need.DEFERRED}
            case _:
                return view.has | {Need.OPEN_CODING, Need.NOT_DEFERRED}

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the queue as lines."""
        view = self.view
        self._first = first_shown(
            cursor=self._cursor,
            first=self._first,
            height=rows_shown(height, len(view.warnings)),
            count=len(view.rows),
        )
        return queue_lines(
            view,
            self.commands(),
            (width, height),
            cursor=self._cursor,
            first=self._first,
            notice=self._notice,
        )

    def tell(self, text: str) -> None:
        """Say something about the last thing done."""
        self._notice = text

    def answer(self, key: str) -> None:
        """Choose what is listed, or another page."""
        self._notice = ""
        if key in {showing.value for showing in Showing}:
            self._showing = Showing(key)
            self._view, self._cursor = None, 0
            self.refresh_view()
        elif key == "l":
            self.program.show_log()
        elif key == "s" and self.view.is_supervisor:
            self.program.go_home(self.program.overview_screen())

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        self._notice = ""
        page = rows_shown(self.size.height, len(self.view.warnings))
        match command_id:
            case "above":
                self._move(-1)
            case "below":
                self._move(1)
            case "page_above":
                self._move(-page)
            case "page_below":
                self._move(page)
            case "open":
                self._open()
            case "find":
                self._find()
            case "codebook":
                self.program.show_codebook()
            case "defer" | "resume" | "flag":
                self._open(command_id)

    def _move(self, by: int) -> None:
        self._cursor = min(max(0, self._cursor + by), max(0, len(self.view.rows) - 1))

    def _open(self, first_command: str | None = None) -> None:
        """Open the case stood on; to put it off or flag it too, as the record is seen there."""
        from dipsample.tui.screens.coding import CodingScreen

        program, case_id = self.program, self.view.rows[self._cursor].case_id
        walk = program.walk()
        desk = program.desk_for(case_id, walk)
        program.push_screen(CodingScreen(desk, walk, first_command=first_command))

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
