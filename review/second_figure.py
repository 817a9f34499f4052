"""The second figure: what single readers found, corrected for how often they were seen to err.

A finding rests on decided answers where a case was coded twice, and on one person's reading
everywhere else. Here every case counts as its first coder first read it, and the share of yes is
corrected for sensitivity and specificity. Both are measured on the random double set, first
readings against the decided answers, which are taken for the truth: an error that both coders
made, or that was decided wrongly, is not seen. All three rates weigh a case by the records that it
stands for: as the estimate does.

It is approximate, never the headline, and no target is held against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from review.applicability import Sheet
from review.codebook import Codebook
from review.conditions import leaves
from review.design import CodedCase, weights_of, whole_frame
from review.finding import Measure
from review.first_readings import FirstReadings
from review.indicators import Indicator, Verdict, decide, indicators_of
from review.judging import Judged, Sample, judge, readings_of, sample_of
from review.looking import FIXED
from review.measuring import NOTHING, as_measure
from review.reference_figures import HEADLINES
from sampling.estimation import MeasuredRate, corrected, measured_rate, preview
from sampling.frame import Frame
from sampling.plan import Plan

NAME: Final = "corrected (approximate)"
"""What the figure is called wherever it stands."""
TRUTH: Final = (
    "The decided answer of a case coded twice is taken for the truth, so errors that both coders "
    "made are not seen. The interval carries the uncertainty of both rates."
)
LEAST_KNOWN: Final = 10
"""With fewer known yes, or known no, a rate says too little to correct by."""
LEAST_TOLD_APART: Final = 1.1
"""Sensitivity and specificity together, under which the correction swings with every case."""
_CLIPPED: Final = "the formula left 0 to 100 % and was cut there: rates and readings fit badly"


@dataclass(frozen=True, slots=True)
class Known:
    """A case whose answers are known, and how somebody read it."""

    reading: Sheet
    decided: Sheet
    weight: Fraction
    """For how many records of the frame it stands; 0 where the reader could not read it."""


@dataclass(frozen=True, slots=True)
class _Doubles:
    known: Sequence[Known]
    greatest: Fraction
    """The greatest weight of any case that was read."""


@dataclass(frozen=True, slots=True)
class ReadingErrors:
    """How often readers were right about cases whose answer is known, however it became known."""

    yes: MeasuredRate
    """Of the known yes, those read as yes: sensitivity."""
    no: MeasuredRate
    """Of the known no, those read as no: specificity."""
    left_out: int = 0
    """Cases in which reading or known answer is undetermined or out of the base."""


@dataclass(frozen=True, slots=True)
class SecondFigure:
    """One headline indicator over the whole frame, as first read and corrected."""

    indicator: str
    label: str
    yes: int
    """Cases of the sample read as yes by their first coder."""
    base: int
    """Cases so read as yes or no."""
    read: Measure
    """What those say by themselves."""
    errors: ReadingErrors
    corrected: Measure
    """Nothing where ``why_not`` says so."""
    is_clipped: bool
    """Whether the formula left 0 to 1: rates and readings then do not fit together well."""
    confidence: float
    why_not: str | None

    @property
    def reservation(self) -> str | None:
        """What has to be said beside the figure; None for nothing."""
        return _CLIPPED if self.is_clipped else None


def second_figures(
    codebook: Codebook,
    frame: Frame,
    plan: Plan,
    cases: Sequence[CodedCase],
    *,
    first: FirstReadings,
    confidence: float,
) -> tuple[SecondFigure, ...]:
    """Return the second figure of each headline indicator that a codebook supports.

    Args:
        codebook: The one that the cases were coded with.
        frame: What could have been drawn.
        plan: How much of it was drawn, by stratum.
        cases: As :func:`review.findings.find`, with their decided answers.
        first: What their first coders first handed in.
        confidence: 0.5 up to but not 1.

    Returns:
        In the order of the codebook, each with its figure or the reason why there is none.

    Raises:
        EstimationError: Where the confidence is out of range.
    """
    why_none = _why_none(plan, cases, first)
    as_read = [replace(case, sheet=first.sheets.get(case.case_id)) for case in cases]
    sample = sample_of(frame, plan, as_read, confidence, look=FIXED)
    decided = {
        case.case_id: case.sheet
        for case in cases
        if case.case_id in first.twice and case.sheet is not None and not case.is_in_conflict
    }
    weights = weights_of(sample.cells, sample.cases)
    known = [
        Known(first.sheets[case_id], sheet, weights.get(case_id, Fraction(0)))
        for case_id, sheet in decided.items()
    ]
    doubles = _Doubles(known, max(weights.values(), default=Fraction(1)))
    headlines = [one for one in indicators_of(codebook) if one.id in HEADLINES]
    return tuple(
        _figure(sample, judged, doubles, first, why_none)
        for judged in judge(sample, headlines, [whole_frame(frame)])
    )


def without_figure(figure: SecondFigure, why_not: str) -> SecondFigure:
    """Return a second figure withheld, with the reason why."""
    return replace(figure, corrected=NOTHING, is_clipped=False, why_not=why_not)


def reading_errors(
    indicator: Indicator, cases: Sequence[Known], *, greatest: Fraction
) -> ReadingErrors:
    """Measure how often readings are right.

    Args:
        indicator: What is read as yes or no.
        cases: The cases whose answers are known.
        greatest: The greatest weight of any case that was read.
    """
    told = []
    for case in cases:
        read, truth = (decide(indicator, one).verdict for one in (case.reading, case.decided))
        if {read, truth} <= {Verdict.TRUE, Verdict.FALSE}:
            told.append((read, truth, case.weight))

    def rate(wanted: Verdict) -> MeasuredRate:
        return measured_rate(
            [(weight, read is truth) for read, truth, weight in told if truth is wanted],
            greatest=greatest,
        )

    return ReadingErrors(rate(Verdict.TRUE), rate(Verdict.FALSE), len(cases) - len(told))


def why_not_corrected(errors: ReadingErrors) -> str | None:
    """Say why rates are no ground for a correction; None where they are."""
    for rate, answer in ((errors.yes, "yes"), (errors.no, "no")):
        if rate.of < LEAST_KNOWN:
            return f"{rate.of} cases known to be {answer}, and {LEAST_KNOWN} are needed"
        if rate.size < LEAST_KNOWN:
            return (
                f"{rate.of} cases known to be {answer} say, by their weights, as much as "
                f"{rate.size:.1f} of equal weight, and {LEAST_KNOWN} are needed"
            )
    sensitivity, specificity = errors.yes.share, errors.no.share
    if sensitivity + specificity <= LEAST_TOLD_APART:
        return (
            f"sensitivity {100 * sensitivity:.0f} % and specificity {100 * specificity:.0f} %: "
            "such readings hardly tell yes from no"
        )
    return None


def _why_none(plan: Plan, cases: Sequence[CodedCase], first: FirstReadings) -> str | None:
    """Say why no indicator can have a second figure; None where they can."""
    if not all(case.is_settled for case in cases):
        return "cases of the sample are open"
    if plan.stopping is not None:
        return "a rule decided when coding stopped, and no interval of first readings holds for it"
    if not first.twice:
        return "no case of a random set was coded twice"
    read = [case.case_id for case in cases if case.sheet is not None and not case.excluded]
    unread = sum(case_id not in first.sheets for case_id in read)
    if unread:
        has = "case has" if unread == 1 else "cases have"
        it_was = "it was" if unread == 1 else "they were"
        return f"{unread} final {has} no first reading of somebody {it_was} assigned to"
    if first.twice.issuperset(read):
        return "every case was coded twice and decided: no single reading is left to correct"
    return None


def _why_changed(indicator: Indicator, first: FirstReadings) -> str | None:
    asked = {leaf.question for leaf in (*leaves(indicator.base), *leaves(indicator.numerator))}
    if not asked & first.changed:
        return None
    named = ", ".join(sorted(asked & first.changed))
    return f"the meaning of {named} was changed after first readings were handed in"


def _figure(
    sample: Sample,
    judged: Judged,
    doubles: _Doubles,
    first: FirstReadings,
    why_none: str | None,
) -> SecondFigure:
    indicator = judged.indicator
    errors = reading_errors(indicator, doubles.known, greatest=doubles.greatest)
    why_not = why_none or _why_changed(indicator, first) or why_not_corrected(errors)
    read, found = None, None
    if why_none is None:
        read = readings_of(sample, judged).known.interval(sample.confidence, preview)
    if why_not is None and read is not None:
        found = corrected(read, sensitivity=errors.yes, specificity=errors.no)
    yes = judged.count(Verdict.TRUE)
    return SecondFigure(
        indicator=indicator.id,
        label=indicator.label,
        yes=yes,
        base=yes + judged.count(Verdict.FALSE),
        read=as_measure(read),
        errors=errors,
        corrected=NOTHING if found is None else Measure(found.estimate, found.lower, found.upper),
        is_clipped=found is not None and found.is_clipped,
        confidence=sample.confidence,
        why_not=why_not,
    )
