"""Adjudication by line prompts: text is only appended, and every word is also a key elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from dipsample.decision_views import DecisionRow, RowState, WorkItem
from dipsample.tui.drawing.lines import line_text
from dipsample.tui.drawing.pages import definition_lines
from dipsample.tui.models.deciding import DecidingDesk
from dipsample.tui.plain_dialogue import PlainDialogue
from dipsample.tui.prompts import WIDTH, EndOfInputError, Prompts
from review.codebook import QuestionType

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from review.codebook import Value

WORDS: Final = {
    "left, right": "Take the answer of the coder to the left or right.",
    "side N": "Take the answer of coder N.",
    "letter, digit": "Give an answer of your own.",
    "0": "Cannot be agreed: it counts as what the record does not tell.",
    "1 to 5": "After a choice that overrules somebody: why.",
    "comment WORDS": "Keep words about the decision.",
    "quote WORDS": "Pin words of the record to the decision.",
    "drop": "Take the decision back.",
    "next, back": "Go to the question after or before.",
    "all": "Go through the questions on which all agree too, or no more.",
    "close": "Confirm what is agreed, and close the case.",
    "query WORDS": "Ask the supervisor about the codebook.",
    "return N WORDS": "Send the coding of coder N back with a question.",
    "define": "Read the whole definition.",
    "record": "Read the record.",
    "again": "Read the question again.",
    "quit": "Leave; everything is saved.",
}
"""The words of plain adjudication and what they do."""


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
            if not PlainDecision(audit, desk, prompts).run() or case_id is not None:
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

    def __init__(self, audit: Audit, desk: DecidingDesk, prompts: Prompts) -> None:
        super().__init__(desk, prompts)
        self._audit = audit

    def run(self) -> bool:
        """Decide the case; return whether the adjudicator goes on to the next."""
        file = self._desk.file
        sides = len(file.sides)
        self._prompts.say(
            f"Case {file.case_id}. {sides} {'coding' if sides == 1 else 'codings'}, "
            f"{file.conflicts} in conflict, {file.agreed} agreed. Type ? for help."
        )
        self._read_record()
        for side in file.sides:
            if side.note:
                self._prompts.say(f"{side.label} notes: {side.note}")
        self._read_question()
        return self._take_lines()

    # Reading aloud --------------------------------------------------------------------------

    def _read_record(self) -> None:
        for passage in self._desk.passages:
            several = len(self._desk.passages) > 1
            name = f" ({passage.field})" if several else ""
            self._prompts.say(f"Record{name}: {passage.text}")

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
        if row.state is RowState.WAITS:
            return "It waits for a question above."
        if row.state is RowState.NOT_ASKED:
            return "It is not asked of this case, by what is decided so far."
        if row.question.type is QuestionType.INTEGER:
            offered = "Type a number"
        else:
            offered = ", ".join(f"{one.key} {one.label}" for one in row.question.options)
        was = _words(row, row.final) or "open"
        return f"left, right, 0 not agreed, or your own: {offered}. Final: {was}."

    # Taking a line --------------------------------------------------------------------------

    def _take(self, line: str) -> None:
        if not line:
            return
        is_number = self._desk.row.question.type is QuestionType.INTEGER and line.isdigit()
        if is_number and not self._desk.view.is_asking_why:
            self._press(line)
        elif len(line) == 1 and line.isalnum():
            self._press(line.lower())
        else:
            word, _, rest = line.partition(" ")
            self._do(word.lower(), rest.strip())

    def _press(self, keys: str) -> None:
        before = self._desk.question_id
        for key in keys:
            self._desk.press(key)
        if self._desk.view.draft and self._desk.row.question.type is QuestionType.INTEGER:
            self._desk.enter()
        elif self._desk.view.draft:
            words = _words(self._desk.row, self._desk.view.draft)
            self._prompts.say(f"Now: {words}. Type take to decide so.")
        self._after(before)

    def _after(self, before: str) -> None:
        """Say what came of a choice, and read the next question where there is another."""
        self._say_notice()
        if self._desk.question_id != before:
            self._read_question()

    def _do(self, word: str, rest: str) -> None:
        desk, before = self._desk, self._desk.question_id
        match word:
            case "?" | "help":
                for entry, text in WORDS.items():
                    self._prompts.say_entry(entry, text)
            case "left" | "right":
                desk.take(1 if word == "right" else -1)
                self._after(before)
            case "side" if rest.isdigit() and int(rest) > 0:
                desk.take_side(int(rest) - 1)
                self._after(before)
            case "take":
                desk.enter()
                self._after(before)
            case "drop":
                desk.take_back()
                self._after(before)
            case "next" | "back":
                desk.move(1 if word == "next" else -1)
                self._say_notice()
                self._read_question()
            case "close":
                self._close()
            case "quit":
                self._leave()
            case _:
                self._read_or_write(word, rest)

    def _read_or_write(self, word: str, rest: str) -> None:
        desk, before = self._desk, self._desk.question_id
        match word:
            case "all":
                desk.unfold()
                self._prompts.say("All questions." if desk.is_unfolded else "Conflicts alone.")
            case "define":
                for line in definition_lines(desk.row.question, desk.file.sheet.derived, WIDTH):
                    self._prompts.say(line_text(line).strip())
            case "record":
                self._read_record()
            case "again":
                self._read_question()
            case "comment":
                self._write(desk.comment, rest)
                self._after(before)
            case "quote":
                self._write(lambda words, _: desk.quote(words), rest)
                self._after(before)
            case "query":
                self._write(desk.query, rest)
                self._after(before)
            case "return":
                self._return(rest)
            case _:
                self._prompts.say("This is no answer and no command. Type ? for help.")

    def _close(self) -> None:
        before = self._desk.question_id
        self._is_over = self._desk.enter()
        self._after(before)

    def _return(self, rest: str) -> None:
        number, _, question = rest.partition(" ")
        if not number.isdigit() or int(number) < 1:
            self._prompts.say("Say which coding, and what you ask: return 1 Which page?")
            return
        place = int(number) - 1
        self._is_over = self._write(
            lambda words, why: self._desk.send_back(place, words, why), question.strip()
        )
        if self._is_over:
            self._prompts.say("It is sent back; the case comes again when it is handed in.")


def _words(row: DecisionRow, value: Value) -> str:
    return ", ".join(row.question.label_of(one) for one in value)
