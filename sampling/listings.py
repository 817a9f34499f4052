"""The frame of a rolling draw as it stood once: at its draw, or after one of its growths.

Whoever has every extract can prove each of them: that its fingerprint is the one of the log, that
the share draws of it as many records as the log says, with the same digest, and that the next
extract holds every line of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from sampling.draw import RankedRecord, sample_digest
from sampling.rolling_redraw import drawn_at_once, fault_of_rolling

if TYPE_CHECKING:
    from sampling.ceremony import Ceremony
    from sampling.draw_record import DrawRecord


@dataclass(frozen=True, slots=True)
class Listing:
    """What a log, or a draw record, says of the frame at one of its stages."""

    fingerprint: str
    drawn: int
    """Records drawn of it, those of earlier stages among them."""
    digest: str | None
    """Of those records; None where a draw record does not say."""


def listings_of_log(state: Ceremony) -> tuple[Listing, ...]:
    """Return the stages of a frame by the log, the draw first; none where it could not grow."""
    if state.drawn is None or state.plan is None or state.plan.rolling is None:
        return ()
    drawn = accumulate([state.drawn.sample, *(one.added for one in state.growths)])
    fingerprints = [
        state.drawn.frame_fingerprint,
        *(growth.frame.fingerprint for growth in state.growths),
    ]
    digests = [state.drawn.sample_digest, *(growth.sample_digest for growth in state.growths)]
    return tuple(map(Listing, fingerprints, drawn, digests))


def listings_of_record(record: DrawRecord) -> tuple[Listing, ...]:
    """Return the same by a draw record, which has the digests of the first and last stage alone."""
    if record.plan.rolling is None:
        return ()
    drawn = accumulate([record.drawn.sample, *(one.added for one in record.growths)])
    fingerprints = [record.drawn.frame_fingerprint, *(one.fingerprint for one in record.growths)]
    digests: list[str | None] = [record.drawn.sample_digest, *([None] * len(record.growths))]
    if record.growths:
        digests[-1] = record.sample_digest
    return tuple(map(Listing, fingerprints, drawn, digests))


def fault_of_listing(
    listing: Listing, ranked: Sequence[RankedRecord], *, rate: Decimal, seed: str
) -> str | None:
    """Say why what a share draws of a frame is not what was told of it; None where it is.

    Args:
        listing: What was told.
        ranked: All that the share draws of the frame, ranked by ticket within strata.
        rate: The share.
        seed: Of the draw.
    """
    return next(_faults(listing, ranked, rate=rate, seed=seed), None)


def _faults(
    listing: Listing, ranked: Sequence[RankedRecord], *, rate: Decimal, seed: str
) -> Iterator[str]:
    fault = fault_of_rolling(rate, ranked, seed=seed)
    if fault is not None:
        yield fault
    if len(ranked) != listing.drawn:
        yield f"the share draws {len(ranked):,} records of it, where {listing.drawn:,} are written."
    if listing.digest not in (None, sample_digest(drawn_at_once(ranked, seed=seed))):
        yield "the share draws other records of it than are written."
