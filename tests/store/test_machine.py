"""A store and a model of it, driven at random: the same is visible in both after every step."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from dipsample.errors import ChangedMeanwhileError, ForkError
from dipsample.ledger import GENESIS, Draft, Event, Head, digest, seal
from dipsample.store import CaseMaterial, Project, Store, case_material, create, open_store
from dipsample.surroundings import FixedEntropy

MOMENT = "2025-03-31T09:00:00Z"
STREAMS = ("anna.1", "ben.2", "ben.3")
streams = st.sampled_from(STREAMS)


class StoreMachine(RuleBasedStateMachine):
    """The model is a list of events and a dictionary of cases."""

    @initialize()
    def make(self) -> None:
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "audit.dip"
        self.project = Project(id="a" * 32, created=MOMENT)
        self.store: Store = create(self.path, passphrase=None, project=self.project)
        self.entropy = FixedEntropy("machine")
        self.events: list[Event] = []
        self.material: dict[str, CaseMaterial] = {}
        self.commands: list[tuple[Event, ...]] = []

    def head(self, stream: str) -> Head:
        last = [event for event in self.events if event.stream == stream][-1:]
        return Head(stream, last[0].seq, last[0].hash) if last else Head(stream, 0, GENESIS)

    def sealed(self, stream: str, head: Head, count: int) -> tuple[Event, ...]:
        drafts = [Draft("AnswerSet", "C-0001", {"v": 1, "n": number}) for number in range(count)]
        return seal(drafts, stream=stream, head=head, time=MOMENT, entropy=self.entropy)

    @rule(stream=streams, count=st.integers(1, 3), number=st.none() | st.integers(1, 3))
    def append(self, stream: str, count: int, number: int | None) -> None:
        head = self.head(stream)
        events = self.sealed(stream, head, count)
        cases = [] if number is None else [self.case(number)]
        assert self.store.append(stream, head.seq, events, cases=cases) == events
        self.events += events
        self.commands.append(events)
        self.material.update({case.case_id: case for case in cases})

    def case(self, number: int) -> CaseMaterial:
        text = str(len(self.events))
        return case_material(f"C-{number:04}", "r", kept={}, record={"text": text})

    @precondition(lambda self: self.commands)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        events = data.draw(st.sampled_from(self.commands))
        assert self.store.append(events[0].stream, events[0].seq - 1, events) == events

    @precondition(lambda self: self.events)
    @rule(stream=streams)
    def write_after_somebody_else(self, stream: str) -> None:
        wrong = Head(stream, self.head(stream).seq + 1, "a" * 64)
        with pytest.raises(ChangedMeanwhileError):
            self.store.append(stream, wrong.seq, self.sealed(stream, wrong, 1))

    @rule(stream=streams, count=st.integers(1, 3))
    def merge(self, stream: str, count: int) -> None:
        new = self.sealed(stream, self.head(stream), count)
        bodies = [event.body for event in (*new[::-1], *self.events)]
        assert self.store.merge(bodies) == new
        self.events += new

    @precondition(lambda self: self.events)
    @rule(data=st.data())
    def merge_a_fork(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.events))
        forked = self.sealed(known.stream, Head(known.stream, known.seq - 1, known.prev), 1)
        with pytest.raises(ForkError):
            self.store.merge([forked[0].body])

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = open_store(self.path, passphrase=None)

    @rule()
    def crash(self) -> None:
        """Go on with a copy of the files as a killed process leaves them."""
        for end in ("", "-wal"):
            left = self.path.with_name(f"{self.path.name}{end}").read_bytes()
            self.path.with_name(f"next.dip{end}").write_bytes(left)
        self.store.close()
        self.path = self.path.with_name("next.dip").rename(self.path)
        self.path.with_name("next.dip-wal").rename(f"{self.path}-wal")
        self.store = open_store(self.path, passphrase=None)

    @rule(after=st.integers(0, 10))
    def read_on(self, after: int) -> None:
        seen = min(after, len(self.events))
        assert list(self.store.events(after=seen)) == self.events[seen:]

    @rule()
    def verify(self) -> None:
        verdict = self.store.verify()
        assert (verdict.problem, verdict.events) == (None, len(self.events))

    @invariant()
    def the_same_is_visible(self) -> None:
        assert list(self.store.events()) == self.events
        assert list(self.store.cases()) == [self.material[key] for key in sorted(self.material)]
        heads = [head for head in map(self.head, STREAMS) if head.seq]
        assert self.store.heads() == tuple(sorted(heads))
        assert self.store.digest() == digest(heads)
        assert self.store.project == self.project

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=30, stateful_step_count=20)
