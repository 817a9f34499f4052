"""The values of every column of an extract, in as few readings of it as possible.

A short look at the first rows says which columns hold few values. Those are counted, all in one
reading. A column of many values of few shapes (times, numbers) is counted by shape, with an
example each; of any other the blanks are counted and the first values looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sampling.columns import Values
from sampling.engines.relation import Relation, blank

_FIRST_ROWS: Final = 5_000
_FEW_VALUES: Final = 1000
_FEW_SHAPES: Final = 40
_LOOKED_AT: Final = 500
_MOST_VALUES: Final = 50_000
_CHEAP_ROWS: Final = 200_000
"""Up to so many rows the different values of a column are counted, beyond that estimated."""
_SETS_AT_ONCE: Final = 30
"""Columns counted in one reading; ``grouping_id`` tells up to 63 apart."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_SHAPES: Final = str.maketrans(_LETTERS, "a" * 52 + "9" * 10)
_SHAPE: Final = f"translate({{column}}, '{_LETTERS}', '{'a' * 52}{'9' * 10}')"


@dataclass(frozen=True, slots=True)
class Profile:
    """One column: its values, and how many different ones there are."""

    values: Values
    distinct: int
    is_exact: bool
    """Whether ``distinct`` was counted, not estimated."""


def profile(relation: Relation, blank_rows: int) -> tuple[Profile, ...]:
    """Return the values of every column, in the order of the extract.

    Args:
        relation: The extract.
        blank_rows: Wholly blank rows at its end, which count for nothing.
    """
    columns = [f"c{number}" for number in range(len(relation.columns))]
    rows = relation.rows - blank_rows
    first = _first_look(relation, columns)
    few = [column for column in columns if first[column][0] <= _FEW_VALUES]
    many = [column for column in columns if column not in few]
    found = _count_values(relation, few)
    overflowing = [column for column in few if len(found[column]) > _MOST_VALUES]
    totals = _count_blanks(relation, [*many, *overflowing])
    result = []
    for name, column in zip(relation.columns, columns, strict=True):
        is_exact = column not in totals or relation.rows <= _CHEAP_ROWS
        if column in totals:
            blanks, distinct = totals[column]
            distinct = min(distinct, relation.rows - blanks)
            shaped = first[column][1] <= _FEW_SHAPES and first[column][0] > _FEW_VALUES
            counts = _by_shape(relation, column) if shaped else _first_values(relation, column)
            values = Values(name, rows, blanks - blank_rows, counts, is_complete=False)
        else:
            counts = {value: count for value, count in found[column].items() if value.strip(" ")}
            values = Values(name, rows, rows - sum(counts.values()), counts)
            distinct = len(counts)
        result.append(Profile(values, distinct, is_exact))
    return tuple(result)


def _first_look(relation: Relation, columns: list[str]) -> dict[str, tuple[int, int]]:
    """Return, for the first rows, how many different values and shapes each column has."""
    rows = relation.query(f"SELECT * FROM extract LIMIT {_FIRST_ROWS}")
    values = [set(cells) for cells in zip(*rows, strict=True)] or [set() for _ in columns]
    return {
        column: (len(some), len({str(value).translate(_SHAPES) for value in some}))
        for column, some in zip(columns, values, strict=True)
    }


def _count_values(relation: Relation, columns: list[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {column: {} for column in columns}
    for start in range(0, len(columns), _SETS_AT_ONCE):
        some = columns[start : start + _SETS_AT_ONCE]
        listed, sets = ", ".join(some), ", ".join(f"({column})" for column in some)
        whole = (1 << len(some)) - 1
        by_set = {whole ^ (1 << (len(some) - 1 - at)): column for at, column in enumerate(some)}
        sql = (
            f"SELECT grouping_id({listed}), coalesce({listed}), count(*) FROM extract "
            f"GROUP BY GROUPING SETS ({sets})"
        )
        for batch in relation.stream(sql):
            for grouping, value, count in batch:
                counts = found[by_set[int(grouping or 0)]]
                if len(counts) <= _MOST_VALUES:
                    text = str(value) if value is not None else ""
                    counts[text] = counts.get(text, 0) + int(count or 0)
    return found


def _count_blanks(relation: Relation, columns: list[str]) -> dict[str, tuple[int, int]]:
    """Return blanks and the different values of columns of many; estimated in a large file."""
    if not columns:
        return {}
    distinct = (
        "count(DISTINCT CASE WHEN NOT ({blank}) THEN {column} END)"
        if relation.rows <= _CHEAP_ROWS
        else "approx_count_distinct({column})"
    )
    counts = ", ".join(
        f"count_if({blank(column)}), {distinct.format(blank=blank(column), column=column)}"
        for column in columns
    )
    numbers = [int(cell or 0) for cell in relation.query(f"SELECT {counts} FROM extract")[0]]
    return {
        column: (numbers[2 * position], numbers[2 * position + 1])
        for position, column in enumerate(columns)
    }


def _by_shape(relation: Relation, column: str) -> dict[str, int]:
    """Return one value of each shape with the number of rows of that shape."""
    rows = relation.query(
        f"SELECT min({column}), count(*) FROM extract WHERE NOT ({blank(column)}) "
        f"GROUP BY {_SHAPE.format(column=column)} ORDER BY 2 DESC, 1 LIMIT {_LOOKED_AT}"
    )
    return {str(value): int(count or 0) for value, count in rows}


def _first_values(relation: Relation, column: str) -> dict[str, int]:
    rows = relation.query(
        f"SELECT {column}, count(*) FROM (SELECT {column} FROM extract LIMIT {_LOOKED_AT}) "
        f"WHERE NOT ({blank(column)}) GROUP BY 1"
    )
    return {str(value): int(count or 0) for value, count in rows}
