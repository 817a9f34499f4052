"""How a project file is made and opened, from a path that a person typed."""

from __future__ import annotations

from pathlib import Path

from dipsample.store.connection import Door
from dipsample.store.creating import make_file
from dipsample.store.place import check_place
from dipsample.store.protocol import Project, Store
from dipsample.store.sqlite import SqliteStore


def create(path: Path, *, passphrase: str | None, project: Project) -> Store:
    """Make a project file and open it.

    Args:
        path: Where; its folder exists.
        passphrase: What encrypts it; None for a file that anyone can read.
        project: Which project it is, as :func:`dipsample.store.new_project` gives it.

    Raises:
        RefusedError: Where there is a file already, or the place is a network share.
        PassphraseError: Where the passphrase is empty.
        SurroundingsError: Where the folder cannot be written to.
    """
    resolved = path.resolve()
    check_place(resolved)
    make_file(resolved, passphrase=passphrase, project=project)
    return open_store(resolved, passphrase=passphrase)


def open_store(path: Path, *, passphrase: str | None, read_only: bool = False) -> Store:
    """Open a project file. Any thread may call this, and any thread may use the store.

    Args:
        path: The file.
        passphrase: None for a file that is not encrypted. Deriving the key takes a fraction of
            a second.
        read_only: Write nothing, not even beside the file where its folder cannot be written to.

    Raises:
        NoProjectError: Where there is no such file.
        PassphraseError: Where it is encrypted and no passphrase is given.
        NotAProjectError: Where the passphrase is wrong, or it is another kind of file.
        NewerProjectError: Where a newer version of the program made it.
        DamagedError: Where it cannot be read as it was written.
        NetworkShareError: Where it lies on a network filesystem.
        ReadOnlyError: Where it cannot be written to, and ``read_only`` was not asked for.
        SurroundingsError: Where disk or lock failed.
    """
    resolved = path.resolve()
    warnings = check_place(resolved)
    door = Door(resolved, passphrase=passphrase, read_only=read_only)
    return SqliteStore(door, warnings=warnings)
