"""The run of proportions in characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.run_plot import Mark, fitting, legend, round_top, run_plot
from dipsample.wave_words import plot_of
from tests.review.waves_by_hand import compared, wave

SHARES = st.floats(0, 1)


@given(st.floats(0.001, 1))
def test_the_axis_ends_at_a_round_number_over_every_share(highest: float) -> None:
    top = round_top(highest)
    assert highest <= top + 1e-9
    assert top <= 1
    assert top <= max(0.05, 2.5 * highest)


@given(
    st.lists(st.tuples(SHARES, SHARES, SHARES).map(sorted), min_size=1, max_size=24),
    st.integers(3, 30),
    st.booleans(),
)
def test_a_plot_keeps_its_size_and_shows_every_wave_once(
    triples: list[list[float]], rows: int, has_limits: bool
) -> None:
    marks = [
        Mark(middle, limits=(low, high), is_outside=True)
        if has_limits
        else Mark(middle, span=(low, high))
        for low, middle, high in triples
    ]
    lines = run_plot(marks, (80, rows), centre=0.5 if has_limits else None)
    assert len(lines) == rows + 2
    assert all(len(line) <= 80 for line in lines)
    assert sum(line.count("X" if has_limits else "o") for line in lines) == len(marks)
    assert all(line.isascii() for line in lines)


def test_a_greater_share_never_stands_lower() -> None:
    shares = [0.02, 0.05, 0.05, 0.11, 0.3]
    lines = run_plot([Mark(share) for share in shares], (80, 11))
    columns = sorted(
        (column, -row) for row, line in enumerate(lines) for column, sign in enumerate(line)
        if sign == "o"
    )  # fmt: skip
    heights = [height for _, height in columns]
    assert heights == sorted(heights)
    assert heights[1] == heights[2]


def test_a_wave_without_a_percentage_leaves_its_place_empty() -> None:
    lines = run_plot([Mark(0.1), Mark(None), Mark(0.1)], (80, 5))
    assert sum(line.count("o") for line in lines) == 2
    assert lines[-1].split() == ["1", "2", "3"]


def test_the_characters_are_explained() -> None:
    assert "X outside" in legend(has_limits=True)
    assert "interval" in legend(has_limits=False)


def test_of_more_waves_than_fit_the_newest_are_drawn_and_that_is_said() -> None:
    waves = [wave(n, {"M2": 10 + n % 3}) for n in range(1, 31)]
    (row,) = compared(waves).rows
    plot = plot_of(row, (80, 9))
    assert plot is not None
    assert "the newest 24 of 30" in plot.legend
    assert fitting(80) == 24
    assert plot.lines[-1].split()[0] == "7"


@pytest.mark.parametrize(("waves", "has_limits"), [(3, False), (7, False), (8, True)])
def test_limits_stand_from_eight_waves_on(waves: int, has_limits: bool) -> None:
    (row,) = compared([wave(n, {"M2": 20}) for n in range(1, waves + 1)]).rows
    plot = plot_of(row, (80, 11))
    assert plot is not None
    assert ("exact limits" in plot.legend) is has_limits
    assert any("---" in line for line in plot.lines[:-2]) is has_limits


def test_two_waves_are_no_run() -> None:
    (row,) = compared([wave(n, {"M2": 20}) for n in (1, 2)]).rows
    assert plot_of(row, (80, 11)) is None
