"""An adjudicator at work on one case: what a key does, whatever screen or prompt it comes from.

The full screen and plain mode drive the same desk, so they write the same events. A side is taken
or an answer given first; where that overrules somebody, the reason is asked for by itself, and no
key is an answer and a reason both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dipsample.decision_views import DecisionFile, DecisionRow, RowState
from dipsample.tui.drawing.record import Passage, Place, found_in
from dipsample.tui.models.outcome import NotSaved, Outcome, Saved
from dipsample.tui.models.reasons import OVERRULES
from dipsample.tui.models.saving import SavedDesk, attempt
from exports.rounding import counted
from review.bench import undeterminable
from review.codebook import QuestionType
from review.decision_events import Source
from review.ruling import CODERS, Ruling

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.codebook import Question, Value

UNSAVED: Final = "Not saved before it is said why."
FOUND_WRONG: Final = "A quality check found this case wrong: decide anew, or say why it stands."
UNDECIDED: Final = NotSaved("Decide the question first; the quote bears the decision out.")
UNRESOLVED: Final = "0"
"""The key for what cannot be agreed, where the question has no such answer of its own."""


@dataclass(frozen=True, slots=True)
class DecidingView:
    """What is shown of a case that is being decided."""

    file: DecisionFile
    row: DecisionRow
    """The question on the screen."""
    shown: tuple[DecisionRow, ...]
    """The questions of the list; those on which all agree only when they are unfolded."""
    is_asking_why: bool
    """Whether an answer waits for the reason."""
    draft: Value
    """An own answer of several parts that is not given yet."""
    pending: Value
    """An answer that is saved once it is said why; empty: no reason is asked for."""


class DecidingDesk(SavedDesk[DecisionFile]):
    """One adjudicator at one case.

    Attributes:
        file: The case as it stands on disk.
        question_id: The question on the screen.
        notice: One sentence about the last thing done; empty: nothing to say.
        is_unfolded: Whether the questions on which all agree are shown too.
    """

    def __init__(
        self,
        audit: Audit,
        name: str,
        case_id: str,
        *,
        reason: str = "",
        confirm: str | None = None,
    ) -> None:
        """Open the case: the first opening is an event.

        Args:
            audit: The open project.
            name: Who decides.
            case_id: The case.
            reason: Why early, again, or in somebody's place; for the supervisor alone.
            confirm: Why a reason that looks like personal data may stay.

        Raises:
            AuditError: Where it may not be opened, or cannot be.
        """
        self._audit = audit
        self._name = name
        self._pending: Ruling | None = None
        self._pending_value: Value = ()
        self._draft: Value = ()
        self.file = audit.open_decision(name, case_id, reason=reason, confirm=confirm)
        self.is_unfolded = bool(self.file.found_wrong)
        self.notice = "" if self.file.open_questions else self._all_decided()
        self.question_id = self._first()

    def _first(self) -> str:
        """Return the question to begin with: the first that is open, or differs, or any."""
        differing = [row.question.id for row in self.file.rows if row.is_conflict]
        everything = [row.question.id for row in self.file.rows]
        return (*self.file.open_questions, *differing, *everything)[0]

    @property
    def view(self) -> DecidingView:
        """What is shown now."""
        return DecidingView(
            file=self.file,
            row=self.row,
            shown=self._shown(),
            is_asking_why=self._pending is not None,
            draft=self._draft,
            pending=self._pending_value if self._pending is not None else (),
        )

    @property
    def row(self) -> DecisionRow:
        """The question on the screen."""
        return self.file.row(self.question_id)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The record."""
        return tuple(Passage(field, text) for field, text in self.file.record.items())

    def _shown(self) -> tuple[DecisionRow, ...]:
        return tuple(
            row
            for row in self.file.rows
            if self.is_unfolded or row.question.id == self.question_id or _is_at_issue(row)
        )

    # Moving ---------------------------------------------------------------------------------

    def go(self, question_id: str) -> None:
        """Show another question; what was not saved of the one before is dropped."""
        self.question_id = question_id
        self._pending, self._draft = None, ()

    def move(self, by: int) -> None:
        """Go to the question before or after in the list."""
        listed = [row.question.id for row in self._shown()]
        place = listed.index(self.question_id) + by
        self.notice = "" if self._pending is None else f"{self.question_id} is left as it was."
        if 0 <= place < len(listed):
            self.go(listed[place])
        else:
            self.notice = "This is the last question." if by > 0 else "This is the first question."

    def unfold(self) -> None:
        """Show the questions on which all agree, or fold them again."""
        self.is_unfolded = not self.is_unfolded

    # Deciding -------------------------------------------------------------------------------

    def take(self, by: int) -> None:
        """Take the answer of the side to the left or to the right of the one taken now.

        With two sides that is the left and the right one. Sides that give no answer are passed
        over.
        """
        self.notice = ""
        given = [place for place, value in enumerate(self.row.values) if value]
        if not given:
            self.notice = "No side answers this: give an answer of your own."
            return
        here = self._taken()
        further = [place for place in given if here is not None and (place - here) * by > 0]
        ahead = further if by > 0 else further[::-1]
        self.take_side((ahead or [given[-1] if by > 0 else given[0]])[0])

    def take_side(self, place: int) -> None:
        """Take the answer of one side, from 0 at the left."""
        if place >= min(len(self.file.sides), len(CODERS)):
            self.notice = f"There are {len(self.file.sides)} sides."
        elif not self.row.values[place]:
            self.notice = f"{self.file.sides[place].label} does not answer this."
        else:
            self._choose(Ruling(self.question_id, CODERS[place]), self.row.values[place])

    def _taken(self) -> int | None:
        """Return the side whose answer is taken now, saved or not."""
        decision = self.row.decision
        source = self._pending.source if self._pending else decision.source if decision else None
        return CODERS.index(source) if source in CODERS else None

    def press(self, key: str) -> None:
        """Take a letter or digit as an answer, in the place of one that waits for its reason."""
        self.notice = ""
        question = self.row.question
        if question.type is QuestionType.INTEGER and key.isdigit():
            digits = "".join(self._draft) + key
            self._pending, self._draft = None, (str(int(digits)),)
        elif (option := question.option_for_key(key)) is not None:
            self._take_option(question, option.value)
        elif key == UNRESOLVED:
            self.leave_unresolved()
        else:
            keys = " ".join(one.key for one in question.options)
            self.notice = f"{key} is no answer here. Press one of: {keys}"

    def give_reason(self, key: str) -> None:
        """Save the answer that waits, with the reason of a letter."""
        self.notice = ""
        if self._pending is None:
            self.notice = "No reason is asked for here."
        elif key in OVERRULES:
            self._save(replace(self._pending, reason=OVERRULES[key].code))
        else:
            self.notice = f"{key} is no reason. {UNSAVED}"

    def _take_option(self, question: Question, value: str) -> None:
        self._pending = None
        if question.type is QuestionType.MULTI:
            chosen = set(self._draft) ^ {value}
            self._draft = tuple(one for one in question.values if one in chosen)
        else:
            self._choose(Ruling(self.question_id, Source.OWN, (value,)), (value,))

    def leave_unresolved(self) -> None:
        """Say that the question cannot be agreed."""
        value = undeterminable(self.row.question)
        self._choose(Ruling(self.question_id, Source.UNRESOLVED), value)

    def _choose(self, ruling: Ruling, value: Value) -> None:
        """Save a decision, or ask first why somebody is overruled."""
        if value and self.row.is_overruled_by(value):
            self._pending, self._pending_value, self.notice = ruling, value, UNSAVED
        else:
            self._save(ruling)

    def take_back(self) -> None:
        """Take the decision on the question back."""
        if self._pending is not None or self._draft:
            self._pending, self._draft, self.notice = None, (), "Dropped."
        elif self.row.decision is None:
            self.notice = "Nothing is decided here yet."
        elif isinstance(self._attempt(Ruling(self.question_id, Source.OWN)), Saved):
            self.notice = f"Taken back: {self.question_id}."

    def _save(self, ruling: Ruling) -> None:
        if isinstance(self._attempt(ruling), Saved):
            self._advance()

    def _advance(self) -> None:
        if self.row.needs_quote:
            self.notice = f"{self.question_id} needs a quote, and no coder pinned one."
            return
        following = self._next_open()
        if following is not None:
            self.go(following)
        else:
            self.notice = self._all_decided()

    def _next_open(self) -> str | None:
        order = [row.question.id for row in self.file.rows]
        start = order.index(self.question_id) + 1
        waiting = self.file.open_questions
        return next((one for one in (*order[start:], *order[:start]) if one in waiting), None)

    def _all_decided(self) -> str:
        agreed = self.file.agreed
        if self.file.is_as_found_wrong:
            return FOUND_WRONG
        rest = f", which confirms {counted(agreed, 'agreed answer')}" if agreed else ""
        return f"All is decided: close the case{rest}."

    # Words ----------------------------------------------------------------------------------

    def comment(self, text: str, reason: str | None = None) -> Outcome:
        """Keep words about the decision on the question."""
        if self._pending is not None:
            self._pending = replace(self._pending, comment=text)
            self.notice = UNSAVED
            return Saved()
        decision = self.row.decision
        if decision is None:
            return NotSaved("Decide the question first; the comment is about the decision.")
        return self._attempt(replace(self._as_decided(), comment=text), reason)

    def quote(self, words: str) -> Outcome:
        """Pin words of the record to the decision on the question."""
        if self.row.decision is None:
            return UNDECIDED
        places = found_in(self.passages, words)
        return self.pin(places[0]) if places else NotSaved("The record does not hold these words.")

    def pin(self, place: Place) -> Outcome:
        """Pin a place of the record to the decision on the question."""
        if self.row.decision is None:
            return UNDECIDED
        case_id = self.file.case_id
        pinned = self._audit.decision_quote(case_id, place.field, place.start, place.end)
        outcome = self._attempt(replace(self._as_decided(), quote=pinned))
        if isinstance(outcome, Saved):
            self._advance()
        return outcome

    def _as_decided(self) -> Ruling:
        """Return the ruling that made the decision on the question."""
        decision = self.row.decision
        assert decision is not None  # noqa: S101 - both callers have looked
        return Ruling(
            question=decision.question,
            source=decision.source,
            value=decision.value,
            reason=decision.reason,
            comment=decision.comment,
            quote=decision.quote,
        )

    def query(self, text: str, reason: str | None = None) -> Outcome:
        """Ask the supervisor about the codebook."""
        outcome = self._keep(
            lambda: self._audit.query_codebook(self._name, self.file.case_id, text, confirm=reason)
        )
        if isinstance(outcome, Saved):
            self.notice = "Asked: the supervisor sees it now."
        return outcome

    def send_back(self, place: int, question: str, reason: str | None = None) -> Outcome:
        """Send the coding of one side, from 0 at the left, back to its coder with a question."""
        _, outcome = attempt(
            lambda: self._audit.send_back(
                self._name, self.file.case_id, place + 1, question, confirm=reason
            )
        )
        return outcome

    # Closing --------------------------------------------------------------------------------

    def enter(self) -> bool:
        """Give the drafted answer, go to the first open question, or close the case.

        Returns:
            Whether the case is closed now.
        """
        if self._draft:
            self._choose(Ruling(self.question_id, Source.OWN, self._draft), self._draft)
            return False
        if self._pending is not None:
            self.notice = UNSAVED
            return False
        if self.file.open_questions:
            self.go(self.file.open_questions[0])
            self.notice = f"Not decided yet: {', '.join(self.file.open_questions)}."
            return False
        if self.stands_as_found_wrong:
            self.notice = FOUND_WRONG
            return False
        self._close("", None)
        return self.file.is_closed

    @property
    def stands_as_found_wrong(self) -> bool:
        """Whether only a reason is missing to close it: its answers are those found wrong."""
        is_at_end = not (self._draft or self._pending or self.file.open_questions)
        return is_at_end and self.file.is_as_found_wrong

    def let_stand(self, why: str, reason: str | None = None) -> Outcome:
        """Close the case with the answers that a check found wrong, and say why they stand."""
        return self._close(why, reason) if why.strip() else NotSaved("A reason is needed.")

    def _close(self, why: str, confirm: str | None) -> Outcome:
        name, case_id = self._name, self.file.case_id
        outcome = self._keep(
            lambda: self._audit.close_decision(name, case_id, reason=why, confirm=confirm)
        )
        if isinstance(outcome, Saved):
            who = ", ".join(f"{side.label} was {side.code}" for side in self.file.sides)
            self.notice = f"{case_id} is decided. {who}."
        return outcome

    # Saving ---------------------------------------------------------------------------------

    def _attempt(self, ruling: Ruling, reason: str | None = None) -> Outcome:
        outcome = self._keep(
            lambda: self._audit.decide(self._name, self.file.case_id, ruling, confirm=reason)
        )
        if isinstance(outcome, Saved):
            self._pending, self._draft = None, ()
        return outcome


def _is_at_issue(row: DecisionRow) -> bool:
    """Say whether there is something to decide: not where all agree, or nobody answers yet."""
    match row.state:
        case RowState.AGREED | RowState.NOT_ASKED:
            return row.is_conflict
        case RowState.WAITS:
            return any(row.values)
        case RowState.OPEN | RowState.DECIDED:
            return True
