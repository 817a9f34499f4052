"""The stages of the simulated audit, from the first case to the signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.simulated_audit.course import ADDITIVE, MEANING, Course
from benchmarks.simulated_audit.people import BOSS, CODERS, DRIFTED, DRIFTER, HABITS, LEAVER
from benchmarks.simulated_audit.reckoning import differences, replayed
from benchmarks.simulated_audit.training import train
from dipsample.agreeing import live_cases
from dipsample.demo.run import true_proportions
from dipsample.errors import RefusedError
from review.drift import recalibration
from review.finding import Finding

Tell = Callable[[str], None]
WORKBOOK: Final = "findings.xlsx"
HEADLINES: Final = ("M1", "M2", "M4", "M5", "C.1", "P.1")


@dataclass
class Outcome:
    """What the simulated audit came to."""

    course: Course
    wrong: list[str] = field(default_factory=list)
    """Counts that differed, with the instant."""
    instants: int = 0
    due_before: tuple[str, ...] = ()
    """For whom a recalibration was proposed before anybody drifted."""
    due_after: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    truth: dict[str, float | None] = field(default_factory=dict)
    decided: dict[str, int] = field(default_factory=dict)
    """Cases decided, by stage."""
    is_below_gate_refused: bool = False

    @property
    def faults(self) -> list[str]:
        """Everything that is not as it has to be."""
        found = list(self.wrong)
        if self.due_before or set(self.due_after) - {DRIFTER}:
            found.append(f"recalibration proposed for {self.due_before}, then {self.due_after}")
        if not self.is_below_gate_refused:
            found.append("a coder below the gate opened a case")
        if not self.course.audit.is_signed_off:
            found.append("the sample is not signed off")
        return found

    @property
    def missed(self) -> tuple[str, ...]:
        """Indicators whose interval does not hold the truth of the frame."""
        return tuple(
            one.indicator
            for one in self.findings
            if (truth := self.truth.get(one.indicator)) is not None
            and one.known.lower is not None
            and one.known.upper is not None
            and not one.known.lower <= truth <= one.known.upper
        )


class Run:
    """One run through all stages, with the counts looked at after each."""

    def __init__(self, folder: Path, *, incidents: int, sample: int, tell: Tell) -> None:
        self.course = Course(folder, incidents=incidents, sample=sample)
        self.outcome = Outcome(self.course)
        self._tell = tell
        self._look("drawn and dealt out")

    def _look(self, stage: str, *, is_whole: bool = False) -> None:
        self.outcome.instants += 1
        found = differences(self.course, is_whole=is_whole)
        self.outcome.wrong += [f"{stage}: {one}" for one in found]
        self._tell(stage)

    def all(self) -> Outcome:
        """Go through every stage."""
        for stage in (
            self.begin,
            self.someone_leaves,
            self.words_change,
            self.someone_drifts,
            self.recalibrate,
            self.look_again,
            self.settle,
            self.check,
            self.sign,
        ):
            stage()
        return self.outcome

    def begin(self) -> None:
        """Everybody codes a first part; questions and a referral come up; an option is added."""
        course = self.course
        for part in (0.15, 0.3):
            for name in CODERS:
                course.take_up(name, self._part(name, part))
                self._look(f"{name} coded {100 * part:.0f} %")
        for name in CODERS[:2]:
            course.ask_and_answer(name)
        self._look("questions asked")
        course.answer_flags()
        course.publish("1.1.0", ADDITIVE)
        self._look("an option was added")
        for name in CODERS:
            course.take_up(name, self._part(name, 0.5))
        self.outcome.decided["early"] = course.decide_all(4)
        self._look("half coded, some decided", is_whole=True)
        self.outcome.due_before = self._due()

    def _part(self, name: str, share: float) -> int:
        return int(len(self.course.queues[name]) * share)

    def _due(self) -> tuple[str, ...]:
        """Return the coders for whom a recalibration is proposed, all of them together left out."""
        review, cases = self.course.project.state.review, live_cases(self.course.project)
        return tuple(one.reviewer for one in recalibration(review, cases) if one.reviewer)

    def someone_leaves(self) -> None:
        """One coder goes, with a case begun; the rest is dealt on."""
        self.course.let_go()
        self._look("one coder left")
        for name in CODERS:
            if name != LEAVER:
                queue = self.course.queues[name]
                dealt = [one.case_id for one in self.course.audit.queue(name)]
                queue += [case_id for case_id in dealt if case_id not in queue]

    def words_change(self) -> None:
        """The meaning of a question changes; who is there confirms, and what is left is decided."""
        course = self.course
        course.publish("2.0.0", ADDITIVE, MEANING)
        self._look("a question changed its meaning")
        for name in CODERS:
            if name != LEAVER:
                course.take_up(name, 0)
                self._look(f"{name} confirmed")
        self.outcome.decided["after the change"] = course.decide_all()
        self._look("what the coder who left cannot confirm is decided", is_whole=True)

    def someone_drifts(self) -> None:
        """One coder's answers go wrong; the others go on."""
        habits = dict(HABITS)
        habits[DRIFTER] = DRIFTED
        self.course.habits = habits
        for part in (0.65, 0.8, 0.95):
            for name in CODERS:
                if name != LEAVER:
                    self.course.take_up(name, self._part(name, part))
            self._look(f"coded {100 * part:.0f} %")
        self.outcome.due_after = self._due()

    def recalibrate(self) -> None:
        """The coder who drifted fails a training set, passes another, and codes well again."""
        course = self.course
        train(course.audit, DRIFTER, is_right=False)
        waiting = [
            one
            for one in course.queues[DRIFTER]
            if (one, DRIFTER) not in course.account.begun and one not in course.checks
        ]
        try:
            course.audit.open_case(DRIFTER, waiting[0])
        except RefusedError:
            self.outcome.is_below_gate_refused = True
        train(course.audit, DRIFTER, is_right=True)
        course.habits = dict(HABITS)
        course.give_back_alone(DRIFTER)
        self._look("cases coded alone were given back")
        for name in CODERS:
            if name != LEAVER:
                course.take_up(name)
                self._look(f"{name} coded all")

    def look_again(self) -> None:
        """Second looks at what single codings found, and a replaced case."""
        course = self.course
        course.replace_one()
        self._look("a case was replaced")
        course.audit.second_looks(BOSS)
        self._look("second looks dealt out")
        for name in CODERS:
            if name != LEAVER:
                course.take_up(name)
        self._look("second looks are in", is_whole=True)

    def settle(self) -> None:
        """The adjudicator decides whatever differs; one coding goes back to its coder."""
        course = self.course
        course.send_one_back()
        self._look("a coding was sent back")
        for name in CODERS:
            if name != LEAVER:
                course.take_up(name)
        self.outcome.decided["at the end"] = course.decide_all()
        course.answer_flags()
        self._look("everything is decided", is_whole=True)

    def check(self) -> None:
        """A tenth of the cases is checked; one is found wrong and decided anew."""
        course, audit = self.course, self.course.audit
        chosen = audit.choose_quality_checks(BOSS, "10%")
        self._look("chosen for a check")
        first, *others = (one.case_id for one in chosen if not one.state.is_settled)
        audit.quality_check(BOSS, first, wrong="The second entry speaks of an arrest.")
        self._look("a case was found wrong")
        for case_id in others:
            audit.quality_check(BOSS, case_id)
        course.decide_all()
        audit.quality_check(BOSS, first)
        self._look("checked")

    def sign(self) -> None:
        """The supervisor signs, and everything is read again."""
        course, outcome = self.course, self.outcome
        course.team.acknowledge_referrals(BOSS)
        course.audit.sign_off(BOSS, "Every case was read as the codebook says.")
        course.account.locked = set(course.account.handed_in)
        self._look("signed off", is_whole=True)
        outcome.findings = course.audit.findings(BOSS)
        outcome.truth = true_proportions(course.audit.codebook, course.made.truths)
        outcome.wrong += replayed(course)
        course.audit.export(BOSS, course.folder / WORKBOOK)
        self._look("exported")
