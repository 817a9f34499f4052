"""How identifiable the records of a frame are on columns that others may know.

An engine counts combinations; here stands which combinations are asked for. Source: k-anonymity
as in Samarati and Sweeney (1998), with k = 1 ("unique") and k < 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sampling.frame import Uniqueness

    Measure = Callable[[tuple[str, ...]], Uniqueness]

LARGEST_SUBSET: Final = 3
MANY_UNIQUE: Final = 0.05
"""Above this share of unique records the table is a warning."""

_CONCEPTS: Final = (
    re.compile(r"(?:reported|incident|offence|recorded|crime)_?date|date|month"),
    re.compile(r"borough|bcu|agency|area|ward|county|district"),
    re.compile(r"(?:.*_)?(?:sex|gender)"),
    re.compile(r"(?:.*_)?age(?:_?(?:band|group))?"),
    re.compile(r"(?:.*_)?(?:ethnicity|race)(?:_.*)?"),
    re.compile(r"(?:.*_)?relationships?"),
)


@dataclass(frozen=True, slots=True)
class Coarser:
    """What could be given in place of a column, to make the records harder to single out."""

    column: str | None = None
    """Another column, such as the command unit in place of the borough."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What stands for a value; one that is not named stays as it is."""


def default_columns(names: Sequence[str], keep: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the columns that are measured where none were named.

    Args:
        names: The columns of the extract.
        keep: Columns that are to be kept of drawn records.

    Returns:
        The first column for each of date, area, sex, age, ethnicity and relationship, so far as
        their names tell, then those to be kept.
    """
    found = (
        next((name for name in names if concept.fullmatch(name.lower())), None)
        for concept in _CONCEPTS
    )
    return tuple(dict.fromkeys((*(name for name in found if name is not None), *keep)))


def growing_table(columns: Sequence[str], measure: Measure) -> tuple[Uniqueness, ...]:
    """Return each column alone, then the set that grows by the most telling column, up to all.

    Args:
        columns: Names of columns.
        measure: Counts the combinations of some columns.

    Returns:
        One row a set; of equally telling columns the first named is taken.
    """
    rows = [measure((column,)) for column in columns]
    if len(columns) < 2:
        return tuple(rows)
    grown = max(rows, key=lambda row: row.unique).columns
    while len(grown) < len(columns):
        rest = [column for column in columns if column not in grown]
        best = max((measure((*grown, column)) for column in rest), key=lambda row: row.unique)
        rows.append(best)
        grown = best.columns
    return tuple(rows)


def every_subset(columns: Sequence[str], measure: Measure) -> tuple[Uniqueness, ...]:
    """Return every subset of one to three columns, smaller ones first."""
    return tuple(
        measure(subset)
        for size in range(1, LARGEST_SUBSET + 1)
        for subset in combinations(columns, size)
    )
