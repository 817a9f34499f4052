from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.assignment import assign, decide_assignment
from review.events import CasesAssigned
from sampling.refusal import Refusal

SEED = "60921108447753190264"
STRATA = st.dictionaries(st.sampled_from(["north", "south", "éast"]), st.integers(1, 12)).map(
    lambda sizes: {
        name: [f"C-{1 + number + 20 * place:04d}" for number in range(size)]
        for place, (name, size) in enumerate(sorted(sizes.items()))
    }
)
PEOPLE = st.integers(1, 5).map(lambda count: [f"r{number}" for number in range(count)])


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


@given(STRATA, PEOPLE)
def test_the_order_in_which_cases_and_strata_are_given_does_not_matter(
    strata: dict[str, list[str]], people: list[str]
) -> None:
    turned = {name: cases[::-1] for name, cases in reversed(strata.items())}
    assert assign(turned, people, SEED) == assign(strata, people, SEED)


def test_an_assignment_can_be_dealt_again_with_sha256_alone() -> None:
    cases = [f"C-{number:04d}" for number in range(1, 8)]
    ordered = sorted(
        cases,
        key=lambda case: sha256(f"dipsample-ticket-v1|assign|{SEED}|{case}".encode()).hexdigest(),
    )
    expected = {case: ["a", "b"][place % 2] for place, case in enumerate(ordered)}
    assert {
        one.case_id: one.reviewer for one in assign({"all": cases}, ["a", "b"], SEED)
    } == expected


@pytest.mark.parametrize("people", [[], ["a", "a"]])
def test_nobody_and_twice_the_same_are_refused(people: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one reviewer"):
        assign({"all": ["C-0001"]}, people, SEED)


def test_the_same_assignment_again_writes_nothing() -> None:
    dealt = assign({"all": ["C-0001", "C-0002"]}, ["a", "b"], SEED)
    assert decide_assignment({}, dealt) == (CasesAssigned(assigned=dealt),)
    assert decide_assignment({one.case_id: one.reviewer for one in dealt}, dealt) == ()
    assert isinstance(decide_assignment({}, ()), Refusal)
