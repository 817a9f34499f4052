"""How a plan is made out of a committed frame and what the supervisor asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction

from sampling.allocation import Sharing, sharing
from sampling.detection import size_that_detects
from sampling.errors import PlanError
from sampling.frame import Frame
from sampling.looking import Stopping, planned_points
from sampling.plan import Allocation, Plan, PlannedStratum, StrataInterval
from sampling.reserve import reserve_for
from sampling.sizes import check_confidence, check_proportion, size_for_margin
from sampling.ways import (
    HAS_STRATA,
    NO_STRATA,
    Barred,
    Way,
    why_no_interval,
    why_no_tables,
    why_not,
)

DEFAULT_CONFIDENCE = Decimal("0.95")
DEFAULT_MINIMUM = 2
DEFAULT_RESERVE = "10%"

NO_RESERVE = "0"

_SIX_DIGITS = Context(prec=6)
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What the supervisor asks for: a size, a margin, or a prevalence to detect."""

    size: int | None = None
    """Records in the sample; None where it is worked out."""
    margin: Decimal | None = None
    """Half-width wanted of the interval, a proportion; needs a prevalence expected."""
    detect: Decimal | None = None
    """Prevalence at which at least one record is to be seen, wherever in the frame they lie."""
    expected: Decimal | None = None
    """Prevalence expected, a proportion: a forecast's footing."""
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """Prevalence expected by stratum, in the place of the one above; for every stratum or none."""
    confidence: Decimal = DEFAULT_CONFIDENCE
    """Two-sided confidence of the intervals, and of detection; a proportion."""
    allocation: Allocation = Allocation.PROPORTIONAL
    minimum: int = DEFAULT_MINIMUM
    """Smallest sample of a stratum."""
    maximum: int | None = None
    """Largest sample of a stratum; None for none."""
    reserve: str = DEFAULT_RESERVE
    """A number of records, or a share of each stratum's sample such as ``10%``."""
    is_size_weighted: bool = False
    """Whether records, or the units of a draw in two stages, are drawn by size."""
    units: int | None = None
    """Units to draw, for a draw in two stages; None for a draw of records alone."""
    per_unit: int | None = None
    """Records of each unit drawn; None: all of them."""
    rolling: Decimal | None = None
    """The share to draw of a frame that is still growing; None: the frame is closed."""
    stopping: Stopping | None = None
    """A rule by which coding stops; its most is the size, and there is no reserve."""
    looks: int | None = None
    """Looks at a stratified sample before its end; None: none."""
    interval: StrataInterval | None = None
    """The exact interval of several strata; None: the default of the strata."""


def make_plan(frame: Frame, request: PlanRequest) -> Plan:
    """Return the plan that answers the request on this frame.

    A size that is worked out is raised to the smallest sample that the strata need; a size that
    was given is taken as it is or refused.

    Returns:
        The plan; its strata in ascending order of the name's UTF-8 bytes.

    Raises:
        PlanError: Where the request contradicts itself or the frame cannot carry it; the
            message names the feasible range.
    """
    check_confidence(request.confidence)
    check_looks(frame, request)
    if request.interval is not None:
        refuse(why_no_interval(frame, _way(request)))
    plan = _made(frame, request)
    refuse(why_no_tables(plan))
    return plan


def _way(request: PlanRequest) -> Way:
    """Return the way to draw that a request asks for."""
    if request.rolling is not None:
        return Way.ROLLING
    if request.units is not None:
        return Way.TWO_STAGE
    return Way.SIZE_WEIGHTED if request.is_size_weighted else Way.SIMPLE


def _made(frame: Frame, request: PlanRequest) -> Plan:
    """Return the plan by the way to draw that is asked for."""
    if request.rolling is not None:
        from sampling.planning_rolling import plan_rolling

        return plan_rolling(frame, request)
    if request.units is not None:
        from sampling.planning_units import plan_in_two_stages

        return plan_in_two_stages(frame, request)
    if request.per_unit is not None:
        raise PlanError("Records of each unit are for a draw in two stages: say how many units.")
    if request.is_size_weighted:
        refuse(why_not(frame, Way.SIZE_WEIGHTED))
    return _plan_of_records(frame, request)


def _plan_of_records(frame: Frame, request: PlanRequest) -> Plan:
    """Return the plan of a draw in one stage."""
    populations = frame.stratum_sizes
    expected = _expected(populations, request)
    shares = sharing(
        populations,
        allocation=request.allocation,
        minimum=request.minimum,
        maximum=request.maximum,
        rates=request.rates,
    )
    sizes = shares.share_out(_whole_size(populations, shares, request, expected))
    reserve = request.reserve if request.stopping is None else NO_RESERVE
    reserves = reserve_for(sizes, populations, reserve)
    if request.looks is not None:
        planned_points(sum(sizes.values()), request.looks)
    return Plan(
        frame_fingerprint=frame.fingerprint,
        allocation=request.allocation,
        minimum=request.minimum,
        maximum=request.maximum,
        confidence=request.confidence,
        margin=request.margin,
        detect=request.detect,
        expected=expected,
        reserve_rule=reserve,
        is_size_weighted=request.is_size_weighted,
        stopping=request.stopping,
        looks=request.looks,
        interval=request.interval,
        strata=tuple(
            PlannedStratum(
                name=name,
                population=populations[name],
                sample=size,
                reserve=reserves[name],
                expected=request.rates.get(name),
            )
            for name, size in sizes.items()
        ),
    )


def refuse(barred: Barred | None) -> None:
    """Refuse a way to draw that a frame does not allow.

    Raises:
        PlanError: Says why; nothing happens where it is allowed.
    """
    if barred is not None:
        raise PlanError(barred.reason)


def check_looks(frame: Frame, request: PlanRequest) -> None:
    """Refuse looks and stops that no interval would hold for.

    Raises:
        PlanError: Says what they need.
    """
    is_simple = request.units is None and not request.is_size_weighted
    if request.looks is not None and not (is_simple and frame.is_stratified):
        refuse(NO_STRATA)
    rule = request.stopping
    if rule is None:
        return
    if frame.is_stratified or not is_simple:
        refuse(HAS_STRATA)
    if request.size != rule.most or request.margin is not None or request.detect is not None:
        raise PlanError("The size of a sample with a stopping rule is the most that it codes.")
    if request.reserve not in (DEFAULT_RESERVE, NO_RESERVE):
        raise PlanError("A sample with a stopping rule has no reserve: nothing is replaced in it.")
    if not 0 < rule.margin < Decimal("0.5"):
        raise PlanError("The margin of a stopping rule is over 0 and under 0.5.")
    if not 1 <= rule.least <= rule.most or rule.every < 1:
        raise PlanError(
            f"A stopping rule looks from {rule.least} to {rule.most} cases every {rule.every}; "
            "the first is at least 1 and at most the last, and so is the step."
        )


def _expected(populations: Mapping[str, int], request: PlanRequest) -> Decimal | None:
    """Return the prevalence expected in the frame: as stated, or the mean over the strata."""
    if request.expected is not None:
        if request.rates:
            raise PlanError(
                "State the prevalence expected for the whole frame or for each stratum, not both."
            )
        check_proportion(request.expected, "The expected prevalence")
        return request.expected
    if not request.rates:
        return None
    _check_names(populations, request.rates)
    for name, rate in request.rates.items():
        check_proportion(rate, f"The prevalence expected in stratum {name}")
    records = sum(
        (Fraction(rate) * populations[name] for name, rate in request.rates.items()), Fraction(0)
    )
    mean = records / sum(populations.values())
    return _SIX_DIGITS.divide(Decimal(mean.numerator), Decimal(mean.denominator))


def _check_names(populations: Mapping[str, int], rates: Mapping[str, Decimal]) -> None:
    """Refuse expected prevalences that are not those of exactly the frame's strata."""
    for names, words in (
        (populations.keys() - rates.keys(), "No expected prevalence is given for"),
        (rates.keys() - populations.keys(), "The frame has no such strata as"),
    ):
        if names:
            listed = sorted(names, key=str.encode)
            more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
            raise PlanError(f"{words} {', '.join(listed[:_NAMED])}{more}; mend the file.")


def _whole_size(
    populations: Mapping[str, int],
    shares: Sharing,
    request: PlanRequest,
    expected: Decimal | None,
) -> int:
    """Return n: as given, from the margin or for detection, and at least what the strata need."""
    match (request.size, request.margin, request.detect):
        case (int(size), None, None):
            return size
        case (None, Decimal() as margin, None):
            if expected is None:
                raise PlanError(
                    "A margin of error needs the prevalence that is expected; "
                    "0.5 is the cautious choice where nothing is known."
                )
            size = size_for_margin(
                margin,
                expected,
                population=sum(populations.values()),
                confidence=request.confidence,
            )
            return max(size, shares.smallest)
        case (None, None, Decimal() as detect):
            return size_that_detects(detect, populations, shares, confidence=request.confidence)
        case _:
            raise PlanError(
                "A plan takes a size, a margin of error or a prevalence to detect: give one of "
                "the three."
            )
