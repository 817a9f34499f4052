"""The checks of ids, strata, columns and uses, each seen to turn on and stay off."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from sampling.checks import Fault, Severity
from sampling.engines import check_extract, open_frame
from sampling.errors import ExtractError
from sampling.faults import RULES, Code, fault
from sampling.frame import Accepted, FrameSpec, Only

AREA = FrameSpec(id_column="id", strata_columns=("area",))


def faults(
    written: Any, header: list[str], rows: list[list[str]], spec: FrameSpec
) -> dict[str, Fault]:
    report = check_extract(written(header, rows), spec, today=datetime.date(2024, 6, 1))
    return {found.code: found for found in report.faults}


def ids(written: Any, *values: str) -> dict[str, Fault]:
    rows = [[value, "x"] for value in values]
    return faults(written, ["id", "area"], rows, AREA)


def rows_of(found: Fault) -> list[int | None]:
    return [place.row for place in found.places]


def test_repeated_ids_are_errors_with_every_row(written: Any) -> None:
    found = ids(written, "a", "b", "a", "c", "b")["repeated-id"]
    assert (found.severity, found.count, rows_of(found)) == (Severity.ERROR, 2, [2, 3, 4, 6])
    assert not found.acceptable


@pytest.mark.parametrize("bad", [" a", "a\u00a0", "Zoe\u0308", "x" * 201, "#nonce", "\u2028b"])
def test_ids_against_the_rules_are_errors(bad: str, written: Any) -> None:
    found = ids(written, "ok-1", bad, "ok-2")
    assert rows_of(found["invalid-id"]) == [3]


@pytest.mark.parametrize(
    "pair",
    [
        ("INC-7a", "inc-7A"),
        ("a 1", "a1"),
        ("007", "7"),
        ("INC-01", "INC-1"),
        ("lO1", "l01"),
        ("Аb", "Ab"),
        ("born-1", "bom-1"),
        ("vv9", "w9"),
        ("uncle7", "unde7"),
        ("Зb", "3b"),
        ("a⁃1", "a-1"),
    ],
)
def test_look_alikes_are_errors_that_can_be_accepted(pair: tuple[str, str], written: Any) -> None:
    found = ids(written, *pair, "other")["look-alike-ids"]
    assert (found.count, rows_of(found), found.acceptable) == (2, [2, 3], True)


@pytest.mark.parametrize("pair", [("RN-1", "M-1"), ("CL7", "D7"), ("a|1", "a11"), ("c1", "d")])
def test_ids_that_do_not_look_alike_are_left_alone(pair: tuple[str, str], written: Any) -> None:
    assert "look-alike-ids" not in ids(written, *pair, "born-2", "uncle")


@pytest.mark.parametrize(
    "bad", ["1E+05", "1.2e9", "Mar-01", "01-Mar", "12-Jan-24", "123.0", "45292"]
)
def test_ids_changed_by_a_spreadsheet_are_errors_that_can_be_accepted(
    bad: str, written: Any
) -> None:
    found = ids(written, "INC-1x", "INC-2x", bad)["mangled-ids"]
    assert (found.count, rows_of(found), found.acceptable) == (1, [4], True)


def test_ids_that_are_plain_numbers_are_in_order(written: Any) -> None:
    assert not ids(written, "45292", "45293", "31245") | {}


def test_references_of_police_systems_are_warned_of(written: Any) -> None:
    assert "reference-like-ids" in ids(written, "1234567/24", "1234568/24")


def test_blank_strata_are_errors_until_they_get_a_name(written: Any) -> None:
    header, rows = ["id", "area"], [["a", "x"], ["b", ""], ["c", "  "]]
    assert rows_of(faults(written, header, rows, AREA)["blank-stratum"]) == [3, 4]
    named = AREA.model_copy(update={"blank_stratum": "not recorded"})
    with open_frame(written(header, rows), named) as frame:
        assert frame.frame.stratum_sizes == {"not recorded": 2, "x": 1}


def test_two_spellings_of_a_stratum_are_an_error(written: Any) -> None:
    rows = [["a", "Hackney"], ["b", "HACKNEY"], ["c", "Hackney"]]
    found = faults(written, ["id", "area"], rows, AREA)
    assert rows_of(found["stratum-spellings"]) == [3]
    assert "two-spellings" not in found


def test_joined_strata_must_stay_distinct(written: Any) -> None:
    spec = FrameSpec(id_column="id", strata_columns=("p", "q"))
    rows = [["a", "x / y", "z"], ["b", "x", "y / z"], ["c", "x", "z"]]
    found = faults(written, ["id", "p", "q"], rows, spec)
    assert rows_of(found["joined-strata"]) == [2, 3]
    with open_frame(written(["id", "p", "q"], rows[1:]), spec) as frame:
        assert set(frame.frame.stratum_sizes) == {"x / y / z", "x / z"}


def test_an_invalid_stratum_name_is_an_error(written: Any) -> None:
    found = faults(written, ["id", "area"], [["a", "x\ty"], ["b", "z"]], AREA)
    assert rows_of(found["invalid-stratum"]) == [2]


def test_personal_data_is_refused_as_kept_and_acceptable_as_record(written: Any) -> None:
    header, rows = ["id", "text"], [["a", "call 07700 900123"], ["b", "none"]]
    kept = faults(written, header, rows, FrameSpec(id_column="id", keep=("text",)))
    recorded = faults(written, header, rows, FrameSpec(id_column="id", record=("text",)))
    unused = faults(written, header, rows, FrameSpec(id_column="id"))
    weights = [
        (f["personal-data"].severity, f["personal-data"].acceptable)
        for f in (kept, recorded, unused)
    ]
    assert weights == [
        (Severity.ERROR, False),
        (Severity.ERROR, True),
        (Severity.WARNING, False),
    ]
    assert all(rows_of(found["personal-data"]) == [2] for found in (kept, recorded, unused))
    assert "07700" not in kept["personal-data"].message


def test_an_accepted_fault_makes_a_frame_that_says_so(written: Any) -> None:
    path = written(["id", "text"], [["a", "PC 1234 came"], ["A", "x"]])
    reason = Accepted(code="personal-data", reason="coders must see it")
    other = Accepted(code="look-alike-ids", reason="checked by hand")
    spec = FrameSpec(id_column="id", record=("text",), accept=(reason, other))
    with open_frame(path, spec) as frame:
        assert frame.frame.accepted == (reason, other)
    half = FrameSpec(id_column="id", record=("text",), accept=(other,))
    with open_frame(path, half) as frame, pytest.raises(ExtractError) as refused:
        _ = frame.frame
    assert [found.code for found in refused.value.faults] == ["personal-data"]


def test_what_cannot_be_accepted_is_said(written: Any) -> None:
    spec = FrameSpec(id_column="id", accept=(Accepted(code="repeated-id", reason="x"),))
    found = faults(written, ["id"], [["a"], ["a"]], spec)
    assert {"repeated-id", "not-acceptable"} <= found.keys()


def test_long_text_cannot_be_kept_and_can_be_the_record(written: Any) -> None:
    rows = [["a", "word " * 60], ["b", "other " * 60]]
    assert "long-text" in faults(written, ["id", "t"], rows, FrameSpec(id_column="id", keep=("t",)))
    spec = FrameSpec(id_column="id", record=("t",))
    assert not faults(written, ["id", "t"], rows, spec)


def test_filters_are_counted_and_dated_strata_are_strict(written: Any) -> None:
    header = ["id", "state", "day"]
    rows = [["a", "open", "2024-01-02"], ["b", "closed", "3/1/2024"], ["c", "open", "2024-02-01"]]
    spec = FrameSpec(id_column="id", only=(Only(column="state", values=("open", "gone")),))
    with open_frame(written(header, rows), spec) as frame:
        assert frame.frame.records == 2
        assert [(e.reason, e.records) for e in frame.frame.exclusions] == [
            ("state is not one of: open, gone", 1)
        ]
    assert "absent-value" in faults(written, header, rows, spec)
    loose = faults(written, header, rows, FrameSpec(id_column="id"))["mixed-dates"]
    dated = FrameSpec(id_column="id", strata_columns=("day",))
    strict = faults(written, header, rows, dated)["mixed-dates"]
    assert (loose.severity, strict.severity) == (Severity.WARNING, Severity.ERROR)


def test_a_frame_without_records_is_refused(written: Any) -> None:
    spec = FrameSpec(id_column="id", only=(Only(column="id", values=("zz",)),))
    assert "no-records" in faults(written, ["id"], [["a"]], spec)
    assert "no-records" in faults(written, ["id"], [], FrameSpec(id_column="id"))


def test_arrests_before_the_incident_are_counted(written: Any) -> None:
    rows = [
        ["a", "2024-01-02", "2024-01-01"],
        ["b", "2024-01-02", "2024-01-02"],
        ["c", "2024-01-02", ""],
    ]
    found = faults(written, ["id", "incident_date", "arrest_date"], rows, FrameSpec(id_column="id"))
    assert rows_of(found["arrest-before-incident"]) == [2]


def test_a_missing_or_misused_column_is_named(written: Any) -> None:
    found = faults(written, ["id", "area"], [["a", "x"]], FrameSpec(id_column="id", keep=("aria",)))
    assert "area" in found["unknown-column"].message
    both = FrameSpec(id_column="id", keep=("id",))
    assert "column-used-twice" in faults(written, ["id", "area"], [["a", "x"]], both)


def test_kept_columns_are_counted_within_strata(written: Any) -> None:
    rows = [["a", "x", "yes"], ["b", "x", ""], ["c", "z", "yes"], ["d", "x", "yes"]]
    spec = FrameSpec(id_column="id", strata_columns=("area",), keep=("flag",))
    with open_frame(written(["id", "area", "flag"], rows), spec) as frame:
        counts = frame.frame.counts_of("flag")
    assert counts is not None
    assert [(c.stratum, c.value, c.records) for c in counts.counts] == [
        ("x", "", 1),
        ("x", "yes", 2),
        ("z", "yes", 1),
    ]


def test_many_rows_are_profiled_as_few_are(written: Any) -> None:
    rows = [
        [
            f"i{number}",
            f"2024-01-01 {number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}",
            f"v{number % 7}",
        ]
        for number in range(25_000)
    ]
    rows[24_000][1] = "1/2/2024 10:00"
    report = check_extract(written(["id", "when", "kind"], rows), FrameSpec(id_column="id"))
    assert report.rows == 25_000
    assert report.columns[2].distinct == 7
    assert [found.code for found in report.faults] == ["mixed-dates"]


def test_every_code_has_its_rule_and_a_sentence() -> None:
    assert set(RULES) == set(Code)
    for code in Code:
        for count in (1, 2):
            message = fault(code, count, column="c", detail="d").message
            assert message.endswith((".", "'")), code
            assert "{" not in message


@pytest.mark.parametrize("code", list(RULES))
def test_what_is_counted_is_not_followed_by_a_verb_of_one_alone(code: Code) -> None:
    message = fault(code, 2, column="c", detail="7").message
    assert not re.match(r"2 [^.]* that (is|looks|stands) ", message), message
