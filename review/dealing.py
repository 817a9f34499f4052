"""Dealing the sample out to reviewers, and on: after an extension, or with other people.

What was begun stays with its coder, and everything else follows from tickets and from the slots
that are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from review.assignment import Place, assign, chosen_twice, deal_on, in_deal_order
from review.coding_state import CodingState
from review.doubling import DEFAULT, Doubling
from review.events import AssignedCase, CasesAssigned, Purpose
from review.fold import Review
from review.slots import Slot
from sampling.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Sample:
    """What is dealt: the cases that are to be coded, and the seed they were drawn with."""

    case_ids_by_stratum: Mapping[str, Sequence[str]]
    seed: str

    @property
    def case_ids(self) -> list[str]:
        """Every case, stratum by stratum."""
        return [case for cases in self.case_ids_by_stratum.values() for case in cases]


def coders_of(review: Review) -> tuple[str, ...]:
    """Return who codes at present, in order of joining.

    Those with a slot of the assignment in force who have not left; without an assignment
    everybody who has joined and not left.
    """
    holders = {one.reviewer for one in review.assignment}
    return tuple(
        name
        for name in review.reviewers
        if name not in review.left and (name in holders or not holders)
    )


def assign_cases(
    review: Review, sample: Sample, reviewers: Sequence[str], doubling: Doubling | None = None
) -> tuple[CasesAssigned, ...] | Refusal:
    """Deal the sample out, or on.

    With the reviewers of the assignment in force its slots stay, and only what is open is dealt.
    With others, slots on which nobody has begun are dealt anew.

    Args:
        review: Everything that was done.
        sample: The cases.
        reviewers: Names in order of their codes, at least one, each once; they have joined, or
            join with this.
        doubling: How many cases are coded twice; None for the choice in force, else the default.

    Returns:
        The assignment; nothing where it stands already.
    """
    if (refusal := _why_not(review, sample, reviewers, doubling)) is not None:
        return refusal
    chosen = doubling or _choice_in_force(review) or Doubling(DEFAULT)
    number = chosen.of(len(sample.case_ids), len(reviewers))
    doubled = chosen_twice(sample.case_ids, number, sample.seed)
    are_same = bool(review.assignment) and set(reviewers) == set(coders_of(review))
    staying = frozenset(reviewers if are_same else ())
    kept = [
        one
        for case in sample.case_ids
        for one in _kept(review, case, staying, is_doubled=case in doubled)
    ]
    if kept:
        places = [
            place for case in sample.case_ids for place in _wanted(review, case, case in doubled)
        ]
        slots = deal_places(review, sample, reviewers, kept=kept, places=places)
    else:
        slots = assign(sample.case_ids_by_stratum, reviewers, sample.seed, doubled=doubled)
    return in_force(review, slots, twice=chosen.words if number else None)


def deal_places(
    review: Review,
    sample: Sample,
    reviewers: Sequence[str],
    *,
    kept: Sequence[AssignedCase],
    places: Sequence[Place],
) -> tuple[AssignedCase, ...]:
    """Deal places on beside the slots kept; a place that is kept is not dealt again.

    Nobody gets a case of which they have begun a coding, even one taken off them.
    """
    held = {(one.case_id, one.slot) for one in kept}
    still_open = [one for one in places if (one.case_id, one.slot) not in held]
    barred = {
        place.case_id: [coding.reviewer for coding in review.codings_of(place.case_id)]
        for place in still_open
    }
    in_order = in_deal_order(sample.case_ids_by_stratum, still_open, sample.seed)
    return deal_on(kept, in_order, reviewers, barred=barred)


def in_force(
    review: Review, slots: tuple[AssignedCase, ...], *, twice: str | None
) -> tuple[CasesAssigned, ...]:
    """Return the event that puts an assignment in force; nothing where it is already."""
    if (slots, twice) == (review.assignment, review.coded_twice):
        return ()
    return (CasesAssigned(assigned=slots, twice=twice),)


def as_assigned(slot: Slot) -> AssignedCase:
    """Return a slot as an assignment writes it."""
    return AssignedCase(
        case_id=slot.case_id, reviewer=slot.reviewer, slot=slot.slot, purpose=slot.purpose
    )


def _why_not(
    review: Review, sample: Sample, reviewers: Sequence[str], doubling: Doubling | None
) -> Refusal | None:
    """Say why the sample cannot be dealt to these people, or None where it can."""
    cases = len(sample.case_ids)
    if not cases:
        return Refusal(
            "nothing-to-assign",
            "There is no case in the sample to assign.",
            "Draw the sample first.",
        )
    if any(name in review.left for name in reviewers):
        return Refusal(
            "left",
            "One of these reviewers has left the audit.",
            "Leave the name out; a person who comes back joins under a new name.",
        )
    if doubling is not None and len(reviewers) == 1 and doubling.of(cases, len(reviewers) + 1):
        return Refusal(
            "double-alone",
            "One reviewer alone cannot code a case twice.",
            "Name a second reviewer, or leave --double out.",
        )
    return None


def _choice_in_force(review: Review) -> Doubling | None:
    """Return how many cases are coded twice at present; None where it was nobody's choice.

    One person alone could not code twice, so their assignment chose nothing.
    """
    if len({one.reviewer for one in review.assignment}) < len(("first", "second")):
        return None
    return Doubling(review.coded_twice or "0")


def _kept(
    review: Review, case_id: str, staying: Collection[str], *, is_doubled: bool
) -> list[AssignedCase]:
    """Return the slots of a case that stay: those begun, and those of people who stay.

    Of the latter a second coding goes where its ticket no longer chooses the case. A second look
    at a case that a ticket chooses as well is as blind as any second coding, and becomes one:
    cases that were looked at for an answer would else be missing from agreement.
    """
    kept = []
    for slot in review.slots_of(case_id):
        is_begun = slot.state is not CodingState.NOT_STARTED
        is_wanted = is_doubled or slot.purpose is not Purpose.DOUBLE
        if slot.is_required and (is_begun or (slot.reviewer in staying and is_wanted)):
            is_second = is_doubled and slot.purpose is Purpose.RECHECK
            update = {"purpose": Purpose.DOUBLE} if is_second else {}
            kept.append(as_assigned(slot).model_copy(update=update))
    return kept


def _wanted(review: Review, case_id: str, is_doubled: bool) -> list[Place]:
    """Return the places that a case is to have."""
    places = [Place(case_id, 1, Purpose.PRIMARY)]
    if is_doubled:
        places.append(Place(case_id, 2, Purpose.DOUBLE))
    elif any(one.purpose is Purpose.RECHECK for one in review.assigned_to(case_id)):
        places.append(Place(case_id, 2, Purpose.RECHECK))
    return places
