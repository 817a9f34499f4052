from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.applicability import Applicability, read_sheet
from review.codebook import Value, builtin_codebook, parse_codebook
from review.coding import Quote
from tests.review.tiny import HEAD

CODEBOOK = builtin_codebook("da-short")
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sampled_from([(value,) for value in question.values] or [("why",)])
        for question in CODEBOOK.questions
    },
)
IN_SCOPE: dict[str, Value] = {"E1": ("yes",), "E2": ("yes",)}


def quote(question: str) -> Quote:
    return Quote(question, "narrative", 0, 5, "0" * 64)


@given(ANSWERS)
def test_every_answer_is_kept_and_only_those_of_asked_questions_count(
    answers: dict[str, Value],
) -> None:
    sheet = read_sheet(CODEBOOK, answers, ())
    assert {state.question.id: state.value for state in sheet.questions if state.value} == answers
    for state in sheet.questions:
        asked = state.applicability is Applicability.APPLICABLE
        assert state.is_counted == (asked and state.question.id in answers)
    assert set(sheet.counted) | set(sheet.uncounted) == set(answers)


@given(ANSWERS)
def test_answers_that_do_not_count_change_nothing(answers: dict[str, Value]) -> None:
    sheet = read_sheet(CODEBOOK, answers, ())
    bare = read_sheet(CODEBOOK, sheet.counted, ())
    assert bare.counted == sheet.counted
    assert bare.derived == sheet.derived
    assert bare.blockers == sheet.blockers
    assert [one.applicability for one in bare.questions] == [
        one.applicability for one in sheet.questions
    ]


@given(ANSWERS, st.sampled_from(CODEBOOK.question("A1").values))
def test_an_answer_hidden_by_a_gate_counts_again_when_the_gate_reopens(
    answers: dict[str, Value], other: str
) -> None:
    before = read_sheet(CODEBOOK, answers, ())
    hidden = read_sheet(CODEBOOK, {**answers, "A1": (other,)}, ())
    reopened = read_sheet(
        CODEBOOK,
        {state.question.id: state.value for state in hidden.questions if state.value}
        | {"A1": answers.get("A1", ())},
        (),
    )
    assert reopened == before


@given(ANSWERS)
def test_a_question_is_pending_only_while_an_answer_before_it_is_missing(
    answers: dict[str, Value],
) -> None:
    sheet = read_sheet(CODEBOOK, answers, ())
    open_so_far = False
    for state in sheet.questions:
        if state.applicability is Applicability.PENDING:
            assert open_so_far
        open_so_far |= state.is_required and not state.is_counted


@given(ANSWERS)
def test_the_next_open_question_comes_round_until_none_is_left(answers: dict[str, Value]) -> None:
    sheet = read_sheet(CODEBOOK, answers, ())
    open_ones = {one.question.id for one in sheet.questions if one.is_required} - set(sheet.counted)
    found: list[str] = []
    step = sheet.next_open(None)
    while step is not None and step not in found:
        found.append(step)
        step = sheet.next_open(step)
    assert set(found) == open_ones
    assert len(open_ones) == sheet.applicable_count - sheet.answered_count


def test_answering_the_last_question_leads_back_to_one_that_was_skipped() -> None:
    sheet = read_sheet(CODEBOOK, {**IN_SCOPE, "Z5": ("no",)}, ())
    assert sheet.next_open("Z5") == "A1"


def test_an_open_gate_leaves_later_questions_pending_and_a_closed_one_skips_them() -> None:
    pending = read_sheet(CODEBOOK, IN_SCOPE, ())
    assert pending.state_of("A3").applicability is Applicability.PENDING
    assert pending.state_of("A6").applicability is Applicability.PENDING
    closed = read_sheet(CODEBOOK, {**IN_SCOPE, "A1": ("no",)}, ())
    assert closed.state_of("A3").applicability is Applicability.NOT_APPLICABLE
    assert closed.state_of("A6").applicability is Applicability.NOT_APPLICABLE


def test_cannot_determine_is_an_answer_that_closes_a_gate() -> None:
    sheet = read_sheet(CODEBOOK, {**IN_SCOPE, "A1": ("cannot_determine",)}, ())
    assert sheet.state_of("A2").applicability is Applicability.NOT_APPLICABLE


@pytest.mark.parametrize(
    "answers",
    [
        {"Z3": ("low",)},
        {"A1": ("cannot_determine",)},
        {"C1": ("cannot_determine",)},
        {"A1": ("yes",), "A3": ("cannot_determine",)},
        {"A1": ("yes",), "A4": ("cannot_determine",)},
    ],
)
def test_a_reason_is_required_where_confidence_is_low_or_a_key_fact_is_undeterminable(
    answers: dict[str, Value],
) -> None:
    assert read_sheet(CODEBOOK, {**IN_SCOPE, **answers}, ()).state_of("Z4").is_required


def test_a_reason_is_not_required_otherwise() -> None:
    answers = {**IN_SCOPE, "A1": ("yes",), "A2": ("cannot_determine",), "Z3": ("medium",)}
    assert not read_sheet(CODEBOOK, answers, ()).state_of("Z4").is_required


@pytest.mark.parametrize(
    ("answer", "needed"),
    [
        (("A2", "1"), False),
        (("A2", "2"), True),
        (("A2", "3_or_more"), True),
        (("A3", "yes"), True),
        (("A3", "cannot_determine"), False),
        (("A4", "yes"), False),
        (("C1", "yes"), True),
        (("C1", "no"), False),
    ],
)
def test_quotes_are_needed_for_exactly_the_settled_answers(
    answer: tuple[str, str], needed: bool
) -> None:
    question, value = answer
    answers = {**IN_SCOPE, "A1": ("yes",), question: (value,)}
    assert read_sheet(CODEBOOK, answers, ()).state_of(question).quote_needed is needed
    assert not read_sheet(CODEBOOK, answers, (quote(question),)).state_of(question).quote_needed
    elsewhere = read_sheet(CODEBOOK, answers, (quote("Z5"),))
    assert elsewhere.state_of(question).quote_needed is needed


def test_a_blocker_says_what_is_missing_in_words() -> None:
    sheet = read_sheet(CODEBOOK, {"E1": ("yes",), "E2": ("no",)}, ())
    assert [blocker.reason for blocker in sheet.blockers] == ["Z5: not answered"]


@pytest.mark.parametrize(
    ("a3", "a4", "derived"),
    [
        ("yes", "yes", "yes"),
        ("yes", "no", "no"),
        ("cannot_determine", "no", "no"),
        ("cannot_determine", "yes", "cannot_determine"),
    ],
)
def test_dual_arrest_follows_from_the_two_arrests(a3: str, a4: str, derived: str) -> None:
    answers = {**IN_SCOPE, "A1": ("yes",), "A3": (a3,), "A4": (a4,)}
    assert read_sheet(CODEBOOK, answers, ()).derived == {"dual_arrest": derived}


def test_a_derived_value_is_absent_out_of_scope_and_while_an_answer_is_missing() -> None:
    assert read_sheet(CODEBOOK, {"E1": ("yes",), "E2": ("no",)}, ()).derived == {}
    assert read_sheet(CODEBOOK, {**IN_SCOPE, "A1": ("yes",), "A3": ("yes",)}, ()).derived == {}
    assert read_sheet(CODEBOOK, {**IN_SCOPE, "A1": ("no",)}, ()).derived == {"dual_arrest": "no"}


def test_a_leaf_over_a_question_not_asked_is_false_even_when_negative() -> None:
    codebook = parse_codebook(
        HEAD
        + """\
[[question]]
id = "Q1"
ask = "1"
answers = "ynu"
[[question]]
id = "Q2"
ask = "2"
answers = "ynu"
ask_if = {Q1 = {eq = "yes"}}
[[question]]
id = "Q3"
ask = "3"
answers = "ynu"
ask_if = {Q2 = {ne = "yes"}}
[[question]]
id = "Q4"
ask = "4"
answers = "ynu"
ask_if = {Q1 = {answered = true}}
""",
        source="tiny",
    )
    sheet = read_sheet(codebook, {"Q1": ("no",)}, ())
    assert sheet.state_of("Q3").applicability is Applicability.NOT_APPLICABLE
    assert sheet.state_of("Q4").applicability is Applicability.APPLICABLE
    blank = read_sheet(codebook, {}, ())
    assert blank.state_of("Q4").applicability is Applicability.NOT_APPLICABLE


@given(answers=ANSWERS, picks=st.lists(st.integers(0, 9), min_size=60, max_size=60))
def test_no_answers_to_what_is_open_ever_need_more_than_was_said_to_be_left(
    answers: dict[str, Value], picks: list[int]
) -> None:
    sheet = read_sheet(CODEBOOK, answers, ())
    bound = sheet.most_left
    now = dict(answers)
    for given_since, pick in enumerate(picks, start=1):
        asked = sheet.next_open(None)
        if asked is None:
            break
        values = CODEBOOK.question(asked).values
        now[asked] = (values[pick % len(values)],) if values else ("a reason",)
        sheet = read_sheet(CODEBOOK, now, ())
        assert sheet.most_left <= bound - given_since
    assert sheet.next_open(None) is None
    assert sheet.most_left == 0
