"""The draw: what is refused, what is written once, and what a draw made again shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from sampling.ceremony import Ceremony, DrawEvent, apply, replay
from sampling.draw import RankedRecord, Role, sample_digest
from sampling.drawing import (
    MAX_PART_BYTES,
    FreshDraw,
    decide_draw,
    why_no_draw,
    why_not_this_extract,
)
from sampling.errors import SamplingError, TicketError
from sampling.events import FrameCommitted, PlanCommitted, RecordsDrawn, SampleDrawn, SeedRevealed
from sampling.frame import Frame
from sampling.plan import Plan
from sampling.planning import PlanRequest, make_plan
from sampling.redraw import changed_material, first_difference
from sampling.refusal import Refusal
from sampling.tickets import tickets

FrameOf = Callable[..., Frame]
SEED = "76543210987654321098"
SOURCE = "ten-sided dice before two witnesses, 21 November 2026"


def drawn_from(plan: Plan, seed: str = SEED, *, long: bool = False) -> FreshDraw:
    """Draw with hashlib from a frame whose ids are made of stratum and number."""
    ranked: list[RankedRecord] = []
    for stratum in plan.strata:
        width = 180 if long else 4
        ids = [f"{stratum.name}-{number:0{width}d}" for number in range(stratum.population)]
        chosen = sorted(tickets("sample", seed, ids))[: plan.take[stratum.name]]
        ranked += [
            RankedRecord(stratum.name, rank, row.record_id, row.ticket)
            for rank, row in enumerate(chosen, 1)
        ]
    return FreshDraw(
        fingerprint=plan.frame_fingerprint,
        strata={stratum.name: stratum.population for stratum in plan.strata},
        ranked=tuple(ranked),
        engine="hashlib",
    )


def material(fresh: FreshDraw) -> dict[str, str]:
    return {row.record_id: sha256(row.record_id.encode()).hexdigest() for row in fresh.ranked}


def decide(
    state: Ceremony, fresh: FreshDraw, *, seed: str = SEED, source: str = SOURCE
) -> tuple[DrawEvent, ...] | Refusal:
    return decide_draw(state, fresh, seed=seed, source=source, material_sha256=material(fresh))


def refused(answer: object) -> Refusal:
    assert isinstance(answer, Refusal), answer
    assert answer.reason.endswith(".")
    assert answer.way_out.endswith(".")
    return answer


def follow(state: Ceremony, answer: tuple[DrawEvent, ...] | Refusal) -> Ceremony:
    assert isinstance(answer, tuple)
    for event in answer:
        state = apply(state, event)
    return state


@pytest.fixture
def plan(frame_of: FrameOf) -> Plan:
    return make_plan(frame_of({"Brent": 30, "Camden": 20}), PlanRequest(size=10))


@pytest.fixture
def planned(frame_of: FrameOf, plan: Plan) -> Ceremony:
    frame = frame_of({"Brent": 30, "Camden": 20})
    return replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan)])


@pytest.fixture
def drawn(planned: Ceremony, plan: Plan) -> Ceremony:
    return follow(planned, decide(planned, drawn_from(plan)))


def test_a_draw_records_seed_digest_and_every_record(planned: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    answer = decide(planned, fresh)
    assert isinstance(answer, tuple)
    assert [type(event) for event in answer] == [SeedRevealed, SampleDrawn, RecordsDrawn]
    state = follow(planned, answer)
    assert state.seed == SeedRevealed(seed=SEED, source=SOURCE)
    assert state.drawn is not None
    assert (state.drawn.sample, state.drawn.reserve, state.drawn.parts) == (10, 2, 1)
    assert state.drawn.engine == "hashlib"
    assert state.drawn.sample_digest == sample_digest(state.records)
    assert {row.record_id for row in fresh.ranked} == {row.record_id for row in state.records}
    assert list(state.material_sha256) == [
        material(fresh)[record.record_id] for record in state.records
    ]
    assert state.draw_of_draws == "draw 1 of 1 on this frame"


def test_the_same_draw_again_writes_nothing(drawn: Ceremony, plan: Plan) -> None:
    assert decide(drawn, drawn_from(plan)) == ()
    assert decide(drawn, drawn_from(plan), source="another sentence for the same seed") == ()


def test_a_record_rewritten_since_the_draw_is_found(drawn: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    second = drawn.records[1]
    assert changed_material(drawn, material(fresh)) is None
    rewritten = material(fresh) | {second.record_id: "0" * 64}
    answer = refused(decide_draw(drawn, fresh, seed=SEED, source=SOURCE, material_sha256=rewritten))
    assert answer.rule == "draw-as-committed"
    assert answer.reason == (
        "The extract describes 1 of the 12 drawn cases otherwise than at the draw, C-0002 first."
    )


def test_a_seed_that_is_known_already_is_not_revealed_again(planned: Ceremony, plan: Plan) -> None:
    revealed = apply(planned, SeedRevealed(seed=SEED, source=SOURCE))
    answer = decide(revealed, drawn_from(plan))
    assert isinstance(answer, tuple)
    assert [type(event) for event in answer] == [SampleDrawn, RecordsDrawn]


def test_a_seed_before_frame_or_plan_is_refused(planned: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    assert refused(decide(Ceremony(), fresh)).rule == "frame-before-seed"
    assert refused(decide(replace(planned, plan=None), fresh)).rule == "plan-before-seed"


def test_another_seed_is_refused(drawn: Ceremony, plan: Plan) -> None:
    other = SEED[::-1]
    answer = refused(decide(drawn, drawn_from(plan, other), seed=other))
    assert answer.rule == "one-seed"
    assert SEED not in answer.reason + answer.way_out


def test_a_seed_that_the_specification_refuses_is_an_error(planned: Ceremony) -> None:
    with pytest.raises(TicketError):
        why_no_draw(planned, seed="short", source=SOURCE)


@pytest.mark.parametrize("source", ["", "   ", "two\nlines", "bell \x07", "\x1b[31mred", "x" * 501])
def test_a_seed_needs_a_source_of_one_line(planned: Ceremony, source: str) -> None:
    assert refused(why_no_draw(planned, seed=SEED, source=source)).rule == "seed-has-a-source"
    assert why_no_draw(planned, seed=SEED, source="dice, Zoë and 東京 watching") is None


def test_a_changed_extract_is_refused_with_both_counts(planned: Ceremony, plan: Plan) -> None:
    fresh = replace(
        drawn_from(plan), fingerprint="f" * 64, strata={"Brent": 31, "Camden": 20, "Ely": 4}
    )
    answer = refused(decide(planned, fresh))
    assert answer.rule == "same-extract"
    assert "the frame had 50 records and the extract has 55" in answer.reason
    assert "Brent had 30 and has 31" in answer.reason
    assert "Ely had 0 and has 4" in answer.reason
    assert "Camden" not in answer.reason


def test_an_extract_with_the_same_counts_and_other_ids_is_refused(planned: Ceremony) -> None:
    answer = refused(why_not_this_extract(planned, "f" * 64, strata={"Brent": 30, "Camden": 20}))
    assert "ids or their strata have changed" in answer.reason


def test_a_long_list_of_changed_strata_is_cut_with_its_count(frame_of: FrameOf) -> None:
    frame = frame_of({f"s{number:02d}": 5 for number in range(30)})
    state = replay([FrameCommitted(frame=frame)])
    answer = refused(why_not_this_extract(state, "f" * 64, strata={}))
    assert answer.reason.count(" had 5 and has 0") == 10
    assert answer.reason.endswith("and 20 more strata.")


def test_the_extract_is_checked_again_for_the_same_draw(drawn: Ceremony, plan: Plan) -> None:
    fresh = replace(drawn_from(plan), fingerprint="f" * 64)
    assert refused(decide(drawn, fresh)).rule == "same-extract"


def _without_last(fresh: FreshDraw) -> FreshDraw:
    return replace(fresh, ranked=fresh.ranked[:-1])


def _with_one_twice(fresh: FreshDraw) -> FreshDraw:
    return replace(fresh, ranked=(*fresh.ranked[:-1], fresh.ranked[0]))


def _with_a_false_ticket(fresh: FreshDraw) -> FreshDraw:
    return replace(fresh, ranked=(fresh.ranked[0]._replace(ticket="0" * 64), *fresh.ranked[1:]))


def _with_two_ranks_swapped(fresh: FreshDraw) -> FreshDraw:
    first, second, *rest = fresh.ranked
    return replace(fresh, ranked=(first._replace(rank=2), second._replace(rank=1), *rest))


def _with_an_unplanned_stratum(fresh: FreshDraw) -> FreshDraw:
    return replace(fresh, ranked=(fresh.ranked[0]._replace(stratum="Ely"), *fresh.ranked[1:]))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_without_last, "the plan takes ranks 1 to"),
        (_with_one_twice, "holds a record twice"),
        (_with_a_false_ticket, "is not the one of its record"),
        (_with_two_ranks_swapped, "not in the order of the tickets"),
        (_with_an_unplanned_stratum, "which is not planned"),
    ],
)
def test_what_cannot_be_a_draw_of_the_plan_is_refused(
    planned: Ceremony, plan: Plan, damage: Callable[[FreshDraw], FreshDraw], words: str
) -> None:
    answer = refused(decide(planned, damage(drawn_from(plan))))
    assert answer.rule == "draw-as-committed"
    assert words in answer.reason


def test_a_drawn_record_without_material_is_an_error(planned: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    with pytest.raises(SamplingError, match="12 drawn records have no material"):
        decide_draw(planned, fresh, seed=SEED, source=SOURCE, material_sha256={})


def test_a_large_draw_is_cut_into_parts_of_at_most_two_thousand(frame_of: FrameOf) -> None:
    frame = frame_of({"all": 5000})
    plan = make_plan(frame, PlanRequest(size=4100, reserve="0"))
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan)])
    answer = decide(state, drawn_from(plan))
    assert isinstance(answer, tuple)
    parts = [event for event in answer if isinstance(event, RecordsDrawn)]
    assert [len(part.records) for part in parts] == [2000, 2000, 100]
    assert [part.part for part in parts] == [1, 2, 3]
    after = follow(state, answer)
    assert len(after.records) == len(after.material_sha256) == 4100


def test_long_ids_and_strata_make_smaller_parts(frame_of: FrameOf) -> None:
    frame = frame_of({"é" * 9: 2600})
    plan = make_plan(frame, PlanRequest(size=2600))
    state = replay([FrameCommitted(frame=frame), PlanCommitted(plan=plan)])
    answer = decide(state, drawn_from(plan, long=True))
    assert isinstance(answer, tuple)
    parts = [event for event in answer if isinstance(event, RecordsDrawn)]
    assert all(len(part.model_dump_json().encode()) < MAX_PART_BYTES + 500 for part in parts)
    assert len(parts[0].records) < 2000
    assert sum(len(part.records) for part in parts) == 2600


def test_a_draw_made_again_shows_no_difference(drawn: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    assert first_difference(drawn, fresh.ranked) is None
    assert first_difference(drawn, fresh.ranked[::-1]) is None


def test_the_first_difference_is_named_by_stratum_and_rank(drawn: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    record = next(r for r in drawn.records if (r.stratum, r.rank) == ("Camden", 2))
    place = drawn.records.index(record)

    def with_record(**change: object) -> Ceremony:
        records = list(drawn.records)
        records[place] = record.model_copy(update=change)
        return replace(drawn, records=tuple(records))

    where = f"In stratum Camden, rank 2, the log has case {record.case_id} and"
    assert first_difference(with_record(record_id="X"), fresh.ranked) == (
        f"{where} the draw made again another record."
    )
    for change in ({"case_id": "C-9999"}, {"role": Role.REPLACED}, {"ticket": "0" * 64}):
        sentence = first_difference(with_record(**change), fresh.ranked)
        assert sentence is not None
        assert "another number, role or ticket" in sentence
    missing = replace(drawn, records=drawn.records[:place] + drawn.records[place + 1 :])
    assert first_difference(missing, fresh.ranked) == (
        "In stratum Camden, rank 2, the draw made again has a record and the log has none."
    )
    extra = replace(drawn, records=(*drawn.records, record.model_copy(update={"rank": 99})))
    assert first_difference(extra, fresh.ranked) == (
        f"In stratum Camden, rank 99, the log has case {record.case_id} and the draw made again "
        "has none."
    )


def test_a_false_summary_of_the_draw_is_found(drawn: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    assert drawn.drawn is not None
    for change, words in (
        ({"sample": 11}, "counts of sample and reserve"),
        ({"reserve": 1}, "counts of sample and reserve"),
        ({"sample_digest": "0" * 64}, "sample digest"),
        ({"frame_fingerprint": "0" * 64}, "another frame"),
    ):
        state = replace(drawn, drawn=drawn.drawn.model_copy(update=change))
        assert words in str(first_difference(state, fresh.ranked))
    repeated = replace(drawn, records=drawn.records + drawn.records)
    assert "repeated" in str(first_difference(repeated, fresh.ranked))


def test_a_draw_from_other_records_differs_without_naming_them(drawn: Ceremony, plan: Plan) -> None:
    rows = [
        RankedRecord(row.stratum, row.rank, f"{row.record_id}-x", row.ticket)
        for row in drawn_from(plan).ranked
    ]
    sentence = str(first_difference(drawn, rows))
    assert sentence == "A ticket in stratum Brent is not the one of its record under this seed."


def test_there_is_nothing_to_verify_before_a_draw(planned: Ceremony, plan: Plan) -> None:
    fresh = drawn_from(plan)
    with pytest.raises(SamplingError, match="draw before verifying"):
        first_difference(planned, fresh.ranked)
    with pytest.raises(SamplingError, match="No plan is committed"):
        first_difference(Ceremony(), fresh.ranked)
    with pytest.raises(SamplingError, match="No frame is committed"):
        why_not_this_extract(Ceremony(), "f" * 64, strata={})
