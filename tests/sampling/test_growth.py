"""Extensions and replacements: what is refused, what is written, and who moves up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.allocation import sharing_of
from sampling.ceremony import Ceremony
from sampling.draw import ReplacementReason, Role
from sampling.errors import SamplingError
from sampling.events import CaseReplaced, RecordsAdded, SampleExtended
from sampling.extending import decide_extension, reach_after, why_no_extension
from sampling.frame import Frame
from sampling.growth import extended_reach, planned_reach
from sampling.plan import Allocation, Plan
from sampling.planning import PlanRequest, make_plan
from sampling.redraw import ranks_to_read, reach_of
from sampling.refusal import Refusal
from sampling.replacing import RECORD_NOT_FOUND, decide_replacement
from sampling.reserve import reserve_wanted
from tests.sampling import grown

FrameOf = Callable[..., Frame]
FRAME = {"Brent": 40, "Camden": 25, "Lone": 1}


@pytest.fixture
def drawn(frame_of: FrameOf) -> Ceremony:
    """16 records and a reserve of 3: Brent 9 + 1, Camden 6 + 1, Lone 1."""
    state = grown.drawn_on(frame_of(FRAME), PlanRequest(size=16))
    assert isinstance(state, Ceremony)
    assert state.plan is not None
    assert state.plan.take == {"Brent": 10, "Camden": 7, "Lone": 1}
    return state


def case_of(state: Ceremony, stratum: str, rank: int) -> str:
    return next(row.case_id for row in state.records if (row.stratum, row.rank) == (stratum, rank))


def refused(answer: object) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def test_an_extension_keeps_every_case_number_and_goes_on_from_the_last(drawn: Ceremony) -> None:
    events = grown.extend(drawn, 24)
    assert not isinstance(events, Refusal)
    extended, added = events
    assert isinstance(extended, SampleExtended)
    assert isinstance(added, RecordsAdded)
    assert (extended.extension, extended.before, extended.size) == (1, 16, 24)
    assert [(one.name, one.sample, one.reserve) for one in extended.strata] == [
        ("Brent", 14, 2), ("Camden", 9, 1), ("Lone", 1, 0),
    ]  # fmt: skip
    after = grown.follow(drawn, events)
    assert [row.case_id for row in after.records] == [f"C-{n:04d}" for n in range(1, 28)]
    assert after.records[:18] == tuple(
        row.model_copy(update={"role": Role.SAMPLE}) for row in drawn.records
    )
    order = [row.record_id for row in after.records[18:]]
    assert order == grown.in_order(order)
    assert Counter(row.role for row in after.records) == {Role.SAMPLE: 24, Role.RESERVE: 3}


def test_an_extension_to_the_present_size_writes_nothing(drawn: Ceremony) -> None:
    assert grown.extend(drawn, 16) == ()
    after = grown.follow(drawn, grown.extend(drawn, 24))
    assert grown.extend(after, 24) == ()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (15, "has 16 records and never shrinks"),
        (67, "leave room for 66; choose a size of between 17 and 66"),
    ],
)
def test_a_size_that_does_not_fit_is_refused_with_the_range(
    drawn: Ceremony, size: int, words: str
) -> None:
    refusal = refused(grown.extend(drawn, size))
    assert refusal.rule == "extension-fits"
    assert words in refusal.reason


def test_a_sample_of_the_whole_frame_has_no_room_left(drawn: Ceremony) -> None:
    whole = grown.follow(drawn, grown.extend(drawn, 66))
    assert "leave no more" in refused(why_no_extension(whole, 67)).reason


def test_nothing_is_extended_or_replaced_before_the_draw(frame_of: FrameOf) -> None:
    for state in (Ceremony(), Ceremony(frame=frame_of(FRAME))):
        assert refused(why_no_extension(state, 5)).rule == "draw-before-change"
        assert refused(decide_replacement(state, "C-0001", "restricted")).rule == (
            "draw-before-change"
        )


def test_another_extract_or_other_texts_extend_nothing(drawn: Ceremony, frame_of: FrameOf) -> None:
    take = {name: one.drawn for name, one in reach_after(drawn, 20).items()}
    fresh = grown.fresh_of(frame_of(FRAME), take)

    def answer(fresh: object, material: dict[str, str]) -> Refusal:
        return refused(
            decide_extension(
                drawn,
                fresh,  # type: ignore[arg-type]  # made by a module that is loaded by path
                size=20,
                material_sha256=material,
                releases_before=0,
            )
        )

    texts = grown.material(fresh)
    assert answer(replace(fresh, fingerprint="f" * 64), texts).rule == "same-extract"
    rewritten = texts | {drawn.records[3].record_id: "0" * 64}
    assert "1 of the 18 drawn cases otherwise" in answer(fresh, rewritten).reason
    short = replace(fresh, ranked=fresh.ranked[:-2])
    assert answer(short, texts).rule == "draw-as-committed"
    new = next(row.record_id for row in fresh.ranked if row.rank == take[row.stratum])
    with pytest.raises(SamplingError, match="1 drawn records have no material"):
        answer(fresh, {key: one for key, one in texts.items() if key != new})


def test_the_log_keeps_how_often_figures_had_been_exported(
    drawn: Ceremony, frame_of: FrameOf
) -> None:
    fresh = grown.fresh_of(
        frame_of(FRAME), {name: one.drawn for name, one in reach_after(drawn, 20).items()}
    )
    events = decide_extension(
        drawn, fresh, size=20, material_sha256=grown.material(fresh), releases_before=3
    )
    assert isinstance(events, tuple)
    assert isinstance(events[0], SampleExtended)
    assert events[0].releases_before == 3


@pytest.mark.parametrize("reason", list(ReplacementReason))
def test_the_next_of_the_same_reserve_takes_the_place(
    drawn: Ceremony, reason: ReplacementReason
) -> None:
    old, new = case_of(drawn, "Camden", 2), case_of(drawn, "Camden", 7)
    answer = decide_replacement(drawn, old, reason)
    assert answer == (CaseReplaced(case_id=old, replaced_by=new, stratum="Camden", reason=reason),)
    after = grown.follow(drawn, answer)
    roles = {row.case_id: row.role for row in after.records}
    assert (roles[old], roles[new]) == (Role.REPLACED, Role.SAMPLE)
    assert after.design.sample == 16
    assert after.sample_digest == drawn.sample_digest
    assert decide_replacement(after, old, reason) == ()


def test_a_record_that_cannot_be_found_is_never_replaced(drawn: Ceremony) -> None:
    refusal = refused(decide_replacement(drawn, "C-0001", RECORD_NOT_FOUND))
    assert refusal.rule == "non-response"
    assert "is non-response: it stays in the sample" in refusal.reason


def test_what_may_not_be_replaced_is_refused(drawn: Ceremony) -> None:
    reserve = case_of(drawn, "Camden", 7)
    assert refused(decide_replacement(drawn, "C-0001", "hard to read")).rule == (
        "replacement-reason"
    )
    for case in (reserve, "C-9999"):
        assert refused(decide_replacement(drawn, case, "restricted")).rule == "case-of-the-sample"
    old = case_of(drawn, "Camden", 2)
    after = grown.follow(drawn, decide_replacement(drawn, old, "restricted"))
    again = refused(decide_replacement(after, old, "not_in_scope"))
    assert (again.rule, "as restricted" in again.reason) == ("replaced-once", True)


def test_a_reserve_that_is_used_up_names_extend(drawn: Ceremony) -> None:
    old = case_of(drawn, "Camden", 2)
    after = grown.follow(drawn, decide_replacement(drawn, old, "restricted"))
    refusal = refused(decide_replacement(after, case_of(after, "Camden", 3), "restricted"))
    assert refusal.rule == "reserve-used-up"
    assert "dipsample extend" in refusal.way_out
    extended = grown.follow(after, grown.extend(after, 17))
    assert isinstance(
        decide_replacement(extended, case_of(extended, "Camden", 3), "restricted"), tuple
    )


def test_a_stratum_drawn_whole_cannot_be_helped_by_extending(drawn: Ceremony) -> None:
    refusal = refused(decide_replacement(drawn, case_of(drawn, "Lone", 1), "duplicate_record"))
    assert "all of its records are drawn" in refusal.reason
    assert "extend" not in refusal.way_out


def test_a_replaced_record_leaves_no_room_in_its_stratum(drawn: Ceremony) -> None:
    after = grown.follow(
        drawn, decide_replacement(drawn, case_of(drawn, "Camden", 2), "restricted")
    )
    assert "between 17 and 65" in refused(grown.extend(after, 66)).reason
    whole = grown.follow(after, grown.extend(after, 65))
    assert whole.design.sample_sizes == {"Brent": 40, "Camden": 24, "Lone": 1}


frames = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.integers(2, 60), min_size=1, max_size=4
)


@given(
    frames,
    st.sampled_from([Allocation.PROPORTIONAL, Allocation.EQUAL, Allocation.POWER]),
    st.data(),
)
def test_no_stratum_falls_behind_another_that_was_given_more(
    frame_of: FrameOf, sizes: dict[str, int], allocation: Allocation, data: st.DataObject
) -> None:
    frame = frame_of(sizes)
    smallest = sum(min(2, size) for size in sizes.values())
    n = data.draw(st.integers(smallest, frame.records))
    plan = make_plan(frame, PlanRequest(size=n, allocation=allocation))
    if n == frame.records:
        return
    final = data.draw(st.integers(n + 1, frame.records))
    before, after = planned_reach(plan), extended_reach(plan, planned_reach(plan), final)
    assert sum(one.sample for one in after.values()) == final
    weights = {name: one.weight for name, one in sharing_of(plan).strata.items()}

    def due(name: str, size: int) -> Fraction:
        return weights[name] / (2 * size + 1)

    given_more = [name for name in after if after[name].sample > before[name].sample]
    with_room = [name for name in after if after[name].sample < sizes[name]]
    for one in given_more:
        for other in with_room:
            assert due(one, after[one].sample - 1) >= due(other, after[other].sample)


@pytest.mark.parametrize(
    ("rule", "expected"), [("10%", 4), ("2.5%", 1), ("0%", 0), ("40", 7), (None, 7)]
)
def test_a_share_in_reserve_grows_and_a_total_stays_as_planned(
    rule: str | None, expected: int
) -> None:
    assert reserve_wanted(31, planned=7, rule=rule) == expected


def test_an_older_plan_fills_its_reserve_up_to_what_was_planned(drawn: Ceremony) -> None:
    assert drawn.plan is not None
    older = Plan.model_validate(drawn.plan.model_dump() | {"reserve_rule": None})
    reach = extended_reach(older, planned_reach(older), 40)
    assert {name: one.reserve for name, one in reach.items()} == {
        "Brent": 1, "Camden": 1, "Lone": 0,
    }  # fmt: skip


def test_a_log_with_an_impossible_step_names_its_number(drawn: Ceremony) -> None:
    step = CaseReplaced(
        case_id="C-0001", replaced_by="C-0002", stratum="x", reason=ReplacementReason.RESTRICTED
    )
    broken = replace(drawn, steps=(step,))
    assert (
        reach_of(broken) == "Step 1 of the log after the draw is one that the rules do not allow."
    )
    with pytest.raises(SamplingError, match="Step 1 of the log"):
        ranks_to_read(broken)
    with pytest.raises(SamplingError, match="Verify the project"):
        why_no_extension(broken, 20)
