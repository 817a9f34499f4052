"""Silent checks: dealt and placed by ticket, and found out where they are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.calibration import TrainingCase
from review.events import Entry, Purpose
from review.gold import Gold, deal_gold, fault_of_gold, taken_in_order
from review.gold_events import ExpectedAnswer, GoldCase, GoldDealt, GoldPlaced, GoldSlot
from review.gold_shares import Loads, checks_for
from review.placing import checks_to_add, shown, source_hash, taken, why_not_shown

SEED = "60921108449012345678"
CODES = {"amber": "R1", "birch": "R2", "cedar": "R3"}
Steps = tuple[GoldPlaced | GoldDealt, ...]


def check(number: int, source: str) -> GoldCase:
    return GoldCase(
        case_id=f"C-{number:04d}",
        stratum="all",
        source_sha256=source,
        material_sha256="0" * 64,
        expected=(ExpectedAnswer(question="C1", value="yes"),),
    )


def placed(*numbers: int) -> GoldPlaced:
    """Checks under these numbers, as their tickets give them."""
    sources = taken_in_order([f"{number:064x}" for number in numbers], seed=SEED)
    cases = [check(number, source) for number, source in zip(numbers, sources, strict=True)]
    return GoldPlaced(set_sha256="0" * 64, codebook_sha256="1" * 64, cases=tuple(cases))


def dealt(before: Steps, **wanted: int) -> GoldDealt:
    return GoldDealt(dealt=deal_gold(before, wanted, CODES, seed=SEED, twice=None))


def entry(event: GoldPlaced | GoldDealt, seq: int) -> Entry:
    return Entry(event, None, "boss", "boss.laptop", seq, f"2026-01-01T00:00:{seq:02d}Z")


def folded(steps: Steps) -> Gold:
    gold = Gold()
    for seq, step in enumerate(steps, start=1):
        gold.apply(entry(step, seq))
    return gold


@given(load=st.integers(1, 2000))
def test_one_in_twenty_of_the_cases_that_a_coder_opens_is_a_check(load: int) -> None:
    checks = checks_for(load)
    assert checks * 20 >= load + checks
    assert (checks - 1) * 20 < load + checks


@given(
    wanted=st.dictionaries(st.sampled_from(sorted(CODES)), st.integers(0, 12), max_size=3),
    more=st.dictionaries(st.sampled_from(sorted(CODES)), st.integers(0, 12), max_size=3),
)
def test_what_was_dealt_stays_and_every_coder_has_what_the_placed_ones_allow(
    wanted: dict[str, int], more: dict[str, int]
) -> None:
    first: Steps = (placed(3, 9, 4), GoldDealt(dealt=()))
    steps: Steps = (first[0], dealt(first[:1], **wanted))
    before = folded(steps)
    steps = (*steps, placed(11, 2), dealt((*steps, placed(11, 2)), **more))
    after = folded(steps)
    for name in CODES:
        assert set(before.dealt_to(name)) <= set(after.dealt_to(name))
        kept = len(before.dealt_to(name))
        assert kept == min(wanted.get(name, 0), 3)
        assert len(after.dealt_to(name)) == max(kept, min(more.get(name, 0), 5))
    freed = (("C-0003", "C-0009", "C-0004"), ("C-0011", "C-0002"))
    assert fault_of_gold(steps, freed, CODES, seed=SEED) is None


def test_coders_with_equal_loads_do_not_all_get_the_same_checks() -> None:
    slots = deal_gold(
        [placed(*range(1, 13))], dict.fromkeys(CODES, 4), CODES, seed=SEED, twice=None
    )
    sets = {name: {one.case_id for one in slots if one.reviewer == name} for name in CODES}
    assert all(len(found) == 4 for found in sets.values())
    assert len({frozenset(found) for found in sets.values()}) == 3


def test_a_check_that_was_dealt_against_its_ticket_is_found() -> None:
    (right,) = deal_gold([placed(3, 9)], {"amber": 1}, CODES, seed=SEED, twice=None)
    (wrong,) = {"C-0003", "C-0009"} - {right.case_id}
    steps = (placed(3, 9), GoldDealt(dealt=(GoldSlot(case_id=wrong, reviewer="amber"),)))
    found = fault_of_gold(steps, [("C-0003", "C-0009")], CODES, seed=SEED)
    assert found == "Silent checks were dealt to others than their tickets say."


def test_checks_under_other_numbers_than_their_tickets_give_are_found() -> None:
    step = placed(3, 9)
    swapped = [
        one.model_copy(update={"source_sha256": other.source_sha256})
        for one, other in zip(step.cases, reversed(step.cases), strict=True)
    ]
    changed = step.model_copy(update={"cases": tuple(swapped)})
    freed = [("C-0003", "C-0009")]
    assert fault_of_gold((step,), freed, CODES, seed=SEED) is None
    assert fault_of_gold((changed,), freed, CODES, seed=SEED) is not None


def test_checks_without_a_number_that_became_free_are_found() -> None:
    assert fault_of_gold((placed(3),), [("C-0004",)], CODES, seed=SEED) is not None
    assert fault_of_gold((placed(3),), [], CODES, seed=SEED) is not None


def test_streams_may_come_in_any_order() -> None:
    steps: Steps = (placed(3, 9), dealt((placed(3, 9),), amber=1, birch=2))
    forwards, backwards = folded(steps), Gold()
    for seq, step in reversed(list(enumerate(steps, start=1))):
        backwards.apply(entry(step, seq))
    assert backwards.cases == forwards.cases
    assert backwards.dealt_to("birch") == forwards.dealt_to("birch") == ("C-0003", "C-0009")
    assert [one.reviewer for one in forwards.slots_of("C-0003")] != []
    assert all(one.purpose is Purpose.PRIMARY for one in forwards.slots_of("C-0003"))


def training(number: int, **columns: str) -> TrainingCase:
    return TrainingCase(f"T{number}", f"told {number}", {"C1": "yes"}, "", columns)


def test_a_case_that_is_placed_is_not_placed_again() -> None:
    cases = [training(number) for number in range(6)]
    first = taken(Gold(), cases, most=4, seed=SEED)
    gold = folded(
        (
            GoldPlaced(
                set_sha256="0" * 64,
                codebook_sha256="1" * 64,
                cases=tuple(check(n, source_hash(one)) for n, one in enumerate(first)),
            ),
        )
    )
    rest = taken(gold, cases, most=9, seed=SEED)
    assert len(first) == 4
    assert {one.id for one in first} | {one.id for one in rest} == {one.id for one in cases}
    assert len(rest) == 2
    assert checks_to_add(gold, Loads({"amber": 19 * 5}, cases=95, twice=0)) == 1
    assert checks_to_add(gold, Loads({"amber": 19}, cases=19, twice=0)) == 0


def test_the_order_of_a_set_has_no_part_in_what_is_taken() -> None:
    cases = [training(number) for number in range(9)]
    assert taken(Gold(), cases, most=3, seed=SEED) == taken(Gold(), cases[::-1], most=3, seed=SEED)


def test_a_set_has_to_show_every_column_that_coders_are_shown() -> None:
    assert why_not_shown([training(1)], ("told",)) is None
    assert shown(training(1), ("told",)) == {"told": "told 1"}
    assert why_not_shown([training(1, told="a", sex="f")], ("told", "sex")) is None
    assert shown(training(1, told="a", sex="f", age="9"), ("sex", "told")) == {
        "sex": "f", "told": "a",
    }  # fmt: skip
    lacking = why_not_shown([training(1, told="a", sex="f"), training(2)], ("told", "sex"))
    assert lacking is not None
    assert "lacks sex, told." in lacking.reason
    nothing = why_not_shown([training(1)], ())
    assert nothing is not None
    assert nothing.rule == "nothing-is-shown"
