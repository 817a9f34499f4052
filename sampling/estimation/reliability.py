"""Words beside a number that say how far it can be trusted. A flag never removes anything.

Source: the presentation standards for proportions of the US National Center for Health Statistics,
Parker et al., Vital and Health Statistics 2 (175), 2017 (citation unverified), with two house rules
about small bases.
"""

from __future__ import annotations

import math
from enum import StrEnum

from sampling.estimation.interval import Interval

_LEAST_SIZE = 30
_LEAST_BASE_FOR_PERCENTAGE = 10
_NARROW, _WIDE, _WIDE_RELATIVE = 0.05, 0.30, 1.30
_LEAST_DEGREES = 8


class Flag(StrEnum):
    """A reservation about one number; the values are part of every output."""

    UNRELIABLE = "unreliable"
    """Effective sample size, counted at most as the base, under 30."""
    WIDE = "wide"
    """Interval at least .30 wide, or over .05 and over 130 % of the estimate."""
    FEW_DEGREES_OF_FREEDOM = "few-degrees-of-freedom"
    """Under 8 degrees of freedom."""
    NO_EVENTS = "no-events"
    """Not one yes: the estimate is 0 and only the upper limit says something."""
    LOW_BASE = "low-base"
    """Base under 30."""
    NO_PERCENTAGE = "no-percentage"
    """Base under 10: print the counts, not a percentage."""


def reliability(interval: Interval, *, base: int, yes: int) -> tuple[Flag, ...]:
    """Return the flags of an estimate, in the order of :class:`Flag`.

    Args:
        interval: The estimate; a census gets only the flags about base and events.
        base: Coded records that the proportion is of.
        yes: Yes answers among them.
    """
    raised = {
        Flag.UNRELIABLE: _is_unreliable(interval, base),
        Flag.WIDE: _is_wide(interval),
        Flag.FEW_DEGREES_OF_FREEDOM: (
            interval.degrees_of_freedom is not None and interval.degrees_of_freedom < _LEAST_DEGREES
        ),
        Flag.NO_EVENTS: yes == 0,
        Flag.LOW_BASE: base < _LEAST_SIZE,
        Flag.NO_PERCENTAGE: base < _LEAST_BASE_FOR_PERCENTAGE,
    }
    return tuple(flag for flag, is_raised in raised.items() if is_raised)


def _is_unreliable(interval: Interval, base: int) -> bool:
    return interval.effective_n is not None and min(interval.effective_n, base) < _LEAST_SIZE


def _is_wide(interval: Interval) -> bool:
    width = interval.upper - interval.lower
    if width <= _NARROW:
        return False
    relative = width / interval.estimate if interval.estimate else math.inf
    return width >= _WIDE or relative > _WIDE_RELATIVE
