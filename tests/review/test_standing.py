"""What a lock, a reopening, a withdrawal and the first handing-in make of a coding."""

from __future__ import annotations

import pytest

from review.coding import CodingState
from review.events import (
    AnswerSet,
    AssignedCase,
    CasesAssigned,
    CodingLocked,
    CodingOpened,
    CodingRecalled,
    CodingReopened,
    CodingSubmitted,
    CodingWithdrawn,
    Entry,
    NoteSet,
    Purpose,
    ReviewerAdded,
    ReviewEvent,
)
from review.fold import Review
from review.slots import BESIDES

CASE = "C-0001"
OPENED = CodingOpened(codebook_sha256="a")
LOCKED = CodingLocked(reviewer="ann", revision=1)
REOPENED = CodingReopened(reviewer="ann", revision=1, reason="look again")
WITHDRAWN = CodingWithdrawn(reviewer="ann")


def said(question: str, new: str, old: str = "") -> AnswerSet:
    return AnswerSet(question=question, old=(old,) if old else (), new=(new,))


ANN = (OPENED, said("E1", "yes"), CodingSubmitted())


def review_of(*said_by: tuple[str, ReviewEvent]) -> Review:
    review = Review()
    for seq, (writer, event) in enumerate(said_by, start=1):
        review.apply(Entry(event, CASE, writer, writer, seq, f"2026-11-21T10:00:{seq:02d}Z"))
    return review


def by_ann(*events: ReviewEvent) -> list[tuple[str, ReviewEvent]]:
    return [("ann", event) for event in events]


def slots(*who: tuple[str, int, Purpose]) -> CasesAssigned:
    return CasesAssigned(
        assigned=tuple(
            AssignedCase(case_id=CASE, reviewer=name, slot=slot, purpose=purpose)
            for name, slot, purpose in who
        )
    )


@pytest.mark.parametrize("place", [3, 4, 6])
def test_a_lock_holds_what_was_handed_in_wherever_it_stands_in_the_log(place: int) -> None:
    later = (CodingRecalled(), said("E1", "no", "yes"), CodingSubmitted())
    history = by_ann(*ANN, *later)
    history.insert(place, ("boss", LOCKED))
    coding = review_of(*history).coding_of(CASE, "ann")
    assert coding.state is CodingState.LOCKED
    assert coding.answers == {"E1": ("yes",)}
    assert (coding.revision, coding.uncounted_events) == (1, 3)


def test_a_reopened_coding_is_a_draft_with_the_reason_and_keeps_its_first_handing_in() -> None:
    history = [*by_ann(*ANN), ("boss", LOCKED), ("boss", REOPENED)]
    coding = review_of(*history).coding_of(CASE, "ann")
    assert (coding.state, coding.reopened_reason) == (CodingState.DRAFT, "look again")
    before = coding.head
    history += by_ann(said("E1", "no", "yes"), CodingSubmitted())
    coding = review_of(*history).coding_of(CASE, "ann")
    assert (coding.state, coding.reopened_reason) == (CodingState.SUBMITTED, None)
    assert coding.revision == 2
    assert coding.first_submission is not None
    assert coding.first_submission.answers == {"E1": ("yes",)}
    assert coding.head not in (None, before)


def test_the_head_is_of_what_was_handed_in_and_not_of_notes_or_drafts() -> None:
    history = by_ann(*ANN)
    head = review_of(*history).coding_of(CASE, "ann").head
    history += by_ann(CodingRecalled(), NoteSet(text="seen"), said("E1", "no", "yes"))
    assert review_of(*history).coding_of(CASE, "ann").head == head
    history += by_ann(said("E1", "yes", "no"), CodingSubmitted())
    coding = review_of(*history).coding_of(CASE, "ann")
    assert (coding.head, coding.revision) == (head, 2)
    assert review_of(*by_ann(OPENED)).coding_of(CASE, "ann").head is None


def test_a_withdrawn_coding_stays_so_even_if_it_is_handed_in_late() -> None:
    for history in (
        [*by_ann(*ANN[:2]), ("boss", WITHDRAWN), *by_ann(ANN[2])],
        [("boss", WITHDRAWN), *by_ann(*ANN)],
    ):
        review = review_of(*history)
        assert review.coding_of(CASE, "ann").state is CodingState.WITHDRAWN
        (slot,) = review.slots_of(CASE)
        assert (slot.slot, slot.is_required) == (BESIDES, False)
        assert review.required_slots(CASE) == 1


def test_slots_stand_in_order_with_late_work_and_withdrawn_work_behind() -> None:
    review = review_of(
        *by_ann(OPENED),
        ("boss", WITHDRAWN),
        *(("cy", event) for event in ANN),
        ("boss", slots(("bob", 2, Purpose.DOUBLE), ("dee", 1, Purpose.PRIMARY))),
    )
    shown = [(one.reviewer, one.slot, one.purpose, one.state) for one in review.slots_of(CASE)]
    assert shown == [
        ("dee", 1, Purpose.PRIMARY, CodingState.NOT_STARTED),
        ("bob", 2, Purpose.DOUBLE, CodingState.NOT_STARTED),
        ("cy", BESIDES, Purpose.PRIMARY, CodingState.SUBMITTED),
        ("ann", BESIDES, Purpose.PRIMARY, CodingState.WITHDRAWN),
    ]
    assert review.required_slots(CASE) == 2


def test_an_unassigned_case_belongs_to_who_handed_it_in_and_then_to_who_joined_first() -> None:
    joined = [
        ("boss", ReviewerAdded(name="zoe", code="R1")),
        ("boss", ReviewerAdded(name="ann", code="R2")),
    ]
    zoe = [("zoe", event) for event in (OPENED, said("E1", "no"), CodingSubmitted())]
    for history, first in ((zoe[:1], "ann"), (zoe, "zoe")):
        review = review_of(*joined, *by_ann(*ANN), *history)
        holder = review.slots_of(CASE)[0]
        assert (holder.reviewer, holder.slot) == (first, 1)
        assert review.required_slots(CASE) == 1
    assert review_of().slots_of(CASE) == ()
    assert review_of().required_slots(CASE) == 1


def test_a_first_slot_is_written_down_as_before_there_were_purposes() -> None:
    first = AssignedCase(case_id=CASE, reviewer="ann", slot=1)
    assert first.model_dump(mode="json") == {"case_id": CASE, "reviewer": "ann", "slot": 1}
    second = AssignedCase(case_id=CASE, reviewer="ann", slot=2, purpose=Purpose.DOUBLE)
    assert AssignedCase.model_validate(second.model_dump(mode="json")) == second
