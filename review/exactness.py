"""Whether the intervals of a finding are the exact ones, and agree with the instant ones.

Strata of known size have an exact interval, which can take a second, and ``korn-graubard-capped``
at once. A finding shown before its exact intervals are there says so; one whose two intervals
differ widely says that too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sampling.estimation import (
    Interval,
    IntervalOfStrata,
    Method,
    StratumCount,
    is_at_odds,
    preview,
)

PREVIEW: Final = "preview"
"""An interval stands in until the exact one is worked out."""
CROSS_CHECK: Final = "cross-check"
"""The exact interval and ``korn-graubard-capped`` differ by over 25 % in width."""


class Watched:
    """Gives the intervals of strata for one finding, and remembers what they were.

    Attributes:
        is_preview: Whether any stood in for an exact one.
        is_at_odds: Whether the first one differs widely from ``korn-graubard-capped``.
    """

    def __init__(self, of_strata: IntervalOfStrata) -> None:
        self._of_strata = of_strata
        self._asked = 0
        self.is_preview = False
        self.is_at_odds = False

    def __call__(self, strata: Sequence[StratumCount], *, confidence: float) -> Interval:
        """Return the interval, as :class:`IntervalOfStrata`."""
        found = self._of_strata(strata, confidence=confidence)
        self._asked += 1
        if found.method is Method.KORN_GRAUBARD_CAPPED:
            self.is_preview = True
        elif self._asked == 1 and sum(not stratum.is_census for stratum in strata) > 1:
            self.is_at_odds = is_at_odds(found, preview(strata, confidence=confidence))
        return found

    @property
    def flags(self) -> tuple[str, ...]:
        """The words that stand beside the finding."""
        said = ((self.is_preview, PREVIEW), (self.is_at_odds, CROSS_CHECK))
        return tuple(flag for is_so, flag in said if is_so)
