"""From a finding to cells: what is printed, how it is rounded, and the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from exports.release.tables import Cell, Column, ColumnKind, Hidden, Mark, Shown
from exports.rounding import counted, limits, percentage, two_figures, whole
from review.finding import Finding, Measure, Total

NO_PERCENTAGE: Final = "no-percentage"
LEAST_BASE: Final = 10
"""Under so many cases no percentage is printed."""
ACCEPTABLE: Final = "acceptable"

CENSUS: Final = "census"
_BY_CHANCE = ("korn-graubard-size-weighted", "korn-graubard-two-stage")
_NOT_AVAILABLE: Final = Hidden(Mark.NOT_AVAILABLE)
_NOT_APPLICABLE: Final = Hidden(Mark.NOT_APPLICABLE)
_LOW: Final = ("low-base", "unreliable", "wide", "few-degrees-of-freedom")
"""The flags of a figure of low reliability."""
_FLAG_WORDS: Final = {
    "incomplete": "coding is not finished: no interval",
    "provisional": "provisional: cases are open",
    "not-before-the-end": "no interval before every case is closed",
    "rule-departed": "coding departed from the rule of the plan",
    NO_PERCENTAGE: f"base under {LEAST_BASE}: no percentage",
    "low-base": "base under 30",
    "unreliable": "effective sample under 30",
    "wide": "wide interval",
    "few-degrees-of-freedom": "under 8 degrees of freedom",
    "no-events": "no case found: read the upper limit",
    "empty-base": "no decided case in the base",
    "preview": "a preview: the exact interval is being worked out",
    "cross-check": "the exact and the approximate interval differ by over 25 % in width",
    "collapsed-stratum": "a stratum with too few records read was joined to its neighbour",
    "frame-open": "the frame may still grow: of the records listed so far",
    "upper-bound": "persons counted as the least they can be: the percentage is the most",
}


def limit_columns(confidence: float, *, of: str = "") -> tuple[Column, Column]:
    """Return the two columns of an interval's limits, with the confidence in their titles."""
    level = f"{percentage(confidence).normalize():f}%"
    kind = ColumnKind.COUNT if of else ColumnKind.PERCENTAGE
    suffix = of or f"{level} limit"
    return (
        Column(f"Lower {suffix}", kind),
        Column(f"Upper {suffix}", kind),
    )


def has_percentage(finding: Finding) -> bool:
    """Return whether the base is large enough for a percentage to mean something."""
    return finding.denominator >= LEAST_BASE and NO_PERCENTAGE not in finding.flags


def measure_cells(measure: Measure, finding: Finding) -> tuple[Cell, Cell, Cell]:
    """Return percentage, lower and upper limit; marks where there is none to give."""
    if not has_percentage(finding):
        return (_NOT_AVAILABLE, _NOT_AVAILABLE, _NOT_AVAILABLE)
    estimate = _NOT_AVAILABLE if measure.estimate is None else Shown(percentage(measure.estimate))
    lower, upper = limit_cells(measure.lower, measure.upper)
    return (estimate, lower, upper)


def limit_cells(lower: float | None, upper: float | None) -> tuple[Cell, Cell]:
    """Return the cells of two limits of 0 to 1; marks where there are none."""
    if lower is None or upper is None:
        return (_NOT_AVAILABLE, _NOT_AVAILABLE)
    low, high = limits(lower, upper)
    return (Shown(low), Shown(high))


def total_cells(total: Total, finding: Finding) -> tuple[Cell, Cell, Cell]:
    """Return an estimated number in the frame and its limits, to two figures.

    A census counts, and its number is printed whole.
    """
    if not has_percentage(finding):
        return (_NOT_AVAILABLE, _NOT_AVAILABLE, _NOT_AVAILABLE)
    rounded = whole if finding.method == CENSUS else two_figures
    numbers = (total.estimate, total.lower, total.upper)
    first, second, third = (
        _NOT_AVAILABLE if number is None else Shown(rounded(number)) for number in numbers
    )
    return (first, second, third)


def in_numbers(finding: Finding, total: Total) -> str:
    """Return an estimated number such as ``340 (150 to 650)``; empty where there is none."""
    if total.estimate is None or total.lower is None or total.upper is None:
        return ""
    rounded = whole if finding.method == CENSUS else two_figures
    return f"{rounded(total.estimate):,} ({rounded(total.lower):,} to {rounded(total.upper):,})"


def no_total_cells() -> tuple[Cell, Cell, Cell]:
    """Return the cells of a row for which no number in the frame is estimated."""
    return (_NOT_APPLICABLE, _NOT_APPLICABLE, _NOT_APPLICABLE)


def reliability_words(flags: Sequence[str]) -> str:
    """Return what stands beside a figure: its flags in words, or ``acceptable``."""
    mark = Mark.LOW_RELIABILITY.value
    words = [
        f"low: {flag_words(flag)} {mark}" if flag in _LOW else flag_words(flag) for flag in flags
    ]
    return "; ".join(words) or ACCEPTABLE


def flag_words(flag: str) -> str:
    """Return a flag in words; one without words as it is, with spaces, so that none is dropped."""
    return _FLAG_WORDS.get(flag, flag.replace("-", " "))


def answer_in_words(finding: Finding, *, is_weighted: bool) -> str:
    """Return a finding as a sentence or two for the cover.

    Args:
        finding: Over the whole frame.
        is_weighted: Whether the percentage is another than cases divided by base.
    """
    known = finding.known
    label = finding.label[:1].upper() + finding.label[1:]
    if known.estimate is None or not has_percentage(finding):
        return (
            f"{label}: no percentage yet; {finding.numerator:,} of {finding.denominator:,} "
            f"decided cases ({reliability_words(finding.flags)})."
        )
    start = f"{label}: {percentage(known.estimate)}%"
    return f"{start} {_interval_in_words(finding, is_weighted)}.{_undetermined_in_words(finding)}"


def _interval_in_words(finding: Finding, is_weighted: bool) -> str:
    known = finding.known
    weighed = ", each stratum weighed by its size" if is_weighted else ""
    if finding.method in _BY_CHANCE:
        weighed = ", each case weighed by its chance"
    base = f"{finding.numerator:,} of {finding.denominator:,} decided cases{weighed}"
    if finding.method == CENSUS:
        return f"({base}; a complete count)"
    if known.lower is None or known.upper is None:
        return f"({base}; no interval, because coding is not finished)"
    low, high = limits(known.lower, known.upper)
    level = percentage(finding.confidence).normalize()
    return f"({level:f}% interval {low}% to {high}%; {base})"


def _undetermined_in_words(finding: Finding) -> str:
    if not finding.undetermined:
        return ""
    cases = f"{counted(finding.undetermined, 'case')} could not be decided"
    bounds = finding.bounds
    if bounds.lower is None or bounds.upper is None:
        return f" {cases}."
    low, high = limits(bounds.lower, bounds.upper)
    return (
        f" A further {cases}; from the lower limit with all of them counted as no to the upper "
        f"limit with all as yes: {low}% to {high}%."
    )


def plotted(finding: Finding) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return percentage and distances to the printed limits, or None where one is missing."""
    cells = measure_cells(finding.known, finding)
    values = [cell.value for cell in cells if isinstance(cell, Shown)]
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) != len(cells):
        return None
    estimate, lower, upper = numbers
    return (estimate, estimate - lower, upper - estimate)
