"""Forms for other programs: every cell read back, and their skip logic run beside ours."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.errors import FormError
from exports.forms import write_redcap, write_xlsform
from review.applicability import Applicability, read_sheet
from review.codebook import Codebook, Value, builtin_codebook, load_codebook, parse_codebook

CORE = builtin_codebook("da-full")
GOOD = load_codebook(Path(__file__).parents[1] / "review" / "good-codebook.toml")
CODEBOOKS = {
    "da-short": builtin_codebook("da-short"),
    "da-full": builtin_codebook("da-full", switched_on=CORE.offered),
    "good": GOOD,
}
Answers = Mapping[str, Value]
Sheet = list[dict[str, str]]

HOSTILE = """
format = 1
id = "hostile"
version = "1.0.0"
window_days = 7
[answers.signs]
formula = {key = "1", label = "=1+1"}
minus = {key = "2", label = "-2 | or, more"}
piped = {key = "3", label = "@SUM(A1) [q1] ${Q1}"}
markup = {key = "4", label = "<b>x</b> & y"}
cannot_determine = {key = "u", label = "+", missing = true}
[[question]]
id = "Q1"
section = "=cmd()"
ask = "+1, or \\"quoted\\"?"
answers = "signs"
define = "@here\\nand there"
[[question]]
id = "Q2"
section = "-"
ask = "-"
type = "text"
max_length = 10
"""


def sheets_of(codebook: Codebook) -> dict[str, Sheet]:
    workbook = load_workbook(io.BytesIO(write_xlsform(codebook)))
    sheets = {}
    for sheet in workbook.worksheets:
        head, *rows = sheet.iter_rows()
        assert {cell.data_type for row in (head, *rows) for cell in row} <= {"s", "n"}
        names = [str(cell.value) for cell in head]
        cells = [["" if one.value is None else str(one.value) for one in row] for row in rows]
        sheets[sheet.title] = [dict(zip(names, row, strict=True)) for row in cells]
    return sheets


def fields_of(codebook: Codebook) -> Sheet:
    return list(csv.DictReader(io.StringIO(write_redcap(codebook).decode(), newline="")))


@pytest.mark.parametrize("codebook", CODEBOOKS.values(), ids=CODEBOOKS)
def test_an_xlsform_asks_every_question_with_its_answers(codebook: Codebook) -> None:
    sheets = sheets_of(codebook)
    assert list(sheets) == ["survey", "choices", "settings"]
    first, *survey = [row for row in sheets["survey"] if not row["type"].endswith("_group")]
    assert (first["name"], first["required"]) == ("case", "yes")
    assert [row["name"] for row in survey] == [one.id for one in codebook.questions]
    offers: dict[str, list[tuple[str, str]]] = {}
    for row in sheets["choices"]:
        offers.setdefault(row["list_name"], []).append((row["name"], row["label"]))
    for row, question in zip(survey, codebook.questions, strict=True):
        assert row["label"] == question.ask
        assert row["hint"] == question.define
        kind, _, name = row["type"].partition(" ")
        expected = {"single": "select_one", "multi": "select_multiple"}.get(question.type)
        assert kind == (expected or kind)
        assert bool(name) == (expected is not None)
        if name:
            assert offers[name] == [(one.value, one.label) for one in question.options]
    depth = 0
    for row in sheets["survey"]:
        depth += {"begin_group": 1, "end_group": -1}.get(row["type"], 0)
        assert depth in (0, 1)
    assert depth == 0


def test_an_xlsform_names_the_codebook_with_its_version_and_is_the_same_each_time() -> None:
    (settings,) = sheets_of(CORE)["settings"]
    assert (settings["form_id"], settings["instance_name"]) == ("da-full", "${case}")
    assert settings["version"] == f"1.0.0 {CORE.sha256[:12]}"
    assert write_xlsform(CORE) == write_xlsform(CORE)


@pytest.mark.parametrize("codebook", CODEBOOKS.values(), ids=CODEBOOKS)
def test_a_data_dictionary_holds_every_question_with_its_answers(codebook: Codebook) -> None:
    first, *fields = fields_of(codebook)
    assert len(first) == 18
    assert (first["Variable / Field Name"], first["Field Type"]) == ("case", "text")
    kinds = {"single": "radio", "multi": "checkbox", "integer": "text", "text": "notes"}
    column = "Choices, Calculations, OR Slider Labels"
    for row, question in zip(fields, codebook.questions, strict=True):
        assert row["Variable / Field Name"] == question.id.lower()
        assert row["Field Type"] == kinds[question.type]
        assert html.unescape(row["Field Label"]) == question.ask
        assert html.unescape(row["Field Note"]).startswith(question.define)
        assert row["Required Field?"] == ("" if question.type == "text" else "y")
        if question.type in ("single", "multi"):
            offered = [tuple(one.split(", ", 1)) for one in row[column].split(" | ")]
            read = [(value, html.unescape(label)) for value, label in offered]
            assert read == [(one.value, one.label) for one in question.options]


def test_hostile_texts_are_no_formula_no_reference_and_read_back_as_they_were() -> None:
    codebook = parse_codebook(HOSTILE, source="hostile.toml")
    sheets = sheets_of(codebook)
    labels = [row["label"] for row in sheets["choices"]]
    expected = [one.label.replace("${", "$ {") for one in codebook.questions[0].options]
    assert labels == expected
    assert [row["label"] for row in sheets["survey"] if row["name"] in ("Q1", "Q2")] == [
        one.ask for one in codebook.questions
    ]
    for row in csv.reader(io.StringIO(write_redcap(codebook).decode(), newline="")):
        for cell in row[2:]:
            assert cell[:1] not in ("=", "+", "-", "@", "\t") or cell.startswith("@CHARLIMIT=")
            assert "<b>" not in cell
            assert "[q1]" not in cell
    _, first, _ = fields_of(codebook)
    choices = first["Choices, Calculations, OR Slider Labels"].split(" | ")
    assert [html.unescape(one.split(", ", 1)[1]) for one in choices] == [
        one.label for one in codebook.questions[0].options
    ]


def answers_to(codebook: Codebook) -> st.SearchStrategy[Answers]:
    """Answers to any questions, asked or not, as a form may remember them."""

    def of(question: Any) -> st.SearchStrategy[Value]:
        if question.type == "text":
            return st.just(("why",))
        if question.type == "multi":
            return st.lists(st.sampled_from(question.values), min_size=1, unique=True).map(tuple)
        numbers = st.integers(question.minimum or 0, question.maximum or 0).map(str)
        single = st.sampled_from(question.values) if question.values else numbers
        return (numbers | single if question.type == "integer" else single).map(lambda one: (one,))

    gates = {"E1": "yes", "E2": "yes", "A1": "yes", "A3": "yes", "A4": "yes", "C1": "yes"}
    common = {name: st.just((value,)) for name, value in gates.items() if name in codebook.by_id}
    every = {one.id: of(one) | common.get(one.id, st.nothing()) for one in codebook.questions}
    return st.fixed_dictionaries({}, optional=every)


def run_xpath(text: str, answers: Answers) -> bool:
    text = re.sub(r"(?<![<>!])=", "==", text)
    text = re.sub(r"\$\{(\w+)\}", r"value('\1')", text).replace("not(", "not (")
    names: dict[str, Callable[..., Any]] = {
        "value": lambda name: " ".join(answers.get(name, ())),
        "selected": lambda value, one: one in value.split(" "),
        "number": lambda value: float(value) if value.lstrip("-").isdecimal() else float("nan"),
    }
    return bool(eval(text, {"__builtins__": {}}, names))  # noqa: S307 - our own output


def run_redcap(text: str, answers: Answers) -> bool:
    by_name = {name.lower(): value for name, value in answers.items()}
    text = re.sub(r"(?<![<>!])=", "==", text).replace("<>", "!=")
    text = re.sub(r"\[(\w+)\(([\w.-]+)\)\]", r"ticked('\1', '\2')", text)
    text = re.sub(r"\[(\w+)\] ([<>]=?)", r"float(value('\1')) \2", text)
    text = re.sub(r"\[(\w+)\]", r"value('\1')", text)
    names: dict[str, Callable[..., Any]] = {
        "value": lambda name: "".join(by_name.get(name, ())),
        "ticked": lambda name, one: "1" if one in by_name.get(name, ()) else "0",
        "isnumber": lambda value: value.lstrip("-").isdecimal(),
        "float": float,
    }
    return bool(eval(text, {"__builtins__": {}}, names))  # noqa: S307 - our own output


def asked(codebook: Codebook, answers: Answers) -> dict[str, bool]:
    sheet = read_sheet(codebook, answers, ())
    return {
        one.question.id: one.applicability is Applicability.APPLICABLE for one in sheet.questions
    }


@pytest.mark.parametrize("codebook", CODEBOOKS.values(), ids=CODEBOOKS)
@given(data=st.data())
def test_a_form_asks_what_we_ask_also_where_it_remembers_hidden_answers(
    codebook: Codebook, data: st.DataObject
) -> None:
    answers = data.draw(answers_to(codebook))
    expected = asked(codebook, answers)
    survey = _LOGIC[codebook.id][0]
    fields = _LOGIC[codebook.id][1]
    for question_id, is_asked in expected.items():
        relevant = survey[question_id]["relevant"]
        assert (not relevant or run_xpath(relevant, answers)) == is_asked, question_id
        logic = fields[question_id.lower()]["Branching Logic (Show field only if...)"]
        assert (not logic or run_redcap(logic, answers)) == is_asked, question_id


@given(data=st.data())
def test_a_reason_is_required_where_we_require_it(data: st.DataObject) -> None:
    codebook = CODEBOOKS["da-full"]
    answers = data.draw(answers_to(codebook))
    sheet = read_sheet(codebook, answers, ())
    state = sheet.state_of("Z4")
    if state.applicability is Applicability.APPLICABLE:
        required = _LOGIC["da-full"][0]["Z4"]["required"]
        assert run_xpath(required, answers) == state.is_required


def test_what_stands_alone_and_what_is_asked_of_both_parties_is_a_constraint() -> None:
    survey = _LOGIC["da-full"][0]

    def meets(name: str, *value: str) -> bool:
        constraint = survey[name]["constraint"].replace("(.,", f"(${{{name}}},")
        return run_xpath(constraint, {name: value})

    assert meets("P3", "none_recorded")
    assert meets("P3", "threats", "history_of_violence")
    assert not meets("P3", "none_recorded", "threats")
    assert not meets("C4", "threats", "cannot_determine")
    assert meets("A9", "party_a_not_arrested", "party_b_assault_on_police")
    assert not meets("A9", "party_a_assault_on_police")
    assert not meets(
        "A9", "party_a_not_arrested", "party_a_assault_on_police", "party_b_not_arrested"
    )
    annotation = _LOGIC["da-full"][1]["p3"]["Field Annotation"]
    assert annotation == "@NONEOFTHEABOVE='none_recorded'"


_LOGIC = {
    codebook.id: (
        {row["name"]: row for row in sheets_of(codebook)["survey"]},
        {row["Variable / Field Name"]: row for row in fields_of(codebook)},
    )
    for codebook in CODEBOOKS.values()
}


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('id = "Q2"', 'id = "q1"', "cannot be told from Q1"),
        ('id = "Q2"', 'id = "Case"', "cannot be told from case"),
    ],
)
def test_ids_that_a_form_cannot_tell_apart_are_refused(right: str, wrong: str, words: str) -> None:
    codebook = parse_codebook(HOSTILE.replace(right, wrong), source="hostile.toml")
    for write in (write_xlsform, write_redcap):
        with pytest.raises(FormError, match=words):
            write(codebook)


def test_a_question_that_rests_on_a_derived_value_is_refused() -> None:
    more = """
[[question]]
id = "follows"
derive = {Q1 = {eq = "minus"}}
[[question]]
id = "Q3"
ask = "Three?"
answers = "signs"
ask_if = {follows = {eq = "yes"}}
"""
    codebook = parse_codebook(HOSTILE + more, source="hostile.toml")
    for write in (write_xlsform, write_redcap):
        with pytest.raises(FormError, match="rests on follows, which follows from other answers"):
            write(codebook)
