"""What intervals did on many truths, as tables and as a picture drawn from the same numbers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]

CONFIDENCE = 0.95
EDGES = (0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.14, 0.2)
"""Rates between which truths are gathered."""
STEP = 1e-12
WIDTH, HEIGHT = 860, 420
LEFT, TOP, RIGHT, BOTTOM = 64, 44, 250, 56
LEAST = 0.80
"""What the picture shows of coverage; lower is drawn at the edge."""
COLOURS = ("#0b5fa5", "#b3420f", "#2e7d32", "#7b3fa0", "#6b6b00", "#00707a", "#a0003c", "#555555")
DASHES = ("", "6 3", "2 3", "9 3 2 3")


@dataclass(frozen=True, slots=True)
class Truth:
    """What one method does on one truth of one design."""

    method: str
    place: str
    """Which truth: the same name for every method."""
    rate: float
    """Proportion of yes in the frame."""
    coverage: float
    """Probability that the interval holds the rate."""
    width: float
    """Expected width."""


def truths_of(
    made: Mapping[str, Limits], chances: NDArray[np.float64], rate: float, *, place: str
) -> Iterable[Truth]:
    """Yield what every method does where outcomes have these chances."""
    for method, (lower, upper) in made.items():
        holds = (lower <= rate + STEP) & (rate <= upper + STEP)
        width = float(chances @ (upper - lower))
        yield Truth(method, place, rate, float(chances[holds].sum()), width)


def by_method(truths: Sequence[Truth], *, against: str) -> str:
    """Return a table: worst and mean coverage, share short, width beside another method's."""
    lines = [
        f"| method | worst coverage | mean coverage | share short | mean width beside {against} "
        "| truths |",
        "|---|---|---|---|---|---|",
    ]
    groups = _grouped(truths)
    beside = {one.place: one.width for one in groups[against]}
    for method, own in groups.items():
        covered = np.array([one.coverage for one in own])
        wide = np.mean([one.width / beside[one.place] for one in own if one.place in beside])
        lines.append(
            f"| {method} | {covered.min():.4f} | {covered.mean():.3f} "
            f"| {np.mean(covered < CONFIDENCE - 1e-9):.3f} | {wide:.3f} | {len(own)} |"
        )
    return "\n".join(lines)


def _grouped(truths: Sequence[Truth]) -> dict[str, list[Truth]]:
    found: dict[str, list[Truth]] = {}
    for one in truths:
        found.setdefault(one.method, []).append(one)
    return found


def worst_by_rate(truths: Sequence[Truth]) -> dict[str, list[float]]:
    """Return by method the worst coverage between each pair of edges; NaN where there is none."""
    found: dict[str, list[float]] = {}
    for method, own in _grouped(truths).items():
        found[method] = []
        for low, high in itertools.pairwise(EDGES):
            within = [one.coverage for one in own if low <= one.rate <= high]
            found[method].append(min(within, default=math.nan))
    return found


def by_rate(truths: Sequence[Truth]) -> str:
    """Return a table of the worst coverage by method and prevalence."""
    names = [f"{low:.2%} to {high:.2%}" for low, high in itertools.pairwise(EDGES)]
    lines = [f"| worst coverage | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for method, worst in worst_by_rate(truths).items():
        cells = ("" if math.isnan(value) else f"{value:.3f}" for value in worst)
        lines.append(f"| {method} | {' | '.join(cells)} |")
    return "\n".join(lines)


def draw(path: Path, truths: Sequence[Truth], *, title: str) -> None:
    """Write the worst coverage by prevalence as a picture: one line a method."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{title}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="24" font-size="15">{title}</text>',
        *_axes(),
    ]
    worst = worst_by_rate(truths)
    places = _apart([_last(values) for values in worst.values()])
    for number, (method, values) in enumerate(worst.items()):
        lines += _line(number, method, values, places[number])
    path.write_text("\n".join([*lines, "</svg>", ""]), encoding="utf-8")


def _x(rate: float) -> float:
    share = math.log(rate / EDGES[0]) / math.log(EDGES[-1] / EDGES[0])
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(coverage: float) -> float:
    share = (1 - max(LEAST, coverage)) / (1 - LEAST)
    return TOP + share * (HEIGHT - TOP - BOTTOM)


def _axes() -> Iterable[str]:
    for rate in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2):
        x = _x(rate)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e3e3e3"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - 36}" text-anchor="middle">{rate * 100:g} %</text>'
    for percent in range(80, 101, 5):
        y, strong = _y(percent / 100), percent == round(CONFIDENCE * 100)
        stroke = "#111" if strong else "#e3e3e3"
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{stroke}"/>'
        word = "80 or less" if percent == round(LEAST * 100) else str(percent)
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{word}</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 12}">yes in the frame; worst coverage, per cent</text>'


def _last(values: Sequence[float]) -> float:
    return next((value for value in reversed(values) if not math.isnan(value)), LEAST)


def _apart(ends: Sequence[float]) -> list[float]:
    """Return heights of names near the ends of their lines, far enough apart to be read."""
    wanted = sorted(range(len(ends)), key=lambda at: _y(ends[at]))
    places, least = [0.0] * len(ends), float(TOP)
    for at in wanted:
        places[at] = max(least, _y(ends[at]))
        least = places[at] + 15
    over = max(0.0, least - (HEIGHT - BOTTOM) - 15)
    return [place - over for place in places]


def _line(number: int, method: str, values: Sequence[float], place: float) -> Iterable[str]:
    colour = COLOURS[number % len(COLOURS)]
    dash = DASHES[number // len(COLOURS) % len(DASHES)]
    middles = [math.sqrt(low * high) for low, high in itertools.pairwise(EDGES)]
    seen = [(x, y) for x, y in zip(middles, values, strict=True) if not math.isnan(y)]
    points = " ".join(f"{_x(rate):.1f},{_y(value):.1f}" for rate, value in seen)
    style = f'fill="none" stroke="{colour}" stroke-width="2"'
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    yield f'<polyline points="{points}" {style}{dashed}/>'
    end = WIDTH - RIGHT + 12
    last = seen[-1] if seen else (EDGES[-1], LEAST)
    yield (
        f'<path d="M{_x(last[0]):.1f} {_y(last[1]):.1f}L{end} {place:.1f}H{end + 18}" '
        f'fill="none" stroke="{colour}"{dashed}/>'
    )
    yield f'<text x="{end + 22}" y="{place + 4:.1f}" fill="{colour}">{method}</text>'
