"""Silent checks: cases with known answers that look like any other, and are never counted.

A silent check is no drawn record. Everything that counts goes over the drawn records, so a check
is in no count, figure, decision, signature or export; only a coder's desk knows it, where the same
rules hold for it as for any case. Coders are told beforehand that there are such cases.

Which checks are taken, which numbers they get and who codes them follows from ``gold`` tickets.
About one in twenty of the cases that a coder opens is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from review.events import AssignedCase, Entry
from review.gold_events import GoldCase, GoldDealt, GoldPlaced, GoldSlot
from sampling.draw import by_number
from sampling.free_numbers import GOLD
from sampling.tickets import in_ticket_order

ONE_IN = 20
"""Of so many cases that a coder opens one is a silent check."""


def checks_for(load: int) -> int:
    """Return how many silent checks go with so many cases of the sample; rounded up."""
    return -(-load // (ONE_IN - 1))


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
) -> tuple[GoldSlot, ...]:
    """Return the silent checks that coders get beside those they have.

    Each gets those of the smallest ``gold`` tickets of number and code, such as ``C-0012 R3``.

    Args:
        steps: What was placed and dealt so far.
        wanted: How many each coder is to have in all; who has more keeps them.
        codes: The code of each coder by name.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    placed = [one.case_id for step in steps if isinstance(step, GoldPlaced) for one in step.cases]
    held = _held(steps)
    dealt = []
    for name, number in wanted.items():
        has = held.get(name, set())
        by_ticket = {f"{case_id} {codes[name]}": case_id for case_id in placed}
        free = [
            by_ticket[one]
            for one in in_ticket_order(GOLD, seed, by_ticket)
            if by_ticket[one] not in has
        ]
        new = free[: max(0, number - len(has))]
        dealt += [
            GoldSlot(case_id=case_id, reviewer=name) for case_id in sorted(new, key=by_number)
        ]
    return tuple(dealt)


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
    return deal_gold(before, wanted, codes, seed=seed) == step.dealt
