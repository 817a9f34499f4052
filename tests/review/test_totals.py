"""The supervisor's totals: they add up with the states of the cases after any history."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from review.case import CaseState, Review, count_states, unresolved_count
from review.decision_events import OverruleReason, Source
from review.events import FlagAnswered, FlagKind, FlagRaised, RiskAcknowledged, RiskReferred
from review.handed_in import handed_in
from review.quality_check import choose_checks, fail_check
from review.ruling import Ruling
from review.totals import Became, totals
from sampling.draw import DrawnRecord, Role
from tests.review import decided
from tests.review.test_decided_histories import CASES, SEED, SHEETS, STEPS, Step, take

SETTLED = (CaseState.FINAL, CaseState.QA_PENDING, CaseState.AGREED, CaseState.DECIDED)


def reconcile(review: Review, records: Sequence[DrawnRecord]) -> None:
    """Assert that both ways of counting count the same cases."""
    counts, found = count_states(review, records), totals(review, records)
    assert found.undisputed + found.decided == sum(counts[state] for state in SETTLED)
    assert found.twice[Became.CONFLICT] == counts[CaseState.CONFLICT]
    assert found.twice[Became.ADJUDICATING] <= counts[CaseState.ADJUDICATING]
    assert found.twice[Became.DECIDED] <= found.decided
    assert found.twice[Became.AGREED] <= found.undisputed
    in_audit = len(records) - counts[CaseState.EXCLUDED]
    several = [one for one in records if len(handed_in(review, one.case_id)) > 1]
    assert found.coded_twice <= in_audit
    assert found.coded_twice + counts[CaseState.EXCLUDED] >= len(several)
    assert found.unresolved >= unresolved_count(review, records)
    assert found.unresolved >= found.cases_unresolved <= found.decided
    assert len(found.found_wrong) <= counts[CaseState.REOPENED]
    open_flags = [flag for flag in review.flags if flag.answer is None]
    assert found.open_flags + found.open_queries == len(open_flags)


@settings(max_examples=100)
@given(steps=st.lists(STEPS, max_size=25))
def test_totals_add_up_with_the_states_at_every_instant(steps: list[Step]) -> None:
    audit = decided.Audit(*CASES)
    for step in steps:
        take(audit, step)
        reconcile(audit.review, audit.records)


def test_a_case_left_open_in_part_is_counted_as_decided_with_its_answer() -> None:
    audit = decided.Audit(*CASES)
    audit.hand_in("ann", SHEETS[2], CASES[0])
    audit.hand_in("bob", SHEETS[3], CASES[0])
    assert totals(audit.review, audit.records).twice[Became.CONFLICT] == 1
    audit.open(case_id=CASES[0])
    assert totals(audit.review, audit.records).twice[Became.ADJUDICATING] == 1
    audit.allow("cat", audit.rule(Ruling("Q3", Source.CODER_1, (), OverruleReason.SLIP)), CASES[0])
    audit.close(case_id=CASES[0])
    found = totals(audit.review, audit.records)
    assert (found.decided, found.undisputed, found.coded_twice) == (1, 0, 1)
    reconcile(audit.review, audit.records)


def test_what_waits_is_counted_until_it_is_answered() -> None:
    audit = decided.Audit(*CASES)
    audit.hand_in("ann", SHEETS[2], CASES[0])
    audit.hand_in("bob", SHEETS[2], CASES[0])
    audit.write("ann", FlagRaised(flag_id="f", kind=FlagKind.QUESTION, text="?"), CASES[1])
    audit.write("ann", FlagRaised(flag_id="g", kind=FlagKind.CODEBOOK, text="?"), CASES[0])
    audit.write("ann", RiskReferred(), CASES[0])
    found = totals(audit.review, audit.records)
    assert (found.open_flags, found.open_queries, found.open_referrals) == (1, 1, 1)
    assert audit.state(CASES[0]) is CaseState.FINAL
    assert found.closed_but_referred == 1
    audit.write("boss", FlagAnswered(flag_id="f", text="go on"), CASES[1])
    audit.write("boss", RiskAcknowledged(action="told"), CASES[0])
    found = totals(audit.review, audit.records)
    assert (found.open_flags, found.open_referrals, found.closed_but_referred) == (0, 0, 0)


def test_a_case_that_a_check_found_wrong_is_named_until_it_is_decided_anew() -> None:
    audit = decided.Audit(*CASES)
    case = CASES[0]
    audit.hand_in("ann", SHEETS[2], case)
    audit.hand_in("bob", SHEETS[2], case)
    audit.allow("boss", choose_checks(audit.review, CASES, number=2, seed=SEED), None)
    failed = fail_check(audit.review, "boss", role=Role.SAMPLE, case_id=case, reason="page 3")
    audit.allow("boss", failed, case)
    assert totals(audit.review, audit.records).found_wrong == (case,)
    audit.open(case_id=case)
    audit.decide("Q3", "yes", case_id=case)
    audit.close(case_id=case)
    assert totals(audit.review, audit.records).found_wrong == ()
