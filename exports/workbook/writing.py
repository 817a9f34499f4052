"""From a release to the bytes of a workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from exports.release.tables import Column, ColumnKind, Release, Shown, Table
from exports.workbook.chart import add_chart
from exports.workbook.finalise import finalise
from exports.workbook.names import check_sheet_names, check_table_names
from exports.workbook.schema_order import repair
from exports.workbook.sheets import (
    CONTENTS,
    COVER,
    HEADER_ROW,
    link_to,
    write_cover,
    write_table,
)
from exports.workbook.styles import add_styles

if TYPE_CHECKING:
    from openpyxl import Workbook

CONTENTS_TABLE: Final = "contents"


def write_workbook(release: Release) -> bytes:
    """Return the publication workbook: the same release gives the same bytes.

    The release is the only input. The stamp inside the file is the release's, never the clock's.

    Raises:
        WorkbookError: Where a name or a text of the release does not fit a workbook.
    """
    from openpyxl import Workbook

    repair()
    tables = (release.notes, *release.tables)
    check_sheet_names([COVER, CONTENTS, *(table.sheet for table in tables)])
    check_table_names([CONTENTS_TABLE, *(table.name for table in tables)])
    workbook = Workbook()
    add_styles(workbook)
    _set_properties(workbook, release)
    _write_sheets(workbook, release, tables)
    stream = io.BytesIO()
    workbook.save(stream)
    alt_texts = [] if release.chart is None else [release.chart.alternative_text]
    return finalise(stream.getvalue(), stamp=release.stamp, alt_texts=alt_texts)


def _write_sheets(workbook: Workbook, release: Release, tables: tuple[Table, ...]) -> None:
    cover = workbook.worksheets[0]
    cover.title = COVER
    # Said outright: some programs open the last sheet where no tab is selected.
    cover.sheet_view.tabSelected = True
    write_cover(cover, release.cover)
    contents_sheet = workbook.create_sheet(CONTENTS)
    write_table(contents_sheet, _contents(release, tables), release=release)
    for row, table in enumerate(tables, start=HEADER_ROW + 1):
        link_to(contents_sheet, (row, 1), target=table.sheet, text=table.sheet)
    for table in tables:
        sheet = workbook.create_sheet(table.sheet)
        write_table(sheet, table, release=release)
        if release.chart is not None and release.chart.table == table.name:
            add_chart(sheet, table, release.chart)


def _contents(release: Release, tables: tuple[Table, ...]) -> Table:
    charted = release.chart.table if release.chart is not None else None
    return Table(
        name=CONTENTS_TABLE,
        sheet=CONTENTS,
        title="Contents",
        columns=(
            Column("Worksheet", ColumnKind.TEXT),
            Column("Title", ColumnKind.TEXT),
            Column("Number of tables", ColumnKind.COUNT),
            Column("Number of charts", ColumnKind.COUNT),
        ),
        rows=tuple(
            (Shown(table.sheet), Shown(table.title), Shown(1), Shown(int(table.name == charted)))
            for table in tables
        ),
    )


def _set_properties(workbook: Workbook, release: Release) -> None:
    properties = workbook.properties
    properties.title = release.title
    properties.subject = release.subject
    properties.creator = release.creator
    properties.lastModifiedBy = release.creator
    properties.language = release.language
    properties.description = f"{release.status_line}."
    properties.contentStatus = release.status_line
