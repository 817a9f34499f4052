"""Who codes which case: dealt by ticket, so that anyone can deal it again.

Within a stratum the cases stand in the order of their ``assign`` tickets and are dealt round the
reviewers in order of their codes; the round goes on from stratum to stratum, so that loads differ
by at most one case over the whole sample and within every stratum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle

from review.events import AssignedCase, CasesAssigned
from sampling.refusal import Refusal
from sampling.tickets import ASSIGN, in_ticket_order


def assign(
    case_ids_by_stratum: Mapping[str, Sequence[str]], reviewers: Sequence[str], seed: str
) -> tuple[AssignedCase, ...]:
    """Deal the cases of the sample to the reviewers, one to a case.

    Args:
        case_ids_by_stratum: The cases of the sample; the order of neither matters.
        reviewers: Names in order of their codes, at least one, each once.
        seed: The seed of the draw.

    Returns:
        One slot for every case, in order of case.

    Raises:
        TicketError: Where the seed is not allowed.
        ValueError: Where there is no reviewer, or one stands twice.
    """
    if not reviewers or len(set(reviewers)) < len(reviewers):
        raise ValueError("Assignment needs at least one reviewer, and each once.")
    round_of_reviewers = cycle(reviewers)
    dealt = [
        AssignedCase(case_id=case_id, reviewer=next(round_of_reviewers), slot=1)
        for stratum in sorted(case_ids_by_stratum, key=str.encode)
        for case_id in in_ticket_order(ASSIGN, seed, case_ids_by_stratum[stratum])
    ]
    return tuple(sorted(dealt, key=lambda one: (len(one.case_id), one.case_id)))


def decide_assignment(
    assigned: Mapping[str, str], dealt: Sequence[AssignedCase]
) -> tuple[CasesAssigned, ...] | Refusal:
    """Return the event that fixes an assignment; nothing where it stands already.

    Args:
        assigned: The reviewer of each case by the assignment in force.
        dealt: The new one.
    """
    if not dealt:
        return Refusal(
            "nothing-to-assign",
            "There is no case in the sample to assign.",
            "Draw the sample first.",
        )
    if {one.case_id: one.reviewer for one in dealt} == dict(assigned):
        return ()
    return (CasesAssigned(assigned=tuple(dealt)),)
