"""Stores on disk, and events to put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from dipsample.ledger import GENESIS, Draft, Event, Head, seal
from dipsample.store import Project, Store, create, open_store
from dipsample.surroundings import Entropy, SystemEntropy

PASSPHRASE = "only for made up cases"
MOMENT = "2025-03-31T09:00:00Z"

Sealer = Callable[..., tuple[Event, ...]]
Opener = Callable[..., Store]


@pytest.fixture
def entropy() -> Entropy:
    return SystemEntropy()


@pytest.fixture
def sealed(entropy: Entropy) -> Sealer:
    """Seal events with the given answers after a head."""

    def make(
        answers: Sequence[str], *, stream: str = "anna.00000001", head: Head | None = None
    ) -> tuple[Event, ...]:
        drafts = [Draft("AnswerSet", "C-0001", {"v": 1, "answer": answer}) for answer in answers]
        start = head or Head(stream, 0, GENESIS)
        return seal(drafts, stream=stream, head=start, time=MOMENT, entropy=entropy)

    return make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.dip"


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    value: str | None = request.param
    return value


@pytest.fixture
def project() -> Project:
    return Project(id="0123456789abcdef" * 2, created=MOMENT)


@pytest.fixture
def reopen(path: Path, passphrase: str | None) -> Iterator[Opener]:
    """Open the project file once more; closed at the end of the test."""
    with ExitStack() as stack:

        def once_more(*, read_only: bool = False) -> Store:
            opened = open_store(path, passphrase=passphrase, read_only=read_only)
            return stack.enter_context(closing(opened))

        yield once_more


@pytest.fixture
def store(path: Path, passphrase: str | None, project: Project) -> Iterator[Store]:
    with closing(create(path, passphrase=passphrase, project=project)) as made:
        yield made


@pytest.fixture
def plain_store(path: Path, project: Project) -> Iterator[Store]:
    with closing(create(path, passphrase=None, project=project)) as made:
        yield made
