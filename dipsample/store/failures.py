"""What a failure of the database library means, as one sentence with its exit code."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from dipsample.errors import AuditError, DamagedError, DiskError, LockedError, ReadOnlyError

BUSY_SECONDS: Final = 30
"""How long a writer waits for another one."""

_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY: Final = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_DISK: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn an error of the database library into a sentence of ours with its exit code."""
    try:
        yield
    except errors_of_drivers() as problem:
        if type(problem).__name__ == "ProgrammingError":
            raise
        raise meaning(problem, path) from problem
    except UnicodeDecodeError as problem:  # the library quotes a damaged page in its message
        raise damaged(path) from problem


def meaning(problem: Exception, path: Path) -> AuditError:
    """Return what an error of the database library means for the person at the screen."""
    code = code_of(problem)
    if code in _BUSY:
        return LockedError(
            f"Another program has held {path} for over {BUSY_SECONDS} seconds; close it there, "
            "then try again."
        )
    if code in _READ_ONLY:
        return read_only(path)
    if code in _DISK:
        return DiskError(
            f"The disk that holds {path} could not be written or read (full, or failing); "
            "make room, then try again."
        )
    return damaged(path)


def read_only(path: Path) -> ReadOnlyError:
    """Return the refusal of a write to a place that takes none."""
    return ReadOnlyError(
        f"{path}, its folder or its disk is read-only; copy the project to a folder of your own."
    )


def damaged(path: Path) -> DamagedError:
    """Return the refusal of a file that cannot be read as it was written."""
    return DamagedError(f"{path} is damaged; go back to a copy of it, and keep this one aside.")


def errors_of_drivers() -> tuple[type[Exception], ...]:
    """Return the root errors of the drivers that are loaded."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    found = (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)
    return cast(tuple[type[Exception], ...], found)


def code_of(problem: Exception) -> int | None:
    """Return SQLite's primary result code, or None where the driver itself failed."""
    extended: int | None = getattr(problem, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF
