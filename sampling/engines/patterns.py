r"""Patterns of the checks, written for RE2, as PostgreSQL and Java write them.

RE2 reads ``\d``, ``\w`` and ``\b`` by ASCII. PostgreSQL does so where the text has the collation
"C", calls ``\b`` ``\y``, and knows no ``(?i:...)``. Java knows it, and takes any letter for a
word's part at a ``\b`` up to version 18.
"""

from __future__ import annotations

import re
from typing import Final

_PIECE: Final = re.compile(r"\\.|\(\?i:|\(\?:|\[\^?\]?(?:\\.|[^\]\\])*\]|\{1,\d+\}|.", re.DOTALL)
_MANY: Final = 9
_RANGE: Final = re.compile(r"([A-Za-z])-([A-Za-z])|(\\.)|([A-Za-z])", re.DOTALL)

_JAVA_BOUNDARY: Final = r"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"


def java(pattern: str) -> str:
    """Return a pattern that Java reads as RE2 reads the one given."""
    pieces = _PIECE.findall(pattern)
    return "".join(_JAVA_BOUNDARY if piece == r"\b" else piece for piece in pieces)


def postgres(pattern: str) -> str:
    """Return a pattern that PostgreSQL reads as RE2 reads the one given, on text of collation "C".

    A repetition of one to many is taken for one or more, because PostgreSQL unrolls it: the
    pattern may then match more, which only patterns that sieve for a closer look have.
    """
    written: list[str] = []
    is_folded = [False]
    for piece in _PIECE.findall(pattern):
        fold = is_folded[-1]
        if piece in {"(", "(?:", "(?i:"}:
            is_folded.append(fold or piece == "(?i:")
            written.append("(?:" if piece == "(?i:" else piece)
        elif piece == ")":
            is_folded.pop()
            written.append(piece)
        elif piece == r"\b":
            written.append(r"\y")
        elif piece.startswith("{1,") and int(piece[3:-1]) >= _MANY:
            written.append("+")
        elif fold and piece.startswith("["):
            written.append(_RANGE.sub(_both_cases, piece))
        elif fold and piece.isalpha():
            written.append(f"[{piece.upper()}{piece.lower()}]")
        else:
            written.append(piece)
    return "".join(written)


def _both_cases(found: re.Match[str]) -> str:
    first, last, escaped, single = found.groups()
    if escaped:
        return str(escaped)
    if single:
        return f"{single.upper()}{single.lower()}"
    return f"{first.upper()}-{last.upper()}{first.lower()}-{last.lower()}"
