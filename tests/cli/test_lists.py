"""Lists in three formats: text for people, JSON and CSV whole."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

CASES = ["case", "record_id", "stratum", "rank", "role", "ticket", "state",
         "unit", "size", "probability", "weight", "chance"]  # fmt: skip
LOG = ["time", "who", "what", "case", "stream", "seq", "hash"]
FINDINGS = [
    "indicator", "by", "group", "yes", "base", "undetermined", "estimate", "lower", "upper",
    "method", "flags",
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (("cases", "audit.dip"), CASES),
        (("log", "audit.dip"), LOG),
        (("findings", "audit.dip", "--indicator", "M1"), FINDINGS),
    ],
)
def test_csv_has_the_columns_of_the_contract(
    drawn: Job, words: tuple[str, ...], columns: list[str]
) -> None:
    assert drawn.program.apart(*words, "--format", "csv").lines[0].split(",") == columns


def test_cases_lists_sample_and_reserve_alike_in_csv_and_json(drawn: Job) -> None:
    rows = drawn.program("cases", "audit.dip", "--format", "csv").rows
    parsed = json.loads(drawn.program("cases", "audit.dip", "--format", "json").stdout)
    as_text = [{key: "" if v is None else str(v) for key, v in row.items()} for row in parsed]
    assert as_text == rows
    sample = [row for row in rows if row["role"] == "sample"]
    assert all(float(row["weight"]) * float(Fraction(row["probability"])) == pytest.approx(1)
               and row["chance"] == "exact" for row in sample)  # fmt: skip
    assert not any(row["probability"] for row in rows if row["role"] == "reserve")
    assert [row["case"] for row in rows] == sorted(row["case"] for row in rows)
    assert [row["role"] for row in rows].count("sample") == 60
    assert [row["role"] for row in rows].count("reserve") == 12
    assert all((row["state"] == "reserve") == (row["role"] == "reserve") for row in rows)
    assert all(len(row["ticket"]) == 64 for row in rows)


def test_a_coder_sees_the_state_of_their_own_codings_alone(coded: Job) -> None:
    rows = coded.program("cases", "audit.dip", "--as", "amber", "--format", "csv").rows
    states = Counter(row["state"] for row in rows if row["role"] == "sample")
    assert states == {"submitted": 30, "not_yours": 30}
    rows = coded.program("cases", "audit.dip", "--as", "supervisor", "--format", "csv").rows
    assert {row["state"] for row in rows} == {"final", "reserve"}


@pytest.mark.parametrize("words", [("cases", "audit.dip"), ("log", "audit.dip")])
def test_text_fits_eighty_columns(drawn: Job, words: tuple[str, ...]) -> None:
    lines = drawn.program(*words).lines
    assert max(map(len, lines)) <= 80
    assert len(lines) > 10


def test_the_log_says_in_words_what_happened(drawn: Job) -> None:
    what = [row["what"] for row in drawn.program("log", "audit.dip", "--format", "csv").rows]
    assert what == [
        "started the project",
        "took the codebook da-short 1.0.0",
        "committed a frame of 600 records",
        "committed a plan",
        "revealed the seed",
        "drew 60 records and 12 in reserve",
        "wrote down the drawn records, part 1",
        "added R1",
        "added R2",
        "dealt the cases out",
    ]


def test_no_format_of_the_log_names_a_coder(coded: Job) -> None:
    rows = coded.program("log", "audit.dip", "--format", "csv").rows
    streams = {row["stream"].rpartition(".")[0] for row in rows}
    assert streams == {row["who"] for row in rows}
    assert "R1" in streams


def test_a_coder_sees_in_the_log_their_own_cases_alone(coded: Job) -> None:
    rows = coded.program("log", "audit.dip", "--as", "amber", "--format", "csv").rows
    assert {row["who"] for row in rows if row["case"]} == {"R1"}
    assert all(row["stream"] for row in rows)


def test_verify_and_frame_check_print_every_format(drawn: Job) -> None:
    verdict = json.loads(drawn.program("verify", "audit.dip", "--format", "json").stdout)
    assert verdict["ok"] is True
    assert [check["check"] for check in verdict["checks"]] == ["log", "records", "quotes"]
    rows = drawn.program("verify", "audit.dip", "--format", "csv").rows
    assert [row["ok"] for row in rows] == ["True", "True", "True"]
    check = ("frame", "check", "extract.csv", "--id", "incident_id", "--strata", "bcu")
    report = json.loads(drawn.program(*check, "--format", "json").stdout)
    assert report["rows"] == sum(report["strata"].values()) == 600
    assert report["errors"] == 0
    assert len(report["identifiability_subsets"]) > len(report["identifiability"])
    faults = drawn.program(*check, "--format", "csv").rows
    assert {row["severity"] for row in faults} == {"warning"}


def test_findings_before_coding_show_counts_and_no_interval(drawn: Job) -> None:
    found = drawn.program("findings", "audit.dip", "--indicator", "M1")
    assert "PROVISIONAL: 60 cases are open, so no interval is shown" in found.stdout
    (row,) = drawn.program("findings", "audit.dip", "--indicator", "M1", "--format", "csv").rows
    assert (row["lower"], row["upper"], row["method"]) == ("", "", "")
    assert "incomplete" in row["flags"]


def test_a_sample_without_planned_looks_says_why_it_has_no_interval_yet(drawn: Job) -> None:
    found = drawn.program("findings", "audit.dip", "--indicator", "M1").stdout
    assert "this one names none" in found or "first case in the order of numbers is open" in found
    assert "final 0 of 60, excluded 0, open 60" in found
    assert drawn.program("stop", "audit.dip", code=5).sentence


def test_a_supervisor_is_told_the_line_that_opens_the_screens(program: Program) -> None:
    made = program("init", "own.dip", "--title", "T", "--unencrypted", "--as", "lead")
    assert "dipsample open own.dip --as lead" in made.stderr
