from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.applicability import Sheet, read_sheet
from review.codebook import Value, builtin_codebook
from review.coding import Quote
from review.errors import IndicatorError
from review.indicators import (
    INDICATORS,
    Decision,
    Indicator,
    IndicatorKind,
    Verdict,
    choose_indicators,
    decide,
    indicators_of,
)
from review.reference_figures import READINGS, REFERENCE_FIGURES

CODEBOOK = builtin_codebook("da-short")
BY_ID = {one.id: one for one in indicators_of(CODEBOOK)}
SUPPORTED = [one for one in INDICATORS if one.id in BY_ID]
FACTS = [question for question in CODEBOOK.questions if question.missing_values]
CASE_NUMBERS = [f"V{number:02d}" for number in range(1, 13)]


def sheet_of(**answers: str) -> Sheet:
    return read_sheet(CODEBOOK, {key: (value,) for key, value in answers.items()}, ())


def verdict(indicator: str, **answers: str) -> Decision:
    return decide(BY_ID[indicator], sheet_of(**({"E1": "yes", "E2": "yes"} | answers)))


@pytest.fixture(scope="module")
def vignettes(reference_folder: Path) -> dict[str, dict[str, Any]]:
    read = json.loads((reference_folder / "vignettes.json").read_text("utf-8"))
    return {one["id"]: one for one in read["vignettes"]}


@pytest.mark.parametrize("number", CASE_NUMBERS)
def test_a_vignette_asks_exactly_the_questions_that_it_expects(
    vignettes: dict[str, dict[str, Any]], number: str
) -> None:
    vignette = vignettes[number]
    answers: dict[str, Value] = {key: (one,) for key, one in vignette["expected"].items()}
    if vignette["eligible"]:
        answers["Z3"] = ("high",)
    sheet = read_sheet(CODEBOOK, answers, ())
    required = {state.question.id for state in sheet.questions if state.is_required}
    assert required - {"Z4"} == set(answers)
    assert ("Z4" in required) == vignette["rationale_required"]
    assert sheet.uncounted == ()


@pytest.mark.parametrize("number", CASE_NUMBERS)
def test_a_vignette_needs_quotes_only_where_it_shows_evidence(
    vignettes: dict[str, dict[str, Any]], number: str
) -> None:
    vignette = vignettes[number]
    answers: dict[str, Value] = {key: (one,) for key, one in vignette["expected"].items()}
    quotes = []
    for question, passage in vignette["evidence"].items():
        start = vignette["text"].index(passage)
        quotes.append(Quote(question, "text", start, start + len(passage), "0" * 64))
        assert vignette["text"].count(passage) == 1
    sheet = read_sheet(CODEBOOK, answers, quotes)
    unquoted = {state.question.id for state in sheet.questions if state.quote_needed}
    assert unquoted <= {"A2", "A3"}, "one passage of A1 shows the other arrests as well"


@pytest.mark.parametrize("number", CASE_NUMBERS)
def test_a_vignette_decides_every_indicator_as_expected(
    vignettes: dict[str, dict[str, Any]], number: str
) -> None:
    vignette = vignettes[number]
    sheet = sheet_of(**vignette["expected"])
    found: dict[str, list[str]] = {name.value: [] for name in Verdict}
    for indicator in SUPPORTED:
        if indicator.kind is IndicatorKind.INCIDENTS:
            found[decide(indicator, sheet).verdict].append(indicator.id)
    if not vignette["eligible"]:
        assert found["not_in_base"] == [
            one.id for one in SUPPORTED if one.kind is IndicatorKind.INCIDENTS
        ]
    else:
        assert found == vignette["indicators"]


def test_da_short_supports_the_nineteen_indicators_and_a_rate_for_every_question_of_fact() -> None:
    ids = list(BY_ID)
    assert ids[:19] == [f"M{number}" for number in range(1, 13)] + [
        "C.1", "C.2", "C.3", "C.4", "C.5", "P.1", "P.2",
    ]  # fmt: skip
    assert ids[19:] == [f"Q.2:{question.id}" for question in FACTS]


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.id)
def test_every_name_says_its_denominator(indicator: Indicator) -> None:
    assert ", of " in indicator.label


def test_a_gate_that_cannot_be_determined_leaves_what_it_hides_unknown() -> None:
    unknown = {"A1": "cannot_determine", "A10": "neither", "A11": "neither", "C1": "yes"}
    assert verdict("M1", **unknown) == Decision(Verdict.UNDETERMINED)
    assert verdict("M2", **unknown) == Decision(Verdict.UNDETERMINED)
    assert verdict("M3", **unknown) == Decision(Verdict.UNDETERMINED)
    assert verdict("C.1", **unknown) == Decision(Verdict.TRUE)
    assert verdict("C.2", **unknown) == Decision(Verdict.UNDETERMINED)


def test_a_scope_that_cannot_be_determined_leaves_everything_undetermined() -> None:
    for indicator in SUPPORTED:
        assert verdict(indicator.id, E2="cannot_determine") == Decision(Verdict.UNDETERMINED)


def test_the_known_part_settles_what_it_can() -> None:
    arrested = {"A1": "yes", "A2": "2", "A3": "cannot_determine", "A4": "yes", "C1": "no"}
    assert verdict("M9", **arrested, A10="party_a").verdict is Verdict.TRUE
    assert verdict("M9", **arrested, A10="neither").verdict is Verdict.UNDETERMINED
    assert verdict("M12", **(arrested | {"A4": "no"}), A11="neither").verdict is Verdict.FALSE
    assert verdict("M5", **(arrested | {"A3": "no"})).verdict is Verdict.FALSE


@pytest.mark.parametrize(("indicator", "elsewhere"), [("M9", "A10"), ("M12", "A11")])
@pytest.mark.parametrize("a3", ["yes", "no"])
@pytest.mark.parametrize("a4", ["yes", "no"])
@pytest.mark.parametrize("where", ["party_a", "party_b", "both", "neither"])
def test_each_party_counts_as_suspect_here_or_by_the_other_answer(
    indicator: str, elsewhere: str, a3: str, a4: str, where: str
) -> None:
    arrested = {"A1": "yes", "A3": a3, "A4": a4, elsewhere: where}
    party_a = a3 == "yes" or where in ("party_a", "both")
    party_b = a4 == "yes" or where in ("party_b", "both")
    expected = Verdict.TRUE if party_a and party_b else Verdict.FALSE
    assert verdict(indicator, **arrested).verdict is expected


def test_a_blank_is_told_apart_from_an_answer_that_cannot_be_determined() -> None:
    assert verdict("C.1") == Decision(Verdict.UNDETERMINED, is_blank=True)
    assert verdict("C.1", C1="cannot_determine") == Decision(Verdict.UNDETERMINED)
    assert verdict("M2", A1="yes") == Decision(Verdict.UNDETERMINED, is_blank=True)
    blank_and_unknown = {"A1": "yes", "A3": "cannot_determine"}
    assert verdict("M4", **blank_and_unknown) == Decision(Verdict.UNDETERMINED, is_blank=True)


def test_persons_are_decided_only_where_their_number_is_known() -> None:
    arrested = {"A1": "yes", "A3": "yes", "A4": "yes"}
    assert verdict("M7", **arrested, A2="2").verdict is Verdict.TRUE
    assert verdict("M7", **arrested, A2="cannot_determine").verdict is Verdict.UNDETERMINED
    assert verdict("M7", A1="no").verdict is Verdict.NOT_IN_BASE


def test_the_rate_of_undeterminable_answers_is_of_the_times_a_question_was_asked() -> None:
    assert verdict("Q.2:A1", A1="cannot_determine").verdict is Verdict.TRUE
    assert verdict("Q.2:A1", A1="no").verdict is Verdict.FALSE
    assert verdict("Q.2:A2", A1="no").verdict is Verdict.NOT_IN_BASE
    assert verdict("Q.2:A2", A1="cannot_determine").verdict is Verdict.NOT_IN_BASE
    assert verdict("Q.2:A1") == Decision(Verdict.UNDETERMINED, is_blank=True)


ANSWERS = st.fixed_dictionaries(
    {"E1": st.sampled_from(["yes", "yes", "no_missing"])},
    optional={one.id: st.sampled_from(one.values) for one in FACTS},
)


@given(ANSWERS, st.data())
def test_filling_in_what_was_not_known_never_overturns_a_verdict(
    answers: dict[str, str], data: st.DataObject
) -> None:
    before = {
        one.id: decide(one, sheet_of(**answers)).verdict
        for one in SUPPORTED
        if one.kind is IndicatorKind.INCIDENTS
    }
    filled = dict(answers)
    for question in FACTS:
        if filled.get(question.id) in (None, "cannot_determine"):
            known = [value for value in question.values if value not in question.missing_values]
            filled[question.id] = data.draw(st.sampled_from(known), label=question.id)
    sheet = sheet_of(**filled)
    for name, verdict_before in before.items():
        after = decide(BY_ID[name], sheet).verdict
        assert after is not Verdict.UNDETERMINED
        if verdict_before is not Verdict.UNDETERMINED:
            assert after is verdict_before, name


def test_indicators_are_chosen_by_id_and_unknown_ones_name_those_there_are() -> None:
    assert [one.id for one in choose_indicators(CODEBOOK, ["C.1", "M2"])] == ["M2", "C.1"]
    assert len(choose_indicators(CODEBOOK, ["Q.2"])) == len(FACTS)
    assert choose_indicators(CODEBOOK, ["Q.2:A1"])[0].id == "Q.2:A1"
    with pytest.raises(IndicatorError, match=r"no indicator M99 .* there are M1, M2"):
        choose_indicators(CODEBOOK, ["M99"])


def test_the_reading_table_stands_in_its_order_and_names_indicators_that_exist() -> None:
    assert [one.indicators[0] for one in READINGS] == ["M2", "M4", "M5", "M10", "M8", "M9", "M12"]
    assert {code for one in READINGS for code in one.indicators} <= set(BY_ID)
    assert all(one.source for one in REFERENCE_FIGURES)
