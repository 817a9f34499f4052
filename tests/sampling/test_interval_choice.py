"""The plan names the interval of several strata: where it may, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sampling.errors import PlanError
from sampling.estimation import Method, StratumCount, method_of, stratified
from sampling.frame import Frame
from sampling.interval_choice import (
    DESIGNED_FOR,
    HELD,
    PROVED,
    has_choice,
    interval_forecasts,
)
from sampling.looking import Stopping
from sampling.plan import Allocation, Plan, StrataInterval
from sampling.planning import PlanRequest, make_plan

FrameOf = Callable[..., Frame]
CERTIFIED = StrataInterval.CERTIFIED
UNEVEN = {"a": 900, "b": 700, "c": 500, "d": 300, "e": 200, "f": 100}
THREE = {"a": 900, "b": 600, "c": 300}


def planned(frame: Frame, **asked: object) -> Plan:
    return make_plan(frame, PlanRequest(**asked))  # type: ignore[arg-type]  # any field of it


def test_an_interval_that_is_not_named_leaves_the_bytes_of_a_plan_as_they_were(
    frame_of: FrameOf,
) -> None:
    plan = planned(frame_of(THREE), size=90)
    assert "interval" not in plan.model_dump_json()
    assert Plan.model_validate_json(plan.model_dump_json()).interval is None


@pytest.mark.parametrize("interval", StrataInterval)
def test_a_named_interval_stands_in_the_log_and_is_read_again(
    frame_of: FrameOf, interval: StrataInterval
) -> None:
    plan = planned(frame_of(THREE), size=90, interval=interval)
    assert f'"interval":"{interval}"' in plan.model_dump_json()
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert Method(interval)


def test_no_other_method_can_be_named(frame_of: FrameOf) -> None:
    text = planned(frame_of(THREE), size=90, interval=CERTIFIED).model_dump_json()
    with pytest.raises(ValidationError):
        Plan.model_validate_json(text.replace("stratified-certified", "korn-graubard-capped"))


STOPPING = Stopping(margin=Decimal("0.1"), least=20, most=90, every=10, on="M2")


@pytest.mark.parametrize(
    ("sizes", "asked", "words"),
    [
        ({"all": 900}, {"size": 90}, "for stratified samples"),
        ({"all": 900}, {"size": 90, "stopping": STOPPING}, "for stratified samples"),
        (THREE, {"size": 90, "is_size_weighted": True}, "by size or in stages have one of their"),
        (THREE, {"units": 12}, "by size or in stages have one of their own"),
    ],
)
def test_it_is_refused_where_nothing_has_it(
    frame_of: FrameOf, sizes: Mapping[str, int], asked: Mapping[str, object], words: str
) -> None:
    with pytest.raises(PlanError, match=words):
        planned(frame_of(sizes), interval=CERTIFIED, **asked)


def test_looks_and_rolling_draws_have_it(frame_of: FrameOf) -> None:
    assert planned(frame_of(THREE), size=90, looks=2, interval=CERTIFIED).interval is CERTIFIED
    rolling = planned(frame_of(THREE), rolling=Decimal("0.1"), interval=CERTIFIED)
    assert rolling.interval is CERTIFIED


def test_the_certified_one_is_refused_where_its_tables_have_no_room(frame_of: FrameOf) -> None:
    frame = frame_of({f"s{h}": 200_000 + h for h in range(3)})
    with pytest.raises(PlanError, match="tables of stratified-certified are too large"):
        planned(frame, size=900, interval=CERTIFIED)
    assert planned(frame, size=900, interval=StrataInterval.PROPORTIONAL).sample == 900
    assert planned(frame, size=90, interval=CERTIFIED).sample == 90
    shown = {one.interval: one for one in interval_forecasts(planned(
        frame, size=900, interval=StrataInterval.PROPORTIONAL))}  # fmt: skip
    assert shown[CERTIFIED].half_width is None
    assert shown[StrataInterval.EXACT].half_width is not None


@pytest.mark.parametrize(
    ("sizes", "asked", "is_shown"),
    [
        ({"all": 900}, {}, False),
        (THREE, {}, False),
        (THREE, {"allocation": Allocation.EQUAL}, True),
        (THREE, {"interval": CERTIFIED}, True),
        (UNEVEN, {}, True),
        ({"a": 900, "b": 2, "c": 2}, {"interval": CERTIFIED}, False),
        (UNEVEN, {"is_size_weighted": True}, False),
    ],
)
def test_what_intervals_give_is_shown_where_there_is_a_choice(
    frame_of: FrameOf, sizes: Mapping[str, int], asked: Mapping[str, object], *, is_shown: bool
) -> None:
    frame = frame_of(sizes)
    if "is_size_weighted" in asked:
        frame = frame.model_copy(
            update={"spec": frame.spec.model_copy(update={"size_column": "crimes"})}
        )
    plan = planned(frame, size=90, **asked)
    assert has_choice(plan) is is_shown
    assert bool(interval_forecasts(plan)) is is_shown


def test_a_forecast_is_the_librarys_interval_at_the_counts_that_are_expected(
    frame_of: FrameOf,
) -> None:
    frame = frame_of({name: 10 * size for name, size in UNEVEN.items()})
    plan = planned(
        frame, size=600, allocation=Allocation.EQUAL, expected=Decimal("0.05"), interval=CERTIFIED
    )
    counts = [StratumCount(one.name, one.population, one.sample, 5) for one in plan.strata]
    shown = interval_forecasts(plan)
    assert [one.interval for one in shown] == list(StrataInterval)
    for one in shown:
        made = stratified(counts, method=Method(one.interval))
        assert (one.lower, one.upper) == (made.lower, made.upper)
    assert [one.interval for one in shown if one.is_used] == [CERTIFIED]
    assert [Method(one.interval) for one in shown if one.is_default] == [method_of(counts)]


def test_what_is_promised_rests_on_the_number_of_strata(frame_of: FrameOf) -> None:
    def promises(sizes: Mapping[str, int]) -> list[str]:
        plan = planned(frame_of(sizes), size=90, allocation=Allocation.EQUAL)
        return [one.promise for one in interval_forecasts(plan)]

    assert promises(THREE) == [HELD, PROVED, PROVED]
    assert promises(UNEVEN) == [DESIGNED_FOR, PROVED, PROVED]
    assert promises(UNEVEN | {"g": 2, "h": 1}) == [DESIGNED_FOR, PROVED, PROVED]
    assert promises({"a": 900, "b": 600, "c": 1, "d": 1, "e": 2}) == [HELD, PROVED, PROVED]


def test_a_rolling_draw_is_forecast_at_the_sample_it_gives_on_average(frame_of: FrameOf) -> None:
    plan = planned(frame_of(UNEVEN), rolling=Decimal("0.1"))
    assert [one.is_default for one in interval_forecasts(plan)] == [False, True, False]
    few = planned(frame_of(UNEVEN), rolling=Decimal("0.001"))
    assert not has_choice(few)


@given(st.lists(st.integers(1, 60), min_size=2, max_size=7), st.integers(0, 40))
@settings(max_examples=25)
def test_of_any_plan_one_interval_is_used_and_one_the_default(
    frame_of: FrameOf, sizes: list[int], more: int
) -> None:
    frame = frame_of({f"s{h}": size for h, size in enumerate(sizes)})
    least = sum(min(2, size) for size in sizes)
    plan = planned(frame, size=min(least + more, sum(sizes)))
    shown = interval_forecasts(plan)
    assert bool(shown) is has_choice(plan)
    for marked in (
        [one.is_used for one in shown],
        [one.is_default for one in shown],
    ):
        assert sum(marked) == bool(shown)
    assert all(one.half_width is None or 0 < one.half_width <= 0.5 for one in shown)
