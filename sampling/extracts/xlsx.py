"""Spreadsheet extracts: the first sheet of a guarded workbook, row by row, every cell as text.

openpyxl streams the sheet; the caps are counted while reading, because the stated dimension of a
sheet can lie. A formula, an error value and an id stored as a number are faults, never guesses.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sampling.checks import Fault
from sampling.errors import ExtractError
from sampling.extracts.archive import guard_workbook
from sampling.extracts.fault_log import FaultLog
from sampling.extracts.source import MAX_COLUMNS
from sampling.faults import Code, fault

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    AnyCell = Cell | ReadOnlyCell | EmptyCell

MAX_ROWS: Final = 1_000_000
MAX_CELL: Final = 32_767
_EXACT_INTEGER: Final = 2**53
_FORMULA, _ERROR = "f", "e"
_MIDNIGHT = datetime.time()


@dataclass(slots=True)
class SheetRows:
    """The rows of the first sheet after its header.

    Attributes:
        path: A workbook that has passed the guard.
        columns: The names of the columns.
        id_column: The column of ids, where one is named.
        id_width: Width to which whole-number ids are padded with zeros; None refuses them.
    """

    path: Path
    columns: tuple[str, ...]
    id_column: str | None = None
    id_width: int | None = None
    _log: FaultLog = field(default_factory=FaultLog)
    _last: int = 1

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was wrong; complete once the rows have been read."""
        return self._log.faults()

    @property
    def last_row(self) -> int:
        """Number of the last row that is not blank; known once the rows have been read."""
        return self._last

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number and cells of every sound row; faults are counted anew each time."""
        self._log = FaultLog(
            {
                Code.RAGGED_ROW: str(len(self.columns)),
                Code.LONG_CELL: f"{MAX_CELL:,}",
                Code.TOO_MANY_ROWS: f"{MAX_ROWS:,}",
            }
        )
        self._last = 1
        for row, cells in self._log.without_blank(self._rows_after_header(), _is_blank):
            self._last = row
            texts = self._texts(row, cells)
            if texts is not None:
                yield row, texts

    def _rows_after_header(self) -> Iterator[tuple[int, tuple[AnyCell, ...]]]:
        for row, cells in _sheet_rows(self.path):
            if row > MAX_ROWS + 1:
                self._log.add(Code.TOO_MANY_ROWS)
                return
            if row > 1:
                yield row, cells

    def _texts(self, row: int, cells: tuple[AnyCell, ...]) -> list[str] | None:
        """Return the row as texts; None after counting what is wrong with it."""
        width = len(self.columns)
        if any(cell.value is not None for cell in cells[width:]):
            self._log.add(Code.RAGGED_ROW, row)
            return None
        texts, is_sound = [], True
        for name, cell in zip(self.columns, cells, strict=False):
            code = self._why_refused(name, cell)
            if code is not None:
                self._log.add(code, row, name)
                is_sound = False
            texts.append(self._text(name, cell))
        return texts + [""] * (width - len(texts)) if is_sound else None

    def _why_refused(self, name: str, cell: AnyCell) -> Code | None:
        if cell.data_type == _FORMULA:
            return Code.FORMULA_CELL
        if cell.data_type == _ERROR:
            return Code.ERROR_CELL
        value = cell.value
        if isinstance(value, str) and len(value) > MAX_CELL:
            return Code.LONG_CELL
        is_id = name == self.id_column
        if is_id and value is not None and not isinstance(value, str):
            padded = type(value) is int and self.id_width and 0 <= value < _EXACT_INTEGER
            return None if padded else Code.NUMERIC_ID
        return None

    def _text(self, name: str, cell: AnyCell) -> str:
        value = cell.value
        if name == self.id_column and self.id_width and type(value) is int:
            return f"{value:0{self.id_width}d}"
        return cell_text(value)


def _is_blank(cells: tuple[AnyCell, ...]) -> bool:
    return all(cell.value is None or cell.value == "" for cell in cells)


def cell_text(value: object) -> str:
    """Return the value of a cell as plain text: ISO dates, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime.datetime() if value.time() == _MIDNIGHT:
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(" ")
        case float() if value.is_integer() and abs(value) < _EXACT_INTEGER:
            return str(int(value))
        case _:
            return str(value)


def open_workbook(path: Path) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Guard a workbook and read the names of its columns.

    Args:
        path: The workbook.

    Returns:
        The names in the first row of the first sheet, and what the workbook itself shows.

    Raises:
        ExtractError: Where it is not safe or not possible to read it.
    """
    members = guard_workbook(path)
    links = sum(name.startswith("xl/externalLinks/externalLink") for name in members)
    sheets = sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in members)
    faults = []
    if links:
        faults.append(fault(Code.EXTERNAL_LINK, links))
    if sheets > 1:
        faults.append(fault(Code.SEVERAL_SHEETS, sheets))
    first = next(_sheet_rows(path), (1, ()))[1]
    names = [cell_text(cell.value) for cell in first]
    while names and not names[-1]:
        names.pop()
    return tuple(names), tuple(faults)


def _sheet_rows(path: Path) -> Iterator[tuple[int, tuple[AnyCell, ...]]]:
    """Yield row number and cells; at most one column more than is allowed."""
    import defusedxml  # noqa: F401  # openpyxl parses by it where it is there: its absence must stop us
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # The stated dimension can lie; without it the rows themselves decide.
            sheet.reset_dimensions()
            yield from enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1)
        finally:
            book.close()
    except Exception as error:  # a hostile workbook can fail in any way
        raise ExtractError(
            "The workbook cannot be read; save the records as CSV UTF-8 and use that."
        ) from error
