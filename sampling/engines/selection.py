"""Which rows of an extract are records of the frame, and in which stratum each one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sampling.collapsing import ROWS_IN_EXTRACT, Rule
from sampling.columns import Use
from sampling.engines.relation import Relation, blank, literal
from sampling.frame import DRAWN_BEFORE, STRATUM_JOINT, WHOLE_FRAME, Exclusion, StratumSize

if TYPE_CHECKING:
    from sampling.frame import FrameSpec, Period


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the columns; a check may ask for less than a frame needs."""

    id_column: str | None
    strata_columns: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    quasi: tuple[str, ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    blank_stratum: str | None = None
    collapse: str | None = None
    """The key that makes one record of several rows; None: a row is a record."""
    rules: tuple[tuple[str, Rule], ...] = ()
    """What a record holds of columns in which its rows differ."""
    neighbours: tuple[tuple[str, str], ...] = ()
    """Strata, and those that they are joined to if need be."""
    independent: tuple[StratumSize, ...] = ()
    """Records by stratum as somebody else counted them."""
    size_column: str | None = None
    unit_column: str | None = None
    period: Period | None = None
    """The days that records should be of."""
    excluded: tuple[str, ...] = ()
    """Ids of records that earlier waves drew; they are left out."""

    @classmethod
    def of(cls, spec: FrameSpec) -> Wanted:
        """Return what a frame asks for."""
        return cls(
            spec.id_column or None,
            spec.strata_columns,
            spec.keep,
            spec.record,
            spec.quasi,
            tuple((only.column, only.values) for only in spec.only),
            spec.blank_stratum,
            spec.collapse,
            tuple((one.column, one.rule) for one in spec.rules),
            tuple((one.stratum, one.neighbour) for one in spec.neighbours),
            spec.independent,
            spec.size_column,
            spec.unit_column,
            spec.period,
        )

    @property
    def made(self) -> frozenset[str]:
        """Columns that the extract does not have and the records will."""
        return frozenset({ROWS_IN_EXTRACT}) if self.collapse is not None else frozenset()

    def fits(self, relation: Relation) -> bool:
        """Whether an id column is named, and the extract has every column that is named."""
        return self.id_column is not None and all(
            name in relation.columns or name in self.made for name in self.columns()
        )

    def columns(self) -> dict[str, frozenset[Use]]:
        """Return the uses of each column that is named, in the order of naming."""
        named = [
            *([(self.id_column, Use.ID)] if self.id_column is not None else []),
            *((name, Use.STRATUM) for name in self.strata_columns),
            *([(self.size_column, Use.SIZE)] if self.size_column is not None else []),
            *([(self.unit_column, Use.UNIT)] if self.unit_column is not None else []),
            *((name, Use.KEEP) for name in self.keep),
            *((name, Use.RECORD) for name in self.record),
            *((name, Use.ONLY) for name, _ in self.only),
            *((name, Use.QUASI) for name in self.quasi),
        ]
        uses: dict[str, frozenset[Use]] = {}
        for name, use in named:
            uses[name] = uses.get(name, frozenset()) | {use}
        return uses


@dataclass(frozen=True, slots=True)
class Selection:
    """The frame as SQL over the views of a relation; made by :func:`select`."""

    id: str
    """Column of the ids."""
    where: str
    """Which rows are records of the frame: they have an id and pass the filters."""
    stratum: str
    """Name of the stratum of a row; empty where it is blank and blanks have no name."""
    parts: tuple[str, ...]
    """Values that are joined into the name."""


def select(relation: Relation, wanted: Wanted) -> Selection:
    """Make the view ``marked`` of all rows, with the columns ``id`` and ``stratum``.

    The id is missing where a row is no record of the frame. Where sizes or units are wanted there
    are columns ``size`` and ``unit`` as well, empty where they are blank.

    Args:
        relation: The extract.
        wanted: Names columns that the extract has, and an id column.

    Raises:
        ExtractError: Where a column is missing.
    """
    id_column = relation.column(wanted.id_column or "")
    filters = [_passes(relation, name, values) for name, values in wanted.only]
    if wanted.excluded:
        filters.append(_is_new(id_column, wanted))
    where = " AND ".join([f"NOT ({blank(id_column)})", *filters])
    parts = tuple(
        f"CASE WHEN {blank(column)} THEN {literal(wanted.blank_stratum or '')} ELSE {column} END"
        for column in map(relation.column, wanted.strata_columns)
    )
    stratum = f" || {literal(STRATUM_JOINT)} || ".join(parts) or literal(WHOLE_FRAME)
    relation.define(
        f"CREATE OR REPLACE VIEW marked AS SELECT CASE WHEN {where} THEN {id_column} END AS id, "
        f"{stratum} AS stratum{_of_designs(relation, wanted)} FROM extract"
    )
    return Selection(id_column, where, stratum, parts)


def _of_designs(relation: Relation, wanted: Wanted) -> str:
    named = {"size": wanted.size_column, "unit": wanted.unit_column}
    return "".join(
        f", CASE WHEN {blank(relation.column(name))} THEN '' ELSE {relation.column(name)} END "
        f"AS {column}"
        for column, name in named.items()
        if name is not None
    )


def keep_records(relation: Relation) -> None:
    """Make the table ``records`` of ids and strata.

    Checks, fingerprint and draw read this table and not the extract again.
    """
    relation.keep_records()


def _passes(relation: Relation, name: str, values: tuple[str, ...]) -> str:
    column = relation.column(name)
    listed = ", ".join(literal(value) for value in values)
    return f"coalesce({column}, '') IN ({listed})"


def _is_new(id_column: str, wanted: Wanted) -> str:
    return f"{id_column} NOT IN ({', '.join(map(literal, wanted.excluded))})"


def exclusions(relation: Relation, wanted: Wanted, blank_rows: int) -> tuple[Exclusion, ...]:
    """Return what is left out and why; a record is counted at the first filter it fails.

    Args:
        relation: The extract.
        wanted: Names the filters.
        blank_rows: Wholly blank rows at the end.
    """
    left_out = []
    if blank_rows:
        left_out.append(Exclusion(reason="wholly blank rows at the end", records=blank_rows))
    passed = [f"NOT ({blank(relation.column(wanted.id_column or ''))})"]
    if wanted.excluded:
        condition = _is_new(relation.column(wanted.id_column or ""), wanted)
        count = relation.number(
            f"SELECT count(*) FROM extract WHERE {passed[0]} AND NOT ({condition})"
        )
        left_out.append(Exclusion(reason=DRAWN_BEFORE, records=count))
        passed.append(condition)
    for name, values in wanted.only:
        condition = _passes(relation, name, values)
        count = relation.number(
            f"SELECT count(*) FROM extract WHERE {' AND '.join(passed)} AND NOT ({condition})"
        )
        reason = f"{name} is not one of: {', '.join(value or '(blank)' for value in values)}"
        left_out.append(Exclusion(reason=reason, records=count))
        passed.append(condition)
    return tuple(left_out)
