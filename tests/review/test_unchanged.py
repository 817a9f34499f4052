"""A case that a quality check found wrong is closed as it was with a reason alone."""

from __future__ import annotations

import pytest

from review.adjudication import close_adjudication
from review.case import CaseState
from review.decision_events import AdjudicationClosed, DecidedQuote, Source
from review.quality_check import choose_checks, fail_check, pass_check
from review.ruling import Ruling
from sampling.draw import Role
from sampling.refusal import Refusal
from tests.review.decided import CASE, NO, SEED, YES, Audit, in_conflict


@pytest.fixture
def failed() -> Audit:
    """Two coders agree, and a check found it wrong."""
    audit = Audit()
    audit.hand_in("ann", NO)
    audit.hand_in("bob", NO)
    audit.allow("boss", choose_checks(audit.review, (CASE,), number=1, seed=SEED), None)
    fail(audit)
    return audit


def fail(audit: Audit, reason: str = "it says yes") -> None:
    checked = fail_check(audit.review, "dan", role=Role.SAMPLE, case_id=CASE, reason=reason)
    audit.allow("dan", checked)
    assert audit.state() is CaseState.REOPENED


def refused(audit: Audit, name: str = "cat") -> bool:
    decided = close_adjudication(audit.review, name, CASE)
    return isinstance(decided, Refusal) and decided.rule == "found-wrong"


def closed_with(audit: Audit, reason: str, name: str = "cat") -> str:
    """Close the case with a reason, and return the reason that is kept."""
    decided = close_adjudication(audit.review, name, CASE, reason=reason)
    audit.allow(name, decided)
    assert not isinstance(decided, Refusal)
    (event,) = [one for one in decided if isinstance(one, AdjudicationClosed)]
    return event.reason


def test_it_is_not_closed_unchanged_without_a_reason(failed: Audit) -> None:
    failed.open()
    assert refused(failed)
    assert closed_with(failed, "  the record does not say  ") == "the record does not say"
    assert failed.state() is CaseState.QA_PENDING


def test_a_reason_of_blanks_is_none(failed: Audit) -> None:
    failed.open()
    decided = close_adjudication(failed.review, "cat", CASE, reason="  ")
    assert isinstance(decided, Refusal)


def test_a_changed_answer_needs_no_reason_and_keeps_none(failed: Audit) -> None:
    failed.open()
    failed.decide("Q1", "yes")
    failed.decide("Q2", "no", reason=None)
    assert closed_with(failed, "by the way") == ""


def test_the_same_answer_decided_anew_is_no_change(failed: Audit) -> None:
    failed.open()
    failed.decide("Q1", "no", reason=None)
    assert refused(failed)


def test_a_quote_of_the_adjudicator_is_a_change(failed: Audit) -> None:
    failed.open()
    quote = DecidedQuote(field="narrative", start=0, end=4, record_sha256="0" * 64)
    failed.allow("cat", failed.rule(Ruling("Q1", Source.OWN, ("no",), quote=quote)))
    assert closed_with(failed, "") == ""


@pytest.mark.parametrize("second", ["cat", "eve"])
def test_a_second_round_is_measured_against_the_first(failed: Audit, second: str) -> None:
    failed.open()
    failed.decide("Q1", "yes")
    failed.decide("Q2", "no", reason=None)
    failed.close()
    fail(failed)
    failed.open(second)
    failed.decide("Q1", "yes", name=second)
    failed.decide("Q2", "no", reason=None, name=second)
    assert refused(failed, second)
    failed.decide("Q2", "yes", reason=None, name=second)
    assert closed_with(failed, "", second) == ""


def test_going_back_to_what_was_before_the_first_round_is_a_change(failed: Audit) -> None:
    failed.open()
    failed.decide("Q1", "yes")
    failed.decide("Q2", "no", reason=None)
    failed.close()
    fail(failed)
    failed.open()
    assert closed_with(failed, "") == ""


def test_after_a_coding_changed_nothing_is_as_it_was(failed: Audit) -> None:
    failed.hand_in("ann", YES)
    failed.open()
    failed.decide("Q1", "no")
    assert closed_with(failed, "") == ""


def test_a_check_that_passed_later_asks_for_nothing(failed: Audit) -> None:
    failed.open()
    closed_with(failed, "the record does not say")
    failed.allow("dan", pass_check(failed.review, "dan", role=Role.SAMPLE, case_id=CASE))
    failed.open("boss", reason="asked again")
    assert not refused(failed, "boss")


def test_a_case_that_no_check_failed_needs_no_reason() -> None:
    audit = in_conflict()
    audit.open()
    audit.decide("Q1", "no")
    assert closed_with(audit, "") == ""


def test_a_closing_without_a_reason_has_the_bytes_it_always_had() -> None:
    assert AdjudicationClosed().model_dump() == {"v": 1}
    assert AdjudicationClosed.model_validate_json('{"v": 1}') == AdjudicationClosed()
