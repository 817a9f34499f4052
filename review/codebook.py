"""A codebook: the questions, their answers, and when each is asked.

A codebook is written as TOML, read once, and kept in the project as canonical JSON, whose
SHA-256 names it. ``review.codebook_source`` reads the two forms, ``review.codebook_lint`` says
what is wrong with one; here stands what the rest of the product sees.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from review.conditions import Condition
from review.errors import CodebookError

Value = tuple[str, ...]
"""An answer: one element, or several in codebook order for a question that takes several;
empty where there is none."""

MAX_CODEBOOK_BYTES = 1_000_000

PARTIES: Final = ("party_a", "party_b")
"""How the answers for each of the two begin, in a question that is asked of both apart."""


class QuestionType(StrEnum):
    """What an answer looks like."""

    SINGLE = "single"
    MULTI = "multi"
    INTEGER = "integer"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer that is offered."""

    value: str
    key: str
    """The letter or digit that the coder presses."""
    label: str
    missing: bool
    """Whether it says that the record does not tell."""
    alone: bool = False
    """Whether nothing can stand beside it, such as "none of these"."""

    @property
    def stands_alone(self) -> bool:
        """Whether it cannot be given beside another answer (for the same party)."""
        return self.missing or self.alone


@dataclass(frozen=True, slots=True)
class AnswerExamples:
    """Cases that show where the edge of an answer runs."""

    value: str
    clear: tuple[str, ...]
    near_misses: tuple[str, ...]
    """Cases that look like it and are not."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or one value derived from others (``derive`` is set then)."""

    id: str
    section: str
    ask: str
    type: QuestionType
    by_party: bool
    """Whether it takes answers for Party A and for Party B apart, at least one for each."""
    options: tuple[AnswerOption, ...]
    define: str
    examples: tuple[AnswerExamples, ...]
    outcome: bool
    """Whether coders have to agree on it before a case is final."""
    closed: bool
    """Whether it needs no option for a record that does not tell."""
    ask_if: Condition | None
    required_if: Condition | None
    """When a text has to be given; a question that offers answers is always required."""
    quote_if: tuple[str, ...]
    """Answers that need a quote of the record."""
    derive: Condition | None
    minimum: int | None
    maximum: int | None
    max_length: int | None
    verify_source: bool
    """Whether its wording rests on a source still to be confirmed before live use."""

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the answers offered, in order."""
        return tuple(option.value for option in self.options)

    @property
    def missing_values(self) -> frozenset[str]:
        """The values that say that the record does not tell."""
        return frozenset(option.value for option in self.options if option.missing)

    def groups_of(self, value: Value) -> tuple[Value, ...]:
        """Return an answer by party where it is given for both apart, else as one group."""
        if not self.by_party:
            return (value,)
        return tuple(tuple(one for one in value if one.startswith(party)) for party in PARTIES)

    def option_for_key(self, key: str) -> AnswerOption | None:
        """Return the option that a key stands for, or None."""
        return next((option for option in self.options if option.key == key), None)

    def label_of(self, value: str) -> str:
        """Return the words for an answer value; a number or a text is its own."""
        return next((option.label for option in self.options if option.value == value), value)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook that passed every check."""

    id: str
    version: str
    window_days: int
    """Days either side of the incident in which another between the same two people is linked."""
    key_terms: tuple[str, ...]
    """Beginnings of words that are marked in the record."""
    steps: tuple[Question, ...]
    """Asked and derived questions, each after all those that its conditions rest on."""
    sha256: str
    """Of ``body``."""
    body: str
    """Canonical JSON: keys sorted, no spaces, characters beyond ASCII as they are."""
    by_id: Mapping[str, Question]
    offered: tuple[str, ...] = field(default=(), compare=False)
    """Optional questions of the file that are not switched on: neither asked nor in ``body``."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are asked, in order."""
        return tuple(step for step in self.steps if step.derive is None)

    @property
    def derived(self) -> tuple[Question, ...]:
        """The values that follow from answers and are never asked."""
        return tuple(step for step in self.steps if step.derive is not None)

    def question(self, question_id: str) -> Question:
        """Return the asked or derived question of that id.

        Raises:
            CodebookError: Where the codebook has none.
        """
        try:
            return self.by_id[question_id]
        except KeyError:
            raise CodebookError(
                f"The codebook {self.id} {self.version} has no such question; "
                f"it has {', '.join(self.by_id)}."
            ) from None


def parse_codebook(text: str, *, source: str, switched_on: Collection[str] = ()) -> Codebook:
    """Read a codebook from TOML.

    Args:
        text: The file's text.
        source: What to call it in messages, such as the file's name.
        switched_on: Ids of the optional questions to ask.

    Raises:
        CodebookError: Where it is no TOML, or breaks a rule (carries every fault with its line),
            or has no such optional question.
    """
    from review.codebook_source import read_toml

    return read_toml(text, source=source, switched_on=switched_on)


def codebook_from_body(body: str) -> Codebook:
    """Read a codebook from the canonical JSON that the log keeps.

    Raises:
        CodebookError: Where it is not the body of a codebook.
    """
    from review.codebook_source import read_body

    return read_body(body)


def load_codebook(path: Path, *, switched_on: Collection[str] = ()) -> Codebook:
    """Read a codebook from a TOML file.

    Args:
        path: The file.
        switched_on: Ids of the optional questions to ask.

    Raises:
        CodebookError: Where the file cannot be read, is over 1 MB, is not UTF-8, or breaks a rule,
            or where it has no such optional question.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CodebookError(f"{path.name} cannot be read: {error.strerror}.") from error
    if len(content) > MAX_CODEBOOK_BYTES:
        raise CodebookError(f"{path.name} is over 1 MB; a codebook is a short text file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError(
            f"{path.name} is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error
    return parse_codebook(text, source=path.name, switched_on=switched_on)


@cache
def builtin_codebook(codebook_id: str, *, switched_on: tuple[str, ...] = ()) -> Codebook:
    """Return a codebook that ships with the product, such as ``da-short``.

    Args:
        codebook_id: Its name.
        switched_on: Ids of the optional questions to ask.

    Raises:
        CodebookError: Where there is none of that name, or it has no such optional question; the
            message names those there are.
    """
    folder = resources.files("review") / "codebooks"
    names = sorted(file.name.removesuffix(".toml") for file in folder.iterdir())
    if codebook_id not in names:
        raise CodebookError(
            f"There is no built-in codebook of that name; there is {', '.join(names)}, "
            "or give the path of a TOML file."
        )
    file = folder / f"{codebook_id}.toml"
    text = file.read_text(encoding="utf-8")
    return parse_codebook(text, source=file.name, switched_on=switched_on)
