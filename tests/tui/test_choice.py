from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dipsample.tui.drawing.choice import Chosen, OptionView, choice_lines, option_line
from dipsample.tui.drawing.lines import Role, line_text, line_width

YES_NO = (
    OptionView("y", "Yes", Chosen.YES),
    OptionView("n", "No"),
    OptionView("u", "Cannot be determined from the record"),
)


def shown(width: int, **settings: bool) -> list[str]:
    return [line_text(line) for line in choice_lines(YES_NO, width, **settings)]


def test_options_that_fit_stand_beside_each_other() -> None:
    assert shown(80) == ["  (x) y Yes   ( ) n No   ( ) u Cannot be determined from the record"]


def test_labels_wrap_under_themselves_where_room_is_short() -> None:
    assert shown(30) == [
        "  (x) y Yes",
        "  ( ) n No",
        "  ( ) u Cannot be determined",
        "        from the record",
    ]


def test_several_choices_have_square_brackets() -> None:
    assert shown(80, several=True)[0].startswith("  [x] y Yes   [ ] n No")


def test_an_answer_that_does_not_count_has_a_sign_of_its_own() -> None:
    (line,) = choice_lines((OptionView("y", "Yes", Chosen.KEPT),), 40)
    assert line_text(line) == "  (~) y Yes"


def test_a_click_on_an_option_stands_for_its_key() -> None:
    (line,) = choice_lines(YES_NO, 80)
    assert {span.press for span in line if span.text.strip()} == {"y", "n", "u"}


@given(
    st.lists(st.text(alphabet="abc ", min_size=1, max_size=40), min_size=1, max_size=7),
    st.integers(24, 100),
    st.booleans(),
)
def test_lines_fit_and_every_option_is_there(labels: list[str], width: int, columns: bool) -> None:
    options = [OptionView(str(number), label) for number, label in enumerate(labels)]
    lines = choice_lines(options, width, columns=columns)
    text = "\n".join(map(line_text, lines))
    assert all(line_width(line) <= width for line in lines)
    assert all(f"( ) {option.key} " in text for option in options)


def test_an_option_that_cannot_be_chosen_here_says_so_without_colour() -> None:
    line = option_line(OptionView("z", "by size", Chosen.BARRED), several=False)
    assert line_text(line) == "(-) z by size"
    assert {span.role for span in line} == {Role.MUTED}
