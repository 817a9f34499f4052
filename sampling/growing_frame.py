"""A frame that grows: what a rolling draw holds of it as it stands, and whether it only grew.

The rank of a record is its place by ticket among the drawn of its stratum, as listed so far.
Ranks therefore move up when a later record has a smaller ticket, and what a sample holds, ranks
and digest included, does not depend on the batches in which the frame grew. Case numbers never
change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from sampling.draw import DrawnRecord
from sampling.frame import Frame
from sampling.plan import Plan, PlannedStratum


def ranked_anew(records: Iterable[DrawnRecord]) -> tuple[DrawnRecord, ...]:
    """Return the records, in the same order, ranked by ticket within their strata."""
    records = tuple(records)
    tickets: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for record in records:
        tickets[record.stratum].append(_place(record))
    ranks = {
        (stratum, place): rank
        for stratum, places in tickets.items()
        for rank, place in enumerate(sorted(places), start=1)
    }
    return tuple(_with_rank(one, ranks[one.stratum, _place(one)]) for one in records)


def _place(record: DrawnRecord) -> tuple[str, bytes]:
    return record.ticket, record.record_id.encode("utf-8")


def _with_rank(record: DrawnRecord, rank: int) -> DrawnRecord:
    return record if record.rank == rank else record.model_copy(update={"rank": rank})


def strata_of(plan: Plan, frame: Frame, records: Iterable[DrawnRecord]) -> Plan:
    """Return the plan of a rolling draw with frame and sample as they are now.

    Args:
        plan: The plan.
        frame: All that is listed so far.
        records: All that is drawn of it.
    """
    drawn = Counter(record.stratum for record in records)
    return plan.model_copy(
        update={
            "frame_fingerprint": frame.fingerprint,
            "strata": tuple(
                PlannedStratum(name=name, population=population, sample=drawn[name], reserve=0)
                for name, population in frame.stratum_sizes.items()
            ),
        }
    )


def lost_lines(earlier: Iterable[bytes], later: Iterable[bytes]) -> int:
    """Return how many lines of an earlier frame a later one does not hold, word for word.

    Args:
        earlier: Its lines in order of bytes, whole lines, any number at a time.
        later: The same of the later frame.
    """
    lost = 0
    rest = _single(later)
    candidate = next(rest, None)
    for line in _single(earlier):
        while candidate is not None and candidate < line:
            candidate = next(rest, None)
        lost += candidate != line
    return lost


def _single(batches: Iterable[bytes]) -> Iterator[bytes]:
    for batch in batches:
        yield from batch.splitlines(keepends=True)
