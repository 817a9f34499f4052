"""A record in the making: timed entries, set as text in one of several manners of writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from dipsample.demo.timeline import DAY
from dipsample.demo.truth import Passage

_ORDINARY_WORD: Final = re.compile(r"[A-Z][a-z]*\b")


class Manner(StrEnum):
    """How a record is written."""

    RUNNING = "times in front of entries, one after the other"
    LINES = "an entry a line"
    PROSE = "times inside the sentences"
    BRIEF = "days only, but for the times of arrests"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One or two sentences about one fact, and the questions they answer."""

    at: int
    text: str
    questions: tuple[str, ...]

    @property
    def is_of_arrest(self) -> bool:
        return "A1" in self.questions


class Log:
    """Pieces of a record, added in any order."""

    __slots__ = ("_pieces",)

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    def add(self, at: int, text: str, *questions: str) -> None:
        """Add what is said at a time (minutes since the first midnight); nothing if empty."""
        if text:
            self._pieces.append(_Piece(at, text, questions))

    def write(self, manner: Manner, *, start: str = "") -> tuple[str, tuple[Passage, ...]]:
        """Return the text in order of time, and where in it each answer is shown.

        Args:
            manner: How it is written.
            start: What stands before the first entry.
        """
        parts = [start]
        length = len(start)
        passages = []
        day = None
        ordered = sorted(self._pieces, key=lambda piece: piece.at)
        for at, group in groupby(ordered, key=lambda piece: piece.at):
            entry = list(group)
            has_arrest = any(piece.is_of_arrest for piece in entry)
            stamp = _stamp(manner, at, is_new_day=at // DAY != day, is_timed=has_arrest)
            joint = "" if length == len(start) else _joint(manner)
            day = at // DAY
            for number, piece in enumerate(entry):
                before = joint + stamp if number == 0 else " "
                text = piece.text
                if number == 0 and stamp and manner is Manner.PROSE:
                    text = _inside_sentence(text)
                begin = length + len(before)
                parts += [before, text]
                length = begin + len(text)
                passages += [Passage(question, begin, length) for question in piece.questions]
        return "".join(parts), tuple(passages)


def _joint(manner: Manner) -> str:
    """Return what stands between two entries."""
    return "\n" if manner is Manner.LINES else " "


def _stamp(manner: Manner, at: int, *, is_new_day: bool, is_timed: bool) -> str:
    """Return the words of time in front of an entry."""
    day, minute = divmod(at, DAY)
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    match manner:
        case Manner.RUNNING:
            return f"Day {day} {clock}. " if is_new_day else f"{clock}. "
        case Manner.LINES:
            return f"Day {day} {clock} - "
        case Manner.PROSE:
            return f"On Day {day} at {clock} " if is_new_day else f"At {clock} "
        case Manner.BRIEF:
            words = [f"Day {day}"] * is_new_day + [clock] * is_timed
            return " ".join(words) + ": " if words else ""


def _inside_sentence(text: str) -> str:
    """Return the text with a small first letter where it begins with an ordinary word."""
    return text[0].lower() + text[1:] if _ORDINARY_WORD.match(text) else text
