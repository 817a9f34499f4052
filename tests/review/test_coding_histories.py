"""Whatever several coders and a supervisor do by the rules, the laws of coding hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from review import coding as rules
from review.adjudication import locking
from review.applicability import Applicability, read_sheet
from review.codebook import QuestionType, builtin_codebook
from review.coding import Coding, CodingState
from review.coding_state import Submission
from review.dealing import Sample, assign_cases
from review.doubling import Doubling
from review.events import (
    AnswerSet,
    CodebookPublished,
    CodingRecalled,
    DeferralReason,
    Entry,
    Purpose,
    ReviewerAdded,
    ReviewEvent,
)
from review.fold import Review
from review.passing_on import leave, look_again, reassign
from review.supervision import reopen_coding, return_coding, why_not_code
from sampling.draw import Role
from sampling.refusal import Refusal

CODEBOOK = builtin_codebook("da-short")
PEOPLE = ("ann", "bob", "cy")
CASES = ("C-0001", "C-0002", "C-0003")
SAMPLE = Sample({"north": CASES[:2], "south": CASES[2:]}, "60921108447753190264")
WORDS = {"north": "she hit him", "south": "he hit her"}
QUOTES = {"A3": (0, 3), "C1": (4, 7)}
COMPLETE = {
    "short": (("E1", "yes"), ("E2", "no"), ("Z5", "no")),
    "undecided": (
        ("E1", "yes"), ("E2", "yes"), ("A1", "no"), ("A10", "no_linked_incident"),
        ("A11", "neither"), ("C1", "cannot_determine"), ("Z3", "high"), ("Z4", "brief"),
        ("Z5", "no"),
    ),
}  # fmt: skip
CHOICES = [
    (question.id, value)
    for question in CODEBOOK.questions
    if question.type is not QuestionType.TEXT
    for value in (*question.values, "")
]

Step = tuple[str, ...]
coders_steps = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(CASES),
    st.one_of(
        st.sampled_from(CHOICES).map(lambda one: ("answer", *one)),
        st.sampled_from(
            [
                ("hand_in", "short"),
                ("hand_in", "undecided"),
                ("hand_in", "undecided"),
                ("submit",),
                ("recall",),
                ("undo",),
                ("redo",),
                ("defer",),
                ("quote",),
            ]
        ),
    ),
)
boss_steps = st.tuples(
    st.just("boss"),
    st.sampled_from(CASES),
    st.one_of(
        st.tuples(
            st.sampled_from(["lock", "reopen", "return", "reassign"]), st.sampled_from(PEOPLE)
        ),
        st.sampled_from([("recheck",), ("leave", "cy"), ("assign", "0"), ("assign", "all")]),
    ),
)
handing_in = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(CASES),
    st.sampled_from([("hand_in", "short"), ("hand_in", "undecided")]),
)
histories = st.tuples(
    st.lists(handing_in, min_size=3, max_size=9),
    st.lists(st.one_of(coders_steps, boss_steps, boss_steps), min_size=8, max_size=25),
).map(lambda parts: [*parts[0], *parts[1]])


@dataclass
class Audit:
    """A review, and everything that was written into it."""

    review: Review = field(default_factory=Review)
    log: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.write("boss", [(None, CodebookPublished(
            id=CODEBOOK.id, version=CODEBOOK.version, sha256=CODEBOOK.sha256, body=CODEBOOK.body
        ))])  # fmt: skip
        for place, name in enumerate(PEOPLE, start=1):
            self.write("boss", [(None, ReviewerAdded(name=name, code=f"R{place}"))])
        self.deal("1")

    def write(self, writer: str, events: Iterable[tuple[str | None, ReviewEvent]]) -> None:
        for case_id, event in events:
            seq = len(self.log) + 1
            time = f"2026-11-21T{seq // 3600:02d}:{seq // 60 % 60:02d}:{seq % 60:02d}Z"
            entry = Entry(event, case_id, writer, writer, seq, time)
            self.log.append(entry)
            self.review.apply(entry)

    def deal(self, double: str) -> None:
        people = [name for name in PEOPLE if name not in self.review.left]
        decided = assign_cases(self.review, SAMPLE, people, Doubling(double))
        if not isinstance(decided, Refusal):
            self.write("boss", ((None, event) for event in decided))

    def code(self, name: str, case_id: str, step: Step) -> None:
        if why_not_code(self.review, name, role=Role.SAMPLE, case_id=case_id) is not None:
            return None
        if step[0] == "hand_in":
            for question, value in COMPLETE[step[1]]:
                self.code(name, case_id, ("answer", question, value))
            return self.code(name, case_id, ("submit",))
        decided = decide(self.review.coding_of(case_id, name), step)
        if not isinstance(decided, Refusal):
            self.write(name, ((case_id, event) for event in decided))
        return None

    def supervise(self, case_id: str, step: Step) -> None:
        review = self.review
        match step:
            case ("assign", double):
                return self.deal(double)
            case ("recheck",):
                decided: object = look_again(review, SAMPLE)
            case ("leave", name):
                decided = leave(review, SAMPLE, name)
            case ("reassign", name):
                decided = reassign(review, SAMPLE, case_id, giver=name, taker=None)
            case (what, name):
                decided = of_coding(what, review, case_id, name)
        if isinstance(decided, tuple):
            self.write("boss", (
                one if isinstance(one, tuple) else (case_id if what_about(one) else None, one)
                for one in decided
            ))  # fmt: skip
        return None

    def codings(self) -> dict[tuple[str, str], Coding]:
        return {
            (case, name): self.review.coding_of(case, name) for case in CASES for name in PEOPLE
        }


def what_about(event: ReviewEvent) -> bool:
    """Say whether an event is about one case."""
    return hasattr(event, "reviewer")


def of_coding(what: str, review: Review, case_id: str, name: str) -> object:
    if what == "lock":
        return locking(review, case_id)
    if what == "reopen":
        return reopen_coding(review, case_id, name, reason="look again")
    return return_coding(review, case_id, name, question="why?")


def decide(coding: Coding, step: Step) -> rules.Decision:
    match step:
        case ("answer", question, value):
            return rules.set_answer(coding, CODEBOOK, question, (value,) if value else ())
        case ("quote",):
            return rules.pin_quote(
                coding, CODEBOOK, record=WORDS, question="E1", field="north", start=0, end=3,
                record_sha256="0" * 64,
            )  # fmt: skip
        case ("recall",):
            return rules.recall(coding)
        case ("defer",):
            return rules.defer(coding, CODEBOOK, DeferralReason.OTHER)
        case _:
            named: dict[str, Callable[..., rules.Decision]] = {
                "submit": rules.submit,
                "undo": rules.undo,
                "redo": rules.redo,
            }
            return named[step[0]](coding, CODEBOOK)


def run(history: list[tuple[str, str, Step]], look: Callable[[Audit], None]) -> Audit:
    """Take every step, looking at the audit after each."""
    audit = Audit()
    for who, case_id, step in history:
        if who == "boss":
            audit.supervise(case_id, step)
        else:
            audit.code(who, case_id, step)
        look(audit)
    return audit


@settings(max_examples=60)
@given(histories)
def test_answers_count_only_where_asked_and_are_never_lost(
    history: list[tuple[str, str, Step]],
) -> None:
    def look(audit: Audit) -> None:
        for coding in audit.codings().values():
            sheet = read_sheet(CODEBOOK, coding.answers, coding.quotes)
            for state in sheet.questions:
                is_asked = state.applicability is Applicability.APPLICABLE
                assert not state.is_counted or is_asked
            kept = {**sheet.counted, **{one: coding.answers[one] for one in sheet.uncounted}}
            assert coding.answers.items() <= kept.items()
            if coding.state.is_handed_in:
                assert not sheet.blockers, "a blank required answer was handed in"
            for quote in coding.quotes:
                assert WORDS[quote.field][quote.start : quote.end].strip()

    run(history, look)


@settings(max_examples=60)
@given(histories)
def test_a_locked_coding_changes_only_by_reopening_and_what_was_handed_in_first_never(
    history: list[tuple[str, str, Step]],
) -> None:
    first: dict[tuple[str, str], Submission] = {}
    before: dict[tuple[str, str], Coding] = {}

    def look(audit: Audit) -> None:
        for place, coding in audit.codings().items():
            if coding.first_submission is not None:
                assert first.setdefault(place, coding.first_submission) == coding.first_submission
            else:
                assert place not in first
            assert (coding.head is None) == (coding.revision == 0)
            former = before.get(place)
            if former is not None and former.state is CodingState.LOCKED:
                opened = coding.reopened_reason is not None
                assert coding == former or (opened and coding.answers == former.answers)
            before[place] = coding

    audit = run(history, look)
    locked = [(place, one) for place, one in before.items() if one.state is CodingState.LOCKED]
    for (case_id, name), coding in locked:
        change = AnswerSet(question="E1", old=("yes",), new=("no_missing",))
        audit.write(name, [(case_id, CodingRecalled()), (case_id, change)])
        after = audit.review.coding_of(case_id, name)
        assert after.uncounted_events == coding.uncounted_events + 2
        assert (after.answers, after.state) == (coding.answers, CodingState.LOCKED)


@settings(max_examples=60)
@given(histories)
def test_nobody_has_a_case_twice_and_what_is_handed_in_is_never_taken_away(
    history: list[tuple[str, str, Step]],
) -> None:
    before: dict[tuple[str, str], Coding] = {}

    def look(audit: Audit) -> None:
        for case_id in CASES:
            slots = audit.review.slots_of(case_id)
            assert len({slot.reviewer for slot in slots}) == len(slots)
            required = [slot for slot in slots if slot.is_required]
            assert len({slot.slot for slot in required}) == len(required) <= 2
            assert required or audit.review.required_slots(case_id) == 1
            assert not {slot.purpose for slot in slots} & {Purpose.TRAINING, Purpose.RECODE}
            active = [slot.reviewer for slot in required if not slot.state.is_handed_in]
            assert not set(active) & audit.review.left
        for place, coding in audit.codings().items():
            former = before.get(place)
            if former is not None and former.state.is_handed_in:
                assert coding.state is not CodingState.WITHDRAWN
                holders = [
                    one.reviewer for one in audit.review.slots_of(place[0]) if one.is_required
                ]
                assert place[1] in holders
            before[place] = coding

    run(history, look)


@settings(max_examples=60)
@given(histories, st.lists(st.integers(0, 99), max_size=60))
def test_the_streams_fold_to_the_same_in_any_order(
    history: list[tuple[str, str, Step]], picks: list[int]
) -> None:
    audit = run(history, lambda _: None)
    streams = {name: [one for one in audit.log if one.stream == name] for name in ("boss", *PEOPLE)}
    mixed = Audit.__new__(Audit)
    mixed.review, mixed.log = Review(), []
    waiting = [stream for stream in streams.values() if stream]
    for pick in [*picks, *([0] * len(audit.log))]:
        waiting = [stream for stream in waiting if stream]
        if waiting:
            mixed.review.apply(waiting[pick % len(waiting)].pop(0))
    assert mixed.codings() == audit.codings()
    assert mixed.review.assignment == audit.review.assignment
    for case_id in CASES:
        assert mixed.review.slots_of(case_id) == audit.review.slots_of(case_id)
