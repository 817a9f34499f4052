from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import exports.workbook
from exports.errors import WorkbookError
from exports.release import Cell, Hidden, Mark, Release, Shown, Table, make_release
from exports.text import clean
from exports.workbook import write_workbook
from review.codebook import AnswerOption
from tests.exports import builder as build
from tests.exports import linter


def printed(cell: Cell) -> str | float:
    if isinstance(cell, Hidden):
        return cell.mark.value
    return cell.value if isinstance(cell.value, str) else float(cell.value)


def shown(release: Release) -> dict[str, list[list[str | float]]]:
    return {
        table.sheet: [[printed(cell) for cell in row] for row in table.rows]
        for table in (release.notes, *release.tables)
    }


def test_every_cell_that_openpyxl_reads_is_the_release_s(release: Release, workbook: bytes) -> None:
    book = load_workbook(io.BytesIO(workbook))
    for table in (release.notes, *release.tables):
        sheet = book[table.sheet]
        native = sheet.tables[table.name]
        rows = [
            [cell.value if isinstance(cell.value, str) else float(cell.value) for cell in row]
            for row in sheet[native.ref][1:]
        ]
        assert rows == shown(release)[table.sheet]


def test_every_cell_that_pandas_reads_is_the_release_s(release: Release, workbook: bytes) -> None:
    import pandas as pd

    for table in (release.notes, *release.tables):
        frame = pd.read_excel(
            io.BytesIO(workbook),
            sheet_name=table.sheet,
            header=2,
            usecols=range(len(table.columns)),
            dtype=object,
            keep_default_na=False,
            na_filter=False,
        )
        rows = [
            [value if isinstance(value, str) else float(value) for value in row]
            for row in frame.itertuples(index=False)
        ]
        assert rows == shown(release)[table.sheet]
        assert list(frame.columns) == [column.title for column in table.columns]


def test_the_file_properties_carry_the_status(workbook: bytes) -> None:
    properties = load_workbook(io.BytesIO(workbook)).properties
    assert properties.language == "en-GB"
    assert properties.creator == "dipsample 0.1.0"
    for text in (properties.title, properties.description, properties.contentStatus):
        assert text is not None
        assert "OFFICIAL-SENSITIVE" in text
        assert "PROVISIONAL" in text
        assert "not disclosure controlled: not for publication" in text


def test_every_sheet_says_its_status_and_the_shorthand_it_uses(
    release: Release, workbook: bytes
) -> None:
    book = load_workbook(io.BytesIO(workbook))
    for table in (release.notes, *release.tables):
        about = str(book[table.sheet]["A2"].value)
        assert release.status_line in about
        assert table.remark in about
        for mark in Mark:
            assert (f"{mark.value} = {mark.meaning}" in about) == (mark in table.marks)


def test_contents_link_to_every_sheet_and_every_sheet_links_back(workbook: bytes) -> None:
    book = load_workbook(io.BytesIO(workbook))
    links = [
        cell.hyperlink.location
        for (cell,) in book["Contents"].iter_rows(min_row=4, max_col=1)
        if cell.hyperlink is not None
    ]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[2:]]
    for name in book.sheetnames[2:]:
        back = book[name]["B2"].hyperlink
        assert back is not None
        assert back.location == "'Contents'!A1"


def test_a_hidden_cell_prints_its_mark_and_nothing_else(release: Release) -> None:
    (headline, *others) = release.tables
    first, *rows = headline.rows
    confidential = Hidden(Mark.CONFIDENTIAL)
    hidden = (*first[:3], confidential, confidential, *([confidential] * 6), *first[-2:])
    changed = replace(release, tables=(replace(headline, rows=(hidden, *rows)), *others))
    sheet = load_workbook(io.BytesIO(write_workbook(changed)))["1_Headline"]
    assert [cell.value for cell in sheet[4]][3:11] == ["[c]"] * 8
    assert "[c] = confidential" in str(sheet["A2"].value)


def test_no_name_of_a_reviewer_or_file_is_in_any_part(workbook: bytes) -> None:
    for content in linter.Package(workbook).parts.values():
        assert b"extract.csv" not in content
        assert b"Z5" not in content


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None, categories=None), min_size=1, max_size=40))
def test_any_text_of_a_project_gives_a_workbook_that_opens(text: str) -> None:
    request = build.request()
    book = request.coding.codebook
    first, *questions = book.steps
    option = AnswerOption(value="yes", key="y", label=text, missing=False)
    hostile = replace(book, steps=(replace(first, ask=text, options=(option,)), *questions))
    coding = replace(request.coding, codebook=hostile)
    project = replace(request.project, title=text, period=text, contact=text)
    made = make_release(replace(request, coding=coding, project=project))
    sheets = load_workbook(io.BytesIO(write_workbook(made)))
    assert not any(
        cell.data_type in ("f", "e")
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
    )
    assert str(sheets["Codebook"]["D4"].value) == clean(text).text


def test_a_release_with_a_name_that_no_sheet_can_have_is_refused(release: Release) -> None:
    first, *others = release.tables
    bad: Table = replace(first, sheet="a/b")
    with pytest.raises(WorkbookError, match="sheet name"):
        write_workbook(replace(release, tables=(bad, *others)))


def test_only_put_writes_into_cells() -> None:
    folder = Path(exports.workbook.__file__).parent
    banned = re.compile(r"\.value = |\.append\(\[|to_excel|\.cell\(")
    offenders = [
        path.name for path in sorted(folder.glob("*.py")) if banned.search(path.read_text("utf-8"))
    ]
    assert offenders == ["cells.py"]


def test_a_percentage_holds_no_more_digits_than_it_shows(release: Release) -> None:
    numbers = [
        cell.value
        for table in release.tables
        for row in table.rows
        for cell in row
        if isinstance(cell, Shown) and isinstance(cell.value, Decimal)
    ]
    assert numbers
    assert {-int(number.as_tuple().exponent) for number in numbers} <= {1, 2}
