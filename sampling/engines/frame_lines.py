"""The lines of a fingerprint, sorted by bytes: ``ID TAB STRATUM LF``."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from sampling.engines.relation import Relation
from sampling.records import NONCE_WORD

_BLOCKS: Final = """
SELECT string_agg(id || chr(9) || stratum || chr(10), '' ORDER BY rowid),
       string_agg(id || chr(10), '' ORDER BY rowid)
FROM records GROUP BY rowid // 8192 ORDER BY rowid // 8192
"""


def fingerprints(relation: Relation, nonce: str | None) -> tuple[str, str]:
    """Return the SHA-256 of all lines, and that of the lines of the ids alone.

    Args:
        relation: An extract with the table ``records``.
        nonce: 64 hex digits hashed with the lines, in their place among them; None for none.
    """
    whole, ids = sha256(), sha256()
    for lines, id_lines in _blocks(relation, nonce):
        whole.update(lines)
        ids.update(id_lines)
    return whole.hexdigest(), ids.hexdigest()


def write_lines(relation: Relation, nonce: str | None, path: Path) -> None:
    """Write the lines of the fingerprint; ``LC_ALL=C sort FILE | sha256sum`` gives it again."""
    with path.open("wb") as file:
        for lines, _ in _blocks(relation, nonce):
            file.write(lines)


def _blocks(relation: Relation, nonce: str | None) -> Iterator[tuple[bytes, bytes]]:
    """Yield the lines and the lines of the ids alone, block by block, in order of bytes."""
    waiting = b"" if nonce is None else f"{NONCE_WORD}\t{nonce}\n".encode()
    for batch in relation.stream(_BLOCKS):
        for lines, ids in batch:
            whole = str(lines).encode()
            if waiting and whole.rsplit(b"\n", 2)[-2] > waiting:
                whole = b"".join(sorted([*whole.splitlines(keepends=True), waiting]))
                waiting = b""
            yield whole, str(ids).encode()
    if waiting:
        yield waiting, b""
