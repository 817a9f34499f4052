from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from review.applicability import Applicability, read_sheet
from review.codebook import builtin_codebook, codebook_from_body, load_codebook, parse_codebook
from review.errors import CodebookError
from tests.review.tiny import HEAD

MINIMAL = (
    HEAD
    + """\
[[question]]
id = "Q1"
ask = "One?"
answers = "ynu"
"""
)


@pytest.fixture(scope="module")
def short_reference(reference_folder: Path) -> list[dict[str, Any]]:
    full = json.loads((reference_folder / "codebook-full.json").read_text("utf-8"))
    return [question for question in full["questions"] if question.get("short")]


def test_da_short_asks_the_seventeen_questions_of_the_reference_with_its_answers(
    short_reference: list[dict[str, Any]],
) -> None:
    ours = builtin_codebook("da-short").questions
    assert [question.id for question in ours] == [one["id"] for one in short_reference]
    for question, reference in zip(ours, short_reference, strict=True):
        assert list(question.values) == reference["options"], question.id
        assert question.type == reference["type"]
        assert question.outcome == reference.get("outcome", False), question.id
        assert question.verify_source == reference.get("verify_source", False), question.id


def test_da_short_asks_each_question_exactly_when_the_reference_does(
    short_reference: list[dict[str, Any]],
) -> None:
    codebook = builtin_codebook("da-short")
    seen = 0
    for answers in _every_way_of_answering(short_reference):
        sheet = read_sheet(codebook, {key: (value,) for key, value in answers.items()}, ())
        for question in short_reference:
            expected = question["ask_if"] is None or _holds(question["ask_if"], answers)
            state = sheet.state_of(question["id"]).applicability
            assert (state is Applicability.APPLICABLE) == expected, (question["id"], answers)
        seen += 1
    assert seen == 170


def _every_way_of_answering(questions: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Answer every question that a rule rests on, where the reference asks it, in every way."""
    sources = [one for one in questions if one["id"] in {"E1", "E2", "A1", "A3", "A4", "A11", "C1"}]
    choices = itertools.product(*(question["options"] for question in sources))
    seen = set()
    for combination in choices:
        answers: dict[str, str] = {}
        for question, value in zip(sources, combination, strict=True):
            if question["ask_if"] is None or _holds(question["ask_if"], answers):
                answers[question["id"]] = value
        if (key := tuple(answers.items())) not in seen:
            seen.add(key)
            yield answers


def _holds(rule: Mapping[str, Any], answers: Mapping[str, str]) -> bool:
    ((key, body),) = rule.items()
    if key == "all":
        return all(_holds(part, answers) for part in body)
    if key == "any":
        return any(_holds(part, answers) for part in body)
    return bool(answers.get(key) == body["eq"])


def test_a_case_without_arrest_and_counter_allegation_takes_eight_answers() -> None:
    codebook = builtin_codebook("da-short")
    answers: dict[str, tuple[str, ...]] = {}
    given = {"E1": "yes", "E2": "yes", "Z3": "high", "A10": "no_linked_incident", "A11": "neither"}
    asked = codebook.questions[0].id
    taken = 0
    while next_one := read_sheet(codebook, answers, ()).next_open(asked if taken else None):
        asked = next_one
        answers[asked] = (given.get(asked, "no"),)
        taken += 1
    assert taken == 8
    assert read_sheet(codebook, answers, ()).is_complete


def test_da_short_has_the_settled_keys() -> None:
    codebook = builtin_codebook("da-short")
    keys = {one.id: "".join(option.key for option in one.options) for one in codebook.questions}
    assert keys["E1"] == "ymrd"
    assert keys["A10"] == "abonux"
    assert keys["A3"] == keys["C1"] == "ynu"
    assert keys["A2"] == "123u"
    assert keys["A11"] == "abonu"
    assert keys["Z5"] == "yn"


def test_every_answer_of_an_outcome_has_a_clear_case_and_a_near_miss() -> None:
    for question in builtin_codebook("da-short").questions:
        if question.options and question.id != "Z5":
            shown = {one.value for one in question.examples if one.clear and one.near_misses}
            assert shown == set(question.values), question.id
        if question.type != "text":
            assert len(question.define) > 100, question.id


def test_a_question_that_names_a_party_says_first_whom_the_letter_stands_for() -> None:
    codebook = builtin_codebook("da-short")
    for question_id in ("A3", "A4", "A6", "A8", "A10", "A11", "C1"):
        first = codebook.question(question_id).define.splitlines()[0]
        assert first.startswith("Party ")
        assert "never change" in first


def test_the_body_is_canonical_and_gives_the_same_codebook_back() -> None:
    codebook = builtin_codebook("da-short")
    assert codebook_from_body(codebook.body) == codebook
    again = json.dumps(
        json.loads(codebook.body), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert again == codebook.body
    assert sha256(codebook.body.encode()).hexdigest() == codebook.sha256


def test_layout_and_comments_do_not_change_the_hash_and_a_letter_does() -> None:
    plain = parse_codebook(MINIMAL, source="tiny.toml")
    spaced = parse_codebook("# a comment\n\n" + MINIMAL.replace(" = ", "  =  "), source="x")
    changed = parse_codebook(MINIMAL.replace("One?", "One ?"), source="tiny.toml")
    assert plain.sha256 == spaced.sha256 != changed.sha256


def test_a_question_that_is_not_there_is_named_by_those_that_are() -> None:
    with pytest.raises(CodebookError, match="it has Q1"):
        parse_codebook(MINIMAL, source="tiny.toml").question("Q9")


def test_an_unknown_builtin_codebook_names_those_there_are() -> None:
    with pytest.raises(CodebookError, match="there is da-full, da-short"):
        builtin_codebook("../da-short")


def test_a_codebook_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tiny.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())
    assert load_codebook(path) == parse_codebook(MINIMAL, source="tiny.toml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"a" * 1_000_001, "over 1 MB"),
        (b"id = yes", "not TOML"),
        (b"", "window_days"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(CodebookError, match=words):
        load_codebook(path)


def test_a_missing_file_is_refused_without_its_folder(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"^gone\.toml cannot be read") as caught:
        load_codebook(tmp_path / "gone.toml")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"format":1}', "1"])
def test_a_damaged_body_is_refused(body: str) -> None:
    with pytest.raises(CodebookError):
        codebook_from_body(body)
