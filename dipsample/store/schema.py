"""The tables of a project file, and how a file is known to be one.

A project file says what it is in the header that SQLite keeps for this (`application_id` and
`user_version`), and its tables, indexes and triggers are compared with ours word for word
before any of its data is read.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

from dipsample.errors import NewerProjectError, NotAProjectError

APPLICATION_ID: Final = 0x64697053
"""The letters dipS."""

_FOLDER: Final = Path(__file__).with_name("migrations")


@cache
def scripts() -> tuple[str, ...]:
    """Return the text of the numbered migrations, in order."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.sql")))


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, in one transaction."""
    tables = "\n".join(scripts())
    connection.executescript(
        f"BEGIN IMMEDIATE;\nPRAGMA application_id = {APPLICATION_ID};\n"
        f"PRAGMA user_version = {len(scripts())};\n{tables}\nCOMMIT;"
    )


def check_header(application_id: int, user_version: int, path: Path) -> None:
    """Refuse a file that does not say in its header that it is a project.

    Raises:
        NotAProjectError: Where it is the file of another program.
    """
    if application_id != APPLICATION_ID or user_version < 1:
        raise NotAProjectError(f"{path} is not a dipsample project; check the path.")


def check_tables(connection: sqlite3.Connection, user_version: int, path: Path) -> None:
    """Refuse a file whose tables, indexes, views or triggers are not exactly ours.

    Raises:
        NewerProjectError: Where a newer version of the program made them.
        NotAProjectError: Where one differs, is missing, or is too many.
    """
    if user_version <= len(scripts()) and _tables_of(connection) == _expected(user_version):
        return
    if user_version > len(scripts()):
        raise NewerProjectError(
            f"{path} was made by a newer version of dipsample (it has layout {user_version}, this "
            f"version knows {len(scripts())}); install the newer version."
        )
    raise NotAProjectError(
        f"{path} does not have the tables of a dipsample project: it was changed by another "
        "program, or is damaged; go back to a copy of it."
    )


def _tables_of(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return sorted(found.fetchall(), key=repr)


def is_older(user_version: int) -> bool:
    """Say whether an older version of the program laid the file out."""
    return user_version < len(scripts())


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Give a file of an older layout the tables that were added since, in one transaction.

    Another process may do the same meanwhile: the layout is read once more within it.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        for script in scripts()[layout:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(scripts())}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """Return the statements of a script; `executescript` would end the transaction."""
    statements, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            statements.append(begun)
            begun = ""
    return statements


@cache
def _expected(layout: int) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript("\n".join(scripts()[:layout]))
        return _tables_of(connection)
    finally:
        connection.close()
