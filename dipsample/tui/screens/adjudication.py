"""Deciding one case after the other: arrows take a side, keys answer, a panel asks why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.adjudication import Beside, adjudication_lines, why_title
from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.pages import definition_lines
from dipsample.tui.drawing.record_pane import RecordPane
from dipsample.tui.models.deciding import DecidingDesk
from dipsample.tui.models.outcome import NotSaved, Outcome, Saved
from dipsample.tui.models.reading import Reading, reading_of
from dipsample.tui.models.reasons import OVERRULES
from dipsample.tui.models.times import clock_time
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.screens.guarded import GuardedTextPanel
from dipsample.tui.screens.page import PageScreen
from dipsample.tui.screens.panels import PickPanel, TextPanel

NO_PERSONAL_DATA = "No names, dates of birth, addresses or references."
Saver = Callable[[str, str | None], Outcome]
STANDS = (
    "A quality check found them wrong, and they are as they were. The reason is kept in the log, "
    f"and the case is checked again. {NO_PERSONAL_DATA}"
)
NEXT = " Enter goes on."
WHY = "Nothing is saved before. Esc goes back: ; comments, Backspace drops it."


class AdjudicationScreen(BoardScreen):
    """One case; when it is closed, the next one that waits."""

    where: ClassVar[Where] = Where.ADJUDICATION

    def __init__(self, desk: DecidingDesk) -> None:
        super().__init__()
        self._take_case(desk)

    def _take_case(self, desk: DecidingDesk) -> None:
        self.desk = desk
        self._pane = RecordPane(desk.passages)
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """Where the reader of the record is."""
        if self._reading is None:
            terms = self.program.project.codebook.key_terms
            self._reading = reading_of(self.desk.passages, terms)
        return self._reading

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        if self.desk.file.is_closed:
            return frozenset({Need.CLOSED})
        if self.desk.view.is_asking_why:
            return frozenset({Need.UNDECIDED, Need.ASKED_WHY})
        is_open = bool(self.desk.file.open_questions)
        return frozenset({Need.UNDECIDED, Need.OPEN_QUESTIONS if is_open else Need.ALL_DECIDED})

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the case as lines."""
        beside = Beside(
            saved=clock_time(self.program.project.last_saved),
            notice=self.desk.notice,
            marks=self.reading.marks(()),
            commands=self.commands(),
        )
        lines = adjudication_lines(self.desk.view, self._pane, beside, width, height)
        if self.reading.look_at is not None:
            self._pane.show(self.reading.look_at)
            self.reading.look_at = None
            lines = adjudication_lines(self.desk.view, self._pane, beside, width, height)
        return lines

    def tell(self, text: str) -> None:
        """Say something about the last thing done."""
        self.desk.notice = text

    def answer(self, key: str) -> None:
        """Take an answer of the adjudicator's own."""
        if not self.desk.file.is_closed:
            self.desk.press(key)
            self._ask_why()

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        desk = self.desk
        match command_id:
            case "take_left":
                desk.take(-1)
                self._ask_why()
            case "take_right":
                desk.take(1)
                self._ask_why()
            case "row_above":
                desk.move(-1)
            case "row_below":
                desk.move(1)
            case "not_agreed":
                desk.leave_unresolved()
                self._ask_why()
            case "say_why":
                self._ask_why()
            case "take_back":
                desk.take_back()
            case "unfold":
                desk.unfold()
            case "next_open" | "close_case" | "next_case":
                self._enter()
            case "back":
                self.dismiss()
            case _:
                self._read_or_write(command_id)

    def _read_or_write(self, command_id: str) -> None:
        match command_id:
            case "term_before":
                self.reading.step_term(-1)
            case "term_after":
                self.reading.step_term(1)
            case "record_back":
                self._pane.scroll(-1)
            case "record_on":
                self._pane.scroll(1)
            case "define":
                self._define()
            case "comment":
                self._write("Comment on the decision", NO_PERSONAL_DATA, self._comment)
            case "evidence":
                self._quote()
            case "query":
                text = f"The supervisor sees it. {NO_PERSONAL_DATA}"
                self._write("Ask about the codebook", text, self.desk.query)
            case "send_back":
                self._send_back()

    def _enter(self) -> None:
        """Close the case, and go on to the next one once it is closed."""
        if not self.desk.file.is_closed:
            if self.desk.enter():
                self.desk.notice += NEXT
            elif self.desk.stands_as_found_wrong:
                self._write("Why do the answers stand?", STANDS, self._let_stand)
            self._ask_why()
            return
        following = self.program.next_decision()
        if following is None:
            self.dismiss()
        else:
            self._take_case(following)

    def _ask_why(self) -> None:
        """Ask why the answer on hand overrules a coder, where it does; it is saved with that."""
        if not self.desk.view.is_asking_why:
            return

        def chosen(key: str) -> None:
            self.desk.give_reason(key)
            self.redraw()

        options = [OptionView(key, reason.label) for key, reason in OVERRULES.items()]
        self.program.push_screen(PickPanel(why_title(self.desk.view), WHY, options, chosen))

    def _let_stand(self, text: str, reason: str | None) -> Outcome:
        """Close the case as a check found it wrong, with a reason."""
        outcome = self.desk.let_stand(text, reason)
        if isinstance(outcome, Saved):
            self.desk.notice += NEXT
        return outcome

    def _comment(self, text: str, reason: str | None) -> Outcome:
        """Keep a comment; an answer that waits for its reason is asked why again."""
        outcome = self.desk.comment(text, reason)
        if isinstance(outcome, Saved):
            self.call_later(self._ask_why)
        return outcome

    def _define(self) -> None:
        question, derived = self.desk.row.question, self.desk.file.sheet.derived
        self.program.push_screen(
            PageScreen("Definition", lambda width: definition_lines(question, derived, width))
        )

    def _write(self, title: str, text: str, save: Saver) -> None:
        self.program.push_screen(GuardedTextPanel(title, text, save, longest=1000))

    def _quote(self) -> None:
        def save(words: str) -> str:
            outcome = self.desk.quote(words)
            return outcome.reason if isinstance(outcome, NotSaved) else ""

        text = "Words of the record, as they stand there; they bear the decision out."
        self.program.push_screen(TextPanel("Which words?", text, save, verb="pins"))

    def _send_back(self) -> None:
        sides = self.desk.file.sides
        options = [OptionView(str(n), side.label) for n, side in enumerate(sides, start=1)]
        text = "The case is decided anew when it is handed in again."
        self.program.push_screen(
            PickPanel("Send which coding back?", text, options, self._ask_question)
        )

    def _ask_question(self, key: str) -> None:
        def save(words: str, reason: str | None) -> Outcome:
            outcome = self.desk.send_back(int(key) - 1, words, reason)
            if isinstance(outcome, Saved):
                self.call_later(self._leave)
            return outcome

        self._write("What do you ask its coder?", f"The coder sees it. {NO_PERSONAL_DATA}", save)

    def _leave(self) -> None:
        """Go back: what was decided fell with the coding that was sent back."""
        self.dismiss()
