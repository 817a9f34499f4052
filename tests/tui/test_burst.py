"""Keys typed faster than screens open: each goes where a slow one would have gone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import pytest

from dipsample.audit import Audit
from dipsample.tui.program import Program
from review.coding_state import CodingState
from review.events import DeferralReason, FlagKind
from tests.tui.pressing import CODER, Make, first_case

Burst = Callable[[Program, str], str]
Throw = Callable[[Program, Iterable[str]], Awaitable[None]]


@pytest.fixture
def burst(throw_keys: Throw) -> Burst:
    """Types all keys before the program has looked at the first, and returns the screen."""

    def go(app: Program, keys: str) -> str:
        async def run() -> str:
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                await throw_keys(app, keys.split())
                await pilot.pause()
                return "\n".join(s.text for s in app.screen._compositor.render_strips())

        return asyncio.run(run())

    return go


def test_opening_and_coding_a_case(burst: Burst, program: Make, audit: Audit) -> None:
    first, second = (item.case_id for item in audit.queue(CODER)[:2])
    burst(program(), "enter y y n n n n 1 n enter y y y")
    assert audit.case_file(CODER, first).coding.state is CodingState.SUBMITTED
    answers = audit.case_file(CODER, second).coding.answers
    assert dict(answers) == {"E1": ("yes",), "E2": ("yes",), "A1": ("yes",)}


def test_a_simple_case_takes_nine_keys_and_no_fewer_than_its_answers(
    burst: Burst, program: Make, audit: Audit
) -> None:
    """No arrest and no counter-allegation; the first Enter opens the case from the queue."""
    first = first_case(audit)
    keys = "y y n n n n 1 n enter"
    assert len(keys.split()) == 9
    burst(program(), f"enter {keys}")
    file = audit.case_file(CODER, first)
    assert file.coding.state is CodingState.SUBMITTED
    assert len(file.coding.answers) == 8


def test_the_y_of_a_referral_answers_no_question(burst: Burst, program: Make, audit: Audit) -> None:
    burst(program(), "enter backslash y enter enter")
    assert [one.case_id for one in audit.overview().referrals] == [first_case(audit)]
    assert audit.case_file(CODER, first_case(audit)).coding.answers == {}


def test_the_reason_of_a_deferral_answers_no_question(
    burst: Burst, program: Make, audit: Audit
) -> None:
    first, second = (item.case_id for item in audit.queue(CODER)[:2])
    shown = burst(program(), "enter minus c enter u t space o f y")
    coding = audit.case_file(CODER, first).coding
    assert coding.deferral_reason is DeferralReason.RECORD_CUT_OFF
    assert coding.answers == {}
    assert audit.queue(CODER)[0].case_id == second
    assert audit.queue(CODER)[0].state is CodingState.NOT_STARTED
    assert f"{first} is put off: the record is cut off" in shown
    assert f"nothing was answered. Enter opens {second}." in shown


def test_a_sentence_typed_where_a_reason_is_chosen_puts_nothing_off(
    burst: Burst, program: Make, audit: Audit
) -> None:
    shown = burst(program(), "enter minus c u t space o f f enter")
    assert "Nothing is chosen. Type one of c f s d o alone, then Enter." in shown
    coding = audit.case_file(CODER, first_case(audit)).coding
    assert (coding.state, coding.answers) == (CodingState.DRAFT, {})


def test_a_sentence_typed_where_a_flag_is_chosen_raises_none(
    burst: Burst, program: Make, audit: Audit
) -> None:
    burst(program(), "enter number_sign r e c o r d enter escape")
    assert audit.overview().flags == ()
    burst(program(), "enter number_sign r e backspace enter w h y enter")
    (flag,) = audit.overview().flags
    assert (flag.kind, flag.text) == (FlagKind.RECORD, "why")


def test_after_a_deferral_enter_begins_the_next_case(
    burst: Burst, program: Make, audit: Audit
) -> None:
    second = audit.queue(CODER)[1].case_id
    burst(program(), "enter minus c enter enter y")
    assert dict(audit.case_file(CODER, second).coding.answers) == {"E1": ("yes",)}


def test_a_case_that_ends_with_one_answer_is_handed_in_only_when_its_end_is_taken(
    burst: Burst, program: Make, audit: Audit
) -> None:
    first = first_case(audit)
    shown = burst(program(), "enter m enter")
    assert f"Hand in {first} with one answer?" in shown
    assert audit.case_file(CODER, first).coding.state is CodingState.DRAFT
    burst(program(), "enter enter y enter")
    assert audit.case_file(CODER, first).coding.state is CodingState.SUBMITTED


def test_a_note_is_written_whole_and_the_next_key_answers(
    burst: Burst, program: Make, audit: Audit
) -> None:
    burst(program(), "enter semicolon t h i n enter y")
    coding = audit.case_file(CODER, first_case(audit)).coding
    assert coding.note == "thin"
    assert dict(coding.answers) == {"E1": ("yes",)}


def test_a_text_with_personal_data_and_its_reason(
    burst: Burst, program: Make, audit: Audit
) -> None:
    phone = "0 7 7 0 0 space 9 0 0 1 2 3"
    burst(program(), f"enter semicolon {phone} enter enter m a d e enter y")
    coding = audit.case_file(CODER, first_case(audit)).coding
    assert coding.note == "07700 900123"
    assert dict(coding.answers) == {"E1": ("yes",)}


def test_leaving_a_case_ends_its_answering(burst: Burst, program: Make, audit: Audit) -> None:
    shown = burst(program(), "enter y grave_accent a l")
    assert dict(audit.case_file(CODER, first_case(audit)).coding.answers) == {"E1": ("yes",)}
    assert shown.startswith(" LOG")
