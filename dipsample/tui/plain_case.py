"""One case by line prompts: reading it aloud, and taking answers and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dipsample.tui.commands import Where, command_by_word, enabled_on
from dipsample.tui.drawing.lines import line_text
from dipsample.tui.drawing.pages import definition_lines
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.reasons import DEFERRALS, FLAGS, referred_words
from dipsample.tui.models.times import clock_time
from dipsample.tui.plain_dialogue import PlainDialogue
from dipsample.tui.plain_grammar import Asked, Meaning, Said, Takes, coding_words, names_of
from dipsample.tui.plain_queue import GOING, PlainQueue
from dipsample.tui.plain_record import SpokenRecord
from dipsample.tui.prompts import WIDTH, Prompts
from review.applicability import Applicability
from review.codebook import QuestionType

if TYPE_CHECKING:
    from dipsample.audit import Audit

_TAKES: Mapping[QuestionType, Takes] = {
    QuestionType.TEXT: Takes.TEXT,
    QuestionType.INTEGER: Takes.NUMBER,
}


class PlainCase(PlainDialogue["CodingDesk"]):
    """One case by line prompts."""

    def __init__(
        self, audit: Audit, desk: CodingDesk, prompts: Prompts, *, queue: PlainQueue, begin: str
    ) -> None:
        """Make the dialogue.

        Args:
            audit: The open project.
            desk: The coder at work on the case.
            prompts: Where lines come from and go to.
            queue: Where other cases are found.
            begin: A word to begin with, such as ``recall``; empty: none.
        """
        super().__init__(desk, prompts, SpokenRecord(desk.view.passages, prompts))
        self._audit = audit
        self._queue = queue
        if begin:
            self._ahead = Said(Meaning.WORD, begin)

    def run(self) -> bool:
        """Code the case; return whether the coder goes on to the next."""
        view = self._desk.view
        self._prompts.say(
            f"Case {view.case_id}. {view.counts.done} of {view.counts.total} done. Type ? for help."
        )
        self._say_notice()
        self._record.read()
        self._read_question()
        return self._take_lines()

    def _words(self) -> Mapping[str, str]:
        return coding_words()

    def _asked(self) -> Asked:
        self._desk.touch()
        question = self._desk.view.question
        return Asked(
            takes=_TAKES.get(question.type, Takes.KEY),
            options={option.key: option.label for option in question.options},
            words=names_of(self._words()),
        )

    # Reading aloud --------------------------------------------------------------------------

    def _read_question(self) -> None:
        view, question = self._desk.view, self._desk.view.question
        self._prompts.say(f"{view.progress.capitalize()}. {question.id}. {question.ask}")
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

    def _define(self) -> None:
        lines = definition_lines(self._desk.question, self._desk.file.sheet.derived, WIDTH)
        for line in lines:
            self._prompts.say(line_text(line).strip())

    # Answers --------------------------------------------------------------------------------

    def _answer(self, answer: str) -> None:
        question, before = self._desk.question, self._desk.file
        if question.type is QuestionType.TEXT:
            self._write(self._desk.write, answer)
            self._after_change(is_saved=self._desk.file is not before)
            return
        is_referred = False
        for key in answer:
            is_referred = self._desk.press(key) or is_referred
        if self._desk.file is not before:
            self._say_saved()
        if question.type in {QuestionType.MULTI, QuestionType.INTEGER}:
            self._prompts.say(f"Now: {self._desk.view.question.answer_words or 'none'}.")
        if is_referred:
            self._say_referred()
        self._quote_if_needed(question.id)
        if self._goes_on:
            self._say_notice()
            self._read_question()

    def _obey(self, said: Said) -> None:
        """Go to another case where its number follows find or recall; else as anywhere."""
        is_going = said.meaning is Meaning.WORD and said.word in GOING
        if not (is_going and self._queue.go(said.word, said.text)):
            super()._obey(said)
        elif self._queue.wanted == self._desk.file.case_id and said.word == "recall":
            self._queue.take()
            self._do("recall", "")
        else:
            self._is_over = True

    def _say_saved(self) -> None:
        self._prompts.say(f"Saved {clock_time(self._audit.last_saved)}.")

    def _after_change(self, *, is_saved: bool) -> None:
        if is_saved:
            self._say_saved()
        if self._goes_on:
            self._say_notice()
            self._read_question()

    def _quote_if_needed(self, question_id: str) -> None:
        """Ask for the quote of an answer at once, as it is fresh in mind.

        The question stays the one on hand while its quote is asked for; what was to be said of
        the next one is said afterwards.
        """
        desk = self._desk
        following, notice = desk.question_id, desk.notice
        while desk.file.sheet.state_of(question_id).quote_needed:
            desk.go(question_id)
            desk.notice = ""
            said = self._ask_quote(f"{question_id} needs a quote; skip goes on without.")
            if said.word == "back":
                return
            if said.text:
                self._pin(said.text)
            elif said.word != "quote":
                if said.word == "next":
                    self._ahead = None
                break
        if following != question_id:
            desk.go(following)
            desk.notice = notice

    def _pin(self, line: str) -> None:
        """Pin words of the record to the question, or say why not."""
        place = self._record.quoted(line)
        if isinstance(place, str):
            self._prompts.say(place)
        else:
            self._desk.pin_place(place)
            self._say_notice()

    # Words ----------------------------------------------------------------------------------

    def _do(self, word: str, rest: str) -> None:
        command = command_by_word(word)
        is_here = command is not None and (
            not command.where >= {Where.CODING}
            or command in enabled_on(Where.CODING, self._desk.view.has)
        )
        if not is_here:
            self._say_not_here(word)
            return
        match word:
            case "codebook":
                self._codebook()
            case "submit":
                self._submit()
            case "quote":
                self._quote(rest)
            case "note":
                self._note(rest)
            case "defer" | "flag" | "risk" | "recall":
                self._ask_then_do(word, rest)
            case _:
                self._move(word)

    def _say_not_here(self, word: str) -> None:
        """Say why a word does nothing now; submit leaves a case that was handed in before."""
        case_id, state = self._desk.file.case_id, self._desk.file.coding.state
        if word == "submit" and state.is_handed_in:
            self._prompts.say(f"{case_id} stays handed in.")
            self._is_over = True
        elif word == "recall" and not state.is_handed_in:
            self._prompts.say(
                f"{case_id} is not handed in, so there is nothing to take back. For another case "
                "type its number too, as in: recall C-0001"
            )
        else:
            self._prompts.say(f"{word} has nothing to do here now.")

    def _move(self, word: str) -> None:
        desk = self._desk
        match word:
            case "back":
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

    def _codebook(self) -> None:
        for question in self._audit.codebook.questions:
            self._prompts.say(f"{question.id}. {question.ask} {question.define}", indent=4)

    # Texts and choices ----------------------------------------------------------------------

    def _quote(self, rest: str) -> None:
        if not rest:
            rest = self._ask_quote(f"A quote for {self._desk.question_id}.").text
        if rest:
            self._pin(rest)

    def _note(self, rest: str) -> None:
        before = self._desk.file
        is_new = not before.coding.note
        says = "A note for you and the supervisor." if is_new else "The note in place of yours."
        if text := self._text("note", says, rest):
            self._write(self._desk.set_note, text)
        if self._goes_on or self._desk.file is not before:
            self._after_change(is_saved=self._desk.file is not before)

    def _ask_then_do(self, word: str, rest: str) -> None:
        desk = self._desk
        match word:
            case "defer":
                words = {key: one.label for key, one in DEFERRALS.items()}
                key = self._choose("why", words, rest)
                if key and desk.defer(DEFERRALS[key].code):
                    self._prompts.say(f"{desk.file.case_id} is put off.")
                    self._is_over = True
            case "flag":
                self._flag(rest)
            case "risk":
                self._refer()
            case _:
                if self._choose("sure", {"y": "Yes, take it back"}):
                    desk.recall()
        self._say_notice()

    def _flag(self, rest: str) -> None:
        key = self._choose("about", {key: one.label for key, one in FLAGS.items()})
        if key and (text := self._text("flag", "What should the supervisor know?", rest)):
            kind = FLAGS[key].code
            self._write(lambda words, why: self._desk.raise_flag(kind, words, why), text)

    def _refer(self) -> None:
        self._prompts.say("For a live safeguarding risk that nobody appears to be managing.")
        if self._choose("sure", {"y": "Yes, refer it now"}) and self._desk.refer_risk():
            self._say_referred()

    def _say_referred(self) -> None:
        self._prompts.say(referred_words(clock_time(self._audit.last_saved)))
