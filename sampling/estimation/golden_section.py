"""The least value of a convex function, by golden section."""

from __future__ import annotations

import math
from collections.abc import Callable

_GOLDEN = (math.sqrt(5) - 1) / 2


def least_of(
    value: Callable[[float], float], low: float, high: float, *, steps: int
) -> tuple[float, float]:
    """Return where a convex function is least, and how much it is there.

    Args:
        value: The function.
        low: Where to begin to look.
        high: Where to end, not below ``low``.
        steps: How often to narrow the place down, by .618 each time.
    """
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = value(left), value(right)
    for _ in range(steps):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = value(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = value(right)
    return (left, at_left) if at_left <= at_right else (right, at_right)
