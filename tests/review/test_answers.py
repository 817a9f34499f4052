from __future__ import annotations

import pytest

from review.answers import read_answer
from review.codebook import Question, Value, parse_codebook
from sampling.refusal import Refusal

CODEBOOK = parse_codebook(
    """
format = 1
id = "kinds"
version = "1.0.0"
window_days = 7
[answers.sides]
left = {key = "1", label = "Left"}
right = {key = "2", label = "Right"}
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}
[answers.unknown]
cannot_determine = {key = "u", label = "Cannot be determined", missing = true}
[[question]]
id = "several"
ask = "Which?"
type = "multi"
answers = "sides"
[[question]]
id = "one"
ask = "Which?"
answers = "sides"
[[question]]
id = "number"
ask = "How many?"
type = "integer"
min = 1
max = 20
answers = "unknown"
[[question]]
id = "words"
ask = "Why?"
type = "text"
max_length = 10
""",
    source="kinds.toml",
)


def question(name: str) -> Question:
    return CODEBOOK.question(name)


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("several", ("right", "left", "right"), ("left", "right")),
        ("several", ("cannot_determine",), ("cannot_determine",)),
        ("one", ("left",), ("left",)),
        ("one", ("",), ()),
        ("number", ("7",), ("7",)),
        ("number", ("cannot_determine",), ("cannot_determine",)),
        ("words", ("  a\r\nb  ",), ("a\nb",)),
        ("words", ("e\N{COMBINING ACUTE ACCENT}",), ("\N{LATIN SMALL LETTER E WITH ACUTE}",)),
        ("words", (" ",), ()),
    ],
)
def test_an_answer_is_kept_in_one_form(name: str, given: Value, read: Value) -> None:
    assert read_answer(question(name), given) == read


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("several", ("left", "cannot_determine")),
        ("several", ("left", "up")),
        ("one", ("left", "right")),
        ("one", ("Left",)),
        ("number", ("0",)),
        ("number", ("21",)),
        ("number", ("07",)),
        ("number", ("1.0",)),
        ("number", ("٣",)),
        ("number", ("1", "2")),
        ("words", ("x" * 11,)),
        ("words", ("a\x07",)),
        ("words", ("a\N{LINE SEPARATOR}b",)),
    ],
)
def test_what_is_no_answer_is_refused_without_repeating_it(name: str, given: Value) -> None:
    refusal = read_answer(question(name), given)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(name)
    assert "x" * 11 not in refusal.reason
