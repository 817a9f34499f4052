"""Answers that mean something else by now, of coders who left: decided, never waited for."""

from __future__ import annotations

from review.adjudication import close_adjudication, open_adjudication
from review.case import CaseState, case_state, final_sheet
from review.decision_events import Source
from review.events import CodingLocked, ReviewerAdded, ReviewerLeft, ReviewEvent
from review.revising import reopening
from review.ruling import Ruling, decide_question
from sampling.draw import Role
from sampling.refusal import Refusal
from tests.review import versioned
from tests.review.versioned import Log

SEED = "60921108449012345678"
CASE = "C-0001"
ANSWERS = {"A1": "yes", "A2": "two", "C1": "no"}


def state(log: Log) -> CaseState:
    return case_state(log.review, Role.SAMPLE, CASE)


def left(*, is_gone: bool = True) -> Log:
    """Return a log in which a case was coded once, its coder left, and A1 changed its meaning."""
    log = versioned.Log()
    log.write("boss", ReviewerAdded(name="amber", code="R1"))
    log.hand_in(CASE, ANSWERS)
    if is_gone:
        log.write("boss", ReviewerLeft(name="amber"))
    log.publish(versioned.MEANING)
    return log


def allow(log: Log, decided: tuple[ReviewEvent, ...] | Refusal) -> None:
    assert not isinstance(decided, Refusal), decided
    for event in decided:
        log.write("fir", event, CASE)


def opening(log: Log) -> tuple[ReviewEvent, ...] | Refusal:
    return open_adjudication(log.review, "fir", CASE, seed=SEED, may_overrule=False)


def test_whoever_is_there_confirms_and_nobody_decides_in_their_place() -> None:
    log = left(is_gone=False)
    assert state(log) is CaseState.STALE
    refused = opening(log)
    assert isinstance(refused, Refusal)
    assert refused.rule == "nothing-to-settle"


def test_the_case_of_a_coder_who_left_is_decided_on_what_there_is() -> None:
    log = left()
    assert state(log) is CaseState.STALE
    allow(log, opening(log))
    assert state(log) is CaseState.ADJUDICATING
    refused = close_adjudication(log.review, "fir", CASE)
    assert isinstance(refused, Refusal), "what meant something else has to be answered anew"
    for question, value in (("A1", "yes"), ("A2", "one")):
        ruling = Ruling(question, Source.OWN, (value,))
        allow(log, decide_question(log.review, "fir", CASE, ruling, flag_id="0" * 16))
    allow(log, close_adjudication(log.review, "fir", CASE))
    assert state(log) is CaseState.FINAL
    sheet = final_sheet(log.review, Role.SAMPLE, CASE)
    assert sheet is not None
    assert sheet.counted == {"A1": ("yes",), "A2": ("one",), "C1": ("no",)}


def test_a_locked_coding_is_opened_again_only_for_who_is_there() -> None:
    for is_gone in (False, True):
        log = versioned.Log()
        log.hand_in(CASE, ANSWERS)
        log.write("boss", CodingLocked(reviewer="amber", revision=1), CASE)
        if is_gone:
            log.write("boss", ReviewerLeft(name="amber"))
        opened = reopening(log.review, versioned.MEANING, [CASE])
        assert bool(opened) is not is_gone
