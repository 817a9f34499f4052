"""A release: everything that a file of findings may say, and nothing else.

Writers take a :class:`Release` and have no way from it to a figure that it does not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exports.errors import ReleaseError


class Mark(StrEnum):
    """What stands where a number cannot, in the shorthand of official statistics."""

    CONFIDENTIAL = "[c]"
    LOW_RELIABILITY = "[u]"
    NOT_AVAILABLE = "[x]"
    NOT_APPLICABLE = "[z]"

    @property
    def meaning(self) -> str:
        """The mark in words."""
        return _MEANINGS[self]


_MEANINGS = {
    Mark.CONFIDENTIAL: "confidential",
    Mark.LOW_RELIABILITY: "low reliability",
    Mark.NOT_AVAILABLE: "not available",
    Mark.NOT_APPLICABLE: "not applicable",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell with its value, rounded as it is printed."""

    value: str | int | Decimal
    """Text, a count, or a number with the decimals that are shown."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A cell without a value: it knows the mark that is printed and nothing more."""

    mark: Mark


Cell = Shown | Hidden
Row = tuple[Cell, ...]


class ColumnKind(StrEnum):
    """What the cells of a column hold, unless they hold a mark."""

    TEXT = "text"
    COUNT = "count"
    PERCENTAGE = "percentage"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Table:
    """One table on a sheet of its own."""

    name: str
    """Lower case with underscores; says the content."""
    sheet: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remark: str = ""
    """A sentence that stands above the table, because no figure is to be read without it."""

    def __post_init__(self) -> None:
        """Refuse a table that a reader or a program would trip over."""
        titles = [column.title.casefold() for column in self.columns]
        if not self.rows or not titles or "" in titles or len(set(titles)) < len(titles):
            raise ReleaseError(f"The table {self.name} needs rows, and a different title a column.")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ReleaseError(f"Row {number} of the table {self.name} has missing cells.")
            for cell, column in zip(row, self.columns, strict=True):
                if isinstance(cell, Shown) and not _fits(cell.value, column.kind):
                    raise ReleaseError(
                        f"Row {number} of the table {self.name} is not {column.kind.value} in the "
                        f"column {column.title!r}."
                    )

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The shorthand that the table uses, in the order of :class:`Mark`."""
        cells = [cell for row in self.rows for cell in row]
        return tuple(mark for mark in Mark if any(_uses(cell, mark) for cell in cells))


def _fits(value: str | int | Decimal, kind: ColumnKind) -> bool:
    match kind:
        case ColumnKind.TEXT:
            return isinstance(value, str) and value != ""
        case ColumnKind.COUNT:
            return isinstance(value, int)
        case ColumnKind.PERCENTAGE | ColumnKind.NUMBER:
            return isinstance(value, Decimal) and value.is_finite()


def _uses(cell: Cell, mark: Mark) -> bool:
    match cell:
        case Hidden():
            return cell.mark is mark
        case Shown():
            return isinstance(cell.value, str) and mark.value in cell.value


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars with whiskers over the rows of one table."""

    table: str
    """Name of the table whose four columns are plotted: group, percentage, distance down, up."""
    title: str
    axis_title: str
    rows: int
    """Bars: the first rows of the table, all of them with values."""
    axis_maximum: Decimal
    """In percentage points; not below the longest whisker."""
    alternative_text: str


class LineStyle(StrEnum):
    """How a line of the cover is set."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cover."""

    text: str
    style: LineStyle = LineStyle.TEXT


@dataclass(frozen=True, slots=True)
class Release:
    """A set of findings as it leaves the project."""

    title: str
    """With the status words."""
    subject: str
    status: tuple[str, ...]
    """What must be said of the whole, such as ``PROVISIONAL``."""
    creator: str
    language: str
    date: str
    """ISO date."""
    stamp: str
    """RFC 3339, UTC: the time of the last event that the figures rest on."""
    cover: tuple[Line, ...]
    notes: Table
    tables: tuple[Table, ...]
    """In the order of the sheets."""
    chart: Chart | None
    values_sha256: str
    """Of cover, notes, tables and chart, but for the provenance table, which prints it."""
    earlier_version: str = ""
    """The version of an earlier codebook that the figures rest on; empty: the one in force."""

    def __post_init__(self) -> None:
        """Refuse two tables of one name, and a chart of no table."""
        names = [table.name for table in (self.notes, *self.tables)]
        if len(set(names)) < len(names):
            raise ReleaseError("Two tables of a release have the same name.")
        if self.chart is not None and self.chart.table not in names:
            raise ReleaseError("The chart of a release plots a table that is not in it.")

    @property
    def status_line(self) -> str:
        """The status words as one sentence without a full stop."""
        return "; ".join(self.status)
