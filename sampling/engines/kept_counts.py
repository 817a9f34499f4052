"""Counts of the values of kept columns within each stratum: the sizes of the groups of a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sampling.engines.relation import Relation
from sampling.engines.selection import Wanted, select
from sampling.frame import ColumnCounts, ValueCount

_SETS_AT_ONCE: Final = 30
"""Columns counted in one reading; ``grouping_id`` tells up to 63 apart."""


def kept_counts(
    relation: Relation, wanted: Wanted, names: Sequence[str]
) -> tuple[ColumnCounts, ...]:
    """Return records by stratum and value, for each of some columns, a blank as empty text.

    Args:
        relation: The extract.
        wanted: How it becomes a frame.
        names: Columns of few values.
    """
    return tuple(
        counts
        for start in range(0, len(names), _SETS_AT_ONCE)
        for counts in _count(relation, wanted, names[start : start + _SETS_AT_ONCE])
    )


def _count(relation: Relation, wanted: Wanted, names: Sequence[str]) -> list[ColumnCounts]:
    selection = select(relation, wanted)
    values = [f"v{at}" for at in range(len(names))]
    cells = ", ".join(
        f"coalesce({relation.column(name)}, '') AS {value}"
        for name, value in zip(names, values, strict=True)
    )
    listed = ", ".join(values)
    sets = ", ".join(f"(stratum, {value})" for value in values)
    rows = relation.query(
        f"SELECT grouping_id({listed}), stratum, coalesce({listed}) AS value, count(*) "
        f"FROM (SELECT {selection.stratum} AS stratum, {cells} FROM extract "
        f"WHERE {selection.where}) GROUP BY GROUPING SETS ({sets}) ORDER BY stratum, value"
    )
    whole = (1 << len(names)) - 1
    return [
        ColumnCounts(
            column=name,
            counts=tuple(
                ValueCount(stratum=str(stratum), value=str(value), records=int(count or 0))
                for grouping, stratum, value, count in rows
                if grouping == whole ^ (1 << (len(names) - 1 - at))
            ),
        )
        for at, name in enumerate(names)
    ]
