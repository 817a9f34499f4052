"""The full codebook against the outside reference, and against the short one."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review.applicability import Applicability, read_sheet
from review.codebook import PARTIES, Question, builtin_codebook
from review.conditions import All, Leaf, Operator, leaves
from review.conditions import Any as AnyOf

OPTIONAL = ("C4", "C6", "C7", "D5a", "D6a", "D7a", "D5b", "D6b", "D7b", "O2a", "O2b")
CORE = builtin_codebook("da-full")
WHOLE = builtin_codebook("da-full", switched_on=OPTIONAL)
SHORT = builtin_codebook("da-short")
BY_PARTY = "A9"


@pytest.fixture(scope="module")
def reference(reference_folder: Path) -> list[dict[str, Any]]:
    read = json.loads((reference_folder / "codebook-full.json").read_text("utf-8"))
    questions = read["questions"]
    assert isinstance(questions, list)
    return questions


def test_it_asks_the_questions_of_the_reference_in_its_order(
    reference: list[dict[str, Any]],
) -> None:
    assert [one.id for one in WHOLE.questions] == [one["id"] for one in reference]
    assert [one.id for one in CORE.questions] == [one["id"] for one in reference if one["core"]]
    assert (len(WHOLE.questions), len(CORE.questions)) == (67, 56)
    assert CORE.offered == tuple(one["id"] for one in reference if not one["core"])


def test_its_answers_types_and_marks_are_those_of_the_reference(
    reference: list[dict[str, Any]],
) -> None:
    for question, expected in zip(WHOLE.questions, reference, strict=True):
        if question.id != BY_PARTY:
            assert list(question.values) == expected["options"], question.id
            assert question.type == expected["type"], question.id
        assert question.section == expected["section"], question.id
        assert question.outcome == expected.get("outcome", False), question.id
        assert question.verify_source == expected.get("verify_source", False), question.id


def test_the_grounds_of_arrest_are_asked_of_both_parties_and_can_say_that_one_was_not_arrested(
    reference: list[dict[str, Any]],
) -> None:
    (expected,) = [one["options"] for one in reference if one["id"] == BY_PARTY]
    expected = [*expected[:-1], "not_arrested", expected[-1]]
    question = WHOLE.question(BY_PARTY)
    assert question.by_party
    assert list(question.values) == [f"{party}_{one}" for party in PARTIES for one in expected]


def test_each_question_is_asked_exactly_when_the_reference_asks_it_in_every_way_of_answering(
    reference: list[dict[str, Any]],
) -> None:
    rules = {one["id"]: one["ask_if"] for one in reference}
    options = {one["id"]: one["options"] for one in reference}
    tried = 0
    for question in WHOLE.questions:
        sources = _rests_on(question.id, rules)
        for answers in _ways_of_answering(sources, rules, options):
            sheet = read_sheet(WHOLE, {key: (one,) for key, one in answers.items()}, ())
            expected = _holds(rules[question.id], answers)
            state = sheet.state_of(question.id).applicability
            assert (state is Applicability.APPLICABLE) == expected, (question.id, answers)
            tried += 1
    assert tried > 1500


def _rests_on(question_id: str, rules: Mapping[str, Any]) -> list[str]:
    """Return all questions that one rests on, in the order in which they are asked."""
    found: set[str] = set()
    waiting = [question_id]
    while waiting:
        for source in _names(rules[waiting.pop()]):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return [one for one in rules if one in found]


def _names(rule: Any) -> Iterator[str]:
    if rule is None:
        return
    ((key, body),) = rule.items()
    if key in ("all", "any"):
        for part in body:
            yield from _names(part)
    else:
        yield key


def _ways_of_answering(
    sources: list[str], rules: Mapping[str, Any], options: Mapping[str, list[str]]
) -> Iterator[dict[str, str]]:
    ways: list[dict[str, str]] = [{}]
    for source in sources:
        ways = [
            {**way, source: value} if value is not None else way
            for way in ways
            for value in (options[source] if _holds(rules[source], way) else [None])
        ]
    yield from ways


def _holds(rule: Any, answers: Mapping[str, str]) -> bool:
    if rule is None:
        return True
    ((key, body),) = rule.items()
    if key == "all":
        return all(_holds(part, answers) for part in body)
    if key == "any":
        return any(_holds(part, answers) for part in body)
    ((operator, operand),) = body.items()
    return answers.get(key) in ([operand] if operator == "eq" else operand)


@pytest.mark.parametrize("question", SHORT.steps, ids=lambda one: one.id)
def test_what_the_short_codebook_asks_stands_in_the_full_one_word_for_word(
    question: Question,
) -> None:
    ours = WHOLE.question(question.id)
    if question.id != "Z4":
        assert ours == question
        return
    assert replace(ours, define="", required_if=None) == replace(
        question, define="", required_if=None
    )
    assert isinstance(ours.required_if, AnyOf)
    assert isinstance(question.required_if, AnyOf)
    opinion = Leaf("Z1", Operator.EQ, ("yes",))
    assert ours.required_if.parts == (*question.required_if.parts, opinion)
    assert ours.define.splitlines()[1:] == question.define.splitlines()[1:]


def test_both_codebooks_mark_the_same_words_and_use_the_same_window() -> None:
    assert WHOLE.key_terms == SHORT.key_terms
    assert WHOLE.window_days == SHORT.window_days
    assert [one.id for one in SHORT.derived] == [one.id for one in WHOLE.derived]


def test_every_outcome_has_a_clear_case_and_a_near_miss_for_each_answer() -> None:
    outcomes = [one for one in WHOLE.questions if one.outcome]
    assert [one.id for one in outcomes] == ["A2", "A3", "A4", "A8", "C1", "C5"]
    for question in outcomes:
        shown = {one.value for one in question.examples if one.clear and one.near_misses}
        assert shown == set(question.values), question.id


def test_every_question_has_a_definition_that_says_whom_a_letter_stands_for() -> None:
    for question in WHOLE.questions:
        assert len(question.define) > 100, question.id
        first = question.define.splitlines()[0]
        names_a_party = "Party A" in question.ask or "Party B" in question.ask
        parties = {"party_a", "party_b"} & set(question.values)
        if names_a_party or parties or question.by_party:
            assert first.startswith("Party "), question.id
            assert "never change" in first, question.id


def test_the_house_keys_stand_for_the_same_answer_everywhere() -> None:
    house = {"party_a": "a", "party_b": "b", "both": "o", "neither": "n", "cannot_determine": "u"}
    for question in WHOLE.questions:
        for option in question.options:
            assert option.key == house.get(option.value, option.key), (question.id, option.value)


@pytest.mark.parametrize("side", ["a", "b"])
def test_characteristics_are_confirmed_and_never_inferred(side: str) -> None:
    for number in range(1, 8):
        question = WHOLE.question(f"D{number}{side}")
        assert "never inferred" in question.define
        assert question.missing_values == {"not_recorded"}
    assert "never taken from the sex of the other" in WHOLE.question(f"D5{side}").define.lower()
    assert "Never inferred" in WHOLE.question("N5").define


def test_an_opinion_on_the_primary_victim_needs_a_reason() -> None:
    rule = WHOLE.question("Z4").required_if
    assert rule is not None
    assert "Z1" in {leaf.question for leaf in leaves(rule)}
    assert "never as a finding of fact" in WHOLE.question("Z1").define
    assert isinstance(WHOLE.question("Z1").ask_if, All)


def path(given: Mapping[str, str]) -> int:
    """Answer every question that has to be answered, and return how many are asked."""
    answers: dict[str, tuple[str, ...]] = {}
    at = None
    while question_id := read_sheet(WHOLE, answers, ()).next_open(at):
        at = question_id
        question = WHOLE.question(question_id)
        values = question.values or ("a reason",)
        plain = "no" if "no" in values else values[0]
        answers[question_id] = (given.get(question_id, plain),)
    sheet = read_sheet(WHOLE, answers, ())
    return sum(one.applicability is Applicability.APPLICABLE for one in sheet.questions)


def test_the_paths_are_as_long_as_they_were_designed_to_be() -> None:
    in_scope = {"E1": "yes", "E2": "yes", "P5": "0", "N1": "neither", "S1": "neither"}
    in_scope |= {"A11": "neither", "R1a": "dash", "R1b": "not_done"}
    assert path({"E1": "yes", "E2": "no"}) == 4
    assert path(in_scope) == 43
    dual = dict.fromkeys(("E1", "E2", "A1", "A3", "A4", "C1"), "yes") | {"A2": "2"}
    dual |= {"P1": "yes_with_reasons", "C5": "separate_crime", "P5": "1_to_2", "N1": "both"}
    dual |= {"S1": "both", "R1a": "dash", "R1b": "dara", "Z1": "yes"}
    assert path(dual) == 66


def test_every_combination_of_optional_questions_is_a_codebook() -> None:
    for several in itertools.chain(
        itertools.combinations(OPTIONAL, 1), itertools.combinations(OPTIONAL, 10)
    ):
        assert len(builtin_codebook("da-full", switched_on=several).questions) == 56 + len(several)
