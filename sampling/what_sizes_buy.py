"""What 100, 200, 400 or 800 records would buy under a plan, whichever way it draws.

Forecasts for people who choose a size; no draw and no result rests on them. A draw in two stages
is forecast as a simple sample of n over an assumed design effect (L. Kish, "Survey Sampling",
1965, on the effective size; citation unverified): how alike the records of one unit are is known
only once they are coded. A rolling draw is forecast at the size that its share gives on average.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, sqrt
from typing import Final

from sampling.errors import PlanError
from sampling.forecast import Forecast, forecast
from sampling.frame import WHOLE_FRAME
from sampling.plan import FirstStage, Plan, PlannedStratum
from sampling.preview import CAUTIOUS, USUAL_SIZES, what_sizes_buy
from sampling.ways import LEAST_UNITS

ASSUMED_EFFECT: Final = Decimal(2)
"""The design effect of a draw in two stages that a forecast assumes unless told otherwise."""

LARGEST_EFFECT: Final = Decimal(100)

_NINETY_FIVE = 1.96
"""Standard deviations to each side that hold 95 of 100 outcomes of a normal distribution."""


@dataclass(frozen=True, slots=True)
class SizeRow:
    """What one size would buy."""

    size: int
    units: int | None
    """Units that it takes on average, of a draw in two stages; None of any other."""
    share: float | None
    """The share of the frame that it is, of a rolling draw; None of any other."""
    half_width: float
    """Half the expected distance of the limits, a proportion."""
    upper_if_none: float
    """The upper limit where nothing at all is found."""


@dataclass(frozen=True, slots=True)
class Bought:
    """What the usual sizes, and a plan's own, would buy."""

    expected: Decimal
    """The prevalence that the forecast rests on."""
    is_stated: bool
    """Whether the supervisor stated it; otherwise it is the cautious 0.5."""
    effect: Decimal | None
    """The design effect assumed, of a draw in two stages; None of any other."""
    rows: tuple[SizeRow, ...]
    """In ascending order of size; sizes that the frame cannot carry are left out."""


def bought(plan: Plan, *, effect: Decimal = ASSUMED_EFFECT) -> Bought:
    """Return what sizes buy under a plan's own way to draw.

    Args:
        plan: A plan, committed or not.
        effect: The design effect to assume of a draw in two stages, 1 to 100.

    Raises:
        PlanError: Where the design effect is none.
    """
    expected = CAUTIOUS if plan.expected is None else plan.expected
    sizes = sorted({*USUAL_SIZES, plan.sample})
    if plan.first_stage is not None:
        rows = tuple(_of_units(plan, plan.first_stage, sizes, expected=expected, effect=effect))
    else:
        rows = tuple(_row(one, plan) for one in what_sizes_buy(plan, sizes))
    return Bought(
        expected=expected,
        is_stated=plan.expected is not None,
        effect=None if plan.first_stage is None else effect,
        rows=rows,
    )


def _row(one: Forecast, plan: Plan) -> SizeRow:
    share = None if plan.rolling is None else one.size / plan.population
    return SizeRow(one.size, None, share, one.half_width, one.upper_if_none)


def _of_units(
    plan: Plan,
    stage: FirstStage,
    sizes: Sequence[int],
    *,
    expected: Decimal,
    effect: Decimal,
) -> Iterator[SizeRow]:
    """Yield the rows of a draw in two stages, as far as the frame has units for them."""
    if not 1 <= effect <= LARGEST_EFFECT:
        raise PlanError(f"A design effect lies between 1 and {LARGEST_EFFECT}.")
    drawn = sum(quota.sample for quota in stage.quotas)
    least = sum(min(quota.units, LEAST_UNITS) for quota in stage.quotas)
    for size in sizes:
        units = drawn if size == plan.sample else ceil(Fraction(size * drawn, plan.sample))
        if not least <= units <= len(stage.units) or size > plan.population:
            continue
        effective = PlannedStratum(
            name=WHOLE_FRAME,
            population=plan.population,
            sample=max(1, int(size / effect)),
            reserve=0,
        )
        one = forecast([effective], expected, confidence=plan.confidence)
        yield SizeRow(size, units, None, one.half_width, one.upper_if_none)


def likely_sizes(plan: Plan) -> tuple[int, int] | None:
    """Return between which numbers a rolling draw of the frame as listed falls, 95 times of 100.

    By the normal approximation of the binomial distribution; None where the plan is no rolling
    one.
    """
    if plan.rolling is None:
        return None
    rate = float(plan.rolling)
    mean = plan.population * rate
    spread = _NINETY_FIVE * sqrt(mean * (1 - rate))
    return max(0, round(mean - spread)), min(plan.population, round(mean + spread))


def likely_stop(plan: Plan) -> int | None:
    """Return the cases at which coding stops if the prevalence is what is expected.

    None where the plan has no rule that stops.
    """
    if plan.stopping is None:
        return None
    from sampling.estimation import StoppingRule, stops

    rule = StoppingRule(
        margin=float(plan.stopping.margin),
        least=plan.stopping.least,
        most=plan.stopping.most,
        every=plan.stopping.every,
    )
    expected = Fraction(CAUTIOUS if plan.expected is None else plan.expected)
    return next(
        cases
        for cases in rule.looks()
        if stops(
            round(expected * cases),
            cases,
            population=plan.population,
            rule=rule,
            confidence=float(plan.confidence),
        )
    )
