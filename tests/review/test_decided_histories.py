"""Laws that hold after every step of any history of coding, deciding and signing."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from review.adjudication import close_adjudication, return_to_coder
from review.bench import read_bench
from review.case import CaseState, Review, case_state, count_states, final_sheet
from review.decision_events import AdjudicationOpened, OverruleReason, Source
from review.events import (
    CodingRecalled,
    Entry,
    FlagAnswered,
    FlagKind,
    FlagRaised,
)
from review.freshness import is_fresh
from review.handed_in import handed_in
from review.quality_check import choose_checks, fail_check, pass_check
from review.ruling import Ruling
from review.sign_off import blockages, revoke, sign_off, signature_in_force
from sampling.draw import Role
from sampling.refusal import Refusal
from tests.review import decided
from tests.review.decided import Audit

SEED = "60921108449012345678"
CASES = ("C-0001", "C-0002")
SHEETS = (
    {"Q1": ("yes",), "Q2": ("no",), "Q3": ("no",)},
    {"Q1": ("yes",), "Q2": ("yes",), "Q3": ("no",)},
    {"Q1": ("no",), "Q3": ("no",)},
    {"Q1": ("no",), "Q3": ("yes",)},
)
Step = tuple[str, str, str, int]
STEPS = st.tuples(
    st.sampled_from(
        ["hand_in"] * 4
        + ["open", "early", "rule", "rule", "close", "close"]
        + ["recall", "return", "flag", "answer", "look", "pass", "fail", "sign"]
        + ["revoke"]
    ),
    st.sampled_from(["ann", "bob", "cat", "dan"]),
    st.sampled_from(CASES),
    st.integers(0, 3),
)


Done = tuple[str, str | None, object]
"""Who wrote, about which case, and what a rule decided."""


def take(audit: Audit, step: Step) -> None:
    """Do one step as far as the rules allow."""
    for steps in (of_a_coder, of_an_adjudicator, of_the_supervisor, over_the_sample):
        name, case, decided = steps(audit, step)
        assert isinstance(decided, tuple | Refusal)
        for event in decided if isinstance(decided, tuple) else ():
            audit.write(name, event, case)


def of_a_coder(audit: Audit, step: Step) -> Done:
    what, _, case, number = step
    coder = ("ann", "bob")[number % 2]
    state = audit.review.coding_of(case, coder).state
    if what == "hand_in" and not state.is_handed_in:
        audit.hand_in(coder, SHEETS[mixed(step)], case)
    if what == "recall" and state.value == "submitted":
        return coder, case, (CodingRecalled(),)
    if what == "flag":
        return coder, case, (FlagRaised(flag_id=f"f-{case}", kind=FlagKind.RECORD, text="?"),)
    return coder, case, ()


def of_an_adjudicator(audit: Audit, step: Step) -> Done:
    what, name, case, number = step
    judge, review = ("cat", "dan")[number % 2], audit.review
    match what:
        case "open":
            return name, case, audit.try_open(name, case)
        case "rule":
            source = (Source.CODER_1, Source.CODER_2, Source.OWN, Source.UNRESOLVED)[number]
            question = ("Q1", "Q2", "Q3")[mixed(step) % 3]
            ruling = Ruling(question, source, ("no",), OverruleReason.CODEBOOK_GAP)
            return judge, case, audit.rule(ruling, judge, case)
        case "close":
            return judge, case, close_adjudication(review, judge, case)
        case "return":
            back = return_to_coder(review, judge, case, coder=1 + number % 2, question="sure?")
            return judge, case, back
    return judge, case, ()


def of_the_supervisor(audit: Audit, step: Step) -> Done:
    what, _, case, _ = step
    review, role = audit.review, Role.SAMPLE
    match what:
        case "early":
            return "boss", case, audit.try_open("boss", case, "hurry")
        case "answer":
            return "boss", case, (FlagAnswered(flag_id=f"f-{case}", text="go on"),)
        case "pass":
            return "boss", case, pass_check(review, "boss", role=role, case_id=case)
        case "fail":
            failed = fail_check(review, "boss", role=role, case_id=case, reason="wrong")
            return "boss", case, failed
    return "boss", case, ()


def over_the_sample(audit: Audit, step: Step) -> Done:
    what, _, _, number = step
    review = audit.review
    match what:
        case "look":
            looks = choose_checks(review, CASES, number=1 + number % 2, seed=SEED)
            return "boss", None, looks
        case "sign":
            sign_id = f"s{len(audit.entries)}"
            signed = sign_off(review, audit.records, sign_off_id=sign_id, statement="mine")
            return "boss", None, signed
        case "revoke":
            return "boss", None, revoke(review, audit.records, reason="an error was found")
    return "boss", None, ()


def mixed(step: Step) -> int:
    """Return a number of 0 to 3 that mixes the parts of a step."""
    _, name, case, number = step
    return (number + ord(name[0]) + int(case[-1])) % 4


def check(audit: Audit) -> None:
    """Assert what holds at every instant."""
    review, records = audit.review, audit.records
    counts = count_states(review, records)
    assert sum(counts.values()) == len(records)
    for record in records:
        case = record.case_id
        state = case_state(review, Role.SAMPLE, case)
        current = review.decisions.adjudication_of(case)
        sheet = final_sheet(review, Role.SAMPLE, case)
        assert (sheet is not None) == (state is CaseState.FINAL)
        if sheet is not None:
            assert sheet.is_complete
        if current is not None and current.is_closed and not is_fresh(review, current):
            out = (CaseState.STALE, CaseState.FLAGGED)
            assert state in out, "a changed input is never final"
        if current is not None:
            people = {coding.reviewer for coding in handed_in(review, case)}
            assert current.adjudicator not in people
            if is_fresh(review, current):
                read_bench(review, current)
    blocked = {one.case_id for one in blockages(review, records)}
    open_cases = {
        record.case_id
        for record in records
        if not case_state(review, Role.SAMPLE, record.case_id).is_settled
    }
    assert blocked == open_cases
    if signature_in_force(review, records) is not None:
        assert not blocked, "nothing open is covered by a signature"


@settings(max_examples=120)
@given(steps=st.lists(STEPS, max_size=25))
def test_counts_reconcile_and_decisions_rest_on_what_was_handed_in(steps: list[Step]) -> None:
    audit = decided.Audit(*CASES)
    for step in steps:
        take(audit, step)
        check(audit)


@settings(max_examples=60)
@given(steps=st.lists(STEPS, max_size=25), picks=st.lists(st.integers(0, 5), max_size=60))
def test_the_order_in_which_streams_arrive_changes_no_decision(
    steps: list[Step], picks: list[int]
) -> None:
    audit = decided.Audit(*CASES)
    for step in steps:
        take(audit, step)
    other = folded(audit.entries, picks)
    for case in CASES:
        assert other.decisions.adjudication_of(case) == audit.review.decisions.adjudication_of(case)
        assert case_state(other, Role.SAMPLE, case) is audit.state(case)
        one, two = (final_sheet(review, Role.SAMPLE, case) for review in (other, audit.review))
        assert (one and one.counted) == (two and two.counted)
    assert other.decisions.signatures == audit.review.decisions.signatures


def folded(entries: Sequence[Entry], picks: Sequence[int]) -> Review:
    """Fold the entries with their streams mixed, each keeping its own order."""
    streams: dict[str, list[Entry]] = {}
    for entry in entries:
        streams.setdefault(entry.stream, []).append(entry)
    queues, review = list(streams.values()), Review()
    for pick in [*picks, *([0] * len(entries))]:
        waiting = [queue for queue in queues if queue]
        if not waiting:
            break
        review.apply(waiting[pick % len(waiting)].pop(0))
    return review


@settings(max_examples=60)
@given(steps=st.lists(STEPS, max_size=25))
def test_no_decision_changes_what_a_coder_handed_in(steps: list[Step]) -> None:
    audit = decided.Audit(*CASES)
    for step in steps:
        before = {
            (case, one.reviewer): (one.head, one.answers)
            for case in CASES
            for one in audit.review.codings_of(case)
        }
        take(audit, step)
        if step[0] not in ("hand_in", "recall"):
            after = {
                (case, one.reviewer): (one.head, one.answers)
                for case in CASES
                for one in audit.review.codings_of(case)
            }
            assert after == before


def test_the_histories_reach_what_they_are_about() -> None:
    """A walk through the steps that signs a decided case off, so that the laws above bite."""
    audit = decided.Audit(CASES[0])
    one = CASES[0]
    audit.hand_in("ann", SHEETS[0], one)
    audit.hand_in("bob", SHEETS[2], one)
    take(audit, ("open", "cat", one, 0))
    ruling = Ruling("Q1", Source.OWN, ("no",), OverruleReason.SLIP)
    audit.allow("cat", audit.rule(ruling), one)
    take(audit, ("close", "cat", one, 0))
    take(audit, ("sign", "cat", one, 0))
    check(audit)
    assert any(isinstance(entry.event, AdjudicationOpened) for entry in audit.entries)
    assert signature_in_force(audit.review, audit.records) is not None
