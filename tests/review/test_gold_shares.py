"""Silent checks lie on as many desks as live cases do, so that lists side by side tell nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from review.gold import dealing, fault_of_gold
from review.gold_events import GoldDealt, GoldSlot
from review.gold_shares import Loads, checks_for
from review.placing import checks_to_add
from tests.review.test_gold import CODES, SEED, Steps, folded, placed

NAMES = sorted(CODES)


@st.composite
def offices(draw: st.DrawFn) -> Loads:
    """Cases dealt to two or three coders, some of them to two."""
    names = NAMES[: draw(st.integers(2, 3))]
    cases = draw(st.integers(1, 150))
    twice = draw(st.sampled_from([0, cases, draw(st.integers(0, cases))]))
    loads = Counter(names[place % len(names)] for place in range(cases + twice))
    return Loads(dict(loads), cases=cases, twice=twice)


def place_and_deal(before: Steps, loads: Loads, offered: int, first: int) -> Steps:
    """What an assignment writes where the set still has so many cases."""
    more = min(offered, checks_to_add(folded(before), loads))
    steps = (*before, placed(*range(first, first + more))) if more else before
    dealt = dealing(steps, loads, CODES, seed=SEED)
    return steps if dealt is None else (*steps, dealt)


def holders(steps: Steps) -> Counter[str]:
    gold = folded(steps)
    return Counter({case_id: len(gold.slots_of(case_id)) for case_id in gold.cases})


def of_each(steps: Steps) -> dict[str, int]:
    gold = folded(steps)
    return {name: len(gold.dealt_to(name)) for name in NAMES}


@given(loads=offices(), offered=st.integers(0, 30))
@example(loads=Loads({"amber": 60, "birch": 60, "cedar": 60}, cases=90, twice=90), offered=30)
def test_no_check_is_held_by_more_coders_than_a_live_case_and_nobody_gets_one_twice(
    loads: Loads, offered: int
) -> None:
    steps = place_and_deal((), loads, offered, 1)
    dealt = [slot for step in steps if isinstance(step, GoldDealt) for slot in step.dealt]
    assert len(set(dealt)) == len(dealt)
    held = holders(steps)
    assert max(held.values(), default=0) <= (2 if loads.twice else 1)
    assert sum(number == 2 for number in held.values()) <= loads.held_twice(len(held))
    if loads.twice == loads.cases:
        assert set(held.values()) <= {2}
    freed = [
        [one.case_id for one in step.cases] for step in steps if not isinstance(step, GoldDealt)
    ]
    assert fault_of_gold(steps, freed, CODES, seed=SEED) is None


@given(loads=offices())
@example(loads=Loads({"amber": 58, "birch": 58}, cases=109, twice=7))
def test_a_set_that_is_large_enough_gives_everybody_one_in_twenty(loads: Loads) -> None:
    steps = place_and_deal((), loads, 1000, 1)
    for name, load in loads.by_coder.items():
        assert checks_for(load) <= of_each(steps)[name] <= checks_for(load) + 1
    assert min(holders(steps).values()) >= 1
    assert checks_to_add(folded(steps), loads) == 0
    assert dealing(steps, loads, CODES, seed=SEED) is None


@given(loads=offices(), offered=st.integers(1, 5))
def test_a_set_that_is_too_small_gives_fewer_to_each_and_says_how_many_are_lacking(
    loads: Loads, offered: int
) -> None:
    needed = checks_to_add(folded(()), loads)
    steps = place_and_deal((), loads, offered, 1)
    assert checks_to_add(folded(steps), loads) == max(0, needed - offered)
    if needed > offered:
        found = [of_each(steps)[name] for name in loads.by_coder]
        assert max(found) - min(found) <= 1


@given(first=offices(), then=offices(), offered=st.integers(0, 8))
def test_what_was_dealt_stays_and_a_larger_set_fills_up(
    first: Loads, then: Loads, offered: int
) -> None:
    steps = place_and_deal((), first, offered, 1)
    after = place_and_deal(steps, then, 1000, 100)
    before = folded(steps)
    for name in NAMES:
        assert set(before.dealt_to(name)) <= set(folded(after).dealt_to(name))
    assert max(holders(after).values()) <= (2 if first.twice or then.twice else 1)
    freed = [
        [one.case_id for one in step.cases] for step in after if not isinstance(step, GoldDealt)
    ]
    assert fault_of_gold(after, freed, CODES, seed=SEED) is None


def test_a_check_given_to_a_second_coder_against_the_bound_is_found() -> None:
    loads = Loads({"amber": 10, "birch": 10}, cases=20, twice=0)
    steps = place_and_deal((), loads, 2, 1)
    dealt = steps[-1]
    assert isinstance(dealt, GoldDealt)
    (other,) = (one for one in dealt.dealt if one.reviewer == "birch")
    also = GoldSlot(case_id=other.case_id, reviewer="amber")
    forged = dealt.model_copy(update={"dealt": (also, *dealt.dealt)})
    freed = [("C-0001", "C-0002")]
    assert fault_of_gold(steps, freed, CODES, seed=SEED) is None
    assert fault_of_gold((steps[0], forged), freed, CODES, seed=SEED) is not None


def test_what_was_dealt_without_a_bound_keeps_its_bytes_and_is_verified() -> None:
    both = ",".join(f'{{"case_id":"C-0001","reviewer":"{name}"}}' for name in ("amber", "birch"))
    old = f'{{"v":1,"dealt":[{both}]}}'
    step = GoldDealt.model_validate_json(old)
    assert step.model_dump_json() == old
    assert fault_of_gold((placed(1), step), [("C-0001",)], CODES, seed=SEED) is None
