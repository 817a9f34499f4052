"""Codings made elsewhere, as a command: all of a file or nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program


def importing(name: str, file: str) -> tuple[str, ...]:
    return ("codings", "import", "audit.dip", file, "--as", name)


def test_every_refused_cell_is_named_and_nothing_is_taken_in(
    drawn: Job, coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    header, first, second, *_ = (coded.folder / "amber.csv").read_text("utf-8").splitlines()
    case = first.split(",")[0]
    text = "she rang from 07700 900123"
    lines = [
        f"{header},Z4",
        f"{first},",
        f"{second.replace(',high,', ',sky-high,')},{text}",
        "C-9999,yes,,,,,,,",
        f"{case},yes,,,,,,,",
        "C-0002,yes",
    ]
    (run.folder / "bad.csv").write_text("\n".join(lines), encoding="utf-8")
    before = run("log", "audit.dip", "--format", "csv").stdout
    said = run(*importing("amber", "bad.csv"), code=3)
    assert [line.split(":")[0] for line in said.lines] == [
        "row 3, column Z3", "row 3, column Z4", "row 4, column case", "row 5, column case",
        "row 6, column case",
    ]  # fmt: skip
    assert "phone number" in said.stdout
    assert "Z3 offers no such answer. Use one of high, " in " ".join(said.stdout.split())
    assert "5 cells are refused, and nothing was taken in" in said.sentence
    assert "sky-high" not in said.stdout + said.stderr
    assert "07700" not in said.stdout + said.stderr
    assert run("log", "audit.dip", "--format", "csv").stdout == before


def test_a_case_that_another_coded_or_was_dealt_is_refused_whole(
    drawn: Job, coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    said = coded.program(*importing("birch", "amber.csv"), code=5)
    assert "The cases of 30 rows cannot be taken in" in said.sentence
    assert said.stdout.startswith("rows 2 to 31, column case: ")
    run = copy_of(drawn)
    (run.folder / "amber.csv").write_bytes((coded.folder / "amber.csv").read_bytes())
    assert "somebody else" in run(*importing("birch", "amber.csv"), code=5).sentence


def test_the_same_file_again_changes_nothing(coded: Job, copy_of: Callable[[Job], Program]) -> None:
    run = copy_of(coded)
    before = run("log", "audit.dip", "--format", "csv").stdout
    for name in ("amber", "birch"):
        (run.folder / f"{name}.csv").write_bytes((coded.folder / f"{name}.csv").read_bytes())
    assert run(*importing("amber", "amber.csv")).stdout == "0 codings taken in, 30 here already\n"
    assert run("log", "audit.dip", "--format", "csv").stdout == before


def test_one_coding_is_spoken_of_as_one(
    drawn: Job, coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    header, first, *_ = (coded.folder / "amber.csv").read_text("utf-8").splitlines()
    (run.folder / "one.csv").write_text(f"{header}\n{first}\n", encoding="utf-8")
    assert run(*importing("amber", "one.csv")).stdout == "1 coding taken in, 0 here already\n"


def test_two_processes_import_for_two_reviewers_at_once(
    drawn: Job, coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    at_once = []
    for name in ("amber", "birch"):
        (run.folder / f"{name}.csv").write_bytes((coded.folder / f"{name}.csv").read_bytes())
    for name in ("amber", "birch"):
        at_once.append(
            subprocess.Popen(
                run.command(*importing(name, f"{name}.csv")),
                cwd=run.folder,
                env=run.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
    for process in at_once:
        said, wrong = process.communicate(timeout=120)
        assert (process.returncode, said, wrong) == (
            0,
            b"30 codings taken in, 0 here already\n",
            b"",
        )
    states = {row["state"] for row in run("cases", "audit.dip", "--format", "csv").rows}
    assert states == {"final", "reserve"}
    run("verify", "audit.dip")


def test_cells_of_one_reason_share_a_line_with_their_rows(
    drawn: Job, coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    header, *lines = (coded.folder / "amber.csv").read_text("utf-8").splitlines()
    wrong = [
        line.replace(",yes,", ",jes,", 1) if 2 < n < 16 else line for n, line in enumerate(lines)
    ]
    unknown = [f"X-{line}" if n in (0, 20) else line for n, line in enumerate(wrong)]
    (run.folder / "bad.csv").write_text("\n".join([header, *unknown]), encoding="utf-8")
    said = run(*importing("amber", "bad.csv"), code=3).stdout
    assert "rows 5 to 17, column E1: " in said
    assert "rows 2, 22, column case: the sample has no such case" in said
    assert len(said.splitlines()) <= 4


def test_rows_are_refused_each_for_its_own_reason(
    drawn: Job, coded: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    of_both = [(coded.folder / f"{name}.csv").read_text("utf-8") for name in ("amber", "birch")]
    header, *own = of_both[0].splitlines()
    (run.folder / "first.csv").write_text("\n".join([header, own[0]]), encoding="utf-8")
    run(*importing("amber", "first.csv"))
    other = of_both[1].splitlines()[1]
    changed = own[0].replace(",high,", ",low,", 1)
    (run.folder / "bad.csv").write_text("\n".join([header, changed, other]), encoding="utf-8")
    said = run(*importing("amber", "bad.csv"), code=5)
    assert "row 2, column case: You coded this case already, with other answers" in said.stdout
    assert "row 3, column case: This case is assigned to somebody else" in said.stdout
    assert "2 reasons" in said.sentence
