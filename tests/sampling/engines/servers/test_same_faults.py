"""What a warehouse finds in an extract is what is found in a file of the same rows."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sampling.checks import ExtractReport
from sampling.collapsing import ColumnRule, Rule
from sampling.engines import check_extract, open_frame, records_that_stay
from sampling.errors import ExtractError
from sampling.frame import Accepted, FrameSpec, Only

pytestmark = pytest.mark.servers

WAREHOUSES = ("postgres", "spark")
TODAY = datetime.date(2024, 6, 1)
HEADER = ["id", "area", "flag", "report_date", "age", "text"]
SPEC = FrameSpec(
    id_column="id", strata_columns=("area",), keep=("flag", "report_date"), record=("text",)
)
GOOD = [
    [
        f"r{number:05}",
        ("Brent", "Camden", "Zoë | %s {}")[number % 3],
        ("yes", "no", None)[number % 7 % 3],
        f"2024-01-{number % 28 + 1:02}",
        str(20 + number % 50),
        f"note {number}",
    ]
    for number in range(900)
] + [[odd, "Brent", "yes", "2024-01-01", "33", None] for odd in ("Zoë-7", "a|b", "it's", "北 1")]

REFUSED = [" lead", "trail ", "e\u0301x", "x" * 201, "é" * 101, "#nonce", "a\u2028b", "a\u0085b"]
BAD = [
    *GOOD,
    *([record_id, "Brent", "yes", "2024-01-01", "33", None] for record_id in REFUSED),
    ["r00001", "Camden", "no", "2024-01-01", "33", None],  # repeated
    ["R00002", "Brent", "no", "2024-01-01", "33", None],  # capitals
    ["zoë-7", "Brent", "no", "2024-01-01", "33", None],  # capitals, not ASCII
    ["1E+05", "Brent", "no", "2024-01-01", "33", None],  # spreadsheet
    ["01-JAN", "BRENT", "no", "2024-01-01", "33", None],  # spreadsheet, spelling
    ["7.0", "Brent", "no", "1/2/2030", "999", None],  # spreadsheet, dates, age
    [None, "Brent", "no", "2024-01-01", "33", None],  # no id
    ["t1", "Brent", "no", "2024-01-01", "33", "born 01/02/1980, call 07700 900123"],
    ["t2", "Brent", "no", "2024-01-01", "33", "éPC 1234 and a@b.example.org"],
    ["t3", None, "no", "2024-01-01", "33", "DOB: 3 MAR 1970 nw1 6XE"],
]


def found(report: ExtractReport) -> list[tuple[str, int, str, bool]]:
    return [(one.code, one.count, one.message, one.acceptable) for one in report.faults]


@pytest.mark.parametrize("engine", WAREHOUSES)
@pytest.mark.parametrize("rows", [GOOD, BAD], ids=["good", "bad"])
def test_every_fault_is_found_with_its_count_and_reason(engine: str, rows: Any, put: Any) -> None:
    of_file = check_extract(put("duckdb", HEADER, rows), SPEC, today=TODAY)
    of_engine = check_extract(put(engine, HEADER, rows), SPEC, today=TODAY)
    assert found(of_engine) == found(of_file)
    assert of_engine.rows == of_file.rows
    assert of_engine.strata == of_file.strata
    assert of_engine.identifiability == of_file.identifiability
    assert [(c.name, c.blank) for c in of_engine.columns] == [
        (c.name, c.blank) for c in of_file.columns
    ]
    if rows is BAD:
        assert len(of_file.faults) >= 8


@pytest.mark.parametrize("engine", WAREHOUSES)
def test_a_frame_and_its_rows_are_the_same(engine: str, put: Any) -> None:
    spec = FrameSpec(
        id_column="id",
        strata_columns=("area", "flag"),
        blank_stratum="not recorded",
        keep=("flag",),
        only=(Only(column="area", values=("Brent", "Zoë | %s {}")),),
        accept=(Accepted(code="look-alike-ids", reason="checked"),),
    )
    told = []
    for place in ("duckdb", engine):
        with open_frame(put(place, HEADER, GOOD), spec, nonce="ab" * 32) as opened:
            body = opened.frame.model_dump(exclude={"source_name", "source_sha256"})
            ids = [str(row[0]) for row in GOOD[:900:50] if row[1] != "Camden"]
            told.append((body, opened.rows(ids, ["text", "flag"]), opened.fingerprint()))
    assert told[0] == told[1]


def test_a_fault_stops_the_frame(put: Any) -> None:
    with (
        open_frame(put("postgres", HEADER, BAD), SPEC) as opened,
        pytest.raises(ExtractError, match="cannot become a frame") as refused,
    ):
        _ = opened.frame
    assert "invalid-id" in {fault.code for fault in refused.value.faults}
    assert all(place.row is None for fault in refused.value.faults for place in fault.places)


@pytest.mark.parametrize("engine", WAREHOUSES)
def test_rows_are_collapsed_alike(engine: str, put: Any) -> None:
    header = ["key", "area", "kind", "n", "text"]
    rows = [
        [
            f"k{number // 3 % 90}",
            ("Brent", "Zoë")[number // 3 % 2],
            ("b", None, "a", "it's")[number % 4],
            str(number % 12),
            f"crime {number}",
        ]
        for number in range(300)
    ]
    spec = FrameSpec(
        id_column="key",
        collapse="key",
        strata_columns=("area",),
        keep=("kind", "n"),
        record=("text",),
        rules=(ColumnRule(column="kind", rule=Rule.LIST), ColumnRule(column="n", rule=Rule.MAX)),
    )
    told = []
    for place in ("duckdb", engine):
        with open_frame(put(place, header, rows), spec) as opened:
            body = opened.frame.model_dump(exclude={"source_name", "source_sha256"})
            told.append((body, opened.rows(["k1", "k7"], ["kind", "n", "text"])))
    assert told[0] == told[1]


@pytest.mark.parametrize("engine", WAREHOUSES)
@pytest.mark.parametrize("collapse", [None, "id"])
def test_what_filters_leave_is_counted_alike(engine: str, collapse: str | None, put: Any) -> None:
    rows = [*GOOD, [None, "Brent", "yes", "2024-01-01", "33", None]]
    spec = FrameSpec(
        id_column="id",
        only=(Only(column="area", values=("Brent", "Zoë | %s {}")),),
        collapse=collapse,
    )
    drawn = ("r00001", "r00003")
    of_file = records_that_stay(put("duckdb", HEADER, rows), spec, excluded=drawn)
    assert of_file == records_that_stay(put(engine, HEADER, rows), spec, excluded=drawn)
    assert of_file.of == len(GOOD)
