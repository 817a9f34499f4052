"""How long coding takes and how much is left: for the coder, and as totals for the supervisor.

Times are active time: idle time is left out where it is measured. A coder sees their own; nobody
else sees anybody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev
from typing import Final

ENOUGH_CASES: Final = 5
"""Handed-in cases from which on a time left is said at all."""
ENOUGH_CODERS: Final = 2
"""Coders from which on a total tells nobody's own time."""
_FOUR_IN_FIVE: Final = 1.2816
"""The 90 % point of the normal distribution: four times in five the sum lies within."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What a coder's own pace says about the cases left, in seconds of active time."""

    median_seconds: int
    """Of a case handed in."""
    seconds: int
    """Expected for the cases left."""
    lower_seconds: int
    upper_seconds: int
    """Ends of a range that holds the time four times in five."""


@dataclass(frozen=True, slots=True)
class ActiveTime:
    """What coding took over all coders together, in seconds of active time."""

    codings: int
    """Handed-in codings whose time is known."""
    seconds: int
    median_seconds: int


def time_left(handed_in_seconds: Sequence[int], cases_left: int) -> TimeLeft | None:
    """Return how long the cases left will take at the coder's own pace.

    The expected time is that many times the mean; the range is that of a sum of so many further
    cases, ``mean * r +- z * s * sqrt(r * (1 + r / n))``, with the normal quantile for four times
    in five, ends not below zero.

    Args:
        handed_in_seconds: Active time of each case that the coder handed in; cases without a
            known time (0) are left out.
        cases_left: How many are still to hand in.

    Returns:
        None where fewer than five times are known, or nothing is left.
    """
    known = [seconds for seconds in handed_in_seconds if seconds > 0]
    if len(known) < ENOUGH_CASES or cases_left <= 0:
        return None
    expected = cases_left * fmean(known)
    half = _FOUR_IN_FIVE * stdev(known) * sqrt(cases_left * (1 + cases_left / len(known)))
    return TimeLeft(
        median_seconds=round(median(known)),
        seconds=round(expected),
        lower_seconds=max(0, round(expected - half)),
        upper_seconds=round(expected + half),
    )


def active_time(seconds_by_coder: Mapping[str, Sequence[int]]) -> ActiveTime | None:
    """Return what coding took in all.

    Args:
        seconds_by_coder: Active time of each handed-in coding; those without a known time (0) are
            left out.

    Returns:
        None where fewer than two coders have known times: a total would be one person's.
    """
    known = [
        [seconds for seconds in of_coder if seconds > 0] for of_coder in seconds_by_coder.values()
    ]
    together = [seconds for of_coder in known for seconds in of_coder]
    if sum(bool(of_coder) for of_coder in known) < ENOUGH_CODERS:
        return None
    return ActiveTime(len(together), sum(together), round(median(together)))
