"""Lines of text with roles: what a screen shows, before any colour.

A screen is a list of lines, a line is a row of spans, and a span is text with a role. The theme
gives each role its look. State must be readable from the text alone; roles only help the eye.

Standard library only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Role(StrEnum):
    """What a piece of text is, for the theme to give it a look."""

    TEXT = "text"
    MUTED = "muted"
    STRONG = "strong"
    HEADER = "header"
    HEADER_STRONG = "header-strong"
    RULE = "rule"
    TERM = "term"
    TERM_HERE = "term-here"
    QUOTE = "quote"
    CURSOR = "cursor"
    CHOSEN = "chosen"
    KEY = "key"
    CHART = "chart"
    NOTICE = "notice"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    role: Role = Role.TEXT
    press: str = ""
    """The key that a click on it stands for; empty: a click does nothing."""


Line = tuple[Span, ...]

EMPTY: Final[Line] = ()
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_CONTROL_PICTURES: Final = 0x2400


@lru_cache(maxsize=4096)
def visible_character(character: str) -> str:
    """Return one character that can be shown in the place of ``character``.

    Control characters become their picture; marks that steer the direction or the joining of
    text, and what is not a character at all, become the replacement sign. One stays one, so
    that positions in the shown text are positions in the stored text.
    """
    if character in "\t\n\r\N{NO-BREAK SPACE}":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} or 0xFE00 <= code <= 0xFE0F:
        return REPLACEMENT
    return " " if category == "Zs" else character


def visible(text: str) -> str:
    """Return ``text`` with every character that could not be seen replaced by one that can."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(visible_character, text))


@lru_cache(maxsize=4096)
def character_width(character: str) -> int:
    """Return the cells that one character takes in a terminal: 0, 1 or 2."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width_of(text: str) -> int:
    """Return the cells that ``text`` takes."""
    return len(text) if text.isascii() else sum(map(character_width, text))


def clip(text: str, width: int) -> str:
    """Return ``text`` cut to at most ``width`` cells; a cut ends in three dots where they fit."""
    if width_of(text) <= width:
        return text
    room = width - 3 if width > 6 else width
    return split_at(text, room)[0] + ("..." if room < width else "")


def split_at(text: str, width: int) -> tuple[str, str]:
    """Return the longest start of ``text`` of at most ``width`` cells, and the rest."""
    if text.isascii():
        return text[: max(0, width)], text[max(0, width) :]
    used = 0
    for place, character in enumerate(text):
        used += character_width(character)
        if used > width:
            return text[:place], text[place:]
    return text, ""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` clipped and padded to exactly ``width`` cells."""
    clipped = clip(text, width)
    padding = " " * (width - width_of(clipped))
    return padding + clipped if right else clipped + padding


def wrap(text: str, width: int, *, indent: int = 0) -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells, at blanks where possible.

    Args:
        text: Any text; line breaks in it are kept.
        width: At least 1.
        indent: Blanks before the second and later lines of each paragraph, within the width.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in visible(paragraph).split():
            for piece in _pieces(word, max(1, width - indent)):
                joined = f"{line} {piece}" if line.strip() else line + piece
                if width_of(joined) <= width:
                    line = joined
                else:
                    lines.append(line)
                    line = " " * indent + piece
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> Iterable[str]:
    while width_of(word) > width:
        head, word = split_at(word, width)
        if not head:
            head, word = word[:1], word[1:]
        yield head
    yield word


def line_text(line: Line) -> str:
    """Return the characters of a line."""
    return "".join(span.text for span in line)


def line_width(line: Line) -> int:
    """Return the cells of a line."""
    return sum(width_of(span.text) for span in line)


def plain(text: str, role: Role = Role.TEXT) -> Line:
    """Return a line of one span."""
    return (Span(text, role),)


def fit_line(line: Line, width: int, *, role: Role = Role.TEXT) -> Line:
    """Return ``line`` cut or padded to exactly ``width`` cells; the padding has ``role``."""
    fitted: list[Span] = []
    left = width
    for span in line:
        used = width_of(span.text)
        if used > left:
            head = split_at(span.text, left)[0]
            fitted.append(Span(head, span.role, span.press))
            left -= width_of(head)
            break
        fitted.append(span)
        left -= used
    if left:
        fitted.append(Span(" " * left, role))
    return tuple(fitted)


def ends(left: Line, right: Line, width: int, *, role: Role = Role.TEXT) -> Line:
    """Return a line of ``width`` cells with ``left`` at its start and ``right`` at its end.

    Where both do not fit, the left one is cut.
    """
    room = width - line_width(right)
    return fit_line((*fit_line(left, max(0, room), role=role), *right), width, role=role)


def rule(width: int) -> Line:
    """Return a horizontal line."""
    return (Span("\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width, Role.RULE),)


def fill(lines: Sequence[Line], height: int) -> list[Line]:
    """Return exactly ``height`` lines: the first ones, then empty ones."""
    return [*lines[:height], *([EMPTY] * (height - len(lines)))]


def beside(left: Sequence[Line], right: Sequence[Line], *, left_width: int) -> list[Line]:
    """Put two blocks of equally many lines beside each other with a bar between."""
    bar = Span("\N{BOX DRAWINGS LIGHT VERTICAL} ", Role.RULE)
    return [
        (*fit_line(one, left_width), bar, *other) for one, other in zip(left, right, strict=True)
    ]
