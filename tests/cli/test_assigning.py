"""Who codes what, from the command line: two coders a case, a leave, second looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

Copy = Callable[["Job"], "Program"]
HEADER = "case,E1,E2,A1,A10,A11,C1,Z3,Z4,Z5\n"
UNDECIDED = "{},yes,yes,no,no_linked_incident,neither,cannot_determine,high,brief,no\n"


@pytest.fixture
def run(drawn: Job, copy_of: Copy) -> Program:
    return copy_of(drawn)


def loads(run: Program, *words: str) -> dict[str, int]:
    return {row["reviewer"]: int(row["cases"]) for row in run(*words, "--format", "csv").rows}


def assigning(reviewers: str, *words: str) -> tuple[str, ...]:
    return ("assign", "audit.dip", "--reviewers", reviewers, *words)


def import_of(run: Program, name: str, cases: list[str]) -> None:
    text = HEADER + "".join(UNDECIDED.format(case) for case in cases)
    (run.folder / "mine.csv").write_text(text, encoding="utf-8")
    run("codings", "import", "audit.dip", "mine.csv", "--as", name)


def test_the_same_assignment_again_says_that_nothing_changed(run: Program) -> None:
    said = run(*assigning("amber,birch"))
    assert "stands already; nothing was written" in said.stderr
    assert "coded by two people" not in said.stderr


def test_cases_are_coded_twice_by_share_number_and_all(run: Program) -> None:
    for words, each in (("25%", 38), ("11", 36), ("all", 60), ("0", 30)):
        said = run(*assigning("amber,birch", "--double", words, "--format", "csv"))
        counts = sorted(int(row["cases"]) for row in said.rows)
        assert counts[-1] == each
        assert sum(counts) - 60 == {"25%": 15, "11": 11, "all": 60, "0": 0}[words]
    said = run(*assigning("amber,birch", "--double", "half"), code=2)
    assert "a share such as 25%" in said.stderr


def test_one_reviewer_codes_alone_and_is_told_so(run: Program) -> None:
    assert "No case is coded twice" in run(*assigning("cedar")).stderr
    said = run(*assigning("cedar", "--double", "all"), code=5)
    assert "cannot code a case twice" in said.sentence


def test_after_an_extension_only_new_cases_are_dealt(run: Program) -> None:
    run("extend", "audit.dip", "extract.csv", "--size", 90)
    assert loads(run, *assigning("amber,birch")) == {"amber": 45, "birch": 45}
    assert run("log", "audit.dip").stdout.count("dealt the cases out") == 2


def test_who_leaves_gives_their_open_cases_to_the_others(run: Program) -> None:
    run(*assigning("amber,birch,cedar"))
    left = loads(run, "leave", "audit.dip", "cedar")
    assert Counter(left) == Counter(amber=30, birch=30, cedar=0)
    again = run("leave", "audit.dip", "cedar")
    assert "had left already; nothing was written" in again.stderr
    assert "Nobody of that name" in run("leave", "audit.dip", "dogwood", code=5).sentence
    assert "has left the audit" in run(*assigning("amber,cedar"), code=5).sentence
    assert "noted that somebody left the audit" in run("log", "audit.dip").stdout


def test_a_case_goes_from_one_reviewer_to_another(run: Program) -> None:
    rows = run("cases", "audit.dip", "--format", "csv").rows
    case = next(row["case"] for row in rows if row["role"] == "sample")
    giving = ("reassign", "audit.dip", case, "--from")
    amber, birch = (
        run(*giving, name, "--to", "dogwood", code=5).sentence for name in ("amber", "birch")
    )
    assert ("no open slot" in amber) != ("no open slot" in birch)
    holder = "amber" if "Nobody can take" in amber else "birch"
    assert "another reviewer's" in run(*giving, holder).stdout
    assert "no open slot" in run(*giving, holder, code=5).sentence


def test_second_looks_go_to_somebody_else_and_a_locked_coding_alone_is_reopened(
    run: Program,
) -> None:
    assert run("recheck", "audit.dip").stdout == "0 cases get a second look\n"
    rows = run("cases", "audit.dip", "--format", "csv").rows
    cases = [row["case"] for row in rows if row["role"] == "sample"]
    run(*assigning("amber"))
    import_of(run, "amber", cases[:2])
    run(*assigning("amber,birch", "--double", "0"))
    assert run("recheck", "audit.dip").stdout == "2 cases get a second look\n"
    assert run("recheck", "audit.dip").stdout == "0 cases get a second look\n"
    import_of(run, "birch", cases[:2])
    states = {
        row["case"]: row["state"] for row in run("cases", "audit.dip", "--format", "csv").rows
    }
    assert [states[case] for case in cases[:2]] == ["final", "final"]
    reopening = ("reopen", "audit.dip", cases[0], "--reason", "x", "--coder")
    assert "not locked" in run(*reopening, "R1", code=5).sentence
    assert "No reviewer has this code" in run(*reopening, "R9", code=5).sentence
