"""Whatever coders and a supervisor do, nothing shown is lost and the accounts add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dipsample.audit import Audit
from dipsample.errors import RefusedError
from dipsample.project import Earlier
from dipsample.reporting import findings
from dipsample.state import ProjectState
from review.applicability import Applicability
from review.codebook import QuestionType
from review.events import DeferralReason, FlagKind
from tests.audit.one_run import BOSS, CODEBOOK, REVIEWERS, Open, Openers, Step, project

if TYPE_CHECKING:
    from dipsample.ledger import Event
    from dipsample.views import CaseFile

CHOICES = {
    question.id: list(question.values)
    for question in CODEBOOK.questions
    if question.type is not QuestionType.TEXT
}
COMPLETE = {"E1": "yes", "E2": "no", "Z5": "yes"}
slow = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])

answers = st.sampled_from(sorted(CHOICES)).flatmap(
    lambda question: st.tuples(
        st.just("answer"),
        st.just(question),
        st.sampled_from([*((choice,) for choice in CHOICES[question]), ()]),
    )
)
other_steps = st.one_of(
    st.sampled_from([("undo",), ("redo",), ("submit",), ("recall",), ("resume",), ("refer_risk",)]),
    st.tuples(st.just("set_note"), st.sampled_from(["seen", "seen twice", "ring 07700 900123"])),
    st.tuples(st.just("defer"), st.sampled_from(DeferralReason)),
    st.tuples(st.just("raise_flag"), st.sampled_from(FlagKind), st.just("which of the two?")),
    st.tuples(st.just("code_at_once"), st.just({key: (one,) for key, one in COMPLETE.items()})),
    st.tuples(st.just("return_case"), st.just("why?")),
    st.tuples(st.just("acknowledge_risk"), st.just("passed on")),
)
histories = st.lists(
    st.tuples(st.sampled_from(REVIEWERS), st.integers(0, 1), st.one_of(answers, other_steps)),
    min_size=1,
    max_size=14,
)


def take(step: Step, audits: dict[str, Audit], name: str, case_id: str) -> CaseFile | None:
    """Take one step; None where a rule refuses it, or it was the supervisor's."""
    method, *arguments = step
    try:
        if method in ("return_case", "acknowledge_risk"):
            getattr(audits[BOSS], method)(BOSS, case_id, *arguments)
            return None
        shown: CaseFile = getattr(audits[name], method)(name, case_id, *arguments)
    except RefusedError:
        return None
    return shown


def fresh(open_as: Open) -> Audit:
    return open_as("looker")


@slow
@given(history=histories)
def test_what_was_shown_is_in_the_store_and_cases_add_up(
    openers: Openers, history: list[tuple[str, int, Step]]
) -> None:
    with project(openers) as open_as:
        audits = {name: open_as(name) for name in (BOSS, *REVIEWERS)}
        queues = {name: [item.case_id for item in audits[name].queue(name)] for name in REVIEWERS}
        for name, which, step in history:
            case_id = queues[name][which]
            before = audits[name].case_file(name, case_id)
            shown = take(step, audits, name, case_id)
            again = fresh(open_as)
            counts = again.overview().counts
            assert sum(counts.values()) == again.overview().drawn == 9
            if shown is None:
                continue
            assert again.case_file(name, case_id) == shown
            if step[0] == "answer":
                kept = {
                    key: value for key, value in before.coding.answers.items() if key != step[1]
                }
                assert kept.items() <= shown.coding.answers.items()
                assert shown.coding.answers.get(step[1], ()) == step[2]
            for state in shown.sheet.questions:
                if state.is_counted:
                    assert state.applicability is Applicability.APPLICABLE
        for name in REVIEWERS:
            for case_id in queues[name]:
                audits[name].refresh()
                mine = audits[name].case_file(name, case_id)
                assert fresh(open_as).case_file(name, case_id) == mine
        assert len({audit.digest() for audit in audits.values()}) == 1


@slow
@given(history=histories, data=st.data())
def test_any_interleaving_of_the_streams_folds_to_the_same_findings(
    openers: Openers, history: list[tuple[str, int, Step]], data: st.DataObject
) -> None:
    with project(openers) as open_as:
        audits = {name: open_as(name) for name in (BOSS, *REVIEWERS)}
        queues = {name: [item.case_id for item in audits[name].queue(name)] for name in REVIEWERS}
        for name in REVIEWERS:
            given = {question: (value,) for question, value in COMPLETE.items()}
            audits[name].code_at_once(name, queues[name][-1], given)
        for name, which, step in history:
            take(step, audits, name, queues[name][which])
        store = audits[BOSS]._project.store
        events = list(store.events())
        mixed = interleaved(events, data)
        assert sorted(event.hash for event in mixed) == sorted(event.hash for event in events)
        told = [fold(store, one) for one in (events, mixed)]
        for by in ((), ("sex", "stratum")):
            first, second = (findings(one, indicators=None, by=by, confidence=None) for one in told)
            assert first == second
        assert told[0].state.review.reviewers == told[1].state.review.reviewers


def fold(store: Any, events: list[Event]) -> Earlier:
    state = ProjectState()
    state.apply_all(events)
    return Earlier(store, state)


def interleaved(events: list[Event], data: st.DataObject) -> list[Event]:
    """Merge the streams in any order that keeps each stream's own."""
    streams: dict[str, list[Event]] = {}
    for event in events:
        streams.setdefault(event.stream, []).append(event)
    mixed = []
    while streams:
        name = data.draw(st.sampled_from(sorted(streams)))
        mixed.append(streams[name].pop(0))
        if not streams[name]:
            del streams[name]
    return mixed


def test_an_answer_hidden_by_another_is_kept_and_never_counted(openers: Openers) -> None:
    with project(openers) as open_as:
        audit = open_as("amber")
        case_id = audit.queue("amber")[0].case_id
        for question, value in (("E1", "yes"), ("E2", "yes"), ("A1", "yes"), ("A2", "1")):
            audit.answer("amber", case_id, question, (value,))
        hidden = audit.answer("amber", case_id, "A1", ("no",))
        assert hidden.coding.answers["A2"] == ("1",)
        assert not hidden.sheet.state_of("A2").is_counted
        shown = audit.answer("amber", case_id, "A1", ("yes",))
        assert shown.sheet.state_of("A2").is_counted
        assert shown.sheet.state_of("A2").value == ("1",)
