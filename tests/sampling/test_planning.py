"""Plans made from a request, and what they are forecast to buy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from sampling.errors import PlanError
from sampling.estimation import StratumCount, single
from sampling.estimation import preview as interval_at_once
from sampling.frame import Frame
from sampling.plan import Allocation, Plan
from sampling.planning import PlanRequest, make_plan
from sampling.preview import preview, what_sizes_buy

FrameOf = Callable[..., Frame]

FIVE_POINTS = PlanRequest(margin=Decimal("0.05"), expected=Decimal("0.5"))


def test_a_plan_with_the_defaults_is_proportional_with_a_tenth_in_reserve(
    frame_of: FrameOf,
) -> None:
    frame = frame_of({"two suspects": 1204, "no flag": 32_776})
    plan = make_plan(frame, PlanRequest(size=400))
    assert plan.sample_sizes == {"no flag": 386, "two suspects": 14}
    assert plan.take == {"no flag": 386 + 39, "two suspects": 14 + 2}
    assert (plan.sample, plan.reserve, plan.population) == (400, 41, 33_980)
    assert plan.confidence == Decimal("0.95")
    assert (plan.margin, plan.expected) == (None, None)
    assert plan.frame_fingerprint == frame.fingerprint


def test_a_margin_gives_the_published_size(frame_of: FrameOf) -> None:
    plan = make_plan(frame_of({"all": 5000}), FIVE_POINTS)
    assert plan.sample == 357
    assert (plan.margin, plan.expected) == (Decimal("0.05"), Decimal("0.5"))


def test_a_margin_never_asks_for_less_than_the_strata_need(frame_of: FrameOf) -> None:
    frame = frame_of({f"s{number}": 40 for number in range(20)})
    wide = replace(FIVE_POINTS, margin=Decimal("0.2"))
    assert make_plan(frame, wide).sample == 40
    assert make_plan(frame, replace(wide, minimum=10)).sample == 200


def test_a_stratum_of_one_record_is_drawn_whole(frame_of: FrameOf) -> None:
    plan = make_plan(frame_of({"lone": 1, "rest": 500}), PlanRequest(size=50))
    lone = plan.strata[0]
    assert (lone.name, lone.sample, lone.reserve, lone.is_census) == ("lone", 1, 0, True)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (PlanRequest(), "give one of the three"),
        (replace(FIVE_POINTS, size=10), "give one of the three"),
        (PlanRequest(margin=Decimal("0.05")), "needs the prevalence that is expected"),
        (PlanRequest(size=10, expected=Decimal(0)), "The expected prevalence is a proportion"),
        (PlanRequest(size=10, confidence=Decimal(95)), "The confidence is a proportion"),
        (PlanRequest(size=0), "between 4 and 300 records"),
        (PlanRequest(size=301), "between 4 and 300 records"),
        (PlanRequest(size=3), "between 4 and 300 records"),
        (PlanRequest(size=10, reserve="300"), "290 records left"),
    ],
)
def test_a_request_that_no_frame_can_carry_is_refused(
    frame_of: FrameOf, request_: PlanRequest, message: str
) -> None:
    with pytest.raises(PlanError, match=message):
        make_plan(frame_of({"a": 100, "b": 200}), request_)


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 90), min_size=1),
    st.sampled_from(Allocation),
    st.data(),
)
def test_a_plan_survives_the_log(
    frame_of: FrameOf, sizes: dict[str, int], allocation: Allocation, data: st.DataObject
) -> None:
    frame = frame_of(sizes)
    size = data.draw(st.integers(sum(min(2, n) for n in sizes.values()), frame.records))
    is_neyman = allocation is Allocation.NEYMAN
    request = PlanRequest(
        size=size,
        allocation=allocation,
        reserve="7.5%",
        maximum=frame.records,
        rates=dict.fromkeys(sizes, Decimal("0.04")) if is_neyman else {},
    )
    plan = make_plan(frame, request)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert plan.sample == size
    assert [stratum.name for stratum in plan.strata] == [name.name for name in frame.strata]


@pytest.mark.parametrize(("population", "size", "expected"), [(600, 60, "0.05"), (90, 30, "0.3")])
def test_the_forecast_of_a_simple_sample_is_the_mean_over_all_outcomes(
    frame_of: FrameOf, population: int, size: int, expected: str
) -> None:
    request = PlanRequest(size=size, expected=Decimal(expected))
    made = preview(make_plan(frame_of({"all": population}), request)).whole
    chances = hypergeom(population, round(population * float(expected)), size).pmf
    limits = [single(found, size, population=population) for found in range(size + 1)]
    lower = sum(chances(found) * limit.lower for found, limit in enumerate(limits))
    upper = sum(chances(found) * limit.upper for found, limit in enumerate(limits))
    assert made.lower == pytest.approx(lower, abs=1e-9)
    assert made.upper == pytest.approx(upper, abs=1e-9)
    assert made.half_width == pytest.approx((upper - lower) / 2, abs=1e-9)
    assert made.upper_if_none == limits[0].upper


def test_sharing_intervals_between_many_outcomes_changes_the_forecast_by_little(
    frame_of: FrameOf,
) -> None:
    request = PlanRequest(size=1000, expected=Decimal("0.1"))
    made = preview(make_plan(frame_of({"all": 3000}), request)).whole
    chances = hypergeom(3000, 300, 1000).pmf
    limits = {found: single(found, 1000, population=3000) for found in range(40, 161)}
    lower = sum(chances(found) * limit.lower for found, limit in limits.items())
    upper = sum(chances(found) * limit.upper for found, limit in limits.items())
    assert made.lower == pytest.approx(lower, abs=2e-5)
    assert made.upper == pytest.approx(upper, abs=2e-5)


def test_the_size_that_meets_the_margin_is_named_where_the_plan_falls_short(
    frame_of: FrameOf,
) -> None:
    request = PlanRequest(margin=Decimal("0.02"), expected=Decimal("0.05"))
    frame = frame_of({"all": 100_000})
    plan = make_plan(frame, request)
    shown = preview(plan)
    assert plan.sample == 455
    assert shown.whole.half_width > 0.02
    assert shown.size_for_margin is not None
    assert 455 < shown.size_for_margin < 600
    below, met = what_sizes_buy(plan, [shown.size_for_margin - 1, shown.size_for_margin])
    assert met.half_width <= 0.02 < below.half_width


def test_no_other_size_is_named_where_the_margin_is_met_or_not_asked_for(
    frame_of: FrameOf,
) -> None:
    strata = frame_of({"a": 30, "b": 30})
    wide = PlanRequest(margin=Decimal("0.4"), expected=Decimal("0.5"), minimum=15)
    assert preview(make_plan(strata, wide)).size_for_margin is None
    assert preview(make_plan(strata, PlanRequest(size=10))).size_for_margin is None


def test_a_stratified_forecast_lies_round_the_expected_prevalence(frame_of: FrameOf) -> None:
    frame = frame_of({"rare": 400, "middle": 3000, "common": 20_000})
    request = PlanRequest(
        size=300, allocation=Allocation.EQUAL, margin=None, expected=Decimal("0.04")
    )
    shown = preview(make_plan(frame, request))
    assert shown.whole.lower < 0.04 < shown.whole.upper
    assert abs((shown.whole.lower + shown.whole.upper) / 2 - 0.04) < 0.03
    none = interval_at_once(
        [StratumCount(row.name, row.population, row.sample, 0) for row in shown.strata],
        confidence=0.95,
    )
    assert shown.whole.upper_if_none == none.upper


def test_the_stratified_size_that_meets_a_margin_meets_it(frame_of: FrameOf) -> None:
    frame = frame_of({"a": 500, "b": 2500, "c": 7000})
    request = PlanRequest(
        margin=Decimal("0.03"), expected=Decimal("0.05"), allocation=Allocation.EQUAL
    )
    plan = make_plan(frame, request)
    shown = preview(plan)
    assert shown.size_for_margin is not None
    (met,) = what_sizes_buy(plan, [shown.size_for_margin])
    assert met.half_width <= 0.03 < shown.whole.half_width


def test_a_proportional_design_costs_no_variance_and_an_uneven_one_does(
    frame_of: FrameOf,
) -> None:
    frame = frame_of({"a": 1000, "b": 9000})
    even = preview(make_plan(frame, PlanRequest(size=500))).design_effect
    uneven = preview(
        make_plan(frame, PlanRequest(size=500, allocation=Allocation.EQUAL))
    ).design_effect
    assert even == pytest.approx(1, abs=2e-3)
    # By hand: .1^2 * 750/(999*250) + .9^2 * 8750/(8999*250), over 9500/(9999*500).
    assert uneven == pytest.approx(1.6737, abs=1e-4)
    tiny = PlanRequest(size=10, allocation=Allocation.EQUAL)
    # By hand: .1^2 * 5/(9*5) + .9^2 * 85/(89*5), over 90/(99*10).
    assert preview(make_plan(frame_of({"a": 10, "b": 90}), tiny)).design_effect == pytest.approx(
        1.71413, abs=1e-5
    )


def test_small_strata_and_whole_strata_are_marked(frame_of: FrameOf) -> None:
    frame = frame_of({"lone": 1, "small": 90, "large": 9000})
    rows = {row.name: row for row in preview(make_plan(frame, PlanRequest(size=300))).strata}
    assert (rows["lone"].is_census, rows["lone"].is_small, rows["lone"].half_width) == (
        True,
        False,
        0.0,
    )
    assert rows["small"].is_small
    assert not rows["large"].is_small
    assert rows["large"].weight == pytest.approx(9000 / rows["large"].sample)
    assert rows["large"].fraction == pytest.approx(rows["large"].sample / 9000)


def test_a_census_is_forecast_without_width_or_design_effect(frame_of: FrameOf) -> None:
    for sizes in ({"all": 40}, {"a": 10, "b": 30}):
        shown = preview(make_plan(frame_of(sizes), PlanRequest(size=40)))
        assert shown.whole.half_width == 0
        assert shown.design_effect is None


def test_rare_outcomes_show_the_sizes_for_few_events(frame_of: FrameOf) -> None:
    frame = frame_of({"all": 5000})
    rare = preview(make_plan(frame, PlanRequest(size=100, expected=Decimal("0.05"))))
    assert [(row.found, row.size) for row in rare.sizes_for_few] == [(0, 59), (1, 93), (2, 123)]
    common = preview(make_plan(frame, PlanRequest(size=100, expected=Decimal("0.1"))))
    assert common.sizes_for_few == ()


def test_a_forecast_without_an_expected_prevalence_is_the_cautious_one(frame_of: FrameOf) -> None:
    shown = preview(make_plan(frame_of({"all": 900}), PlanRequest(size=60)))
    assert (shown.expected, shown.is_stated, shown.sizes_for_few) == (Decimal("0.5"), False, ())


@settings(max_examples=15)
@given(st.integers(300, 5000), st.sampled_from([Decimal("0.02"), Decimal("0.2")]))
def test_larger_samples_are_forecast_to_say_more(
    frame_of: FrameOf, population: int, expected: Decimal
) -> None:
    plan = make_plan(frame_of({"all": population}), PlanRequest(size=50, expected=expected))
    table = what_sizes_buy(plan)
    assert [row.size for row in table] == [n for n in (100, 200, 400, 800) if n <= population]
    widths = [row.half_width for row in table]
    assert widths == sorted(widths, reverse=True)
