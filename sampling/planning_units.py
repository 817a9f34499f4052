"""How a plan in two stages is made: units of each stratum first, then records of each unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from sampling.allocation import sharing
from sampling.errors import PlanError
from sampling.frame import Frame, UnitSize
from sampling.plan import Allocation, FirstStage, Plan, PlannedStratum, UnitQuota
from sampling.two_stage import unit_probabilities
from sampling.ways import LEAST_UNITS, NO_UNITS, Way, why_not

if TYPE_CHECKING:
    from sampling.planning import PlanRequest


def plan_in_two_stages(frame: Frame, request: PlanRequest) -> Plan:
    """Return the plan of a draw in two stages.

    Units are shared out over the strata by their number, or equally; a stratum that is not drawn
    whole gives two at least, because a variance needs two.

    Args:
        frame: With units.
        request: Says how many units, and how many records of each.

    Raises:
        PlanError: Where the request contradicts itself or the frame cannot carry it.
    """
    units = request.units
    barred = why_not(frame, Way.TWO_STAGE)
    if units is None or barred is not None:
        raise PlanError((barred or NO_UNITS).reason)
    _check_request(request)
    quotas = _quotas(frame.units, units, request)
    stage = FirstStage(
        quotas=quotas,
        per_unit=request.per_unit,
        is_by_records=request.is_size_weighted,
        units=frame.units,
    )
    return Plan(
        frame_fingerprint=frame.fingerprint,
        allocation=request.allocation,
        minimum=request.minimum,
        maximum=request.maximum,
        confidence=request.confidence,
        margin=None,
        expected=request.expected,
        reserve_rule=request.reserve,
        strata=tuple(
            PlannedStratum(
                name=stratum.name,
                population=stratum.records,
                sample=_on_average(stage, quota),
                reserve=0,
            )
            for stratum, quota in zip(frame.strata, quotas, strict=True)
        ),
        first_stage=stage,
    )


def _check_request(request: PlanRequest) -> None:
    """Refuse what makes no sense with units."""
    if (request.size, request.margin, request.detect) != (None, None, None):
        raise PlanError(
            "The size of a draw in two stages follows from its units and the records of each; "
            "give no size, margin or prevalence to detect."
        )
    if request.allocation not in (Allocation.PROPORTIONAL, Allocation.EQUAL) or request.rates:
        raise PlanError("Units are shared out over the strata in proportion or equally.")
    if not request.reserve.endswith("%"):
        raise PlanError("The reserve of a draw in two stages is a share of each unit, such as 10%.")
    if request.per_unit is not None and request.per_unit < 1:
        raise PlanError("At least one record is drawn of each unit.")


def _quotas(units: Sequence[UnitSize], wanted: int, request: PlanRequest) -> tuple[UnitQuota, ...]:
    """Share the units that are wanted out over the strata, in bytewise order."""
    numbers: Mapping[str, int] = Counter(unit.stratum for unit in units)
    shares = sharing(
        numbers,
        allocation=request.allocation,
        minimum=max(request.minimum, LEAST_UNITS),
        maximum=request.maximum,
    )
    if not shares.smallest <= wanted <= shares.largest:
        raise PlanError(
            f"Choose between {shares.smallest} and {shares.largest} units; {wanted} does not fit "
            "the strata."
        )
    return tuple(
        UnitQuota(stratum=name, units=numbers[name], sample=sample)
        for name, sample in shares.share_out(wanted).items()
    )


def _on_average(stage: FirstStage, quota: UnitQuota) -> int:
    """Return how many records of a stratum the plan draws on average, rounded, at least one."""
    of_stratum = [unit for unit in stage.units if unit.stratum == quota.stratum]
    chances = unit_probabilities(of_stratum, quota.sample, is_by_records=stage.is_by_records)
    records = sum(
        (
            chances[unit.name]
            * (unit.records if stage.per_unit is None else min(stage.per_unit, unit.records))
            for unit in of_stratum
        ),
        Fraction(0),
    )
    return max(1, round(records))
