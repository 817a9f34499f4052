"""The whole job in ten commands, and what each says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

HEX = re.compile(r"[0-9a-f]{64}")


def test_init_says_whose_project_it_is_and_warns_of_a_plain_file(drawn: Job) -> None:
    said = drawn.printed["init"]
    assert re.fullmatch(
        r"audit\.dip: project [0-9a-f]{8} started, codebook da-short 1\.0\.0, "
        r"supervisor supervisor\n",
        said.stdout,
    )
    assert "not encrypted" in said.stderr


def test_frame_check_profiles_and_says_how_identifiable_the_records_are(drawn: Job) -> None:
    said = drawn.printed["frame check"]
    assert said.lines[0] == "extract.csv: 600 rows, 30 columns"
    assert "How identifiable the records are" in said.stdout
    assert said.lines[-1] == "0 errors, 5 warnings: this extract can be committed."
    assert said.stderr == ""


def test_frame_commit_prints_the_fingerprint_of_the_lines_that_it_wrote(drawn: Job) -> None:
    said = drawn.printed["frame commit"]
    assert said.lines[0] == "frame of 600 records in 12 strata committed"
    lines = sorted((drawn.folder / "frame.tsv").read_bytes().splitlines(keepends=True))
    hashed = subprocess.run(
        ["sha256sum"], input=b"".join(lines), capture_output=True, check=True
    ).stdout.decode()
    assert said.lines[1] == f"fingerprint {hashed[:64]}"


def test_plan_shares_the_sample_out_and_says_what_it_buys(drawn: Job) -> None:
    said = drawn.printed["plan"]
    total = next(line for line in said.lines if line.startswith("total"))
    assert total.split() == ["total", "600", "60", "12"]
    assert "60 (this plan)" in said.stdout
    assert "in front of a witness" in said.stderr


def test_draw_counts_and_prints_a_digest(drawn: Job) -> None:
    first, second = drawn.printed["draw"].lines
    assert first == "60 records drawn, 12 held in reserve, draw 1 of 1 on this frame"
    assert HEX.search(second)


def test_assign_deals_every_case_out(drawn: Job) -> None:
    rows = [line.split() for line in drawn.printed["assign"].lines]
    assert rows[0] == ["reviewer", "code", "cases"]
    assert rows[1:] == [["amber", "R1", "30"], ["birch", "R2", "30"]]


def test_codings_import_counts_what_it_took_in(coded: Job) -> None:
    for name in ("amber", "birch"):
        assert coded.printed[name].stdout == "30 codings taken in, 0 here already\n"


def test_findings_export_and_verify_end_the_job(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(coded)
    found = run.apart("findings", "audit.dip", "--indicator", "M1,M2")
    assert found.lines[0] == "Dip sample: draw 1 of 1 on this frame"
    assert found.lines[1] == "PROVISIONAL: the sample is not signed off"
    assert "each stratum weighed by its size" in found.lines[2]
    block = r"^M1  Any arrest, of incidents\n +yes for \d+ of 60 decided cases: \d+\.\d %, 95 %"
    assert re.search(block, found.stdout, re.M)
    assert "stratified-exact: coverage at least" in found.stderr
    out = run.apart("export", "audit.dip", "findings.xlsx")
    assert out.lines[0] == "findings.xlsx"
    assert HEX.search(out.lines[1])
    assert "not for publication" in out.stderr
    checked = run.apart("verify", "audit.dip", "extract.csv", "--against", "findings.xlsx")
    seen = re.findall(r"^(ok|WRONG) +(\w+):", checked.stdout, re.M)
    expected = ["log", "records", "quotes", "extract", "draw", "workbook", "numbers"]
    assert seen == [("ok", name) for name in expected]
    assert "It does not show" in checked.stdout


def test_drawing_the_same_again_writes_nothing(
    drawn: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    before = run.apart("log", "audit.dip", "--format", "csv").rows
    again = run.apart(
        "draw", "audit.dip", "extract.csv", "--seed", "60921108449012345678",
        "--seed-source", "ten-sided dice, two witnesses",
    )  # fmt: skip
    assert again.stdout == drawn.printed["draw"].stdout
    assert "nothing was written" in again.stderr
    assert run.apart("log", "audit.dip", "--format", "csv").rows == before


def test_dealing_out_anew_leaves_a_begun_case_with_its_coder(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    rows = (
        copy_of(coded).apart("assign", "audit.dip", "--reviewers", "cedar", "--format", "csv").rows
    )
    assert {row["reviewer"]: row["cases"] for row in rows} == {
        "amber": "30", "birch": "30", "cedar": "0",
    }  # fmt: skip


def test_plain_coding_asks_in_lines_and_saves_what_was_said(
    drawn: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    said = run.apart("code", "audit.dip", "--plain", "--ascii", "--as", "amber", stdin=b"y\ny\n")
    assert said.stdout.isascii()
    assert "Everything is saved." in said.stdout
    answered = [
        row["what"] for row in run.apart("log", "audit.dip", "--format", "csv").rows
        if row["who"] == "R1" and row["what"].startswith("answered")
    ]  # fmt: skip
    assert answered == ["answered E1: blank -> yes", "answered E2: blank -> yes"]


def test_the_screens_need_a_terminal_and_say_so(drawn: Job) -> None:
    for words in (("open", "audit.dip"), ("audit.dip",), ("code", "audit.dip", "--as", "amber")):
        said = drawn.program.apart(*words, code=2)
        assert said.stdout == ""
        assert "need a terminal" in said.sentence


@pytest.mark.long
def test_demo_runs_the_whole_job_and_leaves_a_workbook(program: Program) -> None:
    said = program.apart("demo", "try-it")
    assert {path.name for path in (program.folder / "try-it").iterdir()} >= {
        "example.dip", "practice.dip", "findings.xlsx", "frame.tsv",
    }  # fmt: skip
    assert "beside the truth" in said.stdout
    assert re.search(
        r"^M1  any arrest.*\n +\d+ of \d+ cases: [\d.]+ %, interval .*; truth [\d.]+ %",
        said.stdout,
        re.M,
    )
    (program.folder / "other").mkdir()
    (program.folder / "other" / "theirs.txt").write_text("x", encoding="utf-8")
    assert "holds other files" in program("demo", "other", code=5).sentence
