"""The command that trains coders: what is left half done is not scored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

Copy = Callable[["Job"], "Program"]


def test_a_set_that_is_broken_off_leaves_nothing(drawn: Job, copy_of: Copy) -> None:
    run = copy_of(drawn)
    before = run("log", "audit.dip").stdout
    said = run("calibrate", "audit.dip", "--as", "amber", "--plain", stdin=b"y\ny\n")
    assert "8 training cases, all invented" in said.stderr
    assert "nothing was scored" in said.stderr
    assert "0 answered, up to" in said.stdout
    assert run("log", "audit.dip").stdout == before


def test_a_file_that_is_no_set_and_an_admission_without_need_are_refused(
    drawn: Job, copy_of: Copy
) -> None:
    run = copy_of(drawn)
    (run.folder / "set.json").write_text("{}", encoding="utf-8")
    words = ("calibrate", "audit.dip", "--plain", "--set", "set.json")
    assert "no training set" in run(*words, code=3).sentence
    admit = ("calibrate", "audit.dip", "--admit", "R1")
    assert run(*admit, code=2).stderr
    assert "nobody R1 who is below" in run(*admit, "--reason", "why", code=5).sentence
