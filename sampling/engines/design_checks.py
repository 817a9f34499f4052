"""Checks of the sizes and units of a frame, and the units with their records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sampling.checks import Fault
from sampling.engines.relation import Relation
from sampling.engines.selection import Selection, Wanted
from sampling.faults import Code, fault
from sampling.frame import UnitSize
from sampling.records import why_not_an_id

MAX_UNITS: Final = 5000

_A_SIZE: Final = r"(0|[1-9][0-9]{0,14})(\.[0-9]{0,5}[1-9])?"


def units_of(relation: Relation) -> tuple[UnitSize, ...]:
    """Return units with their records, by the bytes of stratum and name, at most 5,001 of them.

    Args:
        relation: An extract with the table ``records``, in which there are units.
    """
    rows = relation.query(
        "SELECT stratum, unit, count(*) FROM records GROUP BY stratum, unit "
        f"ORDER BY stratum, unit LIMIT {MAX_UNITS + 1}"
    )
    return tuple(
        UnitSize(stratum=str(stratum), name=str(name), records=int(count or 0))
        for stratum, name, count in rows
    )


def check_designs(relation: Relation, selection: Selection, wanted: Wanted) -> Iterator[Fault]:
    """Yield what is wrong with the sizes and units of the records selected.

    Args:
        relation: An extract with the table ``records``.
        selection: The records.
        wanted: Names the columns.
    """
    if wanted.size_column is not None:
        size = f"coalesce({relation.column(wanted.size_column)}, '')"
        is_none = f"(NOT regexp_full_match({size}, '{_A_SIZE}') OR {size} = '0')"
        condition = f"{selection.where} AND {is_none}"
        count = relation.number(f"SELECT count(*) FROM extract WHERE {condition}")
        if count:
            places = relation.places(condition, wanted.size_column)
            yield fault(Code.INVALID_SIZE, count, places, column=wanted.size_column)
    if wanted.unit_column is not None:
        yield from _check_units(relation, selection, wanted.unit_column)


def _check_units(relation: Relation, selection: Selection, name: str) -> Iterator[Fault]:
    column = relation.column(name)
    blank_count = relation.number("SELECT count(*) FROM records WHERE unit = ''")
    if blank_count:
        condition = f"{selection.where} AND coalesce(trim({column}), '') = ''"
        yield fault(Code.BLANK_UNIT, blank_count, relation.places(condition, name), column=name)
    units = units_of(relation)
    if len(units) > MAX_UNITS:
        count = relation.number("SELECT count(DISTINCT unit) FROM records")
        yield fault(Code.TOO_MANY_UNITS, count, detail=f"{MAX_UNITS:,}")
        return
    names = [unit.name for unit in units if unit.name]
    invalid = {unit: reason for unit in names if (reason := why_not_an_id(unit))}
    repeated = sorted({unit for unit in names if names.count(unit) > 1})
    condition = f"{selection.where} AND {column} IN (SELECT unnest(?::VARCHAR[]))"
    if invalid:
        places = relation.places(condition, name, [list(invalid)])
        detail = ", ".join(sorted(set(invalid.values())))
        yield fault(Code.INVALID_UNIT, len(invalid), places, detail=detail)
    if repeated:
        places = relation.places(condition, name, [repeated])
        yield fault(Code.UNIT_IN_TWO_STRATA, len(repeated), places)
