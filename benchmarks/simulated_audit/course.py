"""The course of a simulated audit, through the front door that commands and screens call.

Everything that happens by chance is a ticket of the invented records, so that it is the same each
time. The course keeps a plain account of its own of what was handed in, which the program's counts
are held against.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Final

from benchmarks.simulated_audit.people import BOSS, CODERS, DECIDER, DRIFTED, HABITS, LEAVER
from benchmarks.simulated_audit.training import answer
from dipsample.audit import Audit
from dipsample.demo.extract import DemoExtract, make_extract
from dipsample.demo.plan import DEMO
from dipsample.demo.reviewers import answers_of
from dipsample.demo.team import Team
from dipsample.opening import start_audit
from dipsample.project import OpenProject, World
from dipsample.settings import Settings
from dipsample.store import open_store
from dipsample.surroundings import FixedClock, FixedEntropy
from review.codebook import Codebook, builtin_codebook, parse_codebook
from review.coding import CodingState
from review.events import DeferralReason, FlagKind
from review.placing import source_hash
from sampling.draw import Role
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest

EXTRACT_SEED: Final = "simulated-audit-extract-1"
SEED: Final = "31415926535897932384"
REWORDED: Final = "C1"
"""The question whose meaning changes while coding goes on."""
ADDITIVE: Final = (
    'crimed_then_cancelled = {key = "5", label = "As a crime that was then cancelled"}',
    'crimed_then_cancelled = {key = "5", label = "As a crime that was then cancelled"}\n'
    'other_force = {key = "6", label = "With another force"}',
)
MEANING: Final = (
    "Asked of every case in scope, arrest or not, whoever seems to be right, and however it was "
    "written down.",
    "Asked of every case in scope, arrest or not, whoever seems to be right, and in any words.",
)
STANDS: Final = "Read again: nobody was arrested after the second entry."
"""Why a case stays as it is that a check found wrong."""


@dataclass
class Account:
    """What the people of the simulation did, kept beside the program."""

    handed_in: set[tuple[str, str]] = field(default_factory=set)
    """Case and coder, of codings that are handed in at present."""
    begun: set[tuple[str, str]] = field(default_factory=set)
    locked: set[tuple[str, str]] = field(default_factory=set)
    hand_ins: int = 0
    """How often somebody handed something in."""
    decided: int = 0
    """How often a decision was closed."""
    drifted: set[tuple[str, str]] = field(default_factory=set)
    """Codings made while their coder had drifted."""


class Course:
    """One simulated audit: a project, its people, and the account of what they did."""

    def __init__(self, folder: Path, *, incidents: int, sample: int) -> None:
        self.folder = folder
        self.path = folder / "audit.dip"
        self.extract = folder / "extract.csv"
        self.account = Account()
        self.habits = dict(HABITS)
        self.made: DemoExtract = make_extract(incidents, seed=EXTRACT_SEED)
        self.extract.write_bytes(self.made.content)
        world = World(
            FixedClock("2026-02-02T09:00:00Z"), FixedEntropy("simulation"), folder, "simulated"
        )
        start_audit(
            self.path,
            title="A simulated audit",
            codebook=builtin_codebook("da-short"),
            settings=Settings(),
            supervisor=BOSS,
            passphrase=None,
            world=world,
        ).close()
        self.project = OpenProject(open_store(self.path, passphrase=None), world)
        self.audit = Audit(self.project)
        spec = FrameSpec(
            id_column=DEMO.id_column,
            strata_columns=DEMO.strata,
            keep=("bcu", "party_a_sex"),
            record=DEMO.record,
        )
        self.audit.commit_frame(BOSS, self.extract, spec)
        self.audit.commit_plan(BOSS, PlanRequest(size=sample, minimum=4, reserve="10%"))
        self.audit.draw(BOSS, self.extract, seed=SEED, source="fixed for the simulation")
        offered = self.audit.invented_checks(BOSS, coders=len(CODERS))
        self.audit.assign(BOSS, CODERS, checks=offered)
        known = {source_hash(one): one for one in offered}
        placed = self.project.state.review.gold.cases
        self.checks = {number: known[one.source_sha256] for number, one in placed.items()}
        self.team = Team.of(self.audit, self.made)
        self.queues = {name: [one.case_id for one in self.audit.queue(name)] for name in CODERS}

    def hand_in(self, name: str, case_id: str) -> None:
        """Let a coder code a case, or code it again, as is their habit at present.

        Silent checks are answered as expected until the coder drifts, and are in no account but
        that of the log.
        """
        if case_id in self.checks:
            is_right = self.habits[name] != DRIFTED
            answer(self.audit, name, case_id, self.checks[case_id], is_right=is_right)
            self.account.hand_ins += 1
            return
        self.team.code(name, case_id, self.habits[name])
        if self.habits[name] == DRIFTED:
            self.account.drifted.add((case_id, name))
        self.account.handed_in.add((case_id, name))
        self.account.begun.add((case_id, name))
        self.account.hand_ins += 1

    def take_up(self, name: str, upto: int | None = None) -> None:
        """Let a coder work the queue down until so many of the cases dealt first are in."""
        mine = set(self.queues[name][:upto])
        for item in self.audit.queue(name):
            is_due = upto is None or item.case_id in mine or item.to_confirm
            if is_due and (not item.state.is_handed_in or item.to_confirm):
                self.hand_in(name, item.case_id)

    def ask_and_answer(self, name: str) -> None:
        """Put a case off, ask the supervisor about another, and refer a third."""
        live = [case_id for case_id in self.queues[name] if case_id not in self.checks]
        put_off, asked, referred = live[-3:]
        self.audit.defer(name, put_off, DeferralReason.NEEDS_ANOTHER_FILE)
        self.audit.raise_flag(name, asked, FlagKind.QUESTION, "Which of the two is meant?")
        self.audit.refer_risk(name, referred)
        self.account.begun.add((put_off, name))

    def answer_flags(self) -> int:
        """Let the supervisor answer every open flag."""
        flags = self.audit.overview().flags
        for flag in flags:
            self.audit.answer_flag(BOSS, flag.flag_id, "The one first recorded as victim.")
        return len(flags)

    def let_go(self) -> None:
        """Let the coder go who leaves half-way; a case lies begun on their desk."""
        open_case = next(
            one.case_id
            for one in self.audit.queue(LEAVER)
            if not one.state.is_handed_in and one.case_id not in self.checks
        )
        self.audit.answer(LEAVER, open_case, "E1", ("yes",))
        self.account.begun.add((open_case, LEAVER))
        assert self.audit.let_go(BOSS, LEAVER)

    def publish(self, number: str, *changes: tuple[str, str]) -> None:
        """Publish a later version with these words in the place of others."""
        reopened = [one for one in self.account.locked if self._is_reached(*one)]
        self.audit.publish_codebook(BOSS, self.version(number, *changes), reason="asked twice")
        if changes[-1] == MEANING:
            self.account.handed_in -= set(reopened)
            self.account.locked -= set(reopened)

    def _is_reached(self, case_id: str, name: str) -> bool:
        record_id = self.team.record_ids[case_id]
        truth, text = self.made.truths[record_id], self.made.narratives[record_id]
        coding = answers_of(name, record_id, truth, text, habits=HABITS[name])
        return name != LEAVER and REWORDED in {one.question for one in coding.answers}

    def version(self, number: str, *changes: tuple[str, str]) -> Codebook:
        """Return da-short with another number and these words replaced."""
        shipped = (resources.files("review") / "codebooks" / "da-short.toml").read_text("utf-8")
        text = shipped.replace('version = "1.0.0"', f'version = "{number}"', 1)
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return parse_codebook(text, source=f"da-short-{number}.toml")

    def decide_all(self, limit: int | None = None) -> int:
        """Let the adjudicator decide what waits; return how many cases."""
        waiting = [one.case_id for one in self.audit.cases_to_decide(DECIDER) if not one.wait]
        for case_id in waiting[:limit]:
            self.team.decide(DECIDER, case_id, reason=STANDS)
            self.account.decided += 1
            self.lock(case_id)
        return len(waiting[:limit])

    def lock(self, case_id: str) -> None:
        """Note that what is handed in of a case stands fast."""
        self.account.locked |= {one for one in self.account.handed_in if one[0] == case_id}

    def send_one_back(self) -> None:
        """Let the adjudicator ask a coder about a case that differs, who is there to answer."""
        people: dict[str, list[str]] = {}
        for case_id, name in sorted(self.account.handed_in):
            people.setdefault(case_id, []).append(name)
        case_id = next(
            one.case_id
            for one in self.audit.cases_to_decide(DECIDER)
            if not one.wait and LEAVER not in people[one.case_id]
        )
        self.audit.open_decision(DECIDER, case_id)
        self.lock(case_id)
        self.audit.send_back(DECIDER, case_id, 1, "Read the last entry again, please.")
        (asked,) = (
            name for name in people[case_id] if not self._coding_state(case_id, name).is_handed_in
        )
        self.account.handed_in.remove((case_id, asked))
        self.account.locked.discard((case_id, asked))

    def _coding_state(self, case_id: str, name: str) -> CodingState:
        return next(one.state for one in self.audit.queue(name) if one.case_id == case_id)

    def give_back_alone(self, name: str) -> int:
        """Let the supervisor give back what a coder coded alone and drifted; return how many."""
        people = Counter(case_id for case_id, _ in self.account.begun)
        alone = sorted(
            case_id
            for case_id, coder in self.account.drifted
            if coder == name and people[case_id] == 1
        )
        for case_id in alone:
            self.audit.return_case(BOSS, case_id, "Read it again after the recalibration, please.")
            self.account.handed_in.remove((case_id, name))
        return len(alone)

    def replace_one(self) -> None:
        """Let the supervisor replace a case that its coders found out of scope."""
        gone = {case_id for case_id, name in self.account.begun if name == LEAVER}
        for row in self.audit.cases():
            truth = self.made.truths[row.record_id].answers
            if row.role == Role.SAMPLE and row.case_id not in gone and truth.get("E2") == "no":
                self.audit.replace(BOSS, row.case_id, "not_in_scope")
                return
        raise AssertionError("no case of the sample is out of scope")
