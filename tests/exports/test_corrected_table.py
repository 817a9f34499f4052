"""The sheet of second figures: marked approximate, each with what it rests on or why not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from exports.release import Hidden, Mark, Release, Shown, Table, make_release
from exports.workbook import write_workbook
from review.second_figure import SecondFigure
from tests.exports import builder as build
from tests.review.second_figures import FIGURE, WITHHELD


def table_of(release: Release) -> Table | None:
    return next((one for one in release.tables if one.name == "corrected"), None)


def made(*figures: SecondFigure) -> Table:
    request = build.request(agreement=build.double_coding(), second_figures=figures)
    table = table_of(make_release(request))
    assert table is not None
    return table


def test_no_sheet_where_no_case_was_coded_twice() -> None:
    assert table_of(make_release(build.request(second_figures=(FIGURE,)))) is None


def test_a_figure_stands_with_its_readings_and_both_rates() -> None:
    (row,) = made(FIGURE).rows
    values = [cell.value if isinstance(cell, Shown) else cell.mark for cell in row]
    assert values[:4] == ["C.1 counter-allegation, of incidents", 48, 200, Decimal("24.0")]
    assert values[4:9] == [20, 16, 60, 58, Decimal("80.0")]
    assert values[9:] == [
        Decimal("96.7"), 4, Decimal("27.0"), Decimal("18.0"), Decimal("41.0"), Mark.NOT_APPLICABLE,
    ]  # fmt: skip


def test_a_withheld_figure_has_its_reason_and_no_number() -> None:
    (row,) = made(WITHHELD).rows
    assert all(isinstance(cell, Hidden) for cell in row[11:14])
    assert row[14] == Shown("4 cases known to be yes, and 10 are needed")


def test_a_figure_that_was_cut_says_so() -> None:
    (row,) = made(replace(FIGURE, is_clipped=True)).rows
    assert row[14] == Shown(
        "the formula left 0 to 100 % and was cut there: rates and readings fit badly"
    )


def test_the_sheet_says_that_it_is_approximate_and_no_headline() -> None:
    table = made(FIGURE, WITHHELD)
    assert "approximate" in table.title
    assert "no target is held against these" in table.remark
    assert any("(approximate)" in column.title for column in table.columns)


def test_its_note_says_what_is_taken_for_the_truth() -> None:
    request = build.request(agreement=build.double_coding(), second_figures=(FIGURE,))
    release = make_release(request)
    texts = [str(row[1].value) for row in release.notes.rows if isinstance(row[1], Shown)]
    assert any("is taken for the truth" in text for text in texts)
    table = table_of(release)
    assert table is not None
    assert "[note " in table.title


def test_the_workbook_with_the_sheet_can_be_written() -> None:
    request = build.request(agreement=build.double_coding(), second_figures=(FIGURE, WITHHELD))
    assert write_workbook(make_release(request))
