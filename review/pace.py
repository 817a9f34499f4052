"""Cases handed in far faster than their coder's own usual: a reason to look again, never more.

Nobody is compared with anybody else, and nothing is rejected for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import Final

from review.coding_state import Coding

LEAST: Final = 10
"""Timed codings of one coder from which a usual time can be told."""
SHARE: Final = 4
"""A coding is fast where it took less than the coder's median divided by this."""


def hurried(codings: Iterable[Coding]) -> tuple[Coding, ...]:
    """Return the handed-in codings that took under a quarter of their coder's own median time.

    Args:
        codings: Of any coders and cases; those without times, such as imported ones, are left
            out.

    Returns:
        By case and coder, so that the order says nothing of time.
    """
    timed: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.state.is_handed_in and coding.active_seconds:
            timed.setdefault(coding.reviewer, []).append(coding)
    found = []
    for own in timed.values():
        if len(own) >= LEAST:
            usual = median(coding.active_seconds for coding in own)
            found += [coding for coding in own if coding.active_seconds * SHARE < usual]
    return tuple(sorted(found, key=lambda coding: (coding.case_id, coding.reviewer)))
