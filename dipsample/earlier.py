"""A project as it stood when a class of its codebook's versions ended; nothing in it can change.

Figures of that class rest on what its coders had handed in and what was decided over it until
then, each stream of the log up to its last event before the later version. What was coded since
is bound to that version, so no figure can hold codings of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dipsample.errors import RefusedError
from dipsample.ledger import Event
from dipsample.project import Happened, OpenProject
from dipsample.state import ProjectState
from dipsample.store.protocol import CaseMaterial
from review.codebook_events import CodebookRevised
from review.comparability import VersionClass

_BOUND_BY: Final = "codebook_sha256"
"""The field by which an event says which version it was made on."""


class EarlierProject(OpenProject):
    """What an open project was at an earlier moment of its log."""

    def __init__(self, project: OpenProject, state: ProjectState, *, ended: VersionClass) -> None:
        super().__init__(project.store, project.world)
        self.state = state
        self._ended = ended
        self._present = project

    @property
    def ended(self) -> VersionClass:
        """The versions of the codebook that its figures rest on."""
        return self._ended

    @property
    def present(self) -> OpenProject:
        """The project as it is now."""
        return self._present

    def refresh(self) -> None:
        """Take nothing in: what came later is what it leaves out."""

    def write(
        self, name: str, happened: Sequence[Happened], *, cases: Sequence[CaseMaterial] = ()
    ) -> tuple[Event, ...]:
        """Refuse to write.

        Raises:
            RefusedError: Always, where there is anything to write.
        """
        if happened:
            raise RefusedError(
                "Figures of an earlier version of the codebook can be read and not changed. Leave "
                "the version out to work on the project."
            )
        return ()


def as_it_ended(project: OpenProject, ended: VersionClass) -> EarlierProject:
    """Return a project as it stood when a class of versions ended.

    Raises:
        RefusedError: Where nothing was handed in under it.
    """
    state = ProjectState()
    state.apply_all(_before(project.store.events(), ended))
    book = ended.newest.codebook
    records = state.ceremony.records
    codings = (one for record in records for one in state.review.codings_of(record.case_id))
    if not any(one.state.is_handed_in for one in codings):
        raise RefusedError(
            f"Nobody handed a case in under {book.id} {book.version}, so there are no figures of "
            "it. Leave the version out for those of the current one."
        )
    return EarlierProject(project, state, ended=ended)


def _before(events: Iterable[Event], ended: VersionClass) -> Iterator[Event]:
    """Give each stream up to the moment at which its writer could know a later version."""
    later = {one.codebook.sha256 for one in ended.later}
    moment = "" if ended.ended_by is None else ended.ended_by.time
    over: set[str] = set()
    for event in events:
        if event.stream in over:
            continue
        if ended.ended_by is not None and (event.time > moment or _knows(event, later)):
            over.add(event.stream)
        else:
            yield event


def _knows(event: Event, later: set[str]) -> bool:
    """Say whether an event publishes one of these versions, or was made on one."""
    is_published = event.kind == CodebookRevised.__name__ and event.data.get("sha256") in later
    return is_published or event.data.get(_BOUND_BY) in later
