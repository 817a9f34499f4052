"""Results that were worked out from the events: kept to save time, and no truth.

A row that is not whole is passed over, and whoever asked works the result out again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

SINCE_LAYOUT: Final = 2
"""The first layout of a project file that has a place for them."""


def read_worked_out(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Return what is kept, by key; nothing in a file of an older layout."""
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if layout < SINCE_LAYOUT:
        return {}
    rows = connection.execute("SELECT key, sha256, body FROM worked_out").fetchall()
    return {
        key: body
        for key, hash_, body in rows
        if isinstance(key, str) and isinstance(body, bytes) and _hash(key, body) == hash_
    }


def write_worked_out(connection: sqlite3.Connection, results: Mapping[str, bytes]) -> None:
    """Keep results, in the place of what is kept under the same keys."""
    connection.executemany(
        "INSERT OR REPLACE INTO worked_out (key, sha256, body) VALUES (?, ?, ?)",
        [(key, _hash(key, body), body) for key, body in results.items()],
    )


def _hash(key: str, body: bytes) -> str:
    return sha256(key.encode() + b"\0" + body).hexdigest()
