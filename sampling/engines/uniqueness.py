"""Counts how many records stand alone on some columns, for the tables of identifiability."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sampling.checks import Fault
from sampling.engines.relation import Relation, literal
from sampling.faults import Code, fault
from sampling.frame import Uniqueness
from sampling.identifiability import MANY_UNIQUE, Coarser, every_subset, growing_table

_DATE = r"\d{4}-\d\d-\d\d.*"
_AGE = r"\d{1,3}(\.0)?"
_AGE_NAME = re.compile(r"(?:^|[^a-z])age(?:$|[^a-z])", re.IGNORECASE)
_MONTH_SUFFIX, _BAND_SUFFIX = " (month)", " (ten-year band)"


@dataclass(frozen=True, slots=True)
class Identifiability:
    """The tables of one extract."""

    records: int
    growing: tuple[Uniqueness, ...] = ()
    mended: tuple[Uniqueness, ...] = ()
    """The same sets with coarser values; empty where not asked for, or nothing is coarser."""
    subsets: tuple[Uniqueness, ...] = ()
    """Every set of up to three columns, worst first."""
    faults: tuple[Fault, ...] = ()


def identifiability(
    relation: Relation,
    columns: Sequence[str],
    where: str,
    *,
    coarser: Mapping[str, Coarser] | None = None,
    in_full: bool = False,
) -> Identifiability:
    """Measure how identifiable the records are.

    Values are replaced by numbers first, so that each set of columns is counted on numbers.

    Args:
        relation: The extract.
        columns: Columns that could single a person out.
        where: Which rows are records.
        coarser: What could be given in their place; dates and ages need no word.
        in_full: Whether every subset of up to three columns is measured, and coarser values.
    """
    if not columns:
        return Identifiability(relation.number(f"SELECT count(*) FROM extract WHERE {where}"))
    exact = {name: relation.column(name) for name in columns}
    _code(relation, exact, where)
    records = relation.number("SELECT coalesce(sum(n_), 0) FROM coded")
    growing = growing_table(columns, partial(_measure, relation, list(columns)))
    alone = growing[-1].unique
    faults: tuple[Fault, ...] = ()
    if records and alone / records > MANY_UNIQUE:
        faults = (fault(Code.IDENTIFIABLE, alone, detail=f"{100 * alone / records:.1f} %"),)
    if not in_full:
        return Identifiability(records, growing, faults=faults)
    subsets = every_subset(columns, partial(_measure, relation, list(columns)))
    told = coarser or {}
    coarse = [_coarser(relation, name, told.get(name), where) for name in columns]
    mended: tuple[Uniqueness, ...] = ()
    if dict(coarse) != exact:
        _code(relation, dict(coarse), where)
        names = [name for name, _ in coarse]
        renamed = dict(zip(columns, names, strict=True))
        mended = tuple(
            _measure(relation, names, tuple(renamed[name] for name in line.columns))
            for line in growing
        )
    worst = sorted(subsets, key=lambda line: (-line.unique, len(line.columns)))
    return Identifiability(records, growing, mended, tuple(worst), faults)


def _coarser(relation: Relation, name: str, told: Coarser | None, where: str) -> tuple[str, str]:
    """Return a column in coarser values, under a name that says so, where there are any."""
    column = relation.column(name)
    if told is not None and told.column is not None:
        return told.column, relation.column(told.column)
    if told is not None:
        cases = " ".join(
            f"WHEN {literal(value)} THEN {literal(wider)}" for value, wider in told.values.items()
        )
        return f"{name} (grouped)", f"CASE {column} {cases} ELSE {column} END"
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


def _measure(relation: Relation, names: list[str], some: tuple[str, ...]) -> Uniqueness:
    """Count combinations of some of the columns that ``coded`` holds."""
    keys = ", ".join(f"q{names.index(name)}" for name in some)
    row = relation.query(
        "SELECT count(*), count_if(n = 1), coalesce(sum(n) FILTER (n < 5), 0) "
        f"FROM (SELECT sum(n_) AS n FROM coded GROUP BY {keys})"
    )[0]
    combinations, unique, under_five = (int(cell or 0) for cell in row)
    return Uniqueness(columns=some, combinations=combinations, unique=unique, under_five=under_five)


def _code(relation: Relation, columns: dict[str, str], where: str) -> None:
    """Make the table ``coded``: each combination that occurs, with its number of records ``n_``.

    Values are numbers there, which are counted faster than texts. Two of a million values share
    one of 64 bits with a chance of three in a hundred million.
    """
    cells = ", ".join(
        f"hash(coalesce(trim({sql}), '')) AS q{at}" for at, sql in enumerate(columns.values())
    )
    keys = ", ".join(f"q{at}" for at in range(len(columns)))
    relation.query(
        f"CREATE OR REPLACE TABLE coded AS SELECT {keys}, count(*) AS n_ "
        f"FROM (SELECT {cells} FROM extract WHERE {where}) GROUP BY {keys}"
    )
