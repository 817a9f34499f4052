from __future__ import annotations

from itertools import product

import pytest

from dipsample.demo import DemoExtract
from dipsample.demo.truth import OPTIONS, is_asked
from review.applicability import Applicability, read_sheet
from review.codebook import Codebook, builtin_codebook

_GATES = ("E1", "E2", "A1", "A3", "A4", "A11", "C1")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return builtin_codebook("da-short")


def test_the_questions_and_their_answers_are_those_of_the_codebook(codebook: Codebook) -> None:
    offered = {
        question.id: tuple(option.value for option in question.options)
        for question in codebook.questions
    }
    assert list(offered) == list(OPTIONS)
    assert {key: set(values) for key, values in offered.items()} == {
        key: set(values) for key, values in OPTIONS.items()
    }


def test_a_question_is_asked_here_exactly_where_the_codebook_asks_it(codebook: Codebook) -> None:
    values = {gate: OPTIONS[gate][:2] for gate in _GATES} | {"A11": ("both", "neither")}
    for combination in product(*values.values()):
        chosen = dict(zip(values, combination, strict=True))
        answers: dict[str, str] = {}
        for question, offered in OPTIONS.items():
            if is_asked(question, answers):
                answers[question] = chosen.get(question, offered[0] if offered else "text")
        sheet = read_sheet(codebook, {key: (value,) for key, value in answers.items()}, ())
        asked = [
            state.question.id
            for state in sheet.questions
            if state.applicability is Applicability.APPLICABLE
        ]
        assert asked == list(answers)


def test_a_perfect_reviewer_answers_every_question_and_no_other(
    codebook: Codebook, extract: DemoExtract
) -> None:
    kinds = {tuple(truth.answers.items()) for truth in extract.truths.values()}
    assert len(kinds) > 100
    for kind in kinds:
        sheet = read_sheet(codebook, {key: (value,) for key, value in kind}, ())
        assert sheet.uncounted == ()
        open_questions = [
            state.question.id
            for state in sheet.questions
            if state.is_required and not state.is_counted
        ]
        assert set(open_questions) <= {"Z4"}
