"""What every case by line prompts shares: taking lines until it is over, and saving texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

from dipsample.errors import AuditError
from dipsample.tui.models.outcome import LeakSuspected, NotSaved, Outcome
from dipsample.tui.plain_grammar import (
    LEAVING,
    READING,
    TEXT_RULE,
    Asked,
    Meaning,
    Said,
    Takes,
    chosen_key,
    names_of,
    read_line,
)
from dipsample.tui.plain_record import SpokenRecord
from dipsample.tui.prompts import EndOfInputError, Prompts

_KEEP: Final = "keep"
_DROP: Final = "drop"
_QUOTE: Final = "quote"
_LEAVES: Final = "An empty line leaves, and ? lists every word."


class Noticing(Protocol):
    """A case at hand."""

    notice: str
    """One sentence about the last thing done; empty: nothing to say."""


AnyDesk = TypeVar("AnyDesk", bound=Noticing)


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that is asked beside the questions of the case."""

    name: str
    """One word, which stands before the prompt."""
    says: str
    """What can be typed: read before the prompt, and again where a line is not understood."""
    takes: Takes
    options: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """Words that are answers here, whatever they are elsewhere."""


class PlainDialogue(ABC, Generic[AnyDesk]):
    """One case, line by line."""

    def __init__(self, desk: AnyDesk, prompts: Prompts, record: SpokenRecord) -> None:
        self._desk = desk
        self._prompts = prompts
        self._record = record
        self._is_over = False
        self._wants_more = True
        self._ahead: Said | None = None
        """A word that was typed beside the questions, to be done at the question."""

    @abstractmethod
    def _words(self) -> Mapping[str, str]:
        """Return the words that there are, as help shows them, and what they do."""

    @abstractmethod
    def _asked(self) -> Asked:
        """Return what the question on hand asks for."""

    @abstractmethod
    def _answer(self, answer: str) -> None:
        """Take an answer to the question: a key, a number or a text."""

    @abstractmethod
    def _do(self, word: str, rest: str) -> None:
        """Carry out a word that is not the same in every dialogue."""

    @abstractmethod
    def _read_question(self) -> None:
        """Read the question, and what can be answered."""

    @abstractmethod
    def _define(self) -> None:
        """Read the whole definition of the question."""

    # Taking lines ---------------------------------------------------------------------------

    def _take_lines(self) -> bool:
        """Take lines until the case is over; return whether to go on to the next."""
        while not self._is_over:
            said, self._ahead = self._ahead, None
            if said is None:
                said = read_line(self._prompts.ask(""), self._asked())
            try:
                self._obey(said)
            except AuditError as error:
                self._prompts.say(str(error))
        return self._wants_more

    def _obey(self, said: Said) -> None:
        match said.meaning:
            case Meaning.NOTHING:
                pass
            case Meaning.ANSWER:
                self._answer(said.text)
            case Meaning.WORD if said.word in READING:
                self._read_aloud(said)
            case Meaning.WORD if said.word == "quit":
                self._leave()
            case Meaning.WORD:
                self._do("next" if said.word == "skip" else said.word, said.text)
            case Meaning.UNKNOWN:
                self._say_unknown(self._asked().options)

    def _say_unknown(self, options: Mapping[str, str]) -> None:
        answers = f" {_offered(options)}." if options else ""
        self._prompts.say(f"This is no answer and no command.{answers} Type ? for help.")

    def _read_aloud(self, said: Said) -> None:
        match said.word:
            case "record":
                self._record.read()
            case "para" if said.text.isdigit():
                self._record.read_paragraph(int(said.text))
            case "para":
                self._prompts.say("Say which paragraph, as in: para 1")
            case "find":
                self._record.find(said.text)
            case "define":
                self._define()
            case "again":
                self._read_question()
            case _:
                for entry, text in self._words().items():
                    self._prompts.say_entry(entry, text)
                self._prompts.say(TEXT_RULE)

    def _leave(self) -> None:
        """End here, and with it the work."""
        self._is_over, self._wants_more = True, False
        self._prompts.say("Everything is saved.")

    @property
    def _goes_on(self) -> bool:
        """Whether the question is still what the next line is about."""
        return not self._is_over and self._ahead is None

    def _say_notice(self) -> None:
        if self._desk.notice:
            self._prompts.say(self._desk.notice)
            self._desk.notice = ""

    # Asking beside the questions ------------------------------------------------------------

    def _ask(self, beside: Beside) -> Said:
        """Ask for something beside the questions.

        Returns:
            The answer, or the word that leaves without one; any word that is done at a question
            is kept for it.
        """
        asked = Asked(beside.takes, beside.options, names_of(self._words()), beside.words)
        self._prompts.say(beside.says)
        while True:
            said = read_line(self._prompts.ask(beside.name), asked)
            match said.meaning:
                case Meaning.ANSWER:
                    if beside.takes is not Takes.KEY or said.text in beside.options:
                        return said
                    self._prompts.say(f"This chooses nothing. {beside.says}")
                case Meaning.WORD if said.word in READING:
                    self._read_aloud(said)
                    self._prompts.say(beside.says)
                case Meaning.WORD:
                    if said.word not in LEAVING | beside.words:
                        self._ahead = said
                    return said
                case Meaning.NOTHING:
                    return Said(Meaning.WORD, "skip")
                case Meaning.UNKNOWN:
                    self._prompts.say(f"This is no answer and no command. {beside.says}")

    def _choose(self, name: str, options: Mapping[str, str], given: str = "") -> str:
        """Return the key chosen; empty where none was.

        Args:
            name: What is chosen.
            options: Keys and their words.
            given: What was typed behind the word that asks; it may choose already.
        """
        if given and (key := chosen_key(given, options)) is not None:
            return key
        says = f"{_offered(options)}. {_LEAVES}"
        said = self._ask(Beside(name, says, Takes.KEY, options))
        return said.text if said.meaning is Meaning.ANSWER else ""

    def _text(self, name: str, says: str, given: str) -> str:
        """Return a text: what was typed behind the word that asks, or what is asked for now."""
        if given:
            return given
        said = self._ask(Beside(name, f"{says} {_LEAVES}", Takes.TEXT))
        return said.text if said.meaning is Meaning.ANSWER else ""

    def _ask_quote(self, says: str) -> Said:
        """Ask for words of the record; the text of what is returned is empty where it was left."""
        text = f"{says} Type a paragraph number and its words, as in:\n{self._record.example}"
        said = self._ask(Beside("quote", text, Takes.QUOTE, words=frozenset({_QUOTE})))
        is_quote = said.meaning is Meaning.ANSWER or said.word == _QUOTE
        return said if is_quote else Said(said.meaning, said.word)

    # Saving texts ---------------------------------------------------------------------------

    def _write(self, save: Callable[[str, str | None], Outcome], text: str) -> bool:
        """Save a text; one that looks like personal data is changed, or kept with a reason."""
        outcome = save(text, None)
        try:
            while isinstance(outcome, LeakSuspected):
                said = self._ask_again(outcome.warning)
                if said.meaning is Meaning.ANSWER:
                    text = said.text
                    outcome = save(text, None)
                elif said.word == _KEEP and said.text:
                    outcome = save(text, said.text)
                elif said.word == _KEEP:
                    self._prompts.say("A reason is needed, as in: keep the number is invented")
                elif said.word != "skip":
                    self._prompts.say("Not saved.")
                    return False
        except EndOfInputError:
            self._prompts.say("The text is not saved.")
            raise
        if isinstance(outcome, NotSaved):
            self._desk.notice = ""
            self._prompts.say(outcome.reason)
            return False
        return True

    def _ask_again(self, warning: str) -> Said:
        """Ask for a text anew; an empty line asks once more, so that nothing typed is dropped."""
        says = f"{warning} Type the text again, or: keep REASON, or: drop"
        return self._ask(Beside("text", says, Takes.TEXT, words=frozenset({_KEEP, _DROP})))


def _offered(options: Mapping[str, str]) -> str:
    return ", ".join(f"{key} {label}" for key, label in options.items())
