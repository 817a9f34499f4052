"""The supervisor's first page: progress, referrals, questions of coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dipsample.decision_views import SignOffView
from dipsample.tui.commands import Where
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.overview import items_shown, overview_lines
from dipsample.tui.models.case import case_view
from dipsample.tui.models.overview import Item, OverviewView, overview_view
from dipsample.tui.screens.answering import ask_answer, ask_question
from dipsample.tui.screens.listing import ListScreen
from dipsample.tui.screens.panels import TextPanel
from dipsample.tui.screens.signing import ask_sign_off, offer_sign_off
from dipsample.views import Stage

SECONDS_BETWEEN_LOOKS = 15.0


class OverviewScreen(ListScreen[OverviewView]):
    """How far the audit is, and what waits for the supervisor."""

    where: ClassVar[Where] = Where.OVERVIEW

    def __init__(self) -> None:
        super().__init__()
        self._offered = ""

    def on_mount(self) -> None:
        """Look again from time to time: a referral must not wait for a key."""
        self.set_interval(SECONDS_BETWEEN_LOOKS, lambda: self.attempt(self.refresh_view))

    def read(self, old: OverviewView | None) -> OverviewView:
        """Return the overview; the cursor stays on its item when others come before it."""
        self.program.project.refresh()
        view = overview_view(self.program.project)
        here = old.items[self._cursor] if old is not None and old.items else None
        if here in view.items:
            self._cursor = view.items.index(here)
        return view

    def refresh_view(self) -> None:
        """Read it again; when the last case is settled, the sign-off opens by itself."""
        super().refresh_view()
        if self.is_current:
            self._offer_signature(is_asked_for=False)

    def _offer_signature(self, *, is_asked_for: bool) -> None:
        """Ask for the signature where it can be given: unasked once for every state of things."""
        program = self.program
        if program.project.stage is not Stage.CODED:
            if is_asked_for:
                self.tell("Cases are open: the sample is signed off when all are settled.")
            return
        view = program.project.sign_off_view()
        if view.is_ready and (is_asked_for or view.head != self._offered):
            self._offered = view.head
            ask = ask_sign_off if is_asked_for else offer_sign_off
            ask(program, view, self._done)
        elif is_asked_for:
            self.tell(_standing(view))

    def count(self) -> int:
        """Return how many things wait."""
        return len(self.view.items)

    def room(self) -> int:
        """Return how many of them fit."""
        return items_shown(self.view, self.size)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the overview as lines."""
        return overview_lines(self.view, self.window(width, height))

    def answer(self, key: str) -> None:
        """Go to another page."""
        self._notice = ""
        match key:
            case "f":
                self.program.show_findings()
            case "l":
                self.program.show_log()
            case "p":
                self.program.show_path()
            case "q":
                self.program.go_home(self.program.queue_screen())
            case "d":
                self.program.show_decisions()
            case "s":
                self._offer_signature(is_asked_for=True)
            case _:
                pass

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        self._notice = ""
        super().do(command_id)

    def do_here(self, command_id: str) -> None:
        """Carry out a command on the line stood on, or on a case by its number."""
        match command_id:
            case "look":
                item = self.view.items[self._cursor]
                self._show(item.case_id, item)
            case "answer":
                ask_answer(self.program, self.view.items[self._cursor], self._done)
            case "return_case":
                case_id = self.view.items[self._cursor].case_id
                ask_question(self.program, case_id, self._done)
            case "look_up":
                self._look_up()

    def _done(self, notice: str) -> None:
        self.tell(notice)
        self.refresh_view()

    def _show(self, case_id: str, item: Item | None = None) -> None:
        from dipsample.tui.screens.case import CaseScreen

        program = self.program
        seen = program.project.case_for_supervisor(program.name_of_user, case_id)
        program.push_screen(CaseScreen(case_id, case_view(seen), item))

    def _look_up(self) -> None:
        def show(words: str) -> str:
            wanted = words.strip().upper()
            if not wanted:
                return "Give the number of a case, such as C-0012."
            self.program.project.case_for_supervisor(self.program.name_of_user, wanted)
            self.call_later(self._show, wanted)
            return ""

        self.program.push_screen(
            TextPanel("Show which case?", "Its number, such as C-0012.", show, verb="shows")
        )


def _standing(view: SignOffView) -> str:
    """Say how the signature stands."""
    if view.is_signed:
        return f"Signed off by {view.signed_by}. `dipsample sign-off --revoke` takes it back."
    return f"{len(view.blockers)} things keep the sample open; `dipsample sign-off` lists them."
