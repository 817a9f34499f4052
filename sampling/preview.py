"""What a plan buys: how wide its interval is expected to be, before anything is drawn.

The figures are forecasts for people who choose a size; no draw and no result rests on them. The
intervals are those of :mod:`sampling.estimation`, which is loaded when a forecast is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from sampling.allocation import sharing_of
from sampling.forecast import Forecast, forecast, rate_of
from sampling.plan import Plan, PlannedStratum
from sampling.sizes import size_for_few

CAUTIOUS = Decimal("0.5")
"""The prevalence with the widest interval: assumed where none is stated."""

RARE = Decimal("0.1")
"""Below this prevalence the sizes for few events are shown beside the normal-theory size."""

USUAL_SIZES = (100, 200, 400, 800)
FEW_IN_STRATUM = 30
"""A stratum with a smaller sample says little when it is reported alone."""

_FEW_FOUND = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class StratumForecast:
    """One stratum of the plan, and what it is expected to say when reported alone."""

    name: str
    population: int
    sample: int
    reserve: int
    is_census: bool
    is_small: bool
    """Whether it has fewer than 30 records in the sample and is not drawn whole."""
    fraction: float
    """Share of the stratum that is drawn."""
    weight: float
    """Records of the frame that one record of the sample stands for."""
    half_width: float
    """Half the distance of the limits at the likeliest outcome, a proportion."""


@dataclass(frozen=True, slots=True)
class SizeForFew:
    """The smallest sample in which so few events would rule the expected prevalence out."""

    found: int
    size: int


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """What is shown before a plan is committed."""

    expected: Decimal
    """The prevalence that the forecast rests on."""
    is_stated: bool
    """Whether the supervisor stated it, for the frame or by stratum; otherwise it is the cautious
    0.5."""
    whole: Forecast
    strata: tuple[StratumForecast, ...]
    design_effect: float | None
    """Variance against a simple sample of the same size if every stratum had one prevalence;
    None where every record is drawn."""
    size_for_margin: int | None
    """The size whose expected half-width meets the margin, where this plan's does not; None too
    where no size that the plan's bounds allow meets it."""
    sizes_for_few: tuple[SizeForFew, ...]
    """For a stated prevalence under a tenth; else empty."""


def preview(plan: Plan) -> PlanPreview:
    """Return what a plan is expected to buy.

    It costs some hundred intervals for a simple sample, a second at most, and more where a size
    that meets the margin has to be looked for.

    Args:
        plan: A plan, committed or not.
    """
    expected = CAUTIOUS if plan.expected is None else plan.expected
    whole = forecast(plan.strata, expected, confidence=plan.confidence)
    return PlanPreview(
        expected=expected,
        is_stated=plan.expected is not None,
        whole=whole,
        strata=tuple(
            _of_stratum(stratum, expected, confidence=plan.confidence) for stratum in plan.strata
        ),
        design_effect=_design_effect(plan),
        size_for_margin=_size_that_meets_margin(plan, expected, found=whole),
        sizes_for_few=_sizes_for_few(plan),
    )


def what_sizes_buy(plan: Plan, sizes: Sequence[int] = USUAL_SIZES) -> tuple[Forecast, ...]:
    """Return the forecast of other sizes under the allocation, minimum and confidence of a plan.

    Args:
        plan: The plan whose design is kept.
        sizes: Sizes to try; those that the frame cannot carry are left out.
    """
    expected = CAUTIOUS if plan.expected is None else plan.expected
    shares = sharing_of(plan)
    return tuple(
        forecast(resized(plan, size), expected, confidence=plan.confidence)
        for size in sizes
        if shares.smallest <= size <= shares.largest
    )


def resized(plan: Plan, size: int) -> tuple[PlannedStratum, ...]:
    """Return the strata of the same design with another size and no reserve.

    Args:
        plan: The plan whose allocation and bounds are kept.
        size: Within what :func:`sampling.allocation.sharing_of` allows.
    """
    shared = sharing_of(plan).share_out(size)
    return tuple(
        stratum.model_copy(update={"sample": shared[stratum.name], "reserve": 0})
        for stratum in plan.strata
    )


def _of_stratum(
    stratum: PlannedStratum, expected: Decimal, *, confidence: Decimal
) -> StratumForecast:
    from sampling.estimation import single

    limits = single(
        round(Fraction(rate_of(stratum, expected)) * stratum.sample),
        stratum.sample,
        population=stratum.population,
        confidence=float(confidence),
    )
    return StratumForecast(
        name=stratum.name,
        population=stratum.population,
        sample=stratum.sample,
        reserve=stratum.reserve,
        is_census=stratum.is_census,
        is_small=not stratum.is_census and stratum.sample < FEW_IN_STRATUM,
        fraction=stratum.sample / stratum.population,
        weight=stratum.population / stratum.sample,
        half_width=(limits.upper - limits.lower) / 2,
    )


def _design_effect(plan: Plan) -> float | None:
    """Return the sum of W_h^2 (1 - f_h) N_h / ((N_h - 1) n_h) over (1 - f) N / ((N - 1) n)."""
    if plan.sample == plan.population:
        return None
    whole = Fraction(plan.population)
    design = sum(
        (stratum.population / whole) ** 2 * _variance_factor(stratum.population, stratum.sample)
        for stratum in plan.strata
        if not stratum.is_census
    )
    return float(design / _variance_factor(plan.population, plan.sample))


def _variance_factor(population: int, sample: int) -> Fraction:
    return Fraction(population - sample, (population - 1) * sample)


def _size_that_meets_margin(plan: Plan, expected: Decimal, *, found: Forecast) -> int | None:
    """Return a size that meets the margin while one record less does not.

    Half-widths fall with the square root of the size, which gives the first size to try. None
    where no margin was asked for, the forecast that was found for the plan meets it, or even the
    largest sample within the plan's bounds does not.
    """
    if plan.margin is None or found.half_width <= plan.margin:
        return None
    margin = float(plan.margin)

    def meets(size: int) -> bool:
        other = forecast(resized(plan, size), expected, confidence=plan.confidence)
        return other.half_width <= margin

    guess = ceil(plan.sample * (found.half_width / margin) ** 2)
    largest = sharing_of(plan).largest
    if plan.sample >= largest or (plan.maximum is not None and not meets(largest)):
        return None
    below, above = plan.sample, min(max(guess, plan.sample + 1), largest)
    while above < largest and not meets(above):
        below, above = above, min(2 * above, largest)
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (below, middle) if meets(middle) else (middle, above)
    return above


def _sizes_for_few(plan: Plan) -> tuple[SizeForFew, ...]:
    if plan.expected is None or plan.expected >= RARE:
        return ()
    positives = ceil(Fraction(plan.expected) * plan.population)
    return tuple(
        SizeForFew(
            found,
            size_for_few(
                plan.expected, found, population=plan.population, confidence=plan.confidence
            ),
        )
        for found in _FEW_FOUND
        if found < positives
    )
