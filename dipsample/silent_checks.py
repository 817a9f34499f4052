"""Silent checks: putting them among the cases of coders, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dipsample.desk import codebook_of
from dipsample.project import Happened, OpenProject, Snapshot, allowed, created_of
from dipsample.store.protocol import CaseMaterial, case_material
from review.calibration import TrainingCase, check_set
from review.events import AssignedCase
from review.gold import dealing
from review.gold_events import GoldPlaced
from review.gold_scores import GoldScore, KnownVerdicts, gold_scores, known_verdicts
from review.gold_shares import MOST_HOLDERS, Loads, checks_for
from review.placing import checks_to_add, placing, shown, taken, why_not_shown
from sampling.events import ReserveRenumbered
from sampling.frame import STRATUM_JOINT
from sampling.free_numbers import new_numbers
from sampling.refusal import Refusal
from sampling.renumbering import numbers_to_free, renumbering

RECORD_ID = "silent check"
"""What stands in the place of a record id in the material of one; coders do not see ids."""


@dataclass(frozen=True, slots=True)
class SilentChecks:
    """What a supervisor sees of the silent checks of a project."""

    cases: tuple[str, ...]
    """Their numbers, in order."""
    wanted: int
    """How many give every coder 1 in 20 of what they open."""
    scores: tuple[GoldScore, ...]
    """By code; the names in them stand for the codes."""
    verdicts: tuple[KnownVerdicts, ...]

    @property
    def placed(self) -> int:
        """How many there are."""
        return len(self.cases)

    @property
    def dealt(self) -> int:
        """Codings of checks that are asked for."""
        return sum(one.dealt for one in self.scores)

    @property
    def handed_in(self) -> int:
        """Those that are handed in."""
        return sum(one.handed_in for one in self.scores)


@dataclass(frozen=True, slots=True)
class Placing:
    """What has to be written for silent checks to be among the cases."""

    happened: tuple[Happened, ...] = ()
    materials: tuple[CaseMaterial, ...] = ()


def seen(project: Snapshot) -> SilentChecks | None:
    """Return what a supervisor sees of the silent checks; None where none are placed."""
    review = project.state.review
    if not review.gold.cases:
        return None
    codes = review.reviewers
    return SilentChecks(
        cases=tuple(review.gold.cases),
        wanted=len(review.gold.cases)
        + checks_to_add(review.gold, loads(project, review.assignment)),
        scores=tuple(replace(one, reviewer=codes[one.reviewer]) for one in gold_scores(review)),
        verdicts=known_verdicts(review),
    )


def loads(project: Snapshot, slots: Sequence[AssignedCase]) -> Loads:
    """Return how many cases of the sample each coder has who is dealt silent checks.

    The supervisor, who knows the expected answers, is not.
    """
    supervisor, left = created_of(project).supervisor, project.state.review.left
    found = Counter(one.reviewer for one in slots)
    holders = Counter(one.case_id for one in slots)
    return Loads(
        {
            name: number
            for name, number in sorted(found.items())
            if name != supervisor and name not in left
        },
        cases=len(holders),
        twice=sum(number >= MOST_HOLDERS for number in holders.values()),
    )


def most_needed(project: Snapshot, coders: int) -> int:
    """Return how many silent checks so many coders of the whole sample would need at most."""
    cases = project.state.ceremony.design.sample if project.state.ceremony.drawn else 0
    return len(project.state.review.gold.cases) + checks_for(cases * MOST_HOLDERS) + coders


def place_and_deal(
    project: OpenProject,
    slots: Sequence[AssignedCase],
    codes: Mapping[str, str],
    offered: Sequence[TrainingCase] | None,
) -> Placing:
    """Return what has to be written for coders to have their silent checks.

    Args:
        project: The project.
        slots: The assignment that is to be in force.
        codes: The code of each reviewer by name, of those who join with it too.
        offered: Cases with known answers; None: those placed are dealt on.

    Raises:
        CalibrationError: Where the set does not fit the codebook.
        RefusedError: Where the checks would show, or no number is free for them.
    """
    seed = project.state.ceremony.seed
    if seed is None:
        return Placing()
    wanted = loads(project, slots)
    placed = Placing() if offered is None else _place(project, offered, wanted, seed=seed.seed)
    steps = (
        *project.state.review.gold.steps,
        *(one.event for one in placed.happened if isinstance(one.event, GoldPlaced)),
    )
    dealt = dealing(steps, wanted, codes, seed=seed.seed)
    more = () if dealt is None else (Happened(dealt),)
    return replace(placed, happened=(*placed.happened, *more))


def _place(
    project: OpenProject,
    offered: Sequence[TrainingCase],
    wanted: Loads,
    *,
    seed: str,
) -> Placing:
    """Free as many numbers of the reserve as are needed, and put checks under them."""
    ceremony, codebook = project.state.ceremony, codebook_of(project)
    check_set(codebook, offered)
    columns = shown_columns(project)
    allowed(why_not_shown(offered, columns) or ())
    gold = project.state.review.gold
    cases = taken(gold, offered, most=checks_to_add(gold, wanted), seed=seed)
    if not cases:
        return Placing()
    freed = numbers_to_free(ceremony, most=len(cases))
    if isinstance(freed, Refusal):
        allowed(freed)
        return Placing()
    cases = cases[: len(freed)]
    strata = {one.case_id: one.stratum for one in ceremony.records}
    checks = [
        _material(project, number, shown(case, columns))
        for number, case in zip(freed, cases, strict=True)
    ]
    moved = _moved(project, freed)
    event = renumbering(ceremony.records, freed, {one.case_id: one.sha256 for one in moved})
    placed = placing(
        codebook,
        offered,
        cases,
        [
            (one.case_id, _stratum(project, case, strata[one.case_id]), one.sha256)
            for case, one in zip(cases, checks, strict=True)
        ],
    )
    return Placing((Happened(event), Happened(placed)), (*moved, *checks))


def _stratum(project: Snapshot, case: TrainingCase, by_number: str) -> str:
    """Return the stratum that a check is shown in: its own where it says so, else by its number."""
    frame = project.state.ceremony.frame
    columns = () if frame is None else frame.spec.strata_columns
    if frame is None or not all(column in case.columns for column in columns):
        return by_number
    own = STRATUM_JOINT.join(case.columns[column] for column in columns)
    return own if own in frame.stratum_sizes else by_number


def shown_columns(project: Snapshot) -> tuple[str, ...]:
    """Return the columns that coders are shown: the record's, else those kept."""
    frame = project.state.ceremony.frame
    return () if frame is None else frame.spec.record or frame.spec.keep


def _material(project: Snapshot, number: str, texts: Mapping[str, str]) -> CaseMaterial:
    """Return what is kept of a silent check: the columns of any case, blank where not shown."""
    frame = project.state.ceremony.frame
    spec = None if frame is None else frame.spec
    return case_material(
        number,
        RECORD_ID,
        kept={column: texts.get(column) for column in (() if spec is None else spec.keep)},
        record={column: texts.get(column) for column in (() if spec is None else spec.record)},
    )


def _moved(project: OpenProject, freed: Sequence[str]) -> tuple[CaseMaterial, ...]:
    """Return the material of the reserve records that go on under new numbers."""
    now = new_numbers(project.state.ceremony.records, freed)
    return tuple(
        case_material(now[one.case_id], one.record_id, kept=one.kept, record=one.record)
        for one in project.store.cases(freed)
    )


def freed_numbers(project: Snapshot) -> list[list[str]]:
    """Return the numbers that became free, by renumbering of the reserve."""
    return [
        [one.case_id for one in step.moved]
        for step in project.state.ceremony.steps
        if isinstance(step, ReserveRenumbered)
    ]
