from __future__ import annotations

import pytest

from review.case import CaseState, final_sheet
from review.decision_events import OverruleReason, Source
from review.events import CodebookPublished, RiskAcknowledged, RiskReferred
from review.overruled import overruled
from review.quality_check import choose_checks, fail_check, pass_check
from review.sign_off import blockages, in_words, revoke, sample_head, sign_off, signature_in_force
from sampling.draw import Role
from sampling.refusal import Refusal
from sampling.tickets import in_ticket_order
from tests.review import decided
from tests.review.decided import Audit

SEED = "60921108449012345678"
CASES = ("C-0001", "C-0002", "C-0003")
YES = {"Q1": ("yes",), "Q2": ("no",), "Q3": ("no",)}
NO = {"Q1": ("no",), "Q3": ("no",)}


@pytest.fixture
def audit() -> Audit:
    """Three cases on which two coders agree."""
    made: Audit = decided.Audit(*CASES)
    for case in CASES:
        made.hand_in("ann", NO, case)
        made.hand_in("bob", NO, case)
    return made


def sign(audit: Audit) -> None:
    number = str(len(audit.entries))
    signed = sign_off(audit.review, audit.records, sign_off_id=number, statement="I looked.")
    audit.allow("boss", signed, None)


def is_signed(audit: Audit) -> bool:
    return signature_in_force(audit.review, audit.records) is not None


def rule_of(decided: object) -> str:
    assert isinstance(decided, Refusal), decided
    return decided.rule


def test_a_settled_sample_is_signed_once_and_the_signature_covers_every_case(audit: Audit) -> None:
    assert blockages(audit.review, audit.records) == ()
    sign(audit)
    (signature,) = audit.review.decisions.signatures
    assert (signature.by, signature.cases, signature.statement) == ("boss", 3, "I looked.")
    assert signature.heads_sha256 == sample_head(audit.review, audit.records)
    again = sign_off(audit.review, audit.records, sign_off_id="x", statement="I looked.")
    assert again == (), "it is signed as it stands"


def test_what_blocks_the_signature_is_named_case_by_case(audit: Audit) -> None:
    audit.hand_in("bob", YES, CASES[1])
    audit.write("ann", RiskReferred(), CASES[2])
    refused = sign_off(audit.review, audit.records, sign_off_id="x", statement="mine")
    assert isinstance(refused, Refusal)
    assert refused.rule == "not-settled"
    assert "conflict: C-0002; safeguarding referral waiting: C-0003" in refused.reason
    audit.write("boss", RiskAcknowledged(action="told the unit"), CASES[2])
    found = blockages(audit.review, audit.records)
    assert [(one.case_id, one.state) for one in found] == [("C-0002", CaseState.CONFLICT)]


def test_many_blocking_cases_are_counted_behind_the_first() -> None:
    audit = decided.Audit(*(f"C-{number:04d}" for number in range(1, 31)))
    words = in_words(blockages(audit.review, audit.records))
    assert words.startswith("awaiting: C-0001, C-0002")
    assert words.endswith("C-0020 and 10 more")


def test_any_change_makes_a_signature_void(audit: Audit) -> None:
    sign(audit)
    audit.hand_in("bob", YES, CASES[0])
    assert not is_signed(audit), "an answer changed"
    audit.hand_in("bob", NO, CASES[0])
    assert is_signed(audit), "the same was handed in again"
    audit.cases = CASES[:2]
    assert not is_signed(audit), "another sample"
    audit.cases = CASES
    body = decoded = audit.review.codebook
    assert decoded is not None
    assert body is not None
    other = CodebookPublished(
        id="tiny", version="1.0.1", sha256="", body=body.body.replace('"1.0.0"', '"1.0.1"')
    )
    audit.write("boss", other)
    assert not is_signed(audit), "another codebook"


def test_a_signature_can_be_taken_back_with_a_reason_and_given_anew(audit: Audit) -> None:
    assert rule_of(revoke(audit.review, audit.records, reason="an error")) == "not-signed"
    sign(audit)
    assert rule_of(revoke(audit.review, audit.records, reason=" ")) == "words"
    audit.allow("boss", revoke(audit.review, audit.records, reason="an error"), None)
    assert not is_signed(audit)
    assert [one.revoked for one in audit.review.decisions.signatures] == ["an error"]
    sign(audit)
    assert is_signed(audit)


def test_a_statement_is_needed_and_something_to_sign(audit: Audit) -> None:
    nothing = sign_off(audit.review, audit.records, sign_off_id="x", statement=" ")
    assert rule_of(nothing) == "words"
    assert rule_of(sign_off(audit.review, [], sign_off_id="x", statement="y")) == "nothing-drawn"


def test_the_quality_check_takes_the_smallest_tickets_and_a_larger_one_keeps_them(
    audit: Audit,
) -> None:
    chosen = choose_checks(audit.review, CASES, number=1, seed=SEED)
    audit.allow("boss", chosen, None)
    order = in_ticket_order("second", SEED, CASES)
    assert audit.review.decisions.chosen_for_check == {order[0]}
    assert choose_checks(audit.review, CASES[::-1], number=1, seed=SEED) == ()
    audit.allow("boss", choose_checks(audit.review, CASES, number=2, seed=SEED), None)
    assert audit.review.decisions.chosen_for_check == set(order[:2])
    for number in (0, 4):
        refused = choose_checks(audit.review, CASES, number=number, seed=SEED)
        assert rule_of(refused) == "check-number"


def test_a_chosen_case_is_final_once_somebody_else_has_looked_at_it(audit: Audit) -> None:
    audit.allow("boss", choose_checks(audit.review, CASES, number=3, seed=SEED), None)
    case, role = CASES[0], Role.SAMPLE
    assert audit.state(case) is CaseState.QA_PENDING
    assert final_sheet(audit.review, role, case) is None
    own = pass_check(audit.review, "ann", role=role, case_id=case)
    assert rule_of(own) == "own-case"
    passed = pass_check(audit.review, "boss", role=role, case_id=case)
    audit.allow("boss", passed, case)
    assert audit.state(case) is CaseState.FINAL
    again = pass_check(audit.review, "boss", role=role, case_id=case)
    assert rule_of(again) == "no-check"
    audit.hand_in("ann", NO | {"Q3": ("yes",)}, case)
    audit.hand_in("bob", NO | {"Q3": ("yes",)}, case)
    assert audit.state(case) is CaseState.QA_PENDING, "other answers are looked at again"


def test_a_case_that_was_found_wrong_is_decided_anew_and_looked_at_again(audit: Audit) -> None:
    case = CASES[0]
    audit.allow("boss", choose_checks(audit.review, CASES, number=3, seed=SEED), None)

    def fail(reason: str) -> object:
        return fail_check(audit.review, "boss", role=Role.SAMPLE, case_id=case, reason=reason)

    assert rule_of(fail(" ")) == "words"
    failed = fail("page 3 says otherwise")
    assert isinstance(failed, tuple)
    audit.allow("boss", failed, case)
    assert audit.state(case) is CaseState.REOPENED
    audit.open(case_id=case)
    audit.decide("Q3", "yes", case_id=case)
    audit.close(case_id=case)
    assert audit.state(case) is CaseState.QA_PENDING
    passed = pass_check(audit.review, "boss", role=Role.SAMPLE, case_id=case)
    audit.allow("boss", passed, case)
    assert audit.state(case) is CaseState.FINAL
    assert rule_of(pass_check(audit.review, "cat", role=Role.SAMPLE, case_id=case))


def test_a_coder_learns_where_they_were_overruled_once_the_case_is_closed() -> None:
    audit = decided.in_conflict()
    audit.open()
    audit.decide("Q1", "no", reason=OverruleReason.CODEBOOK_GAP)
    assert overruled(audit.review, audit.records, "ann") == (), "not before it is closed"
    audit.close()
    (first, second) = overruled(audit.review, audit.records, "ann")
    assert (first.question.id, first.own, first.final) == ("Q1", ("yes",), ("no",))
    assert first.reason is OverruleReason.CODEBOOK_GAP
    assert (second.question.id, second.final, second.reason) == ("Q2", (), None)
    assert overruled(audit.review, audit.records, "bob") == ()
    assert overruled(audit.review, audit.records, "cat") == ()


def test_both_coders_are_overruled_by_what_cannot_be_agreed() -> None:
    audit = decided.in_conflict()
    audit.open()
    reason = OverruleReason.RECORD_UNCLEAR
    audit.decide("Q1", "", source=Source.UNRESOLVED, reason=reason)
    audit.close()
    for name in ("ann", "bob"):
        first = overruled(audit.review, audit.records, name)[0]
        assert (first.is_unresolved, first.final) == (True, ("cannot_determine",))


def test_a_case_in_conflict_is_not_chosen_for_a_check(audit: Audit) -> None:
    order = in_ticket_order("second", SEED, CASES)
    audit.hand_in("ann", NO | {"Q3": ("yes",)}, order[0])
    assert audit.state(order[0]) is CaseState.CONFLICT
    audit.allow("boss", choose_checks(audit.review, CASES, number=1, seed=SEED), None)
    assert audit.review.decisions.chosen_for_check == {order[1]}
    audit.open(case_id=order[0])
    assert audit.state(order[0]) is CaseState.ADJUDICATING
    refused = choose_checks(audit.review, CASES, number=3, seed=SEED)
    assert rule_of(refused) == "check-disputed"
    audit.allow("boss", choose_checks(audit.review, CASES, number=2, seed=SEED), None)
    assert audit.review.decisions.chosen_for_check == {order[1], order[2]}
    assert choose_checks(audit.review, CASES, number=1, seed=SEED) == ()
