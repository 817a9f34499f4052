"""Sentences about samples drawn by size, in two stages, and in waves."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from exports.rounding import counted
from sampling.frame import DRAWN_BEFORE
from sampling.plan import Design
from sampling.size_weighted import SMALL_SAMPLE


def earlier_waves(request: ReleaseRequest) -> str | None:
    """Say that the figures speak of what earlier waves left."""
    fingerprint = request.frame.spec.excluded
    if fingerprint is None:
        return None
    left_out = sum(one.records for one in request.frame.exclusions if one.reason == DRAWN_BEFORE)
    return (
        f"{counted(left_out, 'record')} of the extract had been drawn in earlier waves and cannot "
        "be drawn again: the figures speak of the records that were left, not of the whole "
        f"extract. The SHA-256 of the sorted list of what was left out is {fingerprint}."
    )


def _strata(number: int) -> str:
    return "1 stratum" if number == 1 else f"{number:,} strata"


def size_weighted_design(request: ReleaseRequest) -> str | None:
    """Describe a sample drawn by size."""
    plan = request.plan
    if plan.design is not Design.SIZE_WEIGHTED:
        return None
    within = f" within {_strata(len(plan.strata))}" if len(plan.strata) > 1 else ""
    few = sum(not one.is_census and one.sample < SMALL_SAMPLE for one in plan.strata)
    approximate = (
        f" {_strata(few)} gave fewer than {SMALL_SAMPLE} records, and there "
        "the chances can be off by more than 2 %."
        if few
        else ""
    )
    return (
        f"{plan.sample:,} of {plan.population:,} records, drawn{within} "
        f"with chances in proportion to the column {request.frame.spec.size_column} (sequential "
        "Poisson sampling, in whole numbers). Records whose share would reach one were drawn for "
        "certain. The chances of the others are approximate: the method keeps to them closely, "
        f"not exactly.{approximate}"
    )


def two_stage_design(request: ReleaseRequest) -> str | None:
    """Describe a sample drawn in two stages."""
    plan, stage = request.plan, request.plan.first_stage
    if stage is None:
        return None
    drawn = sum(quota.sample for quota in stage.quotas)
    all_units = sum(quota.units for quota in stage.quotas)
    alike = (
        "with chances in proportion to their records, which sequential Poisson sampling keeps to "
        "closely and not exactly"
        if stage.is_by_records
        else "each with the same chance within its stratum"
    )
    records = (
        "all records of each"
        if stage.per_unit is None
        else f"up to {counted(stage.per_unit, 'record')} of each, at random"
    )
    return (
        f"A sample in two stages: {drawn:,} of {all_units:,} units of the column "
        f"{request.frame.spec.unit_column}, {alike}, and then {records}: {plan.sample:,} of "
        f"{plan.population:,} records. Records of one unit are alike, so that the sample says less "
        "than a simple one of its size; the design effect beside a figure says how much less."
    )


def weights_of_records(request: ReleaseRequest) -> str | None:
    """Say that every record has a weight of its own."""
    if request.plan.design is Design.SIMPLE:
        return None
    return (
        "Each case weighs one over the probability with which its record was drawn, and takes over "
        "the weight of records of its stratum that could not be read; percentages are ratios of "
        "weighted sums. The command dipsample cases --format csv lists probability and weight."
    )


def without_shell(request: ReleaseRequest) -> str | None:
    """Say how a sample is drawn again that the shell lines do not draw."""
    if request.plan.design is Design.SIMPLE:
        return None
    return (
        "A sample of this design is drawn again by dipsample verify, or by any program that "
        "computes SHA-256 and exact fractions, from the frame's lines, the plan and the seed."
    )
