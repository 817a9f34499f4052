"""All records in order of their ids, a range of ids at a time.

An engine that sorts ten million records at once holds them twice over. Sorted range by range, and
the ranges taken in their order, they come out as the same lines; only one range is held twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

RANGE_ROWS: Final = 2_500_000
"""About as many records are sorted at once."""

_LOOKED_AT_IN_A_RANGE: Final = 500


class IdRange(NamedTuple):
    """Records from one id on, up to another that belongs to the next range."""

    condition: str
    """SQL over ``id``."""
    values: list[str]
    """Bound to it."""


def id_ranges(rows: int, query: Callable[[str], Sequence[Sequence[object]]]) -> list[IdRange]:
    """Part the table ``records`` into ranges that hold every record once, in ascending order.

    Where they are cut changes how even they are, and nothing else.

    Args:
        rows: Records in the table.
        query: Runs a statement over it and returns its rows.
    """
    parts = rows // RANGE_ROWS + 1
    if parts == 1:
        return [IdRange("true", [])]
    every = max(1, RANGE_ROWS // _LOOKED_AT_IN_A_RANGE)
    some = query(f"SELECT id FROM records WHERE rowid % {every} = 0 ORDER BY id")
    ids = [str(row[0]) for row in some]
    cuts = sorted({ids[len(ids) * part // parts] for part in range(1, parts)}, key=str.encode)
    between = [IdRange("id >= ? AND id < ?", [first, end]) for first, end in pairwise(cuts)]
    return [IdRange("id < ?", cuts[:1]), *between, IdRange("id >= ?", cuts[-1:])]
