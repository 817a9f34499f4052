"""How two draws, or an extract and its frame, differ: one sentence for a person each time.

A sentence names strata, ranks and case numbers, never the id of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sampling.draw import DrawnRecord, RankedRecord
from sampling.frame import Frame
from sampling.size_weighted import Certainties, Sized, ranked_by_size
from sampling.tickets import SAMPLE, SSU, tickets

_STRATA_NAMED = 10


def changed_counts(frame: Frame, strata: Mapping[str, int]) -> str:
    """Say which strata have other counts than at the commit, with both counts."""
    then = frame.stratum_sizes
    changed = [
        f"{name} had {then.get(name, 0)} and has {strata.get(name, 0)}"
        for name in sorted(then.keys() | strata.keys(), key=lambda name: name.encode("utf-8"))
        if then.get(name, 0) != strata.get(name, 0)
    ]
    if not changed:
        what = "ids or their strata"
        if frame.spec.size_column is not None:
            what = "ids, their strata or their sizes"
        return (
            f"it has {frame.records} records and the same number in every stratum, but {what} "
            "have changed"
        )
    more = len(changed) - _STRATA_NAMED
    rest = [f"and {more} more strata"] if more > 0 else []
    total = f"the frame had {frame.records} records and the extract has {sum(strata.values())}"
    return "; ".join([total, *changed[:_STRATA_NAMED], *rest])


def fault_of_draw(
    planned: Mapping[str, int],
    ranked: Sequence[RankedRecord],
    *,
    seed: str,
    certain: Mapping[str, Certainties] | None = None,
) -> str | None:
    """Say why these records cannot be a draw of so many ranks by group under the seed.

    Args:
        planned: Ranks by stratum, or by unit of a draw in two stages.
        ranked: The records.
        seed: Of the draw.
        certain: Of a size-weighted draw the certainties by stratum; None of any other.
    """
    if len({record.record_id for record in ranked}) != len(ranked):
        return "The draw holds a record twice."
    by_group: dict[str, list[RankedRecord]] = {name: [] for name in planned}
    for record in ranked:
        if record.group not in by_group:
            return f"The draw holds records of {_place(record)}, which is not planned."
        by_group[record.group].append(record)
    for name, take in planned.items():
        records = sorted(by_group[name], key=lambda record: record.rank)
        where = _place(records[0]) if records else f"stratum {name}"
        if [record.rank for record in records] != list(range(1, take + 1)):
            return (
                f"The draw holds {len(records)} records of {where}, and the plan takes "
                f"ranks 1 to {take}."
            )
        label = SAMPLE if not records or records[0].unit is None else SSU
        true = tickets(label, seed, (record.record_id for record in records))
        if [ticketed.ticket for ticketed in true] != [record.ticket for record in records]:
            return f"A ticket in {where} is not the one of its record under this seed."
        if certain is not None:
            if not _is_by_size(records, certain[name]):
                return f"The ranks in {where} are not in the order of ticket over size."
        elif true != sorted(true):
            return f"The ranks in {where} are not in the order of the tickets."
    return None


def _is_by_size(records: Sequence[RankedRecord], certain: Certainties) -> bool:
    """Say whether records stand in the order of a size-weighted draw."""
    sized = [Sized(one.record_id, one.ticket, one.size or "") for one in records]
    return sized == ranked_by_size(sized, certain)


def _place(record: RankedRecord | DrawnRecord) -> str:
    return f"stratum {record.stratum}" if record.unit is None else f"unit {record.unit}"


def differences(recorded: Iterable[DrawnRecord], again: Iterable[DrawnRecord]) -> Iterator[str]:
    """Yield a sentence for each place, by stratum and rank, where two draws differ."""
    in_log = {(record.group.encode(), record.rank): record for record in recorded}
    in_again = {(record.group.encode(), record.rank): record for record in again}
    for place in sorted(in_log.keys() | in_again.keys()):
        old, new = in_log.get(place), in_again.get(place)
        named = old or new
        where = f"In {_place(named) if named else ''}, rank {place[1]},"
        if old is None:
            yield f"{where} the draw made again has a record and the log has none."
        elif new is None:
            yield f"{where} the log has case {old.case_id} and the draw made again has none."
        elif old.record_id != new.record_id:
            yield f"{where} the log has case {old.case_id} and the draw made again another record."
        elif old != new:
            yield (
                f"{where} case {old.case_id} of the log has another number, role or ticket in the "
                "draw made again."
            )
