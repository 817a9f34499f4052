"""Which events of a hand-in are new: the set union of two histories, or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dipsample.errors import EventError, ForkError
from dipsample.ledger import Chain, Event, Head, parse

_SHOWN_DIGITS = 16


def new_events(
    bodies: Iterable[bytes],
    *,
    heads: Iterable[Head],
    hash_at: Callable[[str, int], str | None],
    hash_of_id: Callable[[str], str | None],
) -> tuple[Event, ...]:
    """Return the events that a store lacks, each stream in order.

    Args:
        bodies: Canonical bytes in any order, repeats allowed.
        heads: The heads of the store.
        hash_at: The hash stored for a stream and place, or None.
        hash_of_id: The hash stored under an id, or None.

    Raises:
        ForkError: Where an event has the place or the id of another one.
        EventError: Where one is not canonical, or does not follow on.
    """
    chain = Chain(heads)
    new: dict[str, Event] = {}
    ids: dict[str, str] = {}
    for event in sorted(map(parse, bodies), key=lambda event: (event.stream, event.seq)):
        if event.hash in new:
            continue
        known = _hash_in(new, event, chain) or hash_at(event.stream, event.seq)
        if known == event.hash:
            continue
        if known is not None:
            raise _fork(event, known)
        same_id = ids.get(event.id) or hash_of_id(event.id)
        if same_id is not None:
            raise _fork(event, same_id)
        fault = chain.take(event)
        if fault is not None:
            raise EventError(f"{fault}; ask for the earlier hand-in. Nothing was taken.")
        new[event.hash] = event
        ids[event.id] = event.hash
    return tuple(new.values())


def _hash_in(new: dict[str, Event], event: Event, chain: Chain) -> str | None:
    """Return the hash that this hand-in itself gave for the place of an event."""
    head = chain.head(event.stream)
    return head.hash if head.hash in new and head.seq == event.seq else None


def _fork(event: Event, known: str) -> ForkError:
    return ForkError(
        f"Event {event.seq} of the stream {event.stream} is stored as {known[:_SHOWN_DIGITS]} "
        f"and was handed in as {event.hash[:_SHOWN_DIGITS]}: two histories of one stream, from a "
        "copied or restored file; nothing was taken."
    )
