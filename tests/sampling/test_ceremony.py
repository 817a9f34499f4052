"""Frame, then plan, then seed and draw: what each rule allows, refuses and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sampling.ceremony import (
    Ceremony,
    SamplingEvent,
    apply,
    decide_frame,
    decide_plan,
    replay,
)
from sampling.events import FrameCommitted, PlanCommitted, SeedRevealed
from sampling.frame import Frame
from sampling.plan import Plan, StrataInterval
from sampling.planning import PlanRequest, make_plan
from sampling.refusal import Refusal

FrameOf = Callable[..., Frame]
SEED = SeedRevealed(seed="76543210987654321098", source="ten-sided dice before two witnesses")


@pytest.fixture
def frame(frame_of: FrameOf) -> Frame:
    return frame_of({"Brent": 30, "Camden": 20})


def plan_of(frame: Frame, size: int = 10) -> Plan:
    return make_plan(frame, PlanRequest(size=size))


def rule_of(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    assert answer.reason.endswith(".")
    assert answer.way_out.endswith(".")
    return answer.rule


def test_a_frame_and_a_plan_are_committed_in_that_order(frame: Frame) -> None:
    plan = plan_of(frame)
    assert rule_of(decide_plan(Ceremony(), plan)) == "frame-before-plan"
    assert decide_frame(Ceremony(), frame) == (FrameCommitted(frame=frame),)
    state = replay([FrameCommitted(frame=frame)])
    assert decide_plan(state, plan) == (PlanCommitted(plan=plan),)
    state = apply(state, PlanCommitted(plan=plan))
    assert (state.frame, state.plan) == (frame, plan)


def test_the_same_frame_or_plan_again_writes_nothing(frame: Frame) -> None:
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan_of(frame))])
    for known in (state, apply(state, SEED)):
        assert decide_frame(known, frame) == ()
        assert decide_plan(known, plan_of(frame)) == ()


def test_a_new_frame_before_the_seed_takes_the_plan_with_it(
    frame: Frame, frame_of: FrameOf
) -> None:
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan_of(frame))])
    other = frame_of({"Brent": 30, "Camden": 19}, ids="fewer")
    (event,) = _events(decide_frame(state, other))
    state = apply(state, event)
    assert (state.frame, state.plan) == (other, None)
    assert rule_of(decide_plan(state, plan_of(frame))) == "plan-of-this-frame"


def _events(answer: tuple[SamplingEvent, ...] | Refusal) -> tuple[SamplingEvent, ...]:
    assert isinstance(answer, tuple)
    return answer


def test_nothing_changes_once_the_seed_is_known(frame: Frame, frame_of: FrameOf) -> None:
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan_of(frame)), SEED])
    assert rule_of(decide_frame(state, frame_of({"Brent": 31, "Camden": 20}))) == (
        "frame-before-seed"
    )
    assert rule_of(decide_plan(state, plan_of(frame, 11))) == "plan-before-seed"


def test_a_frame_or_a_plan_written_after_the_seed_has_no_effect_and_is_counted(
    frame: Frame, frame_of: FrameOf
) -> None:
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan_of(frame)), SEED])
    assert state.late == 0
    named = plan_of(frame).model_copy(update={"interval": StrataInterval.EXACT})
    forged = apply(state, PlanCommitted(plan=named))
    forged = apply(forged, FrameCommitted(frame=frame_of({"Brent": 31, "Camden": 20})))
    assert forged == replace(state, late=2)


def test_a_plan_that_is_not_of_the_committed_frame_is_refused(
    frame: Frame, frame_of: FrameOf
) -> None:
    state = replay([FrameCommitted(frame=frame)])
    honest = plan_of(frame)
    first, second = honest.strata
    forged = [
        plan_of(frame_of({"Brent": 30, "Camden": 20}, version=2)),
        honest.model_copy(update={"strata": (first,)}),
        honest.model_copy(update={"strata": (second, first)}),
    ]
    forged += [
        honest.model_copy(update={"strata": (first.model_copy(update=change), second)})
        for change in (
            {"population": 31},
            {"sample": 31},
            {"sample": 0},
            {"reserve": 25},
            {"reserve": -1},
        )
    ]
    for plan in forged:
        assert rule_of(decide_plan(state, plan)) == "plan-of-this-frame"


def test_every_frame_and_plan_on_the_same_records_is_counted(
    frame: Frame, frame_of: FrameOf
) -> None:
    restratified = frame_of({"all": 50}, version=2)
    elsewhere = frame_of({"all": 50}, ids="other records")
    state = replay(
        [
            FrameCommitted(frame=frame),
            PlanCommitted(plan=plan_of(frame)),
            PlanCommitted(plan=plan_of(frame, 12)),
            FrameCommitted(frame=elsewhere),
            PlanCommitted(plan=plan_of(elsewhere)),
            FrameCommitted(frame=restratified),
            PlanCommitted(plan=plan_of(restratified)),
        ]
    )
    assert (state.tries.frames, state.tries.plans, state.tries.draws) == (2, 3, 0)
    assert state.tries_by_ids[elsewhere.ids_fingerprint].plans == 1
    assert state.draw_of_draws == "draw 0 of 0 on this frame"


def test_nothing_is_counted_before_a_frame() -> None:
    assert Ceremony().tries.frames == 0
    assert Ceremony().draw_of_draws == "draw 0 of 0 on this frame"
