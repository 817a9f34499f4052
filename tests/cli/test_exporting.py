"""The workbook as a command: the same bytes wherever and however often it is made."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program


def test_the_same_project_gives_the_same_bytes_anywhere(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(coded)
    project = run.folder / "audit.dip"
    first = run("export", "audit.dip", "first.xlsx")
    (run.folder / "elsewhere").mkdir()
    surroundings = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    elsewhere = run.within(run.folder / "elsewhere", **surroundings)
    second = elsewhere.apart("export", project, "second.xlsx")
    content = (run.folder / "first.xlsx").read_bytes()
    assert (run.folder / "elsewhere" / "second.xlsx").read_bytes() == content
    assert sha256(content).hexdigest() == first.lines[1].split()[1] == second.lines[1].split()[1]
    made = [
        row["what"] for row in run("log", project, "--format", "csv").rows if "xlsx" in str(row)
    ]
    assert set(made) == {"wrote the findings as xlsx"}


def test_a_folder_gets_a_file_whose_name_says_what_it_is(
    coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(coded)
    run("export", "audit.dip", "out", "--date", "2025-03-31", "--by", "party_a_sex")
    (name,) = (path.name for path in (run.folder / "out").iterdir())
    assert name == "official-sensitive-provisional-da-dip-sample-findings-2025-03-31.xlsx"
    said = run("verify", "audit.dip", "--against", f"out/{name}")
    assert "byte for byte" in said.stdout


def test_a_breakdown_that_is_not_there_writes_nothing(coded: Job) -> None:
    said = coded.program("export", "audit.dip", "none.xlsx", "--by", "narrative", code=3)
    assert "party_a_sex" in said.sentence
    assert not (coded.folder / "none.xlsx").exists()


def test_a_workbook_that_takes_the_place_of_another_is_said_to(coded: Job) -> None:
    first = coded.program("export", "audit.dip", "twice.xlsx")
    assert first.lines[0] == "twice.xlsx"
    assert coded.program("export", "audit.dip", "twice.xlsx").lines[0] == "twice.xlsx (replaced)"
    assert "PROVISIONAL: the sample is not signed off." in first.stderr


def test_a_workbook_of_open_cases_is_said_to_be_provisional(
    drawn: Job, copy_of: Callable[[Job], Program]
) -> None:
    said = copy_of(drawn)("export", "audit.dip", "early.xlsx")
    assert "PROVISIONAL: 60 cases are open" in said.stderr
