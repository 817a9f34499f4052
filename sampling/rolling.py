"""Rolling draws: of a frame that is still growing every record is decided on arrival.

With T the ticket as a number of 256 bits, plus 1, a record is drawn where T <= floor(f * 2^256).
That is the same as its ticket, as text, standing before the threshold of 64 hex digits. Whoever
is drawn stays drawn whatever arrives later, in whatever order and batches: the decision rests on
seed and id alone. Each record is drawn with probability f, exact to one part in 2^256, and by
itself, so that the number drawn is left to chance.

Given how many were drawn of how many listed, every set of that many is equally likely: a rolling
sample is then a simple random sample, within each stratum too, and is estimated as one.

The ids of records that arrive after the seed is known must not be chosen by anybody who knows it:
who picks an id picks its ticket. A closed frame cannot be steered so; a growing one rests on
whoever gives out the ids.

Reference cases: the vectors ``rolling`` of ``dipsample-ticket-v1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Final

from sampling.errors import PlanError
from sampling.tickets import SAMPLE

if TYPE_CHECKING:
    from sampling.draw import RankedRecord
    from sampling.engines.opened import OpenFrame

_BITS: Final = 256
_DIGITS: Final = 64
_MOST_PLACES: Final = 12
_SPREADS: Final = 6
"""Standard deviations over the expected number that the first reading allows for."""


def check_rate(rate: Decimal) -> None:
    """Refuse a rate that is not an exact decimal between 0 and 1.

    Raises:
        PlanError: Where it is not, or has more than twelve digits after the point.
    """
    exponent = rate.as_tuple().exponent
    if not rate.is_finite() or not 0 < rate < 1 or not isinstance(exponent, int):
        raise PlanError("A rolling draw takes a share between 0 and 1, such as 0.05.")
    if -exponent > _MOST_PLACES:
        raise PlanError("The share of a rolling draw has at most twelve digits after the point.")


def threshold(rate: Decimal) -> str:
    """Return what a ticket has to stand before for its record to be drawn: 64 hex digits.

    Raises:
        PlanError: Where the rate is not allowed.
    """
    check_rate(rate)
    return f"{int(Fraction(rate) * 2**_BITS):0{_DIGITS}x}"


def is_selected(ticket: str, rate: Decimal) -> bool:
    """Say whether the record of a ticket is drawn.

    Args:
        ticket: 64 lower-case hex digits.
        rate: The share of the frame that is drawn.
    """
    return ticket < threshold(rate)


def expected_records(records: int, rate: Decimal) -> int:
    """Return how many of some records are drawn on average, in whole records rounded down."""
    return int(records * Fraction(rate))


def read_selected(
    opened: OpenFrame, rate: Decimal, *, seed: str, strata: Mapping[str, int]
) -> tuple[RankedRecord, ...]:
    """Return every record of an extract that is drawn, ranked by ticket within its stratum.

    The smallest tickets of each stratum are read, a few more than are expected under the
    threshold, and more where all of them are under it.

    Args:
        opened: The extract.
        rate: The share of the frame that is drawn.
        seed: The seed.
        strata: Records of the extract by stratum.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    limit = threshold(rate)
    take = {name: _first_reading(records, rate) for name, records in strata.items()}
    while True:
        ranked = opened.draw(SAMPLE, seed, take)
        selected = tuple(record for record in ranked if record.ticket < limit)
        short = [
            name
            for name, found in _counts(selected, strata).items()
            if found == take[name] < strata[name]
        ]
        if not short:
            return selected
        for name in short:
            take[name] = min(2 * take[name], strata[name])


def _first_reading(records: int, rate: Decimal) -> int:
    expected = expected_records(records, rate)
    return min(records, expected + _SPREADS * (isqrt(expected) + 1))


def _counts(selected: Iterable[RankedRecord], strata: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(strata, 0)
    for record in selected:
        counts[record.stratum] += 1
    return counts
