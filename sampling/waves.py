"""Waves without repeats: what earlier waves drew is left out of the frame of the next.

A wave is a draw of its own, in a project of its own. Under the seed of the wave before it takes up
where that one stopped: tickets do not change, so the smallest of the records that are left are the
next ranks. Under a new seed it is independent of it. Either way it speaks of the records that no
earlier wave drew, and of those alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from sampling.errors import ExtractError
from sampling.events import EarlierWavesListed
from sampling.records import why_not_an_id

MAX_EXCLUDED: Final = 20_000
"""Ids that a frame may leave out; more are a frame of their own."""

_ID_COLUMN: Final = "record_id"
_PART_BYTES: Final = 700_000


def wave_fingerprint(record_ids: Iterable[str]) -> str:
    """Return the SHA-256 of the lines ``ID LF``, sorted by bytes."""
    lines = sorted(f"{record_id}\n".encode() for record_id in record_ids)
    return sha256(b"".join(lines)).hexdigest()


def read_waves(files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Return the ids that lists of earlier waves name, each once, sorted by bytes.

    Args:
        files: Name and content of each: one id a line, or a CSV with the column ``record_id``.

    Raises:
        ExtractError: Where a list is empty or not UTF-8, holds what is no id, or all hold too
            many.
    """
    found: set[str] = set()
    for name, content in files:
        found.update(_read(name, content))
    if len(found) > MAX_EXCLUDED:
        raise ExtractError(
            f"The lists name {len(found):,} records, more than {MAX_EXCLUDED:,}; leave them out of "
            "the extract itself."
        )
    return tuple(sorted(found, key=str.encode))


def _read(name: str, content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExtractError(f"The list {name} is not UTF-8; write it again as UTF-8.") from None
    lines = text.splitlines()
    header = next(csv.reader(lines[:1]), [])
    if _ID_COLUMN in header:
        rows = csv.DictReader(io.StringIO(text))
        record_ids = [row[_ID_COLUMN] or "" for row in rows]
    else:
        record_ids = [line for line in lines if line]
    if not record_ids:
        raise ExtractError(f"The list {name} names no record; give one id a line.")
    for number, record_id in enumerate(record_ids, start=1):
        reason = why_not_an_id(record_id)
        if reason is not None:
            raise ExtractError(f"Record id number {number} of {name} is not allowed: {reason}.")
    return record_ids


def listed(record_ids: tuple[str, ...]) -> tuple[EarlierWavesListed, ...]:
    """Return the events that write the ids down, cut so that each part fits into one."""
    parts = list(_parts(record_ids))
    return tuple(
        EarlierWavesListed(part=number, parts=len(parts), record_ids=part)
        for number, part in enumerate(parts, start=1)
    )


def _parts(record_ids: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    part: list[str] = []
    part_bytes = 0
    for record_id in record_ids:
        size = 6 * len(record_id.encode()) + 3
        if part and part_bytes + size > _PART_BYTES:
            yield tuple(part)
            part, part_bytes = [], 0
        part.append(record_id)
        part_bytes += size
    if part:
        yield tuple(part)
