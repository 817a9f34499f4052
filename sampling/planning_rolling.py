"""The plan of a rolling draw: one share for every stratum, and nothing else to choose."""

from __future__ import annotations

from sampling.errors import PlanError
from sampling.frame import Frame
from sampling.plan import Plan, PlannedStratum
from sampling.planning import PlanRequest, refuse
from sampling.rolling import check_rate, expected_records
from sampling.sizes import check_proportion
from sampling.ways import Way, why_not

_NO_RESERVE = "0"


def plan_rolling(frame: Frame, request: PlanRequest) -> Plan:
    """Return the plan that draws a share of a frame which is still growing.

    Returns:
        The plan; the samples of its strata are what the share draws on average, rounded down.

    Raises:
        PlanError: Where the share is not allowed, where the request asks for something else
            besides, or where the frame has units.
    """
    if request.rolling is None:
        raise PlanError("A rolling draw needs the share to draw, such as 0.05.")
    check_rate(request.rolling)
    bare = PlanRequest(
        rolling=request.rolling,
        expected=request.expected,
        confidence=request.confidence,
        interval=request.interval,
    )
    if request != bare:
        raise PlanError(
            "A rolling draw takes its share of every stratum and has no size, allocation, bounds "
            "or reserve; give the share alone."
        )
    refuse(why_not(frame, Way.ROLLING))
    if request.expected is not None:
        check_proportion(request.expected, "The expected prevalence")
    return Plan(
        frame_fingerprint=frame.fingerprint,
        allocation=request.allocation,
        minimum=0,
        confidence=request.confidence,
        margin=None,
        expected=request.expected,
        reserve_rule=_NO_RESERVE,
        rolling=request.rolling,
        interval=request.interval,
        strata=tuple(
            PlannedStratum(
                name=name,
                population=records,
                sample=expected_records(records, request.rolling),
                reserve=0,
            )
            for name, records in frame.stratum_sizes.items()
        ),
    )
