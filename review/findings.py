"""The numbers: every indicator, over the whole frame and by group, with its interval.

Each number is of known cases, beside it what the undetermined ones could make of it. Before every
case of the sample is final or out of the audit there are counts and no estimates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from review.codebook import Codebook
from review.design import NOT_RECORDED, STRATUM, CodedCase, groups_by, whole_frame
from review.early import interval_at, size_at
from review.exactness import Watched
from review.finding import Bounds, Finding, Total
from review.indicators import IndicatorKind, Verdict, choose_indicators
from review.judging import Judged, Sample, judge, persons_in, readings_of, sample_of
from review.looking import Basis, Look
from review.measuring import NO_TOTAL, Reading, Readings, Size, as_measure
from sampling.estimation import Interval, reliability
from sampling.frame import Frame
from sampling.plan import Plan

__all__ = ["NOT_RECORDED", "STRATUM", "CodedCase", "find", "readings"]

INCOMPLETE: Final = "incomplete"
"""Cases of the sample are still open: counts, no estimate."""
COLLAPSED: Final = "collapsed-stratum"
"""Too few records of a stratum could be read; it was joined to its neighbour."""
EMPTY_BASE: Final = "empty-base"
"""No read case is known to be in the base: no estimate."""
TOO_FEW: Final = "too-few-records"
"""A single record was read, which carries no variance: no estimate."""
PROVISIONAL: Final = "provisional"
"""Cases are open: the interval is one for looking early, and the figure can still move."""
NOT_BEFORE_THE_END: Final = "not-before-the-end"
"""No interval of this figure holds before every case is closed."""
RULE_DEPARTED: Final = "rule-departed"
"""Coding did not follow the stopping rule of the plan: limits valid at every look."""
UPPER_BOUND: Final = "upper-bound"
"""Persons were counted as the least they can be, which makes the ratio the most it can be."""


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
    exactness: tuple[str, ...] = ()
    """Flags about exact intervals."""


def find(
    codebook: Codebook,
    frame: Frame,
    plan: Plan,
    cases: Sequence[CodedCase],
    *,
    indicators: Sequence[str] | None,
    by: Sequence[str] = (),
    confidence: float,
    look: Look | None = None,
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
        look: What the intervals may rest on, from :func:`review.looking.look_at`; None: all cases,
            and no interval while one is open.

    Returns:
        For each indicator the finding over the whole frame, then those of each group.

    Raises:
        IndicatorError: Where an indicator or a column is not known.
        EstimationError: Where the confidence is out of range.
    """
    sample = sample_of(frame, plan, cases, confidence, look=look)
    groups = [whole_frame(frame)]
    for column in dict.fromkeys(by):
        groups.extend(groups_by(frame, sample.cases, column))
    return tuple(
        _finding(sample, judged)
        for judged in judge(sample, choose_indicators(codebook, indicators), groups)
    )


def readings(
    codebook: Codebook,
    frame: Frame,
    plan: Plan,
    cases: Sequence[CodedCase],
    *,
    indicators: Sequence[str] | None,
    look: Look | None = None,
) -> dict[str, Readings]:
    """Return what the intervals of the findings over the whole frame rest on, by indicator.

    Args:
        codebook: As :func:`find`.
        frame: As :func:`find`.
        plan: As :func:`find`.
        cases: As :func:`find`.
        indicators: As :func:`find`.
        look: As :func:`find`.

    Returns:
        Nothing while cases are open, and where a rule decided when coding stops.

    Raises:
        IndicatorError: Where an indicator is not known.
    """
    sample = sample_of(frame, plan, cases, look=look)
    chosen = choose_indicators(codebook, indicators)
    if sample.look.basis is not Basis.FIXED_SIZE:
        return {}
    whole = [whole_frame(frame)]
    return {
        judged.indicator.id: readings_of(sample, judged) for judged in judge(sample, chosen, whole)
    }


def _finding(sample: Sample, judged: Judged) -> Finding:
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
        flags=_flags(sample, judged, figures),
    )


def _flags(sample: Sample, judged: Judged, figures: _Figures) -> tuple[str, ...]:
    """Return the words that stand beside a finding."""
    flags: list[str] = []
    look, base = sample.look, figures.denominator
    if look.basis is Basis.COUNTS:
        flags.append(INCOMPLETE)
    elif figures.known is None:
        flags.append(_why_none(sample, judged, base))
    else:
        flags.extend(
            one.value for one in reliability(figures.known, base=base, yes=figures.numerator)
        )
        flags.extend(figures.exactness)
        if sample.is_joined:
            flags.append(COLLAPSED)
        if look.is_open:
            flags.append(PROVISIONAL)
        if look.has_departed:
            flags.append(RULE_DEPARTED)
    if figures.is_upper_bound:
        flags.append(UPPER_BOUND)
    return tuple(flags)


def _why_none(sample: Sample, judged: Judged, base: int) -> str:
    """Return the word for a figure without an interval."""
    if not base:
        return EMPTY_BASE
    is_early = sample.look.basis in (Basis.ANYTIME, Basis.DECLARED_STOP)
    persons = judged.indicator.kind is IndicatorKind.PERSONS
    return NOT_BEFORE_THE_END if is_early and persons else TOO_FEW


def _figures(sample: Sample, judged: Judged) -> _Figures:
    """Work out the three figures, or the counts alone while cases are open."""
    persons = persons_in(sample, judged)
    if persons is None:
        yes = judged.count(Verdict.TRUE)
        counts, is_bound = (yes, yes + judged.count(Verdict.FALSE)), False
    else:
        known = [one.known for one in persons.values()]
        counts = sum(part for part, _ in known), sum(whole for _, whole in known)
        is_bound = any(one.is_least for one in persons.values())
    if sample.look.basis is Basis.COUNTS:
        return _Figures(None, None, None, None, NO_TOTAL, *counts, is_upper_bound=is_bound)
    read, confidence = readings_of(sample, judged), sample.confidence
    watched = Watched(sample.look.of_strata, sample.interval)
    look = replace(sample.look, of_strata=watched)
    is_ruled = judged.indicator.id == look.on and judged.group.by is None
    interval = interval_at(read.known, look, confidence=confidence, is_ruled=is_ruled)

    def beside(reading: Reading) -> Interval | None:
        if reading == read.known:
            return interval
        return interval_at(reading, look, confidence=confidence, is_ruled=is_ruled)

    def size(reading: Reading, found: Interval | None) -> Size | None:
        return None if found is None else size_at(reading, found, look, is_ruled=is_ruled)

    if_yes = beside(read.if_yes)
    most = size(read.if_yes, if_yes)
    return _Figures(
        known=interval,
        if_no=beside(read.if_no),
        if_yes=if_yes,
        size=size(read.known, interval),
        total_if_yes=NO_TOTAL if most is None else most.total,
        numerator=counts[0],
        denominator=counts[1],
        is_upper_bound=is_bound,
        exactness=watched.flags,
    )
