"""Silent checks: cases with known answers that look like any other, and are never counted.

A silent check is no drawn record. Everything that counts goes over the drawn records, so a check
is in no count, figure, decision, signature or export; only a coder's desk knows it, where the same
rules hold for it as for any case. Coders are told beforehand that there are such cases.

Which checks are taken, which numbers they get and who codes them follows from ``gold`` tickets.
How many go to whom is in :mod:`review.gold_shares`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from review.events import AssignedCase, Entry
from review.gold_events import GoldCase, GoldDealt, GoldPlaced, GoldSlot
from review.gold_shares import Loads, allotted, needed_twice, places_left
from sampling.draw import by_number
from sampling.free_numbers import GOLD
from sampling.tickets import in_ticket_order


class Gold:
    """Which silent checks are placed, and who codes them.

    Attributes:
        steps: What was placed and dealt, in order of time.
        cases: The silent checks by their case numbers, in order.
    """

    def __init__(self) -> None:
        self.steps: tuple[GoldPlaced | GoldDealt, ...] = ()
        self.cases: Mapping[str, GoldCase] = {}
        self._entries: list[Entry] = []
        self._key_versions: dict[str, str] = {}
        self._slots: dict[str, tuple[AssignedCase, ...]] = {}
        self._held: dict[str, set[str]] = {}

    def apply(self, entry: Entry) -> None:
        """Fold one event in; in which order the streams come changes nothing."""
        self._entries.append(entry)
        self._entries.sort(key=lambda one: (one.time, one.stream, one.seq))
        events = (one.event for one in self._entries)
        self.steps = tuple(one for one in events if isinstance(one, GoldPlaced | GoldDealt))
        placed = {
            case.case_id: (case, step.codebook_sha256)
            for step in self.steps
            if isinstance(step, GoldPlaced)
            for case in step.cases
        }
        in_order = sorted(placed, key=by_number)
        self.cases = {number: placed[number][0] for number in in_order}
        self._key_versions = {number: placed[number][1] for number in in_order}
        self._held = _held(self.steps)
        self._slots = {number: self._slots_of(number) for number in in_order}

    def key_version(self, case_id: str) -> str:
        """Return the hash of the codebook that a check's expected answers are read with."""
        return self._key_versions[case_id]

    def dealt_to(self, reviewer: str) -> tuple[str, ...]:
        """Return the silent checks of a coder, by number."""
        return tuple(sorted(self._held.get(reviewer, ()), key=by_number))

    def slots_of(self, case_id: str) -> tuple[AssignedCase, ...]:
        """Return who codes a silent check, as an assignment would write it; empty for no check."""
        return self._slots.get(case_id, ())

    def _slots_of(self, case_id: str) -> tuple[AssignedCase, ...]:
        holders = sorted(name for name, cases in self._held.items() if case_id in cases)
        return tuple(
            AssignedCase(case_id=case_id, reviewer=name, slot=place)
            for place, name in enumerate(holders, start=1)
        )


def _held(steps: Iterable[GoldPlaced | GoldDealt]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for step in steps:
        if isinstance(step, GoldDealt):
            for slot in step.dealt:
                held.setdefault(slot.reviewer, set()).add(slot.case_id)
    return held


def taken_in_order(sources: Iterable[str], *, seed: str) -> tuple[str, ...]:
    """Return sources of silent checks in the order in which they are taken and numbered.

    Args:
        sources: The hash of each.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    return tuple(in_ticket_order(GOLD, seed, sources))


def deal_gold(
    steps: Sequence[GoldPlaced | GoldDealt],
    wanted: Mapping[str, int],
    codes: Mapping[str, str],
    *,
    seed: str,
    twice: int | None,
) -> tuple[GoldSlot, ...]:
    """Return the silent checks that coders get beside those they have.

    In order of name, each gets those that most people may still hold, and of these the ones of
    the smallest ``gold`` tickets of number and code, such as ``C-0012 R3``. Taking the widest first
    leaves nobody short while there are places (the construction of Gale and Ryser).

    Args:
        steps: What was placed and dealt so far.
        wanted: How many each coder is to have in all; who has more keeps them.
        codes: The code of each coder by name.
        seed: The seed of the draw.
        twice: How many checks two people may hold, all others one; None: any number may hold any.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    held = _held(steps)
    holders = _holders(steps, held)
    left = None if twice is None else places_left(holders, twice, seed=seed)
    dealt = []
    for name in sorted(wanted):
        has = held.get(name, set())
        by_ticket = {f"{case_id} {codes[name]}": case_id for case_id in holders}
        in_order = [by_ticket[one] for one in in_ticket_order(GOLD, seed, by_ticket)]
        free = [one for one in in_order if one not in has]
        if left is not None:
            free = sorted((one for one in free if left[one]), key=left.__getitem__, reverse=True)
        new = sorted(free[: max(0, wanted[name] - len(has))], key=by_number)
        dealt += [GoldSlot(case_id=case_id, reviewer=name) for case_id in new]
        if left is not None:
            left.update({case_id: left[case_id] - 1 for case_id in new})
    return tuple(dealt)


def dealing(
    steps: Sequence[GoldPlaced | GoldDealt],
    loads: Loads,
    codes: Mapping[str, str],
    *,
    seed: str,
) -> GoldDealt | None:
    """Return the event that gives coders the checks that go with their cases; None for none.

    Args:
        steps: What was placed and dealt so far.
        loads: Who holds how much of the sample.
        codes: The code of each coder by name.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    held = _held(steps)
    holders = _holders(steps, held)
    twice = loads.held_twice(len(holders))
    has = {name: len(cases) for name, cases in held.items()}
    wanted = allotted(
        loads,
        has,
        left=sum(places_left(holders, twice, seed=seed).values()),
        placed=len(holders),
    )
    new = sum(max(0, number - has.get(name, 0)) for name, number in wanted.items())
    twice = min(twice, needed_twice(holders, new))
    dealt = deal_gold(steps, wanted, codes, seed=seed, twice=twice)
    return GoldDealt(dealt=dealt, twice=twice) if dealt else None


def _holders(
    steps: Iterable[GoldPlaced | GoldDealt], held: Mapping[str, set[str]]
) -> dict[str, int]:
    """Return how many people hold each check that is placed."""
    found = Counter(case_id for cases in held.values() for case_id in cases)
    return {
        one.case_id: found[one.case_id]
        for step in steps
        if isinstance(step, GoldPlaced)
        for one in step.cases
    }


def fault_of_gold(
    steps: Sequence[GoldPlaced | GoldDealt],
    freed: Sequence[Sequence[str]],
    codes: Mapping[str, str],
    *,
    seed: str,
) -> str | None:
    """Say what of the placing and dealing is not as the tickets say, or None.

    Args:
        steps: What was placed and dealt, in order of time.
        freed: The numbers that became free, by renumbering of the reserve.
        codes: The code of each coder by name.
        seed: The seed of the draw.
    """
    placed = [step for step in steps if isinstance(step, GoldPlaced)]
    if [[one.case_id for one in step.cases] for step in placed] != [list(one) for one in freed]:
        return "Silent checks have other numbers than those that became free for them."
    keys = [tuple(one.source_sha256 for one in step.cases) for step in placed]
    if any(key != taken_in_order(key, seed=seed) for key in keys):
        return "Silent checks have other numbers than their tickets give them."
    for number, step in enumerate(steps):
        if isinstance(step, GoldDealt) and not _is_dealt_by_ticket(
            steps[:number], step, codes, seed=seed
        ):
            return "Silent checks were dealt to others than their tickets say."
    return None


def _is_dealt_by_ticket(
    before: Sequence[GoldPlaced | GoldDealt],
    step: GoldDealt,
    codes: Mapping[str, str],
    *,
    seed: str,
) -> bool:
    held = _held(before)
    names = dict.fromkeys(slot.reviewer for slot in step.dealt)
    new = {name: sum(slot.reviewer == name for slot in step.dealt) for name in names}
    if any(name not in codes for name in names):
        return False
    wanted = {name: len(held.get(name, ())) + count for name, count in new.items()}
    return deal_gold(before, wanted, codes, seed=seed, twice=step.twice) == step.dealt
