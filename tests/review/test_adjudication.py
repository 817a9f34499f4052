from __future__ import annotations

import pytest

from review.adjudication import (
    close_adjudication,
    open_adjudication,
    return_to_coder,
    why_not_adjudicate,
)
from review.bench import Bench
from review.case import CaseState, final_sheet
from review.coding_state import CodingState
from review.decision_events import AdjudicationOpened, OverruleReason, QuestionDecided, Source
from review.events import CodingSubmitted, FlagAnswered, FlagRaised
from review.handed_in import from_left_to_right
from review.ruling import Ruling, open_bench
from sampling.draw import Role
from sampling.refusal import Refusal
from sampling.tickets import ticket
from tests.review import decided
from tests.review.decided import Audit

SEED = "60921108449012345678"
CASE = "C-0001"
YES = {"Q1": ("yes",), "Q2": ("no",), "Q3": ("no",)}
NO = {"Q1": ("no",), "Q3": ("no",)}


def rule_of(decided: object) -> str:
    assert isinstance(decided, Refusal), decided
    return decided.rule


def bench_of(audit: Audit) -> Bench:
    bench = open_bench(audit.review, "cat", CASE)
    assert isinstance(bench, Bench)
    return bench


def left_and_right(audit: Audit) -> tuple[Source, Source]:
    """Return how Ann's and Bob's codings are called."""
    names = [one.reviewer for one in bench_of(audit).codings]
    return (
        (Source.CODER_1, Source.CODER_2) if names[0] == "ann" else (Source.CODER_2, Source.CODER_1)
    )


def test_a_conflict_is_decided_question_by_question_and_the_case_is_final() -> None:
    audit = decided.in_conflict()
    assert audit.state() is CaseState.CONFLICT
    audit.open()
    assert audit.state() is CaseState.ADJUDICATING
    assert bench_of(audit).open_questions == ("Q1",), "Q2 waits for Q1, and Q3 is agreed"
    audit.decide("Q1", "no")
    assert bench_of(audit).open_questions == ()
    assert [one.question.id for one in bench_of(audit).unconfirmed] == ["Q3"]
    audit.close()
    assert audit.state() is CaseState.FINAL
    sheet = final_sheet(audit.review, Role.SAMPLE, CASE)
    assert sheet is not None
    assert sheet.counted == {"Q1": ("no",), "Q3": ("no",)}


def test_a_question_that_the_final_answers_open_has_to_be_decided_too() -> None:
    audit = decided.in_conflict()
    audit.open()
    ann, _ = left_and_right(audit)
    audit.decide("Q1", "", source=ann)
    assert bench_of(audit).open_questions == ("Q2",), "one coder answered it, the other did not"
    assert rule_of(close_adjudication(audit.review, "cat", CASE)) == "undecided"
    audit.decide("Q2", "", source=ann, reason=None)
    audit.close()
    sheet = final_sheet(audit.review, Role.SAMPLE, CASE)
    assert sheet is not None
    assert sheet.counted == YES


def test_a_decision_never_changes_a_coding() -> None:
    audit = decided.in_conflict()
    before = [coding.answers for coding in audit.review.codings_of(CASE)]
    audit.open()
    audit.decide("Q1", "cannot_determine")
    audit.close()
    codings = audit.review.codings_of(CASE)
    assert [coding.answers for coding in codings] == before
    assert {coding.state for coding in codings} == {CodingState.LOCKED}
    first = [coding.first_submission for coding in codings]
    assert [one.answers for one in first if one is not None] == before


@pytest.mark.parametrize("name", ["ann", "bob"])
def test_nobody_decides_over_a_case_that_they_coded(name: str) -> None:
    assert rule_of(decided.in_conflict().try_open(name)) == "own-case"


def test_nobody_decides_over_a_case_that_they_are_to_code() -> None:
    audit = decided.Audit(coders=("ann", "bob", "cat"))
    audit.hand_in("ann", YES)
    audit.hand_in("bob", NO)
    assert rule_of(audit.try_open("cat")) == "own-case"


@pytest.mark.parametrize("role", [Role.RESERVE, Role.REPLACED])
def test_only_cases_of_the_sample_are_decided(role: Role) -> None:
    refusal = why_not_adjudicate(decided.in_conflict().review, "cat", role=role, case_id=CASE)
    assert rule_of(refusal) == "not-in-sample"


def test_a_case_is_opened_once_all_codings_are_in_or_early_with_the_supervisors_reason() -> None:
    audit = decided.Audit()
    assert rule_of(audit.try_open()) == "nothing-handed-in"
    audit.hand_in("ann", YES)
    assert rule_of(audit.try_open()) == "not-all-in"
    assert rule_of(audit.try_open(reason="hurry")) == "not-all-in", "not hers to choose"
    assert rule_of(audit.try_open("boss")) == "not-all-in", "a reason is needed"
    audit.open("boss", reason="the second coder is ill")
    assert audit.state() is CaseState.ADJUDICATING
    audit.close("boss")
    assert audit.state() is CaseState.FINAL
    audit.hand_in("bob", NO)
    assert audit.state() is CaseState.STALE, "the late coding was not decided over"


def test_codings_that_agree_leave_nothing_to_settle() -> None:
    audit = decided.Audit()
    audit.hand_in("ann", NO)
    audit.hand_in("bob", NO)
    assert audit.state() is CaseState.FINAL
    assert rule_of(audit.try_open()) == "nothing-to-settle"


def test_one_person_at_a_time_decides_unless_the_supervisor_takes_the_case_over() -> None:
    audit = decided.in_conflict()
    audit.open()
    assert audit.try_open("cat") == (), "begun already"
    assert rule_of(audit.try_open("dan")) == "adjudicated-by-another"
    audit.open("boss", reason="cat is away")
    assert rule_of(audit.rule(Ruling("Q1", Source.OWN, ("no",)))) == "not-opened"
    audit.decide("Q1", "no", name="boss")
    audit.close("boss")
    assert audit.state() is CaseState.FINAL


def test_a_decided_case_is_decided_again_only_with_the_supervisors_reason() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "no")
    audit.close()
    assert rule_of(audit.try_open("dan")) == "decided-already"
    assert rule_of(audit.rule(Ruling("Q1", Source.OWN, ("yes",)))) == "not-opened"
    audit.open("boss", reason="new guidance")
    assert audit.state() is CaseState.ADJUDICATING


def test_the_left_side_is_a_ticket_that_anybody_can_repeat() -> None:
    sides = set()
    for number in range(1, 30):
        case = f"C-{number:04d}"
        audit = decided.Audit(case)
        audit.hand_in("ann", YES, case)
        audit.hand_in("bob", NO, case)
        first, _ = from_left_to_right(
            audit.review.codings_of(case), audit.review.reviewers, seed=SEED
        )
        expected = min(("R1", "R2"), key=lambda code: ticket("side", SEED, f"{case} {code}"))
        assert first.reviewer == {"R1": "ann", "R2": "bob"}[expected]
        sides.add(first.reviewer)
    assert sides == {"ann", "bob"}


def test_an_answer_that_overrules_somebody_needs_a_reason_and_others_keep_none() -> None:
    audit = decided.in_conflict()
    audit.open()
    assert rule_of(audit.rule(Ruling("Q1", Source.OWN, ("no",)))) == "reason-needed"
    assert rule_of(audit.rule(Ruling("Q1", Source.UNRESOLVED))) == "reason-needed"
    ruled = audit.rule(Ruling("Q3", Source.AGREED, reason=OverruleReason.SLIP))
    assert not isinstance(ruled, Refusal)
    assert [one.reason for one in ruled if isinstance(one, QuestionDecided)] == [None]
    changed = audit.rule(Ruling("Q3", Source.OWN, ("yes",)))
    assert rule_of(changed) == "reason-needed", "both coders are overruled"


def test_an_own_answer_that_a_coder_gave_is_that_coders() -> None:
    audit = decided.in_conflict()
    audit.open()
    ann, bob = left_and_right(audit)
    for value, source in (("yes", ann), ("no", bob), ("cannot_determine", Source.OWN)):
        ruled = audit.rule(Ruling("Q1", Source.OWN, (value,), OverruleReason.JUDGEMENT))
        assert not isinstance(ruled, Refusal)
        assert [one.source for one in ruled if isinstance(one, QuestionDecided)] == [source]


def test_what_cannot_be_agreed_counts_as_what_the_record_does_not_tell() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "", source=Source.UNRESOLVED, reason=OverruleReason.RECORD_UNCLEAR)
    assert rule_of(audit.rule(Ruling("Q3", Source.UNRESOLVED))) == "always-tells"
    audit.close()
    sheet = final_sheet(audit.review, Role.SAMPLE, CASE)
    assert sheet is not None
    assert sheet.counted["Q1"] == ("cannot_determine",)


def test_answers_that_cannot_be_given_are_refused() -> None:
    audit = decided.in_conflict()
    assert rule_of(audit.rule(Ruling("Q1", Source.OWN, ("no",)))) == "not-opened"
    audit.open()
    _, bob = left_and_right(audit)
    reason = OverruleReason.MISREAD
    assert rule_of(audit.rule(Ruling("Q9", Source.OWN, ("no",)))) == "not-asked"
    assert rule_of(audit.rule(Ruling("Q4", Source.OWN, ("a text",)))) == "not-asked"
    assert rule_of(audit.rule(Ruling("Q2", Source.OWN, ("no",)))) == "pending"
    assert rule_of(audit.rule(Ruling("Q1", Source.OWN, ("maybe",), reason))) == "not-an-answer"
    assert rule_of(audit.rule(Ruling("Q1", Source.AGREED, (), reason))) == "not-agreed"
    assert rule_of(audit.rule(Ruling("Q1", Source.CODER_3, (), reason))) == "no-answer-there"
    assert rule_of(audit.rule(Ruling("Q1", bob, (), reason, "x" * 1001))) == "comment-too-long"
    audit.decide("Q1", "no")
    assert rule_of(audit.rule(Ruling("Q2", Source.OWN, ("no",)))) == "not-asked"


def test_a_decision_can_be_replaced_and_taken_back() -> None:
    audit = decided.in_conflict()
    audit.open()
    assert audit.rule(Ruling("Q1", Source.OWN)) == (), "there is nothing to take back"
    audit.decide("Q1", "no")
    again = Ruling("Q1", Source.OWN, ("no",), OverruleReason.MISREAD)
    assert audit.rule(again) == ()
    audit.decide("Q1", "yes")
    assert bench_of(audit).open_questions == ("Q2",)
    audit.decide("Q1", "")
    assert bench_of(audit).open_questions == ("Q1",)


def test_a_gap_in_the_codebook_becomes_one_proposal_that_the_supervisor_closes() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "no", reason=OverruleReason.CODEBOOK_GAP)
    audit.decide("Q1", "yes", reason=OverruleReason.CODEBOOK_GAP)
    raised = [one.event for one in audit.entries if isinstance(one.event, FlagRaised)]
    assert [(one.kind.value, one.text) for one in raised] == [
        ("codebook", "Q1: the codebook does not settle this")
    ]
    audit.decide("Q2", "no", reason=None)
    audit.close()
    assert audit.state() is CaseState.FINAL, "a proposal holds no case up"
    audit.write("boss", FlagAnswered(flag_id="f1", text="told apart in 1.1.0"), CASE)
    assert [flag.answer for flag in audit.review.flags] == ["told apart in 1.1.0"]


def test_a_changed_coding_makes_the_decision_stale_until_it_is_made_anew() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "no")
    ann, _ = left_and_right(audit)
    back = return_to_coder(
        audit.review, "cat", CASE, coder=1 if ann is Source.CODER_1 else 2, question="page 2?"
    )
    audit.allow("cat", back)
    assert audit.state() is CaseState.REOPENED
    coding = audit.review.coding_of(CASE, "ann")
    assert (coding.state, coding.returned_question) == (CodingState.DRAFT, "page 2?")
    assert rule_of(audit.rule(Ruling("Q1", Source.OWN, ("yes",)))) == "stale"
    audit.hand_in("ann", YES | {"Q2": ("yes",)})
    assert audit.state() is CaseState.CONFLICT, "what was decided over the old coding fell"
    audit.open("dan")
    audit.decide("Q1", "no", name="dan")
    audit.close("dan")
    assert audit.state() is CaseState.FINAL


def test_handing_the_same_in_again_brings_a_decision_back() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "no")
    audit.allow("cat", return_to_coder(audit.review, "cat", CASE, coder=1, question="sure?"))
    name = next(one.reviewer for one in audit.review.codings_of(CASE) if one.returned_question)
    audit.write(name, CodingSubmitted(), CASE)
    assert audit.state() is CaseState.ADJUDICATING
    audit.close()
    assert audit.state() is CaseState.FINAL


def test_only_a_coding_that_there_is_can_be_sent_back() -> None:
    audit = decided.in_conflict()
    audit.open()
    back = return_to_coder(audit.review, "cat", CASE, coder=3, question="sure?")
    assert rule_of(back) == "no-such-coding"
    back = return_to_coder(audit.review, "cat", CASE, coder=1, question=" ")
    assert rule_of(back) == "words"


def test_the_events_name_the_inputs_from_left_to_right_with_what_was_handed_in() -> None:
    audit = decided.in_conflict()
    events = open_adjudication(audit.review, "cat", CASE, seed=SEED, may_overrule=False)
    assert not isinstance(events, Refusal)
    opened = events[0]
    assert isinstance(opened, AdjudicationOpened)
    heads = {one.reviewer: one.head for one in audit.review.codings_of(CASE)}
    assert {one.reviewer: one.head for one in opened.inputs} == heads
    assert [one.revision for one in opened.inputs] == [1, 1]
