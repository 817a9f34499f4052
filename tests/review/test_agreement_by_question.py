"""Agreement question by question, on what two coders first handed in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.agreement import REPORTED, CodedTwice, QuestionAgreement, agreement_by_question
from review.codebook import Value, builtin_codebook
from review.errors import AgreementError

DA_SHORT = builtin_codebook("da-short")


def twice(case: int, one: dict[str, str], other: dict[str, str]) -> CodedTwice:
    def values(given: dict[str, str]) -> dict[str, Value]:
        return {name: (value,) for name, value in given.items()}

    return CodedTwice(f"C-{case:04d}", values(one), values(other))


def only(cases: list[CodedTwice], question: str) -> QuestionAgreement:
    (found,) = agreement_by_question(DA_SHORT, cases, questions=[question])
    return found


def c1(table: dict[tuple[str, str], int]) -> list[CodedTwice]:
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    return [twice(n, {"C1": one}, {"C1": other}) for n, (one, other) in enumerate(pairs)]


def test_the_questions_of_the_audit_are_reported_unless_others_are_asked_for() -> None:
    assert [one.question for one in agreement_by_question(DA_SHORT, [])] == list(REPORTED)


def test_a_question_asked_of_one_coder_alone_is_left_out_and_counted() -> None:
    cases = [
        twice(1, {"A1": "yes", "A3": "yes"}, {"A1": "no"}),
        twice(2, {"A1": "yes", "A3": "no"}, {"A1": "yes", "A3": "no"}),
        twice(3, {"A1": "no"}, {"A1": "no"}),
    ]
    found = only(cases, "A3")
    assert (found.pairs, found.left_out) == (1, 1)
    gate = only(cases, "A1")
    assert (gate.pairs, gate.left_out) == (3, 0)
    assert gate.answers.percent.estimate == pytest.approx(2 / 3)


def test_a_question_that_meant_something_else_to_one_coder_is_left_out() -> None:
    same = {"C1": ("yes",)}
    case = CodedTwice("C-0001", same, same, set_apart=frozenset({"C1"}))
    found = only([case], "C1")
    assert (found.pairs, found.left_out) == (0, 1)


def test_cannot_be_determined_is_a_category_and_counts_with_the_rest_in_the_second_line() -> None:
    found = only(c1({("cannot_determine", "no"): 10, ("yes", "yes"): 15, ("no", "no"): 15}), "C1")
    assert found.answers.percent.estimate == pytest.approx(30 / 40)
    assert found.yes_against_rest is not None
    assert found.yes_against_rest.percent.estimate == 1.0


def test_the_reference_table_of_two_by_two_gives_its_known_figures() -> None:
    """20/5/10/15: kappa .40."""
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    found = only(c1(table), "C1")
    assert found.yes_against_rest is not None
    assert found.yes_against_rest.cohen_kappa.estimate == pytest.approx(0.40, abs=0.005)
    assert found.answers.positive.estimate == pytest.approx(40 / 55)
    assert found.answers.cohen_kappa.estimate == pytest.approx(0.40, abs=0.005)


def test_kappa_is_off_below_ten_positives_in_both_lines() -> None:
    found = only(c1({("yes", "yes"): 4, ("yes", "no"): 2, ("no", "no"): 60}), "C1")
    for line in (found.answers, found.yes_against_rest):
        assert line is not None
        assert line.cohen_kappa.estimate is None
        assert line.cohen_kappa.reason == "off: 6 positives, and kappa needs 10"
        assert line.gwet_ac1.estimate is not None


def test_kappa_of_a_question_without_a_yes_in_words_rests_on_what_the_indicators_count() -> None:
    def a2(table: dict[tuple[str, str], int]) -> QuestionAgreement:
        pairs = [pair for pair, count in table.items() for _ in range(count)]
        return only([twice(n, {"A2": a}, {"A2": b}) for n, (a, b) in enumerate(pairs)], "A2")

    few = a2({("1", "1"): 40, ("2", "3_or_more"): 3, ("1", "cannot_determine"): 5})
    assert few.yes == ("2", "3_or_more")
    assert few.answers.cohen_kappa.reason == "off: 3 positives, and kappa needs 10"
    assert few.answers.positive.estimate == 1.0
    enough = a2({("1", "1"): 40, ("2", "2"): 12, ("2", "3_or_more"): 3})
    assert enough.answers.cohen_kappa.estimate is not None
    assert enough.answers.percent.estimate == pytest.approx(52 / 55)


def test_ac1_rests_on_every_answer_that_the_question_allows() -> None:
    """Half the pairs agree; with q = 3, pe = 1/4, with the two answers that occur it is 1/2."""
    found = only(c1({("yes", "yes"): 10, ("no", "no"): 10, ("yes", "no"): 20}), "C1")
    assert found.answers.gwet_ac1.estimate == pytest.approx((0.5 - 0.25) / 0.75)


def test_a_text_and_an_unknown_question_are_refused() -> None:
    with pytest.raises(AgreementError, match="Z4"):
        agreement_by_question(DA_SHORT, [], questions=["Z4"])
    with pytest.raises(AgreementError, match="X9"):
        agreement_by_question(DA_SHORT, [], questions=["X9"])


ANSWERS = st.sampled_from(["yes", "no", "cannot_determine", ""])


@given(st.lists(st.tuples(ANSWERS, ANSWERS), max_size=60))
def test_neither_the_order_of_cases_nor_of_coders_changes_a_figure(
    pairs: list[tuple[str, str]],
) -> None:
    def cases(of: list[tuple[str, str]]) -> list[CodedTwice]:
        return [
            twice(n, {"C1": one} if one else {}, {"C1": other} if other else {})
            for n, (one, other) in enumerate(of)
        ]

    found = only(cases(pairs), "C1")
    assert only(cases(pairs[::-1]), "C1") == found
    turned = only(cases([(other, one) for one, other in pairs]), "C1")
    assert (turned.pairs, turned.left_out) == (found.pairs, found.left_out)
    for name in ("percent", "gwet_ac1", "krippendorff_alpha"):
        one, other = getattr(found.answers, name), getattr(turned.answers, name)
        assert one.estimate == pytest.approx(other.estimate)
    asked = sum(bool(one or other) for one, other in pairs)
    assert found.pairs + found.left_out == asked
