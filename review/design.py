"""The coded sample as the estimators need it: strata, what came back from each, and groups.

A drawn record that was never read (excluded, missing or restricted) says nothing: it leaves the
sample of its stratum, and the population stays. A frame error is the contrary: whoever finds one
knows that the record is in no base, whether its case was coded so or was replaced. It stays in
the sample as one record outside, and the estimated number of records in scope falls with it; a
replacement adds a record and takes none away. A stratum that is left with too few records to
carry a variance is joined to the neighbour that the frame declares, else to the next in bytewise
order, and that is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from review.applicability import Sheet
from review.errors import IndicatorError
from sampling.frame import Frame
from sampling.plan import Plan

NOT_RECORDED: Final = "not recorded"
"""The group of records whose value is blank."""

STRATUM: Final = "stratum"
"""The word for groups by stratum."""

_NOT_READ: Final = ("no_missing", "no_restricted")
LEAST_FOR_A_VARIANCE: Final = 2


@dataclass(frozen=True, slots=True)
class CodedCase:
    """One case of the sample."""

    case_id: str
    stratum: str
    kept: Mapping[str, str]
    """Values of the kept columns; blank is the empty text."""
    sheet: Sheet | None
    """The final answers; None while the case is not final."""
    excluded: bool
    is_frame_error: bool = False
    """Whether the case was replaced as a record that should not have been in the frame."""
    is_in_conflict: bool = False
    """Whether the answers are only those on which its coders agree, until it is decided."""
    chance: Fraction | None = None
    """Probability of being in the sample; None where all of a stratum have the same."""
    unit: str | None = None
    """The unit that it was drawn with; None where records were drawn by themselves."""

    @property
    def is_settled(self) -> bool:
        """Whether the case is final or out of the audit."""
        is_final = self.sheet is not None and not self.is_in_conflict
        return self.excluded or self.is_frame_error or is_final

    @property
    def was_read(self) -> bool:
        """Whether it is known what the record is; the others are non-response."""
        if self.is_frame_error:
            return True
        if self.excluded or self.sheet is None:
            return False
        opened = self.sheet.counted.get("E1", ())
        return not any(value in _NOT_READ for value in opened)


@dataclass(frozen=True, slots=True)
class Cell:
    """One stratum of the design, or several that were joined."""

    names: tuple[str, ...]
    population: int
    """Records of it in the frame (or, within a group, those of the group)."""
    cases: tuple[CodedCase, ...]
    """Cases that were read."""

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return " + ".join(self.names)

    @property
    def is_usable(self) -> bool:
        """Whether it was read whole, or has enough cases (or units) to carry a variance."""
        drawn_apart = {case.unit or case.case_id for case in self.cases}
        is_whole = len(self.cases) == self.population
        return is_whole or len(drawn_apart) >= LEAST_FOR_A_VARIANCE


@dataclass(frozen=True, slots=True)
class Group:
    """The whole frame, or the records with one value of a column."""

    by: str | None
    value: str | None
    belongs: Callable[[CodedCase], bool]
    sizes: Mapping[str, int] | None
    """Records of it in the frame, by stratum; None where the frame does not know."""


def cells_of(
    plan: Plan, cases: Sequence[CodedCase], neighbours: Mapping[str, str] | None = None
) -> tuple[tuple[Cell, ...], bool]:
    """Return the strata with the cases read in each, joined where need be.

    Args:
        plan: The strata.
        cases: All cases of the sample.
        neighbours: By stratum, the one that it is joined to first; those without one are joined
            to the next in bytewise order.

    Returns:
        The cells in bytewise order of stratum, and whether any were joined.
    """
    read: dict[str, list[CodedCase]] = {stratum.name: [] for stratum in plan.strata}
    for case in cases:
        if case.was_read:
            read[case.stratum].append(case)
    ordered = sorted(plan.strata, key=lambda stratum: stratum.name.encode())
    cells = [Cell((one.name,), one.population, tuple(read[one.name])) for one in ordered]
    joined = False
    while len(cells) > 1 and (weak := _first_weak(cells)) is not None:
        other = _neighbour_of(cells, weak, neighbours or {})
        first, second = sorted((weak, other))
        one, two = cells[first], cells.pop(second)
        population = one.population + two.population
        cells[first] = Cell((*one.names, *two.names), population, (*one.cases, *two.cases))
        joined = True
    return tuple(cells), joined


def weights_of(cells: Sequence[Cell], cases: Sequence[CodedCase]) -> dict[str, Fraction]:
    """Return for how many records of the frame each case that was read stands.

    What estimates weigh by, and so whatever is held against an estimate or corrects it. A record
    that was not read gives its weight to the others of its cell, and strata that were joined are
    one. What a record stands for by its draw alone (:class:`sampling.inclusion.Inclusion`) is
    another number wherever a record was not read: rates weighed by it would be those of another
    population than the share that they correct.

    Args:
        cells: As :func:`cells_of` gives them.
        cases: All cases drawn for the sample, read or not.

    Returns:
        At least 1 each, by case number; a case that was not read stands for none and is left out.
    """
    return {name: weight for cell in cells for name, weight in _weights_in(cell, cases).items()}


def _weights_in(cell: Cell, cases: Sequence[CodedCase]) -> dict[str, Fraction]:
    chances = {case.case_id: case.chance for case in cell.cases if case.chance is not None}
    if not chances:
        alike = [case.case_id for case in cell.cases]
        return {name: Fraction(cell.population, len(alike)) for name in alike}
    drawn = [case for case in cases if case.stratum in cell.names]
    factor = Fraction(1)
    if len(drawn) > len(cell.cases):
        factor = Fraction(_by_draw(drawn) / _by_draw(cell.cases))
    return {name: max(factor / chance, Fraction(1)) for name, chance in chances.items()}


def _by_draw(cases: Sequence[CodedCase]) -> float:
    """Return for how many records cases stand by their draw alone."""
    return math.fsum(float(1 / case.chance) for case in cases if case.chance is not None)


def cells_within(cells: Sequence[Cell], group: Group) -> tuple[Cell, ...] | None:
    """Return the cells cut down to a group; None where its sizes do not carry an estimate.

    Within a group of known size the cases of the group are a sample of it, stratum by stratum.
    That needs every stratum that holds records of the group to have enough cases of it.
    """
    if group.sizes is None:
        return None
    cut = [
        Cell(
            cell.names,
            sum(group.sizes.get(name, 0) for name in cell.names),
            tuple(case for case in cell.cases if group.belongs(case)),
        )
        for cell in cells
    ]
    cut = [cell for cell in cut if cell.population]
    if not cut or any(len(cell.cases) > cell.population for cell in cut):
        return None
    if len(cut) == 1:
        return tuple(cut) if cut[0].cases else None
    return tuple(cut) if all(cell.is_usable for cell in cut) else None


def groups_by(frame: Frame, cases: Sequence[CodedCase], column: str) -> tuple[Group, ...]:
    """Return the groups of a kept column or of the strata, ``not recorded`` last.

    Raises:
        IndicatorError: Where the column was not kept; the message names those that were.
    """
    if column == STRATUM:
        names = sorted(frame.stratum_sizes, key=str.encode)
        return tuple(_stratum_group(name, frame.stratum_sizes[name]) for name in names)
    if column not in frame.spec.keep:
        known = ", ".join((*frame.spec.keep, STRATUM))
        raise IndicatorError(f"There is no breakdown by {column}; there is {known}.")
    counts = frame.counts_of(column)
    sizes: dict[str, dict[str, int]] = {}
    for count in counts.counts if counts else ():
        of_value = sizes.setdefault(group_name(count.value), {})
        of_value[count.stratum] = of_value.get(count.stratum, 0) + count.records
    seen = {group_name(case.kept.get(column, "")) for case in cases}
    values = sorted(seen | set(sizes), key=lambda value: (value == NOT_RECORDED, value.encode()))
    return tuple(
        _column_group(column, value, None if counts is None else sizes.get(value, {}))
        for value in values
    )


def group_name(value: str) -> str:
    """Return the group that a value belongs to."""
    return value if value.strip() else NOT_RECORDED


def whole_frame(frame: Frame) -> Group:
    """Return the group that every record belongs to."""
    return Group(None, None, lambda _: True, frame.stratum_sizes)


def _stratum_group(name: str, records: int) -> Group:
    return Group(STRATUM, name, lambda case: case.stratum == name, {name: records})


def _column_group(column: str, value: str, sizes: Mapping[str, int] | None) -> Group:
    return Group(column, value, lambda case: group_name(case.kept.get(column, "")) == value, sizes)


def _neighbour_of(cells: Sequence[Cell], weak: int, neighbours: Mapping[str, str]) -> int:
    """Return the place of the cell that a weak one is joined to."""
    for name in cells[weak].names:
        declared = neighbours.get(name)
        for place, cell in enumerate(cells):
            if declared in cell.names and place != weak:
                return place
    return weak + 1 if weak + 1 < len(cells) else weak - 1


def _first_weak(cells: Sequence[Cell]) -> int | None:
    """Return the place of the first cell that carries no variance, or None."""
    return next((place for place, cell in enumerate(cells) if not cell.is_usable), None)
