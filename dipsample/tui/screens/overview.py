"""The supervisor's first page: progress, referrals, questions of coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.overview import overview_lines
from dipsample.tui.models.overview import Item, OverviewView, overview_view
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.screens.panels import TextPanel

SECONDS_BETWEEN_LOOKS = 15.0


class OverviewScreen(BoardScreen):
    """How far the audit is, and what waits for the supervisor."""

    where: ClassVar[Where] = Where.OVERVIEW

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0
        self._notice = ""
        self._view: OverviewView | None = None

    def on_mount(self) -> None:
        """Look again from time to time: a referral must not wait for a key."""
        self.set_interval(SECONDS_BETWEEN_LOOKS, lambda: self.attempt(self.refresh_view))

    @property
    def view(self) -> OverviewView:
        """What is shown."""
        if self._view is None:
            self._view = self._read()
        return self._view

    def refresh_view(self) -> None:
        """Read it again."""
        self._view = self._read()

    def _read(self) -> OverviewView:
        """Return the overview; the cursor stays on its item when others come before it."""
        self.program.project.refresh()
        old, view = self._view, overview_view(self.program.project)
        items = view.items
        here = old.items[self._cursor] if old is not None and old.items else None
        place = items.index(here) if here in items else self._cursor
        self._cursor = min(place, max(0, len(items) - 1))
        return view

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        return self.view.has

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the overview as lines."""
        return overview_lines(
            self.view,
            self.commands(),
            (width, height),
            cursor=self._cursor,
            notice=self._notice,
        )

    def tell(self, text: str) -> None:
        """Say something about the last thing done."""
        self._notice = text

    def answer(self, key: str) -> None:
        """Go to another page."""
        self._notice = ""
        match key:
            case "f":
                self.program.show_findings()
            case "l":
                self.program.show_log()
            case "q":
                self.program.go_home(self.program.queue_screen())
            case _:
                pass

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        self._notice = ""
        last = max(0, len(self.view.items) - 1)
        match command_id:
            case "above":
                self._cursor = max(0, self._cursor - 1)
            case "below":
                self._cursor = min(last, self._cursor + 1)
            case "page_above":
                self._cursor = 0
            case "page_below":
                self._cursor = last
            case "answer":
                self._answer(self.view.items[self._cursor])
            case "return_case":
                self._return_case()
            case "codebook":
                self.program.show_codebook()

    def _answer(self, item: Item) -> None:
        if item.is_referral:
            title = f"{item.case_id}: what was done about the live risk?"
            text = "Who was told and when, without names. It closes the referral."
        else:
            title = f"{item.case_id}: answer the {item.what} of {item.code}; it closes the flag"
            text = item.text
        self.program.push_screen(TextPanel(title, text, lambda words: self._save(item, words)))

    def _save(self, item: Item, words: str) -> str:
        """Write what the supervisor answers; return why it could not be, or an empty string."""
        audit, name = self.program.project, self.program.name_of_user
        if not words:
            return "Write something, or leave with Esc."
        if item.flag_id is None:
            audit.acknowledge_risk(name, item.case_id, words)
        else:
            audit.answer_flag(name, item.flag_id, words)
        self._notice = f"{item.case_id} is answered."
        self.refresh_view()
        return ""

    def _return_case(self) -> None:
        def ask(case_id: str) -> str:
            wanted = case_id.strip().upper()
            if not wanted:
                return "Give the number of a case, such as C-0012."
            self.call_later(self._ask_question, wanted)
            return ""

        self.program.push_screen(
            TextPanel("Send which case back?", "Its number, such as C-0012.", ask, verb="goes on")
        )

    def _ask_question(self, case_id: str) -> None:
        def send(question: str) -> str:
            if not question:
                return "The coder needs a question."
            self.program.project.return_case(self.program.name_of_user, case_id, question)
            self._notice = f"{case_id} is sent back to its coder."
            return ""

        self.program.push_screen(
            TextPanel(f"What do you ask about {case_id}?", "The coder sees it.", send)
        )
