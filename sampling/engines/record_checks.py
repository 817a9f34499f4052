"""From rows to records: collapsed where asked for, with ids and strata checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sampling.checks import Fault, Severity
from sampling.collapsing import Collapsed
from sampling.engines.collapse import check_collapse, check_rules, collapse
from sampling.engines.design_checks import check_designs
from sampling.engines.id_checks import check_ids, teach
from sampling.engines.profile import Profile
from sampling.engines.relation import Relation
from sampling.engines.row_checks import id_candidates, no_id_named
from sampling.engines.selection import Wanted, keep_records, select
from sampling.engines.stratum_checks import check_strata, stratum_sizes
from sampling.faults import Code, fault
from sampling.frame import MAX_COUNTED_VALUES
from sampling.row_units import unit_named


@dataclass(frozen=True, slots=True)
class Records:
    """What is known of the records, so far as the columns allow to say which they are."""

    relation: Relation
    """A row for each record: the extract itself where nothing is collapsed."""
    faults: tuple[Fault, ...]
    sizes: dict[str, int]
    """Records by stratum; empty where it is not known what a record is."""
    where: str = "true"
    """Which rows of the relation are records of the frame."""
    candidates: tuple[str, ...] = ()
    """Columns that could be the id, where none was named."""
    collapsed: Collapsed | None = None
    few_valued: tuple[str, ...] = ()
    """Kept columns of few enough values to be counted."""
    unit: str | None = None
    """What a record seems to be where it is no incident, such as ``crime``."""


def records_of(
    relation: Relation, wanted: Wanted, profiles: tuple[Profile, ...], quasi: tuple[str, ...]
) -> Records:
    """Say which records there are, and what is wrong with them.

    Args:
        relation: The extract; has the table ``records`` where nothing is collapsed and every
            column that is named is there.
        wanted: What is asked of its columns.
        profiles: The values of its columns.
        quasi: Columns that are measured besides.
    """
    if wanted.id_column is None:
        return _without_id(relation, profiles)
    if not wanted.fits(relation):
        return Records(relation, (), {})
    if wanted.collapse is None:
        return _checked(relation, wanted, _distinct(profiles))
    faults = tuple(check_rules(relation, wanted))
    if any(found.severity is Severity.ERROR for found in faults):
        return Records(relation, faults, {})
    made = collapse(relation, wanted, quasi)
    select(made.relation, wanted)
    keep_records(made.relation)
    faults = (*faults, *check_collapse(made, wanted))
    distinct = {name: _count_distinct(made.relation, name) for name in wanted.keep}
    return _checked(made.relation, wanted, distinct, faults, made.collapsed)


def _without_id(relation: Relation, profiles: tuple[Profile, ...]) -> Records:
    candidates = id_candidates(relation, profiles)
    faults = tuple(no_id_named(candidates))
    if not profiles or not profiles[0].values.rows:
        faults = (fault(Code.NO_RECORDS, 1),)
    return Records(relation, faults, {}, candidates=candidates)


def _checked(
    relation: Relation,
    wanted: Wanted,
    distinct: dict[str, int],
    faults: tuple[Fault, ...] = (),
    collapsed: Collapsed | None = None,
) -> Records:
    """Check ids and strata of the table ``records``."""
    id_column = wanted.id_column or ""
    selection = select(relation, wanted)
    teach(relation)
    sizes = stratum_sizes(relation)
    unit = unit_named(id_column)
    found = (
        *faults,
        *check_ids(relation, selection, id_column),
        *check_strata(relation, selection, wanted, sizes),
        *check_designs(relation, selection, wanted),
        *_many_valued(wanted, distinct),
        *([] if sizes else [fault(Code.NO_RECORDS, 1)]),
        *([fault(Code.NOT_INCIDENTS, 1, column=id_column, detail=unit)] if unit else []),
    )
    few = tuple(name for name in wanted.keep if distinct.get(name, 0) <= MAX_COUNTED_VALUES)
    return Records(
        relation,
        found,
        sizes,
        where=selection.where,
        collapsed=collapsed,
        few_valued=few,
        unit=unit,
    )


def _distinct(profiles: tuple[Profile, ...]) -> dict[str, int]:
    return {profile.values.name: profile.distinct for profile in profiles}


def _count_distinct(relation: Relation, name: str) -> int:
    return relation.number(f"SELECT count(DISTINCT {relation.column(name)}) FROM extract")


def _many_valued(wanted: Wanted, distinct: dict[str, int]) -> Iterator[Fault]:
    for name in wanted.keep:
        if distinct.get(name, 0) > MAX_COUNTED_VALUES:
            yield fault(
                Code.MANY_VALUES, distinct[name], column=name, detail=str(MAX_COUNTED_VALUES)
            )
