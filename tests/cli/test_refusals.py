"""What is refused: one line, an exit code that says why, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

SEED = ("--seed", "60921108449012345678", "--seed-source", "dice, two witnesses")
SOUND = "id,area,told\n" + "".join(f"r{n:02d},{'ab'[n % 2]},text {n}\n" for n in range(40))
FAULTY = (
    "id,area,told,told\n"
    "r01,a,x,x\n"
    "r01,a,x,x\n"
    ",b,x,x\n"
    "r02,,x,x\n"
    "r03,b,x\n"
)  # fmt: skip


def started(run: Program, extract: str = SOUND) -> Program:
    run("init", "audit.dip", "--title", "t", "--unencrypted")
    (run.folder / "extract.csv").write_text(extract, encoding="utf-8")
    return run


def state_of(run: Program) -> tuple[str, list[str]]:
    """Return the log of a project, and the files beside it."""
    return run("log", "audit.dip", "--format", "csv").stdout, sorted(
        path.name for path in run.folder.iterdir()
    )


def test_every_step_before_its_turn_is_refused_and_writes_nothing(program: Program) -> None:
    run = started(program)
    before = state_of(run)
    early: list[tuple[str, ...]] = [
        ("plan", "audit.dip", "--size", "10"),
        ("draw", "audit.dip", "extract.csv", *SEED),
        ("assign", "audit.dip", "--reviewers", "a"),
        ("codings", "import", "audit.dip", "extract.csv"),
        ("findings", "audit.dip"),
        ("export", "audit.dip", "out.xlsx"),
    ]
    for words in early:
        assert run(*words, code=5).sentence.startswith("dipsample: ")
    assert state_of(run) == before
    run("frame", "commit", "audit.dip", "extract.csv", "--id", "id", "--strata", "area")
    assert "plan" in run("draw", "audit.dip", "extract.csv", *SEED, code=5).sentence


def test_all_faults_of_an_extract_are_listed_at_once_and_nothing_is_committed(
    program: Program,
) -> None:
    run = started(program, FAULTY)
    before = state_of(run)
    words = ("--id", "id", "--strata", "area", "--write-frame", "frame.tsv")
    said = run("frame", "commit", "audit.dip", "extract.csv", *words, code=3)
    assert "extract.csv" in said.sentence
    assert "ERROR" in said.stdout
    assert state_of(run) == before
    (run.folder / "extract.csv").write_text("id,area\nr01,a\nr01,a\n,b\nr02,\n", encoding="utf-8")
    said = run("frame", "commit", "audit.dip", "extract.csv", *words, code=3)
    assert said.sentence
    for place in ("rows 2, 3", "row 4, column id", "row 5, column area"):
        assert place in said.stdout
    checked = run("frame", "check", "extract.csv", *words[:4], code=3)
    assert checked.lines[-1].startswith("3 errors, ")
    assert checked.lines[-1].endswith("cannot be committed as it is.")
    assert checked.stderr == ""
    assert state_of(run) == before


def test_another_extract_another_seed_and_another_plan_are_refused(
    drawn: Job, copy_of: Callable[[Job], Program]
) -> None:
    run = copy_of(drawn)
    before = state_of(run)
    lines = (run.folder / "extract.csv").read_bytes().splitlines(keepends=True)
    (run.folder / "shorter.csv").write_bytes(b"".join(lines[:-1]))
    said = run("draw", "audit.dip", "shorter.csv", *SEED, code=5)
    assert "the frame had 600 records and the extract has 599" in said.sentence
    other = ("--seed", "10921108449012345678", "--seed-source", "dice again")
    assert "another one" in run("draw", "audit.dip", "extract.csv", *other, code=5).sentence
    assert "seed" in run("plan", "audit.dip", "--size", 30, code=5).sentence
    frame = ("frame", "commit", "audit.dip", "extract.csv", "--id", "incident_id")
    assert "seed" in run(*frame, code=5).sentence
    (run.folder / "shorter.csv").unlink()
    assert state_of(run) == before


def test_only_the_supervisor_may_do_what_a_supervisor_does(drawn: Job) -> None:
    said = drawn.program("assign", "audit.dip", "--reviewers", "a", "--as", "amber", code=5)
    assert "--as" in said.sentence


def test_a_project_is_never_overwritten(drawn: Job) -> None:
    words = ("init", "audit.dip", "--title", "t", "--unencrypted")
    assert "already" in drawn.program(*words, code=5).sentence


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("frobnicate",), 2),
        (("cases",), 2),
        (("cases", "missing.dip"), 3),
        (("missing.dip",), 2),
        (("frame", "check", "missing.csv"), 2),
        (("plan", "audit.dip"), 2),
        (("plan", "audit.dip", "--size", "10", "--margin", "0.02"), 2),
        (("plan", "audit.dip", "--margin", "2", "--expect", "0.1"), 2),
        (("findings", "audit.dip", "--format", "xml"), 2),
        (("findings", "audit.dip", "--confidence", "95"), 2),
        (("init", "new.dip", "--title", " ", "--unencrypted"), 2),
        (("init", "new.dip", "--title", "t", "--as", "Jo Bloggs", "--unencrypted"), 2),
        (("init", "new.dip", "--title", "t", "--codebook", "none", "--unencrypted"), 3),
        (("init", "nowhere/new.dip", "--title", "t", "--unencrypted"), 7),
        (("assign", "audit.dip", "--reviewers", "a,a"), 2),
        (("verify", "audit.dip", "--against", "frame.tsv"), 3),
        (("export", "audit.dip", "/dev/null/out.xlsx"), 7),
    ],
)
def test_what_cannot_be_run_as_given_is_one_line_and_its_code(
    drawn: Job, words: tuple[str, ...], code: int
) -> None:
    said = drawn.program(*words, code=code)
    assert said.stdout == ""
    assert said.sentence.startswith("dipsample")
    assert not (drawn.folder / "new.dip").exists()


def test_settings_say_what_they_may_hold(program: Program, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    words = ("init", "a.dip", "--title", "t", "--unencrypted", "--settings", "settings.toml")
    for content in ("period = ", "period = 3\n", 'colour = "red"\n', "\xff"):
        settings.write_bytes(content.encode("latin-1"))
        assert "settings.toml" in program(*words, code=3).sentence
    assert not (tmp_path / "a.dip").exists()
    settings.write_text('period = "2025"\n', encoding="utf-8")
    program(*words)
