"""The store in one file: SQLCipher where there is a passphrase, SQLite where there is none.

Every write is one `BEGIN IMMEDIATE` to `COMMIT` with the events of one command. Every read goes
by position, which counts from 1 without gaps in the order in which this file took the events, and
ends by comparing the number of rows read with the number that an index holds: a damaged page
that hides rows of the one does not hide them in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from dipsample.errors import (
    AuditError,
    BrokenChainError,
    ChangedMeanwhileError,
    EventError,
    SurroundingsError,
)
from dipsample.ledger import Chain, Event, Head, digest, parse, reread
from dipsample.store.case_rows import (
    read_all_cases,
    read_cases,
    read_project,
    refuse_other_material,
    write_cases,
)
from dipsample.store.connection import Door
from dipsample.store.event_rows import (
    Row,
    read_batch,
    read_hash_at,
    read_hash_of_id,
    read_head,
    read_heads,
    read_known,
    walk,
    write_events,
)
from dipsample.store.failures import damaged
from dipsample.store.merging import new_events
from dipsample.store.protocol import CaseMaterial, Verdict
from dipsample.store.session import Session
from dipsample.store.worked_out import read_worked_out, write_worked_out


class SqliteStore:
    """A project file; the methods are those of :class:`dipsample.store.protocol.Store`."""

    def __init__(self, door: Door, *, warnings: tuple[str, ...] = ()) -> None:
        self.warnings = warnings
        self.read_only = door.read_only
        self._session = Session(door)
        try:
            with self._session.reading() as connection:
                self.project = read_project(connection, door.path)
        except BaseException:
            self.close()
            raise

    def append(
        self,
        stream: str,
        expected_seq: int,
        events: Sequence[Event],
        *,
        cases: Sequence[CaseMaterial] = (),
    ) -> tuple[Event, ...]:
        """Write the events of one command and its case material, or nothing."""
        if not events:
            self.put_cases(cases)
            return ()
        _check_sealed(stream, events)
        with self._session.writing() as connection:
            stored = read_known(connection, events)
            if not stored:
                head = read_head(connection, stream)
                if head.seq != expected_seq:
                    raise ChangedMeanwhileError(
                        f"Somebody else wrote to the stream {stream} meanwhile; nothing was "
                        "stored: look at what is new, then try again."
                    )
                _check_follow(head, events)
                write_events(connection, events)
                write_cases(connection, cases)
        self._session.acknowledge(events[-1] if not stored else stored[-1])
        return stored or tuple(events)

    def events(self, after: int | None = None, stream: str | None = None) -> Iterator[Event]:
        """Give the events in the order in which this store took them."""
        walked = self._walk(after or 0, reread)
        return (event for event in walked if stream is None or event.stream == stream)

    def merge(self, bodies: Iterable[bytes]) -> tuple[Event, ...]:
        """Take in events written elsewhere: the set union, all or nothing."""
        with self._session.writing() as connection:
            new = new_events(
                bodies,
                heads=read_heads(connection, self._session.path),
                hash_at=partial(read_hash_at, connection),
                hash_of_id=partial(read_hash_of_id, connection),
            )
            write_events(connection, new)
        return new

    def heads(self) -> tuple[Head, ...]:
        """Return the last event of every stream, sorted."""
        with self._session.reading() as connection:
            return read_heads(connection, self._session.path)

    def digest(self) -> str:
        """Return the digest of the heads."""
        return digest(self.heads())

    def put_cases(self, cases: Sequence[CaseMaterial]) -> None:
        """Keep the material of drawn records; other material under a known case id is refused."""
        if cases:
            with self._session.writing() as connection:
                refuse_other_material(connection, cases)
                write_cases(connection, cases)

    def cases(self, case_ids: Sequence[str] | None = None) -> tuple[CaseMaterial, ...]:
        """Return case material sorted by case id; all of it, or of the cases named."""
        with self._session.reading() as connection:
            if case_ids is None:
                return read_all_cases(connection, self._session.path)
            return read_cases(connection, case_ids, self._session.path)

    def worked_out(self) -> dict[str, bytes]:
        """Return results that were kept to save time, by key."""
        with self._session.reading() as connection:
            return read_worked_out(connection)

    def keep_worked_out(self, results: Mapping[str, bytes]) -> None:
        """Keep results that follow from the events."""
        with self._session.writing() as connection:
            write_worked_out(connection, results)

    def verify(self) -> Verdict:
        """Read everything, strictly, and say what the first fault is."""
        heads: dict[str, Head] = {}
        count = 0
        problem: AuditError | None = None
        try:
            for event in self._walk(0, _parse_again):
                heads[event.stream] = Head(event.stream, event.seq, event.hash)
                count += 1
            self.cases()
            self._check_pages()
        except SurroundingsError:
            raise
        except AuditError as found:
            problem = found
        return Verdict(
            events=count,
            heads=tuple(sorted(heads.values())),
            digest=digest(heads.values()),
            problem=None if problem is None else str(problem),
            fault=problem.fault if isinstance(problem, BrokenChainError) else None,
        )

    def close(self) -> None:
        """Give the file back; closing twice does nothing."""
        self._session.close()

    def _walk(self, after: int, read: Callable[[bytes, str], Event]) -> Iterator[Event]:
        return walk(
            self._batch,
            after=after,
            read=read,
            head_before=self._head_before,
            path=self._session.path,
        )

    def _batch(self, position: int) -> tuple[int, list[Row]]:
        with self._session.reading() as connection:
            return read_batch(connection, position)

    def _head_before(self, stream: str, seq: int) -> Head:
        with self._session.reading() as connection:
            return read_head(connection, stream, up_to=seq - 1)

    def _check_pages(self) -> None:
        with self._session.reading() as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if found != [("ok",)]:
            raise damaged(self._session.path)


def _parse_again(body: bytes, hash_beside_it: str) -> Event:
    event = parse(body)
    return event if event.hash == hash_beside_it else reread(body, hash_beside_it)


def _check_sealed(stream: str, events: Sequence[Event]) -> None:
    for event in events:
        if event.stream != stream or parse(event.body) != event:
            raise EventError("An event is not the one that its bytes say, or of another stream.")


def _check_follow(head: Head, events: Sequence[Event]) -> None:
    chain = Chain([head])
    for event in events:
        fault = chain.take(event)
        if fault is not None:
            raise BrokenChainError(fault)
