"""One open project file: who may use it when, and what happens after a failed disk."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from dipsample.errors import DiskError
from dipsample.ledger import Event, Head
from dipsample.store.connection import Door
from dipsample.store.event_rows import read_head
from dipsample.store.failures import damaged, errors_of_drivers, read_only, translated


class Session:
    """A connection that any thread may use, one at a time."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._lock = RLock()
        self._is_closed = False
        self._acknowledged: Event | None = None
        self._connection: sqlite3.Connection | None = door.open()

    @property
    def path(self) -> Path:
        """The project file."""
        return self._door.path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection within one view of the file, whoever writes meanwhile."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection within one transaction: all of it is stored, or none.

        It takes the lock at the start, because one that reads first and then has to wait for
        the lock fails at once, however long it may wait.
        """
        if self._door.read_only:
            raise read_only(self.path)
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """Begin, then commit or roll back; after a failed disk, open the file anew the next time.

        After a failed sync nobody knows whether memory and disk still say the same of the file,
        so the connection that saw it fail is not asked again.
        """
        with self._lock:
            connection = self._live()
            try:
                with translated(self.path):
                    connection.execute(begin)
                    try:
                        yield connection
                        connection.execute("COMMIT")
                    except BaseException:
                        if connection.in_transaction:
                            with contextlib.suppress(*errors_of_drivers()):
                                connection.execute("ROLLBACK")
                        raise
            except DiskError:
                self._drop()
                raise

    def acknowledge(self, event: Event) -> None:
        """Remember what was called stored, to look for it if the file has to be opened anew."""
        self._acknowledged = event

    def close(self) -> None:
        """Give the file back; closing twice does nothing."""
        with self._lock:
            self._is_closed = True
            self._drop()

    def _live(self) -> sqlite3.Connection:
        if self._is_closed:
            raise ValueError("this store is closed")
        if self._connection is None:
            connection = self._door.open()
            if not self._holds_the_acknowledged(connection):
                connection.close()
                raise damaged(self.path)
            self._connection = connection
        return self._connection

    def _holds_the_acknowledged(self, connection: sqlite3.Connection) -> bool:
        last = self._acknowledged
        if last is None:
            return True
        with translated(self.path):
            head = read_head(connection, last.stream, up_to=last.seq)
        return head == Head(last.stream, last.seq, last.hash)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
