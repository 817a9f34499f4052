"""Rows of events: each compared with the body it was copied from, and with the one before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from dipsample.errors import BrokenChainError, EventError, ForkError
from dipsample.ledger import GENESIS, MAX_INTEGER, Chain, Event, Head, reread
from dipsample.store.failures import damaged

Row = tuple[Any, ...]
"""A row as the driver gives it: of a damaged file, any column can be anything."""

_BATCH: Final = 2_000


def read_batch(connection: sqlite3.Connection, position: int) -> tuple[int, list[Row]]:
    """Return how many events the index holds, and the next rows after a position.

    The count is taken first: where no row follows, it is the position itself, whoever writes
    meanwhile.
    """
    (count,) = connection.execute("SELECT count(*) FROM event INDEXED BY event_place").fetchone()
    rows = connection.execute(
        "SELECT position, hash, id, stream, seq, body FROM event "
        "WHERE position > ? ORDER BY position LIMIT ?",
        (position, _BATCH),
    )
    return count, rows.fetchall()


def read_heads(connection: sqlite3.Connection, path: Path) -> tuple[Head, ...]:
    """Return the last event of every stream, sorted.

    The places are found in an index and the events in the table. As no stream has a gap, the
    places add up to the position of the last event, unless one of the two is damaged.

    Raises:
        DamagedError: Where they do not, or an event is not in its place.
    """
    rows = connection.execute(
        "SELECT position, hash, id, stream, seq, body FROM event JOIN "
        "(SELECT stream, max(seq) AS seq FROM event GROUP BY stream) USING (stream, seq) "
        "ORDER BY stream"
    ).fetchall()
    events = [_event_of(row, row[0], reread, path) for row in rows]
    for event in events:
        if sha256(event.body).hexdigest() != event.hash:
            raise damaged(path)
    (last,) = connection.execute("SELECT coalesce(max(position), 0) FROM event").fetchone()
    if sum(event.seq for event in events) != last:
        raise damaged(path)
    return tuple(Head(event.stream, event.seq, event.hash) for event in events)


def read_head(connection: sqlite3.Connection, stream: str, *, up_to: int | None = None) -> Head:
    """Return the last event of a stream, or its last one up to a place."""
    row = connection.execute(
        "SELECT stream, seq, hash FROM event WHERE stream = ? AND seq <= ? "
        "ORDER BY seq DESC LIMIT 1",
        (stream, MAX_INTEGER if up_to is None else up_to),
    ).fetchone()
    return Head(stream, 0, GENESIS) if row is None else Head(*row)


def walk(
    batches: Callable[[int], tuple[int, list[Row]]],
    *,
    after: int,
    read: Callable[[bytes, str], Event],
    head_before: Callable[[str, int], Head],
    path: Path,
) -> Iterator[Event]:
    """Give the events after a position, each checked for hash, place and link.

    Args:
        batches: Gives the count and the next rows after a position, as :func:`read_batch`.
        after: The position to start after.
        read: Makes an event out of a body and the hash stored beside it.
        head_before: Gives the head of a stream before a place in it.
        path: The file, for the sentence of a refusal.

    Raises:
        BrokenChainError: At the first event that does not follow.
        DamagedError: Where a row cannot be read, or the index holds another number of them.
    """
    chain = Chain()
    position = after
    while True:
        count, rows = batches(position)
        for row in rows:
            position += 1
            event = _event_of(row, position, read, path)
            if after and event.stream not in chain.heads:
                chain.heads[event.stream] = head_before(event.stream, event.seq)
            fault = chain.take(event)
            if fault is not None:
                raise BrokenChainError(fault)
            yield event
        if not rows:
            break
    if count != position:
        raise damaged(path)


def _event_of(row: Row, position: int, read: Callable[[bytes, str], Event], path: Path) -> Event:
    stored_at, hash_, id_, stream, seq, body = row
    if stored_at != position or not isinstance(body, bytes):
        raise damaged(path)
    try:
        event = read(body, hash_)
    except EventError:
        raise damaged(path) from None
    if (event.hash, event.id, event.stream, event.seq) != (hash_, id_, stream, seq):
        raise damaged(path)
    return event


def read_known(connection: sqlite3.Connection, events: Sequence[Event]) -> tuple[Event, ...]:
    """Return what is stored under the ids of the events of one command, if anything is.

    Raises:
        ForkError: Where only some are stored, or another content is.
    """
    rows: list[Row] = []
    for event in events:
        rows += connection.execute("SELECT body, hash FROM event WHERE id = ?", (event.id,))
    stored = tuple(reread(*row) for row in rows)
    if stored and list(map(_content, stored)) != list(map(_content, events)):
        raise ForkError(
            "Another event is stored already under the id of this one; nothing was written: "
            "close the project and open it again."
        )
    return stored


def read_hash_at(connection: sqlite3.Connection, stream: str, seq: int) -> str | None:
    """Return the hash of the event at a place, or None."""
    found = connection.execute(
        "SELECT hash FROM event WHERE stream = ? AND seq = ?", (stream, seq)
    ).fetchone()
    return None if found is None else str(found[0])


def read_hash_of_id(connection: sqlite3.Connection, event_id: str) -> str | None:
    """Return the hash of the event with an id, or None."""
    found = connection.execute("SELECT hash FROM event WHERE id = ?", (event_id,)).fetchone()
    return None if found is None else str(found[0])


def write_events(connection: sqlite3.Connection, events: Sequence[Event]) -> None:
    """Write events after the last one, in order."""
    connection.executemany(
        "INSERT INTO event (hash, id, stream, seq, body) VALUES (?, ?, ?, ?, ?)",
        [(event.hash, event.id, event.stream, event.seq, event.body) for event in events],
    )


def _content(event: Event) -> tuple[object, ...]:
    return (event.stream, event.id, event.kind, event.case, event.data)
