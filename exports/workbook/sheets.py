"""The sheets: a cover, a list of contents, and one table on each of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exports.release.tables import (
    Cell,
    Column,
    ColumnKind,
    Hidden,
    Line,
    LineStyle,
    Release,
    Shown,
    Table,
)
from exports.workbook.cells import put
from exports.workbook.layout import column_widths, row_height, texts_of
from exports.workbook.names import check_headers
from exports.workbook.styles import Style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COVER: Final = "Cover"
CONTENTS: Final = "Contents"
BACK: Final = "Back to contents"
TITLE_ROW, ABOUT_ROW, HEADER_ROW = 1, 2, 3

_COVER_WIDTH: Final = 100
_PAPER_A4: Final = 9
_AS_NEEDED: Final = 0
_BARS_ON_ONE_PAGE: Final = 20
_EDGES: Final = ("left", "right", "top", "bottom")
_MARGIN_INCHES: Final = 0.5

_LINE_STYLES: Final = {
    LineStyle.TITLE: Style.TITLE,
    LineStyle.HEADING: Style.HEADING,
    LineStyle.TEXT: Style.TEXT,
}
_NUMBER_STYLES: Final = {
    ColumnKind.COUNT: Style.COUNT,
    ColumnKind.PERCENTAGE: Style.PERCENTAGE,
    ColumnKind.NUMBER: Style.NUMBER,
}


def write_cover(sheet: Worksheet, lines: tuple[Line, ...]) -> None:
    """Write the cover, one line a row, in one column."""
    for row, line in enumerate(lines, start=1):
        style = _LINE_STYLES[line.style]
        put(sheet, (row, 1), value=line.text, style=style)
        sheet.row_dimensions[row].height = row_height([line.text], [_COVER_WIDTH], style)
    sheet.column_dimensions["A"].width = _COVER_WIDTH
    _set_print(sheet, repeat_header=False)


def write_table(sheet: Worksheet, table: Table, *, release: Release) -> int:
    """Write a title, a line about the sheet, and a native table; return its last row."""
    widths = column_widths(table)
    _write_head(sheet, table, release=release, widths=widths)
    _write_header_row(sheet, table, widths)
    for number, row in enumerate(table.rows, start=HEADER_ROW + 1):
        for column, cell in enumerate(row, start=1):
            _put_cell(sheet, (number, column), cell, kind=table.columns[column - 1].kind)
        sheet.row_dimensions[number].height = row_height(texts_of(row), widths)
    last_row = HEADER_ROW + len(table.rows)
    _add_native_table(sheet, table, last_row)
    _set_print(sheet, repeat_header=True, pages=_pages(release, table))
    return last_row


def link_to(sheet: Worksheet, place: tuple[int, int], *, target: str, text: str) -> None:
    """Write a link to the first cell of another sheet of the same file."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = put(sheet, place, value=text, style=Style.LINK)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=text)


def about(table: Table, release: Release) -> str:
    """Return the line under the title: status, what the sheet holds, and its shorthand."""
    charts = "one chart" if release.chart is not None and release.chart.table == table.name else ""
    holds = f"This worksheet contains one table{' and ' + charts if charts else ''}."
    marks = "; ".join(f"{mark.value} = {mark.meaning}" for mark in table.marks)
    shorthand = f" Shorthand used: {marks}." if marks else ""
    remark = f" {table.remark}" if table.remark else ""
    return f"{holds}{remark}{shorthand} {release.status_line}."


def _write_head(
    sheet: Worksheet, table: Table, *, release: Release, widths: tuple[int, ...]
) -> None:
    put(sheet, (TITLE_ROW, 1), value=table.title, style=Style.TITLE)
    sheet.row_dimensions[TITLE_ROW].height = row_height([table.title], widths[:1], Style.TITLE)
    text = about(table, release)
    put(sheet, (ABOUT_ROW, 1), value=text, style=Style.TEXT)
    sheet.row_dimensions[ABOUT_ROW].height = row_height([text], widths[:1])
    if sheet.title != CONTENTS:
        link_to(sheet, (ABOUT_ROW, 2), target=CONTENTS, text=BACK)


def _write_header_row(sheet: Worksheet, table: Table, widths: tuple[int, ...]) -> None:
    from openpyxl.utils import get_column_letter

    titles = [column.title for column in table.columns]
    check_headers(titles)
    for number, (column, width) in enumerate(zip(table.columns, widths, strict=True), start=1):
        style = _header_style(column, number)
        put(sheet, (HEADER_ROW, number), value=column.title, style=style)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[HEADER_ROW].height = row_height(titles, widths, Style.HEADER)


def _put_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, *, kind: ColumnKind) -> None:
    is_text = kind is ColumnKind.TEXT
    text_style = Style.TEXT if place[1] == 1 else Style.TEXT_APART
    match cell:
        case Hidden():
            style = text_style if is_text else Style.MARK
            put(sheet, place, value=cell.mark.value, style=style)
        case Shown():
            style = text_style if is_text else _NUMBER_STYLES[kind]
            put(sheet, place, value=cell.value, style=style)


def _header_style(column: Column, number: int) -> Style:
    if column.kind is not ColumnKind.TEXT:
        return Style.NUMBER_HEADER
    return Style.HEADER if number == 1 else Style.HEADER_APART


def _add_native_table(sheet: Worksheet, table: Table, last_row: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table as NativeTable
    from openpyxl.worksheet.table import TableColumn

    last_column = get_column_letter(len(table.columns))
    native = NativeTable(displayName=table.name, ref=f"A{HEADER_ROW}:{last_column}{last_row}")
    # Named here, because openpyxl would name them Column1, Column2 and add filter buttons.
    native.tableColumns = [
        TableColumn(id=number, name=column.title)
        for number, column in enumerate(table.columns, start=1)
    ]
    native.autoFilter = None
    sheet.add_table(native)


def _pages(release: Release, table: Table) -> int:
    """Return how many pages a sheet is printed on: a chart is kept with its table."""
    if release.chart is None or release.chart.table != table.name:
        return _AS_NEEDED
    return 1 if release.chart.rows <= _BARS_ON_ONE_PAGE else 2


def _set_print(sheet: Worksheet, *, repeat_header: bool, pages: int = _AS_NEEDED) -> None:
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages
    sheet.page_margins = PageMargins(**dict.fromkeys(_EDGES, _MARGIN_INCHES))
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if repeat_header:
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
