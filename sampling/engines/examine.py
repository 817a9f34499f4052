"""Examines an extract: everything that ``frame check`` says and ``frame commit`` rests on."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sampling.checks import ExtractReport, Fault
from sampling.engines.column_checks import check_columns, check_uses, described
from sampling.engines.id_checks import check_ids, teach
from sampling.engines.profile import Profile, profile
from sampling.engines.relation import Relation
from sampling.engines.row_checks import BlankRows, blank_rows, id_candidates, no_id_named
from sampling.engines.selection import Selection, Wanted, select, sort_records
from sampling.engines.stratum_checks import check_strata, stratum_sizes
from sampling.engines.uniqueness import Identifiability, identifiability
from sampling.extracts.source import Source
from sampling.faults import RULES, Code, fault, worst_first
from sampling.frame import StratumSize
from sampling.identifiability import default_columns


@dataclass(frozen=True, slots=True)
class Options:
    """What an examination may be asked besides the frame itself."""

    accept: Collection[str] = ()
    """Codes of faults that the supervisor accepted."""
    today: datetime.date | None = None
    """Dates after this are in the future; None leaves that unchecked."""
    with_subsets: bool = False
    """Whether every subset of the identifying columns is measured."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What one examination found."""

    report: ExtractReport
    trailing_blank_rows: int


@dataclass(slots=True)
class _Records:
    """What is known of the records, once the columns allow to say which rows they are."""

    sizes: dict[str, int]
    faults: list[Fault]
    candidates: tuple[str, ...] = ()
    where: str = "true"


def examine(source: Source, relation: Relation, wanted: Wanted, options: Options) -> Examined:
    """Look at everything and list all faults at once.

    Args:
        source: The extract as its header showed it.
        relation: The same in the engine; gets the table ``records`` where the columns allow it.
        wanted: What is asked of its columns.
        options: What else is asked.
    """
    source.digest.begin()
    id_column = wanted.id_column if wanted.id_column in relation.columns else None
    if _is_a_frame(relation, wanted):
        select(relation, wanted)
        sort_records(relation)
    profiles = profile(relation, 0)
    blanks = BlankRows(0, ())
    if any(
        found.values.blank
        for found in profiles
        if id_column is None or found.values.name == id_column
    ):
        blanks = blank_rows(relation, id_column)
    if blanks.trailing:
        profiles = profile(relation, blanks.trailing)
    records = _records(relation, wanted, profiles)
    told = _identifiability(relation, wanted, records.where, with_subsets=options.with_subsets)
    faults = (
        *source.faults,
        *relation.faults,
        *_wrongly_accepted(options.accept),
        *check_uses(relation, wanted),
        *blanks.faults,
        *records.faults,
        *check_columns(relation, wanted, profiles, options.today),
        *told.faults,
    )
    personal = {
        place.column
        for found in faults
        if found.code == Code.PERSONAL_DATA
        for place in found.places
    }
    report = ExtractReport(
        source_name=source.name,
        source_sha256=source.digest.result(),
        read_as=source.read_as,
        rows=profiles[0].values.rows if profiles else 0,
        columns=described(profiles, personal),
        faults=worst_first(faults),
        identifiability=told.growing,
        mended=told.mended,
        subsets=told.subsets,
        strata=tuple(StratumSize(name=name, records=size) for name, size in records.sizes.items()),
        id_candidates=records.candidates,
        accepted=frozenset(options.accept),
    )
    return Examined(report, blanks.trailing + _blank_rows_read(relation))


def _blank_rows_read(relation: Relation) -> int:
    """Return the blank rows at the end that our own reader has left out already."""
    return sum(found.count for found in relation.faults if found.code == Code.TRAILING_BLANK_ROWS)


def _is_a_frame(relation: Relation, wanted: Wanted) -> bool:
    """Whether an id column is named, and every column that is named is there."""
    return wanted.id_column is not None and all(
        name in relation.columns for name in wanted.columns()
    )


def _records(relation: Relation, wanted: Wanted, profiles: tuple[Profile, ...]) -> _Records:
    if wanted.id_column is None:
        candidates = id_candidates(relation, profiles)
        faults = list(no_id_named(candidates))
        if not profiles or not profiles[0].values.rows:
            faults = [fault(Code.NO_RECORDS, 1)]
        return _Records({}, faults, candidates)
    if not _is_a_frame(relation, wanted):
        return _Records({}, [])
    selection: Selection = select(relation, wanted)
    teach(relation)
    sizes = stratum_sizes(relation)
    faults = [
        *check_ids(relation, selection, wanted.id_column),
        *check_strata(relation, selection, wanted, sizes),
    ]
    if not sizes:
        faults.append(fault(Code.NO_RECORDS, 1))
    return _Records(sizes, faults, where=selection.where)


def _identifiability(
    relation: Relation, wanted: Wanted, where: str, *, with_subsets: bool
) -> Identifiability:
    named = wanted.quasi or default_columns(relation.columns)
    columns = tuple(
        name
        for name in dict.fromkeys(named)
        if name in relation.columns and name != wanted.id_column
    )
    return identifiability(relation, columns, where, with_subsets=with_subsets)


def _wrongly_accepted(codes: Collection[str]) -> Iterator[Fault]:
    allowed = {code for code, rule in RULES.items() if rule.acceptable} | {Code.PERSONAL_DATA}
    for code in sorted(codes):
        if code not in allowed:
            yield fault(Code.NOT_ACCEPTABLE, 1, detail=code)
