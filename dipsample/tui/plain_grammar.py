"""The grammar of plain mode: what a typed line means, the same at every prompt.

A line is an answer to what is asked, or a word; the whole words of an option are an answer first.
A word does at every prompt what it does at any other: one that only reads aloud leaves what is
asked as it is, any other leaves it first. Where a text is asked for everything is text, but for a
few words alone on their line; each other word begins with a slash there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dipsample.tui.commands import COMMANDS
from dipsample.tui.models.reasons import OVERRULES

ALONE: Final = frozenset({"?", "again", "back", "next", "quit", "skip", "submit", "close"})
"""The words that are words where a text is asked for too, if nothing else is on the line."""
READING: Final = frozenset({"?", "again", "record", "para", "find", "define"})
"""The words that only read aloud."""
LEAVING: Final = frozenset({"skip", "back"})
"""The words that leave what is asked beside the question; so does an empty line."""

_SAME: Final[Mapping[str, str]] = {"help": "?", "exit": "quit", "previous": "back"}
_ALSO: Final[Mapping[str, str]] = {"submit": "close", "close": "submit"}
"""What ends a case has one name in coding and another in deciding: both are taken in both."""
_PHRASES: Final[Mapping[str, str]] = {
    "hand in": "submit",
    "take left": "left",
    "take right": "right",
    "not agreed": "cannot be agreed",
    "cannot agree": "cannot be agreed",
}
_EVERYWHERE: Final[Mapping[str, str]] = {
    "record": "Read the record again.",
    "again": "Read the question again.",
    "para N": "Read paragraph N of the record.",
    "skip": "Leave what is asked beside a question, as an empty line does; else go to the next.",
}
_ARGUMENTS: Final[Mapping[str, str]] = {
    "quote": "quote N WORDS",
    "note": "note WORDS",
    "flag": "flag WORDS",
    "find": "find WORDS",
    "defer": "defer REASON",
    "recall": "recall CASE",
    "?": "?, help",
}
_ANSWERS: Final = "An answer by its key or its words; it is saved at once."
TEXT_RULE: Final = (
    "Where a text is asked for everything is text, but for these words alone on a line: "
    f"{', '.join(sorted(ALONE - {'?'}))}, ?. Any other word has a / before it there, as in /record."
)

_REASONS: Final = " ".join(OVERRULES)
DECIDING: Final[Mapping[str, str]] = {
    "take left": "Take the answer of the coder on the left; left does the same.",
    "take right": "Take the answer of the coder on the right; right does the same.",
    "side N": "Take the answer of coder N.",
    "own ANSWER": "Give an answer of your own; its key or words alone do the same.",
    "not agreed": "It cannot be agreed, and counts as what the record does not tell; "
    "cannot be agreed, or 0, does the same.",
    _REASONS: "Where it is asked why somebody is overruled. The words do the same.",
    "take": "Decide by the answers chosen, where a question takes several.",
    "comment WORDS": "Keep words about the decision.",
    "quote N WORDS": "Pin words of paragraph N of the record to the decision.",
    "drop": "Take the decision back.",
    "next": "Go to the question after.",
    "back": "Go to the question before.",
    "all": "Go through the questions on which all agree too, or no more.",
    "close": "Confirm what is agreed, and close the case; submit does the same.",
    "query WORDS": "Ask the supervisor about the codebook.",
    "return N WORDS": "Send the coding of coder N back with a question.",
    "define": "Read the whole definition.",
    "find WORDS": "Find words in the record.",
    **_EVERYWHERE,
    "?, help": "Say what can be typed here.",
    "quit": "Leave; everything is saved.",
}
"""The words of plain adjudication and what they do."""


def coding_words() -> dict[str, str]:
    """Return the words of plain coding and what they do, from the registry of commands."""
    of_registry = {
        _ARGUMENTS.get(command.word, command.word): command.help
        for command in COMMANDS
        if command.word
    }
    return {"letter, digit": _ANSWERS, **of_registry, **_EVERYWHERE}


def names_of(words: Mapping[str, str]) -> frozenset[str]:
    """Return the words themselves, from a table that shows what follows them too."""
    names = set()
    for shown in words:
        phrase = re.sub(r" [A-Z]+\b|, help", "", shown)
        names.add(_PHRASES.get(phrase, phrase))
    return frozenset(names - {"letter, digit", _REASONS})


class Takes(StrEnum):
    """What a prompt takes as an answer."""

    KEY = "one of several, by key or words"
    NUMBER = "a number"
    QUOTE = "words of the record, after the number of their paragraph"
    TEXT = "any text"


class Meaning(StrEnum):
    """What a line is."""

    NOTHING = "nothing was typed"
    ANSWER = "an answer"
    WORD = "a word"
    UNKNOWN = "neither"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a prompt asks for."""

    takes: Takes
    options: Mapping[str, str]
    """Keys and their words; empty where nothing is chosen."""
    words: frozenset[str]
    """What is a word here."""
    own: frozenset[str] = frozenset()
    """The words of this prompt alone; where a text is asked for they need no slash."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line, read."""

    meaning: Meaning
    word: str = ""
    """The word, as it stands in the table."""
    text: str = ""
    """The answer, its key where it has one; or what follows the word."""


def read_line(line: str, asked: Asked) -> Said:
    """Say what a typed line means.

    Args:
        line: As it was typed.
        asked: What the prompt asks for.
    """
    text = line.strip()
    if not text:
        return Said(Meaning.NOTHING)
    said = _word(text.removeprefix("/"), asked.words | asked.own)
    if asked.takes is Takes.TEXT and not text.startswith("/"):
        if said is not None and (said.word in asked.own or (said.word in ALONE and not said.text)):
            return said
        return Said(Meaning.ANSWER, text=text)
    if (answer := _answer(text, asked)) is not None:
        return Said(Meaning.ANSWER, text=answer)
    if said is not None:
        return said
    if asked.takes is Takes.QUOTE:
        return _short(text) if len(text) == 1 else Said(Meaning.ANSWER, text=text)
    chosen = chosen_key(text, asked.options)
    return Said(Meaning.UNKNOWN) if chosen is None else Said(Meaning.ANSWER, text=chosen)


def _answer(text: str, asked: Asked) -> str | None:
    """Return a line that is an answer whatever the words are, or None."""
    if asked.takes is Takes.QUOTE:
        return text if text[0].isdigit() else None
    if asked.takes is Takes.NUMBER and text.isascii() and text.isdigit():
        return text
    if len(text) == 1 and text.isalnum():
        return text.lower()
    whole = [key for key, label in asked.options.items() if _folded(text) in _names(label)]
    return whole[0] if len(whole) == 1 else None


def _short(text: str) -> Said:
    """Return what one letter is where words of the record are asked for: s is for skip."""
    return Said(Meaning.WORD, "skip") if text.lower() == "s" else Said(Meaning.UNKNOWN)


def _word(text: str, words: frozenset[str]) -> Said | None:
    plain = " ".join(text.lower().split())
    for phrase in (*_PHRASES, *(word for word in words if " " in word)):
        name = _PHRASES.get(phrase, phrase)
        if plain == phrase and name in words:
            return Said(Meaning.WORD, name)
    typed, _, rest = text.partition(" ")
    name = _SAME.get(typed.lower(), typed.lower())
    name = name if name in words else _ALSO.get(name, name)
    return Said(Meaning.WORD, name, rest.strip()) if name in words else None


def chosen_key(text: str, options: Mapping[str, str]) -> str | None:
    """Return the key of the option that a line names; None where it names none, or several.

    Args:
        text: A key, the words of an option, the first of them as far as no other option begins
            so, or the key with such words behind it.
        options: Keys and their words.
    """
    plain = _folded(text)
    if plain in options:
        return plain
    key, _, rest = plain.partition(" ")
    if key in options and _begins(options[key], rest):
        return key
    whole = [option for option, label in options.items() if plain in _names(label)]
    begun = [option for option, label in options.items() if _begins(label, plain)]
    named = whole or begun
    return named[0] if len(named) == 1 else None


def _names(label: str) -> set[str]:
    """Return the words of an option, whole and up to a sign such as a colon."""
    return {_folded(label), _folded(re.split(r"[:;,(]", label)[0])}


def _begins(label: str, plain: str) -> bool:
    """Say whether words of an option, from the first on, are what was typed."""
    return bool(plain) and f"{_folded(label)} ".startswith(f"{plain} ")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
