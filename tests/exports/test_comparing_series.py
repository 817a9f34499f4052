"""The sheets of a comparison that are about all its audits together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from exports.release import Hidden, Release, Shown, Table
from exports.release.comparing import ComparedAudit, compare_release
from exports.workbook import write_workbook
from review.waves import Wave
from tests.review.waves_by_hand import compared, wave

YES = [9, 12, 10, 8, 11, 9, 10, 12, 31, 9]
TEN = [wave(n, {"M2": yes}) for n, yes in enumerate(YES, start=1)]


def release_of(waves: Sequence[Wave]) -> Release:
    audits = [
        ComparedAudit(
            title=one.title, codebook=one.codebook, fingerprint="0" * 64, digest="1" * 64,
            open_cases=one.open_cases, is_signed=True, stamp="2026-11-21T10:00:00Z",
        )
        for one in waves
    ]  # fmt: skip
    return compare_release(audits, compared(waves), version="0")


def table_of(waves: Sequence[Wave], name: str) -> Table | None:
    return next((one for one in release_of(waves).tables if one.name == name), None)


def values(table: Table | None) -> list[list[object]]:
    assert table is not None
    return [
        [cell.value if isinstance(cell, Shown) else cell.mark for cell in row] for row in table.rows
    ]


def test_the_data_of_the_chart_are_those_of_the_screen() -> None:
    rows = values(table_of(TEN, "p_chart"))
    chart = compared(TEN).rows[0].chart
    assert chart is not None
    assert [row[1] for row in rows] == list(range(1, 11))
    assert [row[2] for row in rows] == [Decimal(yes) / 2 for yes in YES]
    assert {row[3] for row in rows} == {Decimal("6.1")}
    assert [row[-1] for row in rows] == ["yes" if one.is_signal else "no" for one in chart.points]
    assert rows[8][-1] == "yes"


@pytest.mark.parametrize(("waves", "has_trend", "has_chart"), [(2, 0, 0), (3, 1, 0), (8, 1, 1)])
def test_a_trend_needs_three_audits_and_a_chart_eight(
    waves: int, has_trend: bool, has_chart: bool
) -> None:
    assert (table_of(TEN[:waves], "trend") is not None) is bool(has_trend)
    assert (table_of(TEN[:waves], "p_chart") is not None) is bool(has_chart)


def test_a_trend_stands_with_its_p_value_before_and_after_adjustment() -> None:
    (row,) = values(table_of(TEN, "trend"))
    test = compared(TEN).rows[0].trend
    assert test is not None
    assert test.trend is not None
    assert row[1] == Decimal("0.4")
    assert row[3] == Decimal(repr(test.trend.p_value)).quantize(Decimal("0.0001"))
    assert isinstance(row[4], Decimal)
    assert isinstance(row[3], Decimal)
    assert row[4] > row[3]


def test_what_has_no_trend_says_why() -> None:
    open_one = wave(3, {"M2": 9}, open_cases=4)
    table = table_of([*TEN[:2], open_one], "trend")
    assert table is not None
    (row,) = table.rows
    assert isinstance(row[1], Hidden)
    assert row[5] == Shown("wave 3 has open cases")


def test_the_workbook_with_chart_data_can_be_written() -> None:
    assert write_workbook(release_of(TEN))
