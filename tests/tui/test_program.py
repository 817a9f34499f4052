"""What keys do, in the real application; few keys a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from dipsample.audit import Audit
from dipsample.errors import RefusedError
from dipsample.tui.app import Start
from dipsample.tui.commands import Where, commands_of
from dipsample.tui.program import Program, reference_of
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.theme import DARK, LIGHT
from dipsample.tui.widgets.canvas import Canvas
from dipsample.views import CaseFile
from review.coding_state import CodingState
from review.events import DeferralReason
from tests.tui.pressing import CODER, SUPERVISOR, Drive, Make, Press, first_case

ORDINARY = "enter y y n n n n 1 n"


def test_nine_keys_and_the_next_case_shows(press: Press, program: Make, audit: Audit) -> None:
    first, second = (item.case_id for item in audit.queue(CODER)[:2])
    shown = press(program(), f"{ORDINARY} enter")
    assert audit.case_file(CODER, first).coding.state is CodingState.SUBMITTED
    assert f" {second}  0 answered, up to" in shown
    assert f"{first} is handed in." in shown


def test_after_the_last_case_the_queue_shows(press: Press, program: Make, audit: Audit) -> None:
    for item in audit.queue(CODER)[1:]:
        audit.code_at_once(CODER, item.case_id, {"E1": ("no_missing",)})
    shown = press(program(), f"{ORDINARY} enter")
    assert "12 of 12 handed in" in shown


def test_a_case_that_cannot_be_opened_is_told_and_the_queue_stays(
    press: Press, program: Make, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_args: object) -> None:
        raise RefusedError("Somebody else codes this case. Choose another.")

    monkeypatch.setattr(audit, "open_case", taken)
    shown = press(program(), "enter")
    assert "Somebody else codes this case. Choose another." in shown
    assert "0 of 12 handed in" in shown


def test_a_next_case_that_cannot_be_opened_leads_back_to_the_queue(
    press: Press, program: Make, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = audit.queue(CODER)[1].case_id
    open_case = audit.open_case

    def taken(name: str, case_id: str) -> CaseFile:
        if case_id == second:
            raise RefusedError("Somebody else codes this case. Choose another.")
        return open_case(name, case_id)

    monkeypatch.setattr(audit, "open_case", taken)
    shown = press(program(), f"{ORDINARY} enter")
    assert f"{second} was not opened" in shown
    assert "1 of 12 handed in" in shown


def test_a_deferred_case_leads_to_the_next_and_keeps_its_reason(
    press: Press, program: Make, audit: Audit
) -> None:
    first = first_case(audit)
    shown = press(program(), "enter minus d enter")
    coding = audit.case_file(CODER, first).coding
    assert coding.deferral_reason is DeferralReason.TOO_DISTRESSING
    assert f"{first} is put off" in shown.splitlines()[0]
    assert "officers attend" not in shown, "no record is shown before the coder says so"


def test_a_case_put_off_is_taken_up_in_the_queue_without_being_opened(
    press: Press, program: Make, audit: Audit
) -> None:
    first = first_case(audit)
    audit.open_case(CODER, first)
    audit.defer(CODER, first, DeferralReason.OTHER)
    shown = press(program(), "slash d e f e r r e d enter minus o")
    assert f"{first} is taken up again." not in shown, "o lists the open cases"
    coding = audit.case_file(CODER, first).coding
    assert coding.state is CodingState.DRAFT
    assert coding.answers == {}


def test_a_sentence_typed_into_a_choice_chooses_nothing_by_its_capitals(
    press: Press, program: Make, audit: Audit
) -> None:
    shown = press(program(), "enter number_sign I")
    assert "A capital chooses nothing. The keys are: q c r i" in shown
    assert audit.overview().flags == ()


def test_a_capital_answers_no_question(press: Press, program: Make, audit: Audit) -> None:
    shown = press(program(), "enter Y")
    assert "Capitals answer nothing." in shown
    assert audit.case_file(CODER, first_case(audit)).coding.answers == {}


def test_a_text_begins_with_the_capital_that_was_typed(
    press: Press, program: Make, audit: Audit
) -> None:
    press(program(), "enter y y n n n n 3 C u t enter")
    assert audit.case_file(CODER, first_case(audit)).coding.answers["Z4"] == ("Cut",)


def test_yes_to_a_live_risk_says_to_tell_the_supervisor_now(
    press: Press, program: Make, audit: Audit
) -> None:
    shown = press(program(), "enter y y n n n n 1 y")
    assert "Tell your supervisor now" in shown
    assert [one.case_id for one in audit.overview().referrals] == [first_case(audit)]


def test_no_to_a_live_risk_says_that_a_referral_stands(
    press: Press, program: Make, audit: Audit
) -> None:
    shown = press(program(), "enter backslash y enter enter y y n n n n 1 n")
    assert "Z5 is no, but the referral stands. Complete." in shown


def test_looking_for_words_is_left_by_one_escape(press: Press, program: Make) -> None:
    shown = press(program(), "enter slash x y escape")
    assert "Find in the record" not in shown


def test_a_case_handed_in_is_taken_back_by_backspace_y_and_enter(
    press: Press, program: Make, audit: Audit
) -> None:
    first = first_case(audit)
    press(program(), f"{ORDINARY} enter f12 h enter backspace y enter")
    assert audit.case_file(CODER, first).coding.state is CodingState.DRAFT


def test_letters_answer_nothing_in_quote_mode(press: Press, program: Make, audit: Audit) -> None:
    shown = press(program(), "enter apostrophe y")
    assert "Quote mode" in shown
    assert audit.case_file(CODER, first_case(audit)).coding.answers == {}


def test_a_letter_on_a_text_question_begins_the_text(
    press: Press, program: Make, audit: Audit
) -> None:
    press(program(), "enter y y n n n n 3 c u t enter")
    answers = audit.case_file(CODER, first_case(audit)).coding.answers
    assert answers["Z4"] == ("cut",)


def test_a_text_with_personal_data_stays_on_the_screen_until_a_reason_is_given(
    press: Press, program: Make, audit: Audit
) -> None:
    phone = "0 7 7 0 0 space 9 0 0 1 2 3"
    press(program(), f"enter semicolon {phone} enter enter m a d e space u p enter")
    assert audit.case_file(CODER, first_case(audit)).coding.note == "07700 900123"
    assert "looked like" in " ".join(line.what for line in audit.log(CODER)) or any(
        "personal" in line.what or "kept" in line.what for line in audit.log(CODER)
    )


def test_a_text_with_personal_data_is_warned_of_as_it_is_typed_and_no_longer_once_it_is_mended(
    press: Press, program: Make
) -> None:
    phone = "0 7 7 0 0 space 9 0 0 1 2 3"
    assert "looks as if it held phone number" in press(program(), f"enter semicolon {phone}")
    assert "looks as if" not in press(program(), f"enter semicolon {phone} backspace backspace")


def test_writing_on_after_one_escape_keeps_the_text_from_the_next(
    press: Press, program: Make, audit: Audit
) -> None:
    press(program(), "enter semicolon t h i escape n escape enter")
    assert audit.case_file(CODER, first_case(audit)).coding.note == "thin"


def test_what_was_typed_is_not_dropped_by_one_escape(
    press: Press, program: Make, audit: Audit
) -> None:
    press(program(), "enter semicolon t h i n escape enter")
    assert audit.case_file(CODER, first_case(audit)).coding.note == "thin"


# The shell around the screens -------------------------------------------------------------------


@pytest.mark.parametrize("where", [Where.QUEUE, Where.CODING])
def test_the_palette_is_the_registry_with_theme_keys_and_quit(
    program: Make, where: Where, run_script: Drive
) -> None:
    app = program()
    titles: list[str] = []

    async def script(pilot: Pilot[None]) -> None:
        if where is Where.CODING:
            await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, BoardScreen)
        titles.extend(command.title for command in app.get_system_commands(screen))
        shown = {f"{one.label} ({one.shown_key})" for one in screen.commands()}
        assert set(titles) == shown | {"Theme", "Keys", "Quit"}

    run_script(app, script)
    labels = {command.label for command in commands_of(where)}
    assert {title.split(" (")[0] for title in titles} <= labels | {"Theme", "Keys", "Quit"}
    assert not {"Screenshot", "Maximize"} & set(titles)


def test_the_theme_changes_every_screen_and_no_character(program: Make, run_script: Drive) -> None:
    app = program()

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        before = app.screen.query_one(Canvas).text()
        app.change_theme()
        await pilot.pause()
        assert app.theme == LIGHT
        assert app.screen.query_one(Canvas).text() == before
        app.change_theme()
        assert app.theme == DARK

    run_script(app, script)


def test_a_click_on_an_option_and_on_the_key_bar_is_its_key(
    program: Make, audit: Audit, run_script: Drive
) -> None:
    app = program()

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        lines = app.screen.query_one(Canvas).text().splitlines()
        y = next(n for n, line in enumerate(lines) if "( ) m No" in line)
        await pilot.click(Canvas, offset=(lines[y].index("m No"), y))
        await pilot.pause()

    run_script(app, script)
    answers = audit.case_file(CODER, first_case(audit)).coding.answers
    assert dict(answers) == {"E1": ("no_missing",)}


def test_escape_backquote_and_f12_all_go_back(press: Press, program: Make) -> None:
    for key in ("escape", "grave_accent", "f12"):
        assert "handed in" in press(program(), f"enter {key}").splitlines()[2]


def test_a_fault_of_the_program_is_told_by_its_place_alone(
    press: Press, program: Make, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_settings: object) -> None:
        raise KeyError("the text of a record")

    monkeypatch.setattr(audit, "answer", fail)
    shown = press(program(), "enter y")
    assert "KeyError test_program.py" in shown
    assert "the text of a record" not in shown


def test_a_fault_in_the_thread_of_the_figures_is_told_too(
    press: Press, program: Make, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in audit.queue(CODER):
        audit.code_at_once(CODER, item.case_id, {"E1": ("no_missing",)})

    def fail(*_args: object, **_settings: object) -> None:
        raise ZeroDivisionError("the text of a record")

    monkeypatch.setattr(audit, "findings_at_once", fail)
    shown = press(program(SUPERVISOR), "escape f")
    assert "ZeroDivisionError test_program.py" in shown
    assert "the text of a record" not in shown


def test_a_reference_names_kind_and_place_only() -> None:
    try:
        raise ValueError("secret")
    except ValueError as error:
        reference = reference_of(error)
    assert reference.startswith("ValueError test_program.py:")
    assert "secret" not in reference


def test_the_toolkits_dump_of_local_values_is_never_made(program: Make) -> None:
    app = program()
    app._fatal_error()
    assert app._exit_renderables == []


def test_nothing_is_written_outside_the_project(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_script: Drive
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.chdir(home)
    app = Program(audit, name=CODER, start=Start.QUEUE, ticks=lambda: 0.0)
    written: list[str] = []

    async def script(pilot: Pilot[None]) -> None:
        driver = app._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", written.append)
        await pilot.press("enter", "y", "semicolon", *"thin", "ctrl+a", "ctrl+c", "enter")
        await pilot.press("ctrl+p", *"note", "escape")
        app.copy_to_clipboard("words of a record")

    run_script(app, script)
    assert list(home.iterdir()) == []
    assert not any("\x1b]52" in text or "\x1b]0;" in text for text in written)


def test_after_a_deferral_it_is_said_whether_the_next_case_was_put_off_too(
    press: Press, program: Make, audit: Audit
) -> None:
    first, second = (item.case_id for item in audit.queue(CODER)[:2])
    for item in audit.queue(CODER)[2:]:
        audit.code_at_once(CODER, item.case_id, {"E1": ("no_missing",)})
    shown = press(program(), "enter minus f enter")
    assert f"{first} is put off: it needs another file" in shown
    assert f"{second} is next: Enter opens it." in shown
    shown = press(program(), "enter minus o enter")
    assert f"Every other case that is open was put off too, {first} first:" in shown


def test_a_case_put_off_from_the_queue_is_told_there(
    press: Press, program: Make, audit: Audit
) -> None:
    shown = press(program(), "minus f enter")
    assert "is put off, and comes back at the end." in shown
