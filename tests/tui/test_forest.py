from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dipsample.tui.drawing.forest import Axis, Interval, axis_for, bar, forest_plot, ticks
from dipsample.tui.drawing.lines import line_text, line_width

proportions = st.floats(0, 1)
intervals = st.tuples(proportions, proportions, proportions).map(
    lambda three: Interval("a group", *[sorted(three)[place] for place in (1, 0, 2)])
)


def test_a_plot_has_labels_numbers_bars_and_an_axis() -> None:
    plot = forest_plot(
        [
            Interval("North East", 0.229, 0.130, 0.370),
            Interval("South West", 0.059, 0.020, 0.160),
            Interval("too few", None, None, None),
        ],
        76,
    )
    assert [line_text(line).rstrip() for line in plot] == [
        " North East  22.9 % 13.0 to 37.0               |--------o-------------|",
        " South West   5.9 %  2.0 to 16.0    |---o---------|",
        " too few       not enough to say",
        "                                  0                 20 %              40 %",
    ]


@given(intervals, st.integers(10, 60))
def test_a_bar_fills_its_cells_and_its_estimate_lies_between_its_ends(
    interval: Interval, width: int
) -> None:
    drawn = bar(interval, axis_for([interval], width))
    assert len(drawn) == width
    assert drawn.isascii()
    assert drawn.strip().count("o") == 1
    assert set(drawn.strip()) <= {"|", "-", "o"}


@given(st.lists(intervals, min_size=1, max_size=6))
def test_the_axis_holds_every_interval(several: list[Interval]) -> None:
    axis = axis_for(several, 30)
    assert all(one.upper is not None and one.upper <= axis.top + 1e-9 for one in several)
    assert axis.top <= 1


@given(st.lists(intervals, max_size=6), st.integers(50, 120))
def test_a_plot_fits_its_width(several: list[Interval], width: int) -> None:
    assert all(line_width(line) <= width for line in forest_plot(several, width))


def test_the_axis_is_labelled_at_both_ends() -> None:
    assert ticks(Axis(0.05, 20)).split() == ["0", "2.5", "%", "5", "%"]
    assert len(ticks(Axis(0.05, 20))) == 20


def test_no_estimate_gives_no_mark() -> None:
    assert bar(Interval("a", None, None, None), Axis(0.5, 12)) == " " * 12
