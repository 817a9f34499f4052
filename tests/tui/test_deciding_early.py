"""A case decided early, again or by its number, on the screen: with the reason that it takes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from dipsample.audit import Audit
from dipsample.tui.app import OneCase, Start
from dipsample.tui.plain_adjudication import run_plain_adjudication
from dipsample.tui.program import Program
from tests.tui.test_screens import SUPERVISOR

Press = Callable[[Program, str], str]
See = Callable[..., str]
JUDGE = "judge"
WHY = "w h y"


@pytest.fixture
def see(decidable: Audit, press: Press) -> See:
    """Opens the program on one case or page and presses keys."""

    def look(start: Start | OneCase, keys: str = "", name: str = SUPERVISOR) -> str:
        return press(Program(decidable, name=name, start=start, ticks=lambda: 0.0), keys)

    return look


def cases(audit: Audit) -> tuple[str, str]:
    """Return the case in conflict, and one that a single coder has handed in."""
    first, second = (row.case_id for row in audit.cases()[:2])
    audit.code_at_once("r1", second, {"E1": ("no_missing",)})
    return first, second


def test_a_case_in_conflict_opens_by_its_number_without_a_reason(
    decidable: Audit, see: See
) -> None:
    conflict, _ = cases(decidable)
    assert f"DECIDE {conflict}" in see(OneCase(conflict), name=JUDGE)


def test_a_reason_is_asked_for_before_all_codings_are_in(decidable: Audit, see: See) -> None:
    _, early = cases(decidable)
    asked = see(OneCase(early))
    assert f"Decide {early} all the same: why?" in asked
    assert "Not everybody who is to code this case has handed it in." in asked
    assert "DECIDE" not in see(OneCase(early), "enter")
    shown = see(OneCase(early), f"{WHY} enter")
    assert f"DECIDE {early}" in shown
    assert decidable.decision_file(SUPERVISOR, early).reason == "why"


def test_the_reason_can_be_given_with_the_command(decidable: Audit, see: See) -> None:
    _, early = cases(decidable)
    shown = see(OneCase(early, "R2 is on leave"))
    assert f"DECIDE {early}" in shown
    assert "opened because  R2 is on leave" in shown
    assert "All is decided: close the case, which confirms 1 agreed answer." in shown
    assert decidable.decision_file(SUPERVISOR, early).reason == "R2 is on leave"


def test_a_reason_that_looks_personal_is_not_kept_at_once(decidable: Audit, see: See) -> None:
    _, early = cases(decidable)
    typed = " ".join(["0", "7", "7", "0", "0", "9", "0", "0", "1", "2", "3"])
    shown = see(OneCase(early), f"{typed} enter")
    assert "DECIDE" not in shown
    kept = see(OneCase(early), f"{typed} enter enter {WHY} enter")
    assert f"DECIDE {early}" in kept


def test_the_supervisor_decides_from_the_page_of_a_case(decidable: Audit, see: See) -> None:
    _, early = cases(decidable)
    number = early.replace("-", " minus ").lower()
    keys = " ".join(["slash", *" ".join(number.split()[:1]), "minus", *early[2:], "enter"])
    page = see(Start.OVERVIEW, keys)
    assert "decide" in page
    assert f"DECIDE {early}" in see(Start.OVERVIEW, f"{keys} apostrophe {WHY} enter")


def test_a_decided_case_is_decided_again_with_a_reason(decidable: Audit, see: See) -> None:
    conflict, _ = cases(decidable)
    file = decidable.open_decision(JUDGE, conflict)
    arrow = ("left", "right")[file.row("C1").values.index(("no",))]
    see(OneCase(conflict), f"{arrow} i enter enter", name=JUDGE)
    assert decidable.cases()[0].state == "final"
    assert "is decided" in see(OneCase(conflict)).lower()
    assert f"DECIDE {conflict}" in see(OneCase(conflict), f"{WHY} enter")
    assert decidable.cases()[0].state == "adjudicating"


def test_who_is_not_the_supervisor_is_told_to_wait(decidable: Audit, see: See) -> None:
    _, early = cases(decidable)
    shown = see(OneCase(early), name=JUDGE)
    assert f"{early} is not opened" in shown
    assert "the supervisor can begin early with a reason" in shown


def test_a_coder_of_the_case_is_refused(decidable: Audit, see: See) -> None:
    conflict, _ = cases(decidable)
    assert "cannot decide over its" in see(OneCase(conflict), name="r1")


def test_a_number_that_was_not_drawn_is_told(see: See) -> None:
    assert "has no case C-9999" in see(OneCase("C-9999"))


def test_what_a_check_found_wrong_is_said_and_not_kept_by_habit(decidable: Audit, see: See) -> None:
    case_id = decidable.cases()[1].case_id
    for coder in ("r1", "r2"):
        decidable.code_at_once(coder, case_id, {"E1": ("no_missing",)})
    decidable.choose_quality_checks(SUPERVISOR, "11")
    decidable.quality_check(SUPERVISOR, case_id, wrong="the reference opens")
    shown = see(OneCase(case_id), name=JUDGE)
    assert "found wrong  the reference opens" in shown
    assert "A quality check found this case wrong: decide anew, or say why it stands." in shown
    asked = see(OneCase(case_id), "enter", name=JUDGE)
    assert "Why do the answers stand?" in asked
    empty = see(OneCase(case_id), "enter enter", name=JUDGE)
    assert "A reason is needed." in empty
    assert decidable.cases()[1].state == "adjudicating"
    closed = see(OneCase(case_id), f"enter {WHY} enter", name=JUDGE)
    assert f"{case_id} is decided. Coder 1 was R" in closed
    assert decidable.cases()[1].state == "qa_pending", "it is checked again"
    said = [line.what for line in decidable.log(SUPERVISOR)]
    assert "decided the case: answers that a check found wrong stand, with a reason" in said


def test_at_line_prompts_a_case_found_wrong_stands_only_with_a_reason(decidable: Audit) -> None:
    case_id = decidable.cases()[1].case_id
    for coder in ("r1", "r2"):
        decidable.code_at_once(coder, case_id, {"E1": ("no_missing",)})
    decidable.choose_quality_checks(SUPERVISOR, "11")
    decidable.quality_check(SUPERVISOR, case_id, wrong="the reference opens")

    def say(*lines: str) -> str:
        out, stdin = io.StringIO(), io.StringIO("".join(f"{line}\n" for line in lines))
        run_plain_adjudication(decidable, JUDGE, stdin, out, case_id=case_id)
        return " ".join(out.getvalue().split())

    left = say("close", "", "quit")
    assert "decide anew, or say why it stands. Why do its answers stand?" in left
    assert decidable.cases()[1].state == "adjudicating"
    say("close", "call 07700 900123", "it opens now")
    assert decidable.cases()[1].state == "qa_pending"
