"""What a supervisor asks of a plan, as the command line and the plan page both take it.

One name and one reader for each thing that can be asked for, and one place that puts them
together. A proportion is typed as ``0.02`` or as ``2%``; the lines of the page that say per cent
take a number without a sign as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from dipsample.errors import InputError
from sampling.looking import Stopping
from sampling.plan import Allocation, StrataInterval
from sampling.planning import (
    DEFAULT_CONFIDENCE,
    DEFAULT_MINIMUM,
    DEFAULT_RESERVE,
    PlanRequest,
)
from sampling.what_sizes_buy import ASSUMED_EFFECT, LARGEST_EFFECT


class Wish(StrEnum):
    """One thing that can be asked for; the value is the option of the command line."""

    SIZE = "--size"
    MARGIN = "--margin"
    DETECT = "--detect"
    EXPECTED = "--expect"
    RATES = "--expect-by"
    CONFIDENCE = "--confidence"
    MINIMUM = "--min-per-stratum"
    MAXIMUM = "--max-per-stratum"
    RESERVE = "--reserve"
    UNITS = "--units"
    PER_UNIT = "--per-unit"
    EFFECT = "--design-effect"
    SHARE = "--rolling"
    LEAST = "--at-least"
    MOST = "--at-most"
    EVERY = "--every"
    LOOKS = "--looks"


PROPORTIONS: Final = frozenset(
    {Wish.MARGIN, Wish.DETECT, Wish.EXPECTED, Wish.CONFIDENCE, Wish.SHARE}
)
WHOLE_NUMBERS: Final = frozenset(
    {Wish.SIZE, Wish.MINIMUM, Wish.MAXIMUM, Wish.UNITS, Wish.PER_UNIT}
    | {Wish.LEAST, Wish.MOST, Wish.EVERY, Wish.LOOKS}
)
SIZES: Final = (Wish.SIZE, Wish.MARGIN, Wish.DETECT, Wish.UNITS, Wish.SHARE)
"""What a size follows from: one of them is asked for."""
OF_A_RULE: Final = (Wish.LEAST, Wish.MOST, Wish.EVERY)
"""What a rule that stops at a margin needs besides its margin."""

_LARGEST: Final = 10**12
_HUNDRED: Final = 100

Value = int | Decimal | str


@dataclass(frozen=True, slots=True)
class Missing:
    """What a request lacks."""

    wishes: tuple[Wish, ...]
    is_choice: bool = False
    """Whether one of them is enough, and exactly one is allowed."""


def read_proportion(text: str) -> Decimal:
    """Read a proportion: ``0.02``, or ``2%`` with its sign.

    Raises:
        InputError: Where it is not over 0 and under 1, or a number from 1 on without the sign,
            which could be either.
    """
    number = text.strip().removesuffix("%").rstrip()
    is_per_cent = number != text.strip()
    read = _decimal(number)
    proportion = read / 100 if read is not None and is_per_cent else read
    if proportion is not None and 0 < proportion < 1:
        return proportion
    if read is not None and not is_per_cent and 1 <= read < _HUNDRED:
        raise InputError(
            f"{number} without a sign could be per cent or a slip; write {number}% or "
            f"{(read / 100).normalize():f}"
        )
    raise InputError("a proportion lies between 0 and 1: two per cent are 2% or 0.02")


def read_wish(wish: Wish, text: str) -> Value:
    """Read what is asked for.

    Args:
        wish: What it is.
        text: As typed; a proportion as such, not in per cent.

    Raises:
        InputError: Where it is not of that kind.
    """
    if wish in PROPORTIONS:
        return read_proportion(text)
    if wish in WHOLE_NUMBERS:
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _LARGEST):
            raise InputError("this is a whole number from 1 on")
        return int(text)
    if wish is Wish.EFFECT:
        read = _decimal(text)
        if read is None or not 1 <= read <= LARGEST_EFFECT:
            raise InputError(f"a design effect lies between 1 and {LARGEST_EFFECT}")
        return read
    return text


def _decimal(text: str) -> Decimal | None:
    try:
        read = Decimal(text)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """What is asked for, each thing read by :func:`read_wish`."""

    values: Mapping[Wish, Value]
    allocation: Allocation = Allocation.PROPORTIONAL
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """Prevalence expected by stratum, from a file."""
    is_size_weighted: bool = False
    """Whether records, or units, are drawn with chances in proportion to their sizes."""
    stops_on: str | None = None
    """The indicator whose interval stops coding once it is within the margin; None: none does."""
    interval: StrataInterval | None = None
    """The exact interval of several strata; None: the default of the strata."""

    @property
    def effect(self) -> Decimal:
        """The design effect that a forecast of a draw in two stages assumes."""
        return self._proportion(Wish.EFFECT) or ASSUMED_EFFECT

    def request(self) -> PlanRequest | Missing:
        """Return the request that this comes to, or what it lacks."""
        stopping, values = None, dict(self.values)
        if self.stops_on is not None:
            lacking = tuple(one for one in (Wish.MARGIN, *OF_A_RULE) if one not in values)
            if lacking:
                return Missing(lacking)
            stopping = self._rule(self.stops_on)
            if Wish.SIZE not in values:
                del values[Wish.MARGIN]
                values[Wish.SIZE] = stopping.most
        if sum(one in values for one in SIZES) != 1:
            return Missing(SIZES, is_choice=True)
        if self.allocation is Allocation.NEYMAN and not self.rates:
            return Missing((Wish.RATES,))
        return replace(self, values=values)._with_rule(stopping)

    def _rule(self, on: str) -> Stopping:
        margin = self._proportion(Wish.MARGIN)
        least, most, every = (self._number(one) for one in OF_A_RULE)
        assert margin is not None and least and most and every  # noqa: S101, PT018  asked before
        return Stopping(margin=margin, least=least, most=most, every=every, on=on)

    def _with_rule(self, stopping: Stopping | None) -> PlanRequest:
        return PlanRequest(
            size=self._number(Wish.SIZE),
            margin=self._proportion(Wish.MARGIN),
            detect=self._proportion(Wish.DETECT),
            expected=self._proportion(Wish.EXPECTED),
            rates=self.rates,
            confidence=self._proportion(Wish.CONFIDENCE) or DEFAULT_CONFIDENCE,
            allocation=self.allocation,
            minimum=self._number(Wish.MINIMUM) or DEFAULT_MINIMUM,
            maximum=self._number(Wish.MAXIMUM),
            reserve=str(self.values.get(Wish.RESERVE, DEFAULT_RESERVE)),
            is_size_weighted=self.is_size_weighted,
            units=self._number(Wish.UNITS),
            per_unit=self._number(Wish.PER_UNIT),
            rolling=self._proportion(Wish.SHARE),
            stopping=stopping,
            looks=self._number(Wish.LOOKS),
            interval=self.interval,
        )

    def _number(self, wish: Wish) -> int | None:
        value = self.values.get(wish)
        return value if isinstance(value, int) else None

    def _proportion(self, wish: Wish) -> Decimal | None:
        value = self.values.get(wish)
        return value if isinstance(value, Decimal) else None
