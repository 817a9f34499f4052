"""Counts how many records stand alone on some columns, for the tables of identifiability."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sampling.checks import Fault
from sampling.engines.relation import Relation
from sampling.faults import Code, fault
from sampling.frame import Uniqueness
from sampling.identifiability import MANY_UNIQUE, every_subset, growing_table

_DATE = r"\d{4}-\d\d-\d\d.*"
_AGE = r"\d{1,3}(\.0)?"
_AGE_NAME = re.compile(r"(?:^|[^a-z])age(?:$|[^a-z])", re.IGNORECASE)
_MONTH_SUFFIX, _BAND_SUFFIX = " (month)", " (ten-year band)"


@dataclass(frozen=True, slots=True)
class Identifiability:
    """The tables of one extract."""

    growing: tuple[Uniqueness, ...]
    mended: tuple[Uniqueness, ...]
    subsets: tuple[Uniqueness, ...]
    faults: tuple[Fault, ...]


def identifiability(
    relation: Relation, columns: Sequence[str], where: str, *, with_subsets: bool
) -> Identifiability:
    """Measure how identifiable the records are.

    Values are replaced by numbers first, so that each set of columns is counted on numbers.

    Args:
        relation: The extract.
        columns: Columns that could single a person out.
        where: Which rows are records.
        with_subsets: Whether every subset of up to three columns is measured too.
    """
    if not columns:
        return Identifiability((), (), (), ())
    exact = {name: relation.column(name) for name in columns}
    _code(relation, exact, where)
    records = relation.number("SELECT count(*) FROM coded")
    growing, subsets = _tables(relation, exact, with_subsets=with_subsets)
    alone = growing[-1].unique
    if not records or alone / records <= MANY_UNIQUE:
        return Identifiability(growing, (), subsets, ())
    found = fault(Code.IDENTIFIABLE, alone, detail=f"{100 * alone / records:.1f} %")
    coarse = dict(_coarser(relation, name, sql, where) for name, sql in exact.items())
    if coarse == exact:
        return Identifiability(growing, (), subsets, (found,))
    _code(relation, coarse, where)
    mended, _ = _tables(relation, coarse, with_subsets=False)
    return Identifiability(growing, mended, subsets, (found,))


def _coarser(relation: Relation, name: str, column: str, where: str) -> tuple[str, str]:
    """Return a column by month or by ten-year band, under a name that says so, where it can be."""
    band = f"10 * floor(TRY_CAST({column} AS DOUBLE) / 10)"
    for pattern, suffix, coarse in (
        (_DATE, _MONTH_SUFFIX, f"left({column}, 7)"),
        (_AGE, _BAND_SUFFIX, f"CAST({band} AS VARCHAR)"),
    ):
        if suffix == _BAND_SUFFIX and not _AGE_NAME.search(name):
            continue
        matches = f"regexp_full_match({column}, '{pattern}')"
        share = f"SELECT 2 * count_if({matches}) > count(*) FROM extract WHERE {where}"
        if relation.number(share):
            return name + suffix, f"CASE WHEN {matches} THEN {coarse} ELSE {column} END"
    return name, column


def _code(relation: Relation, columns: dict[str, str], where: str) -> None:
    """Make the table ``coded``: each value as a number, which is counted faster than a text.

    Two of a million values share one of 64 bits with a chance of three in a hundred million.
    """
    cells = ", ".join(
        f"hash(coalesce(trim({sql}), '')) AS q{at}" for at, sql in enumerate(columns.values())
    )
    relation.query(f"CREATE OR REPLACE TABLE coded AS SELECT {cells} FROM extract WHERE {where}")


def _tables(
    relation: Relation, columns: dict[str, str], *, with_subsets: bool
) -> tuple[tuple[Uniqueness, ...], tuple[Uniqueness, ...]]:
    """Return the growing table and the subsets of the columns that ``coded`` holds."""
    names = list(columns)

    def measure(some: tuple[str, ...]) -> Uniqueness:
        keys = ", ".join(f"q{names.index(name)}" for name in some)
        row = relation.query(
            "SELECT count(*), count_if(n = 1), coalesce(sum(n) FILTER (n < 5), 0) "
            f"FROM (SELECT count(*) AS n FROM coded GROUP BY {keys})"
        )[0]
        combinations, unique, under_five = (int(cell or 0) for cell in row)
        return Uniqueness(
            columns=some, combinations=combinations, unique=unique, under_five=under_five
        )

    growing = growing_table(names, measure)
    subsets = every_subset(names, measure) if with_subsets else ()
    return growing, subsets
