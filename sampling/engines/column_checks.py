"""Checks of the columns of an extract: what their values say, in the light of their uses."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Collection, Iterator, Sequence

from sampling.checks import ColumnProfile, Fault, Place, Severity
from sampling.columns import Finding, Use, Values, check_values, holds_iso_dates
from sampling.engines.profile import Profile
from sampling.engines.relation import Relation
from sampling.engines.selection import Wanted
from sampling.faults import Code, Weight, fault
from sampling.frame import MAX_COUNTED_VALUES
from sampling.personal import SIEVE, named_like, scan

_MOST_SHOWN = 10
_ISO = r"\d{4}-\d\d-\d\d.*"
_ENTERS_THE_LOG = frozenset({Use.KEEP, Use.STRATUM, Use.SIZE, Use.UNIT, Use.ONLY})
"""Uses whose values become part of the project."""

_ERROR = Weight(Severity.ERROR)
_ACCEPTABLE = Weight(Severity.ERROR, acceptable=True)


def check_uses(relation: Relation, wanted: Wanted) -> Iterator[Fault]:
    """Yield columns that are asked for and missing, used against their kind, or twice."""
    for name, uses in wanted.columns().items():
        if name in wanted.made:
            continue
        if name not in relation.columns:
            yield fault(Code.UNKNOWN_COLUMN, 1, column=name, detail=_known(name, relation.columns))
            continue
        if Use.ID in uses and (others := uses & (_ENTERS_THE_LOG | {Use.RECORD})):
            yield fault(Code.COLUMN_USED_TWICE, 1, column=name, detail=" or ".join(sorted(others)))
        kind = relation.unreadable.get(name)
        if kind is None and uses & {Use.ID, Use.STRATUM, Use.SIZE, Use.UNIT}:
            kind = relation.measures.get(name)
        if kind is not None:
            yield fault(Code.COLUMN_TYPE, 1, (Place(None, name),), column=name, detail=kind)


def _known(name: str, columns: Sequence[str]) -> str:
    """Return all columns, and those that a name may have been meant for."""
    near = difflib.get_close_matches(name, columns, n=3, cutoff=0.5)
    meant = f"; perhaps {' or '.join(near)} is meant" if near else ""
    return f"{', '.join(columns)}{meant}"


def check_columns(
    relation: Relation,
    wanted: Wanted,
    profiles: tuple[Profile, ...],
    today: datetime.date | None,
) -> Iterator[Fault]:
    """Yield what the values of all columns show.

    Args:
        relation: The extract.
        wanted: The uses of its columns.
        profiles: The values of each column.
        today: Dates after this are in the future; None leaves that unchecked.
    """
    uses = wanted.columns()
    for profile in profiles:
        values = profile.values
        of_column = uses.get(values.name, frozenset())
        if values.name in relation.unreadable or Use.ID in of_column:
            continue
        is_sifted = Use.RECORD in of_column or (
            not values.is_complete and bool(of_column & _ENTERS_THE_LOG)
        )
        for finding in check_values(values, today=today):
            weight = _weight(finding.code, of_column)
            if weight is None or (is_sifted and finding.code is Code.PERSONAL_DATA):
                continue
            yield _fault(relation, values, finding, weight)
        if is_sifted:
            yield from _sift(relation, values, of_column)
        yield from _absent(values, wanted)
        if today is not None and not values.is_complete and holds_iso_dates(values):
            yield from _future(relation, values.name, today)


def _weight(code: Code, uses: frozenset[Use]) -> Weight | None:
    """Return how much a finding weighs for a column of these uses; None: it does not matter."""
    warning = Weight(Severity.WARNING)
    match code:
        case Code.PERSONAL_DATA:
            if uses & _ENTERS_THE_LOG:
                return _ERROR
            return _ACCEPTABLE if Use.RECORD in uses else warning
        case Code.LONG_TEXT:
            return _ERROR if uses & _ENTERS_THE_LOG else None
        case Code.MIXED_DATES:
            return _ERROR if uses & {Use.STRATUM, Use.UNIT, Use.ONLY} else warning
        case Code.TWO_SPELLINGS if Use.STRATUM in uses:
            return None
        case Code.TOTALS_ROW:
            return _ERROR
        case _:
            return warning


def _fault(relation: Relation, values: Values, finding: Finding, weight: Weight) -> Fault:
    name, detail = values.name, finding.detail
    places: Iterator[Place] = iter((Place(None, name),))
    if finding.values:
        condition = f"{relation.column(name)} IN (SELECT unnest(?::VARCHAR[]))"
        places = relation.places(condition, name, [list(finding.values)])
    if finding.code is Code.LONG_TEXT:
        detail = "kept, a stratum or a filter"
    if finding.code is Code.PERSONAL_DATA and weight.acceptable:
        return _personal_record(name, finding.count, places, detail)
    return fault(finding.code, finding.count, places, column=name, detail=detail, weight=weight)


def _personal_record(name: str, count: int, places: Iterator[Place], detail: str) -> Fault:
    words = f"{detail}; if coders must see it: --accept {Code.PERSONAL_DATA}=REASON"
    return fault(Code.PERSONAL_DATA, count, places, column=name, detail=words, weight=_ACCEPTABLE)


def _sift(relation: Relation, values: Values, uses: frozenset[Use]) -> Iterator[Fault]:
    """Look for direct identifiers in every value of a column."""
    column, name = relation.column(values.name), values.name
    rows: list[int] = []
    kinds: set[str] = set()
    sql = f"SELECT row_, {column} FROM numbered WHERE regexp_matches({column}, ?)"
    for batch in relation.stream(sql, [SIEVE]):
        for row, text in batch:
            hits = scan(str(text))
            kinds.update(hit.kind for hit in hits)
            if hits:
                rows.append(int(row or 0))
    promised = named_like(name)
    if not rows and promised is None:
        return
    weight = _weight(Code.PERSONAL_DATA, uses) or _ERROR
    detail = ", ".join(([f"its name says {promised}"] if promised else []) + sorted(kinds))
    places = (Place(row or None, name) for row in sorted(rows))
    count = len(rows) or values.rows - values.blank
    if weight.acceptable:
        yield _personal_record(name, count, places, detail)
    else:
        yield fault(Code.PERSONAL_DATA, count, places, column=name, detail=detail, weight=weight)


def _future(relation: Relation, name: str, today: datetime.date) -> Iterator[Fault]:
    """Find dates in the future in a column of too many dates to list."""
    column = relation.column(name)
    condition = f"regexp_full_match({column}, '{_ISO}') AND left({column}, 10) > '{today}'"
    count = relation.number(f"SELECT count(*) FROM extract WHERE {condition}")
    if count:
        yield fault(Code.FUTURE_DATES, count, relation.places(condition, name), column=name)


def _absent(values: Values, wanted: Wanted) -> Iterator[Fault]:
    for name, listed in wanted.only:
        if name == values.name and values.is_complete:
            absent = [value for value in listed if value.strip() and value not in values.counts]
            if absent:
                yield fault(Code.ABSENT_VALUE, len(absent), column=name)


def described(
    profiles: tuple[Profile, ...], personal: Collection[str | None]
) -> tuple[ColumnProfile, ...]:
    """Return the columns as a report shows them.

    Args:
        profiles: The values of each column.
        personal: Columns found to hold personal data; their values are not shown.
    """
    return tuple(
        ColumnProfile(
            name=profile.values.name,
            blank=profile.values.blank,
            distinct=profile.distinct,
            distinct_is_exact=profile.is_exact,
            most=()
            if profile.values.name in personal or not profile.values.is_complete
            else _most(profile.values),
        )
        for profile in profiles
    )


def _most(values: Values) -> tuple[tuple[str, int], ...]:
    if len(values.counts) > MAX_COUNTED_VALUES:
        return ()
    ordered = sorted(values.counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ordered[:_MOST_SHOWN])
