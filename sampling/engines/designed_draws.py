"""Draws by size, settled exactly, and what DuckDB hands over for them and for draws of units.

A size-weighted draw is settled in exact whole numbers in Python. An engine only hands over who
can matter: the records whose ticket over size is smallest by a bound that no rounding can break,
and the largest. Where the last rank that is wanted does not lie clearly under what was left out,
more is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sampling.draw import RankedRecord
from sampling.size_weighted import (
    Certainties,
    Sized,
    Sizes,
    certainties,
    millionths,
    ranked_by_size,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TICKET_DIGITS: Final = 64
_BOUND_DIGITS: Final = 13
"""Hex digits of a ticket that a double holds exactly."""

_SPARE: Final = 64
"""Records read beyond twice the ranks that are wanted, the first time."""

_MOST_AT_ONCE: Final = 500_000
"""Records of one stratum that the engine's aggregates are asked for; beyond it all are read."""

_SETTLED: Final = Fraction(10**12 - 1, 10**12)
"""A key under the bound of what was left out times this stands before all of it: the bound is of
doubles, which are off by far less."""

_WANTED: Final = """
WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS stratum, unnest(?::BIGINT[]) AS low,
                       unnest(?::BIGINT[]) AS large),
bare AS (SELECT w.stratum, w.low, w.large, sha256(? || f.id) AS ticket, f.id, f.size,
                CAST(CAST(f.size AS DECIMAL(21, 6)) * 1000000 AS HUGEINT) AS s
         FROM records AS f JOIN wanted AS w ON w.stratum = f.stratum),
sized AS (SELECT *, ticket || size || chr(9) || id AS line,
                 CAST(CAST('0x' || substr(ticket, 1, 13) AS BIGINT) AS DOUBLE)
                 / CAST(s AS DOUBLE) AS bound
          FROM bare)
"""
_SMALLEST: Final = """
SELECT stratum, count(*), CAST(sum(s) AS VARCHAR), arg_min(line, bound, low),
       list_max(min(bound, low)), arg_max(line, s, large)
FROM sized GROUP BY stratum
"""
_ALL: Final = """
SELECT stratum, count(*), CAST(sum(s) AS VARCHAR), list(line), NULL, []
FROM sized GROUP BY stratum
"""

_OF_UNITS: Final = """
SELECT unit, any_value(stratum), min(ticket || id, m)
FROM (SELECT f.unit, f.stratum, p.m, f.id, sha256(? || f.id) AS ticket
      FROM records AS f
      JOIN (SELECT unnest(?::VARCHAR[]) AS unit, unnest(?::BIGINT[]) AS m) AS p ON p.unit = f.unit)
GROUP BY unit
"""


@dataclass(frozen=True, slots=True)
class SizedDraw:
    """A size-weighted draw as read from the records."""

    ranked: tuple[RankedRecord, ...]
    """In ascending order of the stratum's bytes, then of rank."""
    sizes: Mapping[str, Sizes]
    """By stratum, with as many of the largest as ranks were read."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one reading says of a stratum."""

    records: int
    total: int
    low: tuple[Sized, ...]
    """The smallest by the bound, or all."""
    large: tuple[Sized, ...]
    bound: float | None
    """The bound of everything left out is at least this; None where nothing was."""


Reader = Callable[[Mapping[str, int], Mapping[str, int]], Mapping[str, Read]]
"""By stratum how many of the smallest by their bound to read, and how many of the largest."""


def draw_by_size(read: Reader, *, sample: Mapping[str, int], take: Mapping[str, int]) -> SizedDraw:
    """Return the first ranks of each stratum, and the sizes that its chances rest on.

    Args:
        read: Has an engine hand over who can matter.
        sample: n_h of the plan: the certainties are those at that size.
        take: Ranks wanted by stratum, at least ``sample``; a stratum not named gives none.
    """
    found: dict[str, tuple[list[Sized], Sizes]] = {}
    open_strata = {stratum: 2 * count + _SPARE for stratum, count in take.items() if count}
    while open_strata:
        reads = read(open_strata, take)
        for stratum, found_there in reads.items():
            in_order, sizes, is_settled = _settle(found_there, sample[stratum], take[stratum])
            if is_settled:
                found[stratum] = (in_order, sizes)
                del open_strata[stratum]
            else:
                open_strata[stratum] *= 4
        for stratum in open_strata.keys() - reads.keys():
            del open_strata[stratum]
    records = tuple(
        RankedRecord(stratum, rank, one.record_id, one.ticket, size=one.size)
        for stratum in sorted(found, key=str.encode)
        for rank, one in enumerate(found[stratum][0], start=1)
    )
    return SizedDraw(records, {stratum: sizes for stratum, (_, sizes) in found.items()})


def read_sizes(
    connection: DuckDBPyConnection,
    hashed_before: str,
    low: Mapping[str, int],
    take: Mapping[str, int],
) -> dict[str, Read]:
    """Return from DuckDB who can matter in a draw by size.

    Args:
        connection: Has the table ``records`` with sizes.
        hashed_before: The text before every id.
        low: By stratum, how many of the smallest by their bound.
        take: By stratum, how many of the largest.
    """
    large = [take[stratum] for stratum in low]
    values = [list(low), list(low.values()), large, hashed_before]
    is_cut = max(low.values()) <= _MOST_AT_ONCE
    sql = _WANTED + (_SMALLEST if is_cut else _ALL)
    return {
        stratum: Read(
            records,
            int(total),
            sized(smallest),
            sized(largest),
            bound if is_cut and len(smallest) < records else None,
        )
        for stratum, records, total, smallest, bound, largest in connection.execute(
            sql, values
        ).fetchall()
    }


def sized(lines: Sequence[str]) -> tuple[Sized, ...]:
    """Return the records of lines that hold ticket, size, a tab and the id."""
    records = []
    for line in lines:
        size, _, record_id = line[_TICKET_DIGITS:].partition("\t")
        records.append(Sized(record_id, line[:_TICKET_DIGITS], size))
    return tuple(records)


def _settle(read: Read, sample: int, take: int) -> tuple[list[Sized], Sizes, bool]:
    """Return the ranks wanted, the sizes, and whether nothing left out can stand among them."""
    candidates = list({one.record_id: one for one in (*read.low, *read.large)}.values())
    largest = sorted((millionths(one.size) for one in candidates), reverse=True)[:take]
    sizes = Sizes(read.records, read.total, tuple(largest))
    certain = certainties(sizes, sample)
    in_order = ranked_by_size(candidates, certain)[:take]
    return in_order, sizes, read.bound is None or _is_under(in_order, certain, read.bound)


def _is_under(in_order: Sequence[Sized], certain: Certainties, bound: float) -> bool:
    """Say whether the last rank stands before everything of a bound."""
    last = in_order[-1]
    size = millionths(last.size)
    if certain.holds(size):
        return True
    unit = 16 ** (_TICKET_DIGITS - _BOUND_DIGITS)
    return Fraction(int(last.ticket, 16) + 1, size * unit) < Fraction(bound) * _SETTLED


def draw_of_units(
    connection: DuckDBPyConnection, hashed_before: str, take: Mapping[str, int]
) -> tuple[RankedRecord, ...]:
    """Return the records of the smallest tickets of each unit, ranked within it.

    Args:
        connection: Has the table ``records`` with units.
        hashed_before: The text before every id.
        take: How many by unit; a unit that is not named gives none.

    Returns:
        Records in ascending order of the unit's bytes, then of rank.
    """
    asked = {unit: count for unit, count in take.items() if count}
    values = [hashed_before, list(asked), list(asked.values())]
    found = connection.execute(_OF_UNITS, values).fetchall() if asked else []
    return tuple(
        RankedRecord(stratum, rank, line[_TICKET_DIGITS:], line[:_TICKET_DIGITS], unit=unit)
        for unit, stratum, lines in sorted(found, key=lambda row: str(row[0]).encode())
        for rank, line in enumerate(sorted(lines, key=str.encode), start=1)
    )
