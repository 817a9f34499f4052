"""What the page of waves shows: one indicator over several audits, and what was compared."""

from __future__ import annotations

from dataclasses import dataclass

from dipsample.tui.commands import Need
from dipsample.tui.models.findings import in_per_cent
from dipsample.wave_words import (
    LEAST_DRAWN,
    NO_LIMITS,
    Plot,
    has_change,
    in_p,
    in_points,
    outside_words,
    plot_of,
)
from exports.release.figures import has_percentage, reliability_words
from review.waves import Comparison, Point, Row, Shift, Wave

_TOO_FEW_WAVES = f"A run is drawn of {LEAST_DRAWN} waves or more; the figures are in the table."


@dataclass(frozen=True, slots=True)
class WavesShown:
    """Audits that were read, and what their comparison made of them."""

    waves: tuple[Wave, ...]
    """Oldest first."""
    made: Comparison
    signed: tuple[bool, ...]
    """Whether each is signed off exactly as it stands."""


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One audit in the table of an indicator."""

    title: str
    counts: str
    estimate: str
    change: str
    """Against the audit before; why there is none, or empty for the first."""
    care: str
    """What has to be said beside the estimate; empty for nothing."""


@dataclass(frozen=True, slots=True)
class WavesView:
    """One indicator over the waves."""

    waves: int
    place: int
    """Of the indicator, from 0."""
    count: int
    """Of indicators."""
    title: str
    provisional: str
    """Which waves are not final; empty for none."""
    row: Row
    said: tuple[str, ...]
    """Sentences on the newest change, the trend, and what was not compared."""
    lines: tuple[WaveLine, ...]

    @property
    def has(self) -> frozenset[Need]:
        """What can be done."""
        return frozenset({Need.FIGURES})

    def plot(self, size: tuple[int, int]) -> Plot | None:
        """Return the run as a drawing of so many columns and rows; None where there is none."""
        return plot_of(self.row, size)


def waves_view(shown: WavesShown, place: int) -> WavesView:
    """Return what the page shows of one indicator.

    Args:
        shown: The waves, with at least one indicator.
        place: Which, from 0.
    """
    row = shown.made.rows[place]
    return WavesView(
        waves=len(shown.waves),
        place=place,
        count=len(shown.made.rows),
        title=f"{row.indicator}  {row.label}",
        provisional=_provisional(shown),
        row=row,
        said=tuple(_said(shown.made, row)),
        lines=tuple(
            _line(wave, point, row) for wave, point in zip(shown.waves, row.points, strict=True)
        ),
    )


def _provisional(shown: WavesShown) -> str:
    """Name the waves that can still move."""
    named = [
        f"wave {place} has {wave.open_cases:,} open" if wave.open_cases else f"wave {place}"
        for place, (wave, is_signed) in enumerate(
            zip(shown.waves, shown.signed, strict=True), start=1
        )
        if wave.open_cases or not is_signed
    ]
    return f"PROVISIONAL, not signed off: {', '.join(named)}." if named else ""


def _said(made: Comparison, row: Row) -> list[str]:
    said = []
    if len(row.points) < LEAST_DRAWN:
        said.append(_TOO_FEW_WAVES)
    if row.shifts:
        said.append(f"Newest change: {_change(row, row.shifts[-1])}.")
    test = row.trend
    if test is not None and test.trend is not None:
        about = ", at the effective sample size, approximate" if test.is_at_effective_size else ""
        said.append(
            f"Trend: {in_points(test.trend.slope)} points a wave, p {in_p(test.trend.p_value)}, "
            f"adjusted {in_p(test.adjusted)}{about}."
        )
    elif test is not None and test.why_not is not None:
        said.append(f"No trend: {test.why_not}.")
    if row.chart is None:
        said.append(NO_LIMITS if len(row.points) >= LEAST_DRAWN else "")
    elif row.chart.why_not is not None:
        said.append(f"No limits: {row.chart.why_not}.")
    else:
        said.append(outside_words(row))
    said.append(f"{made.claims:,} p-values were worked out, each adjusted for all of them (Holm).")
    return [one for one in said if one]


def _change(row: Row, shift: Shift) -> str:
    if shift.why_not is not None:
        return shift.why_not
    if not has_change(row, shift):
        return "none shown, a base is under 10"
    moved = shift.difference
    limits = ""
    if moved.lower is not None and moved.upper is not None:
        limits = f" ({in_points(moved.lower)} to {in_points(moved.upper)})"
    p = "" if shift.p_value is None else f", p {in_p(shift.p_value)}, adj. {in_p(shift.adjusted)}"
    return f"{in_points(moved.estimate)} points{limits}{p}"


def _line(wave: Wave, point: Point, row: Row) -> WaveLine:
    found = point.finding
    shift = next((one for one in row.shifts if one.later == point.wave), None)
    change = "" if shift is None else _change(row, shift)
    if found is None:
        return WaveLine(wave.title, "", "not asked by its codebook", change, "")
    estimate = in_per_cent(found.known) if has_percentage(found) else "no percentage"
    return WaveLine(
        title=wave.title,
        counts=f"{found.numerator:,} of {found.denominator:,}",
        estimate=estimate,
        change=change,
        care=reliability_words(found.flags) if found.flags else "",
    )
