"""A coding under a later version: nothing is lost, and nothing counts that was not confirmed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.carrying import carry_over, confirm_answer, rework
from review.codebook import Codebook, Value
from review.coding import set_answer, submit, undo
from review.coding_state import Coding, CodingState, apply_to_coding
from review.events import Entry, ReviewEvent
from review.fold import Review
from sampling.refusal import Refusal
from tests.review import versioned

ARRESTED = {"A1": "yes", "A2": "two", "C1": "no"}
NOBODY = {"A1": "no", "C1": "yes"}


def decided(coding: Coding, events: tuple[ReviewEvent, ...] | Refusal) -> Coding:
    assert not isinstance(events, Refusal), events
    for event in events:
        coding = apply_to_coding(coding, Entry(event, coding.case_id, coding.reviewer, "", 0, ""))
    return coding


def counted(review: Review, case_id: str) -> dict[str, Value]:
    return review.sheet_of(review.coding_of(case_id, "amber")).counted


def test_a_change_of_meaning_leaves_out_the_answers_it_reaches_until_confirmed() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.publish(versioned.MEANING)
    assert counted(log.review, "C-0001") == {"C1": ("no",)}
    assert rework(log.review.versions, log.coding("C-0001")).confirm == ("A1", "A2")
    log.carry("C-0001")
    assert log.coding("C-0001").state is CodingState.DRAFT
    log.confirm("C-0001", "A1")
    log.confirm("C-0001", "A2")
    assert counted(log.review, "C-0001") == {"A1": ("yes",), "A2": ("two",), "C1": ("no",)}
    assert log.coding("C-0001").codebook_sha256 == versioned.MEANING.sha256


def test_only_codings_that_hold_such_an_answer_have_work() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.hand_in("C-0002", NOBODY)
    log.publish(versioned.version("2.0.0", ("People, not arrests.", "Everybody who was taken in.")))
    assert log.review.is_outdated("C-0001")
    assert not log.review.is_outdated("C-0002")
    assert counted(log.review, "C-0002") == {"A1": ("no",), "C1": ("yes",)}


def test_a_cosmetic_claim_carries_answers_over_as_they_are() -> None:
    for cosmetic, waits in ((("C1",), False), ((), True)):
        log = versioned.Log()
        log.hand_in("C-0001", NOBODY)
        log.publish(versioned.REWORDED, cosmetic=cosmetic)
        assert log.review.is_outdated("C-0001") is waits


@pytest.mark.parametrize("name", ["WIDER", "ASKING_MORE"])
def test_an_additive_change_leaves_what_was_answered_counted(name: str) -> None:
    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.publish(getattr(versioned, name))
    assert not log.review.is_outdated("C-0001")
    assert counted(log.review, "C-0001") == {"A1": ("yes",), "A2": ("two",), "C1": ("no",)}
    work = rework(log.review.versions, log.coding("C-0001"))
    assert work.answer == (("C2",) if name == "ASKING_MORE" else ())


def test_a_retired_question_keeps_its_answer_and_counts_again_only_when_confirmed() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.publish(versioned.WITHOUT_A2)
    assert log.coding("C-0001").answers["A2"] == ("two",)
    assert "A2" not in counted(log.review, "C-0001")
    assert not log.review.is_outdated("C-0001")
    log.publish(versioned.version("5.0.0"))
    assert rework(log.review.versions, log.coding("C-0001")).confirm == ("A2",)


def test_an_answer_that_slept_in_a_coding_is_confirmed_when_its_question_comes_back() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.publish(versioned.WITHOUT_A2)
    log.carry("C-0001")
    log.publish(versioned.version("5.0.0"))
    log.carry("C-0001")
    assert "A2" not in counted(log.review, "C-0001")
    assert log.coding("C-0001").unconfirmed == {"A2"}


def test_an_answer_that_is_no_longer_offered_has_to_be_given_anew() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.publish(versioned.NARROWER)
    log.carry("C-0001")
    refused = confirm_answer(log.coding("C-0001"), versioned.NARROWER, "A2")
    assert isinstance(refused, Refusal)
    assert refused.rule == "not-offered"
    assert isinstance(submit(log.coding("C-0001"), versioned.NARROWER), Refusal)
    log.set("C-0001", "A2", "one")
    assert not isinstance(submit(log.coding("C-0001"), versioned.NARROWER), Refusal)


def test_giving_the_same_answer_confirms_it() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", NOBODY)
    log.publish(versioned.MEANING)
    log.carry("C-0001")
    events = set_answer(log.coding("C-0001"), versioned.MEANING, "A1", ("no",))
    assert not isinstance(events, Refusal)
    assert [type(one).__name__ for one in events] == ["AnswerConfirmed"]


def test_taking_a_new_answer_back_brings_the_carried_one_back_unconfirmed() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", NOBODY)
    log.publish(versioned.MEANING)
    log.carry("C-0001")
    coding = log.coding("C-0001")
    answered = decided(coding, set_answer(coding, versioned.MEANING, "A1", ("yes",)))
    assert "A1" not in answered.unconfirmed
    back = decided(answered, undo(answered, versioned.MEANING))
    assert back.answers["A1"] == ("no",)
    assert "A1" in back.unconfirmed


def test_what_was_done_before_a_new_version_cannot_be_undone_after_it() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", NOBODY)
    log.publish(versioned.MEANING)
    log.carry("C-0001")
    assert isinstance(undo(log.coding("C-0001"), versioned.MEANING), Refusal)


def test_agreement_reads_each_coding_by_its_own_version_and_sets_changed_questions_apart() -> None:
    from review.carrying import set_apart

    log = versioned.Log()
    log.hand_in("C-0001", ARRESTED)
    log.publish(versioned.MEANING)
    first = log.coding("C-0001").first_submission
    assert first is not None
    assert log.review.own_sheet_of(first).counted["A1"] == ("yes",)
    assert set_apart(log.review.versions, first) == {"A1", "A2"}


NAMES = ("MEANING", "REWORDED", "WIDER", "ASKING_MORE", "WITHOUT_A2", "NARROWER")
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "A1": st.sampled_from(["yes", "no", "cannot_determine"]),
        "A2": st.sampled_from(["one", "two", "cannot_determine"]),
        "C1": st.sampled_from(["yes", "no", "cannot_determine"]),
    },
)


def published(names: Sequence[str]) -> list[Codebook]:
    return [getattr(versioned, name) for name in names]


@given(ANSWERS, st.lists(st.sampled_from(NAMES), max_size=3, unique=True), st.booleans())
def test_carrying_over_never_loses_an_answer_and_never_counts_one_that_changed(
    answers: dict[str, str], names: list[str], step_by_step: bool
) -> None:
    log = versioned.Log()
    log.hand_in("C-0001", answers)
    before = log.coding("C-0001")
    reached: set[str] = set()
    for book in published(names):
        log.publish(book)
        reached |= log.review.versions.reached_since(before.codebook_sha256)
        if step_by_step:
            log.carry("C-0001")
    log.carry("C-0001")
    after = log.coding("C-0001")
    assert after.answers == before.answers
    now = log.review.sheet_of(after).counted
    assert now.items() <= dict(after.answers).items()
    assert not reached & now.keys()
    assert carry_over(log.review.versions, after) == ()


@given(st.permutations(range(3)), ANSWERS)
def test_the_order_in_which_streams_arrive_changes_nothing(
    order: list[int], answers: dict[str, str]
) -> None:
    log = versioned.Log()
    log.hand_in("C-0001", answers)
    log.hand_in("C-0001", answers, "birch")
    log.publish(versioned.MEANING)
    log.carry("C-0001")
    log.publish(versioned.version("2.1.0", ("An allegation of conduct.", "Any allegation.")))
    streams = [
        [one for one in log.entries if one.writer == who] for who in ("boss", "amber", "birch")
    ]
    review = Review()
    for entry in itertools.chain.from_iterable(streams[place] for place in order):
        review.apply(entry)
    usual = log.review
    assert review.codebook == usual.codebook
    for who in ("amber", "birch"):
        mine, theirs = review.coding_of("C-0001", who), usual.coding_of("C-0001", who)
        assert mine == theirs
        assert review.sheet_of(mine) == usual.sheet_of(theirs)
    assert review.is_outdated("C-0001") == usual.is_outdated("C-0001")
