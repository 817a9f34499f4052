"""How a project file is opened: the statements, their order, and what a failure means.

The order matters. `synchronous=EXTRA` comes before `journal_mode=WAL`, because the change to
WAL unlinks a rollback journal, and below EXTRA the folder is not synced: after a power cut the
journal can come back and undo what was acknowledged. The key comes before anything is read, and
what distrusts the file comes before `synchronous`, which reads it.

`sqlite3` reads plain files, `sqlcipher3` encrypted ones; both speak the same DB-API, so one
connection type stands for both.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Final, cast

from dipsample.errors import (
    NoProjectError,
    NotAProjectError,
    PassphraseError,
    ReadOnlyError,
    SurroundingsError,
)
from dipsample.store.failures import (
    BUSY_SECONDS,
    code_of,
    damaged,
    errors_of_drivers,
    read_only,
    translated,
)
from dipsample.store.schema import bring_up_to_date, check_header, check_tables, is_older

MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = struct.Struct(">60xi4xi28x")
_LEAST_BYTES: Final = 512
_SETTINGS: Final = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    f"busy_timeout = {BUSY_SECONDS * 1000}",
    "synchronous = EXTRA",
)


@dataclass(frozen=True, slots=True)
class Door:
    """Everything that is needed to open one project file, again and again."""

    path: Path
    """The resolved path of the file."""
    passphrase: str | None = field(repr=False)
    """None for a file that is not encrypted."""
    read_only: bool = False

    def open(self) -> sqlite3.Connection:
        """Return a connection to a file that was found to be a project of ours.

        Raises:
            AuditError: As :func:`dipsample.store.open_store`.
        """
        check_file(self.path, encrypted=self.passphrase is not None)
        if not self.read_only:
            _check_writable(self.path)
            return self._open("mode=rw")
        try:
            return self._open("mode=ro")
        except SurroundingsError:
            if self.path.with_name(f"{self.path.name}-wal").exists():
                raise ReadOnlyError(
                    f"{self.path} was not closed, and its folder cannot be written to; "
                    "copy the file and the one ending in -wal to another folder."
                ) from None
            return self._open("immutable=1")

    def _open(self, how: str) -> sqlite3.Connection:
        with translated(self.path):
            try:
                connection = connect(self.path, how, passphrase=self.passphrase)
            except errors_of_drivers() as problem:
                if self.passphrase is None or code_of(problem) != sqlite3.SQLITE_NOTADB:
                    raise
                raise NotAProjectError(
                    f"Wrong passphrase, or {self.path} is not a dipsample project; try again."
                ) from None
            try:
                self._check(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        application_id = int(str(_ask(connection, "application_id")))
        user_version = int(str(_ask(connection, "user_version")))
        check_header(application_id, user_version, self.path)
        if not self.read_only:
            use_write_ahead_log(connection, self.path)
        check_tables(connection, user_version, self.path)
        if not self.read_only and is_older(user_version):
            bring_up_to_date(connection)


def connect(path: Path, how: str, *, passphrase: str | None) -> sqlite3.Connection:
    """Open a database file, give it its key, and ask for the strictest syncing.

    Args:
        path: The resolved path of the file.
        how: The query of SQLite's URI, such as ``mode=rw``.
        passphrase: None for a file that is not encrypted. SQLCipher derives the key itself, at
            the first read; other threads run meanwhile.

    Raises:
        PassphraseError: Where the passphrase is empty, with which SQLCipher would not encrypt.
    """
    if passphrase == "":
        raise PassphraseError("An empty passphrase does not encrypt; give one.")
    connection = cast(
        sqlite3.Connection,
        driver(encrypted=passphrase is not None).connect(
            f"{path.as_uri()}?{how}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        ),
    )
    try:
        if passphrase is not None:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA hexkey = '{passphrase.encode().hex()}'")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def use_write_ahead_log(connection: sqlite3.Connection, path: Path) -> None:
    """Switch to the write-ahead log; call it after :func:`connect` only.

    Raises:
        SurroundingsError: Where the filesystem cannot carry one.
    """
    if _ask(connection, "journal_mode = WAL") != "wal":
        raise SurroundingsError(
            f"{path} cannot have a write-ahead log in this folder; move it to a local disk."
        )


def driver(*, encrypted: bool) -> ModuleType:
    """Return the DB-API module for a file; SQLCipher is loaded only where it is needed."""
    if not encrypted:
        return sqlite3
    from sqlcipher3 import dbapi2

    return cast(ModuleType, dbapi2)


def is_encrypted(path: Path) -> bool:
    """Say whether a file lacks the plain header of SQLite, as an encrypted project does.

    An encrypted file begins with random bytes; one that has half of the header's letters in their
    places is a plain file that was damaged.

    Raises:
        NoProjectError: Where there is no such file.
        SurroundingsError: Where it cannot be read.
    """
    return not _looks_plain(_first_bytes(path))


def check_file(path: Path, *, encrypted: bool) -> None:
    """Refuse, before any library touches it, a file that cannot be a project.

    Args:
        path: The file.
        encrypted: Whether a passphrase was given.

    Raises:
        NoProjectError: Where there is none.
        NotAProjectError: Where it is something else, or not encrypted while a passphrase is given.
        DamagedError: Where it is a plain file with a header that cannot be right.
        PassphraseError: Where it is encrypted and no passphrase is given.
    """
    first = _first_bytes(path)
    if len(first) < _HEADER.size or path.stat().st_size < _LEAST_BYTES:
        raise NotAProjectError(f"{path} is not a dipsample project; check the path.")
    if not _looks_plain(first):
        if not encrypted:
            raise PassphraseError(f"{path} is encrypted, or not a project; give its passphrase.")
        return
    if not first.startswith(MAGIC):
        raise damaged(path)
    user_version, application_id = _HEADER.unpack(first)
    check_header(application_id, user_version, path)
    if encrypted:
        raise NotAProjectError(
            f"{path} is not encrypted, though a passphrase was given; make sure that it is the "
            "file you mean, and open it without one."
        )


def _looks_plain(first: bytes) -> bool:
    same = sum(found == expected for found, expected in zip(first, MAGIC, strict=False))
    return 2 * same >= len(MAGIC)


def _ask(connection: sqlite3.Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return None if row is None else row[0]


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEADER.size)
    except (FileNotFoundError, NotADirectoryError):
        raise NoProjectError(
            f"There is no project at {path}; check the path, or make one with dipsample init."
        ) from None
    except OSError as problem:
        raise SurroundingsError(f"{path} cannot be read ({problem.strerror}).") from problem


def _check_writable(path: Path) -> None:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise read_only(path)
