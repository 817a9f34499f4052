"""Cells: the one way by which a value enters a sheet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from exports.errors import WorkbookError
from exports.text import clean
from exports.workbook.styles import Style

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_TEXT: Final = 32_767
MAX_EXACT_INTEGER: Final = 2**53
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384

_LIVE_STARTS: Final = ("=", "+", "-", "@", "\t", "\n")


def put(
    sheet: Worksheet, place: tuple[int, int], *, value: str | int | Decimal, style: Style
) -> Cell:
    """Write one value that reads back as what it is: text is text, a number is a number.

    Args:
        sheet: The sheet.
        place: Row and column, from 1.
        value: Text never becomes a formula or an error value, whatever it begins with; an
            integer over 2**53 is written as text, because spreadsheets keep numbers as doubles.
        style: A named style, which sets font, alignment and number format.

    Raises:
        WorkbookError: For a text that is too long, a place outside a sheet, a number that is not
            finite, or a value of another type.
    """
    from openpyxl.cell import Cell

    row, column = place
    if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
        raise WorkbookError(
            f"Row {row}, column {column} lies outside a sheet, which ends at row {MAX_ROWS:,} and "
            f"column {MAX_COLUMNS:,}."
        )
    if not isinstance(value, str) and type(value) not in (int, Decimal):
        raise WorkbookError(f"A cell holds text or a number, not a {type(value).__name__}.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise WorkbookError("A number that is not finite has no place in a cell; give a mark.")
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise WorkbookError("A merged cell holds no value of its own, and no sheet has one.")
    if isinstance(value, str) or not -MAX_EXACT_INTEGER <= value <= MAX_EXACT_INTEGER:
        _put_text(cell, str(value), style)
    else:
        cell.value = value
        cell.style = style.value
    return cell


def _put_text(cell: Cell, value: str, style: Style) -> None:
    text = clean(value).text
    if len(text) > MAX_TEXT:
        raise WorkbookError(
            f"A text of {len(text):,} characters does not fit a cell, which holds {MAX_TEXT:,}; "
            "shorten it where it was entered."
        )
    cell.value = text
    # openpyxl takes "=..." for a formula and "#N/A" for an error; the type is set after the value.
    cell.data_type = "s"
    cell.style = style.value
    if text.startswith(_LIVE_STARTS):
        cell.quotePrefix = True
