"""One case for the supervisor to read, before a flag is answered or the case is sent back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.case import case_lines
from dipsample.tui.drawing.lines import Line
from dipsample.tui.models.case import CaseView, case_view
from dipsample.tui.models.overview import Item
from dipsample.tui.screens.answering import ask_answer, ask_question
from dipsample.tui.screens.deciding import decide_case
from dipsample.tui.screens.page import PageScreen


class CaseScreen(PageScreen):
    """The record and the codings of a case, by code of the coder; nothing of it can be changed."""

    where: ClassVar[Where] = Where.CASE

    def __init__(self, case_id: str, view: CaseView, item: Item | None = None) -> None:
        """Make the page.

        Args:
            case_id: The case.
            view: What is shown of it.
            item: The flag or referral that it was opened from; None: it was looked up.
        """
        super().__init__(f"{case_id}  {view.state}", self._lines)
        self._case_id = case_id
        self._view = view
        self._item = item

    def _lines(self, width: int) -> Sequence[Line]:
        return case_lines(self._view, width)

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        return frozenset({Need.CASES} if self._item is None else {Need.CASES, Need.ITEMS})

    def refresh_view(self) -> None:
        """Read the case again."""
        program = self.program
        self._view = case_view(
            program.project.case_for_supervisor(program.name_of_user, self._case_id)
        )
        self._page_title = f"{self._case_id}  {self._view.state}"

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        match command_id:
            case "answer" if self._item is not None:
                ask_answer(self.program, self._item, self._answered)
            case "return_case":
                ask_question(self.program, self._case_id, self.tell)
            case "decide":
                decide_case(self.program, self._case_id)
            case "codebook":
                self.program.show_codebook()
            case _:
                super().do(command_id)

    def _answered(self, notice: str) -> None:
        self._item = None
        self.tell(notice)
