"""A wrong key where one key chooses: the prompt stays as it was, and the right key counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.audit import Audit
from dipsample.tui.models.slips import is_text
from dipsample.tui.program import Program
from review.coding_state import CodingState
from review.events import DeferralReason

KEYS = tuple("cfsdo")
Make = Callable[..., Program]
Press = Callable[[Program, str], str]
letters = st.sampled_from("cfsdobnyu")


def coding_state(audit: Audit) -> tuple[CodingState, DeferralReason | None]:
    coding = audit.case_file("r1", audit.cases()[0].case_id).coding
    return coding.state, coding.deferral_reason


@pytest.mark.parametrize("typed", ["", "c", "y", "yu", "yc", "yuc", "cy", "cs"])
def test_a_slip_before_or_behind_the_right_key_is_no_text(typed: str) -> None:
    assert not is_text(typed, KEYS)


@pytest.mark.parametrize(
    "typed", ["cut", "cut off", "nobody", "unclear", "to ask", "because", "the file", "yuuc"]
)
def test_words_are_a_text(typed: str) -> None:
    assert is_text(typed, KEYS)


@given(st.text(letters, max_size=8), letters)
def test_what_is_a_text_stays_one_whatever_is_typed_behind_it(typed: str, key: str) -> None:
    assert is_text(typed + key, KEYS) or not is_text(typed, KEYS)


@given(st.text(letters, max_size=8).filter(lambda typed: sum(key in KEYS for key in typed) > 2))
def test_three_right_keys_are_a_text(typed: str) -> None:
    assert is_text(typed, KEYS)


def test_a_wrong_key_is_answered_with_the_keys_there_are(press: Press, program: Make) -> None:
    shown = press(program(), "enter minus y")
    assert "That key chooses nothing. The keys are: c f s d o" in shown
    assert "nothing marked" in shown
    assert "(x)" not in shown.split("Put this case off")[1]


@pytest.mark.parametrize("keys", ["y c", "y u c", "c y", "y backspace c", "o c"])
def test_the_right_key_counts_after_a_wrong_one(
    press: Press, program: Make, audit: Audit, keys: str
) -> None:
    assert "c is marked" in press(program(), f"enter minus {keys}")
    press(program(), f"enter minus {keys} enter")
    assert coding_state(audit) == (CodingState.DEFERRED, DeferralReason.RECORD_CUT_OFF)


def test_a_text_is_taken_away_by_enter_and_then_the_right_key_counts(
    press: Press, program: Make, audit: Audit
) -> None:
    shown = press(program(), "enter minus c u t space o f f")
    assert "A text chooses nothing here." in shown
    assert "typed: cut off" in shown
    press(program(), "enter minus c u t space o f f enter d enter")
    assert coding_state(audit) == (CodingState.DEFERRED, DeferralReason.TOO_DISTRESSING)


def test_what_was_marked_before_a_wrong_key_is_marked_still(press: Press, program: Make) -> None:
    """The column that figures are grouped by now is marked when the panel opens."""
    opened = press(program("sup"), "f b")
    wrong = press(program("sup"), "f b z")
    assert opened.count("(x)") == wrong.count("(x)") == 1
    (line,) = [line for line in opened.splitlines() if "is marked" in line and "marks" in line]
    assert line in wrong
