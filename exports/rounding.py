"""How figures are rounded before anyone sees them.

Every screen and file prints through these, so that a figure reads the same everywhere. Ties go
up: with 400 cases, 5 of them are 1.25 %, and readers expect 1.3.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TENTH: Final = Decimal("0.1")
_FIGURES: Final = 2


def percentage(proportion: float) -> Decimal:
    """Return a proportion of 0 to 1 as a percentage with one decimal.

    The shortest decimal that stands for the float is rounded, so that 5 / 400 is a tie and
    becomes 1.3.
    """
    return (_decimal(proportion) * 100).quantize(_TENTH, ROUND_HALF_UP)


def limits(lower: float, upper: float) -> tuple[Decimal, Decimal]:
    """Return the limits of an interval as percentages with one decimal.

    Rounding never makes a certainty of a sample: an upper limit over 0 is at least 0.1, a lower
    limit under 1 at most 99.9, unless the limits are equal, as those of a complete count are.
    """
    low, high = percentage(lower), percentage(upper)
    if lower == upper:
        return (low, high)
    return (min(low, 100 - _TENTH), max(high, _TENTH))


def whole(number: float) -> int:
    """Return a number of records to the nearest whole one."""
    return int(_decimal(number).quantize(Decimal(1), ROUND_HALF_UP))


def two_figures(number: float) -> int:
    """Return a number of records to two significant figures, and never with a fraction.

    The precision of an estimated number is that of its interval: more figures would promise
    what a sample cannot keep.
    """
    exact = _decimal(number)
    if exact == 0:
        return 0
    place = max(exact.adjusted() - _FIGURES + 1, 0)
    return int(exact.quantize(Decimal(1).scaleb(place), ROUND_HALF_UP))


def weight(population: int, used: int) -> Decimal:
    """Return how many records of the frame one used case stands for, with two decimals."""
    return (Decimal(population) / Decimal(used)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def coefficient(number: float) -> Decimal:
    """Return a coefficient of agreement, which may be negative, with two decimals."""
    return _decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, such as ``1 case`` and ``1,203 cases``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number))
