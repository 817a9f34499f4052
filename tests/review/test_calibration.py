"""Calibration: scored against known answers, gated, and admitted only with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from review.applicability import Sheet, read_sheet
from review.calibration import (
    Calibrations,
    TrainingCase,
    check_set,
    read_training_set,
    score,
    set_hash,
)
from review.calibration_events import CalibrationScored, ReviewerAdmitted
from review.codebook import builtin_codebook
from review.errors import CalibrationError
from review.events import Entry

DA_SHORT = builtin_codebook("da-short")


@pytest.fixture(scope="module")
def vignettes(reference_folder: Path) -> tuple[TrainingCase, ...]:
    content = (reference_folder / "vignettes.json").read_bytes()
    return read_training_set(content, source="vignettes.json")


def sheet(answers: dict[str, str]) -> Sheet:
    return read_sheet(DA_SHORT, {name: (value,) for name, value in answers.items()}, ())


def as_expected(cases: tuple[TrainingCase, ...]) -> dict[str, Sheet]:
    return {one.id: sheet(dict(one.expected)) for one in cases}


def test_the_vignettes_coded_as_expected_meet_the_gate_on_every_question(
    vignettes: tuple[TrainingCase, ...],
) -> None:
    assert len(vignettes) == 12
    check_set(DA_SHORT, vignettes)
    found = score(DA_SHORT, vignettes, as_expected(vignettes))
    assert found.is_passed
    assert found.differences == ()
    assert found.right == found.asked > 0
    assert all(one.right == one.asked for one in found.questions)


def test_one_missed_counter_allegation_is_below_the_gate(
    vignettes: tuple[TrainingCase, ...],
) -> None:
    sheets = as_expected(vignettes)
    case = next(one for one in vignettes if one.expected.get("C1") == "yes")
    kept = {name: value for name, value in case.expected.items() if name not in ("C3", "C5")}
    sheets[case.id] = sheet({**kept, "C1": "no"})
    found = score(DA_SHORT, vignettes, sheets)
    assert found.missed == 1
    assert found.right * 100 >= 80 * found.asked
    assert not found.is_passed
    assert ("C1", "yes", "no") in [
        (one.question, one.expected, one.given) for one in found.differences
    ]


def case(number: int, **expected: str) -> TrainingCase:
    return TrainingCase(f"T{number}", "text", {"E1": "yes", "E2": "yes", **expected}, "")


def five(right: int) -> tuple[tuple[TrainingCase, ...], dict[str, Sheet]]:
    """Five cases without an arrest whose one outcome is C1, and answers right in some."""
    cases = tuple(case(number, A1="no", C1="no") for number in range(5))
    sheets = {
        one.id: sheet({**one.expected, "C1": "no" if number < right else "yes"})
        for number, one in enumerate(cases)
    }
    return cases, sheets


def test_the_gate_is_at_eighty_per_cent_of_outcome_questions() -> None:
    assert score(DA_SHORT, *five(4)).is_passed
    assert not score(DA_SHORT, *five(3)).is_passed


def test_one_missed_counter_allegation_outweighs_any_share() -> None:
    cases = (*(case(number, A1="no", C1="no") for number in range(19)), case(19, A1="no", C1="yes"))
    sheets = {one.id: sheet({**one.expected, "C1": "no"}) for one in cases}
    found = score(DA_SHORT, cases, sheets)
    assert (found.right, found.asked, found.missed) == (19, 20, 1)
    assert not found.is_passed


def test_a_question_that_the_answers_before_it_closed_is_not_as_expected() -> None:
    cases = (case(1, A1="yes", A2="2", A3="yes", A4="yes"),)
    found = score(DA_SHORT, cases, {"T1": sheet({"E1": "yes", "E2": "no", "A2": "2"})})
    assert ("A2", "") in [(one.question, one.given) for one in found.differences]


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"vignettes": [1]}', b'{"vignettes": [{"id": "a"}]}', b"\xff"]
)
def test_a_file_that_is_no_training_set_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(CalibrationError, match=r"set\.json is no training set"):
        read_training_set(content, source="set.json")


def test_a_set_of_under_five_cases_is_refused() -> None:
    one: dict[str, Any] = {"id": "a", "text": "t", "expected": {"C1": "yes"}}
    content = json.dumps({"vignettes": [one]}).encode()
    with pytest.raises(CalibrationError, match="holds 1 training cases"):
        read_training_set(content, source="set.json")


def test_a_set_made_for_another_codebook_is_refused() -> None:
    with pytest.raises(CalibrationError, match="an answer to X1"):
        check_set(DA_SHORT, (case(1, X1="yes"),))
    with pytest.raises(CalibrationError, match="does not offer"):
        check_set(DA_SHORT, (case(1, C1="perhaps"),))


def test_the_hash_of_a_set_rests_on_texts_and_answers() -> None:
    assert set_hash((case(1, C1="yes"),)) != set_hash((case(1, C1="no"),))
    assert set_hash((case(1, C1="yes"),)) == set_hash((case(1, C1="yes"),))


def entry(event: CalibrationScored | ReviewerAdmitted, who: str, seq: int) -> Entry:
    return Entry(event, None, who, f"{who}.one", seq, f"2025-01-01T00:00:0{seq}Z")


def scored(is_passed: bool) -> CalibrationScored:
    return CalibrationScored(
        set_sha256="0" * 64, codebook_sha256="0" * 64, cases=5, questions=(), right=3, asked=5,
        missed=0, is_passed=is_passed,
    )  # fmt: skip


def test_the_last_set_decides_and_admission_stands_in_any_order() -> None:
    failed, passed = entry(scored(False), "amber", 1), entry(scored(True), "amber", 2)
    admitted = entry(ReviewerAdmitted(name="amber", reason="talked through"), "boss", 1)
    for entries, below in (
        ((failed,), True),
        ((failed, passed), False),
        ((failed, admitted), False),
        ((admitted, failed), False),
        ((), False),
    ):
        found = Calibrations()
        for one in entries:
            found.apply(one)
        assert found.is_below_gate("amber") is below
