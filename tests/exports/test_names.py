from __future__ import annotations

import pytest

from exports.errors import WorkbookError
from exports.workbook.names import check_headers, check_sheet_names, check_table_names


@pytest.mark.parametrize(
    "name",
    ["", "a" * 32, "a:b", "a/b", "a\\b", "a*b", "a?b", "a[b", "a]b", "'a", "a'", "History",
     "HISTORY", "a\nb"],
)  # fmt: skip
def test_a_sheet_name_that_a_program_would_change_is_refused(name: str) -> None:
    with pytest.raises(WorkbookError, match="sheet name"):
        check_sheet_names(["Cover", name])


def test_sheet_names_that_differ_in_case_alone_are_refused() -> None:
    with pytest.raises(WorkbookError, match="twice"):
        check_sheet_names(["Notes", "NOTES"])
    check_sheet_names(["Notes", "1_Headline", "a" * 31])


@pytest.mark.parametrize(
    "name", ["", "a b", "A", "1a", "a1", "abc1234", "r1c1", "r", "c", "table1", "table", "a-b"]
)
def test_a_table_name_that_reads_as_a_cell_or_says_nothing_is_refused(name: str) -> None:
    with pytest.raises(WorkbookError, match="table name"):
        check_table_names([name])


def test_table_names_of_ours_pass() -> None:
    check_table_names(["contents", "by_group", "chart_3_data", "case_flow"])
    with pytest.raises(WorkbookError, match="twice"):
        check_table_names(["notes", "notes"])


@pytest.mark.parametrize("titles", [["a", "A"], ["a", ""], ["a", "  "], ["a\nb"]])
def test_headers_that_no_native_table_can_have_are_refused(titles: list[str]) -> None:
    with pytest.raises(WorkbookError, match="column name"):
        check_headers(titles)
