"""What an extension would add to each stratum, worked out before any extract is read."""

from __future__ import annotations

from dataclasses import dataclass

from sampling.ceremony import Ceremony
from sampling.extending import reach_after


@dataclass(frozen=True, slots=True)
class StratumGrowth:
    """One stratum, before and after an extension."""

    name: str
    before: int
    """Records in the sample now."""
    after: int
    reserve_before: int
    reserve_after: int

    @property
    def added(self) -> int:
        """Records that come into the sample, from the reserve or drawn anew."""
        return self.after - self.before


def growth_to(state: Ceremony, size: int) -> tuple[StratumGrowth, ...]:
    """Return what every stratum would hold once the sample has a size, in the plan's order.

    Args:
        state: Where the draw stands; :func:`sampling.extending.why_no_extension` gives no reason
            against the size.
        size: Records wanted in the sample, those that were replaced left out.

    Raises:
        PlanError: Where the frame cannot carry the size.
    """
    reach = reach_after(state, size)
    return tuple(
        StratumGrowth(
            name=one.name,
            before=one.sample,
            after=reach[one.name].sample,
            reserve_before=one.reserve,
            reserve_after=reach[one.name].reserve,
        )
        for one in state.design.strata
    )
