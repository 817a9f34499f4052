from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.errors import WorkbookError
from exports.text import REPLACEMENT, clean
from exports.workbook.cells import MAX_COLUMNS, MAX_EXACT_INTEGER, MAX_ROWS, MAX_TEXT, put
from exports.workbook.finalise import finalise
from exports.workbook.styles import Style, add_styles

STAMP = "2026-01-05T09:00:00Z"
HOSTILE = (
    "=1+1",
    "=cmd|'/c calc'!A1",
    "==",
    "=",
    "+1",
    "-1+cmd|'/c calc'!A1",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "\r=1+1",
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "TRUE",
    "1E5",
    "00123",
    "0123456789012345678",
    "2024-01-05",
    "12/2024",
    "</t></is></c>",
    "<script>alert(1)</script>",
    "]]>",
    "<!-- -->",
    "&amp; &lt; &#x3c;",
    "\"onload='x'",
    "http://example.org",
    '=HYPERLINK("http://example.org")',
    "../../etc/passwd",
    "C:\\temp\\x",
    "nul\x00byte",
    "bell\x07",
    "\x1b[31mred",
    "[red]",
    "lone \ud800 surrogate",
    "\ufffe\uffff",
    "\u202eright to left",
    "e\u0301 and \u00e9",
    "\U0001f469\u200d\U0001f467",
    "  spaces kept  ",
    "line\nbreak\n",
    "a\r\nb\rc",
    "'quoted",
    "{=1+1}",
    "_x0041_",
)


def one_cell(value: str | int | Decimal, style: Style = Style.TEXT) -> Workbook:
    workbook = Workbook()
    add_styles(workbook)
    put(workbook.worksheets[0], (1, 1), value=value, style=style)
    return workbook


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return finalise(stream.getvalue(), stamp=STAMP, alt_texts=[])


def read_back(content: bytes) -> tuple[object, str]:
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A1"]
    return cell.value, cell.data_type


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    value, kind = read_back(saved(one_cell(text)))
    assert kind in ("s", "inlineStr")
    assert value == clean(text).text


@given(st.text(st.characters(codec=None, categories=None), max_size=60))
def test_any_text_comes_back_equal_after_the_stated_cleaning(text: str) -> None:
    value, kind = read_back(saved(one_cell(text)))
    expected = clean(text).text
    assert (value or "") == expected
    assert kind in ("s", "inlineStr") or expected == ""


@given(st.text(min_size=1, max_size=40))
def test_pandas_reads_the_same_text(text: str) -> None:
    import pandas as pd

    content = saved(one_cell(text))
    frame = pd.read_excel(
        io.BytesIO(content), header=None, dtype=str, keep_default_na=False, na_filter=False
    )
    assert frame.iloc[0, 0] == clean(text).text


def test_text_that_begins_like_a_formula_keeps_a_quote_through_load_and_save() -> None:
    first = load_workbook(io.BytesIO(saved(one_cell("=1+1"))))
    again = io.BytesIO()
    first.save(again)
    cell = load_workbook(io.BytesIO(again.getvalue())).worksheets[0]["A1"]
    assert cell.quotePrefix
    assert cell.value == "=1+1"


def test_what_xml_cannot_hold_is_replaced_and_counted() -> None:
    assert clean("a\x00b\ud800\uffff") == (f"a{REPLACEMENT}b{REPLACEMENT}{REPLACEMENT}", 3)
    assert clean("a\r\nb\rc\td") == ("a\nb\nc\td", 0)


def test_a_decimal_is_stored_as_it_is_printed() -> None:
    content = saved(one_cell(Decimal("2.4"), Style.PERCENTAGE))
    assert b"<v>2.4</v>" in part(content, "xl/worksheets/sheet1.xml")
    assert read_back(content) == (2.4, "n")


def test_an_integer_that_a_double_cannot_hold_is_written_as_text() -> None:
    assert read_back(saved(one_cell(MAX_EXACT_INTEGER + 1))) == (str(MAX_EXACT_INTEGER + 1), "s")
    assert read_back(saved(one_cell(MAX_EXACT_INTEGER, Style.COUNT))) == (MAX_EXACT_INTEGER, "n")


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), 1.5, True, None, ["a"], {"a": 1}, b"a"]
)
def test_what_is_no_text_and_no_exact_number_is_refused(value: object) -> None:
    with pytest.raises(WorkbookError):
        one_cell(value)  # type: ignore[arg-type]  # the point of the test


def test_a_text_that_would_be_cut_is_refused() -> None:
    one_cell("a" * MAX_TEXT)
    with pytest.raises(WorkbookError, match="32,768 characters"):
        one_cell("a" * (MAX_TEXT + 1))


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (MAX_ROWS + 1, 1), (1, MAX_COLUMNS + 1)])
def test_a_place_outside_a_sheet_is_refused(place: tuple[int, int]) -> None:
    sheet = Workbook().worksheets[0]
    with pytest.raises(WorkbookError, match="outside a sheet"):
        put(sheet, place, value="a", style=Style.TEXT)


def part(content: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)
