"""How a file is made, recognised and refused."""

from __future__ import annotations

import importlib
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest

from dipsample.errors import (
    AuditError,
    NetworkShareError,
    NewerProjectError,
    NoProjectError,
    NotAProjectError,
    PassphraseError,
    ReadOnlyError,
    RefusedError,
    SurroundingsError,
)
from dipsample.ledger import Event
from dipsample.store import Project, Store, case_material, create, is_encrypted, open_store, place
from dipsample.store.connection import Door

Sealer = Callable[..., tuple[Event, ...]]
Opener = Callable[..., Store]

ANNA = "anna.00000001"
PASSPHRASE = "it's only for made up cases"
KNOWN_TEXT = "the caller asked for someone to come quickly"


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any other program sees it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def test_only_its_owner_can_read_a_new_file(store: Store, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(item.name for item in path.parent.iterdir() if "-" not in item.name) == [
        "audit.dip"
    ]
    store.close()
    assert [item.name for item in path.parent.iterdir()] == ["audit.dip"]


def test_an_existing_file_is_never_written_over(path: Path, project: Project) -> None:
    path.write_text("my diary")
    with pytest.raises(RefusedError, match="already"):
        create(path, passphrase=None, project=project)
    assert path.read_text() == "my diary"


def test_a_file_without_hard_links_is_made_all_the_same(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise PermissionError("no hard links on this disk")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    with closing(create(path, passphrase=None, project=project)) as made:
        assert made.project == project
        with pytest.raises(RefusedError, match="already"):
            create(path, passphrase=None, project=project)


def test_a_missing_folder_is_one_sentence(tmp_path: Path, project: Project) -> None:
    with pytest.raises(SurroundingsError, match="folder"):
        create(tmp_path / "nowhere" / "a.dip", passphrase=None, project=project)


def test_a_missing_file_is_not_made_by_opening(path: Path) -> None:
    for action in (lambda: open_store(path, passphrase=None), lambda: is_encrypted(path)):
        with pytest.raises(NoProjectError, match="dipsample init"):
            action()
    assert not path.exists()


@pytest.fixture
def encrypted(path: Path, project: Project, sealed: Sealer) -> Path:
    with closing(create(path, passphrase=PASSPHRASE, project=project)) as made:
        case = case_material("C-0001", "r-1", kept={}, record={"text": KNOWN_TEXT})
        made.append(ANNA, 0, sealed([KNOWN_TEXT]), cases=[case])
    return path


def test_a_wrong_passphrase_is_one_sentence_and_no_noise(
    encrypted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotAProjectError, match="Wrong passphrase, or") as bad:
        open_store(encrypted, passphrase="another one altogether")
    assert bad.value.exit_code == 4
    assert "another one" not in str(bad.value)
    assert capfd.readouterr() == ("", "")


def test_a_passphrase_is_asked_for_where_it_is_needed_only(
    encrypted: Path, tmp_path: Path, project: Project
) -> None:
    assert is_encrypted(encrypted)
    with pytest.raises(PassphraseError):
        open_store(encrypted, passphrase=None)
    plain = tmp_path / "plain.dip"
    create(plain, passphrase=None, project=project).close()
    assert not is_encrypted(plain)
    with pytest.raises(NotAProjectError, match="not encrypted"):
        open_store(plain, passphrase=PASSPHRASE)


def test_an_empty_passphrase_does_not_make_a_plain_file(path: Path, project: Project) -> None:
    with pytest.raises(PassphraseError, match="empty"):
        create(path, passphrase="", project=project)
    assert list(path.parent.iterdir()) == []


def test_no_text_is_readable_in_an_encrypted_file_or_its_log(encrypted: Path) -> None:
    with closing(open_store(encrypted, passphrase=PASSPHRASE)) as opened:
        case = case_material("C-0002", "r-2", kept={}, record={"text": KNOWN_TEXT})
        opened.put_cases([case])
        files = {item.name: item.read_bytes() for item in encrypted.parent.iterdir()}
    assert len(files["audit.dip-wal"]) > 0
    for content in files.values():
        assert KNOWN_TEXT.encode() not in content
        assert b"C-0001" not in content
        assert b"CREATE TABLE" not in content


def test_the_standard_tool_opens_an_encrypted_file(encrypted: Path) -> None:
    tool = importlib.import_module("sqlcipher3.dbapi2")
    with closing(tool.connect(str(encrypted))) as connection:
        connection.execute("PRAGMA key = 'it''s only for made up cases'")
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (1,)


def test_a_store_may_be_opened_in_one_thread_and_used_in_another(encrypted: Path) -> None:
    opened: list[Store] = []
    thread = threading.Thread(
        target=lambda: opened.append(open_store(encrypted, passphrase=PASSPHRASE))
    )
    thread.start()
    thread.join()
    with closing(opened[0]) as store:
        assert len(list(store.events())) == 1


def test_a_file_of_another_program_is_refused_untouched(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE places (id)")
    before = path.read_bytes()
    with pytest.raises(NotAProjectError, match="not a dipsample project"):
        open_store(path, passphrase=None)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"id,area\n1,North\n" * 100])
def test_what_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for passphrase in (None, PASSPHRASE):
        with pytest.raises(AuditError) as refusal:
            open_store(path, passphrase=passphrase)
        assert refusal.value.exit_code in (2, 4)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER more AFTER INSERT ON event BEGIN SELECT 1; END",
        "CREATE VIEW more AS SELECT * FROM event",
        "CREATE TABLE more (id)",
        "DROP TRIGGER event_is_not_changed",
        "DROP INDEX event_hash",
        "ALTER TABLE event ADD COLUMN more TEXT",
    ],
)
def test_a_file_with_other_tables_triggers_or_views_is_refused(
    plain_store: Store, path: Path, statement: str
) -> None:
    plain_store.close()
    with raw(path) as connection:
        connection.execute(statement)
    with pytest.raises(NotAProjectError, match="tables"):
        open_store(path, passphrase=None)


def test_a_file_of_a_newer_version_names_the_layout_needed(plain_store: Store, path: Path) -> None:
    plain_store.close()
    with raw(path) as connection:
        connection.execute("CREATE TABLE more (id)")
        connection.execute("PRAGMA user_version = 3")
    with pytest.raises(NewerProjectError, match="layout 3") as refusal:
        open_store(path, passphrase=None)
    assert refusal.value.exit_code == 5


@pytest.mark.parametrize("statement", ["UPDATE event SET seq = 9", "DELETE FROM event"])
def test_the_file_itself_refuses_to_change_or_remove_events(
    plain_store: Store, path: Path, sealed: Sealer, statement: str
) -> None:
    plain_store.append(ANNA, 0, sealed(["a"]))
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(statement)


class Noting(sqlite3.Connection):
    """A connection that notes what it is told."""

    told: ClassVar[list[str]] = []

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        Noting.told.append(sql)
        return super().execute(sql, *parameters)


def test_syncing_is_asked_for_before_the_log_is_switched(
    plain_store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Noting, "told", [])
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Noting))
    with closing(Door(path, passphrase=None).open()) as connection:
        told = list(Noting.told)
        found = [
            connection.execute(f"PRAGMA {setting}").fetchone()[0]
            for setting in ("synchronous", "journal_mode", "trusted_schema", "cell_size_check")
        ]
    assert found == [3, "wal", 0, 1]
    assert told.index("PRAGMA trusted_schema = OFF") < told.index("PRAGMA synchronous = EXTRA")
    assert told.index("PRAGMA synchronous = EXTRA") < told.index("PRAGMA journal_mode = WAL")
    reads = [number for number, sql in enumerate(told) if "sqlite_master" in sql]
    assert all(told.index("PRAGMA application_id") < number for number in reads)
    assert not any(" FROM event" in sql or " FROM project" in sql for sql in told)


@contextmanager
def as_another_user() -> Iterator[None]:
    """Give up the rights of root, which no folder is read-only to."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_read_only_folder_can_be_read_on_request_only(
    project: Project, sealed: Sealer, passphrase: str | None
) -> None:
    events = sealed(["a"])
    with TemporaryDirectory() as name:
        path = Path(name) / "audit.dip"
        with closing(create(path, passphrase=passphrase, project=project)) as made:
            made.append(ANNA, 0, events)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        with as_another_user():
            with pytest.raises(ReadOnlyError, match="read-only"):
                open_store(path, passphrase=passphrase)
            with closing(open_store(path, passphrase=passphrase, read_only=True)) as reader:
                assert list(reader.events()) == list(events)
            assert [item.name for item in path.parent.iterdir()] == ["audit.dip"]
        path.parent.chmod(0o755)


def test_a_read_only_folder_with_an_unclosed_file_names_the_way_out(
    plain_store: Store, path: Path, sealed: Sealer
) -> None:
    plain_store.append(ANNA, 0, sealed(["a"]))
    with TemporaryDirectory() as name:
        copy = Path(name) / "audit.dip"
        for end in ("", "-wal"):
            source = path.with_name(f"{path.name}{end}")
            copy.with_name(f"{copy.name}{end}").write_bytes(source.read_bytes())
        copy.parent.chmod(0o555)
        with as_another_user(), pytest.raises(ReadOnlyError, match="-wal"):
            open_store(copy, passphrase=None, read_only=True)
        copy.parent.chmod(0o755)


def test_a_network_share_is_refused_before_anything_is_read(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "network_type", lambda _folder: "nfs4")
    actions: list[Callable[[], Store]] = [
        lambda: open_store(path, passphrase=None),
        lambda: create(path, passphrase=None, project=project),
    ]
    for action in actions:
        with pytest.raises(NetworkShareError, match="nfs4") as refusal:
            action()
        assert refusal.value.exit_code == 5
    assert list(path.parent.iterdir()) == []


def test_a_synchronised_folder_is_a_warning(tmp_path: Path, project: Project) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with closing(create(folder / "a.dip", passphrase=None, project=project)) as made:
        assert len(made.warnings) == 1
        assert "Dropbox" in made.warnings[0]


def test_a_quiet_place_gives_no_warning(plain_store: Store) -> None:
    assert plain_store.warnings == ()
