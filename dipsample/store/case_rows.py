"""Rows of case material, and the one row that says which project a file holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from dipsample.errors import AuditError, EventError, InputError, RefusedError
from dipsample.ledger import canonical
from dipsample.store.event_rows import Row
from dipsample.store.failures import damaged
from dipsample.store.protocol import CaseMaterial, Project, case_bytes, case_from


def write_project(connection: sqlite3.Connection, project: Project) -> None:
    """Write the one row that says which project this is."""
    body = canonical({"created": project.created, "id": project.id})
    connection.execute(
        "INSERT INTO project (sha256, body) VALUES (?, ?)", (sha256(body).hexdigest(), body)
    )


def read_project(connection: sqlite3.Connection, path: Path) -> Project:
    """Return which project a file holds.

    Raises:
        DamagedError: Where the row is not the one that was written.
    """
    rows = connection.execute("SELECT sha256, body FROM project").fetchall()
    if len(rows) != 1 or not _is_whole(*rows[0]):
        raise damaged(path)
    fields = json.loads(rows[0][1])
    return Project(id=fields["id"], created=fields["created"])


def read_all_cases(connection: sqlite3.Connection, path: Path) -> tuple[CaseMaterial, ...]:
    """Return all case material, sorted by case id.

    Raises:
        DamagedError: Where some is missing, or is not what was written.
    """
    rows = connection.execute("SELECT case_id, sha256, body FROM case_material").fetchall()
    (count,) = connection.execute(
        "SELECT count(*) FROM case_material INDEXED BY case_material_case"
    ).fetchone()
    if len(rows) != count:
        raise damaged(path)
    cases = [_case_of(row, path) for row in rows]
    return tuple(sorted(cases, key=lambda case: case.case_id))


def read_cases(
    connection: sqlite3.Connection, case_ids: Sequence[str], path: Path
) -> tuple[CaseMaterial, ...]:
    """Return the material of the cases named, sorted by case id.

    Raises:
        InputError: Where one is not kept here.
        DamagedError: Where one is not what was written.
    """
    cases: list[CaseMaterial] = []
    for case_id in sorted(set(case_ids)):
        row = connection.execute(
            "SELECT case_id, sha256, body FROM case_material WHERE case_id = ?", (case_id,)
        ).fetchone()
        if row is None:
            raise _no_such_case(connection, case_id, path)
        cases.append(_case_of(row, path))
    return tuple(cases)


def _no_such_case(connection: sqlite3.Connection, case_id: str, path: Path) -> AuditError:
    """Tell a case that never was from one that a damaged index hides."""
    hidden = connection.execute(
        "SELECT 1 FROM case_material NOT INDEXED WHERE case_id = ?", (case_id,)
    ).fetchone()
    if hidden is not None:
        return damaged(path)
    return InputError(f"There is no case {case_id} in this project; see the list of cases.")


def refuse_other_material(connection: sqlite3.Connection, cases: Sequence[CaseMaterial]) -> None:
    """Refuse cases of which other material is kept already.

    Raises:
        RefusedError: At the first one.
    """
    for case in cases:
        known = connection.execute(
            "SELECT sha256 FROM case_material WHERE case_id = ?", (case.case_id,)
        ).fetchone()
        if known is not None and known[0] != case.sha256:
            raise RefusedError(
                f"Case {case.case_id} holds another record already; only a new event changes that."
            )


def write_cases(connection: sqlite3.Connection, cases: Sequence[CaseMaterial]) -> None:
    """Write case material, in the place of what is kept under the same case ids.

    Raises:
        EventError: Where a case does not have its hash.
    """
    for case in cases:
        body = case_bytes(case)
        if not _is_whole(case.sha256, body):
            raise EventError(f"The material of case {case.case_id} does not have its hash.")
        connection.execute(
            "INSERT INTO case_material (case_id, sha256, body) VALUES (?, ?, ?) "
            "ON CONFLICT (case_id) DO UPDATE SET sha256 = excluded.sha256, body = excluded.body",
            (case.case_id, case.sha256, body),
        )


def _case_of(row: Row, path: Path) -> CaseMaterial:
    case_id, hash_, body = row
    if not _is_whole(hash_, body):
        raise damaged(path)
    case = case_from(body)
    if case.case_id != case_id:
        raise damaged(path)
    return case


def _is_whole(hash_: object, body: object) -> bool:
    return isinstance(body, bytes) and sha256(body).hexdigest() == hash_
