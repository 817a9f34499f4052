"""The cells of a form as another program wrote it, read with care: it may be hostile.

A workbook passes the guard of extracts first, and every cell is text: a formula is refused, never
worked out. A CSV is UTF-8.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exports.errors import FormError, FormRefusedError, RefusedFormCell
from exports.text import clean
from sampling.errors import ExtractError
from sampling.extracts.archive import guard_workbook
from sampling.extracts.xlsx import cell_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 32_767


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a sheet that holds something."""

    sheet: str
    number: int
    """The header being 1."""
    cells: dict[str, str]
    """By column; empty ones are left out."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refused(self, column: str, reason: str) -> RefusedFormCell:
        """Return a cell of this row as one that no codebook can hold."""
        return RefusedFormCell(self.sheet, self.number, column, reason)


def read_workbook(path: Path, wanted: Sequence[str]) -> dict[str, tuple[FormRow, ...]]:
    """Return the rows of the sheets of a workbook that are wanted; an absent one has none.

    Raises:
        FormError: Where it is not safe or not possible to read it.
        FormRefusedError: Where cells hold formulas or faults.
    """
    _check_size(path)
    try:
        guard_workbook(path)
    except ExtractError as error:
        raise FormError(
            f"{path.name}: {error} For a form: save the workbook anew without what is named."
        ) from error
    rows: dict[str, tuple[FormRow, ...]] = {}
    for name, cells in _sheets(path, wanted).items():
        faults = [
            RefusedFormCell(name, number, f"cell {position}", "a formula is not read.")
            for number, row in enumerate(cells, start=1)
            for position, (kind, _) in enumerate(row, start=1)
            if kind in ("f", "e")
        ]
        if faults:
            raise FormRefusedError(f"{path.name} holds formulas.", tuple(faults))
        rows[name] = tuple(_rows(name, ([text for _, text in row] for row in cells), path.name))
    return rows


def _sheets(path: Path, wanted: Sequence[str]) -> dict[str, list[list[tuple[str, str]]]]:
    """Return kind and text of the cells of each wanted sheet."""
    import defusedxml  # noqa: F401  # openpyxl parses by it where it is there: its absence must stop us
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            found = {}
            for sheet in book.worksheets:
                if sheet.title in wanted:
                    # The stated dimension can lie; without it the rows themselves decide.
                    sheet.reset_dimensions()
                    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1)
                    found[sheet.title] = [[_cell(cell) for cell in row] for row in rows]
            return found
        finally:
            book.close()
    except Exception as error:  # a hostile workbook can fail in any way
        raise FormError(
            f"{path.name} cannot be read as a workbook; save it anew as XLSX."
        ) from error


def _cell(cell: Cell | MergedCell | ReadOnlyCell | EmptyCell) -> tuple[str, str]:
    return str(cell.data_type), cell_text(cell.value)


def read_csv(path: Path) -> tuple[FormRow, ...]:
    """Return the rows of a CSV.

    Raises:
        FormError: Where it is not UTF-8, no CSV, or too large for a form.
    """
    _check_size(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        cells = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise FormError(
            f"{path.name} is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error
    except csv.Error as error:
        raise FormError(f"{path.name} is no CSV that can be read; save it anew.") from error
    return tuple(_rows("", cells, path.name))


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FormError(f"{path.name} cannot be read: {error.strerror}.") from error
    if size > MAX_BYTES:
        raise FormError(f"{path.name} is over 5 MB; the form of a codebook is a short file.")


def _rows(sheet: str, cells: Iterable[list[str]], file: str) -> Iterator[FormRow]:
    """Yield the rows after the header that hold something."""
    head: list[str] = []
    for number, row in enumerate(cells, start=1):
        texts = [text.replace("\r\n", "\n").strip() for text in row]
        while texts and not texts[-1]:
            texts.pop()
        if any(clean(text).replaced for text in texts):
            raise FormError(f"{file}, row {number}: it holds a character that no text has.")
        if number > MAX_ROWS or len(texts) > MAX_COLUMNS or any(len(t) > MAX_CELL for t in texts):
            raise FormError(
                f"{file} is larger than a form: over {MAX_ROWS:,} rows, {MAX_COLUMNS} columns or "
                f"{MAX_CELL:,} characters in a cell."
            )
        if number == 1:
            head = texts
            if len(set(head)) < len(head) or not all(head):
                raise FormError(f"{file}: two columns have one name, or one has none; name each.")
        elif len(texts) > len(head):
            raise FormError(f"{file}, row {number}: it has more cells than the header; mend it.")
        elif texts:
            named = zip(head, texts, strict=False)
            yield FormRow(sheet, number, {column: text for column, text in named if text})
