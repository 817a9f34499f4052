"""The numbers: every indicator, over the whole frame and by group, with its interval.

Each number is of known cases, beside it what the undetermined ones could make of it. Before every
case of the sample is final or out of the audit there are counts and no estimates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from review.codebook import Codebook
from review.design import (
    NOT_RECORDED,
    STRATUM,
    Cell,
    CodedCase,
    Group,
    cells_of,
    cells_within,
    groups_by,
    whole_frame,
)
from review.finding import Bounds, Finding, Total
from review.indicators import (
    Decision,
    Indicator,
    IndicatorKind,
    Verdict,
    choose_indicators,
    decide,
    is_eligible,
)
from review.measuring import (
    NO_TOTAL,
    Incidents,
    PersonsOfIncidents,
    PersonTally,
    Readings,
    Size,
    Tally,
    as_measure,
)
from review.persons import BOTH_PARTIES, LEAST_OF_OPEN_ENDED, Persons, persons_of
from review.weighing import Weighing, pairs_of_verdicts, weighted_readings
from sampling.estimation import Interval, reliability
from sampling.frame import Frame
from sampling.plan import Design, Plan

__all__ = ["NOT_RECORDED", "STRATUM", "CodedCase", "find", "readings"]

INCOMPLETE: Final = "incomplete"
"""Cases of the sample are still open: counts, no estimate."""
COLLAPSED: Final = "collapsed-stratum"
"""Too few records of a stratum could be read; it was joined to its neighbour."""
EMPTY_BASE: Final = "empty-base"
"""No read case is known to be in the base: no estimate."""
TOO_FEW: Final = "too-few-records"
"""A single record was read, which carries no variance: no estimate."""
UPPER_BOUND: Final = "upper-bound"
"""Persons were counted as the least they can be, which makes the ratio the most it can be."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """Everything that all findings of one call share."""

    cases: tuple[CodedCase, ...]
    cells: tuple[Cell, ...]
    eligible: frozenset[str]
    """Cases that are known to be in the scope of the audit."""
    design: Design
    is_joined: bool
    is_complete: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class _Judged:
    """The verdicts of one indicator on the cases of one group."""

    indicator: Indicator
    group: Group
    decisions: dict[str, Decision]
    """By case, those of the group with final answers."""
    eligible: int
    """How many of those are known to be in the scope of the audit."""
    differing: frozenset[str]
    """Cases whose coders differ, and over whom nobody has decided yet."""

    def count(self, verdict: Verdict) -> int:
        """Return how many cases have a verdict."""
        return sum(one.verdict is verdict for one in self.decisions.values())

    @property
    def blank(self) -> int:
        """How many are undetermined because an answer was left blank."""
        return sum(
            one.is_blank and case_id not in self.differing
            for case_id, one in self.decisions.items()
        )

    @property
    def in_conflict(self) -> int:
        """How many are undetermined because the coders differ."""
        return sum(
            one.verdict is Verdict.UNDETERMINED and case_id in self.differing
            for case_id, one in self.decisions.items()
        )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The three figures of one finding, and how large what they are about is."""

    known: Interval | None
    if_no: Interval | None
    if_yes: Interval | None
    size: Size | None
    total_if_yes: Total
    numerator: int
    denominator: int
    is_upper_bound: bool


def find(
    codebook: Codebook,
    frame: Frame,
    plan: Plan,
    cases: Sequence[CodedCase],
    *,
    indicators: Sequence[str] | None,
    by: Sequence[str] = (),
    confidence: float,
) -> tuple[Finding, ...]:
    """Return the findings of an audit.

    Args:
        codebook: The one that the cases were coded with.
        frame: What could have been drawn.
        plan: How much of it was drawn, by stratum.
        cases: The cases drawn for the sample, each once, replaced ones among them; the reserve
            left out.
        indicators: Ids, ``Q.2`` for all rates of undeterminable answers; None for all.
        by: Kept columns, or ``stratum``: findings for each of their groups as well.
        confidence: 0.5 up to but not 1.

    Returns:
        For each indicator the finding over the whole frame, then those of each group.

    Raises:
        IndicatorError: Where an indicator or a column is not known.
        EstimationError: Where the confidence is out of range.
    """
    sample = _sample(frame, plan, cases, confidence)
    groups = [whole_frame(frame)]
    for column in dict.fromkeys(by):
        groups.extend(groups_by(frame, sample.cases, column))
    return tuple(
        _finding(sample, judged)
        for indicator in choose_indicators(codebook, indicators)
        for judged in _judge(sample, indicator, groups)
    )


def readings(
    codebook: Codebook,
    frame: Frame,
    plan: Plan,
    cases: Sequence[CodedCase],
    *,
    indicators: Sequence[str] | None,
) -> dict[str, Readings]:
    """Return what the intervals of the findings over the whole frame rest on, by indicator.

    Args:
        codebook: As :func:`find`.
        frame: As :func:`find`.
        plan: As :func:`find`.
        cases: As :func:`find`.
        indicators: As :func:`find`.

    Returns:
        Nothing while cases are open.

    Raises:
        IndicatorError: Where an indicator is not known.
    """
    sample = _sample(frame, plan, cases)
    chosen = choose_indicators(codebook, indicators)
    if not sample.is_complete:
        return {}
    whole = [whole_frame(frame)]
    return {
        indicator.id: _readings(sample, judged)
        for indicator in chosen
        for judged in _judge(sample, indicator, whole)
    }


def _sample(
    frame: Frame, plan: Plan, cases: Sequence[CodedCase], confidence: float | None = None
) -> _Sample:
    """Sort the cases into the strata of the plan, at its confidence or another."""
    declared = {one.stratum: one.neighbour for one in frame.spec.neighbours}
    cells, is_joined = cells_of(plan, cases, declared)
    return _Sample(
        cases=tuple(cases),
        cells=cells,
        eligible=frozenset(
            case.case_id for case in cases if case.sheet is not None and is_eligible(case.sheet)
        ),
        design=plan.design,
        is_joined=is_joined,
        is_complete=bool(cases) and all(case.is_settled for case in cases),
        confidence=float(plan.confidence) if confidence is None else confidence,
    )


def _judge(sample: _Sample, indicator: Indicator, groups: Sequence[Group]) -> Iterator[_Judged]:
    """Decide an indicator on every final case once, and share the verdicts out over the groups."""
    decided = [
        (case, decide(indicator, case.sheet))
        for case in sample.cases
        if case.sheet is not None and not case.excluded
    ]
    for group in groups:
        of_group = [(case, one) for case, one in decided if group.belongs(case)]
        verdicts = {case.case_id: one for case, one in of_group}
        eligible = sum(case.case_id in sample.eligible for case, _ in of_group)
        differing = frozenset(case.case_id for case, _ in of_group if case.is_in_conflict)
        yield _Judged(indicator, group, verdicts, eligible, differing)


def _finding(sample: _Sample, judged: _Judged) -> Finding:
    """Put one finding together."""
    figures = _figures(sample, judged)
    known, size = figures.known, figures.size
    return Finding(
        indicator=judged.indicator.id,
        label=judged.indicator.label,
        by=judged.group.by,
        group=judged.group.value,
        cases=judged.eligible,
        numerator=figures.numerator,
        denominator=figures.denominator,
        undetermined=judged.count(Verdict.UNDETERMINED),
        blank=judged.blank,
        in_conflict=judged.in_conflict,
        population=None if size is None else size.population,
        population_is_known=size is not None and size.is_known,
        known=as_measure(known),
        confidence=sample.confidence,
        method=None if known is None else known.method.value,
        if_undetermined_no=as_measure(figures.if_no),
        if_undetermined_yes=as_measure(figures.if_yes),
        bounds=Bounds(
            None if figures.if_no is None else figures.if_no.lower,
            None if figures.if_yes is None else figures.if_yes.upper,
        ),
        total=NO_TOTAL if size is None else size.total,
        total_if_undetermined_yes=figures.total_if_yes,
        effective_n=None if known is None else known.effective_n,
        design_effect=None if known is None else known.design_effect,
        degrees_of_freedom=None if known is None else known.degrees_of_freedom,
        flags=_flags(sample, figures),
    )


def _flags(sample: _Sample, figures: _Figures) -> tuple[str, ...]:
    """Return the words that stand beside a finding."""
    flags: list[str] = []
    if not sample.is_complete:
        flags.append(INCOMPLETE)
    elif figures.known is None:
        flags.append(TOO_FEW if figures.denominator else EMPTY_BASE)
    else:
        base, yes = figures.denominator, figures.numerator
        flags.extend(one.value for one in reliability(figures.known, base=base, yes=yes))
        if sample.is_joined:
            flags.append(COLLAPSED)
    if figures.is_upper_bound:
        flags.append(UPPER_BOUND)
    return tuple(flags)


def _figures(sample: _Sample, judged: _Judged) -> _Figures:
    """Work out the three figures, or the counts alone while cases are open."""
    persons = _persons(sample, judged)
    if persons is None:
        yes = judged.count(Verdict.TRUE)
        counts, is_bound = (yes, yes + judged.count(Verdict.FALSE)), False
    else:
        known = [one.known for one in persons.values()]
        counts = sum(part for part, _ in known), sum(whole for _, whole in known)
        is_bound = any(one.is_least for one in persons.values())
    if not sample.is_complete:
        return _Figures(None, None, None, None, NO_TOTAL, *counts, is_upper_bound=is_bound)
    read, confidence = _readings(sample, judged), sample.confidence
    interval = read.known.interval(confidence)
    if_yes = interval if read.if_yes == read.known else read.if_yes.interval(confidence)
    return _Figures(
        known=interval,
        if_no=interval if read.if_no == read.known else read.if_no.interval(confidence),
        if_yes=if_yes,
        size=None if interval is None else read.known.size(interval),
        total_if_yes=NO_TOTAL if if_yes is None else read.if_yes.size(if_yes).total,
        numerator=counts[0],
        denominator=counts[1],
        is_upper_bound=is_bound,
    )


def _readings(sample: _Sample, judged: _Judged) -> Readings:
    """Count base and yes in every cell, under each reading of what is undetermined."""
    if sample.design is not Design.SIMPLE:
        return _weighted_readings(sample, judged)
    cells = cells_within(sample.cells, judged.group) or sample.cells
    persons = _persons(sample, judged)
    if persons is None:
        return Readings(*(_incidents(cells, judged, counts_as) for counts_as in _READINGS))
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


def _weighted_readings(sample: _Sample, judged: _Judged) -> Readings:
    """Weigh every case that was read by its chance, under each reading."""
    persons = _persons(sample, judged)
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


def _incidents(cells: Sequence[Cell], judged: _Judged, counts_as: dict[Verdict, bool]) -> Incidents:
    """Count base and yes in every cell."""
    tallies = []
    for cell in cells:
        verdicts = [
            counts_as.get(judged.decisions[case.case_id].verdict)
            for case in cell.cases
            if case.case_id in judged.decisions
        ]
        tallies.append(Tally(cell, sum(one is not None for one in verdicts), verdicts.count(True)))
    return Incidents(tuple(tallies))


def _persons(sample: _Sample, judged: _Judged) -> dict[str, Persons] | None:
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
