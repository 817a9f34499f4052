"""Optional questions, and questions that are asked of both parties apart."""

from __future__ import annotations

import json

import pytest

from review.answers import read_answer
from review.applicability import read_sheet
from review.codebook import Codebook, Value, codebook_from_body, parse_codebook
from review.errors import CodebookError
from sampling.refusal import Refusal
from tests.review.tiny import HEAD

TEXT = (
    HEAD
    + """\
[answers.grounds]
assault = {key = "1", key_b = "q", label = "assault"}
theft = {key = "2", key_b = "w", label = "theft"}
not_arrested = {key = "3", key_b = "e", label = "not arrested", alone = true}
cannot_determine = {key = "u", key_b = "i", label = "cannot be determined", missing = true}
[[question]]
id = "Q1"
ask = "One?"
answers = "ynu"
[[question]]
id = "Q2"
ask = "Two?"
answers = "ynu"
optional = true
[[question]]
id = "Q3"
ask = "What for?"
type = "multi_by_party"
answers = "grounds"
[[question]]
id = "Q4"
ask = "Four?"
answers = "ynu"
optional = true
ask_if = {Q1 = {eq = "yes"}}
"""
)


def tiny(*switched_on: str) -> Codebook:
    return parse_codebook(TEXT, source="tiny.toml", switched_on=switched_on)


def test_an_optional_question_is_asked_only_where_it_is_switched_on() -> None:
    assert [one.id for one in tiny().questions] == ["Q1", "Q3"]
    assert [one.id for one in tiny("Q4").questions] == ["Q1", "Q3", "Q4"]
    assert tiny().offered == ("Q2", "Q4")
    assert tiny("Q4", "Q2").offered == ()


def test_the_body_holds_what_is_asked_and_nothing_else_so_that_its_hash_says_it() -> None:
    bodies = {tiny().sha256, tiny("Q2").sha256, tiny("Q4").sha256, tiny("Q2", "Q4").sha256}
    assert len(bodies) == 4
    assert tiny("Q2", "Q4").sha256 == tiny("Q4", "Q2").sha256
    asked = [one["id"] for one in json.loads(tiny("Q4").body)["question"]]
    assert asked == ["Q1", "Q3", "Q4"]
    assert "optional" not in tiny("Q4").body
    again = codebook_from_body(tiny("Q4").body)
    assert again == tiny("Q4")
    assert again.offered == ()


def test_a_question_switched_on_asks_the_same_as_one_that_was_never_optional() -> None:
    plain = parse_codebook(TEXT.replace("optional = true\n", ""), source="tiny.toml")
    assert plain == tiny("Q2", "Q4")


@pytest.mark.parametrize("name", ["Q1", "Q9", "q2", ""])
def test_switching_on_what_is_not_optional_names_what_is(name: str) -> None:
    with pytest.raises(CodebookError, match=r"no optional question .*; those it has: Q2, Q4"):
        tiny(name)


def test_a_question_of_both_parties_offers_its_answers_for_each_with_keys_of_their_own() -> None:
    question = tiny().question("Q3")
    assert [(one.value, one.key) for one in question.options] == [
        ("party_a_assault", "1"), ("party_a_theft", "2"),
        ("party_a_not_arrested", "3"), ("party_a_cannot_determine", "u"),
        ("party_b_assault", "q"), ("party_b_theft", "w"),
        ("party_b_not_arrested", "e"), ("party_b_cannot_determine", "i"),
    ]  # fmt: skip
    assert question.label_of("party_b_theft") == "Party B: theft"
    assert question.missing_values == {"party_a_cannot_determine", "party_b_cannot_determine"}


@pytest.mark.parametrize(
    "value",
    [
        ("party_a_assault", "party_a_theft", "party_b_cannot_determine"),
        ("party_a_not_arrested", "party_b_not_arrested"),
        ("party_b_assault",),
    ],
)
def test_what_stands_alone_stands_alone_for_its_own_party(value: tuple[str, ...]) -> None:
    assert read_answer(tiny().question("Q3"), value) == value


@pytest.mark.parametrize("alone", ["not_arrested", "cannot_determine"])
def test_nothing_stands_beside_an_answer_that_stands_alone(alone: str) -> None:
    given = ("party_b_assault", f"party_b_{alone}", "party_a_theft")
    answer = read_answer(tiny().question("Q3"), given)
    assert isinstance(answer, Refusal)
    assert "beside another answer" in answer.reason


def test_a_case_is_not_complete_before_both_parties_are_answered_for() -> None:
    answers: dict[str, Value] = {"Q1": ("no",), "Q3": ("party_a_assault",)}
    sheet = read_sheet(tiny(), answers, ())
    assert [blocker.reason for blocker in sheet.blockers] == ["Q3: not answered for both parties"]
    answers["Q3"] = ("party_a_assault", "party_b_not_arrested")
    assert read_sheet(tiny(), answers, ()).is_complete
