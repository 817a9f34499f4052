from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from review.case import Review
from review.codebook import builtin_codebook
from review.coding import recall, set_note
from review.events import (
    AssignedCase,
    CasesAssigned,
    CodingLocked,
    CodingOpened,
    CodingReopened,
    CodingReturned,
    CodingSubmitted,
    CodingWithdrawn,
    Entry,
    FlagKind,
    FlagRaised,
    Purpose,
    ReviewerAdded,
    ReviewerLeft,
    ReviewEvent,
    RiskReferred,
)
from review.supervision import (
    acknowledge_risk,
    add_reviewer,
    answer_flag,
    reopen_coding,
    return_coding,
    why_not_code,
)
from sampling.draw import Role
from sampling.refusal import Refusal

CODEBOOK = builtin_codebook("da-short")
Said = tuple[str, ReviewEvent]
SLOT = CasesAssigned(assigned=(AssignedCase(case_id="C-0001", reviewer="ann", slot=1),))
JOINED: Sequence[Said] = [
    ("boss", ReviewerAdded(name="ann", code="R1")),
    ("boss", ReviewerAdded(name="bob", code="R2")),
]
OPENED = CodingOpened(codebook_sha256="")


def review_of(said: Sequence[Said]) -> Review:
    review = Review()
    for seq, (writer, event) in enumerate(said, start=1):
        time = f"2026-11-21T10:00:{seq:02d}Z"
        review.apply(Entry(event, "C-0001", writer, writer, seq, time))
    return review


def rule(decision: object) -> str | None:
    return decision.rule if isinstance(decision, Refusal) else None


def why(review: Review, name: str, role: Role = Role.SAMPLE) -> str | None:
    return rule(why_not_code(review, name, role=role, case_id="C-0001"))


def test_without_assignment_anyone_may_code_and_the_second_is_refused() -> None:
    assert why(review_of(JOINED), "bob") is None
    begun = review_of([*JOINED, ("ann", OPENED)])
    assert why(begun, "ann") is None
    assert why(begun, "bob") == "coded-by-another"


def test_with_an_assignment_only_the_assigned_coder_codes() -> None:
    review = review_of([*JOINED, ("boss", SLOT)])
    assert why(review, "ann") is None
    assert why(review, "bob") == "assigned-to-another"


def test_whoever_began_may_go_on_after_a_new_assignment_and_so_may_whose_slot_it_is() -> None:
    review = review_of([*JOINED, ("bob", OPENED), ("boss", SLOT)])
    assert why(review, "bob") is None
    assert why(review, "ann") is None


def test_each_of_two_assigned_coders_codes_whatever_the_other_did() -> None:
    second = AssignedCase(case_id="C-0001", reviewer="bob", slot=2, purpose=Purpose.DOUBLE)
    both = CasesAssigned(assigned=(*SLOT.assigned, second))
    review = review_of([*JOINED, ("boss", both), ("ann", OPENED), ("ann", CodingSubmitted())])
    assert why(review, "bob") is None
    assert why(review, "cy") == "assigned-to-another"


def test_nobody_codes_after_leaving_or_a_case_that_was_taken_off_them() -> None:
    assert why(review_of([*JOINED, ("boss", ReviewerLeft(name="ann"))]), "ann") == "left"
    history = [*JOINED, ("ann", OPENED), ("boss", CodingWithdrawn(reviewer="ann"))]
    assert why(review_of(history), "ann") == "withdrawn"
    assert why(review_of(history), "bob") is None


def test_refusals_name_people_by_code_alone() -> None:
    refusal = why_not_code(
        review_of([*JOINED, ("ann", OPENED)]), "bob", role=Role.SAMPLE, case_id="C-0001"
    )
    assert refusal is not None
    assert "R1" in refusal.reason
    assert "ann" not in refusal.reason


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.RESERVE, "reserve"), (Role.REPLACED, "replaced")]
)
def test_only_cases_of_the_sample_are_coded(role: Role, expected: str) -> None:
    assert why(review_of(JOINED), "ann", role) == expected


def test_people_join_once_under_the_next_code() -> None:
    review = review_of(JOINED)
    assert add_reviewer(review, "ann") == ()
    assert add_reviewer(review, "cy") == (ReviewerAdded(name="cy", code="R3"),)


@pytest.mark.parametrize("name", ["", "Ann", "-x", "a b", "a" * 33, "é", "a/b", "a\n"])
def test_a_name_is_short_and_plain(name: str) -> None:
    assert rule(add_reviewer(review_of([]), name)) == "reviewer-name"


def test_a_coding_is_sent_back_only_when_handed_in() -> None:
    assert rule(return_coding(review_of([]), "C-0001", "ann", question="?")) == "not-handed-in"
    review = review_of([("ann", OPENED), ("ann", CodingSubmitted())])
    decision = return_coding(review, "C-0001", "ann", question=" timing? ")
    assert decision == (CodingReturned(reviewer="ann", revision=1, question="timing?"),)
    assert rule(return_coding(review, "C-0001", "ann", question=" ")) == "words"


def test_a_locked_coding_is_neither_sent_back_nor_taken_back_but_opened_with_a_reason() -> None:
    history: list[Said] = [*JOINED, ("ann", OPENED)]
    history.append(("ann", CodingSubmitted()))
    assert rule(reopen_coding(review_of(history), "C-0001", "ann", reason="x")) == "not-locked"
    history.append(("boss", CodingLocked(reviewer="ann", revision=1)))
    review = review_of(history)
    assert rule(return_coding(review, "C-0001", "ann", question="?")) == "locked"
    coding = review.coding_of("C-0001", "ann")
    assert rule(recall(coding)) == "locked"
    assert rule(set_note(replace(coding, codebook_sha256=CODEBOOK.sha256), CODEBOOK, "x")) == (
        "locked"
    )
    assert rule(reopen_coding(review, "C-0001", "ann", reason=" ")) == "words"
    assert reopen_coding(review, "C-0001", "ann", reason=" late file ") == (
        CodingReopened(reviewer="ann", revision=1, reason="late file"),
    )


def test_nothing_goes_back_to_somebody_who_left() -> None:
    history = [*JOINED, ("ann", OPENED), ("ann", CodingSubmitted())]
    gone = [*history, ("boss", ReviewerLeft(name="ann"))]
    assert rule(return_coding(review_of(gone), "C-0001", "ann", question="?")) == "left"
    gone.append(("boss", CodingLocked(reviewer="ann", revision=1)))
    assert rule(reopen_coding(review_of(gone), "C-0001", "ann", reason="x")) == "left"


def test_a_flag_is_answered_once() -> None:
    review = review_of([("ann", FlagRaised(flag_id="f", kind=FlagKind.RECORD, text="?"))])
    answered = answer_flag(review, "f", text="go on")
    assert not isinstance(answered, Refusal)
    review.apply(Entry(answered[0], "C-0001", "boss", "boss", 9, "2026-11-21T11:00:00Z"))
    assert rule(answer_flag(review, "f", text="again")) == "no-open-flag"
    assert rule(answer_flag(review, "g", text="x")) == "no-open-flag"


def test_a_referral_is_acknowledged_with_words() -> None:
    assert rule(acknowledge_risk(review_of([]), "C-0001", action="x")) == "no-open-referral"
    review = review_of([("ann", RiskReferred())])
    assert rule(acknowledge_risk(review, "C-0001", action="")) == "words"
    assert rule(acknowledge_risk(review, "C-0001", action="called")) is None
