"""Makes one record of several rows, inside the engine, and counts what that does.

The stage comes before every check of ids and strata: from here on a record is what a row was.
Rows that differ in a column are never settled in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sampling.checks import Fault, Severity
from sampling.collapsing import ROWS_IN_EXTRACT, SIZES, Collapsed, Disagreement, RowsOfRecord, Rule
from sampling.columns import UNKNOWN_WORDS, Use
from sampling.engines.collapse_sql import (
    NO,
    YES,
    CollapsedColumn,
    Order,
    collapse_sql,
    is_one_of,
)
from sampling.engines.relation import Relation, blank
from sampling.engines.selection import Wanted
from sampling.faults import Code, Weight, fault

_NUMBER: Final = r"0|-?[1-9]\d{0,17}"
_DATE: Final = r"\d{4}-\d\d(-\d\d([ T].*)?)?"
_MAY_DIFFER: Final = frozenset({Use.KEEP, Use.RECORD, Use.ONLY, Use.QUASI})


@dataclass(frozen=True, slots=True)
class Collapsing:
    """Records made of rows."""

    relation: Relation
    """A row for each record: the key, the columns that are used, and ``rows_in_extract``."""
    collapsed: Collapsed


def used_columns(relation: Relation, wanted: Wanted, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the columns that records hold besides the key, in the order of naming.

    Args:
        relation: The extract.
        wanted: What is asked of its columns.
        more: Columns that are measured besides.
    """
    left_out = {*wanted.made, wanted.collapse}
    named = [name for name in wanted.columns() if name not in left_out] or relation.columns
    return tuple(dict.fromkeys(name for name in (*named, *more) if name not in left_out))


def collapse(relation: Relation, wanted: Wanted, more: Sequence[str] = ()) -> Collapsing:
    """Make one record of the rows of each key.

    Args:
        relation: The extract; rows without a key are left out.
        wanted: Names the key, columns that the extract has, and rules that fit them.
        more: Columns that records need besides those wanted.
    """
    key = wanted.collapse or ""
    names = used_columns(relation, wanted, more)
    uses, rules = wanted.columns(), dict(wanted.rules)
    columns = [
        CollapsedColumn(
            relation.column(name),
            rules.get(name),
            _order(relation, name, rules.get(name)),
            is_record=uses.get(name, frozenset()) == {Use.RECORD},
        )
        for name in names
    ]
    sql = collapse_sql(relation.column(key), columns, width=len(relation.columns))
    made = relation.derive(sql, (key, *names, ROWS_IN_EXTRACT))
    return Collapsing(made, _counted(made, key, names, rules))


def _order(relation: Relation, name: str, rule: Rule | None) -> Order:
    if rule not in {Rule.MAX, Rule.MIN}:
        return Order.DATES
    return Order.DATES if _unlike(relation, name, _NUMBER) else Order.NUMBERS


def _unlike(relation: Relation, name: str, pattern: str) -> int:
    return relation.number(
        f"SELECT count(*) FROM extract WHERE {_is_unlike(relation.column(name), pattern)}"
    )


def _is_unlike(column: str, pattern: str) -> str:
    return f"NOT ({blank(column)}) AND NOT regexp_full_match({column}, '{pattern}')"


def _counted(
    made: Relation, key: str, names: Sequence[str], rules: Mapping[str, Rule]
) -> Collapsed:
    differ = [f"count_if(d{at})" for at in range(1, len(names) + 1)]
    by_size = [f"count_if(rows_ = {size})" for size in (1, 2, 3)]
    numbers = ["count(*)", "coalesce(sum(rows_), 0)", "coalesce(max(rows_), 0)", *by_size]
    found = made.query(f"SELECT {', '.join([*numbers, *differ])} FROM numbered")[0]
    records, rows, largest, one, two, three, *differing = (int(cell or 0) for cell in found)
    counts = (one, two, three, records - one - two - three)
    return Collapsed(
        key=key,
        rows=rows,
        records=records,
        largest=largest,
        sizes=tuple(
            RowsOfRecord(rows=words, records=count)
            for words, count in zip(SIZES, counts, strict=True)
        ),
        columns=tuple(
            Disagreement(column=name, records=count, rule=rules.get(name))
            for name, count in zip(names, differing, strict=True)
        ),
    )


def check_rules(relation: Relation, wanted: Wanted) -> Iterator[Fault]:
    """Yield rules that do not fit their columns, and a name that the collapse needs.

    Args:
        relation: The extract.
        wanted: Names the key and the rules; a column that is missing is told elsewhere.
    """
    if ROWS_IN_EXTRACT in relation.columns:
        yield fault(Code.NAME_TAKEN, 1, column=ROWS_IN_EXTRACT)
    for name, rule in wanted.rules:
        if name not in relation.columns:
            continue
        column = relation.column(name)
        match rule:
            case Rule.MAX | Rule.MIN if _unlike(relation, name, _NUMBER):
                yield from _unfit(
                    relation,
                    name,
                    _is_unlike(column, _DATE),
                    f"{rule} is not defined: it needs whole numbers or dates YYYY-MM-DD",
                )
            case Rule.ANY | Rule.ALL:
                yield from _unfit(
                    relation,
                    name,
                    f"NOT ({blank(column)}) AND NOT {is_one_of(column, (*YES, *NO))} "
                    f"AND NOT {is_one_of(column, sorted(UNKNOWN_WORDS))}",
                    f"{rule} is not defined: it needs yes or no",
                )
            case _:
                pass


def _unfit(relation: Relation, name: str, condition: str, detail: str) -> Iterator[Fault]:
    count = relation.number(f"SELECT count(*) FROM extract WHERE {condition}")
    if count:
        places = relation.places(condition, name)
        yield fault(Code.RULE_DOES_NOT_FIT, count, places, column=name, detail=detail)


def check_collapse(made: Collapsing, wanted: Wanted) -> Iterator[Fault]:
    """Yield the columns in which rows of a record differ without a rule that settles it.

    The record columns are exempt: coders read the texts of all rows.
    """
    uses = wanted.columns()
    for at, column in enumerate(made.collapsed.columns, start=1):
        of_column = uses.get(column.column, frozenset())
        if not column.records or not of_column or of_column == {Use.RECORD}:
            continue
        if must_agree := of_column - _MAY_DIFFER:
            code, detail = Code.STRATUM_DISAGREES, sorted(must_agree)[0].value
        elif column.rule is None:
            code, detail = Code.ROWS_DISAGREE, ""
        else:
            continue
        places = made.relation.places(f"d{at}", column.column)
        weight = Weight(Severity.WARNING) if of_column == {Use.QUASI} else None
        yield fault(
            code, column.records, places, column=column.column, detail=detail, weight=weight
        )
