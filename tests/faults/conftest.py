"""Small projects to be damaged."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dipsample.ledger import GENESIS, Draft, Event, Head, seal
from dipsample.store import CaseMaterial, Project, case_material, create
from dipsample.surroundings import FixedEntropy

PASSPHRASE = "only for made up cases"
ROUNDS_OF_SQLCIPHER_4 = 256_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A closed project file and what is in it."""

    content: bytes
    passphrase: str | None
    events: tuple[Event, ...]
    cases: tuple[CaseMaterial, ...]

    @property
    def heads(self) -> tuple[Head, ...]:
        """The last events of the two streams."""
        return tuple(
            Head(event.stream, event.seq, event.hash)
            for event in (self.events[19], self.events[39])
        )


def _history() -> Iterable[Event]:
    entropy = FixedEntropy("faults")
    for stream in ("anna.1", "ben.2"):
        drafts = [
            Draft("AnswerSet", f"C-{number:04}", {"v": 1, "question": "A3", "new": "yes"})
            for number in range(1, 21)
        ]
        yield from seal(
            drafts,
            stream=stream,
            head=Head(stream, 0, GENESIS),
            time="2025-03-31T09:00:00Z",
            entropy=entropy,
        )


@pytest.fixture(scope="module")
def cheap_keys() -> Iterator[None]:
    """Derive keys in 4 rounds, so that a file can be opened thousands of times."""
    cipher = importlib.import_module("sqlcipher3.dbapi2")
    with closing(cipher.connect(":memory:")) as connection:
        connection.execute("PRAGMA cipher_default_kdf_iter = 4")
        yield
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {ROUNDS_OF_SQLCIPHER_4}")


def _make(path: Path, passphrase: str | None) -> Sample:
    """Make a project of 40 events and 3 cases."""
    events = tuple(_history())
    cases = tuple(
        case_material(f"C-{number:04}", f"r-{number}", kept={}, record={"text": "made up"})
        for number in range(1, 4)
    )
    project = Project(id="0123456789abcdef" * 2, created="2025-03-31T09:00:00Z")
    with closing(create(path, passphrase=passphrase, project=project)) as store:
        store.append("anna.1", 0, events[:20], cases=cases)
        store.append("ben.2", 0, events[20:])
    return Sample(path.read_bytes(), passphrase, events, cases)


@pytest.fixture(scope="module", params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cheap_keys: None
) -> Sample:
    """A project file, plain and encrypted."""
    return _make(tmp_path_factory.mktemp("sample") / "audit.dip", request.param)


@pytest.fixture(scope="module")
def plain_sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A project file that other programs can read."""
    return _make(tmp_path_factory.mktemp("sample") / "audit.dip", None)


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory where the system has one: for thousands of files of one look each."""
    memory = Path("/dev/shm")  # noqa: S108 - nothing that matters is put there
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)
