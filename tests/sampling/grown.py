"""Samples that grow, drawn with hashlib from frames whose ids are made of stratum and number."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from sampling.ceremony import Ceremony, SamplingEvent, apply, replay
from sampling.draw import RankedRecord
from sampling.drawing import FreshDraw, decide_draw
from sampling.events import FrameCommitted, PlanCommitted
from sampling.extending import decide_extension, reach_after, why_no_extension
from sampling.frame import Frame
from sampling.planning import PlanRequest, make_plan
from sampling.refusal import Refusal
from sampling.tickets import tickets

SEED = "76543210987654321098"


def ranks_of(frame: Frame, take: Mapping[str, int]) -> tuple[RankedRecord, ...]:
    """The first so many ranks of each stratum."""
    ranked: list[RankedRecord] = []
    for stratum, population in frame.stratum_sizes.items():
        ids = [f"{stratum}-{number}" for number in range(population)]
        chosen = sorted(tickets("sample", SEED, ids))[: take[stratum]]
        ranked += [
            RankedRecord(stratum, rank, row.record_id, row.ticket)
            for rank, row in enumerate(chosen, 1)
        ]
    return tuple(ranked)


def fresh_of(frame: Frame, take: Mapping[str, int]) -> FreshDraw:
    """What an engine reads and draws of the very frame."""
    return FreshDraw(frame.fingerprint, frame.stratum_sizes, ranks_of(frame, take), "hashlib")


def material(fresh: FreshDraw) -> dict[str, str]:
    """What coders are shown, hashed."""
    return {row.record_id: sha256(row.record_id.encode()).hexdigest() for row in fresh.ranked}


def follow(state: Ceremony, answer: tuple[SamplingEvent, ...] | Refusal) -> Ceremony:
    """The state after an answer that is no refusal."""
    assert not isinstance(answer, Refusal), answer
    for event in answer:
        state = apply(state, event)
    return state


def drawn_on(frame: Frame, request: PlanRequest) -> Ceremony:
    """Frame, plan and draw."""
    plan = make_plan(frame, request)
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan)])
    fresh = fresh_of(frame, plan.take)
    return follow(
        state,
        decide_draw(state, fresh, seed=SEED, source="dice", material_sha256=material(fresh)),
    )


def extend(state: Ceremony, size: int) -> tuple[SamplingEvent, ...] | Refusal:
    """What the rules answer to an extension."""
    refusal = why_no_extension(state, size)
    if refusal is not None:
        return refusal
    assert state.frame is not None
    take = {name: one.drawn for name, one in reach_after(state, size).items()}
    fresh = fresh_of(state.frame, take)
    return decide_extension(
        state, fresh, size=size, material_sha256=material(fresh), releases_before=0
    )


def in_order(record_ids: list[str]) -> list[str]:
    """Ids in the order of their ``order`` tickets."""
    return [row.record_id for row in sorted(tickets("order", SEED, record_ids))]
