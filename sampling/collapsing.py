"""One record from several rows: what may be asked of a collapse, and what it is found to do.

An extract with a row for each crime, person or arrest becomes one record for each incident by a
key. Types only; ``sampling.engines.collapse`` does the work, in the engine.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sampling.recorded import Coded, Recorded, Row

ROWS_IN_EXTRACT: Final = "rows_in_extract"
"""The column that a collapse adds: how many rows of the extract the record had."""

SIZES: Final = ("1", "2", "3", "4 or more")
"""Rows a record, as a collapse is shown."""


class Rule(StrEnum):
    """What a record holds of a column in which its rows differ."""

    FIRST = "first"
    """The value of the row that comes first where whole rows are ordered by their bytes."""
    COUNT = "count"
    """How many rows have a value."""
    COUNT_DISTINCT = "count_distinct"
    """How many different values there are."""
    ANY = "any"
    """``yes`` where any row says yes, ``no`` where all say no, else blank."""
    ALL = "all"
    """``yes`` where all rows say yes, ``no`` where any says no, else blank."""
    MAX = "max"
    """The largest whole number, or the latest date."""
    MIN = "min"
    """The smallest whole number, or the earliest date."""
    LIST = "list"
    """The different values in order of bytes, with `` | `` between them."""


class ColumnRule(Recorded):
    """The rule of one column."""

    column: str
    rule: Coded[Rule]


class RowsOfRecord(Recorded):
    """How many records had so many rows."""

    rows: str
    """One of :data:`SIZES`."""
    records: int


class Disagreement(Recorded):
    """One column that was looked at while rows were collapsed."""

    column: str
    records: int
    """Records whose rows differ in it."""
    rule: Coded[Rule] | None
    """What the records hold of it; None: nothing was said."""


class Collapsed(Recorded):
    """What a collapse did, in numbers."""

    key: str
    rows: int
    """Rows that had a key."""
    records: int
    """Different keys."""
    largest: int
    """Rows of the record that has most."""
    sizes: Row[RowsOfRecord]
    """One entry for each of :data:`SIZES`."""
    columns: Row[Disagreement]
    """The columns that are used, in the order of naming; without any, all of the extract."""
