"""Checks of whole rows: blank ones, rows without an id, and files without any column of ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sampling.checks import Fault
from sampling.engines.profile import Profile
from sampling.engines.relation import Relation, blank
from sampling.faults import Code, fault

_NEARLY = 0.8
"""An estimate of the different values may be too low by less than this share."""


@dataclass(frozen=True, slots=True)
class BlankRows:
    """What is said of blank rows in a file that an engine reads by itself."""

    trailing: int
    """Wholly blank rows at the end, which are left out."""
    faults: tuple[Fault, ...]


def blank_rows(
    relation: Relation, id_column: str | None, code_without_id: Code = Code.EMPTY_ID
) -> BlankRows:
    """Find wholly blank rows, and rows that have no id.

    Args:
        relation: The extract.
        id_column: Name of the column of ids; None where none is known.
        code_without_id: The fault of a row that has none.
    """
    every = " AND ".join(blank(f"c{number}") for number in range(len(relation.columns)))
    lead = blank(relation.column(id_column)) if id_column is not None else every
    if not relation.number(f"SELECT count(*) FROM extract WHERE {lead}"):
        return BlankRows(0, ())
    total = relation.number("SELECT coalesce(max(row_), 1) FROM numbered")
    last = relation.number(f"SELECT coalesce(max(row_), 1) FROM numbered WHERE NOT ({every})")
    faults = [fault(Code.TRAILING_BLANK_ROWS, total - last)] if total > last else []
    for code, condition, column in (
        (Code.BLANK_ROW, every, None),
        (code_without_id, f"{lead} AND NOT ({every})", id_column),
    ):
        inside = f"{condition} AND row_ <= {last}"
        count = relation.number(f"SELECT count(*) FROM numbered WHERE {inside}")
        if count:
            places = relation.places(inside, column)
            faults.append(fault(code, count, places, column=column or ""))
    return BlankRows(total - last, tuple(faults))


def id_candidates(relation: Relation, profiles: tuple[Profile, ...]) -> tuple[str, ...]:
    """Return the columns that have a value of their own in every row."""
    return tuple(
        profile.values.name
        for profile in profiles
        if profile.values.rows
        and not profile.values.blank
        and profile.distinct >= _NEARLY * profile.values.rows
        and _is_unique(relation, relation.column(profile.values.name), profile.values.rows)
    )


def _is_unique(relation: Relation, column: str, rows: int) -> bool:
    different = f"SELECT count(DISTINCT {column}) FROM extract WHERE NOT ({blank(column)})"
    return relation.number(different) == rows


def no_id_named(candidates: tuple[str, ...]) -> Iterator[Fault]:
    """Yield what to do where no column of ids was named."""
    if candidates:
        yield fault(Code.NO_ID_GIVEN, len(candidates), detail=", ".join(candidates))
    else:
        yield fault(Code.NO_UNIQUE_COLUMN, 1)
