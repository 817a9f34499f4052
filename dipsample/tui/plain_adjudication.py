"""Adjudication by line prompts: text is only appended, and every word is also a key elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TextIO

from dipsample.decision_views import DecisionRow, RowState, WorkItem
from dipsample.tui.drawing.lines import line_text
from dipsample.tui.drawing.pages import definition_lines
from dipsample.tui.models.deciding import DecidingDesk
from dipsample.tui.models.reasons import OVERRULES
from dipsample.tui.plain_dialogue import PlainDialogue
from dipsample.tui.plain_grammar import DECIDING, Asked, Meaning, Takes, names_of, read_line
from dipsample.tui.plain_record import SpokenRecord
from dipsample.tui.prompts import WIDTH, EndOfInputError, Prompts
from review.codebook import QuestionType

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.codebook import Value

_WHY: Final = {key: reason.label for key, reason in OVERRULES.items()}
_DECIDED: Final = "Type close to close the case."


def run_plain_adjudication(
    audit: Audit,
    name: str,
    stdin: TextIO,
    stdout: TextIO,
    *,
    ascii_only: bool = False,
    case_id: str | None = None,
    reason: str = "",
) -> int:
    """Decide case after case by line prompts.

    Args:
        audit: The open project.
        name: Who decides.
        stdin: Where answers come from.
        stdout: Where text goes to.
        ascii_only: Print no character beyond ASCII.
        case_id: The one case to decide; None: those that wait, one after the other.
        reason: Why that case is decided early or again; for the supervisor alone.

    Returns:
        The exit code: 0, also at the end of input.

    Raises:
        AuditError: Where the one case may not be decided.
    """
    prompts = Prompts(stdin, stdout, ascii_only)
    passed: set[str] = set()
    try:
        while True:
            chosen = case_id or _next(audit.cases_to_decide(name), passed)
            if chosen is None:
                prompts.say("No case waits for a decision of yours.")
                return 0
            passed.add(chosen)
            desk = DecidingDesk(audit, name, chosen, reason=reason)
            if not PlainDecision(desk, prompts).run() or case_id is not None:
                return 0
    except EndOfInputError:
        prompts.say("Everything is saved.")
        return 0


def _next(items: tuple[WorkItem, ...], passed: set[str]) -> str | None:
    return next(
        (item.case_id for item in items if not item.wait and item.case_id not in passed), None
    )


class PlainDecision(PlainDialogue["DecidingDesk"]):
    """One case by line prompts."""

    def __init__(self, desk: DecidingDesk, prompts: Prompts) -> None:
        super().__init__(desk, prompts, SpokenRecord(desk.passages, prompts))

    def run(self) -> bool:
        """Decide the case; return whether the adjudicator goes on to the next."""
        file = self._desk.file
        sides = len(file.sides)
        self._prompts.say(
            f"Case {file.case_id}. {sides} {'coding' if sides == 1 else 'codings'}, "
            f"{file.conflicts} in conflict, {file.agreed} agreed. Type ? for help."
        )
        if file.found_wrong:
            self._prompts.say(f"A quality check found this case wrong: {file.found_wrong}")
        self._record.read()
        for side in file.sides:
            if side.note:
                self._prompts.say(f"{side.label} notes: {side.note}")
        self._read_question()
        return self._take_lines()

    def _words(self) -> Mapping[str, str]:
        return DECIDING

    def _asked(self) -> Asked:
        if self._desk.view.is_asking_why:
            return Asked(Takes.KEY, _WHY, names_of(DECIDING))
        return self._asked_answer()

    def _asked_answer(self) -> Asked:
        """Return what the question takes, whatever is asked now."""
        question = self._desk.row.question
        is_number = question.type is QuestionType.INTEGER
        options = {option.key: option.label for option in question.options}
        return Asked(Takes.NUMBER if is_number else Takes.KEY, options, names_of(DECIDING))

    # Reading aloud --------------------------------------------------------------------------

    def _read_question(self) -> None:
        row = self._desk.row
        question = row.question
        self._prompts.say(f"{question.id}. {question.ask}")
        for side, value in zip(self._desk.file.sides, row.values, strict=True):
            words = _words(row, value) or "does not answer it"
            quotes = "".join(f' "{quote}"' for quote in side.quotes.get(question.id, ()))
            self._prompts.say(f"{side.label}: {words}.{' Quote:' if quotes else ''}{quotes}")
        self._prompts.say(self._offered(row))

    def _offered(self, row: DecisionRow) -> str:
        was = _words(row, row.final) or "open"
        match row.state:
            case RowState.WAITS:
                return "It waits for a question above: next, back, close."
            case RowState.NOT_ASKED:
                return "It is not asked of this case, by what is decided so far: next, back, close."
        if row.question.type is QuestionType.INTEGER:
            own = "a number"
        else:
            own = ", ".join(f"{one.key} {one.label}" for one in row.question.options)
        sides = "take left, take right, " if any(row.values) else ""
        return f"{sides}own ({own}), cannot be agreed; next, back, close. Final: {was}."

    def _define(self) -> None:
        desk = self._desk
        for line in definition_lines(desk.row.question, desk.file.sheet.derived, WIDTH):
            self._prompts.say(line_text(line).strip())

    # Deciding -------------------------------------------------------------------------------

    def _answer(self, answer: str) -> None:
        if self._desk.view.is_asking_why:
            before = self._desk.question_id
            self._desk.give_reason(answer)
            self._after(before)
        else:
            self._give(answer)

    def _give(self, answer: str) -> None:
        """Give an answer of the adjudicator's own."""
        before = self._desk.question_id
        for key in answer:
            self._desk.press(key)
        draft, row = self._desk.view.draft, self._desk.row
        if draft and row.question.type is QuestionType.INTEGER:
            self._desk.enter()
        elif draft:
            self._prompts.say(f"Now: {_words(row, draft)}. Type take to decide so.")
        self._after(before)

    def _after(self, before: str) -> None:
        """Say what came of a choice, and read the next question where there is another."""
        desk = self._desk
        self._say_notice()
        if desk.view.is_asking_why:
            self._prompts.say(f"Why? {', '.join(f'{key} {words}' for key, words in _WHY.items())}.")
        if desk.row.needs_quote and desk.question_id == before:
            self._quote_if_needed()
        if self._goes_on and desk.question_id != before:
            self._read_question()
        elif self._goes_on and not desk.file.is_closed and not desk.file.open_questions:
            self._prompts.say(_DECIDED)

    def _quote_if_needed(self) -> None:
        """Ask at once for the quote of an answer that no coder bore out."""
        question_id = self._desk.question_id
        while self._desk.question_id == question_id and self._desk.row.needs_quote:
            said = self._ask_quote("skip goes on without.")
            if not said.text and said.word != "quote":
                return
            if said.text:
                self._pin(said.text)
                self._say_notice()

    def _pin(self, line: str) -> None:
        place = self._record.quoted(line)
        if isinstance(place, str):
            self._prompts.say(place)
        else:
            self._write(lambda _words, _why: self._desk.pin(place), line)

    # Words ----------------------------------------------------------------------------------

    def _do(self, word: str, rest: str) -> None:
        desk, before = self._desk, self._desk.question_id
        match word:
            case "left" | "right":
                desk.take(1 if word == "right" else -1)
                self._after(before)
            case "side" if rest.isdigit() and int(rest) > 0:
                desk.take_side(int(rest) - 1)
                self._after(before)
            case "side":
                self._prompts.say("Say which coder, as in: side 1")
            case "own":
                self._own(rest)
            case "cannot be agreed":
                desk.leave_unresolved()
                self._after(before)
            case "take" if not desk.view.draft:
                self._prompts.say("Nothing is chosen yet that could be taken.")
            case "take" | "close":
                self._is_over = desk.enter() or self._let_stand()
                self._after(before)
            case "drop":
                desk.take_back()
                self._after(before)
            case "next" | "back":
                desk.move(1 if word == "next" else -1)
                self._say_notice()
                self._read_question()
            case "all":
                desk.unfold()
                self._prompts.say("All questions." if desk.is_unfolded else "Conflicts alone.")
            case _:
                self._write_words(word, rest)

    def _let_stand(self) -> bool:
        """Ask why answers stand that a check found wrong, where they do; say whether it closed."""
        if not self._desk.stands_as_found_wrong:
            return False
        self._say_notice()
        text = self._text("reason", "Why do its answers stand? The log keeps it.", "")
        return bool(text) and self._write(self._desk.let_stand, text)

    def _own(self, rest: str) -> None:
        """Take an answer of the adjudicator's own, by its key or its words."""
        asked = self._asked_answer()
        said = read_line(rest, Asked(asked.takes, asked.options, frozenset()))
        if said.meaning is Meaning.ANSWER:
            self._give(said.text)
        else:
            self._say_unknown(asked.options)

    def _write_words(self, word: str, rest: str) -> None:
        desk, before = self._desk, self._desk.question_id
        match word:
            case "quote":
                if line := rest or self._ask_quote("A quote for the decision.").text:
                    self._pin(line)
                    self._after(before)
            case "comment":
                if text := self._text(word, "About the decision.", rest):
                    self._write(desk.comment, text)
                    self._after(before)
            case "query":
                if text := self._text(word, "What do you ask the supervisor?", rest):
                    self._write(desk.query, text)
                    self._after(before)
            case _:
                self._return(rest)

    def _return(self, rest: str) -> None:
        number, _, question = rest.partition(" ")
        if not number.isdigit() or int(number) < 1:
            self._prompts.say("Say which coding, and what you ask: return 1 Which page?")
            return
        place = int(number) - 1
        text = self._text("return", "What do you ask its coder?", question.strip())
        self._is_over = self._is_over or (
            bool(text)
            and self._write(lambda words, why: self._desk.send_back(place, words, why), text)
        )
        if text and self._is_over:
            self._prompts.say("It is sent back; the case comes again when it is handed in.")


def _words(row: DecisionRow, value: Value) -> str:
    return ", ".join(row.question.label_of(one) for one in value)
