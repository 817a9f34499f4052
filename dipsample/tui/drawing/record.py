"""The record of a case as wrapped lines: key words, quotes and what was found are marked.

Positions are code points of the stored text. Marks are characters as well as roles:
``|key word|``, ``*key word stood on*``, ``>> quote <<``; lines that the cursor covers start
with ``>``. Nothing in a record is ever read as markup.

Standard library only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import Final

from dipsample.tui.drawing.lines import (
    EMPTY,
    Line,
    Role,
    Span,
    clip,
    split_at,
    visible,
    width_of,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One field of the record."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of the record: ``text[start:end]`` of a field."""

    field: str
    start: int
    end: int


class MarkKind(IntEnum):
    """Why words are marked; where marks overlap, the higher one gives the look."""

    QUOTE = 1
    TERM = 2
    TERM_HERE = 3
    FOUND = 4
    CURSOR = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A place and why it is marked."""

    place: Place
    kind: MarkKind


_ROLES: Final = {
    MarkKind.QUOTE: Role.QUOTE,
    MarkKind.TERM: Role.TERM,
    MarkKind.TERM_HERE: Role.TERM_HERE,
    MarkKind.FOUND: Role.TERM_HERE,
    MarkKind.CURSOR: Role.CURSOR,
}
_OPENINGS: Final = {
    MarkKind.QUOTE: ">> ",
    MarkKind.TERM: "|",
    MarkKind.TERM_HERE: "*",
    MarkKind.FOUND: "{",
}
_CLOSINGS: Final = {
    MarkKind.QUOTE: " <<",
    MarkKind.TERM: "|",
    MarkKind.TERM_HERE: "*",
    MarkKind.FOUND: "}",
}
_MARGIN: Final = 2
_TOKENS = re.compile(r"\n|[^\S\n]+|\S+")
_STAMP_WORD = re.compile(
    r"[\[(]?(?:\d[\d:./-]*(?:st|nd|rd|th|hrs|am|pm)?|day|at|on|hrs|hours|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)[,.:\])]*",
    re.IGNORECASE,
)
"""A word of a date or a time of day."""
_SENTENCES = re.compile(r"[^\s][^\n]*?(?:[.!?]+[\"'”’)\]]*(?=\s|$)|(?=\n)|$)")


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """A record wrapped to one width."""

    lines: tuple[Line, ...]
    starts: tuple[tuple[int, int], ...] = field(repr=False)
    """Of each line: the number of its field and the position in the text that it starts at."""
    fields: tuple[str, ...] = ()

    def line_of(self, place: Place) -> int:
        """Return the number of the line that a place starts on."""
        number = self.fields.index(place.field)
        return max(0, bisect_right(self.starts, (number, place.start)) - 1)


def key_terms_in(passages: Sequence[Passage], terms: Sequence[str]) -> tuple[Place, ...]:
    """Return where words of the record start with one of ``terms``, whatever their case."""
    if not terms:
        return ()
    pattern = re.compile(
        r"\b(?:" + "|".join(re.escape(term) for term in terms) + r")\w*", re.IGNORECASE
    )
    return tuple(_matches(passages, pattern))


def found_in(passages: Sequence[Passage], words: str) -> tuple[Place, ...]:
    """Return where ``words`` stand in the record, whatever their case and the blanks between."""
    parts = words.split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts), re.IGNORECASE)
    return tuple(_matches(passages, pattern))


def sentences_of(passages: Sequence[Passage]) -> tuple[Place, ...]:
    """Return the sentences of the record, in order; a line break ends one too.

    A time stamp that ends in a full stop, such as ``Day 0 22:14.``, belongs to the sentence behind
    it: alone it bears nothing out.
    """
    sentences: list[Place] = []
    stamp: Place | None = None
    texts = {passage.field: passage.text for passage in passages}
    for place in _matches(passages, _SENTENCES):
        text = texts[place.field]
        if stamp is not None and not _same_line(stamp, place, text):
            sentences.append(stamp)
            stamp = None
        start = place.start if stamp is None else stamp.start
        joined = Place(place.field, start, place.end)
        stamp = joined if _is_stamp(text[place.start : place.end]) else None
        if stamp is None:
            sentences.append(joined)
    return (*sentences, *(() if stamp is None else (stamp,)))


def _is_stamp(sentence: str) -> bool:
    has_number = any(character.isdigit() for character in sentence)
    return has_number and all(_STAMP_WORD.fullmatch(word) for word in sentence.split())


def _same_line(one: Place, other: Place, text: str) -> bool:
    return one.field == other.field and "\n" not in text[one.end : other.start]


def _matches(passages: Sequence[Passage], pattern: re.Pattern[str]) -> Iterator[Place]:
    for passage in passages:
        for match in pattern.finditer(passage.text):
            yield Place(passage.field, match.start(), match.end())


def lay_out(passages: Sequence[Passage], marks: Iterable[Mark], width: int) -> RecordLayout:
    """Wrap a record to ``width`` cells.

    A record of several fields has the name of each above it, or before it where the text is
    short.

    Args:
        passages: The fields, in order.
        marks: What is marked; marks may overlap.
        width: At least 12 cells, a margin of 2 among them.
    """
    lines: list[Line] = []
    starts: list[tuple[int, int]] = []
    by_field: dict[str, list[Mark]] = {}
    for mark in marks:
        by_field.setdefault(mark.place.field, []).append(mark)
    was_short = True
    for number, passage in enumerate(passages):
        wrapper = _Wrapper(width - _MARGIN)
        is_short = number > 0 and _fits_beside_its_name(passage, width - _MARGIN)
        if lines and not (is_short and was_short):
            lines.append(EMPTY)
            starts.append((number, -1))
        if is_short:
            wrapper.begin(f"{visible(passage.field)}: ")
        elif len(passages) > 1:
            lines.append((Span("  " + clip(visible(passage.field), width - 2), Role.MUTED),))
            starts.append((number, -1))
        was_short = is_short
        for piece in _pieces(passage.text, by_field.get(passage.field, [])):
            wrapper.take(piece)
        for start, line, is_under_cursor in wrapper.finish():
            margin = Span("> ", Role.CURSOR) if is_under_cursor else Span("  ")
            lines.append((margin, *line))
            starts.append((number, start))
    return RecordLayout(tuple(lines), tuple(starts), tuple(p.field for p in passages))


def _fits_beside_its_name(passage: Passage, width: int) -> bool:
    room = width - width_of(visible(passage.field)) - 2 - len(">>  <<")
    return "\n" not in passage.text and width_of(visible(passage.text)) <= room


@dataclass(slots=True)
class _Piece:
    text: str
    role: Role
    start: int
    is_glued: bool = False
    """Belongs to the word beside it, though it may hold a blank."""


def _pieces(text: str, marks: Sequence[Mark]) -> Iterator[_Piece]:
    """Cut a text at every edge of a mark, with the opening and closing signs put in."""
    opening: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (-one.place.end, one.kind)):
        opening.setdefault(mark.place.start, []).append(mark)
    edges = sorted({0, len(text), *opening, *(mark.place.end for mark in marks)})
    covering: list[Mark] = []
    for start, end in pairwise(edges):
        covering += opening.get(start, ())
        role = _ROLES[max(mark.kind for mark in covering)] if covering else Role.TEXT
        for mark in opening.get(start, ()):
            if mark.kind in _OPENINGS:
                yield _Piece(_OPENINGS[mark.kind], role, start, is_glued=True)
        for token in _TOKENS.finditer(text, start, end):
            yield _Piece(token.group(), role, token.start())
        for mark in reversed(covering):
            if mark.place.end == end and mark.kind in _CLOSINGS:
                yield _Piece(_CLOSINGS[mark.kind], role, end, is_glued=True)
        covering = [mark for mark in covering if mark.place.end > end]


class _Wrapper:
    """Puts pieces into lines; pieces without a blank between them stay together."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._done: list[tuple[int, Line, bool]] = []
        self._line: list[Span] = []
        self._used = 0
        self._line_start = 0
        self._word: list[_Piece] = []
        self._word_width = 0
        self._blank: _Piece | None = None

    def begin(self, label: str) -> None:
        self._line = [Span(label, Role.MUTED)]
        self._used = width_of(label)

    def take(self, piece: _Piece) -> None:
        if piece.text == "\n":
            self._end_word()
            self._end_line(piece.start + 1)
        elif not piece.is_glued and piece.text.isspace():
            self._end_word()
            self._blank = piece
        else:
            self._word.append(piece)
            self._word_width += width_of(visible(piece.text))

    def finish(self) -> list[tuple[int, Line, bool]]:
        self._end_word()
        if self._line or not self._done:
            self._end_line(0)
        return self._done

    def _end_word(self) -> None:
        if not self._word:
            return
        if self._line and self._used + self._word_width + 1 > self._width:
            self._end_line(self._word[0].start)
        elif self._line and self._blank is not None:
            self._put(" ", self._blank.role)
        for piece in self._word:
            self._put_piece(piece)
        self._word, self._word_width, self._blank = [], 0, None

    def _put_piece(self, piece: _Piece) -> None:
        text = visible(piece.text)
        start = piece.start
        while self._used + width_of(text) > self._width:
            head, text = split_at(text, self._width - self._used)
            if head:
                self._put(head, piece.role)
            start += len(head)
            self._end_line(start)
        self._put(text, piece.role)

    def _put(self, text: str, role: Role) -> None:
        if self._line and self._line[-1].role is role:
            self._line[-1] = Span(self._line[-1].text + text, role)
        elif text:
            self._line.append(Span(text, role))
        self._used += width_of(text)

    def _end_line(self, next_start: int) -> None:
        is_under_cursor = any(span.role is Role.CURSOR for span in self._line)
        self._done.append((self._line_start, tuple(self._line), is_under_cursor))
        self._line, self._used, self._line_start = [], 0, next_start
        self._blank = None
