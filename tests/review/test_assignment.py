from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.assignment import Place, assign, chosen_twice, deal_on, in_deal_order
from review.doubling import Doubling, read_doubling
from review.events import AssignedCase, Purpose
from sampling.refusal import Refusal

SEED = "60921108447753190264"
STRATA = st.dictionaries(st.sampled_from(["north", "south", "éast"]), st.integers(1, 20)).map(
    lambda sizes: {
        name: [f"C-{1 + number + 20 * place:04d}" for number in range(size)]
        for place, (name, size) in enumerate(sorted(sizes.items()))
    }
)
PEOPLE = st.integers(1, 5).map(lambda count: [f"r{number}" for number in range(count)])
SEVERAL = st.integers(2, 5).map(lambda count: [f"r{number}" for number in range(count)])


def spread(slots: list[AssignedCase], people: list[str]) -> int:
    """Return by how many slots the loads differ."""
    load = Counter(dict.fromkeys(people, 0))
    load.update(one.reviewer for one in slots)
    return max(load.values()) - min(load.values())


@given(STRATA, PEOPLE)
def test_loads_differ_by_at_most_one_over_all_and_in_every_stratum(
    strata: dict[str, list[str]], people: list[str]
) -> None:
    dealt = {one.case_id: one.reviewer for one in assign(strata, people, SEED)}
    assert set(dealt) == {case for cases in strata.values() for case in cases}
    for cases in [list(dealt), *strata.values()]:
        load = Counter(dict.fromkeys(people, 0))
        load.update(dealt[case] for case in cases)
        assert max(load.values()) - min(load.values()) <= 1


@given(STRATA, SEVERAL, st.integers(0, 60))
def test_with_cases_coded_twice_loads_differ_by_one_and_nobody_codes_a_case_twice(
    strata: dict[str, list[str]], people: list[str], number: int
) -> None:
    everything = [case for cases in strata.values() for case in cases]
    doubled = chosen_twice(everything, number, SEED)
    slots = list(assign(strata, people, SEED, doubled=doubled))
    assert Counter((one.case_id, one.slot) for one in slots) == Counter(
        [(case, 1) for case in everything] + [(case, 2) for case in doubled]
    )
    assert len({(one.case_id, one.reviewer) for one in slots}) == len(slots)
    assert spread(slots, people) <= 1
    for cases in strata.values():
        within = [one for one in slots if one.case_id in cases]
        twice = [one for one in within if one.case_id in doubled]
        assert spread(within, people) <= 1
        for slot in (1, 2):
            assert spread([one for one in twice if one.slot == slot], people) <= 1
    assert {one.purpose for one in slots if one.slot == 2} <= {Purpose.DOUBLE}


@given(STRATA, SEVERAL, st.integers(0, 60))
def test_the_order_in_which_cases_and_strata_are_given_does_not_matter(
    strata: dict[str, list[str]], people: list[str], number: int
) -> None:
    turned = {name: cases[::-1] for name, cases in reversed(strata.items())}
    everything = [case for cases in turned.values() for case in cases]
    doubled = chosen_twice(everything, number, SEED)
    assert doubled == chosen_twice(everything[::-1], number, SEED)
    assert assign(turned, people, SEED, doubled=doubled) == assign(
        strata, people, SEED, doubled=doubled
    )


def in_order_of(label: str, cases: list[str]) -> list[str]:
    return sorted(
        cases,
        key=lambda case: sha256(f"dipsample-ticket-v1|{label}|{SEED}|{case}".encode()).hexdigest(),
    )


def test_an_assignment_can_be_dealt_again_with_sha256_alone() -> None:
    cases = [f"C-{number:04d}" for number in range(1, 8)]
    expected = {case: "ab"[place % 2] for place, case in enumerate(in_order_of("assign", cases))}
    dealt = assign({"all": cases}, ["a", "b"], SEED)
    assert {one.case_id: one.reviewer for one in dealt} == expected


def test_an_assignment_with_second_codings_can_be_dealt_again_by_hand() -> None:
    cases = [f"C-{number:04d}" for number in range(1, 10)]
    doubled = chosen_twice(cases, 5, SEED)
    assert doubled == set(in_order_of("qa", cases)[:5])
    slots = {
        (one.case_id, one.slot): one.reviewer
        for one in assign({"all": cases}, ["a", "b", "c"], SEED, doubled=doubled)
    }
    twice = [case for case in in_order_of("assign", cases) if case in doubled]
    once = [case for case in in_order_of("assign", cases) if case not in doubled]
    assert [slots[case, 1] for case in twice] == ["a", "b", "c", "a", "b"]
    assert [slots[case, 2] for case in twice] == ["b", "c", "a", "c", "a"]
    assert [slots[case, 1] for case in once] == ["b", "c", "a", "b"]


def test_partners_change_from_round_to_round() -> None:
    cases = [f"C-{number:04d}" for number in range(1, 13)]
    slots = assign({"all": cases}, ["a", "b", "c"], SEED, doubled=cases)
    pairs = {(one.reviewer, two.reviewer) for one, two in pairwise(slots) if two.slot == 2}
    assert pairs == {(one, two) for one in "abc" for two in "abc" if one != two}


@pytest.mark.parametrize("people", [[], ["a", "a"]])
def test_nobody_and_twice_the_same_are_refused(people: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one reviewer"):
        assign({"all": ["C-0001"]}, people, SEED)
    with pytest.raises(ValueError, match="two reviewers"):
        assign({"all": ["C-0001"]}, ["a"], SEED, doubled=["C-0001"])


def test_open_places_go_to_whoever_has_fewest_and_may_take_them() -> None:
    kept = [AssignedCase(case_id="C-0001", reviewer="a", slot=1)]
    places = [
        Place("C-0001", 2, Purpose.DOUBLE),
        Place("C-0002", 1, Purpose.PRIMARY),
        Place("C-0003", 1, Purpose.PRIMARY),
    ]
    dealt = deal_on(kept, places, ["a", "b"], barred={"C-0002": ["a"], "C-0003": ["a", "b"]})
    assert [(one.case_id, one.slot, one.reviewer) for one in dealt] == [
        ("C-0001", 1, "a"), ("C-0001", 2, "b"), ("C-0002", 1, "b"),
    ]  # fmt: skip


def test_first_slots_are_dealt_on_before_second_ones_and_by_ticket() -> None:
    cases = ["C-0001", "C-0002", "C-0003"]
    places = [Place(case, slot, Purpose.PRIMARY) for case in cases for slot in (2, 1)]
    ordered = in_order_of("assign", cases)
    assert [(one.slot, one.case_id) for one in in_deal_order({"all": cases}, places, SEED)] == [
        (slot, case) for slot in (1, 2) for case in ordered
    ]


@pytest.mark.parametrize(
    ("words", "cases", "expected"),
    [
        ("default", 150, 150), ("default", 151, 100), ("default", 400, 100), ("default", 401, 101),
        ("all", 600, 600), ("25%", 60, 15), ("25%", 61, 16), ("0.5%", 200, 1), ("100%", 7, 7),
        ("40", 60, 40), ("40", 30, 30), ("0", 60, 0),
    ],
)  # fmt: skip
def test_how_many_cases_are_coded_twice(words: str, cases: int, expected: int) -> None:
    assert Doubling(words).of(cases, 2) == expected
    assert Doubling(words).of(cases, 1) == 0


@pytest.mark.parametrize("text", ["all", " ALL ", "25%", "2.5%", "40", "0", "100%"])
def test_a_choice_of_how_many_is_read_as_typed(text: str) -> None:
    assert read_doubling(text) == Doubling(text.strip().lower())


@pytest.mark.parametrize("text", ["", "-1", "101%", "1/4", "half", "default", "%"])
def test_any_other_choice_is_refused(text: str) -> None:
    assert isinstance(read_doubling(text), Refusal)
