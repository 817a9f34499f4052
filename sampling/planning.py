"""How a plan is made out of a committed frame and what the supervisor asks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sampling.allocation import allocate, reserve_for, smallest_samples
from sampling.errors import PlanError
from sampling.frame import Frame
from sampling.plan import Allocation, Plan, PlannedStratum
from sampling.sizes import check_confidence, check_proportion, size_for_margin

DEFAULT_CONFIDENCE = Decimal("0.95")
DEFAULT_MINIMUM = 2
DEFAULT_RESERVE = "10%"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What the supervisor asks for: a size, or a margin with the prevalence expected."""

    size: int | None = None
    """Records in the sample; None where the margin decides."""
    margin: Decimal | None = None
    """Half-width wanted of the interval, a proportion; None where the size is given."""
    expected: Decimal | None = None
    """Prevalence expected, a proportion; needed with a margin, a forecast's footing otherwise."""
    confidence: Decimal = DEFAULT_CONFIDENCE
    """Two-sided confidence of the intervals, a proportion."""
    allocation: Allocation = Allocation.PROPORTIONAL
    minimum: int = DEFAULT_MINIMUM
    """Smallest sample of a stratum."""
    reserve: str = DEFAULT_RESERVE
    """A number of records, or a share of each stratum's sample such as ``10%``."""


def make_plan(frame: Frame, request: PlanRequest) -> Plan:
    """Return the plan that answers the request on this frame.

    A size worked out from a margin is raised to the smallest sample that the strata need; a
    size that was given is taken as it is or refused.

    Returns:
        The plan; its strata in ascending order of the name's UTF-8 bytes.

    Raises:
        PlanError: Where the request contradicts itself or the frame cannot carry it; the
            message names the feasible range.
    """
    check_confidence(request.confidence)
    if request.expected is not None:
        check_proportion(request.expected, "The expected prevalence")
    populations = frame.stratum_sizes
    sizes = allocate(
        populations,
        _whole_size(populations, request),
        allocation=request.allocation,
        minimum=request.minimum,
    )
    reserves = reserve_for(sizes, populations, request.reserve)
    return Plan(
        frame_fingerprint=frame.fingerprint,
        allocation=request.allocation,
        minimum=request.minimum,
        confidence=request.confidence,
        margin=request.margin,
        expected=request.expected,
        strata=tuple(
            PlannedStratum(
                name=name, population=populations[name], sample=size, reserve=reserves[name]
            )
            for name, size in sizes.items()
        ),
    )


def _whole_size(populations: dict[str, int], request: PlanRequest) -> int:
    """Return n: as given, or from the margin and at least what the strata need."""
    match (request.size, request.margin, request.expected):
        case (int(size), None, _):
            return size
        case (None, Decimal() as margin, Decimal() as expected):
            size = size_for_margin(
                margin,
                expected,
                population=sum(populations.values()),
                confidence=request.confidence,
            )
            return max(size, sum(smallest_samples(populations, request.minimum).values()))
        case (None, Decimal(), None):
            raise PlanError(
                "A margin of error needs the prevalence that is expected; "
                "0.5 is the cautious choice where nothing is known."
            )
        case _:
            raise PlanError("A plan takes a size or a margin of error: give one of the two.")
