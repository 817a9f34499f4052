"""What a store is: the one place where a project's events and case material are kept.

A store sees kinds and canonical bytes; it knows no domain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from dipsample.ledger import Event, Fault, Head, canonical
from dipsample.surroundings import Clock, Entropy


@dataclass(frozen=True, slots=True)
class Project:
    """Which project a store holds."""

    id: str
    """32 hex digits."""
    created: str
    """When it was made, RFC 3339 in UTC to the second."""


def new_project(*, clock: Clock, entropy: Entropy) -> Project:
    """Return the identity of a project that is made now."""
    return Project(id=entropy.hex(16), created=clock.now())


@dataclass(frozen=True, slots=True)
class CaseMaterial:
    """What is kept of one drawn record; made by :func:`case_material`."""

    case_id: str
    record_id: str
    kept: Mapping[str, str | None]
    """The columns kept for breakdowns, by name."""
    record: Mapping[str, str | None]
    """The columns shown to reviewers, by name."""
    sha256: str
    """SHA-256 of the canonical JSON of ``[case_id, record_id, kept, record]``."""


def case_material(
    case_id: str,
    record_id: str,
    *,
    kept: Mapping[str, str | None],
    record: Mapping[str, str | None],
) -> CaseMaterial:
    """Return the material of one case, its text in NFC as the store gives it back.

    Raises:
        EventError: Where the text is not Unicode.
    """
    return case_from(canonical([case_id, record_id, kept, record]))


def case_from(body: bytes) -> CaseMaterial:
    """Return the case whose canonical bytes these are.

    Raises:
        ValueError: Where they are not the four parts of a case.
    """
    case_id, record_id, kept, record = json.loads(body)
    return CaseMaterial(case_id, record_id, kept, record, sha256(body).hexdigest())


def case_bytes(case: CaseMaterial) -> bytes:
    """Return the canonical bytes of a case: what its hash is made of."""
    return canonical([case.case_id, case.record_id, case.kept, case.record])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of everything stored found."""

    events: int
    """How many events were read without a fault."""
    heads: tuple[Head, ...]
    """The heads up to there, sorted."""
    digest: str
    """The digest of those heads: to be compared with one that left the project."""
    problem: str | None
    """One sentence that names the first fault; None where all is as it was written."""
    fault: Fault | None
    """The event at fault, where it is one."""


class Store(Protocol):
    """Append-only events in hash-chained streams, and the material of the drawn records.

    Every method may be called from any thread. Refusals are errors of `dipsample.errors` and
    leave no trace.
    """

    project: Project
    """Which project this is."""
    warnings: tuple[str, ...]
    """Sentences about the place where the store lies, for whoever shows them."""
    read_only: bool
    """Whether every write is refused."""

    def append(
        self,
        stream: str,
        expected_seq: int,
        events: Sequence[Event],
        *,
        cases: Sequence[CaseMaterial] = (),
    ) -> tuple[Event, ...]:
        """Write the events of one command, and the case material they speak of, or nothing.

        Durable when it returns. A retry of events that are stored already (known by their ids)
        adds nothing and returns what is stored. Cases given here replace what is kept under
        the same case id: an event beside them says why.

        Args:
            stream: The stream that all of the events belong to.
            expected_seq: The place of the stream's last event as the writer knows it; 0 if none.
            events: Sealed events from ``expected_seq + 1`` on; none at all writes nothing.
            cases: Case material to keep in the same transaction.

        Raises:
            ChangedMeanwhileError: Where the stream has another length by now.
            ForkError: Where an id is known with another content.
            BrokenChainError: Where the events do not follow each other.
            EventError: Where an event is not canonical, or a case does not have its hash.
            SurroundingsError: Where disk, lock or permission failed; safe to try again.
        """

    def events(self, after: int | None = None, stream: str | None = None) -> Iterator[Event]:
        """Give the events in the order in which this store took them.

        The order is stable, and ``after`` continues without gaps or repeats. Hash, place and
        link of each are checked on the way.

        Args:
            after: How many events of the whole project to leave out at the start.
            stream: Give the events of this stream only; the others are checked all the same.

        Raises:
            BrokenChainError: At the first event that does not follow.
            DamagedError: Where a row cannot be read, or is missing.
        """

    def merge(self, bodies: Iterable[bytes]) -> tuple[Event, ...]:
        """Take in events written elsewhere: the set union, all or nothing.

        Args:
            bodies: Canonical bytes in any order, repeats allowed.

        Returns:
            The events that were new, in the order stored.

        Raises:
            ForkError: Where one has the place or the id of another event.
            EventError: Where one is not canonical, or an earlier one of its stream is missing.
        """

    def heads(self) -> tuple[Head, ...]:
        """Return the last event of every stream, sorted."""

    def digest(self) -> str:
        """Return the digest of the heads: 64 hex digits."""

    def put_cases(self, cases: Sequence[CaseMaterial]) -> None:
        """Keep the material of drawn records, durable when it returns.

        Raises:
            RefusedError: Where other material is kept under the same case id.
            EventError: Where a case does not have its hash.
        """

    def cases(self, case_ids: Sequence[str] | None = None) -> tuple[CaseMaterial, ...]:
        """Return case material sorted by case id; all of it, or of the cases named.

        Raises:
            InputError: Where a case that was named is not kept here.
            DamagedError: Where material is not what was written.
        """

    def worked_out(self) -> dict[str, bytes]:
        """Return results that were kept to save time, by key.

        They are no truth: whoever needs certainty works them out again. One that is not whole is
        left out.
        """

    def keep_worked_out(self, results: Mapping[str, bytes]) -> None:
        """Keep results that follow from the events, in the place of those under the same keys.

        Raises:
            SurroundingsError: As :meth:`append`; nothing is lost by it but time.
        """

    def verify(self) -> Verdict:
        """Read everything, strictly, and say what the first fault is."""

    def close(self) -> None:
        """Give the file back; closing twice does nothing."""
