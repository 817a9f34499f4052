"""Plans by expected prevalence, by root of size, up to a maximum, and for detection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sampling.allocation import Sharing, sharing, sharing_of
from sampling.detection import chance_of_missing, size_that_detects, worst_placement
from sampling.errors import PlanError
from sampling.frame import Frame
from sampling.plan import Allocation, Plan
from sampling.planning import PlanRequest, make_plan
from sampling.preview import preview, what_sizes_buy
from sampling.sizes import size_for_detection

FrameOf = Callable[..., Frame]
RATES = {"flag": Decimal("0.2"), "no flag": Decimal("0.01")}

names = st.text(alphabet="abé", min_size=1, max_size=2)
rates = st.decimals("0.0001", "0.9999", places=4)
small_frames = st.dictionaries(names, st.integers(1, 7), min_size=1, max_size=3)


def neyman(frame: Mapping[str, int], stated: Mapping[str, Decimal]) -> Sharing:
    return sharing(frame, allocation=Allocation.NEYMAN, minimum=2, rates=stated)


def test_neyman_gives_the_published_shares() -> None:
    sizes = neyman({"flag": 1000, "no flag": 9000}, RATES).share_out(130)
    flag, no_flag = 1000 * sqrt(0.2 * 0.8), 9000 * sqrt(0.01 * 0.99)
    assert sizes["flag"] == round(130 * flag / (flag + no_flag)) == 40
    assert sizes["no flag"] == 90


@given(
    st.dictionaries(names, st.tuples(st.integers(20, 400), rates), min_size=2, max_size=4),
    st.data(),
)
def test_no_other_allocation_has_a_smaller_variance_than_neyman(
    strata: dict[str, tuple[int, Decimal]], data: st.DataObject
) -> None:
    frame = {name: size for name, (size, _) in strata.items()}
    shares = neyman(frame, {name: rate for name, (_, rate) in strata.items()})
    n = data.draw(st.integers(shares.smallest + 4, shares.largest))
    sizes = shares.share_out(n)

    def variance(counts: Mapping[str, int]) -> float:
        return sum(
            size**2 * float(rate * (1 - rate)) / counts[name]
            for name, (size, rate) in strata.items()
        )

    for giver, taker in product(sizes, sizes):
        moved = sizes | {giver: sizes[giver] - 2, taker: sizes[taker] + 2}
        allowed = giver != taker and moved[giver] >= 2 and moved[taker] <= frame[taker]
        assert not allowed or variance(moved) >= variance(sizes) * (1 - 1e-9)


def test_power_lies_between_proportional_and_equal() -> None:
    frame = {"large": 10_000, "small": 100}
    sizes = {
        allocation: sharing(frame, allocation=allocation, minimum=2).share_out(110)["small"]
        for allocation in (Allocation.PROPORTIONAL, Allocation.POWER, Allocation.EQUAL)
    }
    assert list(sizes.values()) == [2, 10, 55]


def test_irrational_weights_are_cut_to_twelve_digits() -> None:
    weight = sharing({"a": 2}, allocation=Allocation.POWER, minimum=2).strata["a"].weight
    assert weight == Fraction("1.41421356237")


@pytest.mark.parametrize("rate", [None, Decimal(0), Decimal(1), Decimal("-0.1")])
def test_neyman_refuses_a_stratum_that_would_get_nothing(rate: Decimal | None) -> None:
    stated = {"a": Decimal("0.1")} | ({} if rate is None else {"b": rate})
    with pytest.raises(PlanError, match="Neyman allocation needs the prevalence"):
        neyman({"a": 100, "b": 100}, stated)


@given(
    st.dictionaries(names, st.integers(1, 60), min_size=1, max_size=4),
    st.sampled_from([one for one in Allocation if one is not Allocation.NEYMAN]),
    st.integers(0, 5),
    st.integers(0, 9),
)
def test_no_stratum_is_ever_left_without_a_record(
    frame: dict[str, int], allocation: Allocation, minimum: int, maximum: int
) -> None:
    try:
        shares = sharing(frame, allocation=allocation, minimum=minimum, maximum=maximum)
    except PlanError:
        assert maximum < max(min(max(minimum, 2), size) for size in frame.values())
        return
    for n in (shares.smallest, shares.largest):
        assert min(shares.share_out(n).values()) >= 1


def test_expected_prevalence_by_stratum_is_kept_and_averaged(frame_of: FrameOf) -> None:
    frame = frame_of({"flag": 1000, "no flag": 9000})
    plan = make_plan(frame, PlanRequest(size=200, rates=RATES, allocation=Allocation.NEYMAN))
    assert {one.name: one.expected for one in plan.strata} == RATES
    assert plan.expected == Decimal("0.029")
    assert plan.take == {"flag": 62 + 7, "no flag": 138 + 14}
    assert sharing_of(plan) == neyman(frame.stratum_sizes, RATES)
    bought = preview(plan)
    assert (bought.expected, bought.is_stated) == (Decimal("0.029"), True)
    flag, no_flag = bought.strata
    assert flag.half_width > 0.08
    assert no_flag.half_width < 0.04
    assert [one.size for one in what_sizes_buy(plan)] == [100, 200, 400, 800]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"flag": Decimal("0.1")}, "No expected prevalence is given for no flag"),
        (RATES | {"x": Decimal("0.1")}, "The frame has no such strata as x"),
        (RATES | {"flag": Decimal(1)}, "The prevalence expected in stratum flag is a proportion"),
    ],
)
def test_a_file_of_prevalences_must_fit_the_strata(
    frame_of: FrameOf, stated: dict[str, Decimal], message: str
) -> None:
    frame = frame_of({"flag": 1000, "no flag": 9000})
    with pytest.raises(PlanError, match=message):
        make_plan(frame, PlanRequest(size=200, rates=stated))


def test_one_prevalence_and_one_for_each_stratum_contradict_each_other(frame_of: FrameOf) -> None:
    request = PlanRequest(size=200, rates=RATES, expected=Decimal("0.1"))
    with pytest.raises(PlanError, match="not both"):
        make_plan(frame_of({"flag": 1000, "no flag": 9000}), request)


def test_a_maximum_is_kept_by_the_plan_and_its_forecasts(frame_of: FrameOf) -> None:
    frame = frame_of({"a": 100, "b": 5000})
    request = PlanRequest(size=120, maximum=80, margin=None)
    plan = make_plan(frame, request)
    assert plan.sample_sizes == {"a": 40, "b": 80}
    assert [one.size for one in what_sizes_buy(plan)] == [100]
    with pytest.raises(PlanError, match="between 4 and 160 records"):
        make_plan(frame, PlanRequest(size=200, maximum=80))


def test_a_margin_that_no_size_within_the_maximum_meets_names_no_size(frame_of: FrameOf) -> None:
    request = PlanRequest(margin=Decimal("0.05"), expected=Decimal("0.5"), maximum=190, reserve="0")
    plan = make_plan(frame_of({"a": 5000, "b": 5000}), request)
    assert plan.sample == 370
    assert preview(plan).size_for_margin is None


def test_an_older_plan_without_the_new_fields_still_reads(frame_of: FrameOf) -> None:
    plan = make_plan(frame_of({"a": 100, "b": 5000}), PlanRequest(size=120))
    fields = plan.model_dump(mode="json", exclude={"maximum", "detect", "reserve_rule"})
    for stratum in fields["strata"]:
        del stratum["expected"]
    older = Plan.model_validate(fields)
    assert older.take == plan.take
    assert (older.maximum, older.detect, older.reserve_rule) == (None, None, None)
    assert sharing_of(older) == sharing_of(plan)


@given(small_frames, st.data())
def test_the_worst_placement_is_worse_than_every_other(
    frame: dict[str, int], data: st.DataObject
) -> None:
    sizes = {name: data.draw(st.integers(1, size), label=name) for name, size in frame.items()}
    positives = data.draw(st.integers(1, sum(frame.values())))

    def missed(placed: tuple[int, ...]) -> Fraction:
        chance = Fraction(1)
        for name, count in zip(frame, placed, strict=True):
            ways = comb(frame[name], sizes[name])
            chance *= Fraction(comb(frame[name] - count, sizes[name]), ways)
        return chance

    every = product(*(range(size + 1) for size in frame.values()))
    worst = max(missed(placed) for placed in every if sum(placed) == positives)
    assert chance_of_missing(frame, sizes, positives) == worst
    if worst:
        placed = worst_placement(frame, sizes, positives)
        assert sum(placed.values()) == positives
        assert missed(tuple(placed[name] for name in frame)) == worst


@given(small_frames, st.sampled_from(["0.05", "0.2", "0.5"]), st.sampled_from(["0.5", "0.9"]))
def test_the_size_that_detects_is_enough_and_one_less_is_not(
    frame: dict[str, int], prevalence: str, confidence: str
) -> None:
    shares = sharing(frame, allocation=Allocation.PROPORTIONAL, minimum=2)
    share, level = Decimal(prevalence), Decimal(confidence)
    size = size_that_detects(share, frame, shares, confidence=level)
    positives = -(-Fraction(share) * sum(frame.values()) // 1)

    def missed(n: int) -> Fraction:
        return chance_of_missing(frame, shares.share_out(n), int(-(-positives // 1)))

    assert missed(size) <= 1 - Fraction(level)
    assert size == shares.smallest or missed(size - 1) > 1 - Fraction(level)


@pytest.mark.parametrize(
    ("population", "prevalence"), [(500, "0.01"), (5000, "0.02"), (100_000, "0.01")]
)
def test_detection_without_strata_is_the_published_size(
    frame_of: FrameOf, population: int, prevalence: str
) -> None:
    share = Decimal(prevalence)
    plan = make_plan(frame_of({"all": population}), PlanRequest(detect=share))
    assert plan.detect == share
    assert plan.sample == size_for_detection(
        share, population=population, confidence=Decimal("0.95")
    )


def test_detection_needs_more_where_the_largest_stratum_is_drawn_thinly(frame_of: FrameOf) -> None:
    frame = frame_of({"a": 1000, "b": 4000})
    simple = make_plan(frame_of({"all": 5000}), PlanRequest(detect=Decimal("0.01"))).sample
    equal = PlanRequest(detect=Decimal("0.01"), allocation=Allocation.EQUAL)
    assert simple == 290
    assert make_plan(frame, PlanRequest(detect=Decimal("0.01"))).sample == simple
    assert make_plan(frame, equal).sample > 400


def test_detection_that_the_maximum_makes_impossible_is_refused(frame_of: FrameOf) -> None:
    request = PlanRequest(detect=Decimal("0.01"), maximum=20)
    with pytest.raises(PlanError, match="Even the largest sample that the bounds allow, 40"):
        make_plan(frame_of({"a": 1000, "b": 4000}), request)
