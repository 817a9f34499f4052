"""Calibration through the front door: training cases are never live, and the gate holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.demo.training import KINDS, training_set
from dipsample.desk import NewQuote
from dipsample.errors import RefusedError
from review.calibration import Score, TrainingCase
from review.codebook import Value
from tests.audit.one_run import Openers


@pytest.fixture
def audit(openers: Openers) -> Iterator[Audit]:
    for open_as in openers():
        yield open_as("amber")


@pytest.fixture(scope="module")
def cases() -> tuple[TrainingCase, ...]:
    return training_set(1)


def coded(
    audit: Audit, cases: tuple[TrainingCase, ...], changed: dict[str, str] | None = None
) -> Score:
    """Code a set as expected but for these answers, and score it."""
    by_id = {one.id: one for one in cases}
    with audit.training("amber", cases) as (training, _):
        ids = {row.case_id: row.record_id for row in training.cases()}
        for item in training.queue("amber"):
            case = by_id[ids[item.case_id]]
            answers = {**case.expected, **(changed or {})}
            given: dict[str, Value] = {name: (value,) for name, value in answers.items()}
            if case.expected["E1"] == "yes":
                given |= {"Z3": ("high",), "Z4": ("the record says so",)}
            code(training, item.case_id, given)
        found = audit.score_training("amber", cases, training)
    assert found is not None
    return found


def code(training: Audit, case_id: str, given: dict[str, Value]) -> None:
    """Answer what is asked in order, quote where it is needed, and hand in."""
    file = training.open_case("amber", case_id)
    while (question := file.sheet.next_open(None)) is not None:
        file = training.answer("amber", case_id, question, given.get(question, ("no",)))
    if "Z4" in given and file.sheet.state_of("Z4").is_required:
        file = training.answer("amber", case_id, "Z4", given["Z4"])
    for state in file.sheet.questions:
        if state.quote_needed:
            quote = NewQuote(state.question.id, "record", 0, 12)
            training.pin_quote("amber", case_id, quote.question, quote.field, 0, 12)
    training.submit("amber", case_id)


def test_the_invented_set_holds_every_kind_of_case(cases: tuple[TrainingCase, ...]) -> None:
    assert len(cases) == len(KINDS) == 8
    assert {one.lesson for one in cases} == {lesson for lesson, _ in KINDS}
    assert {one.expected["C1"] for one in cases if "C1" in one.expected} == {
        "yes", "no", "cannot_determine",
    }  # fmt: skip
    assert training_set(1) == cases
    assert {one.id for one in training_set(2)}.isdisjoint(one.id for one in cases)


def test_a_set_coded_as_expected_is_passed_and_leaves_its_score_alone(
    audit: Audit, cases: tuple[TrainingCase, ...]
) -> None:
    before = [row.state for row in audit.cases()]
    found = coded(audit, cases)
    assert found.is_passed
    assert found.differences == ()
    assert [row.state for row in audit.cases()] == before
    said = [line.what for line in audit.log("amber")]
    assert f"coded a training set: {found.right} of {found.asked} outcome" in said[-1]
    assert not audit.is_below_gate("amber")


def test_below_the_gate_no_case_of_the_sample_is_opened_until_admitted(
    audit: Audit, cases: tuple[TrainingCase, ...]
) -> None:
    case_id = audit.queue("amber")[0].case_id
    assert coded(audit, cases, {"C1": "no"}).missed > 0
    assert audit.is_below_gate("amber")
    assert audit.queue("amber") == ()
    with pytest.raises(RefusedError, match="below the gate"):
        audit.open_case("amber", case_id)
    assert any("below the gate" in words for words in audit.watch_words("boss"))
    with pytest.raises(RefusedError, match="supervisor"):
        audit.admit("amber", "R1", "why not")
    audit.admit("boss", "R1", "talked through together")
    assert audit.open_case("amber", case_id).case_id == case_id


def test_a_set_that_is_not_coded_to_the_end_is_not_scored(
    audit: Audit, cases: tuple[TrainingCase, ...]
) -> None:
    with audit.training("amber", cases) as (training, path):
        assert audit.score_training("amber", cases, training) is None
        assert path.exists()
    assert not Path(path).exists()
    assert not audit.is_below_gate("amber")
