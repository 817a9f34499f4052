"""A rolling draw made again from the frame as it stands: where it differs from the log.

The log tells in which batch a record was drawn, and so its case number; everything else follows
from frame, share and seed. Who is drawn is checked of every record that is listed. That nothing
left the frame while it grew shows when it grows, and afterwards to whoever has every extract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from sampling.differences import differences, fault_of_draw
from sampling.draw import DrawnRecord, RankedRecord, number_cases, sample_digest
from sampling.growing_frame import ranked_anew
from sampling.rolling import threshold

if TYPE_CHECKING:
    from sampling.ceremony import Ceremony


def drawn_at_once(
    ranked: Sequence[RankedRecord], *, seed: str, after: int = 0
) -> tuple[DrawnRecord, ...]:
    """Return the records of one batch by case number, all of them in the sample.

    Args:
        ranked: The records.
        seed: Of the draw.
        after: Cases that have a number already.
    """
    sizes = {record.stratum: max(one.rank for one in ranked) for record in ranked}
    return number_cases(seed, ranked, sample_sizes=sizes, after=after)


def fault_of_rolling(rate: Decimal, ranked: Sequence[RankedRecord], *, seed: str) -> str | None:
    """Say why these records cannot be what a share draws under a seed, or None.

    Args:
        rate: The share.
        ranked: All records that an engine drew, by rank within their strata.
        seed: Of the draw.
    """
    limit = threshold(rate)
    if any(record.ticket >= limit for record in ranked):
        return "The draw holds a record whose ticket is not under the threshold of its share."
    found = Counter(record.stratum for record in ranked)
    return fault_of_draw(found, ranked, seed=seed)


def difference_of_rolling(
    state: Ceremony, rate: Decimal, ranked: Sequence[RankedRecord], *, seed: str
) -> str | None:
    """Compare a rolling draw made again with the one in the log.

    Args:
        state: Where the draw stands; a sample is drawn.
        rate: Its share.
        ranked: All that the share draws of the frame as it stands.
        seed: Of the draw.

    Returns:
        One sentence with the first difference; None where there is none.
    """
    fault = fault_of_rolling(rate, ranked, seed=seed) or _fault_of_chain(state)
    if fault is not None:
        return fault
    again: tuple[DrawnRecord, ...] = ()
    for batch, told in _batches(state, {record.record_id: record for record in ranked}):
        again = ranked_anew((*again, *drawn_at_once(batch, seed=seed, after=len(again))))
        if sample_digest(again) != told:
            break
    else:
        if state.records == again and len(again) == len(ranked):
            return None
    again = (*again, *_missing(again, ranked, seed=seed))
    found = next(differences(state.records, ranked_anew(again)), None)
    return found or "What the log says of the draw, or of how its frame grew, is not what it did."


def _missing(
    again: Sequence[DrawnRecord], ranked: Sequence[RankedRecord], *, seed: str
) -> tuple[DrawnRecord, ...]:
    """Return the records that the log lacks."""
    known = {record.record_id for record in again}
    rest = [record for record in ranked if record.record_id not in known]
    return drawn_at_once(rest, seed=seed, after=len(again))


def _batches(
    state: Ceremony, by_id: Mapping[str, RankedRecord]
) -> Iterator[tuple[list[RankedRecord], str]]:
    """Yield each batch of the log, as far as it is drawn again, with the digest told after it."""
    if state.drawn is None:
        return
    start = 0
    told = [(state.drawn.sample, state.drawn.sample_digest)]
    told += [(one.added, one.sample_digest) for one in state.growths]
    for added, digest in told:
        ids = [record.record_id for record in state.records[start : start + added]]
        yield [by_id[one] for one in ids if one in by_id], digest
        start += added


def _fault_of_chain(state: Ceremony) -> str | None:
    """Say where the frames of the log do not follow on each other."""
    if state.drawn is None or state.frame is None:
        return None
    now = state.drawn.frame_fingerprint
    for number, growth in enumerate(state.growths, start=1):
        if growth.growth != number or growth.before != now:
            return f"Growth {number} of the frame does not follow on the frame before it."
        now = growth.frame.fingerprint
    if now != state.frame.fingerprint:
        return "The log's draw names another frame than the one that is committed."
    shrunk = _shrunk(state)
    return None if shrunk is None else f"Stratum {shrunk} lost records while the frame grew."


def _shrunk(state: Ceremony) -> str | None:
    """Return a stratum that has fewer records after a growth than before it, or None."""
    sizes = [growth.frame.stratum_sizes for growth in state.growths]
    if state.plan is not None:
        sizes.insert(0, state.plan.stratum_sizes)
    for before, after in pairwise(sizes):
        for name, records in before.items():
            if after.get(name, 0) < records:
                return name
    return None
