"""Numbers of the reserve that are set free: what coders must not see, and what must not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from sampling.ceremony import Ceremony
from sampling.draw import ReplacementReason, Role
from sampling.events import ReserveRenumbered
from sampling.frame import Frame
from sampling.free_numbers import new_numbers
from sampling.planning import PlanRequest
from sampling.redraw import first_difference, ranks_to_read
from sampling.refusal import Refusal
from sampling.renumbering import numbers_to_free, renumbering
from sampling.replacing import decide_replacement
from tests.sampling import grown

FrameOf = Callable[..., Frame]
FRAME = {"Brent": 40, "Camden": 25, "Ely": 3}


def freed_from(state: Ceremony, most: int) -> tuple[str, ...]:
    """The numbers that can become free; none where the rules refuse."""
    found = numbers_to_free(state, most=most)
    return () if isinstance(found, Refusal) else found


def event_for(state: Ceremony, freed: tuple[str, ...]) -> ReserveRenumbered:
    """The event that frees them, with the material of the records that had them."""
    now = new_numbers(state.records, freed)
    ids = {now[one.case_id]: one.record_id for one in state.records if one.case_id in now}
    material = {case: sha256(record_id.encode()).hexdigest() for case, record_id in ids.items()}
    return renumbering(state.records, freed, material)


def is_redrawn(state: Ceremony) -> bool:
    """Whether the draw made again from the extract is the log's."""
    assert state.frame is not None
    return first_difference(state, grown.ranks_of(state.frame, ranks_to_read(state))) is None


def drawn(frame: Frame, reserve: str = "50%") -> Ceremony:
    """A sample of 12 with a reserve."""
    state: Ceremony = grown.drawn_on(frame, PlanRequest(size=12, reserve=reserve))
    return state


def changed(state: Ceremony, what: str, size: int, record_id: str) -> Ceremony:
    """The state after an extension or a replacement, where the rules allow it."""
    case = next(one.case_id for one in state.records if one.record_id == record_id)
    answer = (
        grown.extend(state, size)
        if what == "extend"
        else decide_replacement(state, case, ReplacementReason.RESTRICTED)
    )
    after: Ceremony = state if isinstance(answer, Refusal) else grown.follow(state, answer)
    return after


@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("extend"), st.integers(13, 40)),
            st.tuples(st.just("replace"), st.integers(1, 30)),
            st.tuples(st.just("renumber"), st.integers(1, 4)),
        ),
        max_size=7,
    )
)
def test_freed_numbers_change_nothing_but_numbers_of_the_reserve(
    frame_of: FrameOf, steps: list[tuple[str, int]]
) -> None:
    with_moves = without = drawn(frame_of(FRAME))
    freed: set[str] = set()
    for what, number in steps:
        if what == "renumber":
            numbers = freed_from(with_moves, number)
            before = {one.case_id: one for one in with_moves.records}
            assert all(before[one].role is Role.RESERVE for one in numbers)
            if numbers:
                with_moves = grown.follow(with_moves, (event_for(with_moves, numbers),))
            freed |= set(numbers)
            continue
        sample = [one.record_id for one in without.records if one.role is Role.SAMPLE]
        record_id = sample[number % len(sample)]
        with_moves, without = (
            changed(state, what, number, record_id) for state in (with_moves, without)
        )
    in_sample = [
        {one.record_id: (one.rank, one.role, one.ticket) for one in state.records}
        for state in (with_moves, without)
    ]
    assert in_sample[0] == in_sample[1]
    numbers_now = [one.case_id for one in with_moves.records]
    assert numbers_now == sorted(set(numbers_now))
    assert not freed & set(numbers_now)
    assert len(with_moves.material_sha256) == len(numbers_now)
    assert with_moves.sample_digest == without.sample_digest
    assert is_redrawn(with_moves)


def test_a_sample_keeps_its_numbers_when_numbers_are_freed(frame_of: FrameOf) -> None:
    state = drawn(frame_of(FRAME))
    after = grown.follow(state, (event_for(state, freed_from(state, 3)),))
    numbers = [
        {one.case_id: one.record_id for one in each.records if one.role is Role.SAMPLE}
        for each in (state, after)
    ]
    assert numbers[0] == numbers[1]
    highest = len(state.records)
    moved = {one.case_id for one in after.records} - {one.case_id for one in state.records}
    assert moved == {f"C-{highest + step:04d}" for step in (1, 2, 3)}


def test_freed_numbers_lie_among_those_of_the_sample_and_not_at_its_end(frame_of: FrameOf) -> None:
    state = drawn(frame_of(FRAME))
    freed = freed_from(state, 99)
    sample = [one.case_id for one in state.records if one.role is Role.SAMPLE]
    assert len(freed) == sum(one.role is Role.RESERVE for one in state.records)
    assert any(number < sample[-1] for number in freed)
    assert list(freed) != sorted(freed)


def test_a_number_that_a_reserve_record_was_given_is_not_freed_again(frame_of: FrameOf) -> None:
    state = drawn(frame_of(FRAME))
    everything = freed_from(state, 99)
    after = grown.follow(state, (event_for(state, everything),))
    refused = numbers_to_free(after, most=1)
    assert isinstance(refused, Refusal)
    assert refused.rule == "no-reserve-numbers"


def test_a_sample_without_a_reserve_has_no_number_to_free(frame_of: FrameOf) -> None:
    refused = numbers_to_free(drawn(frame_of(FRAME), reserve="0"), most=1)
    assert isinstance(refused, Refusal)
    assert refused.rule == "no-reserve-numbers"


def test_numbers_freed_by_choice_are_found(frame_of: FrameOf) -> None:
    state = drawn(frame_of(FRAME))
    first, second, *_ = freed_from(state, 99)
    chosen = grown.follow(state, (event_for(state, (second,)),))
    assert not is_redrawn(chosen)
    other = event_for(state, (first,))
    (moved,) = other.moved
    shifted = other.model_copy(update={"moved": (moved.model_copy(update={"now": "C-0400"}),)})
    assert not is_redrawn(grown.follow(state, (shifted,)))


def test_material_of_a_renumbered_record_is_the_one_of_its_new_number(frame_of: FrameOf) -> None:
    state = drawn(frame_of(FRAME))
    event = event_for(state, freed_from(state, 2))
    anew = tuple(one.model_copy(update={"material_sha256": "0" * 64}) for one in event.moved)
    after = grown.follow(state, (event.model_copy(update={"moved": anew}),))
    known = dict(zip((one.record_id for one in state.records), state.material_sha256, strict=True))
    for record, found in zip(after.records, after.material_sha256, strict=True):
        is_new = int(record.case_id[2:]) > len(state.records)
        assert found == ("0" * 64 if is_new else known[record.record_id])


def test_no_number_is_freed_before_a_draw(frame_of: FrameOf) -> None:
    state = replace(Ceremony(), frame=frame_of(FRAME))
    assert isinstance(numbers_to_free(state, most=1), Refusal)
