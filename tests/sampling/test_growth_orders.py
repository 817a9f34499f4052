"""Extensions and replacements in any order: what a sample never does, whatever is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.ceremony import Ceremony, SamplingEvent
from sampling.draw import ReplacementReason, Role, sample_digest
from sampling.events import CaseReplaced, RecordsAdded, SampleExtended
from sampling.frame import Frame
from sampling.plan import Allocation
from sampling.planning import PlanRequest
from sampling.redraw import first_difference, ranks_to_read
from sampling.refusal import Refusal
from sampling.replacing import decide_replacement
from tests.sampling import grown

FrameOf = Callable[..., Frame]
FRAME = {"Brent": 40, "Camden": 25, "Ely": 3, "Lone": 1}


class Extend(NamedTuple):
    size: int


class Replace(NamedTuple):
    case: int
    reason: ReplacementReason


Command = Extend | Replace
commands = st.lists(
    st.builds(Extend, st.integers(8, 72))
    | st.builds(Replace, st.integers(1, 30), st.sampled_from(ReplacementReason)),
    max_size=9,
)
requests = st.builds(
    PlanRequest,
    size=st.integers(10, 20),
    allocation=st.sampled_from([Allocation.PROPORTIONAL, Allocation.EQUAL, Allocation.POWER]),
    reserve=st.sampled_from(["0", "6", "10%", "50%"]),
    maximum=st.sampled_from([None, 30]),
)


def answer_to(state: Ceremony, command: Command) -> tuple[SamplingEvent, ...] | Refusal:
    match command:
        case Extend(size):
            answer: tuple[SamplingEvent, ...] | Refusal = grown.extend(state, size)
            return answer
        case Replace(case, reason):
            return decide_replacement(state, f"C-{case:04d}", reason)


def check(state: Ceremony, before: Ceremony) -> None:
    """Hold a sample against the rules in their plainest form."""
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    roles: defaultdict[str, list[Role]] = defaultdict(list)
    for record in sorted(state.records, key=lambda one: one.rank):
        ranks[record.stratum].append(record.rank)
        if record.role is not Role.REPLACED:
            roles[record.stratum].append(record.role)
    for found in ranks.values():
        assert found == list(range(1, len(found) + 1))
    for of_stratum in roles.values():
        assert of_stratum == sorted(of_stratum, key=[Role.SAMPLE, Role.RESERVE].index)
    replaced = sum(record.role is Role.REPLACED for record in state.records)
    assert len(state.records) == state.design.sample + state.design.reserve + replaced
    assert replaced == len(state.replacements)
    numbers = [record.case_id for record in state.records]
    assert numbers == [f"C-{number:04d}" for number in range(1, len(numbers) + 1)]
    old = [(one.case_id, one.record_id) for one in before.records]
    assert [(one.case_id, one.record_id) for one in state.records[: len(old)]] == old
    for now, then in zip(state.design.strata, before.design.strata, strict=True):
        assert now.sample >= then.sample
    assert len(state.material_sha256) == len(state.records)


def is_redrawn(state: Ceremony) -> bool:
    """Say whether a draw made again from the extract gives the log's sample."""
    assert state.frame is not None
    return first_difference(state, grown.ranks_of(state.frame, ranks_to_read(state))) is None


@given(requests, commands)
def test_ranks_stay_a_prefix_and_roles_add_up_in_any_order(
    frame_of: FrameOf, request_: PlanRequest, tried: list[Command]
) -> None:
    state = grown.drawn_on(frame_of(FRAME), request_)
    check(state, state)
    for command in tried:
        before, answer = state, answer_to(state, command)
        if isinstance(answer, Refusal):
            assert answer.reason.endswith(".")
            assert answer.way_out.endswith(".")
            continue
        state = grown.follow(state, answer)
        check(state, before)
        assert is_redrawn(state)
        if isinstance(command, Extend):
            assert state.design.sample == command.size
            assert sample_digest(state.records) == state.sample_digest


@given(requests, st.lists(st.integers(10, 59), min_size=1, max_size=6))
def test_the_same_size_holds_the_same_records_however_it_was_reached(
    frame_of: FrameOf, request_: PlanRequest, sizes: list[int]
) -> None:
    start = grown.drawn_on(frame_of(FRAME), request_)
    final = max(*sizes, start.design.sample)
    at_once = in_steps = start
    at_once = grown.follow(
        at_once, () if final == start.design.sample else grown.extend(at_once, final)
    )
    for size in sorted({*sizes, final}):
        if size > in_steps.design.sample:
            in_steps = grown.follow(in_steps, grown.extend(in_steps, size))
    assert {(one.record_id, one.role) for one in at_once.records} == {
        (one.record_id, one.role) for one in in_steps.records
    }
    assert at_once.sample_digest == in_steps.sample_digest


@given(requests, st.integers(1, 8), st.integers(21, 40))
def test_replacing_and_extending_may_change_places(
    frame_of: FrameOf, request_: PlanRequest, case: int, size: int
) -> None:
    start = grown.drawn_on(frame_of(FRAME), request_)
    replacing = Replace(case, ReplacementReason.DUPLICATE_RECORD)
    first = answer_to(start, replacing)
    if isinstance(first, Refusal):
        return
    one = grown.follow(start, first)
    one = grown.follow(one, grown.extend(one, size))
    other = grown.follow(start, grown.extend(start, size))
    second = answer_to(other, replacing)
    if isinstance(second, Refusal):
        assert second.rule == "reserve-used-up"
        return
    other = grown.follow(other, second)
    sample = {row.record_id for row in one.records if row.role is Role.SAMPLE}
    assert sample == {row.record_id for row in other.records if row.role is Role.SAMPLE}


def grown_log(frame: Frame) -> tuple[Ceremony, list[SamplingEvent]]:
    """A draw, a replacement, an extension and a replacement, with the events since the draw."""
    start = grown.drawn_on(frame, PlanRequest(size=16))
    state, log = start, list[SamplingEvent]()
    for command in (
        Replace(_case(start), ReplacementReason.NOT_IN_SCOPE),
        Extend(30),
        Replace(_case(start, skip=1), ReplacementReason.RESTRICTED),
    ):
        answer = answer_to(state, command)
        state = grown.follow(state, answer)
        assert not isinstance(answer, Refusal)
        log.extend(answer)
    return start, log


def _case(state: Ceremony, skip: int = 0) -> int:
    """A case of the sample of Brent, by number."""
    found = [row for row in state.records if row.stratum == "Brent" and row.role is Role.SAMPLE]
    return int(found[skip].case_id[2:])


def _without_a_replacement(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return log[1:]


def _replaced_by_another(log: list[SamplingEvent]) -> list[SamplingEvent]:
    assert isinstance(log[0], CaseReplaced)
    other = "C-0001" if log[0].replaced_by != "C-0001" else "C-0002"
    return [log[0].model_copy(update={"replaced_by": other}), *log[1:]]


def _of_a_case_in_reserve(log: list[SamplingEvent]) -> list[SamplingEvent]:
    last = log[-1]
    assert isinstance(last, CaseReplaced)
    reserve = [
        row.case_id
        for event in log
        if isinstance(event, RecordsAdded)
        for row in event.records
        if (row.stratum, row.role) == ("Brent", Role.RESERVE) and row.case_id != last.replaced_by
    ]
    return [*log[:-1], last.model_copy(update={"case_id": reserve[-1]})]


def _of_another_stratum(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return [log[0].model_copy(update={"stratum": "Camden"}), *log[1:]]


def _of_no_stratum(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return [log[0].model_copy(update={"stratum": "Nowhere"}), *log[1:]]


def _with(log: list[SamplingEvent], **change: object) -> list[SamplingEvent]:
    return [
        event.model_copy(update=change) if isinstance(event, SampleExtended) else event
        for event in log
    ]


def _with_larger_size(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return _with(log, size=31)


def _with_a_size_that_shrinks(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return _with(log, size=3)


def _with_another_digest(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return _with(log, sample_digest="0" * 64)


def _with_another_size_before(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return _with(log, before=15)


def _with_other_strata(log: list[SamplingEvent]) -> list[SamplingEvent]:
    (event,) = (one for one in log if isinstance(one, SampleExtended))
    first, *rest = event.strata
    moved = first.model_copy(update={"sample": first.sample - 1, "reserve": first.reserve + 1})
    return _with(log, strata=(moved, *rest))


def _with_two_records_swapped(log: list[SamplingEvent]) -> list[SamplingEvent]:
    def swapped(event: RecordsAdded) -> RecordsAdded:
        one, two, *rest = event.records
        changed = (
            one.model_copy(update={"record_id": two.record_id, "ticket": two.ticket}),
            two.model_copy(update={"record_id": one.record_id, "ticket": one.ticket}),
        )
        return event.model_copy(update={"records": (*changed, *rest)})

    return [swapped(event) if isinstance(event, RecordsAdded) else event for event in log]


def _without_the_last_record(log: list[SamplingEvent]) -> list[SamplingEvent]:
    return [
        event.model_copy(
            update={
                "records": event.records[:-1],
                "material_sha256": event.material_sha256[:-1],
            }
        )
        if isinstance(event, RecordsAdded)
        else event
        for event in log
    ]


TAMPERINGS = (
    _without_a_replacement, _replaced_by_another, _of_a_case_in_reserve, _of_another_stratum,
    _of_no_stratum, _with_larger_size, _with_a_size_that_shrinks, _with_another_digest,
    _with_another_size_before, _with_other_strata, _with_two_records_swapped,
    _without_the_last_record,
)  # fmt: skip


def test_a_log_that_was_not_touched_is_drawn_again(frame_of: FrameOf) -> None:
    start, log = grown_log(frame_of(FRAME))
    assert is_redrawn(grown.follow(start, tuple(log)))


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_log_that_was_tampered_with_is_not_drawn_again(
    frame_of: FrameOf,
    tamper: Callable[[list[SamplingEvent]], list[SamplingEvent]],
) -> None:
    frame = frame_of(FRAME)
    start, log = grown_log(frame)
    honest = grown.follow(start, tuple(log))
    tampered = grown.follow(start, tuple(tamper(log)))
    assert tampered != honest
    ranked = grown.ranks_of(frame, ranks_to_read(honest))
    difference = first_difference(tampered, ranked)
    assert difference is not None
    assert difference.endswith(".")
    assert "Brent-" not in difference
