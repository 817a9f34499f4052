"""Examines an extract: everything that ``frame check`` says and ``frame commit`` rests on."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sampling.checks import ExtractReport, Fault
from sampling.engines.column_checks import check_columns, check_uses, described
from sampling.engines.date_checks import check_dates
from sampling.engines.profile import Profile, profile
from sampling.engines.record_checks import Records, records_of
from sampling.engines.relation import Relation
from sampling.engines.row_checks import BlankRows, blank_rows
from sampling.engines.selection import Wanted, keep_records, select
from sampling.engines.uniqueness import identifiability
from sampling.extracts.source import Source
from sampling.faults import RULES, Code, fault, worst_first
from sampling.frame import StratumSize
from sampling.identifiability import Coarser, default_columns


@dataclass(frozen=True, slots=True)
class Options:
    """What an examination may be asked besides the frame itself."""

    accept: Collection[str] = ()
    """Codes of faults that the supervisor accepted."""
    today: datetime.date | None = None
    """Dates after this are in the future; None leaves that unchecked."""
    in_full: bool = False
    """Whether every subset of the identifying columns is measured, and coarser values too."""
    coarser: Mapping[str, Coarser] | None = None
    """For columns that could single a person out, what could be given in their place."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What one examination found."""

    report: ExtractReport
    trailing_blank_rows: int
    records: Records


def examine(source: Source, relation: Relation, wanted: Wanted, options: Options) -> Examined:
    """Look at everything and list all faults at once.

    Args:
        source: The extract as its header showed it.
        relation: The same in the engine; where the columns allow it, it or the relation of its
            collapsed records gets the table ``records``.
        wanted: What is asked of its columns.
        options: What else is asked.
    """
    source.digest.begin()
    id_column = wanted.id_column if wanted.id_column in relation.columns else None
    if wanted.fits(relation) and wanted.collapse is None:
        select(relation, wanted)
        keep_records(relation)
    profiles, blanks = _profiled(relation, wanted, id_column)
    quasi = _measured(relation, wanted)
    wider = [one.column for one in (options.coarser or {}).values() if one.column is not None]
    records = records_of(relation, wanted, profiles, (*quasi, *wider))
    told = identifiability(
        records.relation, quasi, records.where, coarser=options.coarser, in_full=options.in_full
    )
    faults = (
        *source.faults,
        *relation.faults,
        *_wrongly_accepted(options.accept),
        *check_uses(relation, wanted),
        *blanks.faults,
        *records.faults,
        *_check_strata_named(records.sizes, wanted),
        *check_columns(relation, wanted, profiles, options.today),
        *check_dates(relation, profiles, wanted.period),
        *told.faults,
    )
    report = ExtractReport(
        source_name=source.name,
        source_sha256=source.digest.result(),
        read_as=source.read_as,
        rows=profiles[0].values.rows + relation.unread_rows if profiles else 0,
        unread_rows=relation.unread_rows,
        records=told.records,
        columns=described(profiles, _personal(faults)),
        faults=worst_first(faults),
        collapsed=records.collapsed,
        identifiability=told.growing,
        mended=told.mended,
        subsets=told.subsets,
        strata=tuple(StratumSize(name=name, records=size) for name, size in records.sizes.items()),
        independent=wanted.independent,
        id_candidates=records.candidates,
        accepted=frozenset(options.accept),
    )
    return Examined(report, blanks.trailing + _blank_rows_read(relation), records)


def _profiled(
    relation: Relation, wanted: Wanted, id_column: str | None
) -> tuple[tuple[Profile, ...], BlankRows]:
    """Return the columns without blank rows at the end, and what was blank."""
    profiles = profile(relation, 0)
    has_blanks = any(
        found.values.blank
        for found in profiles
        if id_column is None or found.values.name == id_column
    )
    if not has_blanks:
        return profiles, BlankRows(0, ())
    code = Code.EMPTY_ID if wanted.collapse is None else Code.EMPTY_KEY
    blanks = blank_rows(relation, id_column, code)
    return profile(relation, blanks.trailing) if blanks.trailing else profiles, blanks


def _personal(faults: tuple[Fault, ...]) -> set[str | None]:
    """Return the columns that seem to hold personal data."""
    return {
        place.column
        for found in faults
        if found.code == Code.PERSONAL_DATA
        for place in found.places
    }


def _blank_rows_read(relation: Relation) -> int:
    """Return the blank rows at the end that our own reader has left out already."""
    return sum(found.count for found in relation.faults if found.code == Code.TRAILING_BLANK_ROWS)


def _measured(relation: Relation, wanted: Wanted) -> tuple[str, ...]:
    """Return the columns that could single a person out: those named, else what names tell."""
    named = wanted.quasi or default_columns(relation.columns, wanted.keep)
    return tuple(
        name
        for name in dict.fromkeys(named)
        if name in relation.columns and name != wanted.id_column
    )


def _check_strata_named(sizes: Mapping[str, int], wanted: Wanted) -> Iterator[Fault]:
    """Yield strata of the settings that the frame does not have, and counts that differ."""
    if not sizes:
        return
    counted = {stratum.name: stratum.records for stratum in wanted.independent}
    differing = [name for name, records in counted.items() if records != sizes.get(name, 0)]
    if differing:
        yield fault(Code.COUNTS_DIFFER, len(differing))
    unknown = {name for pair in wanted.neighbours for name in pair} - sizes.keys()
    if unknown:
        yield fault(Code.UNKNOWN_STRATUM, len(unknown), detail="the neighbours")


def _wrongly_accepted(codes: Collection[str]) -> Iterator[Fault]:
    allowed = {code for code, rule in RULES.items() if rule.acceptable} | {Code.PERSONAL_DATA}
    for code in sorted(codes):
        if code not in allowed:
            yield fault(Code.NOT_ACCEPTABLE, 1, detail=code)
