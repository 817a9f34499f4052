"""The collapse of several rows to one record as a single SELECT.

Rows of a key are put in the order of their bytes, all cells of the extract taken together, so
that no result depends on the order of the file. Standard SQL but for ``string_agg``; equal rows
are equal in every cell, so that their order among themselves does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sampling.collapsing import Rule
from sampling.engines.relation import blank, literal

YES: Final = ("yes", "y", "true", "t", "1")
NO: Final = ("no", "n", "false", "f", "0")
LIST_JOINT: Final = " | "
_BETWEEN_CELLS: Final = "chr(31)"


class Order(StrEnum):
    """How the values of a column are compared by ``max`` and ``min``."""

    NUMBERS = "numbers"
    DATES = "dates"
    """As text: ISO dates are in the order of their bytes."""


@dataclass(frozen=True, slots=True)
class CollapsedColumn:
    """What becomes of one column."""

    name: str
    """Its name in the engine."""
    rule: Rule | None
    """None: one value, or for the record the texts of all rows under their numbers."""
    order: Order = Order.DATES
    is_record: bool = False


def collapse_sql(key: str, columns: Sequence[CollapsedColumn], *, width: int) -> str:
    """Return the SELECT that gives a row for each key.

    Its columns are ``row_`` (the first row of the record), ``c0`` (the key), for each other
    column its value ``c1``, ... and whether rows differ in it ``d1``, ..., then, as text in the
    next ``c`` and as a number in ``rows_``, how many rows there were.

    Args:
        key: The column of the key.
        columns: What else is wanted, in order.
        width: Columns of the extract.
    """
    cells = [
        f"{_value(column)} AS c{at}, {_differs(column.name)} AS d{at}"
        for at, column in enumerate(columns, start=1)
    ]
    whole = f" || {_BETWEEN_CELLS} || ".join(f"coalesce(c{at}, '')" for at in range(width))
    counted = [f"CAST(count(*) AS VARCHAR) AS c{len(columns) + 1}", "count(*) AS rows_"]
    listed = ", ".join(["min(row_) AS row_", f"{key} AS c0", *cells, *counted])
    return (
        f"SELECT {listed} FROM (SELECT *, count(*) OVER (PARTITION BY {key}) AS size_, "
        f"row_number() OVER (PARTITION BY {key} ORDER BY {whole}) AS place_ "
        f"FROM numbered WHERE NOT ({blank(key)})) AS placed GROUP BY {key}"
    )


def plain(column: str) -> str:
    """Return SQL for a cell as text, the empty text where it is blank."""
    return f"CASE WHEN {blank(column)} THEN '' ELSE {column} END"


def is_one_of(column: str, words: Sequence[str]) -> str:
    """Return SQL that is true where a cell is one of some words, capitals and spaces aside."""
    listed = ", ".join(literal(word) for word in words)
    return f"coalesce(lower(trim({column})), '') IN ({listed})"


def _differs(column: str) -> str:
    return f"min({plain(column)}) <> max({plain(column)})"


def _value(column: CollapsedColumn) -> str:
    name = column.name
    filled = f"nullif({plain(name)}, '')"
    match column.rule:
        case None if column.is_record:
            return _texts(name)
        case None | Rule.FIRST:
            return _first(name)
        case Rule.COUNT:
            return f"CAST(count({filled}) AS VARCHAR)"
        case Rule.COUNT_DISTINCT:
            return f"CAST(count(DISTINCT {filled}) AS VARCHAR)"
        case Rule.ANY:
            return _truth(name, "yes", YES, "no", NO)
        case Rule.ALL:
            return _truth(name, "no", NO, "yes", YES)
        case Rule.MAX | Rule.MIN:
            return _extreme(column.rule, filled, column.order)
        case Rule.LIST:
            joint = literal(LIST_JOINT)
            return f"coalesce(string_agg(DISTINCT {filled}, {joint} ORDER BY {filled}), '')"


def _first(column: str) -> str:
    return f"max(CASE WHEN place_ = 1 THEN {plain(column)} END)"


def _texts(column: str) -> str:
    """Return SQL for what coders read: one text, or those of all rows under their numbers."""
    head = "'[row ' || place_ || ' of ' || size_ || ']' || chr(10)"
    joined = f"string_agg({head} || {plain(column)}, chr(10) ORDER BY place_)"
    return f"CASE WHEN {_differs(column)} THEN {joined} ELSE {_first(column)} END"


def _extreme(rule: Rule, filled: str, order: Order) -> str:
    if order is Order.DATES:
        return f"coalesce({rule}({filled}), '')"
    return f"coalesce(CAST({rule}(CAST({filled} AS BIGINT)) AS VARCHAR), '')"


def _truth(
    column: str, once: str, decides: Sequence[str], otherwise: str, needs: Sequence[str]
) -> str:
    """Return SQL for the word that one row decides, or the other that all rows must say."""
    decided = f"max(CASE WHEN {is_one_of(column, decides)} THEN 1 ELSE 0 END) = 1"
    agreed = f"min(CASE WHEN {is_one_of(column, needs)} THEN 1 ELSE 0 END) = 1"
    return f"CASE WHEN {decided} THEN '{once}' WHEN {agreed} THEN '{otherwise}' ELSE '' END"
