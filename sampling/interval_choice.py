"""What each exact interval of several strata is expected to give under a plan, and its promise.

Forecasts for people who name an interval before the seed; no result rests on them. Working one
out can take a second, and several where the sample is large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sampling.allocation import sharing_of
from sampling.forecast import counts_expected
from sampling.plan import Design, Plan, PlannedStratum, StrataInterval
from sampling.preview import CAUTIOUS, resized

if TYPE_CHECKING:
    from sampling.estimation import Method, StratumCount

PROVED: Final = "proved for any number of strata"
HELD: Final = "holds for up to four strata"
DESIGNED_FOR: Final = "designed for, not proved above four strata"


@dataclass(frozen=True, slots=True)
class IntervalForecast:
    """One interval of the strata of a plan, at the outcome that is expected."""

    interval: StrataInterval
    is_default: bool
    """Whether the strata as planned have it where a plan names none."""
    is_used: bool
    """Whether they have it under this plan."""
    promise: str
    """Its coverage, in a few words."""
    lower: float | None
    """The expected lower limit, a proportion; None where the tables of the interval are too large
    for a sample of this size."""
    upper: float | None

    @property
    def half_width(self) -> float | None:
        """Half the expected distance of the limits, a proportion; None where there are none."""
        if self.lower is None or self.upper is None:
            return None
        return (self.upper - self.lower) / 2


def has_choice(plan: Plan) -> bool:
    """Say whether it matters which interval of strata a plan names.

    It does with five or more strata that are not drawn whole, and with fewer that are drawn at
    fractions which are not nearly one; and where a plan names one for several strata.
    """
    drawn = _not_whole(plan)
    if len(drawn) < 2:
        return False
    from sampling.estimation.stratified_certified import is_counted
    from sampling.estimation.stratified_exact import SEARCHED_WHOLE

    if plan.interval is not None or len(drawn) > SEARCHED_WHOLE:
        return True
    return not is_counted([one.population for one in drawn], [one.sample for one in drawn])


def interval_forecasts(plan: Plan) -> tuple[IntervalForecast, ...]:
    """Return what each interval of several strata is expected to give.

    At the expected prevalence, spread over the strata as :func:`sampling.forecast.forecast` does,
    or the cautious 0.5; of a rolling draw at the sample that its share gives on average.

    Args:
        plan: A plan, committed or not.

    Returns:
        One for each interval; nothing where :func:`has_choice` says that there is no choice.
    """
    if not has_choice(plan):
        return ()
    from sampling.estimation import Method, method_of

    expected = CAUTIOUS if plan.expected is None else plan.expected
    counts = counts_expected(_strata(plan), expected)
    default = StrataInterval(method_of(counts))
    used = default if plan.interval is None else plan.interval
    strata = sum(not one.is_census for one in counts)
    found = []
    for interval in StrataInterval:
        limits = _limits(counts, Method(interval), confidence=float(plan.confidence))
        found.append(
            IntervalForecast(
                interval=interval,
                is_default=interval is default,
                is_used=interval is used,
                promise=promise_of(interval, strata),
                lower=None if limits is None else limits[0],
                upper=None if limits is None else limits[1],
            )
        )
    return tuple(found)


def _strata(plan: Plan) -> Sequence[PlannedStratum]:
    """Return the strata of a simple draw; of a rolling one as it gives them on average."""
    if plan.design is not Design.SIMPLE:
        return ()
    if plan.rolling is None:
        return plan.strata
    return resized(plan, plan.sample) if plan.sample >= sharing_of(plan).smallest else ()


def _not_whole(plan: Plan) -> list[PlannedStratum]:
    return [stratum for stratum in _strata(plan) if not stratum.is_census]


def _limits(
    counts: Sequence[StratumCount], method: Method, *, confidence: float
) -> tuple[float, float] | None:
    """Return the limits by a method; None where its tables are too large."""
    from sampling.estimation import Method, stratified
    from sampling.estimation.stratified_certified import has_room

    if method is Method.STRATIFIED_CERTIFIED:
        drawn = [one for one in counts if not one.is_census]
        if not has_room([one.population for one in drawn], [one.sample for one in drawn]):
            return None
    made = stratified(counts, confidence=confidence, method=method)
    return made.lower, made.upper


def promise_of(interval: StrataInterval, strata: int) -> str:
    """Say in a few words what an interval promises of its coverage.

    Args:
        interval: Which.
        strata: How many are not drawn whole.
    """
    from sampling.estimation.stratified_exact import SEARCHED_WHOLE

    if interval is not StrataInterval.EXACT:
        return PROVED
    return HELD if strata <= SEARCHED_WHOLE else DESIGNED_FOR
