"""Size-weighted draws: sequential Poisson sampling (SPS), in exact whole numbers.

A record of size s and ticket T (a number of 256 bits, plus 1) stands before another where T / s is
smaller; ties go by the bytes of the id. Records so large that their share of the sample would
reach one are certainties and stand first. Sizes are positive decimals of at most 15 digits before
and 6 after the point, scaled to whole millionths, so that no comparison rests on a float.

Certainties at n: k = n less those taken and S = the sizes of the rest; all records with
k * s >= S are taken at once, and so on until none is left. Others have the probability k * s / S,
which is approximate: the method keeps to it closely, not exactly.

**Ranks are fixed at the draw.** A sample that grows to n' keeps them, and may do so only where
every record that would be a certainty then has one of the first n' ranks.

Source: Ohlsson, "Sequential Poisson sampling", Journal of Official Statistics 14 (1998) 149-162
(citation unverified). Reference cases: the vectors ``sps`` and ``sps_extension_limit`` of
``dipsample-ticket-v1``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from typing import Final, NamedTuple

from sampling.errors import PlanError

SMALL_SAMPLE: Final = 20
"""Under this many records of a stratum the probabilities can be off by more than 2 %."""

_SIZE = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,5}[1-9])?")
_DECIMALS: Final = 6


class Sized(NamedTuple):
    """One record with what its place rests on."""

    record_id: str
    ticket: str
    """64 lower-case hex digits."""
    size: str
    """As it stands in the extract."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one stratum, in millionths, as far as certainties rest on them."""

    records: int
    total: int
    largest: tuple[int, ...]
    """The largest, in descending order: at least as many as ranks are looked at, or all."""


@dataclass(frozen=True, slots=True)
class Certainties:
    """Which records of a stratum are drawn for certain at one size of its sample."""

    count: int
    """How many."""
    least: int | None
    """The smallest size among them, in millionths; every record of that size or more is one."""
    rest: int
    """The sizes of all others together, in millionths."""

    def holds(self, millionths: int) -> bool:
        """Say whether a record of a size is one of them."""
        return self.least is not None and millionths >= self.least


def why_not_a_size(text: str) -> str | None:
    """Say why a text is no size, or None where it is one.

    Args:
        text: As it stands in the extract.
    """
    if not _SIZE.fullmatch(text):
        return "not a plain decimal of at most 15 digits before and 6 after the point"
    return None if text.strip("0.") else "zero"


def millionths(size: str) -> int:
    """Return a size as a whole number of millionths.

    Raises:
        PlanError: Where it is no size.
    """
    if why_not_a_size(size) is not None:
        raise PlanError("A size is no positive decimal; commit the frame again.")
    whole, _, part = size.partition(".")
    return int(whole + part.ljust(_DECIMALS, "0"))


def certainties(sizes: Sizes, n: int) -> Certainties:
    """Return the certainties of a stratum of which ``n`` records are drawn.

    Args:
        sizes: With at least the ``n`` largest.
        n: 0 up to the records of the stratum.
    """
    taken, rest = 0, sizes.total
    while True:
        k = n - taken
        following = taken
        while following < min(n, len(sizes.largest)) and k * sizes.largest[following] >= rest:
            following += 1
        if following == taken:
            break
        rest -= sum(sizes.largest[taken:following])
        taken = following
    return Certainties(taken, sizes.largest[taken - 1] if taken else None, rest)


def ranked_by_size(records: Iterable[Sized], certain: Certainties) -> list[Sized]:
    """Return records in the order of their ranks: certainties first, then by ticket over size."""

    def compare(one: Sized, two: Sized) -> int:
        return _compare(one, two, certain)

    return sorted(records, key=cmp_to_key(compare))


def _compare(one: Sized, two: Sized, certain: Certainties) -> int:
    sizes = millionths(one.size), millionths(two.size)
    groups = [not certain.holds(size) for size in sizes]
    if groups[0] != groups[1]:
        return groups[0] - groups[1]
    left = (int(one.ticket, 16) + 1) * sizes[1]
    right = (int(two.ticket, 16) + 1) * sizes[0]
    if left != right:
        return -1 if left < right else 1
    ids = one.record_id.encode(), two.record_id.encode()
    return (ids[0] > ids[1]) - (ids[0] < ids[1])


def certainties_after(sizes: Sizes, at_draw: Certainties, n: int) -> Certainties:
    """Return the certainties once ``n`` ranks are drawn; those of the draw stay certain.

    Args:
        sizes: With at least the ``n`` largest.
        at_draw: Those of the draw.
        n: At least as many as at the draw.
    """
    left = Sizes(sizes.records - at_draw.count, at_draw.rest, sizes.largest[at_draw.count :])
    more = certainties(left, n - at_draw.count)
    least = at_draw.least if more.least is None else more.least
    return Certainties(at_draw.count + more.count, least, more.rest)


def keeps_ranks(sizes: Sizes, at_draw: Certainties, first: Sequence[int]) -> bool:
    """Say whether a sample of the first ranks holds everything that would be a certainty in it.

    Args:
        sizes: With at least as many of the largest as ``first`` is long.
        at_draw: The certainties that the ranks were fixed with.
        first: Sizes of the first ranks, in millionths, in any order.
    """
    now = certainties_after(sizes, at_draw, len(first))
    return sum(map(now.holds, first)) == now.count


def probability(millionths: int, n: int, certain: Certainties) -> Fraction:
    """Return the probability with which a record is among the ``n`` drawn of its stratum.

    Args:
        millionths: Its size.
        n: Ranks drawn for the sample.
        certain: The certainties at that ``n``.
    """
    if certain.holds(millionths):
        return Fraction(1)
    return Fraction((n - certain.count) * millionths, certain.rest)
