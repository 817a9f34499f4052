from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.codebook import Value, builtin_codebook
from review.coding import (
    Coding,
    CodingState,
    Decision,
    Quote,
    apply_to_coding,
    defer,
    pin_quote,
    raise_flag,
    recall,
    redo,
    remove_quote,
    resume,
    set_answer,
    set_note,
    submit,
    undo,
)
from review.events import (
    AnswerSet,
    CodingDeferred,
    CodingOpened,
    DeferralReason,
    Entry,
    FlagKind,
    ReviewEvent,
    RiskReferred,
)
from sampling.refusal import Refusal

CODEBOOK = builtin_codebook("da-short")
RECORD = {"narrative": "22:14 Both are arrested. [P2] says [P1] hit him first.", "town": "N"}
ORDINARY = {
    "E1": "yes",
    "E2": "yes",
    "A1": "no",
    "A10": "no_linked_incident",
    "A11": "neither",
    "C1": "no",
    "Z3": "high",
    "Z5": "no",
}


def begin() -> Coding:
    return Coding(case_id="C-0001", reviewer="r1", codebook_sha256=CODEBOOK.sha256)


def entry(event: ReviewEvent, seq: int = 1) -> Entry:
    return Entry(event, "C-0001", "r1", "r1-laptop", seq, f"2026-11-21T10:00:{seq % 60:02d}Z")


def after(coding: Coding, decision: Decision) -> Coding:
    assert not isinstance(decision, Refusal), decision
    for event in decision:
        coding = apply_to_coding(coding, entry(event))
    return coding


def answered(coding: Coding, answers: dict[str, str]) -> Coding:
    for question, value in answers.items():
        coding = after(coding, set_answer(coding, CODEBOOK, question, (value,)))
    return coding


def pinned(coding: Coding, question: str, start: int = 0, end: int = 5) -> Decision:
    return pin_quote(
        coding,
        CODEBOOK,
        record=RECORD,
        question=question,
        field="narrative",
        start=start,
        end=end,
        record_sha256="0" * 64,
    )


def refused(decision: Decision) -> str:
    assert isinstance(decision, Refusal)
    assert decision.reason.endswith(".")
    assert decision.way_out.endswith(".")
    return decision.rule


def test_the_first_answer_opens_the_coding() -> None:
    decision = set_answer(begin(), CODEBOOK, "E1", ("yes",), active_seconds=4)
    assert isinstance(decision, tuple)
    assert [type(event) for event in decision] == [CodingOpened, AnswerSet]
    coding = after(begin(), decision)
    assert coding.state is CodingState.DRAFT
    assert coding.answers == {"E1": ("yes",)}
    assert coding.active_seconds == 4


def test_the_same_answer_again_writes_nothing() -> None:
    coding = answered(begin(), {"E1": "yes"})
    assert set_answer(coding, CODEBOOK, "E1", ("yes",)) == ()


def test_an_answer_that_is_not_offered_is_refused() -> None:
    assert refused(set_answer(begin(), CODEBOOK, "E1", ("maybe",))) == "not-an-answer"


def test_a_question_that_is_not_asked_takes_no_answer_and_one_that_waits_says_for_what() -> None:
    coding = answered(begin(), {"E1": "yes"})
    waiting = set_answer(coding, CODEBOOK, "A1", ("yes",))
    assert refused(waiting) == "pending"
    assert isinstance(waiting, Refusal)
    assert "E2" in waiting.way_out
    closed = answered(begin(), {"E1": "no_missing"})
    assert refused(set_answer(closed, CODEBOOK, "A1", ("yes",))) == "not-asked"
    assert refused(set_answer(coding, CODEBOOK, "dual_arrest", ("yes",))) == "derived"


def test_an_ordinary_case_is_handed_in_with_eight_answers() -> None:
    coding = answered(begin(), ORDINARY)
    coding = after(coding, submit(coding, CODEBOOK))
    assert coding.state is CodingState.SUBMITTED
    assert coding.revision == 1


@pytest.mark.parametrize("left_out", ORDINARY)
def test_no_required_answer_may_be_missing(left_out: str) -> None:
    coding = answered(begin(), ORDINARY)
    coding = after(coding, set_answer(coding, CODEBOOK, left_out, ()))
    decision = submit(coding, CODEBOOK)
    assert refused(decision) == "incomplete"
    assert isinstance(decision, Refusal)
    assert left_out in decision.reason


def test_a_counter_allegation_needs_a_quote_before_it_is_handed_in() -> None:
    extra = {"C1": "yes", "C3": "at_scene", "C5": "free_text_only", "P1": "no"}
    coding = answered(begin(), ORDINARY | extra)
    assert refused(submit(coding, CODEBOOK)) == "incomplete"
    coding = after(coding, pinned(coding, "C1"))
    assert isinstance(submit(coding, CODEBOOK), tuple)


def test_low_confidence_needs_a_reason() -> None:
    coding = answered(begin(), ORDINARY | {"Z3": "low"})
    assert refused(submit(coding, CODEBOOK)) == "incomplete"
    coding = after(coding, set_answer(coding, CODEBOOK, "Z4", ("  Interview note missing. ",)))
    assert coding.answers["Z4"] == ("Interview note missing.",)
    assert isinstance(submit(coding, CODEBOOK), tuple)


@pytest.mark.parametrize(
    ("text", "fits"), [("x" * 500, True), ("x" * 501, False), ("a\x1b[2J", False)]
)
def test_a_text_is_at_most_500_characters_and_has_no_control_characters(
    text: str, fits: bool
) -> None:
    coding = answered(begin(), {"E1": "yes", "E2": "yes"})
    decision = set_answer(coding, CODEBOOK, "Z4", (text,))
    assert isinstance(decision, tuple) is fits


def test_what_was_handed_in_is_changed_only_after_taking_it_back() -> None:
    coding = answered(begin(), ORDINARY)
    coding = after(coding, submit(coding, CODEBOOK))
    for decision in (
        set_answer(coding, CODEBOOK, "C1", ("yes",)),
        undo(coding, CODEBOOK),
        pinned(coding, "A1"),
        set_note(coding, CODEBOOK, "x"),
        defer(coding, CODEBOOK, DeferralReason.OTHER),
        submit(coding, CODEBOOK),
    ):
        assert refused(decision) == "handed-in"
    coding = after(coding, recall(coding))
    assert coding.state is CodingState.DRAFT
    assert answered(coding, {"C1": "cannot_determine"}).answers["C1"] == ("cannot_determine",)


def test_only_what_was_handed_in_can_be_taken_back() -> None:
    assert refused(recall(answered(begin(), {"E1": "yes"}))) == "not-handed-in"


def test_a_deferred_case_keeps_everything_and_is_taken_up_by_the_next_answer() -> None:
    coding = answered(begin(), {"E1": "yes", "E2": "yes"})
    coding = after(coding, defer(coding, CODEBOOK, DeferralReason.RECORD_CUT_OFF))
    assert coding.state is CodingState.DEFERRED
    assert coding.deferral_reason is DeferralReason.RECORD_CUT_OFF
    assert defer(coding, CODEBOOK, DeferralReason.RECORD_CUT_OFF) == ()
    assert defer(coding, CODEBOOK, DeferralReason.OTHER) == (
        CodingDeferred(reason=DeferralReason.OTHER),
    )
    again = answered(coding, {"A1": "no"})
    assert again.state is CodingState.DRAFT
    assert again.deferral_reason is None
    assert again.answers.keys() == {"E1", "E2", "A1"}
    assert after(coding, resume(coding)).state is CodingState.DRAFT


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10_000), (5, 6)])
def test_a_quote_lies_inside_the_record_and_holds_a_word(start: int, end: int) -> None:
    coding = answered(begin(), {"E1": "yes"})
    assert refused(pinned(coding, "E1", start, end)) == "quote-outside-record"


def test_quote_offsets_count_code_points_of_the_composed_text() -> None:
    coding = answered(begin(), {"E1": "yes"})
    decomposed = {"narrative": "e\N{COMBINING ACUTE ACCENT}" * 4}
    decision = pin_quote(
        coding,
        CODEBOOK,
        record=decomposed,
        question="E1",
        field="narrative",
        start=0,
        end=5,
        record_sha256="0" * 64,
    )
    assert refused(decision) == "quote-outside-record"


def test_a_quote_can_be_taken_off_again() -> None:
    coding = after(answered(begin(), {"E1": "yes"}), pinned(begin(), "E1"))
    assert len(coding.quotes) == 1
    assert pinned(coding, "E1") == ()
    bare = after(coding, remove_quote(coding, CODEBOOK, coding.quotes[0]))
    assert bare.quotes == ()
    assert remove_quote(bare, CODEBOOK, coding.quotes[0]) == ()


def test_yes_to_the_safeguarding_question_makes_a_referral() -> None:
    coding = answered(begin(), {"E1": "yes"})
    decision = set_answer(coding, CODEBOOK, "Z5", ("yes",))
    assert isinstance(decision, tuple)
    assert RiskReferred() in decision
    plain = set_answer(coding, CODEBOOK, "Z5", ("no",))
    assert isinstance(plain, tuple)
    assert RiskReferred() not in plain


def test_a_coding_of_another_codebook_is_left_alone() -> None:
    other = replace(begin(), codebook_sha256="f" * 64)
    assert refused(set_answer(other, CODEBOOK, "E1", ("yes",))) == "other-codebook"


def test_a_flag_needs_words() -> None:
    assert refused(raise_flag(flag_id="f", kind=FlagKind.RECORD, text="  ")) == "flag-text"
    assert isinstance(raise_flag(flag_id="f", kind=FlagKind.RECORD, text="cut off"), tuple)


def test_a_note_has_an_end() -> None:
    assert refused(set_note(begin(), CODEBOOK, "x" * 4001)) == "note-too-long"
    noted = after(begin(), set_note(begin(), CODEBOOK, " seen "))
    assert noted.note == "seen"
    assert set_note(noted, CODEBOOK, "seen") == ()


Action = tuple[str, str, Value]
ACTIONS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                ("answer", question.id, (value,))
                for question in CODEBOOK.questions
                for value in question.values
            ]
        ),
        st.sampled_from([("answer", question.id, ()) for question in CODEBOOK.questions]),
        st.sampled_from(["E1", "A3", "C1"]).map(lambda one: ("quote", one, ())),
        st.sampled_from(["E1", "A3", "C1"]).map(lambda one: ("unquote", one, ())),
        st.sampled_from(["a", "b", ""]).map(lambda text: ("note", text, ())),
    ),
    max_size=25,
)


def act(coding: Coding, action: Action) -> Decision:
    kind, name, value = action
    match kind:
        case "answer":
            return set_answer(coding, CODEBOOK, name, value)
        case "quote":
            return pinned(coding, name)
        case "unquote":
            return remove_quote(coding, CODEBOOK, Quote(name, "narrative", 0, 5, "0" * 64))
        case _:
            return set_note(coding, CODEBOOK, name)


def content(coding: Coding) -> tuple[dict[str, Value], tuple[Quote, ...], str]:
    return dict(coding.answers), coding.quotes, coding.note


@given(ACTIONS)
def test_undo_walks_back_to_the_beginning_and_redo_to_the_end(actions: list[Action]) -> None:
    coding = begin()
    for action in actions:
        decision = act(coding, action)
        if not isinstance(decision, Refusal):
            coding = after(coding, decision)
    undone_before = coding.undone
    passed = [content(coding)]
    for _ in range(len(coding.done)):
        coding = after(coding, undo(coding, CODEBOOK))
        passed.append(content(coding))
    assert refused(undo(coding, CODEBOOK)) == "nothing-to-undo"
    assert passed[-1] == ({}, (), "")
    for state in reversed(passed[:-1]):
        coding = after(coding, redo(coding, CODEBOOK))
        assert content(coding) == state
    assert coding.undone == undone_before


@given(ACTIONS)
def test_no_sequence_of_keys_loses_an_answer(actions: list[Action]) -> None:
    coding = begin()
    expected: dict[str, Value] = {}
    for action in actions:
        decision = act(coding, action)
        if isinstance(decision, Refusal):
            continue
        coding = after(coding, decision)
        kind, name, value = action
        if kind == "answer":
            expected[name] = value
    assert dict(coding.answers) == {name: value for name, value in expected.items() if value}


@given(ACTIONS, st.lists(st.sampled_from(["undo", "redo", "A1", "E1"]), max_size=20))
def test_a_new_answer_ends_what_could_be_redone(actions: list[Action], steps: list[str]) -> None:
    coding = begin()
    for action in actions:
        decision = act(coding, action)
        coding = coding if isinstance(decision, Refusal) else after(coding, decision)
    for step in steps:
        if step == "undo":
            decision = undo(coding, CODEBOOK)
        elif step == "redo":
            decision = redo(coding, CODEBOOK)
        else:
            value = "no" if step == "A1" else "yes"
            decision = set_answer(coding, CODEBOOK, step, (value,))
        if isinstance(decision, Refusal) or not decision:
            continue
        coding = after(coding, decision)
        if step in ("A1", "E1"):
            assert coding.undone == ()
            assert refused(redo(coding, CODEBOOK)) == "nothing-to-redo"
