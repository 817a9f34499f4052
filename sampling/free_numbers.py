"""Case numbers that are set free for cases which are no records of the frame.

A case that is put among those of the sample must not be known by its number. Sample and reserve
are numbered together by ticket, so whoever codes sees gaps where the reserve stands. Such a case
takes the number of a reserve record, which goes on under the next number after all that were
given. Ranks, tickets and roles stay as they are: who is drawn, and who replaces whom, does not
change by it.

Which numbers become free follows from the ``gold`` tickets of the reserve's case numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from sampling.draw import DrawnRecord, Role, case_number, highest_number
from sampling.events import ReserveRenumbered
from sampling.tickets import in_ticket_order

if TYPE_CHECKING:
    from sampling.steps import Step

GOLD: Final = "gold"
"""The label of the tickets by which silent checks are placed and dealt."""


def free_numbers(
    records: Iterable[DrawnRecord], steps: Iterable[Step], *, seed: str
) -> tuple[str, ...]:
    """Return the numbers that can become free, in the order of their ``gold`` tickets.

    They are those of reserve records where the draw or an extension put them. Numbers that a
    renumbering gave lie after all others, and would tell.

    Args:
        records: Sample and reserve.
        steps: Since the draw.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    given = {one.now for step in steps if isinstance(step, ReserveRenumbered) for one in step.moved}
    return tuple(
        in_ticket_order(
            GOLD,
            seed,
            (
                one.case_id
                for one in records
                if one.role is Role.RESERVE and one.case_id not in given
            ),
        )
    )


def new_numbers(records: Sequence[DrawnRecord], freed: Sequence[str]) -> dict[str, str]:
    """Return the new number of each reserve record whose number becomes free, by the old one."""
    highest = highest_number(records)
    last = highest + len(freed)
    return {old: case_number(number, last=last) for number, old in enumerate(freed, highest + 1)}


def fault_of_renumbering(
    records: Sequence[DrawnRecord], steps: Iterable[Step], event: ReserveRenumbered, *, seed: str
) -> str | None:
    """Say why reserve records could not take the numbers that the log names, or None.

    Args:
        records: Sample and reserve before it.
        steps: Those before it.
        event: What the log says.
        seed: The seed of the draw.
    """
    freed = tuple(one.case_id for one in event.moved)
    if freed != free_numbers(records, steps, seed=seed)[: len(freed)]:
        return "The log frees case numbers that are not the reserve's of the smallest tickets."
    now = new_numbers(records, freed)
    if any(now[one.case_id] != one.now for one in event.moved):
        return "The log gives reserve records other numbers than those that come next."
    return None
