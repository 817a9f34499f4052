"""How disagreements were settled, counted by question, source and reason."""

from __future__ import annotations

from review.decision_events import OverruleReason, Source
from review.settled import Settled, settled
from tests.review import decided

LEFT_OR_RIGHT = (Source.CODER_1, Source.CODER_2)


def test_nothing_is_settled_before_the_case_is_final() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "yes")
    assert settled(audit.review, audit.records) == ()


def test_each_question_that_differed_counts_once_by_source_and_reason() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "yes", reason=OverruleReason.SLIP)
    audit.decide("Q2", "yes", reason=OverruleReason.JUDGEMENT)
    audit.close()
    first, second = settled(audit.review, audit.records)
    assert (first.question, first.reason, first.cases) == ("Q1", OverruleReason.SLIP, 1)
    assert first.source in LEFT_OR_RIGHT
    assert second == Settled("Q2", Source.OWN, OverruleReason.JUDGEMENT, 1)


def test_a_question_that_the_final_answers_do_not_ask_needed_no_settling() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "no")
    audit.close()
    assert [one.question for one in settled(audit.review, audit.records)] == ["Q1"]


def test_what_all_coders_agree_on_is_no_disagreement() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "", source=Source.UNRESOLVED)
    audit.close()
    found = settled(audit.review, audit.records)
    assert [(one.question, one.source) for one in found] == [("Q1", Source.UNRESOLVED)]
