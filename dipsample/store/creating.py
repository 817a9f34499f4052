"""How a project file is made: complete under another name first, then under its own."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from dipsample.errors import RefusedError, SurroundingsError
from dipsample.store.case_rows import write_project
from dipsample.store.connection import connect, use_write_ahead_log
from dipsample.store.failures import translated
from dipsample.store.protocol import Project
from dipsample.store.schema import lay_out


def make_file(path: Path, *, passphrase: str | None, project: Project) -> None:
    """Make a project file that nobody but its owner can read; durable when it returns.

    A run that is killed on the way leaves no file under this name.

    Raises:
        RefusedError: Where there is a file of this name.
        SurroundingsError: Where the folder cannot be written to.
    """
    if path.exists():
        raise _there_already(path)
    draft = path.with_name(f".{path.name}.{project.id[:8]}.new")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            _fill(draft, passphrase=passphrase, project=project)
            _publish(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise SurroundingsError(
            f"{path} cannot be made ({problem.strerror}); choose a folder that you can write to."
        ) from problem


def _fill(draft: Path, *, passphrase: str | None, project: Project) -> None:
    with translated(draft), closing(connect(draft, "mode=rw", passphrase=passphrase)) as connection:
        lay_out(connection)
        write_project(connection, project)
        use_write_ahead_log(connection, draft)
    _sync(draft)


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, without replacing a file that came meanwhile."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise _there_already(path) from None
    except OSError:
        if path.exists():
            raise _there_already(path) from None
        draft.rename(path)
    if sys.platform != "win32":
        _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _there_already(path: Path) -> RefusedError:
    return RefusedError(f"There is a file at {path} already; choose another name.")
