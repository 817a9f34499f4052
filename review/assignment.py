"""Who codes which case: dealt by ticket, so that anyone can deal it again.

Which cases are coded twice is the smallest ``qa`` tickets over the whole sample. Within a stratum
the cases coded twice come first, each part in the order of its ``assign`` tickets, and slots are
dealt round the reviewers in order of their codes: a first slot to each case that is coded twice,
then their second slots, then the cases coded once. The round goes on from stratum to stratum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from review.events import AssignedCase, Purpose
from sampling.tickets import ASSIGN, in_ticket_order

QA: Final = "qa"
"""The label of the tickets that choose the cases coded twice."""


@dataclass(frozen=True, slots=True)
class Place:
    """One slot of one case that somebody has to fill."""

    case_id: str
    slot: int
    purpose: Purpose


def chosen_twice(case_ids: Iterable[str], number: int, seed: str) -> frozenset[str]:
    """Return the cases that are coded twice: the smallest ``qa`` tickets of the sample.

    Args:
        case_ids: Every case of the sample, in any order.
        number: How many; more than there are takes all.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    return frozenset(str(case) for case in in_ticket_order(QA, seed, case_ids)[:number])


def assign(
    case_ids_by_stratum: Mapping[str, Sequence[str]],
    reviewers: Sequence[str],
    seed: str,
    *,
    doubled: Collection[str] = frozenset(),
) -> tuple[AssignedCase, ...]:
    """Deal the cases of the sample to the reviewers.

    In every stratum and over the whole sample the loads differ by at most one slot, and so do the
    second slots within a stratum; partners change from round to round.

    Args:
        case_ids_by_stratum: The cases of the sample; the order of neither matters.
        reviewers: Names in order of their codes, at least one, each once.
        seed: The seed of the draw.
        doubled: Cases that get a second slot, which takes two reviewers.

    Returns:
        The slots, in order of case.

    Raises:
        TicketError: Where the seed is not allowed.
        ValueError: Where there is no reviewer, one stands twice, or one alone is to code twice.
    """
    if len(set(reviewers)) < max(1, len(reviewers)):
        raise ValueError("Assignment needs at least one reviewer, and each once.")
    if doubled and len(reviewers) == 1:
        raise ValueError("Coding a case twice needs two reviewers.")
    place = 0
    dealt: list[AssignedCase] = []
    for stratum in sorted(case_ids_by_stratum, key=str.encode):
        in_order = in_ticket_order(ASSIGN, seed, case_ids_by_stratum[stratum])
        twice = [case for case in in_order if case in doubled]
        once = [case for case in in_order if case not in doubled]
        for number, second in enumerate(_partners(len(twice), len(reviewers))):
            for slot, shift in ((1, number), (2, second)):
                name = reviewers[(place + shift) % len(reviewers)]
                dealt.append(_slot(Place(twice[number], slot, _PURPOSES[slot]), name))
        place += 2 * len(twice)
        for case in once:
            name = reviewers[place % len(reviewers)]
            dealt.append(_slot(Place(case, 1, Purpose.PRIMARY), name))
            place += 1
    return in_case_order(dealt)


_PURPOSES: Final = {1: Purpose.PRIMARY, 2: Purpose.DOUBLE}


def _partners(cases: int, reviewers: int) -> Iterator[int]:
    """Yield where the second slot of each case falls, counted from the first slot of the first.

    A whole round gives each reviewer one first and one second slot whatever the distance between
    partners, so it changes from round to round; the last, shorter round goes on where its first
    slots end, which keeps the loads even.
    """
    for number in range(cases):
        turn = number // reviewers
        rest = cases - turn * reviewers
        is_whole = rest >= reviewers
        yield number + (1 + turn % (reviewers - 1) if is_whole else rest)


def deal_on(
    kept: Sequence[AssignedCase],
    places: Sequence[Place],
    reviewers: Sequence[str],
    *,
    barred: Mapping[str, Collection[str]],
) -> tuple[AssignedCase, ...]:
    """Deal open places on beside slots that stay.

    Each place goes to whoever of those that may take it has the fewest slots by then, the first
    in order of code where several do. A place that nobody may take stays empty. At the end places
    dealt here move, in the same order, to somebody with at least two slots fewer, until none can.

    Args:
        kept: The slots that stay.
        places: Open places, in the order in which they are dealt.
        reviewers: Names in order of their codes.
        barred: Beyond those with a slot of it, who may not take a case, by case.

    Returns:
        The slots kept and dealt, in order of case.
    """
    loads = Counter(dict.fromkeys(reviewers, 0))
    loads.update(one.reviewer for one in kept)
    holders = {place.case_id: set(barred.get(place.case_id, ())) for place in places}
    for one in kept:
        holders.setdefault(one.case_id, set()).add(one.reviewer)
    dealt: dict[Place, str] = {}
    is_uneven = True
    while is_uneven:
        is_uneven = False
        for place in places:
            out, former = holders[place.case_id], dealt.get(place)
            free = [name for name in reviewers if name not in out]
            taker = min(free, key=loads.__getitem__, default=None)
            if taker is None or (former is not None and loads[former] - loads[taker] <= 1):
                continue
            if former is not None:
                loads[former] -= 1
                out.remove(former)
            dealt[place] = taker
            loads[taker] += 1
            out.add(taker)
            is_uneven = True
    return in_case_order([*kept, *(_slot(place, name) for place, name in dealt.items())])


def in_deal_order(
    case_ids_by_stratum: Mapping[str, Sequence[str]], places: Collection[Place], seed: str
) -> list[Place]:
    """Return places in the order in which they are dealt: first slots, then second ones.

    Each by stratum and ``assign`` ticket.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    turn = count()
    order: dict[str, int] = {
        case: next(turn)
        for stratum in sorted(case_ids_by_stratum, key=str.encode)
        for case in in_ticket_order(ASSIGN, seed, case_ids_by_stratum[stratum])
    }
    known = [place for place in places if place.case_id in order]
    return sorted(known, key=lambda place: (place.slot, order[place.case_id]))


def in_case_order(slots: Iterable[AssignedCase]) -> tuple[AssignedCase, ...]:
    """Return slots in order of case number, the first slot of a case first."""
    return tuple(sorted(slots, key=lambda one: (len(one.case_id), one.case_id, one.slot)))


def _slot(place: Place, name: str) -> AssignedCase:
    return AssignedCase(
        case_id=place.case_id, reviewer=name, slot=place.slot, purpose=place.purpose
    )
