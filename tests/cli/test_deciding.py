"""Two coders, a conflict, and the end of the audit, by commands alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Job, Program

    Copy = Callable[[Job], Program]


@pytest.fixture
def run(drawn: Job, copy_of: Copy) -> Program:
    """Sixty cases coded twice; the coders differ on the first alone."""
    program = copy_of(drawn)
    program("assign", "audit.dip", "--reviewers", "amber,birch", "--double", "all")
    cases = [row["case"] for row in listed(program) if row["role"] == "sample"]
    for name, first in (("amber", "no_missing"), ("birch", "no_restricted")):
        lines = ["case,E1", f"{cases[0]},{first}", *(f"{one},no_missing" for one in cases[1:])]
        file = program.folder / f"{name}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        program("codings", "import", "audit.dip", file.name, "--as", name)
    return program


def listed(program: Program) -> list[dict[str, str]]:
    return program("cases", "audit.dip", "--format", "csv").rows


def conflict(program: Program) -> str:
    (case,) = [row["case"] for row in listed(program) if row["state"] == "conflict"]
    return case


def test_a_conflict_is_decided_by_prompts_and_the_sample_signed_off(run: Program) -> None:
    case = conflict(run)
    refused = run("sign-off", "audit.dip", "--statement", "mine", code=5)
    assert f"conflict: {case}" in refused.sentence
    shown = run("sign-off", "audit.dip").stdout
    assert "Not signed off: 1 thing to settle first" in shown
    assert case in shown
    script = b"m\nj\nclose\n"
    said = run("adjudicate", "audit.dip", case, "--plain", "--as", "dan", stdin=script)
    assert "is decided. Coder 1 was R" in " ".join(said.stdout.split())
    rows = run("overruled", "audit.dip", "--as", "birch", "--format", "csv").rows
    assert [(row["case"], row["why"]) for row in rows] == [(case, "judgement")]
    assert run("overruled", "audit.dip", "--as", "amber", "--format", "csv").rows == []
    assert "PROVISIONAL: the sample is not signed off" in run("findings", "audit.dip").stdout
    signed = run("sign-off", "audit.dip", "--statement", "I answer for these findings.")
    assert "Signed off by supervisor" in signed.stdout
    assert "PROVISIONAL" not in run("findings", "audit.dip").stdout
    revoked = run("sign-off", "audit.dip", "--revoke", "a record came late")
    assert "Nothing stands in the way" in revoked.stdout
    assert run("verify", "audit.dip").code == 0


def test_nobody_decides_over_their_own_case_and_a_reason_is_about_one(
    run: Program,
) -> None:
    case = conflict(run)
    own = run("adjudicate", "audit.dip", case, "--plain", "--as", "amber", code=5)
    assert "cannot decide over its codings" in own.sentence
    words = ("adjudicate", "audit.dip", "--plain", "--reason", "hurry")
    assert "name it" in run(*words, code=2).sentence


def test_chosen_cases_are_checked_before_the_sample_is_settled(run: Program) -> None:
    assert run("qa", "audit.dip", "--choose", "5%", "--format", "csv").rows == [
        {"case": row["case"], "state": row["state"]}
        for row in run("qa", "audit.dip", "--format", "csv").rows
    ]
    rows = run("qa", "audit.dip", "--format", "csv").rows
    assert len(rows) == 3
    waiting = [row["case"] for row in rows if row["state"] == "qa pending"]
    done = run("qa", "audit.dip", "--pass", waiting[0], "--as", "dan", "--format", "csv").rows
    assert {row["state"] for row in done if row["case"] == waiting[0]} == {"final"}
    words = ("qa", "audit.dip", "--fail", waiting[1], "--as", "dan")
    assert "--fail needs --reason" in run(*words, code=2).sentence
    failed = run(*words, "--reason", "page 3 says otherwise", "--format", "csv")
    assert {row["state"] for row in failed.rows if row["case"] == waiting[1]} == {"reopened"}
    assert f"To be decided anew: {waiting[1]}. Next: " in failed.stderr
    assert f"adjudicate audit.dip {waiting[1]}" in failed.stderr
    assert conflict(run) not in {row["case"] for row in rows}


def test_a_referral_that_waits_stands_beside_the_state_for_the_supervisor_alone(
    run: Program,
) -> None:
    from dipsample.opening import open_audit

    audit = open_audit(run.folder / "audit.dip")
    case = next(row.case_id for row in audit.cases() if row.state == "final")
    audit.refer_risk("amber", case)
    audit.close()

    def line(*words: str) -> str:
        return next(one for one in run(*words).lines if one.startswith(case))

    assert line("cases", "audit.dip").endswith("final, referral open")
    assert line("cases", "audit.dip", "--as", "dan").endswith("final")
    assert {row["state"] for row in listed(run) if row["case"] == case} == {"final"}
    run("qa", "audit.dip", "--choose", "59")
    run("qa", "audit.dip", "--pass", case)
    assert line("qa", "audit.dip").endswith("final, referral open")
