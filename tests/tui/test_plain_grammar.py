"""What a typed line means: one grammar for every prompt of plain mode."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.tui.plain_grammar import (
    ALONE,
    DECIDING,
    READING,
    Asked,
    Meaning,
    Takes,
    chosen_key,
    coding_words,
    names_of,
    read_line,
)

OPTIONS = {
    "y": "Yes",
    "n": "No: nothing is behind it",
    "u": "Cannot be determined",
    "x": "No further words",
}
CODING = names_of(coding_words())
PROMPTS = {takes: Asked(takes, OPTIONS, CODING) for takes in Takes}


@pytest.mark.parametrize("takes", Takes)
@pytest.mark.parametrize("word", sorted((ALONE | READING) & CODING))
def test_a_word_with_a_slash_is_a_word_at_every_prompt(takes: Takes, word: str) -> None:
    said = read_line(f"/{word}", PROMPTS[takes])
    assert (said.meaning, said.word) == (Meaning.WORD, word)


@pytest.mark.parametrize("takes", Takes)
@pytest.mark.parametrize("word", sorted(ALONE & CODING))
def test_the_words_that_lead_about_need_no_slash_anywhere(takes: Takes, word: str) -> None:
    assert read_line(word, PROMPTS[takes]).word == word
    assert read_line(f"  {word.upper()} ", PROMPTS[takes]).word == word


@given(st.text(string.ascii_lowercase + " ", min_size=1), st.sampled_from(sorted(CODING)))
def test_a_text_is_a_text_whatever_word_it_begins_with(rest: str, word: str) -> None:
    line = f"{word} x{rest}"
    said = read_line(line, PROMPTS[Takes.TEXT])
    assert (said.meaning, said.text) == (Meaning.ANSWER, line.strip())


@given(st.text(), st.sampled_from(Takes))
def test_every_line_means_something(line: str, takes: Takes) -> None:
    said = read_line(line, PROMPTS[takes])
    assert (said.meaning is Meaning.WORD) == bool(said.word)


def test_an_option_is_named_by_key_by_words_or_by_both() -> None:
    for line in ("y", "Y", "yes", "Yes.", "y yes", "no", "no: nothing is behind it"):
        assert chosen_key(line, OPTIONS) == line[0].lower()
    assert chosen_key("cannot  be determined", OPTIONS) == "u"
    assert chosen_key("cannot be", OPTIONS) == "u"
    assert chosen_key("cannot b", OPTIONS) is None
    assert chosen_key("yes and no", OPTIONS) is None
    assert chosen_key("", OPTIONS) is None


def test_words_that_two_options_share_choose_neither() -> None:
    assert chosen_key("other", {"o": "Other (say which)", "p": "Other: not known"}) is None


def test_the_whole_words_of_an_option_are_an_answer_whatever_word_they_begin_with() -> None:
    asked = Asked(Takes.KEY, {"3": "record unclear"}, CODING)
    assert read_line("record unclear", asked).text == "3"
    assert read_line("record", asked).word == "record"


def test_a_letter_is_never_words_of_the_record() -> None:
    assert read_line("n", PROMPTS[Takes.QUOTE]).meaning is Meaning.UNKNOWN
    assert read_line("s", PROMPTS[Takes.QUOTE]).word == "skip"


def test_what_ends_a_case_has_two_names_in_both_dialogues() -> None:
    deciding = Asked(Takes.KEY, OPTIONS, names_of(DECIDING))
    assert {read_line(word, deciding).word for word in ("close", "submit")} == {"close"}
    assert {read_line(word, PROMPTS[Takes.KEY]).word for word in ("close", "submit")} == {"submit"}


def test_deciding_reads_its_phrases() -> None:
    asked = Asked(Takes.KEY, OPTIONS, names_of(DECIDING))
    for line, word in {
        "take left": "left",
        "Take  Right": "right",
        "left": "left",
        "cannot be agreed": "cannot be agreed",
        "not agreed": "cannot be agreed",
        "take": "take",
        "own yes": "own",
    }.items():
        assert read_line(line, asked).word == word
