"""One case by line prompts: reading it aloud, and taking answers and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dipsample.tui.commands import COMMANDS, Where, command_by_word, enabled_on
from dipsample.tui.drawing.lines import line_text
from dipsample.tui.drawing.pages import definition_lines
from dipsample.tui.drawing.record import Passage, Place, found_in
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.reasons import DEFERRALS, FLAGS, referred_words
from dipsample.tui.models.times import clock_time
from dipsample.tui.plain_dialogue import PlainDialogue
from dipsample.tui.prompts import WIDTH, Prompts
from review.applicability import Applicability
from review.codebook import QuestionType

if TYPE_CHECKING:
    from dipsample.audit import Audit

_EXAMPLE: Final = "2 both are arrested (paragraph 2, its words)"
_ONLY_HERE: Final = {
    "record": "Read the record again.",
    "again": "Read the question again.",
    "para N": "Read paragraph N of the record.",
}


def plain_words() -> list[tuple[str, str]]:
    """Return the words of plain mode and what they do, from the registry."""
    return [
        ("letter, digit", "Answer, save, and go to the next open question."),
        *((command.word, command.help) for command in COMMANDS if command.word),
        *_ONLY_HERE.items(),
    ]


class PlainCase(PlainDialogue["CodingDesk"]):
    """One case by line prompts."""

    def __init__(self, audit: Audit, desk: CodingDesk, prompts: Prompts) -> None:
        super().__init__(desk, prompts)
        self._audit = audit

    def run(self) -> bool:
        """Code the case; return whether the coder goes on to the next."""
        view = self._desk.view
        self._prompts.say(
            f"Case {view.case_id}. {view.counts.done} of {view.counts.total} done. Type ? for help."
        )
        self._say_notice()
        self._read_record()
        self._read_question()
        return self._take_lines()

    # Reading aloud --------------------------------------------------------------------------

    def _read_record(self) -> None:
        for number in range(1, len(self._paragraphs()) + 1):
            self._read_paragraph(number)

    def _read_paragraph(self, number: int) -> None:
        paragraphs = self._paragraphs()
        if not 1 <= number <= len(paragraphs):
            self._prompts.say(f"The record has {len(paragraphs)} paragraphs.")
            return
        place = paragraphs[number - 1]
        several = len(self._desk.view.passages) > 1
        field = f" ({place.field})" if several else ""
        text = self._text(place)
        self._prompts.say(f"Record, paragraph {number} of {len(paragraphs)}{field}: {text}")

    def _paragraphs(self) -> list[Place]:
        return [place for passage in self._desk.view.passages for place in _paragraphs_of(passage)]

    def _text(self, place: Place) -> str:
        texts = {passage.field: passage.text for passage in self._desk.view.passages}
        return texts[place.field][place.start : place.end]

    def _read_question(self) -> None:
        view, question = self._desk.view, self._desk.view.question
        number = f"Question {view.number} of {view.applicable}, " if view.number else ""
        self._prompts.say(f"{number}{question.id}. {question.ask}")
        if question.applicability is not Applicability.APPLICABLE:
            self._prompts.say("It is not asked of this case as it is answered now.")
        was = question.answer_words or "none"
        offered = ", ".join(f"{option.key} {option.label}" for option in question.options)
        if question.type is QuestionType.TEXT:
            offered = "Type the text; a command begins with / here"
        elif question.type is QuestionType.INTEGER:
            offered = "Type a number"
        waits = ", from an earlier codebook; submit confirms it" if question.is_unconfirmed else ""
        self._prompts.say(f"{offered}. Was: {was}{waits}.")

    # Taking a line --------------------------------------------------------------------------

    def _take(self, line: str) -> None:
        self._desk.touch()
        question = self._desk.question
        is_text = question.type is QuestionType.TEXT
        if is_text and not line.startswith("/") and line != "?":
            if line:
                before = self._desk.file
                self._write(self._desk.write, line)
                self._after_change(is_saved=self._desk.file is not before)
            return
        line = line.removeprefix("/") if is_text else line
        if not line:
            return
        if question.type is QuestionType.INTEGER and line.isdigit():
            self._answer(line)
        elif len(line) == 1 and line.isalnum():
            self._answer(line.lower())
        else:
            self._command(line)

    def _answer(self, keys: str) -> None:
        answered, before = self._desk.question_id, self._desk.file
        grows = self._desk.question.type in {QuestionType.MULTI, QuestionType.INTEGER}
        is_referred = False
        for key in keys:
            is_referred = self._desk.press(key) or is_referred
        if grows:
            self._prompts.say(f"Now: {self._desk.view.question.answer_words or 'none'}.")
        self._quote_if_needed(answered)
        if is_referred:
            self._say_referred()
        self._after_change(is_saved=self._desk.file is not before)

    def _after_change(self, *, is_saved: bool) -> None:
        if is_saved:
            self._prompts.say(f"Saved {clock_time(self._audit.last_saved)}.")
        self._say_notice()
        self._read_question()

    def _quote_if_needed(self, question_id: str) -> None:
        """Ask for the quote of an answer at once, as it is fresh in mind."""
        while self._desk.file.sheet.state_of(question_id).quote_needed:
            following, notice = self._desk.question_id, self._desk.notice
            line = self._prompts.ask(f"{question_id} needs a quote, as in {_EXAMPLE}, or s to skip")
            if line == "s":
                return
            self._desk.go(question_id)
            self._pin(line)
            self._desk.go(following)
            if not self._desk.notice.startswith("Pinned"):
                self._say_notice()
            self._desk.notice = notice

    def _pin(self, line: str) -> None:
        number, _, words = line.partition(" ")
        paragraphs = self._paragraphs()
        if not number.isdigit() or not 1 <= int(number) <= len(paragraphs):
            self._desk.notice = f"Begin with a paragraph number, 1 to {len(paragraphs)}."
            return
        place = paragraphs[int(number) - 1]
        passages = (Passage(place.field, self._text(place)),)
        found = found_in(passages, words)
        if not found:
            self._desk.notice = "These words do not stand in that paragraph."
            return
        self._desk.pin_place(
            Place(place.field, place.start + found[0].start, place.start + found[0].end)
        )

    def _command(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        word = word.lower()
        if word == "record":
            self._read_record()
        elif word == "again":
            self._read_question()
        elif word == "para" and rest.strip().isdigit():
            self._read_paragraph(int(rest))
        elif (command := command_by_word(word)) is None:
            self._prompts.say("This is no answer and no command. Type ? for help.")
        elif command.where >= {Where.CODING} and command not in enabled_on(
            Where.CODING, self._desk.view.has
        ):
            self._prompts.say(f"{word} has nothing to do here now.")
        else:
            self._do(command.id, rest.strip())

    def _do(self, command_id: str, rest: str) -> None:
        desk = self._desk
        match command_id:
            case "help":
                for word, text in plain_words():
                    self._prompts.say_entry(word, text)
            case "find":
                self._find(rest)
            case "define":
                self._define()
            case "codebook":
                self._codebook()
            case "queue":
                self._leave()
            case "submit":
                self._submit()
            case "quote":
                line = rest or self._prompts.ask(f"Paragraph number and words, as in {_EXAMPLE}")
                self._pin(line)
                self._say_notice()
            case "note":
                before = desk.file
                self._write(desk.set_note, rest or self._prompts.ask("Note"))
                self._after_change(is_saved=desk.file is not before)
            case "defer" | "flag" | "referral" | "recall":
                self._ask_then_do(command_id)
            case _:
                self._move(command_id)

    def _move(self, command_id: str) -> None:
        desk = self._desk
        match command_id:
            case "previous":
                desk.move(-1)
            case "next":
                desk.move(1)
            case "undo":
                desk.undo()
            case "redo":
                desk.redo()
            case "resume":
                desk.resume()
        self._say_notice()
        self._read_question()

    def _submit(self) -> None:
        if self._desk.submit():
            self._prompts.say(f"{self._desk.file.case_id} is handed in.")
            self._is_over = True
        else:
            self._say_notice()
            self._read_question()

    def _find(self, words: str) -> None:
        paragraphs = self._paragraphs()
        places = found_in(self._desk.view.passages, words)
        numbers = sorted(
            {
                number
                for number, paragraph in enumerate(paragraphs, 1)
                for place in places
                if place.field == paragraph.field
                and paragraph.start <= place.start < max(paragraph.end, 1)
            }
        )
        if not numbers:
            self._prompts.say("The record does not hold these words.")
        else:
            said = ", ".join(str(number) for number in numbers)
            self._prompts.say(f"{len(places)} found, in paragraph {said}.")

    def _define(self) -> None:
        lines = definition_lines(self._desk.question, self._desk.file.sheet.derived, WIDTH)
        for line in lines:
            self._prompts.say(line_text(line).strip())

    def _codebook(self) -> None:
        for question in self._audit.codebook.questions:
            self._prompts.say(f"{question.id}. {question.ask} {question.define}", indent=4)

    # Texts and choices ----------------------------------------------------------------------

    def _ask_then_do(self, command_id: str) -> None:
        desk = self._desk
        if command_id == "defer":
            key = self._choose({key: one.label for key, one in DEFERRALS.items()})
            if key and desk.defer(DEFERRALS[key].code):
                self._prompts.say(f"{desk.file.case_id} is put off.")
                self._is_over = True
        elif command_id == "flag":
            key = self._choose({key: one.label for key, one in FLAGS.items()})
            if key:
                text = self._prompts.ask("What should the supervisor know?")
                kind = FLAGS[key].code
                self._write(lambda words, why: desk.raise_flag(kind, words, why), text)
        elif command_id == "referral":
            self._refer()
        elif self._choose({"y": "Yes, take it back"}):
            desk.recall()
        self._say_notice()

    def _refer(self) -> None:
        self._prompts.say("For a live safeguarding risk that nobody appears to be managing.")
        if self._choose({"y": "Yes, refer it now"}) and self._desk.refer_risk():
            self._say_referred()

    def _say_referred(self) -> None:
        self._prompts.say(referred_words(clock_time(self._audit.last_saved)))

    def _choose(self, options: dict[str, str]) -> str:
        """Return the key chosen; empty where none was."""
        offered = ", ".join(f"{key} {label}" for key, label in options.items())
        self._prompts.say(f"{offered}; an empty line leaves.")
        line = self._prompts.ask("").lower()
        return line if line in options else ""


def _paragraphs_of(passage: Passage) -> list[Place]:
    """Return the paragraphs of a field: what stands between line breaks."""
    places: list[Place] = []
    start = 0
    for part in passage.text.split("\n"):
        if part.strip():
            places.append(Place(passage.field, start, start + len(part)))
        start += len(part) + 1
    return places
