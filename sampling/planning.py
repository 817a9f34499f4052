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
from sampling.plan import Allocation, Plan, PlannedStratum
from sampling.reserve import reserve_for
from sampling.sizes import check_confidence, check_proportion, size_for_margin

DEFAULT_CONFIDENCE = Decimal("0.95")
DEFAULT_MINIMUM = 2
DEFAULT_RESERVE = "10%"

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
    if request.rolling is not None:
        from sampling.planning_rolling import plan_rolling

        return plan_rolling(frame, request)
    if request.units is not None:
        from sampling.planning_units import plan_in_two_stages

        return plan_in_two_stages(frame, request)
    if request.per_unit is not None:
        raise PlanError("Records of each unit are for a draw in two stages: say how many units.")
    if request.is_size_weighted and frame.spec.size_column is None:
        raise PlanError(
            "The frame has no sizes to draw by; commit it again with the column that holds them."
        )
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
    reserves = reserve_for(sizes, populations, request.reserve)
    return Plan(
        frame_fingerprint=frame.fingerprint,
        allocation=request.allocation,
        minimum=request.minimum,
        maximum=request.maximum,
        confidence=request.confidence,
        margin=request.margin,
        detect=request.detect,
        expected=expected,
        reserve_rule=request.reserve,
        is_size_weighted=request.is_size_weighted,
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
