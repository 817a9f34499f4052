"""Events, their canonical bytes, and the hash chains that hold them in place.

An event is kept as the bytes it was first written as: canonical JSON (RFC 8785 restricted to
whole numbers below 2**53 and to NFC text), hashed with SHA-256. Each writer has a chain of its
own, in which every event names the hash of the one before; the digest of a project is the
hash of the sorted heads of its chains. Nothing here knows what an event is about, beyond the
case it belongs to.

Standard library only; `json` is told to refuse what canonical JSON has no room for.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, NoReturn

from dipsample.errors import EventError
from dipsample.surroundings import Entropy

GENESIS: Final = "0" * 64
MAX_BODY_BYTES: Final = 1 << 20
MAX_INTEGER: Final = (1 << 53) - 1

_KEYS: Final = ("case", "data", "id", "kind", "nonce", "prev", "seq", "stream", "time")
_PATTERNS: Final = {
    "id": re.compile(r"[0-9a-f]{32}"),
    "kind": re.compile(r"[A-Za-z]{1,64}"),
    "nonce": re.compile(r"[0-9a-f]{32}"),
    "prev": re.compile(r"[0-9a-f]{64}"),
    "stream": re.compile(r"[a-z0-9._-]{1,64}"),
    "time": re.compile(
        r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
        r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
    ),
}
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule decided, before it is sealed."""

    kind: str
    """What happened: ``[A-Za-z]{1,64}``."""
    case: str | None
    """The case it is about; None for the whole project."""
    data: Mapping[str, object]
    """The payload: text, whole numbers, booleans, None, and lists and mappings of them."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, sealed into its writer's chain."""

    stream: str
    """Person and device that wrote it."""
    seq: int
    """Place in the stream, from 1, without gaps."""
    id: str
    """32 hex digits, made before the first try to write it, so that a retry can be known."""
    prev: str
    """Hash of the event before it in the stream; 64 zeros for the first."""
    nonce: str
    """32 hex digits: without them a short answer could be guessed from its hash."""
    time: str
    """When the writer's clock claims it happened, UTC; order is ``seq``, never this."""
    kind: str
    """What happened."""
    case: str | None
    """The case it is about; None for the whole project."""
    data: Mapping[str, object]
    """The payload, as the body holds it."""
    body: bytes
    """The canonical bytes: the truth of which the other fields are a reading."""
    hash: str
    """SHA-256 of the body, 64 hex digits."""


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The last event of a stream."""

    stream: str
    seq: int
    """0 for a stream without events."""
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which a history cannot be right."""

    stream: str
    seq: int
    reason: str
    """How the sentence ends that begins "Event 12 of the stream anna.5f2c0a11"."""

    def __str__(self) -> str:
        return f"Event {self.seq} of the stream {self.stream} {self.reason}"


def canonical(value: object) -> bytes:
    """Return the canonical JSON bytes of a value.

    UTF-8, no white space, keys in the order of RFC 8785 (UTF-16 code units). Text is brought to
    NFC, because the same word reaches a program in either form, by keyboard or by paste.

    Args:
        value: Text, whole numbers between -(2**53 - 1) and 2**53 - 1, booleans, None, and lists,
            tuples and mappings (with text keys) of them.

    Raises:
        EventError: Where the value holds anything else, such as a float or half a surrogate pair.
    """
    try:
        return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise EventError("An event cannot hold half of a surrogate pair; leave it out.") from None
    except RecursionError:
        raise EventError("An event cannot hold lists nested this deep.") from None


def _plain(value: object) -> object:
    """Return ``value`` rebuilt of what `json` writes canonically."""
    match value:
        case str():
            return _nfc(value)
        case None | bool():
            return value
        case int():
            if abs(value) > MAX_INTEGER:
                raise EventError("An event cannot hold a whole number of 2**53 or more.")
            return int(value)
        case Mapping():
            plain = {_key(key): _plain(item) for key, item in value.items()}
            if len(plain) != len(value):
                raise EventError("Two keys of an event are the same text.")
            if all(map(str.isascii, plain)):
                return dict(sorted(plain.items()))
            return dict(sorted(plain.items(), key=_utf16))
        case list() | tuple():
            return [_plain(item) for item in value]
    raise EventError(f"An event cannot hold a {type(value).__name__}; write it as text.")


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise EventError("A key of an event is text.")
    return _nfc(key)


def _utf16(item: tuple[str, object]) -> bytes:
    return item[0].encode("utf-16-be")


def seal(
    drafts: Sequence[Draft], *, stream: str, head: Head, time: str, entropy: Entropy
) -> tuple[Event, ...]:
    """Return the drafts as the next events of a stream.

    Args:
        drafts: What happened, in order.
        stream: The stream to write to.
        head: Its last event; ``Head(stream, 0, GENESIS)`` where there is none.
        time: When it happened, RFC 3339 in UTC to the second.
        entropy: For ids and nonces.

    Raises:
        EventError: Where a draft cannot become an event: its kind, its payload, or over 1 MiB.
    """
    sealed: list[Event] = []
    prev = head.hash
    for seq, draft in enumerate(drafts, start=head.seq + 1):
        body = canonical(
            {
                "case": draft.case,
                "data": draft.data,
                "id": entropy.hex(16),
                "kind": draft.kind,
                "nonce": entropy.hex(16),
                "prev": prev,
                "seq": seq,
                "stream": stream,
                "time": time,
            }
        )
        sealed.append(parse(body))
        prev = sealed[-1].hash
    return tuple(sealed)


def parse(body: bytes) -> Event:
    """Return the event that these bytes are, if they are exactly one.

    Raises:
        EventError: Where the bytes are over 1 MiB, are another spelling of the same JSON, have
            an unknown, missing or repeated key, or a field that does not keep its rule.
    """
    if len(body) > MAX_BODY_BYTES:
        raise EventError("An event is over 1 MiB; split it.")
    try:
        fields = json.loads(
            body.decode(), parse_float=_refuse_number, parse_constant=_refuse_number
        )
    except (ValueError, RecursionError):
        raise EventError("An event is not canonical JSON.") from None
    if not isinstance(fields, dict) or tuple(fields) != _KEYS:
        raise EventError("An event does not have exactly the keys of an event, in order.")
    for key, pattern in _PATTERNS.items():
        if not isinstance(fields[key], str) or not pattern.fullmatch(fields[key]):
            raise EventError(f"The field {key!r} of an event does not keep its rule.")
    _check_types(fields)
    if canonical(fields) != body:
        raise EventError("An event is spelled in another way than canonical JSON.")
    return _event(fields, body, sha256(body).hexdigest())


def _check_types(fields: Mapping[str, object]) -> None:
    seq, case = fields["seq"], fields["case"]
    if type(seq) is not int or seq < 1:
        raise EventError("The field 'seq' of an event is a whole number from 1.")
    if case is not None and not isinstance(case, str):
        raise EventError("The field 'case' of an event is text or null.")
    if not isinstance(fields["data"], dict):
        raise EventError("The field 'data' of an event is an object.")


def _refuse_number(_text: str) -> NoReturn:
    raise ValueError


def reread(body: bytes, hash_: str) -> Event:
    """Return the event in a body that was parsed strictly before it was stored.

    Faster than :func:`parse`: the rules of canonical JSON are not tried again. Whether the body
    still has its hash and its place is for :class:`Chain` to say.

    Raises:
        EventError: Where the body cannot be read as an event at all.
    """
    try:
        return _event(json.loads(body), body, hash_)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EventError("A stored event cannot be read.") from None


def _event(fields: Mapping[str, Any], body: bytes, hash_: str) -> Event:
    return Event(
        fields["stream"],
        fields["seq"],
        fields["id"],
        fields["prev"],
        fields["nonce"],
        fields["time"],
        fields["kind"],
        fields["case"],
        fields["data"],
        body,
        hash_,
    )


class Chain:
    """The heads of some streams, and whether the next event follows on.

    Attributes:
        heads: The last event seen of each stream.
    """

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.heads = {head.stream: head for head in heads}

    def head(self, stream: str) -> Head:
        """Return the last event of a stream, or the place before the first."""
        return self.heads.get(stream) or Head(stream, 0, GENESIS)

    def take(self, event: Event) -> Fault | None:
        """Move on by one event, or say why it does not follow."""
        head = self.head(event.stream)
        if sha256(event.body).hexdigest() != event.hash:
            return Fault(event.stream, event.seq, "does not have the hash it was stored under")
        if event.seq != head.seq + 1:
            return Fault(event.stream, head.seq + 1, f"is missing (event {event.seq} comes next)")
        if event.prev != head.hash:
            return Fault(event.stream, event.seq, "does not name the event before it")
        self.heads[event.stream] = Head(event.stream, event.seq, event.hash)
        return None


def check_chain(events: Iterable[Event]) -> Fault | None:
    """Return the first fault of a whole history, or None.

    Args:
        events: All events of all streams; each stream from its first event on, in order. The
            streams may alternate.
    """
    chain = Chain()
    for event in events:
        fault = chain.take(event)
        if fault is not None:
            return fault
    return None


def digest(heads: Iterable[Head]) -> str:
    """Return the digest of a project: 64 hex digits.

    SHA-256 of the canonical JSON of the sorted list ``[[stream, seq, hash], ...]``.
    """
    return sha256(
        canonical([[head.stream, head.seq, head.hash] for head in sorted(heads)])
    ).hexdigest()


def grouped(hex_digits: str) -> str:
    """Return hex digits in groups of four, for reading aloud."""
    return " ".join(
        hex_digits[start : start + _GROUP] for start in range(0, len(hex_digits), _GROUP)
    )
