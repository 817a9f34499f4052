"""A finding: a number that carries its reason.

Screens, workbook and report print this object; none recomputes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.targets import Held


@dataclass(frozen=True, slots=True)
class Measure:
    """A proportion of 0 to 1 with its interval; None where there is none to give."""

    estimate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """From the lower limit with undetermined as no to the upper limit with them as yes."""

    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Total:
    """An estimated number of records (or persons) in the frame."""

    estimate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator, over the whole frame or one group of it."""

    indicator: str
    label: str
    """Its name, which says its denominator."""
    by: str | None
    """The column, or ``stratum``; None: the whole frame."""
    group: str | None
    """The value of ``by``; a blank value is ``not recorded``."""
    cases: int
    """Cases of the group that are final (or in conflict, while cases are open) and in the scope of
    the audit."""
    numerator: int
    denominator: int
    undetermined: int
    """Cases in the base, or perhaps in it, that could not be decided."""
    blank: int
    """Those of the undetermined where an answer was left blank rather than found undeterminable."""
    population: float | None
    """Records of the base in the frame: known (whole) or estimated."""
    population_is_known: bool
    known: Measure
    """Undetermined left out: the headline."""
    confidence: float
    method: str | None
    """A name of ``sampling.estimation.Method``; None where there is no interval."""
    if_undetermined_no: Measure
    if_undetermined_yes: Measure
    bounds: Bounds
    total: Total
    """Of the decided yes in the frame: undetermined cases add nothing to it."""
    total_if_undetermined_yes: Total
    effective_n: float | None
    design_effect: float | None
    degrees_of_freedom: int | None
    flags: tuple[str, ...]
    """Words such as ``unreliable`` or ``incomplete``; a finding without estimate says why."""
    in_conflict: int = 0
    """Those of the undetermined whose coders differ, and over whom nobody has decided yet."""
    held: Held | None = None
    """The target that was set for it, held against it; None where none was."""
