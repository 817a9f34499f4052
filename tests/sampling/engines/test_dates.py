"""Dates against each other and against the period, in every way that cannot be misread."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sampling.checks import Fault, Severity
from sampling.engines import check_extract
from sampling.frame import FrameSpec, Period

HEADER = ["id", "incident_date", "arrest_date"]
YEAR = Period(
    column="incident_date", first=datetime.date(2024, 4, 1), last=datetime.date(2025, 3, 31)
)


def faults(written: Any, rows: list[list[str]], period: Period | None = None) -> dict[str, Fault]:
    spec = FrameSpec(id_column="id", period=period)
    return {found.code: found for found in check_extract(written(HEADER, rows), spec).faults}


def rows_of(found: Fault) -> list[int | None]:
    return [place.row for place in found.places]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2024-05-02", "2024-05-13"),
        ("2024-05-02 23:59", "2024-05-13T00:10"),
        ("20240502", "20240513"),
        ("2024/5/2", "2024/05/13"),
        ("02-MAY-24", "13-may-2024"),
        ("2 May 2024", "13 May 2024 10:05"),
        ("2/5/2024", "13/5/2024"),
        ("02/05/2024 23:10", "13/05/2024 08:00"),
        ("5-2-2024", "5-13-2024"),
        ("2.5.2024", "13.05.2024"),
        ("2024-04", "2024-05"),
    ],
)
def test_an_arrest_before_its_incident_is_found_in_every_sure_way(
    before: str, after: str, written: Any
) -> None:
    rows = [["a", after, before], ["b", before, after], ["c", after, after], ["d", after, ""]]
    found = faults(written, rows)["arrest-before-incident"]
    assert (rows_of(found), found.severity) == ([2], Severity.WARNING)


@pytest.mark.parametrize(
    ("before", "after"),
    [("2/5/2024", "3/5/2024"), ("13/05/2024", "05/14/2024"), ("02/05/24", "13/05/24")],
)
def test_dates_that_can_be_misread_are_not_compared(before: str, after: str, written: Any) -> None:
    rows = [["a", after, before], ["b", before, after]]
    assert "arrest-before-incident" not in faults(written, rows)


def test_two_ways_of_writing_are_compared_with_each_other(written: Any) -> None:
    rows = [["a", "2024-05-13", "02/05/2024"], ["b", "2024-05-02", "13/05/2024"]]
    assert rows_of(faults(written, rows)["arrest-before-incident"]) == [2]


def test_a_month_is_compared_as_a_month(written: Any) -> None:
    rows = [["a", "2024-05-13", "2024-05"], ["b", "2024-05-02", "2024-04"]]
    assert rows_of(faults(written, rows)["arrest-before-incident"]) == [3]


def test_days_outside_the_period_are_counted_and_its_ends_belong_to_it(written: Any) -> None:
    days = ["2024-03-31", "2024-04-01", "2025-03-31 23:59", "2025-04-01", ""]
    rows = [[f"i{number}", day, ""] for number, day in enumerate(days)]
    found = faults(written, rows, YEAR)["outside-period"]
    assert (rows_of(found), found.severity) == ([2, 5], Severity.WARNING)
    assert "2024-04-01 to 2025-03-31" in found.message
    assert "outside-period" not in faults(written, rows)


def test_months_outside_the_period_are_counted(written: Any) -> None:
    months = ["2024-03", "2024-04", "2025-03", "2025-04"]
    rows = [[f"i{number}", month, ""] for number, month in enumerate(months)]
    found = faults(written, rows, YEAR)
    assert rows_of(found["outside-period"]) == [2, 5]
    assert "unread-dates" not in found


def test_dates_that_can_be_misread_are_said_not_to_be_compared(written: Any) -> None:
    rows = [["a", "03/04/2023", ""], ["b", "05/06/2023", ""], ["c", "soon", ""]]
    found = faults(written, rows, YEAR)
    assert found["unread-dates"].count == 3
    assert "outside-period" not in found


def test_a_period_of_a_column_that_is_not_there_is_an_error(written: Any) -> None:
    missing = YEAR.model_copy(update={"column": "day"})
    found = faults(written, [["a", "2024-05-02", ""]], missing)["unknown-column"]
    assert found.severity is Severity.ERROR
