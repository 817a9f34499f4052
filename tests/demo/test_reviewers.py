from __future__ import annotations

from collections.abc import Callable

import pytest

from dipsample.demo import DEMO, DemoExtract, Passage, ScriptedCoding, Truth, answers_of
from dipsample.demo.reviewers import HABITS, RECORD_FIELD
from review.applicability import read_sheet
from review.codebook import builtin_codebook
from review.coding_state import Quote
from sampling.personal import scan

Pairs = list[tuple[Truth, dict[str, str]]]


@pytest.fixture(scope="module")
def codings(extract: DemoExtract) -> dict[str, list[ScriptedCoding]]:
    part = list(extract.truths.items())[:6000]
    return {
        reviewer: [
            answers_of(reviewer, each, truth, extract.narratives[each]) for each, truth in part
        ]
        for reviewer in DEMO.reviewers
    }


@pytest.fixture(scope="module")
def pairs(
    codings: dict[str, list[ScriptedCoding]], extract: DemoExtract
) -> Callable[[str, str], Pairs]:
    """True and given answers of a reviewer, where both have one to a question."""

    def of(reviewer: str, question: str) -> Pairs:
        both = [
            (
                extract.truths[coding.incident_id],
                {answer.question: answer.value for answer in coding.answers},
            )
            for coding in codings[reviewer]
        ]
        return [
            (truth, given)
            for truth, given in both
            if question in truth.answers and question in given
        ]

    return of


def rate(pairs: Pairs, holds: Callable[[Truth, dict[str, str]], bool]) -> float:
    return sum(holds(truth, given) for truth, given in pairs) / len(pairs)


@pytest.mark.parametrize("reviewer", DEMO.reviewers)
def test_every_scripted_coding_can_be_handed_in(
    codings: dict[str, list[ScriptedCoding]], reviewer: str
) -> None:
    codebook = builtin_codebook("da-short")
    seen = set()
    for coding in codings[reviewer]:
        kind = (coding.answers, frozenset(quote.question for quote in coding.quotes))
        if kind in seen:
            continue
        seen.add(kind)
        answers = {answer.question: (answer.value,) for answer in coding.answers}
        quotes = [
            Quote(quote.question, RECORD_FIELD, quote.start, quote.end, "0" * 64)
            for quote in coding.quotes
        ]
        sheet = read_sheet(codebook, answers, quotes)
        assert sheet.blockers == ()
        assert sheet.uncounted == ()
        order = [question.id for question in codebook.questions if question.id in answers]
        assert [answer.question for answer in coding.answers] == order


@pytest.mark.parametrize("reviewer", DEMO.reviewers)
def test_the_same_case_is_coded_the_same_way_every_time(
    codings: dict[str, list[ScriptedCoding]], extract: DemoExtract, reviewer: str
) -> None:
    for coding in codings[reviewer][:200]:
        each = coding.incident_id
        again = answers_of(reviewer, each, extract.truths[each], extract.narratives[each])
        assert again == coding


def test_reasons_hold_no_personal_data_and_fit_their_field(
    codings: dict[str, list[ScriptedCoding]],
) -> None:
    reasons = {
        answer.value
        for all_of_one in codings.values()
        for coding in all_of_one
        for answer in coding.answers
        if answer.question == "Z4"
    }
    assert reasons
    assert all(0 < len(reason) <= 500 and scan(reason) == () for reason in reasons)


@pytest.mark.parametrize("question", ["A1", "A10", "A11", "C1"])
def test_the_first_reviewer_slips_on_one_answer_in_fifty(
    pairs: Callable[[str, str], Pairs], question: str
) -> None:
    wrong = rate(pairs("r1", question), lambda t, g: t.answers[question] != g[question])
    assert 0.014 < wrong < 0.026


def test_the_first_reviewer_never_slips_into_an_answer_without_its_passage(
    pairs: Callable[[str, str], Pairs],
) -> None:
    claimed = [(t, g) for t, g in pairs("r1", "C1") if g["C1"] == "yes"]
    assert all(truth.answers["C1"] == "yes" for truth, _ in claimed)


def test_the_second_reviewer_misses_a_third_of_what_only_the_interview_note_tells(
    pairs: Callable[[str, str], Pairs],
) -> None:
    only_there = [
        (t, g)
        for t, g in pairs("r2", "C1")
        if (t.answers.get("C3"), t.answers.get("C5")) == ("custody_or_interview", "free_text_only")
    ]
    assert len(only_there) > 30
    assert 0.15 < rate(only_there, lambda _, given: given["C1"] == "no") < 0.55


def test_the_second_reviewer_gets_everything_else_right(
    pairs: Callable[[str, str], Pairs],
) -> None:
    for question in ("E1", "E2", "A1", "A2", "A3", "A4", "A6", "A10", "C3", "C5"):
        assert all(t.answers[question] == g[question] for t, g in pairs("r2", question))


@pytest.mark.parametrize("question", ["A1", "A10", "A11", "C1"])
def test_the_third_reviewer_leaves_eight_answers_in_a_hundred_undetermined(
    pairs: Callable[[str, str], Pairs], question: str
) -> None:
    answered = [
        (t, g) for t, g in pairs("r3", question) if t.answers[question] != "cannot_determine"
    ]
    assert 0.065 < rate(answered, lambda _, g: g[question] == "cannot_determine") < 0.095


def test_the_third_reviewer_takes_two_arrest_times_for_each_other(
    pairs: Callable[[str, str], Pairs],
) -> None:
    close = {"same_attendance", "within_24h"}
    both = [
        (t, g)
        for t, g in pairs("r3", "A6")
        if t.answers["A6"] in close and g["A6"] != "cannot_determine"
    ]
    assert all(given["A6"] in close for _, given in both)
    assert 0.3 < rate(both, lambda t, g: t.answers["A6"] != g["A6"]) < 0.7


@pytest.mark.parametrize("reviewer", HABITS)
def test_a_live_risk_is_never_missed(pairs: Callable[[str, str], Pairs], reviewer: str) -> None:
    risks = pairs(reviewer, "Z5")
    assert all(truth.answers["Z5"] == given["Z5"] for truth, given in risks)


def test_a_record_without_the_passage_of_a_needed_quote_is_refused() -> None:
    answers = {"E1": "yes", "E2": "yes", "A1": "no", "C1": "yes"}
    truth = Truth(answers, (Passage("C1", 5, 40),))
    with pytest.raises(ValueError, match="no passage for C1"):
        answers_of("r2", "DA-bbbbbbbbbbbb", truth, "too short for it")
