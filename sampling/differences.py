"""How two draws, or an extract and its frame, differ: one sentence for a person each time.

A sentence names strata, ranks and case numbers, never the id of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sampling.draw import DrawnRecord, RankedRecord
from sampling.frame import Frame
from sampling.tickets import SAMPLE, tickets

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
        return (
            f"it has {frame.records} records and the same number in every stratum, but ids or "
            "their strata have changed"
        )
    more = len(changed) - _STRATA_NAMED
    rest = [f"and {more} more strata"] if more > 0 else []
    total = f"the frame had {frame.records} records and the extract has {sum(strata.values())}"
    return "; ".join([total, *changed[:_STRATA_NAMED], *rest])


def fault_of_draw(
    planned: Mapping[str, int], ranked: Sequence[RankedRecord], *, seed: str
) -> str | None:
    """Say why these records cannot be a draw of so many ranks by stratum under the seed."""
    if len({record.record_id for record in ranked}) != len(ranked):
        return "The draw holds a record twice."
    by_stratum: dict[str, list[RankedRecord]] = {name: [] for name in planned}
    for record in ranked:
        if record.stratum not in by_stratum:
            return f"The draw holds records of stratum {record.stratum}, which is not planned."
        by_stratum[record.stratum].append(record)
    for name, take in planned.items():
        records = sorted(by_stratum[name], key=lambda record: record.rank)
        if [record.rank for record in records] != list(range(1, take + 1)):
            return (
                f"The draw holds {len(records)} records of stratum {name}, and the plan takes "
                f"ranks 1 to {take}."
            )
        true = tickets(SAMPLE, seed, (record.record_id for record in records))
        if [ticketed.ticket for ticketed in true] != [record.ticket for record in records]:
            return f"A ticket in stratum {name} is not the one of its record under this seed."
        if true != sorted(true):
            return f"The ranks in stratum {name} are not in the order of the tickets."
    return None


def differences(recorded: Iterable[DrawnRecord], again: Iterable[DrawnRecord]) -> Iterator[str]:
    """Yield a sentence for each place, by stratum and rank, where two draws differ."""
    in_log = {(record.stratum.encode(), record.rank): record for record in recorded}
    in_again = {(record.stratum.encode(), record.rank): record for record in again}
    for place in sorted(in_log.keys() | in_again.keys()):
        old, new = in_log.get(place), in_again.get(place)
        where = f"In stratum {place[0].decode()}, rank {place[1]},"
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
