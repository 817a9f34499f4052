"""The page of second figures: what each rests on, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dipsample.tui.drawing.corrected import corrected_lines
from dipsample.tui.drawing.lines import line_width
from review.second_figure import SecondFigure, without_figure
from tests.review.second_figures import FIGURE


def page(*figures: SecondFigure, width: int = 80) -> str:
    lines = corrected_lines(figures, width)
    assert all(line_width(line) <= width for line in lines)
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_figure_stands_with_what_it_rests_on(width: int) -> None:
    text = page(FIGURE, width=width)
    assert "as first read  48 of 200: 24.0 % (19.0 to 30.0)" in text
    assert "sensitivity    16 of 20" in text
    assert "specificity    58 of 60" in text
    assert "corrected (approximate): 27.0 % (18.0 to 41.0)" in text


def test_the_page_says_what_is_taken_for_the_truth() -> None:
    words = " ".join(page(FIGURE).split())
    assert "never the headline" in words
    assert "is taken for the truth" in words


def test_a_withheld_figure_gives_way_to_its_reason() -> None:
    text = page(without_figure(FIGURE, "no case was coded twice"))
    assert "corrected      none: no case was coded twice." in text
    assert "27.0 %" not in text


def test_a_figure_that_was_cut_says_so() -> None:
    assert "was cut there" in page(replace(FIGURE, is_clipped=True))
