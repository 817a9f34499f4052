"""The wishes of the plan page: what is typed, what a frame allows, what it comes to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipsample.errors import InputError
from dipsample.plan_wishes import PROPORTIONS, Missing, PlanWishes, Wish, read_wish
from dipsample.tui.models.planning import Aim, PlanDraft, understood
from dipsample.tui.models.ways_to_draw import (
    WAY_KEYS,
    drawing_options,
    looking_options,
    why_barred,
)
from sampling.frame import Frame, FrameSpec, StratumSize, UnitSize
from sampling.looking import Stopping
from sampling.plan import Allocation
from sampling.planning import PlanRequest
from sampling.ways import Way


def a_frame(*, has_sizes: bool = False, units: int = 0, **sizes: int) -> Frame:
    strata = sorted(sizes.items())
    return Frame(
        spec=FrameSpec(
            id_column="id",
            strata_columns=("area",) if len(sizes) > 1 else (),
            size_column="crimes" if has_sizes else None,
            unit_column="station" if units else None,
        ),
        source_name="extract.csv",
        source_sha256="0" * 64,
        rows=sum(sizes.values()),
        records=sum(sizes.values()),
        fingerprint=sha256(str(strata).encode()).hexdigest(),
        ids_fingerprint="1" * 64,
        nonce=None,
        strata=tuple(StratumSize(name=name, records=size) for name, size in strata),
        exclusions=(),
        kept_counts=(),
        accepted=(),
        identifiability=(),
        units=tuple(
            UnitSize(stratum=name, name=f"{name}-{number}", records=size // units)
            for name, size in strata
            for number in range(units)
        ),
        units_fingerprint="2" * 64 if units else None,
    )


STRATIFIED = a_frame(north=100, south=300)
SIMPLE = a_frame(all=400)
WHOLE = a_frame(has_sizes=True, units=10, north=100, south=300)


def typed(draft: PlanDraft, **texts: str) -> PlanDraft:
    for name, text in texts.items():
        for character in text:
            draft = draft.typing(Wish[name], character)
    return draft


def test_what_is_typed_is_what_is_asked_for() -> None:
    draft = typed(PlanDraft(), SIZE="40", EXPECTED="4.5")
    assert draft.request(2) == PlanRequest(size=40, expected=Decimal("0.045"))
    request = typed(draft.aiming(Aim.MARGIN), MARGIN="2.5").request(2)
    assert isinstance(request, PlanRequest)
    assert (request.size, request.margin) == (None, Decimal("0.025"))


def test_a_plan_comes_to_the_same_as_by_the_command() -> None:
    plan = typed(PlanDraft(), SIZE="30").sharing(Allocation.EQUAL).plan(STRATIFIED)
    assert not isinstance(plan, str)
    assert plan.sample_sizes == {"north": 15, "south": 15}


@pytest.mark.parametrize(
    ("amount", "words"),
    [("", "Type how many"), ("900", "between 4 and 400"), ("0", "whole number from 1")],
)
def test_what_stands_in_the_way_is_said(amount: str, words: str) -> None:
    found = typed(PlanDraft(), SIZE=amount).plan(STRATIFIED)
    assert isinstance(found, str)
    assert words in found


def test_neyman_asks_for_its_rates() -> None:
    draft = typed(PlanDraft(), SIZE="30").sharing(Allocation.NEYMAN)
    found = draft.plan(STRATIFIED)
    assert isinstance(found, str)
    assert "each stratum" in found
    rates = {"north": Decimal("0.1"), "south": Decimal("0.01")}
    assert not isinstance(draft.with_rates(rates).plan(STRATIFIED), str)


# The ways to draw -------------------------------------------------------------------------------


def test_a_way_asks_for_its_own_lines_and_sends_no_others() -> None:
    draft = typed(PlanDraft(), SIZE="30")
    units = typed(draft.going(Way.TWO_STAGE), UNITS="6", PER_UNIT="5")
    assert units.request(2) == PlanRequest(units=6, per_unit=5)
    assert typed(draft.going(Way.ROLLING), SHARE="5%").request(2) == PlanRequest(
        rolling=Decimal("0.05")
    )
    rule = typed(draft.going(Way.STOPPING), MARGIN="3", LEAST="50", MOST="200", EVERY="25")
    stopping = Stopping(margin=Decimal("0.03"), least=50, most=200, every=25, on="M2")
    assert rule.request(1) == PlanRequest(size=200, stopping=stopping)


@pytest.mark.parametrize(
    ("draft", "frame"),
    [
        (typed(PlanDraft(way=Way.SIZE_WEIGHTED), SIZE="40"), WHOLE),
        (typed(PlanDraft(way=Way.LOOKS), SIZE="40", LOOKS="2"), STRATIFIED),
        (typed(PlanDraft(way=Way.TWO_STAGE), UNITS="8", PER_UNIT="5"), WHOLE),
        (typed(PlanDraft(way=Way.TWO_STAGE, by_records=True), UNITS="8"), WHOLE),
        (typed(PlanDraft(way=Way.ROLLING), SHARE="5%"), STRATIFIED),
        (
            typed(PlanDraft(way=Way.STOPPING), MARGIN="5", LEAST="50", MOST="200", EVERY="25"),
            SIMPLE,
        ),
    ],
)
def test_every_way_comes_to_a_plan(draft: PlanDraft, frame: Frame) -> None:
    plan = draft.plan(frame)
    assert not isinstance(plan, str), plan
    if draft.way is Way.TWO_STAGE:
        assert plan.first_stage is not None
        assert plan.first_stage.is_by_records == draft.by_records


@pytest.mark.parametrize("way", [Way.LOOKS, Way.TWO_STAGE, Way.ROLLING, Way.STOPPING])
def test_a_way_names_the_first_line_that_is_missing(way: Way) -> None:
    found = typed(PlanDraft(way=way), SIZE="40").request(2)
    assert isinstance(found, str)
    assert found.startswith("Type")


def barred(frame: Frame, way: Way = Way.SIMPLE) -> dict[str, str]:
    options = (*drawing_options(frame, way), *looking_options(frame, way))
    return {one.key: one.barred for one in options if one.barred}


def test_what_the_frame_does_not_allow_is_greyed_with_its_reason() -> None:
    assert barred(STRATIFIED) == {"z": "no sizes", "u": "no units", "x": "has strata"}
    assert barred(SIMPLE) == {"z": "no sizes", "u": "no units", "l": "no strata"}
    assert barred(WHOLE) == {"r": "has units", "x": "has strata"}
    assert barred(WHOLE, Way.TWO_STAGE)["l"] == "another draw"


@given(st.sampled_from([STRATIFIED, SIMPLE, WHOLE]), st.sampled_from(sorted(WAY_KEYS)))
def test_what_is_greyed_is_what_a_plan_would_refuse(frame: Frame, key: str) -> None:
    way = WAY_KEYS[key]
    draft = typed(PlanDraft(way=way), SIZE="40", LOOKS="2", UNITS="8", SHARE="5%", MARGIN="5")
    found = typed(draft, LEAST="50", MOST="200", EVERY="25").plan(frame)
    why = why_barred(frame, Way.SIMPLE, key)
    assert (why is not None) == isinstance(found, str)
    if why is not None:
        assert found == why.reason


@given(
    st.sampled_from([STRATIFIED, SIMPLE, WHOLE]),
    st.lists(
        st.tuples(
            st.sampled_from(list(Wish)),
            st.sampled_from("0123456789.%x<"),
            st.sampled_from([None, *Way, *Aim]),
        )
    ),
)
def test_any_keys_come_to_a_plan_or_a_sentence(
    frame: Frame, keys: list[tuple[Wish, str, Way | Aim | None]]
) -> None:
    draft = PlanDraft()
    for where, key, choice in keys:
        draft = draft.erasing(where) if key == "<" else draft.typing(where, key)
        if isinstance(choice, Way):
            draft = draft.going(choice)
        elif choice is not None:
            draft = draft.aiming(choice)
    found = draft.plan(frame)
    assert found if isinstance(found, str) else found.sample <= 400


# One reader for the page and the command --------------------------------------------------------


@given(
    st.decimals("0.001", "99.9", places=3),
    st.integers(1, 400),
    st.sampled_from(["MARGIN", "DETECT", "EXPECTED", "CONFIDENCE", "SHARE"]),
)
def test_the_page_and_the_command_read_a_wish_alike(
    percent: Decimal, whole: int, name: str
) -> None:
    by_command = {
        Wish[name]: read_wish(Wish[name], f"{percent}%"),
        Wish.SIZE: read_wish(Wish.SIZE, str(whole)),
    }
    sign = "%" if name == "SHARE" else ""
    draft = replace(PlanDraft(), typed={Wish[name]: f"{percent}{sign}", Wish.SIZE: str(whole)})
    wishes = draft.wishes(1)
    assert isinstance(wishes, PlanWishes)
    for where, value in wishes.values.items():
        assert by_command.get(where, value) == value


def test_one_of_the_sizes_is_needed_and_no_more_than_one() -> None:
    assert isinstance(PlanWishes({}).request(), Missing)
    both = PlanWishes({Wish.SIZE: 40, Wish.UNITS: 4}).request()
    assert isinstance(both, Missing)
    assert both.is_choice


# Shares in both forms ---------------------------------------------------------------------------


@given(st.decimals("0.0001", "0.9999", places=4), st.sampled_from(sorted(PROPORTIONS)))
def test_a_proportion_is_read_with_its_sign_and_without(share: Decimal, wish: Wish) -> None:
    assert read_wish(wish, str(share)) == read_wish(wish, f"{share * 100}%") == share
    assert read_wish(wish, f"{share * 100} %") == share


@pytest.mark.parametrize(("text", "ways"), [("5", "5% or 0.05"), ("1", "1% or 0.01"),
                                           ("12.5", "12.5% or 0.125")])  # fmt: skip
def test_a_number_that_could_be_either_is_refused_with_both_ways_to_write_it(
    text: str, ways: str
) -> None:
    with pytest.raises(InputError, match=f"{text} without a sign .*; write {ways}$"):
        read_wish(Wish.SHARE, text)
    said = typed(PlanDraft(way=Way.ROLLING), SHARE=text).request(1)
    assert isinstance(said, str)
    assert said.endswith(f"write {ways}.")


@pytest.mark.parametrize("text", ["0", "0%", "100%", "100", "-1", "-5%", "nan", "%", "", "5%%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="a proportion lies between 0 and 1"):
        read_wish(Wish.SHARE, text)


def test_the_page_takes_a_share_in_both_forms_and_says_what_it_read() -> None:
    for text in ("5%", "0.05"):
        draft = PlanDraft(way=Way.ROLLING)
        for sign in text:
            draft = draft.typing(Wish.SHARE, sign)
        assert draft.request(1) == PlanRequest(rolling=Decimal("0.05"))
    assert understood(Wish.SHARE, "0.05") == "= 5 %"
    assert understood(Wish.SHARE, "0.5") == "= 50 %"
    assert [understood(Wish.SHARE, text) for text in ("", "5%", "5", "0.")] == [""] * 4
    assert understood(Wish.EXPECTED, "0.5") == ""


def test_lines_in_per_cent_take_the_sign_too() -> None:
    draft = typed(PlanDraft(), SIZE="40", EXPECTED="4.5%")
    assert draft.request(1) == typed(PlanDraft(), SIZE="40", EXPECTED="4.5").request(1)
