"""Coding one case: the record beside the question, every key saved before the next shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from dipsample.errors import AuditError
from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.choice import OptionView
from dipsample.tui.drawing.coding import Surroundings, coding_lines, is_stacked, record_shape
from dipsample.tui.drawing.lines import Line
from dipsample.tui.drawing.pages import definition_lines
from dipsample.tui.drawing.record_pane import RecordPane
from dipsample.tui.models.coding import passages_of
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.queue import QueueWalk
from dipsample.tui.models.reasons import DEFERRALS, FLAGS, referred_words
from dipsample.tui.models.times import clock_time
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.screens.guarded import GuardedTextPanel
from dipsample.tui.screens.page import PageScreen
from dipsample.tui.screens.panels import PickPanel, TellPanel, TextPanel
from dipsample.tui.screens.pause import PauseScreen
from review.codebook import QuestionType

NO_PERSONAL_DATA = "No names, dates of birth, addresses or references."


class CodingScreen(BoardScreen):
    """One case after the other, until the queue is empty or the coder goes back."""

    where: ClassVar[Where] = Where.CODING

    def __init__(
        self, desk: CodingDesk, walk: QueueWalk, *, first_command: str | None = None
    ) -> None:
        """Make the screen.

        Args:
            desk: The coder at work on a case that is open.
            walk: The queue that it comes from.
            first_command: A command to begin with, such as ``defer``.
        """
        super().__init__()
        self.desk = desk
        self._walk = walk
        self._first_command = first_command
        self._is_zoomed = False
        self._pane = RecordPane(passages_of(desk.file))

    def _take(self, desk: CodingDesk) -> None:
        """Show another case."""
        self.desk = desk
        self._is_zoomed = False
        self._pane = RecordPane(passages_of(desk.file))

    @property
    def case_id(self) -> str:
        """The case on the screen."""
        return self.desk.file.case_id

    def on_mount(self) -> None:
        """Begin with the command that was asked for."""
        if self._first_command:
            self.attempt(lambda: self.do(str(self._first_command)))

    @property
    def place(self) -> Where:
        """Coding, or quote mode."""
        return Where.CODING if self.desk.reading.quoting is None else Where.QUOTE

    def has(self) -> frozenset[Need]:
        """Say what can be done with the case."""
        has = self.desk.view.has
        if is_stacked(self.size.width):
            has |= {Need.STACKED}
        if self.desk.quoted_here():
            has |= {Need.QUOTED_HERE}
        return has

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the case as lines."""
        desk = self.desk
        view, reading = desk.view, desk.reading
        columns, rows = record_shape(width, height, is_zoomed=self._is_zoomed)
        self._pane.shape(reading.marks(view.quotes), columns, rows)
        if reading.look_at is not None:
            self._pane.show(reading.look_at)
            reading.look_at = None
        around = Surroundings(
            saved=clock_time(self.program.project.last_saved),
            notice=desk.notice,
            is_quoting=reading.quoting is not None,
            is_zoomed=self._is_zoomed and is_stacked(width),
            reading=reading.status(len(view.quotes)),
            commands=self.commands(),
        )
        return coding_lines(view, self._pane, around, width, height)

    def tell(self, text: str) -> None:
        """Say something about the last thing done."""
        self.desk.notice = text

    def answer(self, key: str) -> None:
        """Take an answer; on a text question, begin to write with this letter."""
        self.desk.touch()
        if self.desk.reading.quoting is not None:
            self.desk.notice = "Quote mode: Enter pins the marked words, ' leaves."
        elif self.desk.question.type is QuestionType.TEXT:
            self._write_answer(self.desk.view.question.text or key)
        elif self.desk.press(key):
            self._tell_of_referral()

    def do(self, command_id: str) -> None:
        """Carry out a command."""
        desk = self.desk
        desk.touch()
        match command_id:
            case "previous":
                desk.move(-1)
            case "next":
                desk.move(1)
            case "undo":
                desk.undo()
            case "redo":
                desk.redo()
            case "submit":
                self._submit()
            case "scroll_back":
                self._pane.scroll(-1)
            case "scroll_on":
                self._pane.scroll(1)
            case "zoom":
                self._is_zoomed = not self._is_zoomed
            case "queue":
                self.dismiss()
            case "define":
                self._define()
            case _:
                self._do_with_panel(command_id)

    def _do_with_panel(self, command_id: str) -> None:
        match command_id:
            case "note":
                self._write_note()
            case "defer":
                self._defer()
            case "resume":
                self.desk.resume()
            case "flag":
                self._flag()
            case "referral":
                self._refer()
            case "recall":
                self._recall()
            case "find":
                self._find()
            case _:
                self._move_in_record(command_id)

    def _move_in_record(self, command_id: str) -> None:
        desk = self.desk
        cursor = desk.reading.quoting
        match command_id:
            case "term_before" | "term_after":
                if not desk.reading.step_term(1 if command_id == "term_after" else -1):
                    desk.notice = "There is no key word in this record."
            case "quote":
                desk.start_quote()
            case "leave_quote":
                desk.leave_quote()
            case "pin":
                desk.pin()
            case "unpin":
                desk.unpin()
            case "quote_back" | "quote_on" if cursor is not None:
                cursor.move(1 if command_id == "quote_on" else -1)
                desk.reading.look_at = cursor.place
            case "quote_more" | "quote_less" if cursor is not None:
                cursor.stretch(1 if command_id == "quote_more" else -1)
                desk.reading.look_at = cursor.place

    # What needs a panel ---------------------------------------------------------------------

    def _submit(self) -> None:
        desk = self.desk
        state = desk.file.sheet.state_of(desk.question_id)
        is_text = state.question.type is QuestionType.TEXT
        is_first_open = any(b.question_id == desk.question_id for b in desk.file.sheet.blockers[:1])
        if is_text and (is_first_open or (not state.value and not desk.file.sheet.is_complete)):
            self._write_answer(desk.view.question.text)
        elif desk.ends_early:
            self._confirm_short_case()
        elif desk.submit():
            self._next_case()

    def _confirm_short_case(self) -> None:
        """Ask first: a case that ends with its first answer is handed in by a slip."""

        def chosen(_key: str) -> None:
            if self.desk.submit():
                self._next_case()
            self.redraw()

        (question_id, value), *_ = self.desk.file.sheet.counted.items()
        label = self.desk.file.sheet.state_of(question_id).question.label_of(value[0])
        self._pick(f"Hand in {self.case_id} with one answer?",
                   f"{question_id} is: {label}. It closes every other question.",
                   [OptionView("y", "Yes, hand it in")], chosen)  # fmt: skip

    def _following(self) -> str | None:
        """Return the next case to work on; None where there is none."""
        last = self.case_id
        self._walk.mark(last, self.desk.file.coding.state)
        following = self._walk.next_after(last)
        if following is None:
            self._walk = self.program.walk()
            following = self._walk.next_after(last)
        return following

    def _next_case(self) -> None:
        program, last, following = self.program, self.case_id, self._following()
        if following is None:
            self.dismiss()
            return
        try:
            self._take(program.desk_for(following, self._walk))
        except AuditError as error:
            self.dismiss()
            program.push_screen(TellPanel(f"{following} was not opened", str(error)))
            return
        if not self.desk.notice:
            self.desk.notice = f"{last} is handed in."

    def _write_answer(self, start: str) -> None:
        question = self.desk.question
        self.program.push_screen(
            GuardedTextPanel(
                f"{question.id}  {question.ask}",
                NO_PERSONAL_DATA,
                self.desk.write,
                start=start,
                longest=question.max_length,
            )
        )

    def _write_note(self) -> None:
        self.program.push_screen(
            GuardedTextPanel(
                f"Note on {self.case_id}",
                f"For you and the supervisor; in no export. {NO_PERSONAL_DATA}",
                self.desk.set_note,
                start=self.desk.file.coding.note,
            )
        )

    def _define(self) -> None:
        question, derived = self.desk.question, self.desk.file.sheet.derived
        self.program.push_screen(
            PageScreen(
                f"{question.id}: definition",
                lambda width: definition_lines(question, derived, width),
            )
        )

    def _find(self) -> None:
        def find(words: str) -> str:
            count = self.desk.reading.find(words)
            self.desk.notice = f"{count} found. / again goes to the next one." if count else ""
            return "" if count else "The record does not hold these words."

        found = self.desk.reading.words
        self.program.push_screen(
            TextPanel("Find in the record", "Capitals and small letters are the same.", find,
                      start=found, verb="finds")
        )  # fmt: skip

    def _defer(self) -> None:
        def chosen(key: str) -> None:
            if self.desk.defer(DEFERRALS[key].code):
                self._pause(DEFERRALS[key].label)

        options = [OptionView(key, reason.label) for key, reason in DEFERRALS.items()]
        text = "It comes back at the end of the queue."
        self.program.push_screen(PickPanel("Put this case off: why?", text, options, chosen))

    def _pause(self, why: str) -> None:
        """Put a page between this case and the next: what is still typed answers neither."""
        following = None if self._first_command else self._following()
        if following is None:
            self.program.leave_with(f"{self.case_id} is put off, and comes back at the end.")
        else:
            pause = self._walk.pause_after(self.case_id, why, following)
            self.program.switch_screen(PauseScreen(pause, self._walk))

    def _flag(self) -> None:
        def chosen(key: str) -> None:
            kind = FLAGS[key]
            self.program.push_screen(
                GuardedTextPanel(
                    f"Flag {self.case_id}: {kind.label}",
                    f"What should the supervisor know? {NO_PERSONAL_DATA}",
                    lambda text, reason: self.desk.raise_flag(kind.code, text, reason),
                )
            )

        options = [OptionView(key, kind.label) for key, kind in FLAGS.items()]
        title, text = "Flag to the supervisor: what about?", "The supervisor sees it at once."
        self.program.push_screen(PickPanel(title, text, options, chosen))

    def _refer(self) -> None:
        def chosen(_key: str) -> None:
            if self.desk.refer_risk():
                self._tell_of_referral()

        self._pick(
            f"Refer {self.case_id} to the supervisor?",
            "For a live safeguarding risk that nobody appears to be managing. The supervisor "
            "sees it at once; it is never exported with the data.",
            [OptionView("y", "Yes, refer it now")],
            chosen,
        )

    def _tell_of_referral(self) -> None:
        words = referred_words(clock_time(self.program.project.last_saved))
        panel = TellPanel(f"{self.case_id} is referred", words, is_alert=True)
        self.program.push_screen(panel)

    def _recall(self) -> None:
        def chosen(_key: str) -> None:
            self.desk.recall()
            self.redraw()

        self._pick(f"Take {self.case_id} back?", "It must be handed in again afterwards.",
                   [OptionView("y", "Yes, take it back")], chosen)  # fmt: skip

    def _pick(
        self,
        title: str,
        text: str,
        options: Sequence[OptionView],
        chosen: Callable[[str], None],
    ) -> None:
        self.program.push_screen(PickPanel(title, text, options, chosen))
