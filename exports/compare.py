"""Compares a workbook that somebody hands in with the one that is made again.

The file is hostile input: its archive is guarded before any parser sees it, and it is read
without its formulas, links or styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from exports.errors import WorkbookError
from sampling.errors import ExtractError
from sampling.extracts.archive import guard_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

PROVENANCE = "Provenance"
NOT_OURS = "The file {name} is not a workbook that dipsample exported: {why}."
RE_SAVED = (
    "re-saved: bytes differ, values equal; number formats, hidden rows and charts were not compared"
)
MAX_CELLS = 200_000

Grid = dict[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell that is not as it was exported."""

    sheet: str
    cell: str
    """Such as ``B7``."""
    printed: object
    """In the file handed in; None where the cell is empty."""
    recomputed: object


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a file differs from the one that is made again."""

    form: str
    """In words, whether its bytes or its parts are the same."""
    cells: tuple[CellDifference, ...]


def read_provenance(path: Path) -> dict[str, str]:
    """Return the items of a workbook's provenance sheet.

    Raises:
        WorkbookError: Where the file is no workbook of ours.
    """
    book = _open(path)
    if PROVENANCE not in book.sheetnames:
        raise WorkbookError(NOT_OURS.format(name=path.name, why="it has no Provenance sheet"))
    rows = book[PROVENANCE].iter_rows(min_col=1, max_col=2, max_row=MAX_CELLS, values_only=True)
    return {str(item): str(value) for item, value in rows if item is not None and value is not None}


def differences(made_again: bytes, path: Path) -> Comparison:
    """Compare the cells of every sheet.

    Args:
        made_again: The bytes that the export gives today.
        path: The file handed in.

    Raises:
        WorkbookError: Where the file is no workbook of ours.
    """
    theirs_bytes = path.read_bytes()
    if theirs_bytes == made_again:
        return Comparison("the file is the exported one, byte for byte", ())
    theirs, ours = _cells(_open(path)), _cells(_load(BytesIO(made_again)))
    found = tuple(
        CellDifference(sheet, cell, theirs.get((sheet, cell)), ours.get((sheet, cell)))
        for sheet, cell in sorted(theirs.keys() | ours.keys())
        if not _same(theirs.get((sheet, cell)), ours.get((sheet, cell)))
    )
    same_parts = _parts(BytesIO(made_again)) == _parts(path)
    return Comparison("packed anew, its parts the same" if same_parts else RE_SAVED, found)


def _open(path: Path) -> Workbook:
    try:
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                raise WorkbookError(NOT_OURS.format(name=path.name, why="it is no XLSX file"))
        guard_workbook(path)
    except ExtractError as error:
        why = "its archive is damaged or unsafe"
        raise WorkbookError(NOT_OURS.format(name=path.name, why=why)) from error
    return _load(path)


def _load(source: Path | BytesIO) -> Workbook:
    from openpyxl import load_workbook

    try:
        return load_workbook(source, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers meet in a damaged part
        why = "its content is damaged"
        name = source.name if isinstance(source, Path) else "made again"
        raise WorkbookError(NOT_OURS.format(name=name, why=why)) from error


def _cells(book: Workbook) -> Grid:
    grid: Grid = {}
    for sheet in book.worksheets:
        for place, value in _filled(sheet):
            if len(grid) >= MAX_CELLS:
                raise WorkbookError(NOT_OURS.format(name="handed in", why="it has too many cells"))
            grid[sheet.title, place] = value
    return grid


def _filled(sheet: object) -> Iterator[tuple[str, object]]:
    for row in sheet.iter_rows(max_row=MAX_CELLS):  # type: ignore[attr-defined]  # read-only sheet
        for cell in row:
            if cell.value is not None:
                yield f"{cell.column_letter}{cell.row}", cell.value


def _same(one: object, other: object) -> bool:
    """Compare as shown: programs differ in whether a whole number is stored with a point."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(one) == float(other)
    return one == other


def _parts(source: Path | BytesIO) -> dict[str, bytes]:
    with ZipFile(source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
