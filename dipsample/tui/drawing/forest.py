"""A forest plot in characters: one line a group, a common axis, the numbers beside it.

``|--o---|`` is an interval with its estimate. Screens, plain mode and the README draw the same
characters; with ``ascii_only`` there is no other.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dipsample.run_plot import round_top
from dipsample.tui.drawing.lines import Line, Role, Span, fit


@dataclass(frozen=True, slots=True)
class Interval:
    """One line of the plot; proportions of 0 to 1, None where there is none to give."""

    label: str
    estimate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Axis:
    """A common scale from 0."""

    top: float
    """The proportion at its right end."""
    width: int
    """Cells."""

    def cell(self, proportion: float) -> int:
        """Return the cell that a proportion stands in, from 0."""
        share = min(max(proportion / self.top, 0.0), 1.0)
        return min(self.width - 1, round(share * (self.width - 1)))


def axis_for(intervals: Sequence[Interval], width: int) -> Axis:
    """Return the smallest axis of round numbers that holds every interval."""
    highest = max((i.upper for i in intervals if i.upper is not None), default=0.0)
    return Axis(round_top(highest), width)


def bar(interval: Interval, axis: Axis) -> str:
    """Return one interval as exactly ``axis.width`` cells; no interval gives blanks."""
    if interval.estimate is None or interval.lower is None or interval.upper is None:
        return " " * axis.width
    cells = [" "] * axis.width
    low, high = axis.cell(interval.lower), axis.cell(interval.upper)
    for place in range(low, high + 1):
        cells[place] = "-"
    cells[low] = cells[high] = "|"
    cells[axis.cell(interval.estimate)] = "o"
    return "".join(cells)


def ticks(axis: Axis) -> str:
    """Return the row of numbers under the bars: 0, the middle and the top, in per cent."""
    row = [" "] * axis.width
    for share in (0.0, 0.5, 1.0):
        label = _percentage(axis.top * share)
        centre = axis.cell(axis.top * share)
        start = min(max(0, centre - len(label) // 2), axis.width - len(label))
        row[start : start + len(label)] = label
    return "".join(row)


def _percentage(proportion: float) -> str:
    return f"{proportion * 100:.3g} %" if proportion else "0"


def numbers(interval: Interval) -> str:
    """Return estimate and limits in per cent, in 20 cells."""
    if interval.estimate is None:
        return "not enough to say".rjust(20)
    shown = f"{interval.estimate * 100:.1f} %"
    if interval.lower is None or interval.upper is None:
        return shown.rjust(7).ljust(20)
    limits = f"{interval.lower * 100:.1f} to {interval.upper * 100:.1f}"
    return f"{shown:>7} {limits:>12}"


def forest_plot(intervals: Sequence[Interval], width: int) -> list[Line]:
    """Return the whole plot: a line for each interval, then the axis.

    Args:
        intervals: In the order to show.
        width: Cells; at least 50.
    """
    label_width = min(max((len(i.label) for i in intervals), default=0), width - 46)
    axis = axis_for(intervals, width - label_width - 26)
    lines: list[Line] = [
        (
            Span(f" {fit(interval.label, label_width)} "),
            Span(numbers(interval)),
            Span("  "),
            Span(bar(interval, axis), Role.CHART),
        )
        for interval in intervals
    ]
    lines.append((Span(" " * (label_width + 24)), Span(ticks(axis), Role.MUTED)))
    return lines
