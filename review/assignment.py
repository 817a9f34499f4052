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


def with_case_passed_on(
    assigned: Mapping[str, str], old: str, new: str
) -> tuple[AssignedCase, ...]:
    """Return an assignment in which one case stands in the place of another.

    Args:
        assigned: The reviewer of each case by the assignment in force.
        old: The case that is out.
        new: The case that its reviewer gets instead.

    Returns:
        One slot for every case, in order of case; nothing where the old one was assigned to
        nobody.
    """
    if old not in assigned:
        return ()
    passed_on = {case_id: one for case_id, one in assigned.items() if case_id != old}
    passed_on[new] = assigned[old]
    return tuple(
        AssignedCase(case_id=case_id, reviewer=passed_on[case_id], slot=1)
        for case_id in sorted(passed_on, key=lambda one: (len(one), one))
    )
