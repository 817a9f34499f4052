"""The disk runs full while answers are being written."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from dipsample.errors import DamagedError, DiskError
from dipsample.ledger import GENESIS, Draft, Event, Head, seal
from dipsample.store import Project, Store, create, open_store
from dipsample.surroundings import SystemEntropy

STREAM = "anna.1"
MOMENT = "2025-03-31T09:00:00Z"


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let every write of this process beyond a size fail, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def next_events(store: Store) -> tuple[Event, ...]:
    head = next(iter(store.heads()), Head(STREAM, 0, GENESIS))
    draft = Draft("NoteSet", "C-0001", {"v": 1, "note": "x" * 3000})
    return seal([draft], stream=STREAM, head=head, time=MOMENT, entropy=SystemEntropy())


@pytest.fixture(params=[None, "only for made up cases"], ids=["plain", "encrypted"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    project = Project(id="a" * 32, created=MOMENT)
    path = tmp_path / "audit.dip"
    with closing(create(path, passphrase=request.param, project=project)) as made:
        yield made


def fill(store: Store, tried: list[Event]) -> None:
    for _ in range(200):
        tried += next_events(store)
        store.append(STREAM, tried[-1].seq - 1, tried[-1:])


def test_a_full_disk_loses_nothing_acknowledged_and_the_retry_succeeds(store: Store) -> None:
    tried: list[Event] = []
    with files_no_longer_than(600_000):
        with pytest.raises(DiskError, match="make room") as refusal:
            fill(store, tried)
        assert refusal.value.exit_code == 7
        assert len(tried) > 10
        assert list(store.events()) == tried[:-1]
    assert list(store.append(STREAM, tried[-1].seq - 1, tried[-1:])) == tried[-1:]
    assert list(store.events()) == tried
    assert store.verify().problem is None


def test_a_full_disk_at_the_start_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "audit.dip"
    with files_no_longer_than(2_000), pytest.raises(DiskError):
        create(path, passphrase=None, project=Project(id="a" * 32, created=MOMENT))
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_put_in_the_place_of_ours_is_noticed_after_a_failure(
    tmp_path: Path,
) -> None:
    path = tmp_path / "audit.dip"
    with closing(
        create(path, passphrase=None, project=Project(id="a" * 32, created=MOMENT))
    ) as store:
        older = path.read_bytes()
        for _ in range(4):
            events = next_events(store)
            store.append(STREAM, events[0].seq - 1, events)
        with files_no_longer_than(1_000), pytest.raises(DiskError):
            store.append(STREAM, 4, next_events(store))
        for left in tmp_path.glob("audit.dip-*"):
            left.unlink()
        path.write_bytes(older)
        with pytest.raises(DamagedError):
            store.heads()
    with closing(open_store(path, passphrase=None)) as reopened:
        assert list(reopened.events()) == []
