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
from sampling.plan import StrataInterval

PREVIEW: Final = "preview"
"""An interval stands in until the exact one is worked out."""
CROSS_CHECK: Final = "cross-check"
"""The exact interval and ``korn-graubard-capped`` differ by over 25 % in width."""


class Watched:
    """Gives the intervals of strata for one finding by the plan's method, and remembers them.

    Attributes:
        is_preview: Whether any stood in for an exact one.
        is_at_odds: Whether the first one differs widely from ``korn-graubard-capped``.
    """

    def __init__(self, of_strata: IntervalOfStrata, named: StrataInterval | None = None) -> None:
        """Watch what gives the intervals.

        Args:
            of_strata: What gives them.
            named: The interval of several strata that the plan names; None: the default of the
                strata.
        """
        self._of_strata = of_strata
        self._named = None if named is None else Method(named)
        self._asked = 0
        self.is_preview = False
        self.is_at_odds = False

    def __call__(
        self, strata: Sequence[StratumCount], *, confidence: float, method: Method | None = None
    ) -> Interval:
        """Return the interval, as :class:`IntervalOfStrata`; what the plan names is for several.

        In a group of which one stratum alone was not read whole the default is exact for that one,
        and narrower than any interval of several.
        """
        is_of_several = sum(not stratum.is_census for stratum in strata) > 1
        chosen = method or (self._named if is_of_several else None)
        found = self._of_strata(strata, confidence=confidence, method=chosen)
        self._asked += 1
        if found.method is Method.KORN_GRAUBARD_CAPPED:
            self.is_preview = True
        elif self._asked == 1 and is_of_several:
            self.is_at_odds = is_at_odds(found, preview(strata, confidence=confidence))
        return found

    @property
    def flags(self) -> tuple[str, ...]:
        """The words that stand beside the finding."""
        said = ((self.is_preview, PREVIEW), (self.is_at_odds, CROSS_CHECK))
        return tuple(flag for is_so, flag in said if is_so)
