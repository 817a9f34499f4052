"""The SQL of the checks as another engine writes it.

The checks are written once, in DuckDB's words. What they use of it beyond common SQL is a closed
list: a few functions, ``?`` for a bound value, and a subquery without a name. A function that is
in no list is an error of ours, and is raised before anything is asked of an engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|[A-Za-z_][A-Za-z_0-9]*|\d+(?:\.\d+)?|\s+|::|<>|<=|>=|\|\||."
)
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")

_NO_FUNCTION: Final = re.compile(
    "IN|AND|OR|NOT|WHERE|FROM|FILTER|OVER|SETS|AS|WHEN|THEN|ELSE|SELECT|BY|HAVING|ON|JOIN|UNION|"
    "EXISTS|DISTINCT|LIMIT|EXCEPT|WITH|ALL",
    re.IGNORECASE,
)
"""Words that may stand before a bracket and are not called."""

_SHARED: Final = re.compile(
    "count|sum|min|max|coalesce|trim|lower|upper|replace|left|floor|translate|length|cast|nullif|"
    "row_number|substr|split_part|lpad"
)
"""Functions that mean the same in all engines on the texts and numbers of the checks."""

Function = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine writes what engines do not share."""

    functions: Mapping[str, Function]
    """By the name that DuckDB uses; each gets its arguments, already put into words."""
    literal: Callable[[str], str]
    """A text as a literal."""
    bound: Callable[[int], str]
    """The place of a bound value, from 1."""
    types: Mapping[str, str]
    """Names of types, by the name that DuckDB uses."""
    full_match: Callable[[str, str], str]
    """Column and pattern literal to SQL that is true where the pattern is the whole text."""
    matches: Callable[[str, str], str]
    """The same where the pattern is somewhere in the text."""
    pattern: Callable[[str], str]
    """A pattern of RE2 as the engine writes it, with ASCII classes."""


@dataclass(slots=True)
class _Reader:
    tokens: list[str]
    dialect: Dialect
    at: int = 0
    values: int = 0
    patterns: set[int] = field(default_factory=set)

    def group(self) -> list[str]:
        """Return what stands up to the closing bracket or the end, parted at its commas."""
        parts: list[list[str]] = [[]]
        while self.at < len(self.tokens):
            piece = self.tokens[self.at]
            self.at += 1
            if piece == ")":
                break
            if piece == ",":
                parts.append([])
            elif piece == "(":
                self._bracket(parts[-1])
            else:
                parts[-1].append(self._plain(piece))
        return ["".join(part) for part in parts]

    def _plain(self, piece: str) -> str:
        if piece == "?":
            self.values += 1
            return self.dialect.bound(self.values)
        if piece.startswith("'"):
            return self.dialect.literal(_text(piece))
        return self.dialect.types.get(piece, piece)

    def _bracket(self, before: list[str]) -> None:
        last = next((word for word in reversed(before) if word.strip()), "")
        inside = self.tokens[self.at :]
        is_query = next((t for t in inside if t.strip()), "").upper() == "SELECT"
        if last.upper() == "FILTER":
            words = self.group()
            lead = "" if words[0].lstrip().upper().startswith("WHERE") else "WHERE "
            before.append(f"({lead}{', '.join(words)})")
            return
        if not _WORD.fullmatch(last) or _NO_FUNCTION.fullmatch(last):
            before.append(f"({','.join(self.group())})")
            if is_query and last.upper() in {"FROM", "JOIN"} and not self._is_named():
                before.append(f" AS part{self.at}")
            return
        while before.pop() != last:
            pass
        before.append(self._call(last.lower()))

    def _is_named(self) -> bool:
        following = next((t for t in self.tokens[self.at :] if t.strip()), "").upper()
        clauses = {"WHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "ON", "UNION", "JOIN", "LEFT"}
        return bool(_WORD.fullmatch(following)) and following not in clauses

    def _call(self, name: str) -> str:
        if name in {"regexp_full_match", "regexp_matches"}:
            return self._matching(name)
        arguments = [word.strip() for word in self.group()]
        if name in self.dialect.functions:
            return self.dialect.functions[name](arguments)
        if _SHARED.fullmatch(name):
            return f"{name}({', '.join(arguments)})"
        raise ValueError(f"No wording of the function {name} for other engines.")

    def _matching(self, name: str) -> str:
        start, before = self.at, self.values
        column, pattern = (word.strip() for word in self.group())
        whole = self.dialect.full_match if name == "regexp_full_match" else self.dialect.matches
        if self.values > before:
            self.patterns.add(self.values)
            return whole(column, pattern)
        text = next(t for t in reversed(self.tokens[start : self.at]) if t.startswith("'"))
        return whole(column, self.dialect.literal(self.dialect.pattern(_text(text))))


def _text(piece: str) -> str:
    return piece[1:-1].replace("''", "'")


def reworded(sql: str, dialect: Dialect, values: Sequence[object] = ()) -> tuple[str, list[object]]:
    """Return a statement of the checks in the words of another engine, and its bound values.

    Args:
        sql: The statement as DuckDB reads it.
        dialect: How the engine writes.
        values: Bound to the question marks, in order; a pattern is reworded as well.

    Raises:
        ValueError: Where the statement uses a function that has no wording.
    """
    reader = _Reader(_TOKEN.findall(sql), dialect)
    words = ",".join(reader.group())
    bound = [
        dialect.pattern(str(value)) if number in reader.patterns else value
        for number, value in enumerate(values, start=1)
    ]
    return words, bound


def names_in(sql: str) -> Iterator[str]:
    """Yield the words of a statement that stand outside literals."""
    for piece in _TOKEN.findall(sql):
        if _WORD.fullmatch(piece):
            yield piece
