"""Tickets: the only source of chance in the product.

A ticket is SHA-256 of ``dipsample-ticket-v1|LABEL|SEED|ID``, written as 64 lower-case hex digits.
Records are taken in ascending order of ticket, ties broken by the UTF-8 bytes of the id. Taking
the n smallest of N independent uniforms is exactly simple random sampling without replacement,
so every random choice (who is drawn, the order of cases, who codes what) is one label of the
same mechanism, and anyone can repeat it with ``sha256sum``.

The stratum is not hashed: re-stratifying a frame keeps every ticket.

Source: permanent random numbers as in Ohlsson, "Coordination of samples using permanent random
numbers" (Business Survey Methods, 1995, ch. 9), with a hash in the place of a stored number.
Reference cases: the published vectors of ``dipsample-ticket-v1``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from sampling.errors import TicketError
from sampling.records import RecordId, why_not_an_id

SPEC: Final = "dipsample-ticket-v1"
SAMPLE: Final = "sample"
ORDER: Final = "order"
ASSIGN: Final = "assign"
PSU: Final = "psu"
"""First stage: which units."""
SSU: Final = "ssu"
"""Second stage: which records of a unit."""

_SEED = re.compile(r"[0-9A-Za-z:._-]{20,128}")
_SEED_SIGN = re.compile(r"[0-9A-Za-z:._-]")
_LABEL = re.compile(r"[a-z0-9-]{1,32}")
_FRACTION_HEX_DIGITS = 13


class Ticketed(NamedTuple):
    """One record and its ticket; tuples sort in the order of the draw."""

    ticket: str
    """64 lower-case hex digits."""
    id_bytes: bytes
    """The id in UTF-8: the tie-break."""

    @property
    def record_id(self) -> RecordId:
        """The id as text."""
        return RecordId(self.id_bytes.decode("utf-8"))


def check_seed(seed: str) -> str:
    """Return ``seed`` unchanged where the specification allows it.

    Args:
        seed: 20 to 128 characters of ``0-9 A-Z a-z : . _ -``, not trimmed, case-sensitive.

    Raises:
        TicketError: Where it is shorter, longer, or holds another character.
    """
    if _SEED.fullmatch(seed):
        return seed
    strange = next((at for at, one in enumerate(seed, 1) if not _SEED_SIGN.fullmatch(one)), None)
    what = f"has {len(seed)}" if strange is None else f"has another one at place {strange}"
    raise TicketError(
        f"A seed has 20 to 128 characters out of 0-9 A-Z a-z : . _ - and this one {what}; use 20 "
        "digits from ten-sided dice, 25 throws of six-sided ones, or 64 hex digits."
    )


def check_label(label: str) -> str:
    """Return ``label`` unchanged where it matches ``[a-z0-9-]{1,32}``.

    Raises:
        TicketError: Where it does not.
    """
    if not _LABEL.fullmatch(label):
        raise TicketError("A label has 1 to 32 characters out of a-z, 0-9 and the hyphen.")
    return label


def prefix(label: str, seed: str) -> str:
    """Return the text that every id of one draw is hashed behind.

    Raises:
        TicketError: Where the label or the seed is not allowed.
    """
    return f"{SPEC}|{check_label(label)}|{check_seed(seed)}|"


def ticket(label: str, seed: str, record_id: str) -> str:
    """Return the ticket of one record: 64 lower-case hex digits.

    Raises:
        TicketError: Where label, seed or id is not allowed; nothing is hashed then.
    """
    return tickets(label, seed, (record_id,))[0].ticket


def tickets(label: str, seed: str, record_ids: Iterable[str]) -> list[Ticketed]:
    """Return the tickets of many records, in the order given.

    Raises:
        TicketError: At the first id that is not allowed; the message does not print the id.
    """
    head = sha256(prefix(label, seed).encode("ascii"))
    result = []
    for position, record_id in enumerate(record_ids, start=1):
        reason = why_not_an_id(record_id)
        if reason is not None:
            raise TicketError(f"Record id number {position} is not allowed: {reason}.")
        id_bytes = record_id.encode("utf-8")
        hashing = head.copy()
        hashing.update(id_bytes)
        result.append(Ticketed(hashing.hexdigest(), id_bytes))
    return result


def in_ticket_order(label: str, seed: str, record_ids: Iterable[str]) -> list[RecordId]:
    """Return the ids in the order in which they would be drawn.

    Raises:
        TicketError: As :func:`tickets`.
    """
    return [ticketed.record_id for ticketed in sorted(tickets(label, seed, record_ids))]


def uniform(ticket_hex: str) -> float:
    """Return the ticket as a number strictly between 0 and 1, exact in a double.

    ``(2k + 1) / 2**53`` with k the first 13 hex digits: for display, and a fast path only;
    order is always decided on the whole ticket.
    """
    return float(2 * int(ticket_hex[:_FRACTION_HEX_DIGITS], 16) + 1) / float(2**53)
