"""Publishing a later version of the codebook: the cost first, and nothing counted unasked."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dipsample.cli.run import run as start
from dipsample.opening import open_audit
from tests.cli.later_versions import asking, later

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program


class Terminal(io.StringIO):
    """What is typed at a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


Copy = Callable[["Job"], "Program"]
DEFINE = "People, not arrests."


def test_a_dry_run_says_what_it_costs_and_writes_nothing(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    before = run("log", "audit.dip").stdout
    said = run("codebook", "publish", "audit.dip", file, "--dry-run")
    assert "meaning   A2  question reworded" in said.stdout
    assert "of 60 codings need 1 question each; 0 answers lost; about" in said.stdout
    assert "Nothing was written." in said.stderr
    assert run("log", "audit.dip").stdout == before


def test_a_reason_is_asked_for(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    assert "--reason" in run("codebook", "publish", "audit.dip", file, code=2).stderr


def test_codings_wait_until_their_coders_confirm_and_are_told_apart(
    coded: Job, copy_of: Copy
) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    run("codebook", "publish", "audit.dip", file, "--yes", "--reason", "was read in two ways")
    first, second = json.loads(run("codebook", "versions", "audit.dip", "--format", "json").stdout)
    assert (first["codings"], second["codings"]) == (60, 0)
    assert first["to_confirm"] > 0
    assert (first["comparable"], second["current"]) == (False, True)
    assert second["reason"] == "was read in two ways"
    waiting = first["to_confirm"]
    states = [row["state"] for row in run("cases", "audit.dip", "--format", "csv").rows]
    assert states.count("stale") == waiting
    text = run("findings", "audit.dip").stdout
    assert f"60 codings on 1.0.0 ({waiting} to confirm), 0 codings on 1.1.0" in text
    assert "so no interval is shown" in text


def test_a_confirmed_case_counts_under_the_new_version(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    run("codebook", "publish", "audit.dip", file, "--yes", "--reason", "was read in two ways")
    audit = open_audit(run.folder / "audit.dip")
    waiting = audit.cases_to_confirm
    item = audit.queue("amber")[0]
    assert item.to_confirm == 1
    opened = audit.open_case("amber", item.case_id)
    assert opened.sheet.state_of("A2").is_unconfirmed
    confirmed = audit.confirm_answer("amber", item.case_id, "A2")
    assert confirmed.sheet.state_of("A2").is_counted
    assert audit.cases_to_confirm == waiting - 1
    audit.close()
    assert "confirmed A2" in run("log", "audit.dip").stdout


def test_the_old_and_the_new_words_are_shown_before_anything_is_published(
    coded: Job, copy_of: Copy
) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    said = run("codebook", "publish", "audit.dip", file, "--cosmetic", "A2", "--dry-run").stdout
    assert (
        "A2, question, called cosmetic\n"
        "  old: How many DIFFERENT people were arrested?\n"
        "  new: How many people were arrested?\n"
    ) in said


@pytest.mark.parametrize(
    ("typed", "versions"), [("n\npublish", 1), ("y\nno", 1), ("y\npublish", 2)]
)
def test_at_a_terminal_a_cosmetic_claim_is_asked_for_once_more(
    typed: str, versions: int, coded: Job, copy_of: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    monkeypatch.chdir(run.folder)
    monkeypatch.setattr("sys.stdin", Terminal(f"{typed}\n"))
    words = ["codebook", "publish", "audit.dip", str(file), "--cosmetic", "A2", "--reason", "why"]
    assert start([*words, "--as", run.environment["DIPSAMPLE_USER"]]) == 0
    listed = json.loads(run("codebook", "versions", "audit.dip", "--format", "json").stdout)
    assert len(listed) == versions


def test_a_cosmetic_claim_makes_no_work_and_stands_in_the_list(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    file = later(run.folder, "1.0.1", asking("How many different people were taken in?"))
    words = ("--cosmetic", "A2", "--reason", "plainer words")
    said = run("codebook", "publish", "audit.dip", file, *words)
    assert "none of 60 codings needs anything; 0 answers lost" in said.stdout
    rows = run("codebook", "versions", "audit.dip", "--format", "csv").rows
    assert [row["counts"] for row in rows] == ["as they are", "current"]
    assert rows[1]["cosmetic"] == "A2"
    assert " open, so no interval" not in run("findings", "audit.dip").stdout


def test_the_report_prints_what_was_changed_and_why(coded: Job, copy_of: Copy) -> None:
    from openpyxl import load_workbook

    run = copy_of(coded)
    file = later(run.folder, "1.1.0", asking("How many people were arrested?"))
    run("codebook", "publish", "audit.dip", file, "--yes", "--reason", "was read in two ways")
    run("export", "audit.dip", "out.xlsx")
    methods = load_workbook(run.folder / "out.xlsx")["Methods"]
    said = " ".join(str(row[1]) for row in methods.iter_rows(values_only=True))
    assert "after 60 cases had been handed in on an earlier version" in said
    assert "A2 question reworded (meaning)" in said
    assert "Reason given: was read in two ways." in said


def test_a_version_that_is_not_later_and_a_stranger_are_refused(coded: Job, copy_of: Copy) -> None:
    run = copy_of(coded)
    same = later(run.folder, "1.0.0", asking("How many?"))
    words = ("codebook", "publish", "audit.dip", same, "--reason", "why")
    assert "the project has had 1.0.0" in run(*words, code=5).sentence
    assert "supervisor" in run(*words, "--as", "amber", code=5).sentence
