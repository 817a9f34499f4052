"""A seed that several parties make together, so that none of them can choose it.

Each party thinks of a contribution and publishes its SHA-256, the commitment. Only when every
commitment is in are the contributions shown; each has to fit its commitment. The seed is the
SHA-256 of ``dipsample-seed-v1|`` and the contributions, sorted by bytes and joined by ``|``: it is
as random as the most random contribution, whatever the others did.

The last party to reveal can work the seed out before anybody else and walk away. That cannot be
prevented without a third party, so it is counted: a ceremony that was given up after a
contribution had been shown stays on every draw record.

Source: commitment and reveal as in Blum, "Coin flipping by telephone" (CRYPTO 1981).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from sampling.errors import TicketError
from sampling.tickets import check_seed

SEED_SPEC: Final = "dipsample-seed-v1"

_COMMITMENT: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST_PARTY: Final = 60
_MOST_PARTIES: Final = 20


@dataclass(frozen=True, slots=True)
class JointSeed:
    """How far a seed of several parties is."""

    parties: tuple[str, ...]
    """Who takes part, in the order in which they were named."""
    commitments: Mapping[str, str] = field(default_factory=dict)
    """By party: 64 lower-case hex digits."""
    contributions: Mapping[str, str] = field(default_factory=dict)
    """By party, of those who have shown theirs."""

    @property
    def uncommitted(self) -> tuple[str, ...]:
        """The parties whose commitment is still to come."""
        return tuple(party for party in self.parties if party not in self.commitments)

    @property
    def unrevealed(self) -> tuple[str, ...]:
        """The parties whose contribution is still to come."""
        return tuple(party for party in self.parties if party not in self.contributions)

    @property
    def is_begun_to_show(self) -> bool:
        """Whether a contribution is known, so that a part of the seed is."""
        return bool(self.contributions)

    @property
    def seed(self) -> str | None:
        """The seed: 64 lower-case hex digits; None until every contribution is known."""
        return None if self.unrevealed else joint_seed(self.contributions.values())

    @property
    def source(self) -> str:
        """One line that says where the seed came from."""
        named = ", ".join(self.parties)
        return f"joint seed of {named}: every one committed before any was shown"


def joint_seed(contributions: Iterable[str]) -> str:
    """Return the seed that contributions make: 64 lower-case hex digits.

    Args:
        contributions: In any order.

    Raises:
        TicketError: Where one is not a seed by itself; a shorter one could be found from its
            commitment by trial.
    """
    checked = sorted((check_seed(one) for one in contributions), key=str.encode)
    return sha256(f"{SEED_SPEC}|{'|'.join(checked)}".encode("ascii")).hexdigest()


def commitment_of(contribution: str) -> str:
    """Return what a party publishes first: the SHA-256 of its contribution, in hex.

    Raises:
        TicketError: Where the contribution is not a seed by itself.
    """
    return sha256(check_seed(contribution).encode("ascii")).hexdigest()


def check_parties(parties: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the parties as given.

    Raises:
        TicketError: Where there are fewer than two or more than twenty, one stands twice, or a
            name is blank, longer than 60 characters or not printable.
    """
    named = tuple(party.strip() for party in parties)
    if not 2 <= len(named) <= _MOST_PARTIES or len(set(named)) < len(named):
        raise TicketError(
            f"A joint seed needs 2 to {_MOST_PARTIES} parties, each named once; "
            "give them as --parties first,second."
        )
    for party in named:
        if not party or len(party) > _LONGEST_PARTY or not party.isprintable():
            raise TicketError(
                f"The name of a party has 1 to {_LONGEST_PARTY} printable characters."
            )
    return named


def check_commitment(commitment: str) -> str:
    """Return a commitment as given.

    Raises:
        TicketError: Where it is not 64 lower-case hex digits.
    """
    if not _COMMITMENT.fullmatch(commitment):
        raise TicketError(
            "A commitment is the SHA-256 of a contribution: 64 digits out of 0-9 and a-f. "
            "dipsample seed hash prints it."
        )
    return commitment
