"""What the usual sizes would buy, whichever way a plan draws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from sampling.errors import PlanError
from sampling.forecast import forecast
from sampling.frame import UnitSize
from sampling.looking import Stopping
from sampling.plan import Allocation, FirstStage, Plan, PlannedStratum, UnitQuota
from sampling.preview import what_sizes_buy
from sampling.what_sizes_buy import bought, likely_sizes, likely_stop

EXPECTED = Decimal("0.05")


def a_plan(**more: object) -> Plan:
    fields = {
        "frame_fingerprint": "0" * 64,
        "allocation": Allocation.PROPORTIONAL,
        "minimum": 2,
        "confidence": Decimal("0.95"),
        "margin": None,
        "expected": EXPECTED,
        "strata": (PlannedStratum(name="all", population=4000, sample=120, reserve=0),),
        **more,
    }
    return Plan.model_validate(fields)


def in_units(units: int = 12) -> Plan:
    sizes = tuple(UnitSize(stratum="all", name=f"U{n:02}", records=100) for n in range(40))
    stage = FirstStage(
        quotas=(UnitQuota(stratum="all", units=40, sample=units),),
        per_unit=10,
        is_by_records=False,
        units=sizes,
    )
    return a_plan(first_stage=stage)


def test_a_simple_plan_is_forecast_as_before() -> None:
    plan = a_plan()
    rows = bought(plan).rows
    assert [(row.size, row.half_width) for row in rows] == [
        (one.size, one.half_width) for one in what_sizes_buy(plan, (100, 120, 200, 400, 800))
    ]
    assert {(row.units, row.share) for row in rows} == {(None, None)}


@pytest.mark.parametrize("effect", ["1", "1.5", "2", "4"])
def test_records_in_units_count_as_that_many_fewer_of_a_simple_sample(effect: str) -> None:
    (row,) = (one for one in bought(in_units(), effect=Decimal(effect)).rows if one.size == 120)
    fewer = PlannedStratum(
        name="all", population=4000, sample=int(120 / Decimal(effect)), reserve=0
    )
    assert row.half_width == forecast([fewer], EXPECTED, confidence=Decimal("0.95")).half_width


def test_a_size_in_units_names_the_units_that_it_takes_and_none_that_are_not_there() -> None:
    rows = {row.size: row.units for row in bought(in_units()).rows}
    assert rows == {100: 10, 120: 12, 200: 20, 400: 40}


@pytest.mark.parametrize("effect", ["0.9", "101"])
def test_a_design_effect_that_is_none_is_refused(effect: str) -> None:
    with pytest.raises(PlanError, match="between 1 and 100"):
        bought(in_units(), effect=Decimal(effect))


def test_a_share_is_forecast_at_the_size_it_gives_on_average() -> None:
    plan = a_plan(rolling=Decimal("0.03"), minimum=0)
    rows = {row.size: row.share for row in bought(plan).rows}
    assert rows[120] == pytest.approx(0.03)
    assert rows[400] == pytest.approx(0.1)
    assert all(row.units is None for row in bought(plan).rows)


def test_a_share_that_draws_nobody_on_average_has_no_forecast_of_its_own() -> None:
    few = PlannedStratum(name="all", population=30, sample=0, reserve=0)
    assert bought(a_plan(rolling=Decimal("0.01"), minimum=0, strata=(few,))).rows == ()


@settings(max_examples=30)
@given(st.integers(500, 20_000), st.integers(2, 60))
def test_a_rolling_draw_falls_between_the_likely_sizes_19_times_of_20(
    records: int, percent: int
) -> None:
    rate = Decimal(percent) / 100
    whole = PlannedStratum(
        name="all", population=records, sample=int(records * Fraction(rate)), reserve=0
    )
    least, most = likely_sizes(a_plan(rolling=rate, minimum=0, strata=(whole,))) or (0, 0)
    inside = binom.cdf(most, records, float(rate)) - binom.cdf(least - 1, records, float(rate))
    assert 0.92 <= inside <= 0.985


def test_a_rule_is_expected_to_stop_where_the_expected_yes_are_near_enough() -> None:
    rules = [
        Stopping(margin=Decimal(margin), least=50, most=120, every=10, on="M2")
        for margin in ("0.2", "0.05", "0.001")
    ]
    wide, between, narrow = (likely_stop(a_plan(stopping=rule)) for rule in rules)
    assert (wide, narrow) == (50, 120)
    assert 50 < (between or 0) < 120
    assert likely_stop(a_plan()) is None
    assert likely_sizes(a_plan()) is None
