"""Spreadsheet extracts: the guard refuses what is unsafe, the reader what is ambiguous."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sampling.engines import check_extract, open_frame
from sampling.errors import ExtractError
from sampling.extracts.xlsx import cell_text
from sampling.frame import FrameSpec

BY_ID = FrameSpec(id_column="id")
Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Writes a workbook of one sheet and returns its path."""

    def write(*rows: Sequence[object]) -> Path:
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(list(row))  # type: ignore[union-attr]  # a new workbook has a sheet
        path = tmp_path / "extract.xlsx"
        workbook.save(path)
        return path

    return write


def rezipped(
    path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None], *more: tuple[str, bytes]
) -> Path:
    """Writes the workbook again with members changed, dropped or added."""
    with zipfile.ZipFile(path) as old:
        members = [change(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in [*members, *more]:
            if member is not None:
                new.writestr(*member)
    return path


def same(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content


def found(path: Path, code: str, spec: FrameSpec | None = BY_ID) -> list[tuple[Any, Any]]:
    report = check_extract(path, spec)
    return [
        (p.row, p.column) for fault in report.faults if fault.code == code for p in fault.places
    ]


def test_a_workbook_gives_the_frame_of_the_same_csv(book: Book, tmp_path: Path) -> None:
    path = book(["id", "area"], ["a", "Brent"], ["00012", "Camden"], ["Zoë", "Brent"])
    text = tmp_path / "extract.csv"
    text.write_text("id,area\n00012,Camden\nZoë,Brent\na,Brent\n", "utf-8")
    spec = FrameSpec(id_column="id", strata_columns=("area",), keep=("area",))
    with open_frame(path, spec) as sheet, open_frame(text, spec) as plain:
        assert sheet.frame.fingerprint == plain.frame.fingerprint
        assert sheet.frame.strata == plain.frame.strata
        assert sheet.frame.kept_counts == plain.frame.kept_counts


def test_ids_stored_as_numbers_are_refused_unless_their_width_is_given(book: Book) -> None:
    path = book(["id"], [12], [7.5], ["a"])
    assert found(path, "numeric-id") == [(2, "id"), (3, "id")]
    path = book(["id"], [12], [345])
    with open_frame(path, FrameSpec(id_column="id", id_width=6)) as frame:
        assert set(frame.rows(["000012", "000345"], ["id"])) == {"000012", "000345"}


def test_formulas_and_errors_are_refused_with_their_cells(book: Book) -> None:
    path = book(["id", "n"], ["a", "=1+1"], ["b", "#N/A"], ["c", 1])
    assert found(path, "formula-cell") == [(2, "n")]
    assert found(path, "error-cell") == [(3, "n")]


def test_blank_rows_and_long_rows_are_found(book: Book) -> None:
    path = book(["id", "n"], ["a", 1], [None, None], ["b", 1, "more"], ["c", 2])
    assert found(path, "blank-row") == [(3, None)]
    assert found(path, "ragged-row") == [(4, None)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (3.0, "3"),
        (2.5, "2.5"),
        (datetime.datetime(2024, 1, 31), "2024-01-31"),  # noqa: DTZ001  # spreadsheets know no zone
        (datetime.datetime(2024, 1, 31, 9, 5), "2024-01-31 09:05:00"),  # noqa: DTZ001  # as above
        (datetime.date(2024, 1, 31), "2024-01-31"),
    ],
)
def test_cells_become_plain_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_a_false_dimension_does_not_hide_rows(book: Book) -> None:
    def lie(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b'ref="A1:A3"', b'ref="A1:XFD1048576"')

    path = rezipped(book(["id"], ["a"], ["b"]), lie)
    assert check_extract(path, BY_ID).rows == 2


def test_entities_are_refused_before_parsing(book: Book) -> None:
    def bomb(name: str, content: bytes) -> tuple[str, bytes]:
        if name != "xl/worksheets/sheet1.xml":
            return name, content
        return name, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content

    with pytest.raises(ExtractError, match="entities"):
        check_extract(rezipped(book(["id"], ["a"]), bomb))


def test_a_member_that_grows_too_much_is_refused(book: Book) -> None:
    path = rezipped(book(["id"], ["a"]), same, ("xl/media/x.bin", b"0" * (8 << 20)))
    with pytest.raises(ExtractError, match="grows more than 200 times"):
        check_extract(path)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("../evil.xml", "outside the workbook"),
        ("/etc/evil.xml", "outside the workbook"),
        ("xl/vbaProject.bin", "macros"),
        ("XL/WORKBOOK.XML", "one name"),
    ],
)
def test_tricks_with_members_are_refused(member: str, words: str, book: Book) -> None:
    path = rezipped(book(["id"], ["a"]), same, (member, b"<x/>"))
    with pytest.raises(ExtractError, match=words):
        check_extract(path)


def test_too_many_members_are_refused(book: Book) -> None:
    more = [(f"xl/x{number}.xml", b"") for number in range(2001)]
    with pytest.raises(ExtractError, match="more than 2000 parts"):
        check_extract(rezipped(book(["id"], ["a"]), same, *more))


def test_a_damaged_or_foreign_archive_is_refused(book: Book, tmp_path: Path) -> None:
    path = book(["id"], ["a"])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ExtractError, match="damaged"):
        check_extract(path)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("hello.txt", "x")
    with pytest.raises(ExtractError, match="not an XLSX"):
        check_extract(tmp_path / "other.zip")


def test_links_and_further_sheets_are_told(book: Book) -> None:
    path = book(["id"], ["a"])
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("more")
    workbook.save(path)
    rezipped(path, same, ("xl/externalLinks/externalLink1.xml", b"<x/>"))
    codes = {fault.code for fault in check_extract(path, BY_ID).faults}
    assert {"several-sheets", "external-link"} <= codes
