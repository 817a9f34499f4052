"""One record from several rows: the same whatever their order, and nothing settled in silence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sampling.checks import ExtractReport, Severity
from sampling.collapsing import ROWS_IN_EXTRACT, ColumnRule, Rule
from sampling.engines import check_extract, open_frame
from sampling.errors import ExtractError
from sampling.frame import Accepted, Frame, FrameSpec, Only

HEADER = ["complaint", "area", "arrest", "n", "flag", "day", "text"]
ROWS = [
    ["C1", "A", "a2", "12", "N", "2024-01-01", "second"],
    ["C2", "B", "a3", "1", "N", "", "same"],
    ["C1", "A", "a1", "3", "Y", "2024-01-02", "first"],
    ["C2", "B", "", "", "n", "", "same"],
    ["C3", "B", "a3", "7", "", "2024-02-01", "alone"],
]
SEED = "76543210987654321098"


def spec(*keep: str, rules: dict[str, Rule] | None = None, **more: Any) -> FrameSpec:
    named = tuple(ColumnRule(column=name, rule=rule) for name, rule in (rules or {}).items())
    return FrameSpec(
        id_column="complaint",
        collapse="complaint",
        keep=(*keep, ROWS_IN_EXTRACT),
        rules=named,
        **more,
    )


def codes(report: ExtractReport) -> dict[str, list[int | None]]:
    return {found.code: [place.row for place in found.places] for found in report.faults}


@pytest.mark.parametrize(
    ("column", "rule", "expected"),
    [
        ("arrest", Rule.LIST, ("a1 | a2", "a3", "a3")),
        ("arrest", Rule.COUNT, ("2", "1", "1")),
        ("arrest", Rule.COUNT_DISTINCT, ("2", "1", "1")),
        ("arrest", Rule.FIRST, ("a1", None, "a3")),
        ("n", Rule.MAX, ("12", "1", "7")),
        ("n", Rule.MIN, ("3", "1", "7")),
        ("flag", Rule.ANY, ("yes", "no", None)),
        ("flag", Rule.ALL, ("no", "no", None)),
        ("day", Rule.MAX, ("2024-01-02", None, "2024-02-01")),
        ("day", Rule.MIN, ("2024-01-01", None, "2024-02-01")),
    ],
)
def test_each_rule_says_what_a_record_holds(
    column: str, rule: Rule, expected: tuple[str | None, ...], written: Any
) -> None:
    with open_frame(written(HEADER, ROWS), spec(column, rules={column: rule})) as frame:
        assert frame.frame.records == 3
        rows = frame.rows(["C1", "C2", "C3"], [column])
    assert tuple(rows[record][column] for record in ("C1", "C2", "C3")) == expected


def test_the_collapse_is_shown_in_numbers(written: Any) -> None:
    report = check_extract(written(HEADER, ROWS), spec("arrest", strata_columns=("area",)))
    collapsed = report.collapsed
    assert collapsed is not None
    assert (report.rows, collapsed.rows, collapsed.records, collapsed.largest) == (5, 5, 3, 2)
    assert [(size.rows, size.records) for size in collapsed.sizes] == [
        ("1", 1),
        ("2", 2),
        ("3", 0),
        ("4 or more", 0),
    ]
    assert [(one.column, one.records) for one in collapsed.columns] == [("area", 0), ("arrest", 2)]


def test_without_columns_named_every_column_is_compared(written: Any) -> None:
    spec_of_key = FrameSpec(id_column="complaint", collapse="complaint")
    collapsed = check_extract(written(HEADER, ROWS), spec_of_key).collapsed
    assert collapsed is not None
    assert [one.column for one in collapsed.columns] == HEADER[1:]


def test_the_number_of_rows_is_a_column_of_the_frame(written: Any) -> None:
    with open_frame(written(HEADER, ROWS), spec(strata_columns=("area",))) as frame:
        counts = frame.frame.counts_of(ROWS_IN_EXTRACT)
        assert frame.rows(["C2"], [ROWS_IN_EXTRACT]) == {"C2": {ROWS_IN_EXTRACT: "2"}}
    assert counts is not None
    assert [(c.stratum, c.value, c.records) for c in counts.counts] == [
        ("A", "2", 1),
        ("B", "1", 1),
        ("B", "2", 1),
    ]


def test_a_column_that_differs_is_kept_only_by_a_rule_or_a_reason(written: Any) -> None:
    path = written(HEADER, ROWS)
    report = check_extract(path, spec("arrest"))
    assert codes(report)["rows-disagree"] == [2, 3]
    assert [found.code for found in report.errors] == ["rows-disagree"]
    reason = Accepted(code="rows-disagree", reason="the first is enough")
    with open_frame(path, spec("arrest", accept=(reason,))) as frame:
        assert frame.frame.accepted == (reason,)
        assert frame.rows(["C1"], ["arrest"]) == {"C1": {"arrest": "a1"}}


def test_a_column_that_differs_is_never_a_stratum(written: Any) -> None:
    reason = Accepted(code="stratum-disagrees", reason="x")
    of_arrest = spec(strata_columns=("arrest",), rules={"arrest": Rule.MAX}, accept=(reason,))
    found = codes(check_extract(written(HEADER, ROWS), spec(strata_columns=("arrest",))))
    assert found["stratum-disagrees"] == [2, 3]
    with open_frame(written(HEADER, ROWS), of_arrest) as frame, pytest.raises(ExtractError):
        _ = frame.frame


def test_coders_read_the_texts_of_all_rows_in_order_of_bytes(written: Any) -> None:
    with open_frame(written(HEADER, ROWS), spec(record=("text", "arrest"))) as frame:
        assert not frame.report.errors
        rows = frame.rows(["C1", "C2"], ["text", "arrest"])
    assert rows["C1"] == {
        "text": "[row 1 of 2]\nfirst\n[row 2 of 2]\nsecond",
        "arrest": "[row 1 of 2]\na1\n[row 2 of 2]\na2",
    }
    assert rows["C2"]["text"] == "same"


def test_rows_without_a_key_are_errors_and_blank_ones_at_the_end_are_not(written: Any) -> None:
    rows = [*ROWS, ["", "B", "", "", "", "", "x"], [""] * 7]
    report = check_extract(written(HEADER, rows), spec())
    assert codes(report)["empty-key"] == [7]
    assert "trailing-blank-rows" in codes(report)


@pytest.mark.parametrize(
    ("column", "rule"), [("arrest", Rule.MAX), ("text", Rule.ANY), ("text", Rule.MIN)]
)
def test_a_rule_that_does_not_fit_its_column_is_refused(
    column: str, rule: Rule, written: Any
) -> None:
    report = check_extract(written(HEADER, ROWS), spec(column, rules={column: rule}))
    (found,) = report.errors
    assert found.code == "rule-does-not-fit"
    assert found.places


def test_a_column_of_the_name_of_the_count_must_be_renamed(written: Any) -> None:
    path = written(["complaint", ROWS_IN_EXTRACT], [["a", "1"], ["a", "2"]])
    assert "name-taken" in codes(check_extract(path, spec()))


def test_filters_see_records_and_count_them(written: Any) -> None:
    yes = Only(column="flag", values=("yes",))
    with open_frame(written(HEADER, ROWS), spec(only=(yes,), rules={"flag": Rule.ANY})) as frame:
        assert (frame.frame.rows, frame.frame.records) == (5, 1)
        assert [one.records for one in frame.frame.exclusions] == [2]
    assert "rows-disagree" in codes(check_extract(written(HEADER, ROWS), spec(only=(yes,))))


@pytest.mark.parametrize("shape", ["crimes", "persons", "arrests"])
def test_every_shape_of_one_list_of_incidents_gives_its_frame(shape: str, written: Any) -> None:
    incidents = [[f"I{number}", f"area {number % 3}"] for number in range(40)]
    plain_spec = FrameSpec(id_column="incident", strata_columns=("area",))
    with open_frame(written(["incident", "area"], incidents), plain_spec) as frame:
        expected = frame.frame
    repeats = {"crimes": 2, "persons": 3, "arrests": 1}[shape]
    rows = [
        [*incident, f"{shape} {at}"]
        for number, incident in enumerate(incidents)
        for at in range(1 + number % (repeats + 1))
    ]
    collapsing = plain_spec.model_copy(update={"collapse": "incident"})
    path = written(["incident", "area", "part"], rows[::-1])
    with open_frame(path, collapsing) as frame:
        found = frame.frame
        assert found.fingerprint == expected.fingerprint
        assert found.strata == expected.strata
        take = {"area 0": 3, "area 2": 5}
        drawn = frame.draw("sample", SEED, take)
    with open_frame(path, collapsing) as again:
        assert again.fingerprint() == expected.fingerprint
        assert again.draw("sample", SEED, take) == drawn
        assert again.frame == found


cells = st.sampled_from(["", "a", "B", "é", "1", "yes"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    rows=st.lists(st.tuples(st.sampled_from(["K1", "K2", "K3"]), cells, cells), min_size=1).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(rows))
    ),
    rule=st.sampled_from([Rule.FIRST, Rule.COUNT, Rule.COUNT_DISTINCT, Rule.LIST]),
)
def test_the_order_of_rows_changes_nothing(
    rows: tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]], rule: Rule, written: Any
) -> None:
    of_key = FrameSpec(
        id_column="k",
        collapse="k",
        keep=("x", ROWS_IN_EXTRACT),
        record=("y",),
        rules=(ColumnRule(column="x", rule=rule),),
    )

    def seen(some: list[tuple[str, str, str]]) -> tuple[Frame, object]:
        path: Path = written(["k", "x", "y"], some)
        with open_frame(path, of_key) as frame:
            made = frame.frame.model_copy(update={"source_sha256": ""})
            return made, frame.rows({row[0] for row in some}, ["x", "y", ROWS_IN_EXTRACT])

    first, second = (seen(some) for some in rows)
    assert first == second


def test_rows_of_crimes_are_not_called_incidents(written: Any) -> None:
    report = check_extract(written(["crime_ref"], [["a"], ["b"]]), FrameSpec(id_column="crime_ref"))
    (found,) = [found for found in report.faults if found.code == "not-incidents"]
    assert found.severity is Severity.WARNING
    with open_frame(written(["crime_ref"], [["a"]]), FrameSpec(id_column="crime_ref")) as frame:
        assert frame.frame.unit_of_rows == "crime"
    with open_frame(written(["incident_id"], [["a"]]), FrameSpec(id_column="incident_id")) as frame:
        assert frame.frame.unit_of_rows is None


def test_real_arrests_collapse_to_the_frame_of_their_incidents(
    written: Any, real_data_folder: Path
) -> None:
    incidents = real_data_folder / "vt_nibrs_dv_incidents_2019_2020.csv"
    with incidents.open(encoding="utf-8", newline="") as file:
        rows = [
            [row["incident_id"], row["county"], str(arrest)]
            for row in csv.DictReader(file)
            for arrest in range(max(1, int(row["n_arrestees"] or 0)))
        ]
    by_county = FrameSpec(
        id_column="incident_id", strata_columns=("county",), blank_stratum="not stated"
    )
    collapsing = by_county.model_copy(update={"collapse": "incident_id"})
    with (
        open_frame(incidents, by_county) as whole,
        open_frame(written(["incident_id", "county", "arrest"], rows), collapsing) as arrests,
    ):
        assert arrests.frame.fingerprint == whole.frame.fingerprint
        collapsed = arrests.frame.collapsed
    assert collapsed is not None
    assert (collapsed.rows, collapsed.records, collapsed.largest) == (3294, 3207, 5)
    assert [size.records for size in collapsed.sizes] == [3131, 68, 6, 2]
