"""How many silent checks there are, how many each coder gets, and how many people hold one.

Coders who lay their lists side by side see by how many people each case is held. So a check goes
to one coder, or to two for about the share of the live cases that two people hold, and never to
more. A set too small for 1 in 20 of everybody gives fewer to each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from sampling.free_numbers import GOLD
from sampling.tickets import in_ticket_order

ONE_IN = 20
"""Of so many cases that a coder opens one is a silent check."""
MOST_HOLDERS = 2


def checks_for(load: int) -> int:
    """Return how many silent checks go with so many cases of the sample; rounded up."""
    return -(-load // (ONE_IN - 1))


@dataclass(frozen=True, slots=True)
class Loads:
    """Who holds how much of the sample."""

    by_coder: Mapping[str, int]
    """Cases of each coder who is dealt silent checks; at least one each."""
    cases: int
    """Cases that somebody holds."""
    twice: int
    """Those of them that two people hold."""

    def held_twice(self, checks: int) -> int:
        """Return how many of so many checks two people hold: the share of live cases, rounded."""
        return 0 if not self.cases else (2 * checks * self.twice + self.cases) // (2 * self.cases)

    @property
    def is_all_twice(self) -> bool:
        """Whether every case is held by two, so that a check held by one would be known by it."""
        return 0 < self.cases == self.twice


def places_left(holders: Mapping[str, int], twice: int, *, seed: str) -> dict[str, int]:
    """Return how many more people may hold each check.

    The checks that two may hold are, beside those that two hold already, those of the smallest
    ``gold`` tickets of their numbers.

    Args:
        holders: How many people hold each check.
        twice: How many checks two people may hold.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    under = [case_id for case_id, number in holders.items() if number < MOST_HOLDERS]
    more = max(0, twice - (len(holders) - len(under)))
    chosen = frozenset(in_ticket_order(GOLD, seed, under)[:more])
    return {
        case_id: max(0, (MOST_HOLDERS if case_id in chosen else 1) - number)
        for case_id, number in holders.items()
    }


def needed_twice(holders: Mapping[str, int], new: int) -> int:
    """Return how many checks two people hold once so many more places are taken.

    Nobody is the second to hold one while another lies with nobody.

    Args:
        holders: How many people hold each check.
        new: Places to be taken.
    """
    had = sum(number >= MOST_HOLDERS for number in holders.values())
    return had + max(0, new - sum(not number for number in holders.values()))


def allotted(loads: Loads, has: Mapping[str, int], *, left: int, placed: int) -> dict[str, int]:
    """Return how many checks each coder is to have in all, those they have among them.

    Where places are too few, whoever would have most for their cases gets one fewer until they
    are enough. Where every live case is held by two, no place stays empty.

    Args:
        loads: Who holds how much of the sample.
        has: How many checks each coder has.
        left: Places that are open, of all checks together.
        placed: How many checks there are.
    """
    had = {name: has.get(name, 0) for name in sorted(loads.by_coder)}
    total = {name: max(had[name], min(placed, checks_for(loads.by_coder[name]))) for name in had}

    def per_case(name: str) -> Fraction:
        return Fraction(total[name], loads.by_coder[name])

    while sum(total.values()) - sum(had.values()) > left:
        total[max((name for name in total if total[name] > had[name]), key=per_case)] -= 1
    while loads.is_all_twice and sum(total.values()) - sum(had.values()) < left:
        fewest = min((name for name in total if total[name] < placed), key=per_case, default=None)
        if fewest is None:
            break
        total[fewest] += 1
    return total


def more_needed(loads: Loads, holders: Sequence[int], has: Mapping[str, int]) -> int:
    """Return how many more checks give everybody 1 in 20.

    Args:
        loads: Who holds how much of the sample.
        holders: How many people hold each check that is placed.
        has: How many checks each coder has.
    """
    new = {
        name: max(0, checks_for(load) - has.get(name, 0)) for name, load in loads.by_coder.items()
    }
    least = max((has.get(name, 0) + number for name, number in new.items() if number), default=0)
    for more in count(max(0, least - len(holders))):
        every = (*holders, *(0 for _ in range(more)))
        if _open(every, loads.held_twice(len(every))) >= sum(new.values()):
            return more
    raise AssertionError("every further check is one place more")


def _open(holders: Iterable[int], twice: int) -> int:
    """Return how many places are open, as :func:`places_left` would count them."""
    every = tuple(holders)
    under = sum(number < MOST_HOLDERS for number in every)
    more = min(under, max(0, twice - (len(every) - under)))
    return sum(not number for number in every) + more
