"""Why an answer overrules a coder: asked for by itself, and saved with the answer or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.models.reasons import OVERRULES
from dipsample.tui.plain_adjudication import run_plain_adjudication
from dipsample.tui.program import Program
from review.codebook import builtin_codebook
from review.decision_events import OverruleReason, QuestionDecided
from tests.tui.pressing import Type, screens_after

JUDGE = "judge"
See = Callable[[Sequence[str]], str]


@pytest.fixture
def see(decidable: Audit, type_keys: Type) -> See:
    def look(keys: Sequence[str]) -> str:
        app = Program(decidable, name=JUDGE, start=Start.DECIDE, ticks=lambda: 0.0)
        return screens_after(app, [keys], type_keys)[0]

    return look


def decision(audit: Audit, question: str = "C1") -> QuestionDecided | None:
    case_id = audit.cases()[0].case_id
    return audit.decision_file(JUDGE, case_id).row(question).decision


def decided_events(audit: Audit) -> int:
    return sum("decided" in line.what for line in audit.log("sup"))


def test_a_reason_is_no_key_of_an_answer_in_the_short_codebook() -> None:
    answers = {
        option.key for asked in builtin_codebook("da-short").questions for option in asked.options
    }
    assert not answers & OVERRULES.keys()
    assert {reason.code for reason in OVERRULES.values()} == set(OverruleReason)


@pytest.mark.parametrize("late", ["1", "y", "n", "m"])
def test_a_key_of_an_answer_is_no_reason(decidable: Audit, see: See, late: str) -> None:
    shown = see(["u", late, "enter"])
    assert "Nothing is chosen. Type one of i g c j s alone, then Enter." in shown
    assert decision(decidable) is None


def test_a_reason_typed_a_step_late_answers_nothing(decidable: Audit, see: See) -> None:
    see(["y"])
    shown = see(["u", "j", "enter", "j", "g"])
    assert "g is no answer here." in shown
    assert decided_events(decidable) == 1


def test_an_answer_without_its_reason_is_not_saved_and_can_be_given_one(
    decidable: Audit, see: See
) -> None:
    left = see(["u", "escape"])
    assert "Not saved before it is said why." in left
    assert "Enter say why" in left
    assert decision(decidable) is None
    see(["u", "escape", "enter", "c", "enter"])
    made = decision(decidable)
    assert made is not None
    assert made.reason is OverruleReason.RECORD_UNCLEAR


def test_an_answer_that_waits_for_its_reason_gives_way_to_another(
    decidable: Audit, see: See
) -> None:
    asked = see(["u", "escape", "n"])
    assert "Why this final answer? C1: No" in asked
    see(["u", "escape", "n", "i", "enter"])
    made = decision(decidable)
    assert made is not None
    assert made.value == ("no",)


def test_what_waits_for_its_reason_is_dropped_by_backspace_and_by_moving(
    decidable: Audit, see: See
) -> None:
    assert "Dropped." in see(["u", "escape", "backspace"])
    assert "C1 is left as it was." in see(["u", "escape", "full_stop"])
    assert decided_events(decidable) == 0


def say(audit: Audit, *lines: str) -> str:
    out = io.StringIO()
    stdin = io.StringIO("".join(f"{line}\n" for line in lines))
    assert run_plain_adjudication(audit, JUDGE, stdin, out) == 0
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize("late", ["1", "y", "u"])
def test_at_line_prompts_a_key_of_an_answer_is_no_reason_either(
    decidable: Audit, late: str
) -> None:
    said = say(decidable, "u", late, "quit")
    assert f"{late} is no reason. Not saved before it is said why. Why? i misread," in said
    assert decision(decidable) is None


def test_at_line_prompts_another_answer_is_given_by_its_word(decidable: Audit) -> None:
    say(decidable, "u", "own no", "slip", "quit")
    made = decision(decidable)
    assert made is not None
    assert (made.value, made.reason) == (("no",), OverruleReason.SLIP)
    assert "i g c j s" in say(decidable, "?", "quit")
