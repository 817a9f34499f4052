"""A coder at work on one case: what a key does, whatever screen or prompt it comes from.

The full screen and plain mode drive the same desk, so they write the same events. Each change is
one durable call of ``Audit``; what is shown is what that call gave back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dipsample.tui.models.coding import CaseCounts, CodingView, coding_view, passages_of
from dipsample.tui.models.outcome import Outcome, Saved
from dipsample.tui.models.reading import reading_of
from dipsample.tui.models.saving import SavedDesk
from dipsample.tui.models.times import ActiveTime
from dipsample.tui.models.ways import BY_KEYS, Ways
from review.applicability import Applicability
from review.codebook import QuestionType
from review.coding import RISK_ANSWER, RISK_QUESTION
from review.coding_state import AnswerChange, CodingState, QuoteChange
from review.readiness import LOCKED

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from dipsample.tui.drawing.record import Place
    from dipsample.views import CaseFile
    from review.codebook import Question, Value
    from review.coding_state import Change, Quote
    from review.events import DeferralReason, FlagKind


class CodingDesk(SavedDesk["CaseFile"]):
    """One coder at one case.

    Attributes:
        file: The case as it stands on disk.
        question_id: The question on the screen.
        reading: Where the reader of the record is.
        notice: One sentence about the last thing done; empty: nothing to say.
    """

    def __init__(
        self,
        audit: Audit,
        name: str,
        case_id: str,
        *,
        counts: CaseCounts,
        ticks: Callable[[], float],
        ways: Ways = BY_KEYS,
    ) -> None:
        """Open the case: the first opening is an event.

        Raises:
            AuditError: Where it may not be opened, or cannot be.
        """
        self._audit = audit
        self._name = name
        self._counts = counts
        self._ticks = ticks
        self._ways = ways
        self._active = ActiveTime(ticks())
        self._digits = ""
        self._owed = ""
        self._left_for_quote = ""
        self.file = audit.open_case(name, case_id)
        self.reading = reading_of(passages_of(self.file), audit.codebook.key_terms)
        first = self.file.sheet.questions[0].question.id
        self.question_id = self.file.sheet.next_open(None) or first
        self.notice = ""
        if self.file.coding.returned_question:
            self.notice = f"The supervisor asks: {self.file.coding.returned_question}"
        elif self.file.flag_answer and not self.file.coding.state.is_handed_in:
            self.notice = f"The supervisor answers your flag: {self.file.flag_answer}"
        elif self.file.coding.state is CodingState.SUBMITTED:
            self.notice = ways.take_back
        elif self.file.coding.state is CodingState.LOCKED:
            self.notice = f"{LOCKED.reason} {LOCKED.way_out}"

    @property
    def view(self) -> CodingView:
        """What is shown now."""
        return coding_view(
            self.file,
            question_id=self.question_id,
            counts=self._counts,
            active_seconds=self._active.gathered,
        )

    @property
    def question(self) -> Question:
        """The question on the screen."""
        return self.file.sheet.state_of(self.question_id).question

    def touch(self) -> None:
        """Say that the coder did something; work is timed by it."""
        self._active.touch(self._ticks())

    # Moving ---------------------------------------------------------------------------------

    def go(self, question_id: str) -> None:
        """Show another question."""
        self.question_id = question_id
        self._digits = ""

    def move(self, by: int) -> None:
        """Go to the question before or after that is asked, or has an answer kept."""
        shown = [
            state.question.id
            for state in self.file.sheet.questions
            if state.applicability is Applicability.APPLICABLE
            or state.value
            or state.question.id == self.question_id
        ]
        place = shown.index(self.question_id) + by
        self.notice = ""
        if 0 <= place < len(shown):
            self.go(shown[place])
        else:
            self.notice = "This is the last question." if by > 0 else "This is the first question."

    def go_to_open(self) -> None:
        """Show the first question that keeps the case from being handed in."""
        blockers = self.file.sheet.blockers
        if blockers:
            self.go(blockers[0].question_id)
            self.notice = f"Before handing in: {blockers[0].reason}."

    # Answering ------------------------------------------------------------------------------

    def press(self, key: str) -> bool:
        """Take a letter or digit as an answer, save it, and show the next open question.

        Returns:
            Whether the answer made a safeguarding referral.
        """
        asked, before = self.question_id, self.file.coding.answers.get(RISK_QUESTION, ())
        self._press(key)
        after = self.file.coding.answers.get(RISK_QUESTION, ())
        if asked != RISK_QUESTION or after == before:
            return False
        if after and RISK_ANSWER not in after and self.file.is_referred:
            self.notice = f"{asked} is no, but the referral stands. {self.notice}".strip()
        return RISK_ANSWER in after

    def _press(self, key: str) -> None:
        state = self.file.sheet.state_of(self.question_id)
        if state.applicability is not Applicability.APPLICABLE:
            self.notice = f"{self.question_id} is not asked of this case as it is answered now."
            return
        match state.question.type:
            case QuestionType.SINGLE:
                self._choose(state.question, key)
            case QuestionType.MULTI:
                self._toggle(state.question, state.value, key)
            case QuestionType.INTEGER:
                self._type_digit(key)
            case QuestionType.TEXT:
                self.notice = self._ways.text

    def _choose(self, question: Question, key: str) -> None:
        option = question.option_for_key(key)
        if option is None:
            self._refuse(question, key)
        elif self._answer((option.value,)):
            self._advance()

    def _refuse(self, question: Question, key: str) -> None:
        """Say which keys answer; a capital is most often a sentence typed in the wrong place."""
        keys = " ".join(one.key for one in question.options)
        which = "Capitals answer nothing" if key.isupper() else f"{key} is no answer here"
        self.notice = f"{which}. Press one of: {keys}"

    def _toggle(self, question: Question, value: Value, key: str) -> None:
        option = question.option_for_key(key)
        if option is None:
            self._refuse(question, key)
            return
        chosen = set(value) ^ {option.value}
        self._answer(tuple(one for one in question.values if one in chosen))

    def _type_digit(self, key: str) -> None:
        if not (key.isascii() and key.isdigit()):
            self.notice = self._ways.number
            return
        self._digits += key
        self._answer((str(int(self._digits)),))

    def write(self, text: str, reason: str | None = None) -> Outcome:
        """Save a text as the answer of the question on the screen."""
        value = (text,) if text.strip() else ()
        outcome = self._keep(
            lambda: self._audit.answer(
                self._name, self.file.case_id, self.question_id, value,
                active_seconds=self._active.take(), confirm=reason,
            )
        )  # fmt: skip
        if isinstance(outcome, Saved):
            self._advance()
        return outcome

    def _answer(self, value: Value) -> bool:
        if self.file.coding.state is CodingState.DEFERRED and not self.resume():
            return False
        outcome = self._keep(
            lambda: self._audit.answer(
                self._name, self.file.case_id, self.question_id, value,
                active_seconds=self._active.take(),
            )
        )  # fmt: skip
        return isinstance(outcome, Saved)

    def _advance(self) -> None:
        answered = self.file.sheet.state_of(self.question_id)
        following = self.file.sheet.next_open(self.question_id)
        if following is not None:
            self.go(following)
            if answered.quote_needed:
                self._owed = answered.question.id
                self.notice = self._ways.owed.format(question=self._owed)
        elif self.file.sheet.blockers:
            self.go_to_open()
        else:
            self.notice = self._ways.complete

    # Undo, note, hand-in --------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last answer, quote or note, and show where it was."""
        changes = self.file.coding.done
        if not changes:
            self.notice = "There is nothing to undo."
        elif self._call(lambda: self._audit.undo(self._name, self.file.case_id)):
            self._show_change(changes[-1], "Taken back")

    def redo(self) -> None:
        """Give back what the last undo took."""
        changes = self.file.coding.undone
        if not changes:
            self.notice = "There is nothing to redo."
        elif self._call(lambda: self._audit.redo(self._name, self.file.case_id)):
            self._show_change(changes[-1], "Given back")

    def _show_change(self, change: Change, what: str) -> None:
        match change:
            case AnswerChange(question=question_id):
                self.go(question_id)
                self.notice = f"{what}: the answer to {question_id}."
            case QuoteChange(quote=quote):
                self.go(quote.question)
                self.notice = f"{what}: a quote of {quote.question}."
            case _:
                self.notice = f"{what}: the note."

    def set_note(self, text: str, reason: str | None = None) -> Outcome:
        """Save the note of the case."""
        return self._keep(
            lambda: self._audit.set_note(self._name, self.file.case_id, text, confirm=reason)
        )

    @property
    def ends_early(self) -> bool:
        """Whether the case is complete with one answer, which closed every other question."""
        sheet = self.file.sheet
        return sheet.is_complete and sheet.applicable_count == 1 < len(sheet.questions)

    def submit(self) -> bool:
        """Hand the case in where it is complete; else show the first open question.

        On an answer from an earlier version of the codebook: confirm it.
        """
        if self.file.sheet.state_of(self.question_id).is_unconfirmed:
            self._confirm()
            return False
        if self.file.sheet.blockers:
            self.go_to_open()
            return False
        return self._call(lambda: self._audit.submit(self._name, self.file.case_id))

    def _confirm(self) -> None:
        """Confirm the answer on the screen, and go to the next open question."""
        question_id = self.question_id
        if self._call(
            lambda: self._audit.confirm_answer(self._name, self.file.case_id, question_id)
        ):
            self._advance()

    def recall(self) -> bool:
        """Take a case back that was handed in."""
        done = self._call(lambda: self._audit.recall(self._name, self.file.case_id))
        if done:
            self.notice = "Taken back: it can be changed, and must be handed in again."
        return done

    def defer(self, reason: DeferralReason) -> bool:
        """Put the case off."""
        return self._call(lambda: self._audit.defer(self._name, self.file.case_id, reason))

    def resume(self) -> bool:
        """Take up a case that was put off."""
        done = self._call(lambda: self._audit.resume(self._name, self.file.case_id))
        if done:
            self.notice = "Taken up again."
        return done

    def raise_flag(self, kind: FlagKind, text: str, reason: str | None = None) -> Outcome:
        """Ask the supervisor something."""
        outcome = self._keep(
            lambda: self._audit.raise_flag(
                self._name, self.file.case_id, kind, text, confirm=reason
            )
        )
        if isinstance(outcome, Saved):
            self.notice = "Flagged: the supervisor sees it now."
        return outcome

    def refer_risk(self) -> bool:
        """Refer a live safeguarding risk to the supervisor."""
        return self._call(lambda: self._audit.refer_risk(self._name, self.file.case_id))

    # Quotes ---------------------------------------------------------------------------------

    def start_quote(self) -> None:
        """Enter quote mode, of the question that the notice says needs a quote, if it says so."""
        owed = self._ways.owed.format(question=self._owed)
        if self._owed and owed and self.notice.endswith(owed):
            self._left_for_quote = self.question_id
            self.go(self._owed)
        self.notice = ""
        if not self.reading.start_quote():
            self.notice = "The record is empty: there is nothing to quote."

    def leave_quote(self) -> None:
        """Leave quote mode; back to where it was begun, if that was at another question."""
        self.reading.quoting = None
        if self._left_for_quote:
            self.go(self._left_for_quote)
            self._left_for_quote = ""

    def pin(self) -> None:
        """Pin the marked words to the question on the screen, and leave quote mode."""
        cursor = self.reading.quoting
        if cursor is not None and self.pin_place(cursor.place):
            self.leave_quote()

    def pin_place(self, place: Place) -> bool:
        """Pin words of the record to the question on the screen."""
        is_pinned = self._call(
            lambda: self._audit.pin_quote(
                self._name, self.file.case_id, self.question_id,
                place.field, place.start, place.end,
            )
        )  # fmt: skip
        if is_pinned:
            is_done = self.file.sheet.is_complete
            self.notice = self._ways.complete if is_done else f"Pinned to {self.question_id}."
        return is_pinned

    def quoted_here(self) -> bool:
        """Whether a quote of the question lies under the mark of quote mode."""
        return self._quote_under_mark() is not None

    def unpin(self) -> None:
        """Remove the quote that the mark stands on."""
        quote = self._quote_under_mark()
        if quote is not None and self._call(
            lambda: self._audit.remove_quote(self._name, self.file.case_id, quote)
        ):
            self.notice = f"Quote of {quote.question} removed."

    def _quote_under_mark(self) -> Quote | None:
        cursor = self.reading.quoting
        if cursor is None:
            return None
        place = cursor.place
        return next(
            (
                quote
                for quote in self.file.coding.quotes
                if quote.field == place.field
                and quote.start < place.end
                and place.start < quote.end
            ),
            None,
        )

    # Saving ---------------------------------------------------------------------------------

    def _call(self, change: Callable[[], CaseFile]) -> bool:
        return isinstance(self._keep(change), Saved)
