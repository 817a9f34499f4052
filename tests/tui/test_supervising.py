"""The supervisor's pages: what waits is read, answered, or sent back."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from dipsample.audit import Audit
from dipsample.errors import InputError, RefusedError
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.widgets.canvas import Canvas
from review.events import FlagKind
from tests.tui.pressing import CODER, SUPERVISOR, Drive, Make, Press, first_case


def test_a_referral_asks_once_and_reaches_the_supervisor(
    press: Press, program: Make, audit: Audit
) -> None:
    press(program(), "enter backslash n escape")
    assert audit.overview().referrals == ()
    left = press(program(), "enter backslash y escape")
    assert "y is marked, not taken. Enter takes it; Esc again leaves." in left
    assert "is marked" not in press(program(), "enter backslash y escape escape")
    assert audit.overview().referrals == ()
    shown = press(program(), "enter backslash y enter")
    assert "Tell your supervisor now" in shown
    assert [one.case_id for one in audit.overview().referrals] == [first_case(audit)]


def test_the_supervisor_answers_referral_and_flag(
    press: Press, program: Make, audit: Audit
) -> None:
    case_id = first_case(audit)
    audit.open_case(CODER, case_id)
    audit.refer_risk(CODER, case_id)
    audit.raise_flag(CODER, case_id, FlagKind.QUESTION, "Which attendance?")
    shown = press(program(SUPERVISOR), "semicolon t o l d enter semicolon f i r s t enter")
    seen = audit.overview()
    assert [one.acknowledged for one in seen.referrals] == ["told"]
    assert seen.flags == ()
    assert "No flag and no referral waits for you. Referrals answered: 1." in shown


def test_a_case_is_sent_back_and_its_coder_sees_the_question(
    press: Press, program: Make, audit: Audit
) -> None:
    case_id = first_case(audit)
    audit.code_at_once(CODER, case_id, {"E1": ("no_missing",)})
    keys = " ".join({"-": "minus"}.get(letter, letter) for letter in case_id.lower())
    press(program(SUPERVISOR), f"slash {keys} enter number_sign w h y enter")
    shown = press(program(), "")
    assert "sent back" in shown
    assert "supervisor asks: why" in shown


def test_a_refusal_is_told_and_the_typed_text_stays(press: Press, program: Make) -> None:
    shown = press(program(SUPERVISOR), "slash c minus 9 9 enter")
    assert "Show which case?" in shown
    assert "The sample has no case C-99" in shown


def test_the_supervisor_reads_a_case_before_answering_its_flag(
    press: Press, program: Make, audit: Audit
) -> None:
    case_id = first_case(audit)
    audit.open_case(CODER, case_id)
    audit.answer(CODER, case_id, "E1", ("yes",))
    audit.set_note(CODER, case_id, "thin record")
    audit.raise_flag(CODER, case_id, FlagKind.QUESTION, "Which attendance?")
    shown = press(program(SUPERVISOR), "enter")
    assert "Which attendance?" in shown
    assert "officers attend" in shown
    assert "R1: draft" in shown
    assert CODER not in shown, "a coder is named by the code"
    assert audit.overview().flags != ()
    press(program(SUPERVISOR), "enter semicolon f i r s t enter")
    assert audit.overview().flags == ()


def test_a_case_is_sent_back_from_the_line_stood_on(
    press: Press, program: Make, audit: Audit
) -> None:
    case_id = first_case(audit)
    audit.code_at_once(CODER, case_id, {"E1": ("no_missing",)})
    audit.raise_flag(CODER, case_id, FlagKind.QUESTION, "Which attendance?")
    shown = press(program(SUPERVISOR), "number_sign w h y enter")
    assert f"{case_id} is sent back to its coder." in shown
    assert audit.case_file(CODER, case_id).coding.returned_question == "why"


def test_only_the_supervisor_reads_a_case_with_all_its_codings(audit: Audit) -> None:
    case_id = first_case(audit)
    with pytest.raises(RefusedError):
        audit.case_for_supervisor(CODER, case_id)
    with pytest.raises(InputError):
        audit.case_for_supervisor(SUPERVISOR, "C-99")


def test_the_cursor_stays_on_its_item_when_a_referral_comes_before_it(
    program: Make, audit: Audit, run_script: Drive
) -> None:
    first, second = (item.case_id for item in audit.queue(CODER)[:2])
    audit.open_case(CODER, second)
    audit.raise_flag(CODER, second, FlagKind.QUESTION, "Which attendance?")
    app = program(SUPERVISOR)

    async def script(pilot: Pilot[None]) -> None:
        audit.open_case(CODER, first)
        audit.refer_risk(CODER, first)
        screen = app.screen
        assert isinstance(screen, BoardScreen)
        screen.refresh_view()
        await pilot.press("semicolon", *"ours", "enter")

    run_script(app, script)
    seen = audit.overview()
    assert seen.flags == ()
    assert [one.acknowledged for one in seen.referrals] == [None]


def test_the_supervisor_sees_a_referral_without_pressing_a_key(
    program: Make, audit: Audit, monkeypatch: pytest.MonkeyPatch, run_script: Drive
) -> None:
    from dipsample.tui.screens import overview

    monkeypatch.setattr(overview, "SECONDS_BETWEEN_LOOKS", 0.01)
    app = program(SUPERVISOR)

    async def script(pilot: Pilot[None]) -> None:
        case_id = first_case(audit)
        audit.open_case(CODER, case_id)
        audit.refer_risk(CODER, case_id)
        canvas = app.screen.query_one(Canvas)
        for _ in range(100):
            if "LIVE RISK" in canvas.text():
                return
            await pilot.pause(0.01)
        raise AssertionError("the referral was not shown")

    run_script(app, script)
