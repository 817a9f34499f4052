from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.tui.drawing.lines import (
    Role,
    Span,
    clip,
    ends,
    fit,
    fit_line,
    line_text,
    line_width,
    split_at,
    visible,
    width_of,
    wrap,
)

texts = st.text(max_size=60)


@given(texts)
def test_shown_text_has_as_many_characters_as_the_stored_text(text: str) -> None:
    assert len(visible(text)) == len(text)


@given(texts)
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    for character in visible(text):
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("\x1b[2J", "\u241b[2J"), ("\x07", "\u2407"), ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a\ufffdb")],
)
def test_escape_and_direction_marks_are_seen_as_characters(stored: str, shown: str) -> None:
    assert visible(stored) == shown


def test_wide_characters_take_two_cells_and_combining_ones_none() -> None:
    assert width_of("\u6f22\u5b57") == 4
    assert width_of("e\N{COMBINING ACUTE ACCENT}") == 1


@given(texts, st.integers(1, 40))
def test_clipped_text_fits(text: str, width: int) -> None:
    assert width_of(clip(visible(text), width)) <= width


@given(texts, st.integers(1, 40), st.booleans())
def test_fitted_text_fills_its_cells_exactly(text: str, width: int, right: bool) -> None:
    assert width_of(fit(visible(text), width, right=right)) == width


@given(texts, st.integers(0, 40))
def test_a_split_loses_nothing(text: str, width: int) -> None:
    head, rest = split_at(text, width)
    assert head + rest == text
    assert width_of(head) <= width


@given(texts, st.integers(2, 40))
def test_wrapped_lines_fit_and_keep_every_word_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(text.replace("\n", " ")).split())


def test_later_lines_of_a_paragraph_are_indented_within_the_width() -> None:
    assert wrap("one two three", 7, indent=2) == ["one two", "  three"]


@given(st.lists(texts.map(visible), max_size=4), st.integers(0, 60))
def test_a_line_is_cut_or_padded_to_its_width(parts: list[str], width: int) -> None:
    line = fit_line(tuple(Span(part) for part in parts), width)
    assert line_width(line) == width


def test_the_end_of_a_line_stays_when_its_start_is_too_long() -> None:
    line = ends((Span("a long beginning"),), (Span("end"),), 10, role=Role.HEADER)
    assert line_text(line) == "a long end"
