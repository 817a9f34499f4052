"""The lines of a fingerprint, sorted by bytes: ``ID TAB STRATUM LF``."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from sampling.engines.relation import Relation
from sampling.records import NONCE_WORD


def sorted_records(relation: Relation) -> Iterator[list[tuple[str, str]]]:
    """Yield id and stratum of every record of the view ``framed``, by the bytes of the id.

    TAB sorts below every byte that an id may hold, so that sorting by id sorts the lines.
    """
    for batch in relation.stream("SELECT id, stratum FROM framed ORDER BY id, stratum"):
        yield [(str(record_id), str(stratum)) for record_id, stratum in batch]


def fingerprints(relation: Relation, nonce: str | None) -> tuple[str, str]:
    """Return the SHA-256 of all lines, and that of the lines of the ids alone.

    Args:
        relation: An extract with the view ``framed``.
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
    waiting = None if nonce is None else (NONCE_WORD, nonce)
    for batch in sorted_records(relation):
        records = batch
        if waiting is not None and batch[-1][0].encode() > NONCE_WORD.encode():
            records = sorted([*batch, waiting], key=lambda record: record[0].encode())
            waiting = None
        ids = "".join(f"{record_id}\n" for record_id, _ in batch)
        yield "".join(map("%s\t%s\n".__mod__, records)).encode(), ids.encode()
    if waiting is not None:
        yield f"{NONCE_WORD}\t{nonce}\n".encode(), b""
