"""What an indicator says of every case of a sample, and how that is counted in its cells.

Holds what all findings of one call share, the verdicts of one indicator on the cases of one group,
and the three readings that intervals are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from review.design import Cell, CodedCase, Group, cells_of, cells_within
from review.indicators import Decision, Indicator, IndicatorKind, Verdict, decide_each, is_eligible
from review.looking import Look, fixed_size
from review.measuring import Incidents, PersonsOfIncidents, PersonTally, Readings, Tally
from review.persons import BOTH_PARTIES, LEAST_OF_OPEN_ENDED, Persons, persons_of
from review.weighing import Weighing, pairs_of_verdicts, weighted_readings
from sampling.frame import Frame
from sampling.plan import Design, Plan, StrataInterval


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything that all findings of one call share."""

    cases: tuple[CodedCase, ...]
    cells: tuple[Cell, ...]
    eligible: frozenset[str]
    """Cases that are known to be in the scope of the audit."""
    design: Design
    is_joined: bool
    look: Look
    """What the intervals rest on; the cases are those of the look."""
    confidence: float
    interval: StrataInterval | None
    """The exact interval of several strata that the plan names; None: the default of the strata."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of one indicator on the cases of one group."""

    indicator: Indicator
    group: Group
    decisions: dict[str, Decision]
    """By case, those of the group with final answers."""
    eligible: int
    """How many of those are known to be in the scope of the audit."""
    cells: tuple[Cell, ...]
    """The strata cut down to the group, or all of each where its sizes carry no estimate."""
    counts: Mapping[Verdict, int]
    """How many cases have each verdict; one that none has may be absent."""
    blank: int
    """How many are undetermined because an answer was left blank."""
    in_conflict: int
    """How many are undetermined because the coders differ."""

    def count(self, verdict: Verdict) -> int:
        """Return how many cases have a verdict."""
        return self.counts.get(verdict, 0)


def sample_of(
    frame: Frame,
    plan: Plan,
    cases: Sequence[CodedCase],
    confidence: float | None = None,
    *,
    look: Look | None = None,
) -> Sample:
    """Sort the cases of a look into the strata of the plan, at its confidence or another."""
    look = fixed_size(cases) if look is None else look
    cases = tuple(cases[: look.cases])
    declared = {one.stratum: one.neighbour for one in frame.spec.neighbours}
    cells, is_joined = cells_of(plan, cases, declared)
    return Sample(
        cases=cases,
        cells=cells,
        eligible=frozenset(
            case.case_id for case in cases if case.sheet is not None and is_eligible(case.sheet)
        ),
        design=plan.design,
        is_joined=is_joined,
        look=look,
        confidence=float(plan.confidence) if confidence is None else confidence,
        interval=plan.interval,
    )


@dataclass(frozen=True, slots=True)
class _Members:
    """What all indicators of one group share."""

    group: Group
    in_order: tuple[str, ...]
    case_ids: frozenset[str]
    """The same."""
    eligible: int
    differing: frozenset[str]
    """Cases whose coders differ, and over whom nobody has decided yet."""
    cells: tuple[Cell, ...]


def judge(
    sample: Sample, indicators: Sequence[Indicator], groups: Sequence[Group]
) -> Iterator[Judged]:
    """Decide each indicator on every final case once, and share the verdicts out over the groups.

    Indicator by indicator, in each the groups in order.
    """
    final = {
        case.case_id: case.sheet
        for case in sample.cases
        if case.sheet is not None and not case.excluded
    }
    members = [_members(sample, group, final) for group in groups]
    for indicator in indicators:
        decided = decide_each(indicator, final)
        found = _Found(decided)
        for one in members:
            yield Judged(
                indicator=indicator,
                group=one.group,
                decisions={case_id: decided[case_id] for case_id in one.in_order},
                eligible=one.eligible,
                cells=one.cells,
                counts={name: len(ids & one.case_ids) for name, ids in found.by_verdict.items()},
                blank=len((found.blank & one.case_ids) - one.differing),
                in_conflict=len(found.by_verdict[Verdict.UNDETERMINED] & one.differing),
            )


class _Found:
    """Which cases have each verdict on one indicator."""

    def __init__(self, decided: Mapping[str, Decision]) -> None:
        by_verdict = {verdict: set[str]() for verdict in Verdict}
        blank = set[str]()
        for case_id, one in decided.items():
            by_verdict[one.verdict].add(case_id)
            if one.is_blank:
                blank.add(case_id)
        self.by_verdict: Mapping[Verdict, set[str]] = by_verdict
        self.blank: Set[str] = blank


def _members(sample: Sample, group: Group, final: Container[str]) -> _Members:
    """Return the final cases of a group, and its strata."""
    of_group = [case for case in sample.cases if case.case_id in final and group.belongs(case)]
    in_order = tuple(case.case_id for case in of_group)
    return _Members(
        group=group,
        in_order=in_order,
        case_ids=frozenset(in_order),
        eligible=sum(case.case_id in sample.eligible for case in of_group),
        differing=frozenset(case.case_id for case in of_group if case.is_in_conflict),
        cells=cells_within(sample.cells, group) or sample.cells,
    )


def readings_of(sample: Sample, judged: Judged) -> Readings:
    """Count base and yes in every cell, under each reading of what is undetermined."""
    if sample.design is not Design.SIMPLE:
        return _weighted_readings(sample, judged)
    persons = persons_in(sample, judged)
    if persons is None:
        return _incidents(judged)
    cells = judged.cells
    if not all(cell.is_usable for cell in cells):
        cells = sample.cells
    largest = max([LEAST_OF_OPEN_ENDED, *(one.if_no[1] for one in persons.values())])
    per_cell = [(cell, [persons[case.case_id] for case in cell.cases]) for cell in cells]

    def reading(pair: Callable[[Persons], tuple[int, int]]) -> PersonsOfIncidents:
        tallies = (PersonTally(cell, tuple(pair(one) for one in each)) for cell, each in per_cell)
        return PersonsOfIncidents(tuple(tallies), largest, BOTH_PARTIES)

    return Readings(
        reading(lambda one: one.known),
        reading(lambda one: one.if_no),
        reading(lambda one: one.if_yes),
    )


def _weighted_readings(sample: Sample, judged: Judged) -> Readings:
    """Weigh every case that was read by its chance, under each reading."""
    persons = persons_in(sample, judged)
    decided = judged.decisions
    if persons is None:
        largest, sizes = 1, judged.group.sizes
        verdicts = {case_id: one.verdict for case_id, one in decided.items()}
        pairs = [pairs_of_verdicts(verdicts, counts_as) for counts_as in _READINGS]
    else:
        largest, sizes = max([LEAST_OF_OPEN_ENDED, *(p.if_no[1] for p in persons.values())]), None
        of_group = [persons[case_id] for case_id in decided]
        by_reading = zip(*((one.known, one.if_no, one.if_yes) for one in of_group), strict=True)
        pairs = [dict(zip(decided, each, strict=True)) for each in by_reading] or [{}, {}, {}]
    read = [case.case_id for cell in sample.cells for case in cell.cases]
    base = [case.case_id for case in sample.cases if judged.group.belongs(case)]
    return weighted_readings(
        Weighing(sample.cells, sample.cases, sample.design is Design.TWO_STAGE, largest),
        pairs,
        expected=frozenset(read) & frozenset(base),
        population=None if sizes is None else sum(sizes.values()),
    )


_KNOWN: Final = {Verdict.TRUE: True, Verdict.FALSE: False}
_READINGS: Final = (
    _KNOWN,
    _KNOWN | {Verdict.UNDETERMINED: False},
    _KNOWN | {Verdict.UNDETERMINED: True},
)
"""What each verdict counts as: known cases only, undetermined as no, and as yes."""


def _incidents(judged: Judged) -> Readings:
    """Count base and yes in every cell, under each reading."""
    verdict_of = {case_id: one.verdict for case_id, one in judged.decisions.items()}
    readings: tuple[list[Tally], list[Tally], list[Tally]] = ([], [], [])
    for cell in judged.cells:
        found = [verdict_of.get(case.case_id) for case in cell.cases]
        yes, no = found.count(Verdict.TRUE), found.count(Verdict.FALSE)
        open_ones = found.count(Verdict.UNDETERMINED)
        readings[0].append(Tally(cell, yes + no, yes))
        readings[1].append(Tally(cell, yes + no + open_ones, yes))
        readings[2].append(Tally(cell, yes + no + open_ones, yes + open_ones))
    return Readings(*(Incidents(tuple(tallies)) for tallies in readings))


def persons_in(sample: Sample, judged: Judged) -> dict[str, Persons] | None:
    """Return the persons of every case; None where the indicator counts incidents."""
    if judged.indicator.kind is not IndicatorKind.PERSONS:
        return None
    nobody = Persons((0, 0), (0, 0), (0, 0), is_least=False)
    return {
        case.case_id: (
            persons_of(case, judged.decisions[case.case_id])
            if case.case_id in judged.decisions
            else nobody
        )
        for case in sample.cases
    }
