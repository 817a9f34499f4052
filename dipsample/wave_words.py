"""What commands and screens say of a comparison of waves in the same words and the same drawing."""

from __future__ import annotations

from dataclasses import dataclass

from dipsample.run_plot import Mark, fitting, legend, run_plot
from exports.release.figures import has_percentage
from review.waves import Point, Row, Shift
from sampling.estimation.claims import LEAST_P
from sampling.estimation.comparison import LEAST_WAVES_FOR_LIMITS

LEAST_DRAWN = 3
"""Under so many waves there is no run to draw."""
NO_LIMITS = f"Under {LEAST_WAVES_FOR_LIMITS} waves: a run without control limits."


@dataclass(frozen=True, slots=True)
class Plot:
    """The waves of one indicator as a drawing."""

    lines: tuple[str, ...]
    """The plotted area, its axis, and the numbers of the waves."""
    legend: str


def plot_of(row: Row, size: tuple[int, int]) -> Plot | None:
    """Draw one indicator over its waves: a p-chart where it has limits, else a run.

    Args:
        row: The indicator.
        size: Columns, and rows of the plotted area.

    Returns:
        None with fewer than three waves, and where no wave has a percentage.
    """
    if len(row.points) < LEAST_DRAWN:
        return None
    chart = row.chart.points if row.chart is not None else ()
    marks = [_mark(point) for point in row.points]
    if chart:
        marks = [
            Mark(one.share, limits=one.exact, is_outside=one.is_signal)
            if mark.share is not None
            else mark
            for mark, one in zip(marks, chart, strict=True)
        ]
    if all(mark.share is None for mark in marks):
        return None
    left_out = max(0, len(marks) - fitting(size[0]))
    lines = run_plot(
        marks[left_out:],
        size,
        first=left_out + 1,
        centre=row.chart.centre if row.chart is not None else None,
    )
    said = legend(has_limits=bool(chart))
    if left_out:
        said += f"   the newest {len(marks) - left_out} of {len(marks)}"
    return Plot(tuple(lines), said)


def _mark(point: Point) -> Mark:
    found = point.finding
    if found is None or not has_percentage(found) or found.known.estimate is None:
        return Mark(None)
    lower, upper = found.known.lower, found.known.upper
    span = None if lower is None or upper is None else (lower, upper)
    return Mark(found.known.estimate, span)


def outside_words(row: Row) -> str:
    """Name the waves outside the limits of a p-chart; empty where there are no limits."""
    if row.chart is None or not row.chart.points:
        return ""
    named = [str(place) for place, one in enumerate(row.chart.points, start=1) if one.is_signal]
    if not named:
        return "No wave lies outside its limits."
    wave = "Wave" if len(named) == 1 else "Waves"
    lies = "lies outside its limits" if len(named) == 1 else "lie outside their limits"
    return f"{wave} {', '.join(named)} {lies}."


def has_change(row: Row, shift: Shift) -> bool:
    """Say whether a change may be shown: none between bases too small for a percentage."""
    pair = (row.points[place].finding for place in (shift.earlier, shift.later))
    return shift.difference.estimate is not None and all(
        one is not None and has_percentage(one) for one in pair
    )


def in_points(proportion: float | None) -> str:
    """Return a difference in percentage points, with its sign."""
    return "" if proportion is None else f"{100 * proportion:+z.1f}"


def in_p(value: float | None) -> str:
    """Return a p-value with three decimals; empty where there is none."""
    if value is None:
        return ""
    if value <= max(LEAST_P, 0.0005):
        return "<0.001"
    return f"{value:.3f}"
