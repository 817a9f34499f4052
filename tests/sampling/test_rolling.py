"""Rolling draws: who is drawn on arrival, and what a frame that grows leaves as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.ceremony import Ceremony, GrowthEvent, replay
from sampling.draw import RankedRecord, Role
from sampling.drawing import FreshDraw, decide_draw
from sampling.errors import PlanError
from sampling.events import FrameCommitted, FrameGrown, PlanCommitted, RecordsAdded
from sampling.extending import why_no_extension
from sampling.frame import Frame
from sampling.growing import Later, decide_close, decide_growth, why_not_final
from sampling.growing_frame import lost_lines
from sampling.inclusion import inclusions
from sampling.plan import Allocation
from sampling.planning import PlanRequest, make_plan
from sampling.redraw import first_difference
from sampling.refusal import Refusal
from sampling.replacing import decide_replacement
from sampling.rolling import expected_records, is_selected, read_selected, threshold
from sampling.tickets import tickets
from tests.sampling import grown

if TYPE_CHECKING:
    from sampling.engines.opened import OpenFrame

FrameOf = Callable[..., Frame]
SEED = "76543210987654321098"
RATE = Decimal("0.3")
BATCHES = ({"north": 40, "south": 10}, {"north": 55, "south": 10}, {"east": 9, "north": 60,
           "south": 25})  # fmt: skip
RATES = st.decimals("0.01", "0.99", places=3)


def selected(frame: Frame, rate: Decimal = RATE) -> tuple[RankedRecord, ...]:
    """What a share draws of a frame whose ids are made of stratum and number."""
    return tuple(
        RankedRecord(stratum, rank, one.record_id, one.ticket)
        for stratum, records in frame.stratum_sizes.items()
        for rank, one in enumerate(
            sorted(
                row
                for row in tickets("sample", SEED, [f"{stratum}-{n}" for n in range(records)])
                if is_selected(row.ticket, rate)
            ),
            1,
        )
    )


def fresh(frame: Frame) -> FreshDraw:
    return FreshDraw(frame.fingerprint, frame.stratum_sizes, selected(frame), "hashlib")


def material(frame: Frame) -> dict[str, str]:
    return {one.record_id: sha256(one.record_id.encode()).hexdigest() for one in selected(frame)}


def drawn_on(frame: Frame) -> Ceremony:
    plan = make_plan(frame, PlanRequest(rolling=RATE))
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan)])
    events = decide_draw(
        state, fresh(frame), seed=SEED, source="dice", material_sha256=material(frame)
    )
    after = grown.follow(state, events)
    assert isinstance(after, Ceremony)
    return after


def growth(state: Ceremony, frame: Frame, *, lost: int = 0) -> tuple[GrowthEvent, ...] | Refusal:
    assert state.frame is not None
    later = Later(frame, fresh(frame), lost, releases_before=0)
    return decide_growth(state, fresh(state.frame), later, material_sha256=material(frame))


def through(frames: Sequence[Frame]) -> Ceremony:
    state = drawn_on(frames[0])
    for frame in frames[1:]:
        state = grown.follow(state, growth(state, frame))
    return state


@pytest.fixture
def frames(frame_of: FrameOf) -> list[Frame]:
    return [frame_of(sizes, ids=f"ids {at}") for at, sizes in enumerate(BATCHES)]


def refused(answer: object) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def test_the_published_vectors_are_drawn_and_passed_over_as_they_say(
    reference_folder: Path,
) -> None:
    vectors = json.loads((reference_folder / "ticket-vectors.json").read_text("utf-8"))
    assert vectors["rolling"]
    for vector in vectors["rolling"]:
        rate = Decimal(vector["rate"])
        assert threshold(rate) == vector["threshold_hex"]
        for one in vector["decisions"]:
            (row,) = tickets(vector["label"], vector["seed"], [one["id"]])
            assert row.ticket == one["ticket"]
            assert is_selected(row.ticket, rate) is one["selected"]


@given(RATES)
def test_a_threshold_leaves_exactly_the_share_of_all_tickets_under_it(rate: Decimal) -> None:
    under = int(threshold(rate), 16)
    assert under <= Fraction(rate) * 2**256 < under + 1
    assert is_selected(f"{under - 1:064x}", rate)
    assert not is_selected(f"{under:064x}", rate)


@given(RATES, RATES, st.integers(0, 10**6))
def test_a_larger_share_draws_all_that_a_smaller_one_does(
    one: Decimal, other: Decimal, number: int
) -> None:
    (row,) = tickets("sample", SEED, [f"R-{number}"])
    assert is_selected(row.ticket, min(one, other)) <= is_selected(row.ticket, max(one, other))


def test_over_many_seeds_every_record_is_drawn_as_often_as_the_share_says() -> None:
    ids = [f"R{number}" for number in range(40)]
    drawn = dict.fromkeys(ids, 0)
    seeds, chance = 1000, 0.2
    for number in range(seeds):
        for row in tickets("sample", f"rolling-inclusion-{number:08d}", ids):
            drawn[row.record_id] += is_selected(row.ticket, Decimal("0.2"))
    chi_square = sum(
        (count - seeds * chance) ** 2 / (seeds * chance * (1 - chance)) for count in drawn.values()
    )
    assert 15 < chi_square < 73, "one in a thousand on either side of 40 degrees of freedom"


class Unlucky:
    """An extract in which nearly every ticket is under any threshold."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def draw(self, label: str, seed: str, take: dict[str, int]) -> tuple[RankedRecord, ...]:
        assert (label, seed) == ("sample", SEED)
        self.asked.append(take["all"])
        first = ["0" * 60 + f"{number:04x}" for number in range(90)] + ["f" * 64] * 10
        rows = enumerate(first[: take["all"]], start=1)
        return tuple(RankedRecord("all", rank, f"R-{rank}", ticket) for rank, ticket in rows)


def test_more_is_read_until_the_last_ticket_is_not_under_the_threshold() -> None:
    opened = Unlucky()
    found = read_selected(
        cast("OpenFrame", opened), Decimal("0.01"), seed=SEED, strata={"all": 100}
    )
    assert [one.rank for one in found] == list(range(1, 91))
    assert opened.asked == sorted(set(opened.asked))
    assert opened.asked[0] < 90 < opened.asked[-1] <= 100


@pytest.mark.parametrize("rate", ["0", "1", "-0.1", "NaN", "Infinity", "0.0000000000001"])
def test_a_share_is_an_exact_decimal_between_0_and_1(rate: str) -> None:
    with pytest.raises(PlanError):
        threshold(Decimal(rate))


def test_a_plan_draws_its_share_of_each_stratum_and_nothing_else(frames: list[Frame]) -> None:
    plan = make_plan(frames[0], PlanRequest(rolling=RATE))
    assert plan.sample_sizes == {"north": 12, "south": 3}
    assert (plan.reserve, plan.rolling, expected_records(7, RATE)) == (0, RATE, 2)
    for more in (
        PlanRequest(rolling=RATE, size=5),
        PlanRequest(rolling=RATE, allocation=Allocation.EQUAL),
        PlanRequest(rolling=RATE, reserve="5"),
        PlanRequest(rolling=RATE, minimum=3),
    ):
        with pytest.raises(PlanError, match="give the share alone"):
            make_plan(frames[0], more)


def test_other_plans_keep_the_bytes_that_they_had(frames: list[Frame]) -> None:
    plan = make_plan(frames[0], PlanRequest(size=10))
    assert "rolling" not in plan.model_dump(mode="json")


def test_a_frame_that_grows_keeps_every_case_and_draws_of_what_is_new(frames: list[Frame]) -> None:
    before = drawn_on(frames[0])
    answer = growth(before, frames[1])
    assert isinstance(answer, tuple)
    assert [type(one) for one in answer] == [FrameGrown, RecordsAdded]
    after = grown.follow(before, answer)
    kept = after.records[: len(before.records)]
    assert [(one.case_id, one.record_id) for one in kept] == [
        (one.case_id, one.record_id) for one in before.records
    ]
    assert {one.record_id for one in after.records} == {
        one.record_id for one in selected(frames[1])
    }
    assert after.design.stratum_sizes == frames[1].stratum_sizes
    assert after.design.sample == len(after.records)
    assert all(one.role is Role.SAMPLE for one in after.records)
    assert after.draw_of_draws == before.draw_of_draws == "draw 1 of 1 on this frame"
    assert growth(after, frames[1]) == ()


@given(st.sets(st.sampled_from(range(len(BATCHES) - 1))))
def test_the_batches_of_a_frame_change_no_record_no_rank_and_no_digest(
    frame_of: FrameOf, skipped: set[int]
) -> None:
    frames = [frame_of(sizes, ids=f"ids {at}") for at, sizes in enumerate(BATCHES)]
    state = through([one for at, one in enumerate(frames) if at not in skipped])
    at_once = drawn_on(frames[-1])
    assert state.sample_digest == at_once.sample_digest
    places = {(one.stratum, one.rank, one.record_id, one.ticket) for one in state.records}
    assert places == {(one.stratum, one.rank, one.record_id, one.ticket) for one in at_once.records}
    assert state.design == at_once.design.model_copy(
        update={"frame_fingerprint": frames[-1].fingerprint}
    )
    assert first_difference(state, selected(frames[-1])) is None


def test_every_case_has_the_chance_of_the_share_exactly(frames: list[Frame]) -> None:
    state = through(frames)
    found = inclusions(state)
    assert found.keys() == {one.case_id for one in state.records}
    assert {(one.probability, one.is_exact) for one in found.values()} == {(Fraction(3, 10), True)}


def test_a_record_put_in_or_taken_out_is_found_by_drawing_again(frames: list[Frame]) -> None:
    state = through(frames)
    ranked = selected(frames[-1])
    assert "is not under the threshold" in str(
        first_difference(state, [*ranked, RankedRecord("south", 99, "x", "f" * 64)])
    )
    assert first_difference(state, ranked[1:]) is not None
    assert first_difference(state, ranked[:-1]) is not None
    (event, *_) = state.growths
    shifted = event.model_copy(update={"before": "0" * 64})
    broken = Ceremony(
        **{
            name: getattr(state, name)
            for name in ("frame", "plan", "seed", "drawn", "records", "material_sha256")
        },
        growths=(shifted, *state.growths[1:]),
    )
    assert "does not follow on the frame before" in str(first_difference(broken, ranked))


def test_a_later_extract_that_lacks_a_record_is_refused(frames: list[Frame]) -> None:
    state = drawn_on(frames[0])
    assert refused(growth(state, frames[1], lost=1)).rule == "frame-only-grows"
    later = Later(frames[2], fresh(frames[2]), 0, releases_before=0)
    other = decide_growth(state, fresh(frames[1]), later, material_sha256=material(frames[2]))
    assert refused(other).rule == "same-extract"
    changed = material(frames[1]) | {state.records[0].record_id: "0" * 64}
    later = Later(frames[1], fresh(frames[1]), 0, releases_before=0)
    other = decide_growth(state, fresh(frames[0]), later, material_sha256=changed)
    assert refused(other).rule == "draw-as-committed"


def test_a_closed_frame_takes_in_nothing_and_an_open_one_is_never_final(
    frames: list[Frame],
) -> None:
    state = drawn_on(frames[0])
    assert state.is_open
    assert refused(why_not_final(state)).rule == "frame-is-open"
    sizes = frames[0].stratum_sizes
    other = decide_close(state, "0" * 64, strata=sizes)
    assert refused(other).rule == "same-extract"
    closed = grown.follow(state, decide_close(state, frames[0].fingerprint, strata=sizes))
    assert why_not_final(closed) is None
    assert decide_close(closed, frames[0].fingerprint, strata=sizes) == ()
    assert refused(growth(closed, frames[1])).rule == "frame-is-closed"


def test_a_rolling_draw_has_no_size_and_no_reserve(frames: list[Frame]) -> None:
    state = drawn_on(frames[0])
    assert refused(why_no_extension(state, 50)).rule == "extension-of-a-share"
    answer = decide_replacement(state, state.records[0].case_id, "not_in_scope")
    assert "no reserve" in refused(answer).reason
    simple = grown.drawn_on(frames[0], PlanRequest(size=10))
    assert not simple.is_open
    assert refused(growth(simple, frames[1])).rule == "frame-is-closed"


@given(
    st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.integers(1, 7), st.integers(1, 7)
)
def test_lost_lines_are_those_of_the_earlier_frame_alone(
    earlier: set[int], later: set[int], step: int, other_step: int
) -> None:
    def batches(numbers: set[int], size: int) -> list[bytes]:
        lines = sorted(f"R{number}\tall\n".encode() for number in numbers)
        return [b"".join(lines[at : at + size]) for at in range(0, len(lines), size)]

    assert lost_lines(batches(earlier, step), batches(later, other_step)) == len(earlier - later)
