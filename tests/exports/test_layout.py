from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exports.release import Column, ColumnKind, Shown, Table
from exports.workbook.layout import FIRST_COLUMN, SECOND_COLUMN, column_widths, row_height
from exports.workbook.styles import Style


def height(text: str, width: int, style: Style = Style.TEXT) -> float:
    return row_height([text], [width], style)


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    one = height("short", 40)
    assert height("word " * 30, 40) > 2.5 * one
    assert row_height(["short", "word " * 30], [40, 40]) == height("word " * 30, 40)
    assert height("a\nb\nc", 40) > 2 * one


def test_a_hash_as_long_as_its_column_needs_a_second_line() -> None:
    assert height("a7" * 32, 64) > height("a7" * 32, 70)


def test_headings_are_higher_than_text() -> None:
    assert height("title", 40, Style.TITLE) > height("title", 40)


@given(st.text(max_size=300), st.text(max_size=50), st.integers(11, 100))
def test_more_text_is_never_lower(text: str, more: str, width: int) -> None:
    assert height(text + more, width) >= height(text, width)


@given(st.text(max_size=300), st.integers(11, 80))
def test_a_wider_column_is_never_higher(text: str, width: int) -> None:
    assert height(text, width + 20) <= height(text, width)


def test_a_column_holds_its_longest_word_and_its_hash() -> None:
    table = Table(
        name="provenance",
        sheet="Provenance",
        title="Provenance",
        columns=(
            Column("Item", ColumnKind.TEXT),
            Column("Value", ColumnKind.TEXT),
            Column("Heterogeneousness of records", ColumnKind.COUNT),
        ),
        rows=((Shown("a"), Shown("9c" * 32), Shown(1)),),
    )
    first, second, third = column_widths(table)
    assert first >= FIRST_COLUMN
    assert second >= max(SECOND_COLUMN, 64)
    assert third >= len("Heterogeneousness")
