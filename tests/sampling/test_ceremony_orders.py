"""Commands in any order: the ceremony keeps its invariants, whatever is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from sampling.ceremony import Ceremony, SamplingEvent, apply, decide_frame, decide_plan, replay
from sampling.draw import RankedRecord
from sampling.drawing import FreshDraw, decide_draw
from sampling.events import FrameCommitted, PlanCommitted, RecordsDrawn, SampleDrawn, SeedRevealed
from sampling.frame import Frame
from sampling.planning import PlanRequest, make_plan
from sampling.refusal import Refusal
from sampling.tickets import tickets

FrameOf = Callable[..., Frame]
SEEDS = ("76543210987654321098", "01234567890123456789")
NUMBER_OF_FRAMES = 3


class CommitFrame(NamedTuple):
    frame: int


class CommitPlan(NamedTuple):
    frame: int
    size: int


class Draw(NamedTuple):
    seed: str
    extract: int


Command = CommitFrame | CommitPlan | Draw
which = st.integers(0, NUMBER_OF_FRAMES - 1)
commands = st.lists(
    st.builds(CommitFrame, which)
    | st.builds(CommitPlan, which, st.sampled_from([6, 7]))
    | st.builds(Draw, st.sampled_from(SEEDS), which),
    max_size=14,
)


def frames_of(frame_of: FrameOf) -> list[Frame]:
    """Two frames of the same records under other strata, and one of other records."""
    return [
        frame_of({"Brent": 8, "Camden": 4}, ids="ours"),
        frame_of({"all": 12}, ids="ours", version=2),
        frame_of({"Brent": 9, "Camden": 4}, ids="theirs"),
    ]


def fresh_draw(state: Ceremony, extract: Frame, seed: str) -> FreshDraw:
    """Draw with hashlib what the committed plan takes, as far as the extract has it."""
    take = {} if state.plan is None else state.plan.take
    ranked: list[RankedRecord] = []
    for stratum, population in extract.stratum_sizes.items():
        ids = [f"{stratum}-{number}" for number in range(population)]
        chosen = sorted(tickets("sample", seed, ids))[: take.get(stratum, 0)]
        ranked += [
            RankedRecord(stratum, rank, row.record_id, row.ticket)
            for rank, row in enumerate(chosen, 1)
        ]
    return FreshDraw(extract.fingerprint, extract.stratum_sizes, tuple(ranked), "hashlib")


def answer_to(
    state: Ceremony, command: Command, frames: list[Frame]
) -> tuple[SamplingEvent, ...] | Refusal:
    match command:
        case CommitFrame(frame):
            return decide_frame(state, frames[frame])
        case CommitPlan(frame, size):
            return decide_plan(state, make_plan(frames[frame], PlanRequest(size=size)))
        case Draw(seed, extract):
            fresh = fresh_draw(state, frames[extract], seed)
            material = {row.record_id: "0" * 64 for row in fresh.ranked}
            return decide_draw(state, fresh, seed=seed, source="dice", material_sha256=material)


def check_answer(
    state: Ceremony,
    command: Command,
    answer: tuple[SamplingEvent, ...] | Refusal,
    frames: list[Frame],
) -> None:
    """Hold one answer against the rules in their plainest form."""
    match command:
        case CommitFrame(frame):
            allowed = state.seed is None or frames[frame] == state.frame
        case CommitPlan(frame, size):
            same = state.plan == make_plan(frames[frame], PlanRequest(size=size))
            allowed = frames[frame] == state.frame and (state.seed is None or same)
        case Draw(seed, extract):
            allowed = (
                state.plan is not None
                and frames[extract] == state.frame
                and (state.seed is None or state.seed.seed == seed)
            )
            if state.drawn is not None:
                assert answer == () or isinstance(answer, Refusal)
    assert isinstance(answer, tuple) == allowed, (command, answer)


def check_state(state: Ceremony, log: list[SamplingEvent]) -> None:
    """Hold a state against its log."""
    assert replay(log) == state
    kinds = [type(event) for event in log]
    if state.seed is not None:
        assert kinds.count(SeedRevealed) == kinds.count(SampleDrawn) == 1
        assert kinds[kinds.index(SeedRevealed) :] == [SeedRevealed, SampleDrawn, RecordsDrawn]
        assert PlanCommitted in kinds[: kinds.index(SeedRevealed)]
        assert kinds[0] is FrameCommitted
        assert state.plan is not None
        assert len(state.records) == state.plan.sample + state.plan.reserve
    if state.plan is not None:
        assert state.frame is not None
        assert state.plan.frame_fingerprint == state.frame.fingerprint
    if state.frame is not None:
        check_counts(state, state.frame, log)


def check_counts(state: Ceremony, frame: Frame, log: list[SamplingEvent]) -> None:
    """Count over the log what was tried on the records of the present frame."""
    frames = plans = draws = 0
    ours = False
    for event in log:
        match event:
            case FrameCommitted(frame=committed):
                ours = committed.ids_fingerprint == frame.ids_fingerprint
                frames += ours
            case PlanCommitted():
                plans += ours
            case SampleDrawn():
                draws += ours
    assert (state.tries.frames, state.tries.plans, state.tries.draws) == (frames, plans, draws)
    number = 0 if state.drawn is None else state.drawn.draw_number
    assert state.draw_of_draws == f"draw {number} of {draws} on this frame"


@given(commands)
def test_no_order_of_commands_breaks_the_ceremony(frame_of: FrameOf, tried: list[Command]) -> None:
    frames = frames_of(frame_of)
    state, log = Ceremony(), list[SamplingEvent]()
    for command in tried:
        answer = answer_to(state, command, frames)
        check_answer(state, command, answer, frames)
        if isinstance(answer, tuple):
            for event in answer:
                state = apply(state, event)
                log.append(event)
        check_state(state, log)


@given(commands, commands)
def test_a_finished_ceremony_never_changes(
    frame_of: FrameOf, before: list[Command], after: list[Command]
) -> None:
    frames = frames_of(frame_of)
    state = Ceremony()
    for command in [*before, CommitFrame(0), CommitPlan(0, 6), Draw(SEEDS[0], 0)]:
        answer = answer_to(state, command, frames)
        for event in answer if isinstance(answer, tuple) else ():
            state = apply(state, event)
    assert state.drawn is not None
    for command in after:
        answer = answer_to(state, command, frames)
        assert answer == () or isinstance(answer, Refusal)
