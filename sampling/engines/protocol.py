"""What an engine must be able to do with a committed frame.

Ids, tickets, ranks, strata, counts and fingerprint are the same for all engines, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sampling.draw import RankedRecord


class FrameEngine(Protocol):
    """Where a frame lives, and draws from it."""

    @property
    def engine_version(self) -> str:
        """Name and version, such as ``duckdb 2.0.0``; it has no part in any result."""

    def fingerprint(self) -> str:
        """Return the SHA-256 of the sorted lines ``ID TAB STRATUM LF``, nonce line included."""

    def stratum_sizes(self) -> dict[str, int]:
        """Return records by stratum, in ascending order of the name's bytes."""

    def draw(self, label: str, seed: str, take: Mapping[str, int]) -> tuple[RankedRecord, ...]:
        """Return the records of the smallest tickets of each stratum.

        Args:
            label: Label of the tickets.
            seed: Seed of the draw.
            take: How many by stratum; a stratum that is not named gives none.

        Returns:
            Records in ascending order of the stratum's bytes, then of rank.

        Raises:
            TicketError: Where label or seed is not allowed.
            ExtractError: Where a stratum has fewer records than asked for.
        """

    def rows(
        self, record_ids: Iterable[str], columns: Iterable[str]
    ) -> dict[str, dict[str, str | None]]:
        """Return the named columns of some records, by record id; a blank cell is None."""
