"""What silent checks say of coders, and of how often an indicator is seen where it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.calibration import LEAST_CASES
from review.codebook import builtin_codebook
from review.events import (
    CodebookPublished,
    CodingImported,
    Entry,
    ImportedAnswer,
    ReviewerAdded,
    ReviewEvent,
)
from review.fold import Review
from review.gold_events import ExpectedAnswer, GoldCase, GoldDealt, GoldPlaced, GoldSlot
from review.gold_scores import GoldScore, checked_answers, gold_scores, known_verdicts
from review.indicators import IndicatorKind, indicators_of

CODEBOOK = builtin_codebook("da-short")
Answers = Mapping[str, str]


@pytest.fixture(scope="module")
def vignettes(reference_folder: Path) -> list[dict[str, Any]]:
    read: dict[str, Any] = json.loads((reference_folder / "vignettes.json").read_text("utf-8"))
    found: list[dict[str, Any]] = read["vignettes"]
    return found


def review_of(keys: Sequence[Answers], codings: Mapping[str, Sequence[Answers | None]]) -> Review:
    """Checks with these expected answers, and what coders handed in of each."""
    review, seq = Review(), 0

    def write(event: ReviewEvent, writer: str = "boss", case_id: str | None = None) -> None:
        nonlocal seq
        seq += 1
        time = f"2026-01-01T{seq // 3600:02d}:{seq // 60 % 60:02d}:{seq % 60:02d}Z"
        review.apply(Entry(event, case_id, writer, f"{writer}.laptop", seq, time))

    write(
        CodebookPublished(
            id=CODEBOOK.id, version=CODEBOOK.version, sha256=CODEBOOK.sha256, body=CODEBOOK.body
        )
    )
    for place, name in enumerate(codings, start=1):
        write(ReviewerAdded(name=name, code=f"R{place}"))
    numbers = [f"C-{number:04d}" for number in range(1, len(keys) + 1)]
    write(
        GoldPlaced(
            set_sha256="0" * 64,
            codebook_sha256=CODEBOOK.sha256,
            cases=tuple(
                GoldCase(
                    case_id=number,
                    stratum="all",
                    source_sha256="0" * 64,
                    material_sha256="0" * 64,
                    expected=tuple(
                        ExpectedAnswer(question=question, value=value)
                        for question, value in key.items()
                    ),
                )
                for number, key in zip(numbers, keys, strict=True)
            ),
        )
    )
    slots = [GoldSlot(case_id=number, reviewer=name) for name in codings for number in numbers]
    write(GoldDealt(dealt=tuple(slots)))
    for name, given_answers in codings.items():
        for number, answers in zip(numbers, given_answers, strict=True):
            if answers is not None:
                write(imported(answers), name, number)
    return review


def imported(answers: Answers) -> CodingImported:
    return CodingImported(
        codebook_sha256=CODEBOOK.sha256,
        answers=tuple(
            ImportedAnswer(question=question, value=tuple(value.split("|")))
            for question, value in answers.items()
            if value
        ),
        source_sha256="0" * 64,
    )


def short(vignette: dict[str, Any]) -> Answers:
    """The expected answers that da-short asks for."""
    return {name: value for name, value in vignette["expected"].items() if name in CODEBOOK.by_id}


def test_a_coder_who_answers_as_expected_finds_everything(vignettes: list[dict[str, Any]]) -> None:
    keys = [short(one) for one in vignettes]
    review = review_of(keys, {"amber": [*keys], "birch": [None for _ in keys]})
    amber, birch = gold_scores(review)
    assert amber.right == amber.asked > 0
    assert (amber.dealt, amber.handed_in, amber.missed) == (len(keys), len(keys), 0)
    assert (birch.dealt, birch.handed_in, birch.asked) == (len(keys), 0, 0)
    assert not amber.is_under_gate
    assert not birch.is_under_gate
    verdicts = known_verdicts(review)
    assert [one.indicator for one in verdicts] == [
        one.id for one in indicators_of(CODEBOOK) if one.kind is IndicatorKind.INCIDENTS
    ]
    assert all((one.found, one.left) == (one.known, one.absent) for one in verdicts)
    assert {one.indicator for one in verdicts if one.known and one.absent} >= {"M2", "C.1"}


def test_a_coder_who_sees_no_counter_allegation_misses_each(
    vignettes: list[dict[str, Any]],
) -> None:
    keys = [short(one) for one in vignettes]
    blind = [{**key, "C1": "no"} if key.get("C1") == "yes" else key for key in keys]
    (score,) = gold_scores(review_of(keys, {"amber": [*blind]}))
    there = sum(key.get("C1") == "yes" for key in keys)
    assert score.missed == there > 0
    assert score.is_under_gate
    (found,) = [
        one
        for one in known_verdicts(review_of(keys, {"amber": [*blind]}))
        if one.indicator == "C.1"
    ]
    assert (found.known, found.found) == (there, 0)


@given(st.lists(st.sampled_from(["yes", "no", "cannot_determine"]), min_size=1, max_size=8))
def test_counts_of_an_indicator_are_those_of_its_question(given_answers: list[str]) -> None:
    base = {"E1": "yes", "E2": "yes", "A1": "no"}
    keys = [{**base, "C1": "yes" if n % 2 else "no"} for n in range(len(given_answers))]
    codings: list[Answers | None] = [{**base, "C1": one} for one in given_answers]
    (found,) = [
        one for one in known_verdicts(review_of(keys, {"amber": codings})) if one.indicator == "C.1"
    ]
    pairs = [(key["C1"], one) for key, one in zip(keys, given_answers, strict=True)]
    assert found.known == sum(key == "yes" for key, _ in pairs)
    assert found.found == pairs.count(("yes", "yes"))
    assert found.absent == sum(key == "no" for key, _ in pairs)
    assert found.left == pairs.count(("no", "no"))


def test_each_answer_is_told_with_the_one_that_was_expected() -> None:
    review = review_of([{"E1": "yes", "E2": "no"}], {"amber": [{"E1": "yes", "E2": "yes"}]})
    assert [
        (one.question.id, one.expected, one.given, one.is_right)
        for one in checked_answers(review, "amber")
    ] == [("E1", "yes", "yes", True), ("E2", "no", "yes", False)]


def score(*, right: int, asked: int, missed: int = 0, handed_in: int) -> GoldScore:
    return GoldScore("amber", 9, handed_in, right, asked, missed)


def test_a_low_share_needs_as_many_checks_as_a_training_set_has() -> None:
    assert not score(right=1, asked=4, handed_in=LEAST_CASES - 1).is_under_gate
    assert score(right=1, asked=4, handed_in=LEAST_CASES).is_under_gate
    assert not score(right=8, asked=10, handed_in=LEAST_CASES).is_under_gate
    assert score(right=79, asked=100, handed_in=LEAST_CASES).is_under_gate
    assert score(right=9, asked=9, missed=1, handed_in=1).is_under_gate
