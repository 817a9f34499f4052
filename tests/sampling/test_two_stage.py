"""Draws in two stages, and how often every design draws each record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.inclusion import by_size, fit, in_stages, second_wave, simple, stratified
from sampling.ceremony import decide_plan, replay
from sampling.errors import TicketError
from sampling.events import FrameCommitted
from sampling.frame import Frame, UnitSize
from sampling.growth import planned_reach
from sampling.plan import Allocation, FirstStage, Plan, PlannedStratum, UnitQuota
from sampling.planning import PlanRequest, make_plan
from sampling.refusal import Refusal
from sampling.tickets import tickets
from sampling.two_stage import drawn_units, unit_probabilities

SEED = "76543210987654321098"
frames = st.lists(st.lists(st.integers(1, 60), min_size=2, max_size=8), min_size=1, max_size=3)


def stage_of(frame: list[list[int]], *, is_by_records: bool, per_unit: int | None) -> FirstStage:
    units = tuple(
        UnitSize(stratum=f"s{h}", name=f"{h}-{i}", records=records)
        for h, each in enumerate(frame)
        for i, records in enumerate(each)
    )
    quotas = tuple(
        UnitQuota(stratum=f"s{h}", units=len(each), sample=max(2, len(each) // 2))
        for h, each in enumerate(frame)
    )
    return FirstStage(quotas=quotas, per_unit=per_unit, is_by_records=is_by_records, units=units)


@given(frames, st.booleans())
def test_every_stratum_gives_its_units_and_their_chances_add_up(
    frame: list[list[int]], is_by_records: bool
) -> None:
    stage = stage_of(frame, is_by_records=is_by_records, per_unit=None)
    drawn = drawn_units(stage, SEED)
    for quota in stage.quotas:
        of_stratum = [unit for unit in stage.units if unit.stratum == quota.stratum]
        chances = unit_probabilities(of_stratum, quota.sample, is_by_records=is_by_records)
        assert sum(chances.values()) == quota.sample
        units = [unit for unit in drawn if unit.stratum == quota.stratum]
        assert [unit.rank for unit in units] == list(range(1, quota.sample + 1))
        assert all(unit.probability == chances[unit.name] for unit in units)
        assert {name for name, chance in chances.items() if chance == 1} <= {
            unit.name for unit in units
        }


def test_units_each_alike_come_in_the_order_of_their_psu_tickets() -> None:
    stage = stage_of([[5, 9, 2, 7, 4, 4]], is_by_records=False, per_unit=3)
    by_ticket = sorted(tickets("psu", SEED, [unit.name for unit in stage.units]))[:3]
    drawn = drawn_units(stage, SEED)
    assert [unit.name for unit in drawn] == [one.record_id for one in by_ticket]
    assert {unit.probability for unit in drawn} == {Fraction(1, 2)}


def test_other_units_of_a_stratum_leave_the_units_of_another_as_they_are() -> None:
    one = stage_of([[5, 9, 2, 7], [3, 3, 3]], is_by_records=True, per_unit=None)
    two = stage_of([[5, 9, 2, 7], [8, 1, 6, 2, 2]], is_by_records=True, per_unit=None)
    first = [unit for unit in drawn_units(one, SEED) if unit.stratum == "s0"]
    assert first == [unit for unit in drawn_units(two, SEED) if unit.stratum == "s0"]


def test_reserve_and_sample_of_a_unit_never_exceed_its_records() -> None:
    stage = stage_of([[1, 5, 30, 31]], is_by_records=False, per_unit=5)
    plan = Plan(
        frame_fingerprint="f" * 64,
        allocation=Allocation.PROPORTIONAL,
        minimum=2,
        confidence=Decimal("0.95"),
        margin=None,
        expected=None,
        reserve_rule="30%",
        strata=(PlannedStratum(name="s0", population=67, sample=10, reserve=0),),
        first_stage=stage.model_copy(
            update={"quotas": (UnitQuota(stratum="s0", units=4, sample=4),)}
        ),
    )
    reach = planned_reach(plan, SEED)
    assert {(one.population, one.sample, one.reserve) for one in reach.values()} == {
        (1, 1, 0), (5, 5, 0), (30, 5, 2), (31, 5, 2)}  # fmt: skip
    with pytest.raises(TicketError):
        planned_reach(plan)


@pytest.mark.parametrize(
    "design",
    [
        simple(12, 4),
        stratified(((6, 2), (5, 3), (3, 3))),
        second_wave(10, 3, 3),
        in_stages(is_by_records=False),
    ],
    ids=lambda design: design.name,
)
def test_records_are_drawn_as_often_as_an_exact_design_says(design: object) -> None:
    found = fit(design, 1_500)  # type: ignore[arg-type]  # a parameter of pytest
    assert found.p_value > 0.001
    assert abs(found.worst - 1) < 0.06


def test_records_drawn_by_size_come_within_a_tenth_of_their_chance() -> None:
    found = fit(by_size(30, 5), 1_500)
    assert abs(found.worst - 1) < 0.1


def test_a_plan_of_other_units_is_not_one_of_the_frame(frame_of: Callable[..., Frame]) -> None:
    stage = stage_of([[5, 9, 2, 7]], is_by_records=False, per_unit=None)
    frame = frame_of({"s0": 23}).model_copy(update={"units": stage.units})
    plan = make_plan(frame, PlanRequest(units=2))
    state = replay([FrameCommitted(frame=frame)])
    assert isinstance(decide_plan(state, plan), tuple)
    other = stage_of([[6, 8, 2, 7]], is_by_records=False, per_unit=None)
    assert plan.first_stage is not None
    moved = plan.first_stage.model_copy(update={"units": other.units})
    refused = decide_plan(state, plan.model_copy(update={"first_stage": moved}))
    assert isinstance(refused, Refusal)
    assert refused.rule == "plan-of-this-frame"
