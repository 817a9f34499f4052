"""The state of a project: a fold of its events.

Events of different streams may come in any order; each room's own fold sees to that. An event
that this version does not know is kept, and makes the project read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dipsample.events import ProjectCreated
from dipsample.ledger import Event, Head
from dipsample.surroundings import person_of
from exports.events import ReleaseMade
from review.case import Review, decode
from review.events import Entry
from sampling.ceremony import Ceremony, SamplingEvent, apply
from sampling.events import (
    CaseReplaced,
    EarlierWavesListed,
    FrameClosed,
    FrameCommitted,
    FrameGrown,
    JointSeedOpened,
    PlanCommitted,
    RecordsAdded,
    RecordsDrawn,
    ReserveRenumbered,
    SampleDrawn,
    SampleExtended,
    SeedCommitted,
    SeedContributed,
    SeedRevealed,
)
from sampling.looking import CodingStopped, LookTaken

_SAMPLING: Mapping[str, type[SamplingEvent]] = {
    model.__name__: model
    for model in (
        EarlierWavesListed,
        FrameCommitted,
        PlanCommitted,
        JointSeedOpened,
        SeedCommitted,
        SeedContributed,
        SeedRevealed,
        SampleDrawn,
        RecordsDrawn,
        SampleExtended,
        RecordsAdded,
        CaseReplaced,
        ReserveRenumbered,
        FrameGrown,
        FrameClosed,
        LookTaken,
        CodingStopped,
    )
}


class ProjectState:
    """What a project is at present.

    Attributes:
        created: The first event; None only while the project is being made.
        ceremony: Frame, plan, seed and draw, with extensions and replacements.
        review: Reviewers, codings, flags.
        releases: What was exported.
        unknown: Kinds of event that this version does not know.
        events: How many events were folded.
        last: The last event of each stream.
        heads: The same, exports at the end of a stream left out: what a release rests on.
        last_time: The claimed time of the last event that is not an export.
    """

    def __init__(self) -> None:
        self.created: ProjectCreated | None = None
        self.ceremony = Ceremony()
        self.review = Review()
        self.releases: list[ReleaseMade] = []
        self.unknown: set[str] = set()
        self.events = 0
        self.last: dict[str, Head] = {}
        self.heads: dict[str, Head] = {}
        self.last_time: str | None = None

    @property
    def content_events(self) -> int:
        """How many events a release rests on: all but exports at the end of a stream."""
        return sum(head.seq for head in self.heads.values())

    def apply_all(self, events: Iterable[Event]) -> None:
        """Fold events in."""
        for event in events:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Fold one event in."""
        self.events += 1
        head = self.last[event.stream] = Head(event.stream, event.seq, event.hash)
        if event.kind != ReleaseMade.__name__:
            self.heads[event.stream] = head
            self.last_time = max(self.last_time or event.time, event.time)
        known_version = event.data.get("v") == 1
        if event.kind in _SAMPLING and known_version:
            happened = _SAMPLING[event.kind].model_validate(event.data)
            self.ceremony = apply(self.ceremony, happened)
        elif event.kind == ProjectCreated.__name__ and known_version:
            self.created = ProjectCreated.model_validate(event.data)
        elif event.kind == ReleaseMade.__name__ and known_version:
            self.releases.append(ReleaseMade.model_validate(event.data))
        else:
            self._apply_review(event)

    def _apply_review(self, event: Event) -> None:
        decided = decode(event.kind, event.data)
        if decided is None:
            self.unknown.add(event.kind)
            return
        self.review.apply(
            Entry(
                event=decided,
                case_id=event.case,
                writer=person_of(event.stream),
                stream=event.stream,
                seq=event.seq,
                time=event.time,
            )
        )
