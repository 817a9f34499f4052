"""A review of one small codebook, in which several people code and others decide."""

from __future__ import annotations

from collections.abc import Mapping

from review.adjudication import (
    close_adjudication,
    open_adjudication,
    why_not_adjudicate,
)
from review.case import CaseState, Review, case_state
from review.codebook import Value, parse_codebook
from review.decision_events import OverruleReason, Source
from review.events import (
    AnswerSet,
    AssignedCase,
    CasesAssigned,
    CodebookPublished,
    CodingOpened,
    CodingSubmitted,
    Entry,
    Purpose,
    ReviewerAdded,
    ReviewEvent,
)
from review.readiness import Decision
from review.ruling import Ruling, decide_question
from sampling.draw import DrawnRecord, Role
from sampling.refusal import Refusal
from tests.review.tiny import HEAD

SEED = "60921108449012345678"
CASE = "C-0001"
CODEBOOK = parse_codebook(
    HEAD
    + """\
[answers.yes_no]
yes = {key = "y", label = "Yes"}
no = {key = "n", label = "No"}
[[question]]
id = "Q1"
ask = "?"
answers = "ynu"
outcome = true
define = "d"
[[question]]
id = "Q2"
ask = "?"
answers = "ynu"
ask_if = {Q1 = {eq = "yes"}}
[[question]]
id = "Q3"
ask = "?"
answers = "yes_no"
closed = true
[[question]]
id = "Q4"
ask = "?"
type = "text"
max_length = 100
""",
    source="tiny.toml",
)
PUBLISHED = CodebookPublished(
    id=CODEBOOK.id, version=CODEBOOK.version, sha256=CODEBOOK.sha256, body=CODEBOOK.body
)
YES = {"Q1": ("yes",), "Q2": ("no",), "Q3": ("no",)}
NO = {"Q1": ("no",), "Q3": ("no",)}


def record(case_id: str = CASE, role: Role = Role.SAMPLE) -> DrawnRecord:
    return DrawnRecord(
        case_id=case_id, record_id=case_id, stratum="s", rank=1, ticket="0" * 64, role=role
    )


class Audit:
    """Writes entries as a ledger would, one second apart, and asks the rules."""

    def __init__(self, *cases: str, coders: tuple[str, ...] = ("ann", "bob")) -> None:
        self.review = Review()
        self.entries: list[Entry] = []
        self.cases = cases or (CASE,)
        self.write("boss", PUBLISHED)
        for number, name in enumerate(("ann", "bob", "cat", "dan"), start=1):
            self.write("boss", ReviewerAdded(name=name, code=f"R{number}"))
        purposes = (Purpose.PRIMARY, Purpose.DOUBLE, Purpose.RECHECK)
        slots = tuple(
            AssignedCase(case_id=case, reviewer=name, slot=slot, purpose=purposes[slot - 1])
            for case in self.cases
            for slot, name in enumerate(coders, start=1)
        )
        self.write("boss", CasesAssigned(assigned=slots))

    def write(self, writer: str, event: ReviewEvent, case_id: str | None = None) -> None:
        number = len(self.entries) + 1
        time = f"2026-11-21T{10 + number // 3600}:{number // 60 % 60:02d}:{number % 60:02d}Z"
        self.entries.append(Entry(event, case_id, writer, f"{writer}-1", number, time))
        self.review.apply(self.entries[-1])

    def allow(self, writer: str, decided: Decision, case_id: str | None = CASE) -> None:
        """Write what a rule decided; it must not refuse."""
        assert not isinstance(decided, Refusal), decided
        for event in decided:
            self.write(writer, event, case_id)

    def hand_in(self, writer: str, answers: Mapping[str, Value], case_id: str = CASE) -> None:
        coding = self.review.coding_of(case_id, writer)
        self.write(writer, CodingOpened(codebook_sha256=CODEBOOK.sha256), case_id)
        for question in CODEBOOK.by_id:
            old, new = coding.answers.get(question, ()), answers.get(question, ())
            if old != new:
                self.write(writer, AnswerSet(question=question, old=old, new=new), case_id)
        self.write(writer, CodingSubmitted(), case_id)

    def open(self, name: str = "cat", case_id: str = CASE, reason: str = "") -> None:
        self.allow(name, self.try_open(name, case_id, reason), case_id)

    def try_open(self, name: str = "cat", case_id: str = CASE, reason: str = "") -> Decision:
        refusal = why_not_adjudicate(self.review, name, role=Role.SAMPLE, case_id=case_id)
        if refusal is not None:
            return refusal
        return open_adjudication(
            self.review, name, case_id, seed=SEED, reason=reason, may_overrule=name == "boss"
        )

    def rule(self, ruling: Ruling, name: str = "cat", case_id: str = CASE) -> Decision:
        return decide_question(self.review, name, case_id, ruling, flag_id="f1")

    def decide(
        self,
        question: str,
        value: str,
        *,
        source: Source = Source.OWN,
        reason: OverruleReason | None = OverruleReason.MISREAD,
        name: str = "cat",
        case_id: str = CASE,
    ) -> None:
        answer = (value,) if value else ()
        ruling = Ruling(question, source, answer, reason)
        self.allow(name, self.rule(ruling, name, case_id), case_id)

    def close(self, name: str = "cat", case_id: str = CASE) -> None:
        self.allow(name, close_adjudication(self.review, name, case_id), case_id)

    def state(self, case_id: str = CASE) -> CaseState:
        return case_state(self.review, Role.SAMPLE, case_id)

    @property
    def records(self) -> list[DrawnRecord]:
        return [record(case) for case in self.cases]


def in_conflict() -> Audit:
    """Ann says yes and Bob says no to Q1; Q2 follows from yes; they agree on Q3."""
    audit = Audit()
    audit.hand_in("ann", YES)
    audit.hand_in("bob", NO)
    return audit
