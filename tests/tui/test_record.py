from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.tui.drawing.lines import line_text, line_width, visible
from dipsample.tui.drawing.record import (
    Mark,
    MarkKind,
    Passage,
    Place,
    found_in,
    key_terms_in,
    lay_out,
    sentences_of,
)
from dipsample.tui.drawing.record_pane import RecordPane

TEXT = (
    "Both are arrested at 22:52 on suspicion. [P1] released. An Arresting officer notes it.\n"
    "[P2] wants to make an allegation."
)
RECORD = (Passage("narrative", TEXT),)


def words_at(place: Place) -> str:
    return TEXT[place.start : place.end]


def test_key_terms_are_beginnings_of_words_in_any_case() -> None:
    found = [words_at(place) for place in key_terms_in(RECORD, ("arrest", "alleg"))]
    assert found == ["arrested", "Arresting", "allegation"]


def test_words_looked_for_may_stand_across_a_line_break() -> None:
    assert [words_at(place) for place in found_in(RECORD, "notes  IT.")] == ["notes it."]
    assert [words_at(place) for place in found_in(RECORD, "it. [p2]")] == ["it.\n[P2]"]
    assert found_in(RECORD, "  ") == ()


def test_sentences_end_at_stops_and_at_line_breaks() -> None:
    assert [words_at(place) for place in sentences_of(RECORD)] == [
        "Both are arrested at 22:52 on suspicion.",
        "[P1] released.",
        "An Arresting officer notes it.",
        "[P2] wants to make an allegation.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Day 0 22:14. She called. 22:41. Officers attend.",
         ["Day 0 22:14. She called.", "22:41. Officers attend."]),
        ("On 3 March 2026. He left.", ["On 3 March 2026. He left."]),
        ("Both arrested 22:52. Released.", ["Both arrested 22:52.", "Released."]),
        ("He left. 22:41.\nShe stayed.", ["He left.", "22:41.", "She stayed."]),
        ("22:41.", ["22:41."]),
    ],
)  # fmt: skip
def test_a_time_stamp_belongs_to_the_sentence_behind_it(text: str, expected: list[str]) -> None:
    places = sentences_of((Passage("narrative", text),))
    assert [text[place.start : place.end] for place in places] == expected


def test_marks_are_characters_and_not_only_colours() -> None:
    terms = [Mark(place, MarkKind.TERM) for place in key_terms_in(RECORD, ("arrest",))]
    quote = Mark(Place("narrative", 0, 40), MarkKind.QUOTE)
    cursor = Mark(sentences_of(RECORD)[3], MarkKind.CURSOR)
    lines = [line_text(line) for line in lay_out(RECORD, [*terms, quote, cursor], 60).lines]
    assert lines == [
        "  >> Both are |arrested| at 22:52 on suspicion. << [P1]",
        "  released. An |Arresting| officer notes it.",
        "> [P2] wants to make an allegation.",
    ]


def test_several_fields_have_their_names_above_or_before_them() -> None:
    record = (
        Passage("call", "Help."),
        Passage("outcome", "none"),
        Passage("grade", "low"),
        Passage("report", "A text too long to stand beside its name."),
    )
    lines = [line_text(line).rstrip() for line in lay_out(record, [], 32).lines]
    assert lines == [
        "  call",
        "  Help.",
        "",
        "  outcome: none",
        "  grade: low",
        "",
        "  report",
        "  A text too long to stand",
        "  beside its name.",
    ]


def test_a_short_field_can_be_quoted_like_any_other() -> None:
    record = (Passage("call", "Help."), Passage("outcome", "none"))
    layout = lay_out(record, [Mark(Place("outcome", 0, 4), MarkKind.QUOTE)], 40)
    assert line_text(layout.lines[-1]) == "  outcome: >> none <<"
    assert layout.line_of(Place("outcome", 0, 4)) == len(layout.lines) - 1


def test_markup_and_control_characters_stay_text() -> None:
    record = (Passage("narrative", "[red]not red[/] \x1b[2J [@click=app.quit]x"),)
    (line,) = lay_out(record, [], 60).lines
    assert line_text(line) == "  [red]not red[/] \u241b[2J [@click=app.quit]x"


@st.composite
def records_with_marks(draw: st.DrawFn) -> tuple[Passage, list[Mark]]:
    text = draw(st.text(alphabet="ab .\n\u6f22\u0301[]", max_size=120))
    spots = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(spots, spots), max_size=4))
    kinds = draw(st.lists(st.sampled_from(MarkKind), min_size=len(pairs), max_size=len(pairs)))
    marks = [
        Mark(Place("n", min(pair), max(pair)), kind)
        for pair, kind in zip(pairs, kinds, strict=True)
        if pair[0] != pair[1]
    ]
    return Passage("n", text), marks


@given(records_with_marks(), st.integers(12, 60))
def test_lines_fit_whatever_is_marked(record: tuple[Passage, list[Mark]], width: int) -> None:
    passage, marks = record
    assert all(line_width(line) <= width for line in lay_out((passage,), marks, width).lines)


@given(records_with_marks(), st.integers(12, 60))
def test_no_character_of_a_record_is_lost(record: tuple[Passage, list[Mark]], width: int) -> None:
    passage, _ = record
    lines = lay_out((passage,), [], width).lines
    shown = "".join(line_text(line)[2:] for line in lines)
    assert "".join(shown.split()) == "".join(visible(passage.text.replace("\n", " ")).split())


@given(st.text(alphabet="abc .\n", max_size=200), st.integers(12, 40), st.data())
def test_a_place_is_on_the_line_that_it_is_said_to_be(
    text: str, width: int, data: st.DataObject
) -> None:
    spots = [spot for spot, character in enumerate(text) if character.strip()]
    if not spots:
        return
    spot = data.draw(st.sampled_from(spots))
    layout = lay_out((Passage("n", text),), [], width)
    number = layout.line_of(Place("n", spot, spot + 1))
    start = layout.starts[number][1]
    assert start <= spot
    assert text[start:spot].count("\n") == 0
    assert text[spot] in line_text(layout.lines[number])


def test_a_pane_keeps_its_place_when_the_width_changes() -> None:
    record = (Passage("n", "\n".join(f"line {number} of the record" for number in range(40))),)
    pane = RecordPane(record)
    pane.shape([], 60, 10)
    pane.scroll(2)
    first = line_text(pane.lines()[0])
    pane.shape([], 14, 10)
    assert line_text(pane.lines()[0]).strip() == first.strip()[: len("line 18 of")]


def test_a_pane_brings_a_place_into_sight_and_never_scrolls_past_the_end() -> None:
    text = "\n".join(f"line {number}" for number in range(40))
    pane = RecordPane((Passage("n", text),))
    pane.shape([], 60, 10)
    start = text.index("line 33")
    pane.show(Place("n", start, start + 7))
    assert any("line 33" in line_text(line) for line in pane.lines())
    pane.scroll(9)
    assert line_text(pane.lines()[-1]).strip() == "line 39"
    assert pane.status() == "lines 31-40 of 40, PgUp back"
