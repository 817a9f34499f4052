"""Publishing a version: its cost is said first, and what it claims is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from review.events import CodingLocked
from review.revising import preview, reopening, revise
from sampling.refusal import Refusal
from tests.review import versioned

if TYPE_CHECKING:
    from review.fold import Review

CASES = [f"C-{number:04d}" for number in range(1, 9)]


@pytest.fixture
def coded() -> Review:
    """Eight codings, two of them with an arrest."""
    log = versioned.Log()
    for number, case_id in enumerate(CASES):
        answers = {"A1": "yes", "A2": "one"} if number < 2 else {"A1": "no"}
        log.hand_in(case_id, {**answers, "C1": "no"})
    review: Review = log.review
    return review


def test_the_preview_says_who_has_work_and_how_much(coded: Review) -> None:
    new = versioned.version("2.0.0", ("People, not arrests.", "Everybody who was taken in."))
    found = preview(coded, new, CASES)
    assert (found.codings, found.touched, found.waiting, found.lost) == (8, 2, 2, 0)
    assert found.sentence == "2 of 8 codings need 1 question each; 0 answers lost; about 2 minutes"
    assert found.changes_meaning


def test_the_preview_of_a_gate_counts_what_hangs_on_it(coded: Review) -> None:
    found = preview(coded, versioned.MEANING, CASES)
    assert (found.touched, found.fewest, found.most, found.questions) == (8, 1, 2, 10)
    assert "need 1 to 2 questions each" in found.sentence


def test_the_preview_counts_the_cases_that_are_final_no_more(coded: Review) -> None:
    new = versioned.version("2.0.0", ("People, not arrests.", "Everybody who was taken in."))
    assert preview(coded, new, CASES).leaving == 2
    assert preview(coded, versioned.MEANING, CASES).leaving == 8
    found = preview(coded, versioned.REWORDED, CASES, cosmetic=["C1"])
    assert (found.leaving, found.undoes) == (0, False)


def test_any_other_version_ends_a_signature(coded: Review) -> None:
    claimed = preview(coded, versioned.REWORDED, CASES, cosmetic=["C1"], is_signed=True)
    assert (claimed.touched, claimed.voids_signature, claimed.undoes) == (0, True, True)
    assert not preview(coded, versioned.FIRST, CASES, is_signed=True).voids_signature


def test_a_preview_writes_nothing(coded: Review) -> None:
    preview(coded, versioned.MEANING, CASES)
    assert coded.codebook == versioned.FIRST
    assert not coded.is_outdated("C-0001")


def test_a_retired_question_loses_no_answer(coded: Review) -> None:
    found = preview(coded, versioned.WITHOUT_A2, CASES)
    assert (found.retired, found.lost) == (2, 0)


def test_publishing_names_the_parent_the_reason_and_the_claims(coded: Review) -> None:
    events = revise(coded, versioned.REWORDED, reason=" plainer words ", cosmetic=["C1"])
    assert not isinstance(events, Refusal)
    (event,) = events
    assert event.parent_sha256 == versioned.FIRST.sha256
    assert (event.reason, event.cosmetic) == ("plainer words", ("C1",))


def test_publishing_what_is_in_force_changes_nothing(coded: Review) -> None:
    assert revise(coded, versioned.FIRST, reason="again") == ()


@pytest.mark.parametrize(
    ("changes", "number", "cosmetic", "rule"),
    [
        ([('id = "ours"', 'id = "theirs"')], "2.0.0", (), "other-codebook"),
        ([("People, not arrests.", "Persons.")], "1.0.0", (), "version-used"),
        ([("People, not arrests.", "Persons.")], "0.9.9", (), "version-not-later"),
        ([("People, not arrests.", "Persons.")], "2.0.0", ("A1",), "nothing-reworded"),
    ],
)
def test_a_version_that_cannot_follow_is_refused(
    coded: Review,
    changes: list[tuple[str, str]],
    number: str,
    cosmetic: tuple[str, ...],
    rule: str,
) -> None:
    new = versioned.version(number, *changes)
    refused = revise(coded, new, reason="why", cosmetic=cosmetic)
    assert isinstance(refused, Refusal)
    assert refused.rule == rule


def test_a_version_needs_a_reason(coded: Review) -> None:
    assert isinstance(revise(coded, versioned.MEANING, reason="  "), Refusal)


def test_a_locked_coding_with_answers_to_confirm_is_opened_again() -> None:
    log = versioned.Log()
    log.hand_in("C-0001", {"A1": "yes", "A2": "one", "C1": "no"})
    log.hand_in("C-0002", {"A1": "no", "C1": "no"})
    for case_id in ("C-0001", "C-0002"):
        log.write("boss", CodingLocked(reviewer="amber", revision=1), case_id)
    new = versioned.version("2.0.0", ("People, not arrests.", "Everybody who was taken in."))
    ((case_id, event),) = reopening(log.review, new, ["C-0001", "C-0002"])
    assert (case_id, event.reviewer, event.revision) == ("C-0001", "amber", 1)
