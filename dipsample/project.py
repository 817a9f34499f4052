"""An open project: its store, its state, and the one way to write to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dipsample.errors import DamagedError, NewerProjectError, RefusedError
from dipsample.events import ProjectCreated
from dipsample.ledger import GENESIS, Draft, Event, Head, seal
from dipsample.state import ProjectState
from dipsample.store.protocol import CaseMaterial, Store
from dipsample.surroundings import Clock, Entropy, Identity, device_of
from sampling.recorded import Recorded
from sampling.refusal import Refusal

if TYPE_CHECKING:
    from dipsample.certifying import KeptIntervals
    from review.comparability import VersionClass

MADE_BY_NEWER = (
    "This project holds events of a newer version of dipsample ({kinds}); it can be read but not "
    "changed here. Install the newer version."
)


@dataclass(frozen=True, slots=True)
class World:
    """What is passed in: time, entropy, and where this installation keeps its names."""

    clock: Clock
    entropy: Entropy
    data_folder: Path
    device: str | None = None
    """A fixed name of this installation; None: one is made once and kept in the data folder."""

    def identity(self, name: str, project_id: str) -> Identity:
        """Return who is writing to which stream.

        Raises:
            UsageError: Where the name is not allowed.
            SurroundingsError: Where the installation's name cannot be kept.
        """
        device = self.device or device_of(project_id, folder=self.data_folder, entropy=self.entropy)
        return Identity(name=name, device=device)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event to be written, and the case it is about."""

    event: Recorded
    case_id: str | None = None


class Snapshot(Protocol):
    """What reports are made from: case material, and a state at some moment of the log."""

    @property
    def store(self) -> Store:
        """Where the project is kept."""

    @property
    def state(self) -> ProjectState:
        """The fold of the events up to that moment."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A project as it was at an earlier moment of its log."""

    store: Store
    state: ProjectState


class OpenProject:
    """A project that is open.

    Attributes:
        store: Where it is kept.
        state: What it is at present; brought up to date before every command.
    """

    def __init__(self, store: Store, world: World) -> None:
        self.store = store
        self.state = ProjectState()
        self._world = world
        self._identities: dict[str, Identity] = {}
        self.last_saved: str | None = None
        self._intervals: KeptIntervals | None = None
        self.refresh()

    @property
    def world(self) -> World:
        """The clock, the entropy and the data folder that it was opened with."""
        return self._world

    @property
    def ended(self) -> VersionClass | None:
        """The versions of the codebook that its figures rest on; None: those in force."""
        return None

    @property
    def present(self) -> OpenProject:
        """Where an export of it is written down: the project as it is now."""
        return self

    @property
    def intervals(self) -> KeptIntervals:
        """The exact intervals that were worked out for this project."""
        if self._intervals is None:
            from dipsample.certifying import KeptIntervals

            self._intervals = KeptIntervals(self.store, is_sealed=not created_of(self).is_synthetic)
        return self._intervals

    def refresh(self) -> None:
        """Fold in what was written since, here or by another process."""
        self.state.apply_all(self.store.events(after=self.state.events))

    def write(
        self, name: str, happened: Sequence[Happened], *, cases: Sequence[CaseMaterial] = ()
    ) -> tuple[Event, ...]:
        """Write the events of one command; durable when it returns.

        They go behind the last event that the state knows. What another window of the same
        person wrote since the command was decided is a refusal, never passed over.

        Args:
            name: Who is acting.
            happened: The events; none writes nothing.
            cases: Case material of drawn records that they speak of.

        Raises:
            NewerProjectError: Where the project holds events that this version does not know.
            AuditError: As the store's ``append``.
        """
        if not happened:
            return ()
        if self.state.unknown:
            kinds = ", ".join(sorted(self.state.unknown))
            raise NewerProjectError(MADE_BY_NEWER.format(kinds=kinds))
        identity = self._identity(name)
        head = self.state.last.get(identity.stream, Head(identity.stream, 0, GENESIS))
        time = self._world.clock.now()
        drafts = [
            Draft(
                kind=type(item.event).__name__,
                case=item.case_id,
                data=item.event.model_dump(mode="json"),
            )
            for item in happened
        ]
        sealed = seal(
            drafts, stream=identity.stream, head=head, time=time, entropy=self._world.entropy
        )
        written = self.store.append(identity.stream, head.seq, sealed, cases=cases)
        self.last_saved = time
        self.refresh()
        return written

    def today(self) -> date:
        """Return the date in UTC, by the clock that was passed in."""
        return date.fromisoformat(self._world.clock.now()[: len("2026-01-01")])

    def fresh_hex(self, n_bytes: int) -> str:
        """Return fresh entropy in hex: for ids and nonces, never for a choice."""
        return self._world.entropy.hex(n_bytes)

    def _identity(self, name: str) -> Identity:
        if name not in self._identities:
            self._identities[name] = self._world.identity(name, self.store.project.id)
        return self._identities[name]


def allowed(decided: tuple[Recorded, ...] | Refusal) -> tuple[Recorded, ...]:
    """Return what a rule decided.

    Raises:
        RefusedError: Where it refused: reason and way out in one line.
    """
    if isinstance(decided, Refusal):
        raise RefusedError(f"{decided.reason} {decided.way_out}")
    return decided


def created_of(project: Snapshot) -> ProjectCreated:
    """Return the first event of a project.

    Raises:
        DamagedError: Where it has none: its making was interrupted.
    """
    if project.state.created is None:
        raise DamagedError(
            "The making of this project was interrupted; delete the file and run init again."
        )
    return project.state.created
