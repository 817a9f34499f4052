"""The sheet of agreement: every statistic with its interval, kappa never by itself."""

from __future__ import annotations

from decimal import Decimal

from exports.release import Hidden, Release, Shown, Table, make_release
from exports.workbook import write_workbook
from review.decision_events import OverruleReason, Source
from review.settled import Settled
from tests.exports import builder as build
from tests.exports import linter


def table_of(release: Release) -> Table | None:
    return next((one for one in release.tables if one.name == "agreement"), None)


def test_no_sheet_of_agreement_where_no_case_was_coded_twice() -> None:
    assert table_of(make_release(build.request())) is None


def test_each_statistic_of_each_line_stands_with_its_interval() -> None:
    table = table_of(make_release(build.request(agreement=build.double_coding())))
    assert table is not None
    rows = [[cell.value if isinstance(cell, Shown) else None for cell in row] for row in table.rows]
    assert [row[1:3] for row in rows] == [
        [line, statistic]
        for line in ("each answer by itself", "yes against the rest")
        for statistic in (
            "percent agreement", "positive agreement", "negative agreement",
            "Gwet AC1", "Krippendorff alpha", "Cohen kappa",
        )
    ]  # fmt: skip
    assert all(row[3:6] == [39, 1, 0] for row in rows)
    assert rows[0][6] == Decimal("0.92")
    for row in rows:
        low, figure, high = row[7], row[6], row[8]
        assert isinstance(low, Decimal)
        assert isinstance(figure, Decimal)
        assert isinstance(high, Decimal)
        assert low <= figure <= high


def test_what_is_withheld_stands_with_its_reason() -> None:
    request = build.request(agreement=build.double_coding(4))
    table = table_of(make_release(request))
    assert table is not None
    kappas = [row for row in table.rows if row[2] == Shown("Cohen kappa")]
    assert len(kappas) == 2
    for row in kappas:
        assert all(isinstance(cell, Hidden) for cell in row[6:9])
        assert row[9] == Shown("off: 7 positives, and kappa needs 10")


SETTLED = (
    Settled("A1", Source.CODER_1, OverruleReason.MISREAD, 2),
    Settled("A1", Source.UNRESOLVED, OverruleReason.RECORD_UNCLEAR, 1),
    Settled("E1", Source.OWN, None, 1),
)


def test_how_disagreements_were_settled_stands_by_question_and_reason() -> None:
    request = build.request(agreement=build.double_coding(), settled=SETTLED)
    release = make_release(request)
    table = next(one for one in release.tables if one.name == "adjudicated")
    rows = [[cell.value if isinstance(cell, Shown) else None for cell in row] for row in table.rows]
    assert [row[1:] for row in rows] == [
        ["the one of the coding on the left", "misread", 2],
        ["could not be agreed", "record unclear", 1],
        ["one that no coder gave", None, 1],
    ]
    agreed = table_of(release)
    assert agreed is not None
    assert {row[5] for row in agreed.rows} == {Shown(3)}


def test_no_sheet_of_settling_where_nothing_was_settled() -> None:
    release = make_release(build.request(agreement=build.double_coding()))
    assert all(one.name != "adjudicated" for one in release.tables)


def test_a_workbook_with_agreement_passes_the_accessibility_linter() -> None:
    content = write_workbook(
        make_release(build.request(agreement=build.double_coding(), settled=SETTLED))
    )
    assert linter.lint(content) == []
