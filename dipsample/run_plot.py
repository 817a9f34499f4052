"""A run of proportions drawn in characters, time from left to right.

Each share stands in its interval; on a p-chart it stands between its limits, round the centre.
Every mark is a character of ASCII of its own, so that nothing is told by colour. Commands and
screens draw the same lines.

Standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

POINT: Final = "o"
OUTSIDE: Final = "X"
WHISKER: Final = "|"
LIMIT: Final = "-"
CENTRE: Final = "."

_LABEL: Final = 8
"""Cells of the axis at the left, its bar among them."""
_LEAST_STEP, _MOST_STEP = 3, 9
"""Cells of one wave."""
_ROUND: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One wave: proportions of 0 to 1, None where there is none to show."""

    share: float | None
    span: tuple[float, float] | None = None
    """Its interval."""
    limits: tuple[float, float] | None = None
    """Where its share would lie if nothing had changed."""
    is_outside: bool = False


def round_top(highest: float) -> float:
    """Return the end of the smallest axis of round numbers that holds a proportion."""
    for step in _ROUND:
        top = math.ceil(round(highest / step, 9)) * step
        if 0 < top <= _PARTS * step:
            return min(1.0, top)
    return 1.0


def fitting(width: int) -> int:
    """Return how many waves a plot of so many columns can hold."""
    return max(1, (width - _LABEL) // _LEAST_STEP)


def run_plot(
    marks: Sequence[Mark], size: tuple[int, int], *, first: int = 1, centre: float | None = None
) -> list[str]:
    """Return the plot: ``size[1]`` rows of it, then the axis and the numbers of the waves.

    Args:
        marks: In order of time, at most as many as :func:`fitting` says.
        size: Columns, and rows of the plotted area, at least 3.
        first: Number of the first wave.
        centre: The share of all waves together, where limits go round it.
    """
    width, height = size
    step = min(_MOST_STEP, (width - _LABEL) // max(1, len(marks)))
    top = round_top(max((value for mark in marks for value in _heights(mark)), default=0.0))
    grid = [[" "] * (step * len(marks)) for _ in range(height)]

    def row(proportion: float) -> int:
        return round(min(max(proportion / top, 0.0), 1.0) * (height - 1))

    if centre is not None:
        grid[row(centre)] = [CENTRE] * (step * len(marks))
    for place, mark in enumerate(marks):
        _put(mark, grid, (place * step, step), row)
    labels = {height - 1: top, (height - 1) // 2: top * ((height - 1) // 2) / (height - 1), 0: 0.0}
    lines = [
        f"{_percentage(labels[level]) if level in labels else '':>{_LABEL - 2}} |"
        f"{''.join(grid[level])}".rstrip()
        for level in reversed(range(height))
    ]
    numbers = "".join(_number(first + place, step) for place in range(len(marks)))
    axis = " " * (_LABEL - 1) + "+" + "-" * (step * len(marks))
    return [*lines, axis, (" " * _LABEL + numbers).rstrip()]


def legend(*, has_limits: bool) -> str:
    """Say what the characters of a plot stand for."""
    if has_limits:
        return f"{POINT} share   {OUTSIDE} outside   {LIMIT} exact limits   {CENTRE} all waves"
    return f"{POINT} estimate   {WHISKER} interval"


def _heights(mark: Mark) -> tuple[float, ...]:
    share = () if mark.share is None else (mark.share,)
    return (*share, *(mark.span or ()), *(mark.limits or ()))


def _put(
    mark: Mark, grid: list[list[str]], columns: tuple[int, int], row: Callable[[float], int]
) -> None:
    """Draw one wave into its columns: limits first, its share over everything."""
    start, step = columns
    middle = start + (step - 1) // 2
    for limit in mark.limits or ():
        grid[row(limit)][start : start + step] = [LIMIT] * step
    if mark.span is not None:
        for level in range(row(mark.span[0]), row(mark.span[1]) + 1):
            grid[level][middle] = WHISKER
    if mark.share is not None:
        grid[row(mark.share)][middle] = OUTSIDE if mark.is_outside else POINT


def _number(wave: int, step: int) -> str:
    """Return the number of a wave under its mark; every second one where they would touch."""
    text = str(wave)
    if len(text) >= step:
        text = text if wave % 2 == 0 else ""
    left = max(0, (step - 1) // 2 - (len(text) - 1) // 2)
    return (" " * left + text).ljust(step)[:step]


def _percentage(proportion: float) -> str:
    return f"{100 * proportion:.3g} %" if proportion else "0 %"
