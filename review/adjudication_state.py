"""One person's decisions over the codings of one case, as a fold of that person's events."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from review.decision_events import (
    AdjudicationClosed,
    AdjudicationInput,
    AdjudicationOpened,
    QuestionDecided,
)

if TYPE_CHECKING:
    from review.events import Entry


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What one adjudicator decided of a case, in one round."""

    case_id: str
    adjudicator: str
    codebook_sha256: str
    inputs: tuple[AdjudicationInput, ...]
    """From left to right."""
    reason: str
    """Why before all codings were in, or again after a decision; empty: neither."""
    opened: tuple[str, str, int]
    """Claimed time, stream and number of its first event: the order of rounds."""
    decisions: Mapping[str, QuestionDecided] = field(default_factory=lambda: MappingProxyType({}))
    """By question; what was taken back is absent."""
    closed: str | None = None
    """When it was closed, as claimed; None while it is open."""

    @property
    def is_closed(self) -> bool:
        """Whether it is decided."""
        return self.closed is not None


def read_rounds(case_id: str, streams: Mapping[str, Sequence[Entry]]) -> tuple[Adjudication, ...]:
    """Return what a person's events about a case come to: the rounds begun, in their order.

    Events of several devices are brought into one order by claimed time, each stream keeping its
    own. What follows a closing without a new beginning changes nothing.
    """
    rounds: list[Adjudication] = []
    ordered = heapq.merge(
        *(streams[name] for name in sorted(streams)), key=lambda entry: entry.time
    )
    for entry in ordered:
        if isinstance(entry.event, AdjudicationOpened):
            rounds.append(_begun(case_id, entry, entry.event))
        elif rounds:
            rounds[-1] = _after(rounds[-1], entry)
    return tuple(rounds)


def _begun(case_id: str, entry: Entry, event: AdjudicationOpened) -> Adjudication:
    return Adjudication(
        case_id=case_id,
        adjudicator=entry.writer,
        codebook_sha256=event.codebook_sha256,
        inputs=event.inputs,
        reason=event.reason,
        opened=(entry.time, entry.stream, entry.seq),
    )


def _after(found: Adjudication, entry: Entry) -> Adjudication:
    if found.is_closed:
        return found
    match entry.event:
        case QuestionDecided() as event:
            decisions = {**found.decisions, event.question: event}
            if not event.value:
                del decisions[event.question]
            return replace(found, decisions=MappingProxyType(decisions))
        case AdjudicationClosed():
            return replace(found, closed=entry.time)
        case _:
            return found
