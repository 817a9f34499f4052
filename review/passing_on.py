"""Passing cases from person to person: a leave, a case given up, a second look, a replacement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from review.assignment import Place, in_case_order
from review.coding_state import CodingState
from review.dealing import Sample, as_assigned, coders_of, deal_places, in_force
from review.events import (
    CasesAssigned,
    CodingWithdrawn,
    Purpose,
    ReviewerLeft,
    ReviewEvent,
)
from review.fold import Review
from review.indicators import Verdict, decide, indicators_of
from review.slots import Slot
from sampling.refusal import Refusal

Decided = tuple[tuple[str | None, ReviewEvent], ...]
"""Events with the case that each is about; None where it is about none."""

LOOKED_AT_TWICE: Final = ("M2", "C.1")
"""Indicators whose yes, and whose undecided, get a second look."""


def leave(review: Review, sample: Sample, name: str) -> Decided | Refusal:
    """Let a reviewer go: what they had not handed in is dealt on to the others.

    What they handed in stays, and drafts are kept as withdrawn. A place that nobody else may take
    is given up: the case is then decided on what there is.

    Returns:
        Events; nothing where they have left already.
    """
    if name not in review.reviewers:
        return Refusal(
            "no-such-reviewer",
            "Nobody of that name has joined this audit.",
            "Take a name from the table that assign prints.",
        )
    if name in review.left:
        return ()
    open_slots = [slot for case in sample.case_ids for slot in _open_slots(review, case, name)]
    others = [one for one in coders_of(review) if one != name]
    return ((None, ReviewerLeft(name=name)), *_given_up(review, sample, open_slots, others))


def reassign(
    review: Review, sample: Sample, case_id: str, *, giver: str, taker: str | None
) -> Decided | Refusal:
    """Take a case off a reviewer who has not handed it in, for somebody else to code.

    Args:
        review: Everything that was done.
        sample: The cases.
        case_id: One of them.
        giver: Who gives it up.
        taker: Who gets it; None for whoever has the fewest.
    """
    open_slots = _open_slots(review, case_id, giver)
    if case_id not in sample.case_ids or not open_slots:
        return Refusal(
            "not-theirs-to-give",
            "This reviewer has no open slot of this case: it is somebody else's, or handed in.",
            "Name the reviewer who has the case, before it is handed in.",
        )
    coders = [name for name in coders_of(review) if name != giver]
    takers = [name for name in coders if taker in (None, name)]
    if not set(takers) - _people_of(review, case_id):
        return Refusal(
            "nobody-else",
            "Nobody can take this case: it goes to a reviewer of the assignment who has no part "
            "in it.",
            "Name such a reviewer, or bring in another with assign.",
        )
    return _given_up(review, sample, open_slots, takers)


def look_again(review: Review, sample: Sample) -> tuple[CasesAssigned, ...] | Refusal:
    """Give a second, blind look to what a single coding found on the headline indicators.

    That is every case coded once and handed in whose M2 or C.1 is yes or cannot be determined.
    These codings improve the findings and never enter agreement.

    Returns:
        The assignment; nothing where no case needs another look.

    Raises:
        ReviewError: Where the project has no codebook.
    """
    coders = coders_of(review)
    chosen = [case for case in sample.case_ids if _needs_second_look(review, case)]
    if any(not set(coders) - _people_of(review, case) for case in chosen):
        return Refusal(
            "nobody-else",
            "A second look needs a reviewer other than the one who coded the case.",
            "Bring in another reviewer with assign first.",
        )
    if not chosen:
        return ()
    kept = [
        as_assigned(slot)
        for case in sample.case_ids
        for slot in review.slots_of(case)
        if slot.is_required
    ]
    places = [Place(case, 2, Purpose.RECHECK) for case in chosen]
    slots = deal_places(review, sample, coders, kept=kept, places=places)
    return in_force(review, slots, twice=review.coded_twice)


def with_case_passed_on(review: Review, old: str, new: str) -> tuple[CasesAssigned, ...]:
    """Put one case in the place of another: its reviewers get the new one instead.

    A second look stays behind: it was for what the old case said.

    Returns:
        The assignment; nothing where the old case was assigned to nobody.
    """
    if not review.assigned_to(old):
        return ()
    passed_on = [
        one.model_copy(update={"case_id": new})
        for one in review.assigned_to(old)
        if one.purpose is not Purpose.RECHECK and one.reviewer not in review.left
    ]
    others = [one for one in review.assignment if one.case_id != old]
    return in_force(review, in_case_order([*others, *passed_on]), twice=review.coded_twice)


def _open_slots(review: Review, case_id: str, name: str) -> list[Slot]:
    """Return the slot of a case that a person holds and has not handed in, as a list of one."""
    return [
        slot
        for slot in review.slots_of(case_id)
        if slot.reviewer == name and slot.is_required and not slot.state.is_handed_in
    ]


def _people_of(review: Review, case_id: str) -> set[str]:
    """Return everybody who has a part in a case, those whom it was taken off among them."""
    return {slot.reviewer for slot in review.slots_of(case_id)}


def _given_up(
    review: Review, sample: Sample, open_slots: Sequence[Slot], takers: Sequence[str]
) -> Decided:
    """Take slots off their holders, and deal them on where the cases are dealt out at all."""
    withdrawn = [
        (slot.case_id, CodingWithdrawn(reviewer=slot.reviewer))
        for slot in open_slots
        if slot.state is not CodingState.NOT_STARTED
    ]
    if not review.assignment:
        return tuple(withdrawn)
    out = {(slot.case_id, slot.reviewer) for slot in open_slots}
    kept = [one for one in review.assignment if (one.case_id, one.reviewer) not in out]
    places = [Place(slot.case_id, slot.slot, slot.purpose) for slot in open_slots]
    slots = deal_places(review, sample, takers, kept=kept, places=places)
    dealt = in_force(review, slots, twice=review.coded_twice)
    return (*withdrawn, *((None, event) for event in dealt))


def _needs_second_look(review: Review, case_id: str) -> bool:
    """Say whether a case was coded once, and found what a second person has to see."""
    required = [slot for slot in review.slots_of(case_id) if slot.is_required]
    if len(required) != 1 or not required[0].state.is_handed_in or review.codebook is None:
        return False
    sheet = review.sheet_of(review.coding_of(case_id, required[0].reviewer))
    decisions = [
        decide(indicator, sheet)
        for indicator in indicators_of(review.codebook)
        if indicator.id in LOOKED_AT_TWICE
    ]
    return any(
        one.verdict is Verdict.TRUE or (one.verdict is Verdict.UNDETERMINED and not one.is_blank)
        for one in decisions
    )
