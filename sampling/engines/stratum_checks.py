"""Checks of the strata of a frame, and their sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sampling.checks import Fault, Place
from sampling.columns import other_spellings
from sampling.engines.relation import Relation, blank
from sampling.engines.selection import Selection, Wanted
from sampling.faults import Code, fault
from sampling.frame import STRATUM_JOINT
from sampling.records import why_not_an_id

MAX_STRATA: Final = 5000


def stratum_sizes(relation: Relation) -> dict[str, int]:
    """Return records by stratum, in ascending order of the name's bytes, at most 5,001 of them.

    Args:
        relation: An extract with the table ``records``.
    """
    rows = relation.query(
        "SELECT stratum, count(*) FROM records GROUP BY stratum ORDER BY stratum "
        f"LIMIT {MAX_STRATA + 1}"
    )
    return {str(name): int(count or 0) for name, count in rows}


def check_strata(
    relation: Relation, selection: Selection, wanted: Wanted, sizes: dict[str, int]
) -> Iterator[Fault]:
    """Yield what is wrong with the strata of the records selected.

    Args:
        relation: The extract.
        selection: The records.
        wanted: Names the stratum columns.
        sizes: Records by stratum.
    """
    if len(sizes) > MAX_STRATA:
        count = relation.number("SELECT count(DISTINCT stratum) FROM records")
        yield fault(Code.TOO_MANY_STRATA, count, detail=f"{MAX_STRATA:,}")
        return
    has_blank = any(not part.strip() for name in sizes for part in name.split(STRATUM_JOINT))
    if wanted.blank_stratum is None and has_blank:
        yield from _blank(relation, selection, wanted)
    reasons = {name: why_not_an_id(name) for name in sizes if name.strip()}
    invalid = {name: reason for name, reason in reasons.items() if reason}
    if invalid:
        detail = ", ".join(sorted(set(invalid.values())))
        places = _places(relation, selection, wanted, tuple(invalid))
        yield fault(Code.INVALID_STRATUM, len(invalid), places, detail=detail)
    odd = other_spellings(sizes)
    if odd:
        places = _places(relation, selection, wanted, odd)
        yield fault(Code.STRATUM_SPELLINGS, len(odd), places)
    if len(selection.parts) > 1:
        yield from _joined(relation, selection, wanted)
    single = sum(size == 1 for size in sizes.values())
    if single and len(sizes) > 1:
        yield fault(Code.SINGLE_RECORD_STRATUM, single)


def _places(
    relation: Relation, selection: Selection, wanted: Wanted, names: tuple[str, ...]
) -> Iterator[Place]:
    column = wanted.strata_columns[0] if len(wanted.strata_columns) == 1 else None
    condition = f"{selection.where} AND {selection.stratum} IN (SELECT unnest(?::VARCHAR[]))"
    return relation.places(condition, column, [list(names)])


def _blank(relation: Relation, selection: Selection, wanted: Wanted) -> Iterator[Fault]:
    for name in wanted.strata_columns:
        condition = f"{selection.where} AND {blank(relation.column(name))}"
        count = relation.number(f"SELECT count(*) FROM extract WHERE {condition}")
        if count:
            places = relation.places(condition, name)
            yield fault(Code.BLANK_STRATUM, count, places, column=name)


def _joined(relation: Relation, selection: Selection, wanted: Wanted) -> Iterator[Fault]:
    parts = ", ".join(selection.parts)
    rows = relation.query(
        f"SELECT name FROM (SELECT DISTINCT {selection.stratum} AS name, {parts} FROM extract "
        f"WHERE {selection.where}) GROUP BY name HAVING count(*) > 1"
    )
    if rows:
        names = tuple(str(row[0]) for row in rows)
        yield fault(Code.JOINED_STRATA, len(names), _places(relation, selection, wanted, names))
