"""Who is to code a case, in which place and why, and how far each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from review.coding_state import Coding, CodingState
from review.events import AssignedCase, Purpose

BESIDES: Final = 0
"""The number of a coding that fills no slot: late work, or of somebody who had none."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's place at one case."""

    case_id: str
    reviewer: str
    slot: int
    """1 for the first coding of the case, 2 for the second; 0 where it fills no slot."""
    purpose: Purpose
    state: CodingState

    @property
    def is_required(self) -> bool:
        """Whether the case waits for it."""
        return self.slot != BESIDES


def slots_of_case(
    case_id: str,
    assigned: Sequence[AssignedCase],
    codings: Sequence[Coding],
    codes: Mapping[str, str],
) -> tuple[Slot, ...]:
    """Return the slots of one case: the required ones in order, then others, then withdrawn ones.

    A case that is assigned to nobody has one slot, which whoever began it holds; of several, one
    who handed it in before one who did not, and then whoever joined first. What they answered
    plays no part.

    Args:
        case_id: The case.
        assigned: Its slots by the assignment in force.
        codings: Its codings that were begun.
        codes: The code of each reviewer by name, in order of joining.
    """
    states = {coding.reviewer: coding.state for coding in codings}
    live = [one for one in assigned if states.get(one.reviewer) is not CodingState.WITHDRAWN]
    required = [
        Slot(
            case_id,
            one.reviewer,
            one.slot,
            one.purpose,
            states.get(one.reviewer, CodingState.NOT_STARTED),
        )
        for one in sorted(live, key=lambda one: (one.slot, one.reviewer))
    ]
    holders = {one.reviewer for one in live}
    joined = {name: place for place, name in enumerate(codes)}
    besides = sorted(
        (coding for coding in codings if coding.reviewer not in holders),
        key=lambda coding: (
            coding.state is CodingState.WITHDRAWN,
            not coding.state.is_handed_in,
            joined.get(coding.reviewer, len(joined)),
            coding.reviewer,
        ),
    )
    others = [_besides(coding) for coding in besides]
    if not assigned and others and others[0].state is not CodingState.WITHDRAWN:
        first, *rest = others
        holder = Slot(case_id, first.reviewer, 1, Purpose.PRIMARY, first.state)
        return (holder, *rest)
    return (*required, *others)


def _besides(coding: Coding) -> Slot:
    return Slot(coding.case_id, coding.reviewer, BESIDES, coding.purpose, coding.state)
