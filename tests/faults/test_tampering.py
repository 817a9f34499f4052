"""Another program edits rows: reading, verification or the digest shows it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dipsample.errors import AuditError, BrokenChainError, DamagedError
from dipsample.ledger import Event, canonical
from dipsample.store import Store, open_store


class Tampering:
    """Another program that takes our triggers away, edits, and puts them back."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        found = self.connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        self.triggers = [sql for _name, sql in found]
        for name, _sql in found:
            self.connection.execute(f"DROP TRIGGER {name}")
        return self.connection

    def __exit__(self, *_reason: object) -> None:
        for sql in self.triggers:
            self.connection.execute(sql)
        self.connection.close()


def edit(connection: sqlite3.Connection) -> None:
    connection.execute(
        "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'yes', 'nay') AS BLOB) "
        "WHERE stream = 'ben.2' AND seq = 7"
    )


def edit_and_hash(connection: sqlite3.Connection) -> None:
    edit(connection)
    where = "stream = 'ben.2' AND seq = 7"
    (body,) = connection.execute(f"SELECT body FROM event WHERE {where}").fetchone()
    connection.execute(f"UPDATE event SET hash = ? WHERE {where}", (sha256(body).hexdigest(),))


def respace(connection: sqlite3.Connection) -> None:
    (body,) = connection.execute(
        "SELECT body FROM event WHERE stream = 'ben.2' AND seq = 20"
    ).fetchone()
    body = body.replace(b'"yes"', b' "yes"')
    connection.execute(
        "UPDATE event SET body = ?, hash = ? WHERE stream = 'ben.2' AND seq = 20",
        (body, sha256(body).hexdigest()),
    )


def remove(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM event WHERE stream = 'ben.2' AND seq = 7")


def remove_and_close_up(connection: sqlite3.Connection) -> None:
    remove(connection)
    connection.execute("UPDATE event SET position = position - 1 WHERE position > 27")


def swap(connection: sqlite3.Connection) -> None:
    for old, new in ((27, 1000), (28, 27), (1000, 28)):
        connection.execute("UPDATE event SET position = ? WHERE position = ?", (new, old))


def relabel(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE event SET id = 'another' WHERE stream = 'ben.2' AND seq = 7")


def swap_cases(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE case_material SET case_id = 'C-0009' WHERE case_id = 'C-0002'")


def edit_case(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE case_material SET body = x'00' WHERE case_id = 'C-0002'")


@pytest.mark.parametrize(
    ("change", "expected", "seq"),
    [
        (edit, BrokenChainError, 7),
        (edit_and_hash, BrokenChainError, 8),
        (remove, DamagedError, None),
        (remove_and_close_up, BrokenChainError, 7),
        (swap, BrokenChainError, 7),
        (relabel, DamagedError, None),
    ],
)
def test_a_tampered_event_is_found_by_verification_and_by_reading(
    tmp_path: Path,
    plain_sample: Any,
    change: Callable[[sqlite3.Connection], None],
    expected: type[AuditError],
    seq: int | None,
) -> None:
    with closing(tampered(tmp_path, plain_sample, change)) as store:
        verdict = store.verify()
        assert verdict.problem is not None
        assert (None if verdict.fault is None else verdict.fault.seq) == seq
        with pytest.raises(expected) as refusal:
            list(store.events())
        assert refusal.value.exit_code == 4
        if seq is not None:
            assert f"Event {seq} of the stream ben.2" in str(refusal.value)


@pytest.mark.parametrize("change", [respace, swap_cases, edit_case])
def test_other_tampering_is_found_by_verification(
    tmp_path: Path, plain_sample: Any, change: Callable[[sqlite3.Connection], None]
) -> None:
    with closing(tampered(tmp_path, plain_sample, change)) as store:
        assert store.verify().problem is not None


def test_a_rewritten_chain_has_another_digest(tmp_path: Path, plain_sample: Any) -> None:
    def rewrite(connection: sqlite3.Connection) -> None:
        prev = plain_sample.events[-2].hash
        last: Event = plain_sample.events[-1]
        fields = {key: getattr(last, key) for key in ("case", "id", "kind", "nonce", "time")}
        body = canonical(
            {**fields, "data": {"v": 1}, "prev": prev, "seq": last.seq, "stream": last.stream}
        )
        connection.execute(
            "UPDATE event SET body = ?, hash = ? WHERE position = 40",
            (body, sha256(body).hexdigest()),
        )

    with closing(tampered(tmp_path, plain_sample, lambda _connection: None)) as store:
        printed = store.digest()
        assert store.verify().digest == printed
    with closing(tampered(tmp_path, plain_sample, rewrite)) as store:
        verdict = store.verify()
        assert verdict.problem is None
        assert verdict.digest != printed


def tampered(
    folder: Path, plain_sample: Any, change: Callable[[sqlite3.Connection], None]
) -> Store:
    path = folder / "tampered.dip"
    path.write_bytes(plain_sample.content)
    with Tampering(path) as connection:
        change(connection)
    return open_store(path, passphrase=None)
