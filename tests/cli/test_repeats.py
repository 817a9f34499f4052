"""What is said when a step is taken twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Program


def test_a_frame_or_plan_that_is_committed_already_is_said_to_be_so(
    program: Program, tmp_path: Path
) -> None:
    extract = tmp_path / "extract.csv"
    extract.write_text("id,area\n" + "".join(f"r-{n},a\n" for n in range(40)), encoding="utf-8")
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    for command in (
        ("frame", "commit", "audit.dip", extract, "--id", "id"),
        ("plan", "audit.dip", "--size", "10"),
    ):
        assert "already" not in program(*command).stderr
        assert "nothing was written" in program(*command).stderr


def test_a_frame_committed_otherwise_says_what_it_changes(program: Program, tmp_path: Path) -> None:
    extract = tmp_path / "extract.csv"
    extract.write_text("id,area,sex\n" + "".join(f"r-{n},a,f\n" for n in range(40)), "utf-8")
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    first = program("frame", "commit", "audit.dip", extract, "--id", "id")
    assert "instead of" not in first.stdout
    again = program("frame", "commit", "audit.dip", extract, "--id", "id", "--keep", "area,sex")
    assert "instead of the earlier frame: kept columns area, sex, not none" in again.lines
    strata = program("frame", "commit", "audit.dip", extract, "--id", "id", "--strata", "area")
    assert "instead of the earlier frame: strata area, not none" in strata.lines
    assert "another fingerprint" in strata.stdout


def test_a_name_that_is_not_allowed_is_called_by_itself(program: Program) -> None:
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    said = program("assign", "audit.dip", "--reviewers", "amber,Birch", code=2)
    assert '"Birch" in --reviewers cannot be a name' in said.sentence
    assert "--as" not in said.sentence


def test_a_supervisor_of_another_name_is_hinted_at(program: Program) -> None:
    program("init", "audit.dip", "--title", "t", "--unencrypted", "--as", "boss")
    said = program("plan", "audit.dip", "--size", "10", "--as", "supervisor", code=5)
    assert "who is boss here" in said.sentence


def test_a_size_under_the_minimum_of_all_strata_says_what_is_needed(
    program: Program, tmp_path: Path
) -> None:
    extract = tmp_path / "extract.csv"
    lines = "".join(f"r-{n},area {n % 12}\n" for n in range(600))
    extract.write_text("id,area\n" + lines, encoding="utf-8")
    program("init", "audit.dip", "--title", "t", "--unencrypted")
    program("frame", "commit", "audit.dip", extract, "--id", "id", "--strata", "area")
    said = program("plan", "audit.dip", "--size", "100", "--min-per-stratum", "20", code=3)
    assert "too small: 12 strata with a minimum of 20 each" in said.sentence
    assert "between 240 and 600 records" in said.sentence


def test_a_mistyped_column_is_answered_by_all_columns_and_errors_come_first(
    program: Program, tmp_path: Path
) -> None:
    extract = tmp_path / "extract.csv"
    rows = "".join(f"r-{n},{'a' if n % 2 else 'A'},x{n}\n" for n in range(60))
    extract.write_text("id,area,told\n" + rows + ",,\n", encoding="utf-8")
    check = ("frame", "check", extract, "--id", "id", "--strata", "aera")
    said = " ".join(program(*check, code=3).stdout.split())
    assert "Its columns are: id, area, told; perhaps area is meant." in said
    assert "WARNING" in said
    assert said.rindex("ERROR") < said.index("WARNING")


def test_different_values_of_a_column_are_counted_and_never_more_than_its_rows(
    program: Program, tmp_path: Path
) -> None:
    extract = tmp_path / "extract.csv"
    extract.write_text("id\n" + "".join(f"r-{n}\n" for n in range(12_000)), encoding="utf-8")
    said = program("frame", "check", extract, "--id", "id").stdout
    assert "12,000" in next(line for line in said.splitlines() if line.startswith("id "))
    assert "about" not in said
