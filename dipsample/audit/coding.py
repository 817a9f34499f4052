"""What a coder does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dipsample import desk, supervising
from dipsample.audit.standing import Standing
from dipsample.desk import NewAnswer, NewQuote
from dipsample.views import CaseFile, QueueItem
from review import coding as rules
from review.codebook import Value
from review.coding import Quote
from review.events import DeferralReason, FlagKind
from review.imports import ImportOutcome


class CodersDesk(Standing):
    """The queue of a coder, and everything that is done to a case of it."""

    def queue(self, name: str) -> tuple[QueueItem, ...]:
        """Return the cases that a person codes."""
        return desk.queue(self._project, name)

    def case_file(self, name: str, case_id: str) -> CaseFile:
        """Return one case as its coder sees it."""
        return desk.case_file(self._project, name, case_id)

    def open_case(self, name: str, case_id: str) -> CaseFile:
        """Begin a case."""
        return desk.change(
            self._project, name, case_id, lambda coding, _: rules.open_coding(coding)
        )

    def answer(
        self,
        name: str,
        case_id: str,
        question_id: str,
        value: Value,
        *,
        active_seconds: int = 0,
        confirm: str | None = None,
    ) -> CaseFile:
        """Answer a question; an empty value takes the answer back.

        Raises:
            LeakFoundError: Where a text looks like personal data and ``confirm`` gives no reason.
        """
        return desk.answer(
            self._project,
            name,
            case_id,
            NewAnswer(question_id, value),
            active_seconds=active_seconds,
            confirm=confirm,
        )

    def undo(self, name: str, case_id: str) -> CaseFile:
        """Take back the last change."""
        return desk.change(self._project, name, case_id, rules.undo)

    def redo(self, name: str, case_id: str) -> CaseFile:
        """Bring about again what was undone last."""
        return desk.change(self._project, name, case_id, rules.redo)

    def pin_quote(
        self, name: str, case_id: str, question_id: str, field: str, start: int, end: int
    ) -> CaseFile:
        """Pin a passage of the record to a question."""
        pin = desk.pinning(self._project, case_id, NewQuote(question_id, field, start, end))
        return desk.change(self._project, name, case_id, pin)

    def remove_quote(self, name: str, case_id: str, quote: Quote) -> CaseFile:
        """Take a pinned passage off again."""
        return desk.change(
            self._project,
            name,
            case_id,
            lambda coding, codebook: rules.remove_quote(coding, codebook, quote),
        )

    def set_note(
        self, name: str, case_id: str, text: str, *, confirm: str | None = None
    ) -> CaseFile:
        """Write the note on a case anew; as :meth:`answer` for personal data."""
        return desk.note(self._project, name, case_id, text, confirm=confirm)

    def defer(self, name: str, case_id: str, reason: DeferralReason) -> CaseFile:
        """Put a case off."""
        return desk.change(
            self._project,
            name,
            case_id,
            lambda coding, codebook: rules.defer(coding, codebook, reason),
        )

    def resume(self, name: str, case_id: str) -> CaseFile:
        """Take a deferred case up again."""
        return desk.change(self._project, name, case_id, desk.resuming)

    def submit(self, name: str, case_id: str) -> CaseFile:
        """Hand a case in."""
        return desk.change(self._project, name, case_id, rules.submit)

    def recall(self, name: str, case_id: str) -> CaseFile:
        """Take a handed-in case back."""
        return desk.change(self._project, name, case_id, desk.recalling)

    def raise_flag(
        self, name: str, case_id: str, kind: FlagKind, text: str, *, confirm: str | None = None
    ) -> CaseFile:
        """Ask the supervisor something about a case; as :meth:`answer` for personal data."""
        return desk.flag(self._project, name, case_id, kind, text, confirm=confirm)

    def refer_risk(self, name: str, case_id: str) -> CaseFile:
        """Refer a live safeguarding risk to the supervisor."""
        return desk.change(
            self._project, name, case_id, lambda _coding, _codebook: rules.refer_risk()
        )

    def code_at_once(
        self,
        name: str,
        case_id: str,
        answers: Mapping[str, Value],
        quotes: Sequence[NewQuote] = (),
    ) -> None:
        """Open, answer, quote and hand in a case in one commit, by the same rules."""
        given = [NewAnswer(question, value) for question, value in answers.items()]
        desk.code_at_once(self._project, name, case_id, given, quotes)

    def import_codings(self, name: str, file: Path) -> ImportOutcome:
        """Take in a CSV of codings made elsewhere, all of it or nothing."""
        return supervising.import_codings(self._project, name, file)
