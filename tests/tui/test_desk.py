from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dipsample.audit import Audit
from dipsample.errors import SurroundingsError
from dipsample.tui.drawing.choice import Chosen
from dipsample.tui.models.coding import CaseCounts, Glyph
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.outcome import LeakSuspected, NotSaved, Saved
from review.applicability import Applicability
from review.coding_state import CodingState
from review.events import DeferralReason, FlagKind
from tests.tui.pressing import CODER, first_case

NO_ARREST = "yyn" + "nn" + "n" + "1" + "n"
"""E1 E2 A1, A10 A11, C1, Z3, Z5: an ordinary case is eight keys, and Enter."""


@pytest.fixture
def desk(audit: Audit) -> CodingDesk:
    return open_desk(audit)


def open_desk(audit: Audit, ticks: Callable[[], float] = lambda: 0.0) -> CodingDesk:
    return CodingDesk(audit, CODER, first_case(audit), counts=CaseCounts(0, 6), ticks=ticks)


def press(desk: CodingDesk, keys: str) -> None:
    for key in keys:
        desk.press(key)


def glyphs(desk: CodingDesk) -> dict[str, str]:
    return {item.question_id: item.glyph.value for item in desk.view.checklist}


def test_an_ordinary_case_is_eight_answers_and_the_hand_in(desk: CodingDesk) -> None:
    press(desk, NO_ARREST)
    assert desk.view.is_complete
    assert desk.submit()
    assert desk.file.coding.state is CodingState.SUBMITTED


def test_an_answer_is_saved_and_the_next_open_question_shows(
    desk: CodingDesk, audit: Audit
) -> None:
    desk.press("y")
    assert desk.question_id == "E2"
    assert audit.case_file(CODER, desk.file.case_id).coding.answers["E1"] == ("yes",)


def test_a_key_that_is_no_answer_changes_nothing_and_says_what_would(desk: CodingDesk) -> None:
    desk.press("z")
    assert desk.question_id == "E1"
    assert desk.file.coding.answers == {}
    assert "y m r d" in desk.notice


def test_answering_again_replaces_the_answer(desk: CodingDesk) -> None:
    press(desk, "yyy")
    desk.go("A1")
    desk.press("n")
    assert desk.file.coding.answers["A1"] == ("no",)


def test_an_answer_behind_a_closed_branch_is_kept_not_counted_and_revives(
    desk: CodingDesk,
) -> None:
    press(desk, "yyy1n")
    desk.go("A1")
    desk.press("n")
    desk.go("A2")
    view = desk.view.question
    assert view.applicability is Applicability.NOT_APPLICABLE
    assert [option.chosen for option in view.options if option.key == "1"] == [Chosen.KEPT]
    desk.press("2")
    assert "not asked" in desk.notice
    desk.go("A1")
    desk.press("y")
    assert desk.file.sheet.counted["A2"] == ("1",)


def test_the_checklist_tells_every_state_by_a_sign(desk: CodingDesk) -> None:
    press(desk, "yyy1y")
    found = glyphs(desk)
    assert found["A1"] == Glyph.ANSWERED
    assert found["A3"] == Glyph.QUOTE_NEEDED
    assert found["A4"] == Glyph.HERE
    assert found["A8"] == Glyph.OPEN
    assert found["A6"] == Glyph.PENDING
    assert found["Z4"] == Glyph.OPTIONAL
    press(desk, "n")
    assert glyphs(desk)["A6"] == Glyph.NOT_ASKED


def test_moving_passes_over_questions_that_are_not_asked(desk: CodingDesk) -> None:
    press(desk, "yyn")
    desk.go("A1")
    desk.move(1)
    assert desk.question_id == "A10"
    desk.move(-1)
    assert desk.question_id == "A1"


def test_the_ends_of_the_list_are_told(desk: CodingDesk) -> None:
    desk.move(-1)
    assert desk.notice == "This is the first question."


def test_undo_walks_back_and_shows_where_and_redo_gives_it_back(desk: CodingDesk) -> None:
    press(desk, "yyn")
    desk.undo()
    assert desk.question_id == "A1"
    assert "A1" not in desk.file.coding.answers
    desk.undo()
    assert desk.question_id == "E2"
    desk.redo()
    assert desk.file.coding.answers["E2"] == ("yes",)
    press(desk, "n")
    desk.redo()
    assert desk.notice == "There is nothing to redo."


def test_handing_in_too_early_shows_the_first_open_question(desk: CodingDesk) -> None:
    press(desk, "yyy1y")
    assert not desk.submit()
    assert desk.question_id == "A3"
    assert "needs a quote" in desk.notice


def test_a_quote_is_pinned_by_sentences_and_removed_again(desk: CodingDesk) -> None:
    press(desk, "yyy1y")
    desk.go("A3")
    desk.start_quote()
    cursor = desk.reading.quoting
    assert cursor is not None
    cursor.move(1)
    cursor.stretch(1)
    place = cursor.place
    desk.pin()
    assert desk.reading.quoting is None
    (quote,) = desk.view.question.quotes
    assert quote.place == place
    assert quote.text == desk.view.passages[0].text[place.start : place.end]
    assert not desk.view.question.quote_needed
    desk.start_quote()
    assert desk.reading.quoting is not None
    desk.reading.quoting.first = cursor.first
    desk.reading.quoting.last = cursor.last
    assert desk.quoted_here()
    desk.unpin()
    assert desk.view.question.quotes == ()


def test_a_note_that_looks_like_personal_data_needs_a_reason(desk: CodingDesk) -> None:
    text = "call on 07700 900123"
    outcome = desk.set_note(text)
    assert isinstance(outcome, LeakSuspected)
    assert "07700" not in outcome.warning
    assert desk.file.coding.note == ""
    assert desk.set_note(text, "a test number") == Saved()
    assert desk.file.coding.note == text


def test_a_deferred_case_is_taken_up_by_answering(desk: CodingDesk) -> None:
    desk.defer(DeferralReason.RECORD_CUT_OFF)
    states = [desk.view.state]
    desk.press("y")
    states.append(desk.view.state)
    assert states == [CodingState.DEFERRED, CodingState.DRAFT]
    assert desk.file.coding.answers["E1"] == ("yes",)


def test_a_case_handed_in_is_changed_only_after_taking_it_back(desk: CodingDesk) -> None:
    press(desk, NO_ARREST)
    desk.submit()
    desk.go("E1")
    desk.press("m")
    assert desk.file.coding.answers["E1"] == ("yes",)
    assert desk.notice
    assert desk.recall()
    desk.press("m")
    assert desk.file.coding.answers["E1"] == ("no_missing",)


def test_a_flag_and_a_referral_reach_the_supervisor(desk: CodingDesk, audit: Audit) -> None:
    assert desk.raise_flag(FlagKind.QUESTION, "Which attendance?") == Saved()
    assert desk.refer_risk()
    seen = audit.overview()
    assert [flag.text for flag in seen.flags] == ["Which attendance?"]
    assert [one.case_id for one in seen.referrals] == [desk.file.case_id]
    assert desk.view.is_referred


def test_a_coder_sees_what_the_supervisor_answered_to_a_flag(
    desk: CodingDesk, audit: Audit
) -> None:
    desk.raise_flag(FlagKind.QUESTION, "Which attendance?")
    (flag,) = audit.overview().flags
    assert open_desk(audit).notice == ""
    audit.answer_flag(audit.supervisor, flag.flag_id, "The first one.")
    assert open_desk(audit).notice == "The supervisor answers your flag: The first one."
    assert audit.queue(CODER)[0].flag_answer == "The first one."


def test_a_flag_that_looks_like_personal_data_needs_a_reason(
    desk: CodingDesk, audit: Audit
) -> None:
    text = "Ring the caller on 07700 900123 first."
    assert isinstance(desk.raise_flag(FlagKind.QUESTION, text), LeakSuspected)
    assert not audit.overview().flags
    assert desk.raise_flag(FlagKind.QUESTION, text, "a drama number") == Saved()
    assert [flag.text for flag in audit.overview().flags] == [text]


def test_active_time_is_counted_and_a_long_pause_is_two_minutes(audit: Audit) -> None:
    now = [0.0]
    desk = open_desk(audit, lambda: now[0])
    for later in (10.0, 3610.0):
        now[0] = later
        desk.touch()
    desk.press("y")
    assert desk.file.coding.active_seconds == 130


def test_nothing_is_lost_when_the_disk_is_full(
    desk: CodingDesk, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_settings: object) -> None:
        raise SurroundingsError("The disk is full; make room and try again.")

    desk.press("y")
    monkeypatch.setattr(audit, "answer", full)
    desk.press("y")
    assert desk.question_id == "E2"
    assert desk.notice == "The disk is full; make room and try again."
    assert isinstance(desk.write("anything"), NotSaved)
    monkeypatch.undo()
    desk.press("y")
    assert dict(desk.file.coding.answers) == {"E1": ("yes",), "E2": ("yes",)}


steps = st.lists(
    st.sampled_from([*"ymnu12abox", ",", ".", "undo", "redo", "quote", "defer", "submit"]),
    max_size=20,
)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_any_keys_leave_the_screen_equal_to_what_is_on_disk(
    project_path: Path, tmp_path: Path, keys: list[str]
) -> None:
    from dipsample.opening import open_audit

    copy = tmp_path / "copy.dip"
    shutil.copy(project_path, copy)
    audit = open_audit(copy)
    desk = open_desk(audit)
    given_answers: dict[str, tuple[str, ...]] = {}
    for key in keys:
        _act(desk, key)
        if key not in {"undo", "redo"}:
            lost = set(given_answers) - set(desk.file.coding.answers)
            assert not lost
        given_answers = dict(desk.file.coding.answers)
    assert audit.case_file(CODER, desk.file.case_id) == desk.file
    audit.close()
    again = open_audit(copy, is_read_only=True)
    assert again.case_file(CODER, desk.file.case_id).coding == desk.file.coding
    again.close()


def _act(desk: CodingDesk, key: str) -> None:
    match key:
        case ",":
            desk.move(-1)
        case ".":
            desk.move(1)
        case "undo":
            desk.undo()
        case "redo":
            desk.redo()
        case "quote":
            desk.start_quote()
            desk.pin()
            desk.leave_quote()
        case "defer":
            desk.defer(DeferralReason.OTHER)
        case "submit":
            desk.submit()
        case _:
            desk.press(key)


def test_the_screen_counts_the_questions_that_the_queue_counts(
    desk: CodingDesk, audit: Audit
) -> None:
    assert desk.view.progress == "0 answered, up to 17 left"
    press(desk, NO_ARREST)
    (item,) = [one for one in audit.queue(CODER) if one.case_id == desk.file.case_id]
    assert item.asked == item.answered == 8
    assert desk.view.progress == "all 8 answered", "what may be left empty is not counted"
