"""The lines of a fingerprint, sorted by bytes: ``ID TAB STRATUM [TAB SIZE] LF``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from sampling.engines.relation import Relation
from sampling.records import NONCE_WORD

_LINES: Final = "SELECT id || chr(9) || stratum || chr(10) FROM records"
_SIZED_LINES: Final = "SELECT id || chr(9) || stratum || chr(9) || size || chr(10) FROM records"
_UNIT_LINES: Final = "SELECT id || chr(9) || unit || chr(10) FROM records"
_AFTER_ID: Final = re.compile(rb"\t.*")


def fingerprint(relation: Relation, nonce: str | None, *, has_sizes: bool = False) -> str:
    """Return the SHA-256 of all lines.

    Args:
        relation: An extract with the table ``records``.
        nonce: 64 hex digits hashed with the lines, in their place among them; None for none.
        has_sizes: Whether the lines have sizes.
    """
    hashing = sha256()
    for lines in _with_nonce(_sorted_lines(relation, _lines(has_sizes)), nonce):
        hashing.update(lines)
    return hashing.hexdigest()


def units_fingerprint(relation: Relation) -> str:
    """Return the SHA-256 of the sorted lines ``ID TAB UNIT LF``."""
    hashing = sha256()
    for lines in _sorted_lines(relation, _UNIT_LINES):
        hashing.update(lines)
    return hashing.hexdigest()


def fingerprints(
    relation: Relation, nonce: str | None, *, has_sizes: bool = False
) -> tuple[str, str]:
    """Return the SHA-256 of all lines, and that of the lines of the ids alone.

    Args:
        relation: An extract with the table ``records``, whose ids are valid.
        nonce: Part of the first alone; None for none.
        has_sizes: Whether the lines of the first have sizes.
    """
    whole, ids = sha256(), sha256()

    def sorted_lines() -> Iterator[bytes]:
        for lines in _sorted_lines(relation, _lines(has_sizes)):
            ids.update(_AFTER_ID.sub(b"", lines))
            yield lines

    for lines in _with_nonce(sorted_lines(), nonce):
        whole.update(lines)
    return whole.hexdigest(), ids.hexdigest()


def write_lines(
    relation: Relation, nonce: str | None, path: Path, *, has_sizes: bool = False
) -> None:
    """Write the lines of the fingerprint; ``LC_ALL=C sort FILE | sha256sum`` gives it again."""
    with path.open("wb") as file:
        for lines in _with_nonce(_sorted_lines(relation, _lines(has_sizes)), nonce):
            file.write(lines)


def lines_of(relation: Relation, *, has_sizes: bool = False) -> Iterator[bytes]:
    """Yield the lines of an extract in order of bytes, many at a time, without a nonce."""
    return _sorted_lines(relation, _lines(has_sizes))


def _lines(has_sizes: bool) -> str:
    return _SIZED_LINES if has_sizes else _LINES


def _sorted_lines(relation: Relation, lines: str) -> Iterator[bytes]:
    """Yield the lines in order of bytes, many at a time.

    TAB sorts below every byte that an id may hold, so the order of the ids is that of the lines.
    """
    for batch in relation.in_order(lines):
        yield "".join([str(line) for (line,) in batch]).encode()


def _with_nonce(sorted_lines: Iterator[bytes], nonce: str | None) -> Iterator[bytes]:
    """Yield the lines in order of bytes, many at a time, the nonce line in its place."""
    waiting = b"" if nonce is None else f"{NONCE_WORD}\t{nonce}\n".encode()
    for lines in sorted_lines:
        if waiting and lines.rsplit(b"\n", 2)[-2] > waiting:
            yield b"".join(sorted([*lines.splitlines(keepends=True), waiting]))
            waiting = b""
        else:
            yield lines
    if waiting:
        yield waiting
