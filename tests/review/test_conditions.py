from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.conditions import (
    All,
    Any,
    Condition,
    Leaf,
    Not,
    Operator,
    Truth,
    condition_body,
    evaluate,
    holds,
    leaves,
    negation,
    parse_condition,
)

NAMES = ("P", "Q", "R", "S")
truths = st.sampled_from(Truth)
worlds = st.fixed_dictionaries(dict.fromkeys(NAMES, truths))
leaf = st.sampled_from(NAMES).map(lambda name: Leaf(name, Operator.EQ, ("yes",)))
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)


def worth(condition: Condition, world: dict[str, Truth]) -> Truth:
    return evaluate(condition, lambda one: world[one.question])


@given(conditions, worlds)
def test_not_twice_changes_nothing(condition: Condition, world: dict[str, Truth]) -> None:
    assert worth(Not(Not(condition)), world) is worth(condition, world)


@given(conditions, conditions, worlds)
def test_order_does_not_matter(one: Condition, two: Condition, world: dict[str, Truth]) -> None:
    assert worth(All((one, two)), world) is worth(All((two, one)), world)
    assert worth(Any((one, two)), world) is worth(Any((two, one)), world)


@given(conditions, conditions, conditions, worlds)
def test_grouping_does_not_matter(
    one: Condition, two: Condition, three: Condition, world: dict[str, Truth]
) -> None:
    for kind in (All, Any):
        flat = worth(kind((one, two, three)), world)
        assert flat is worth(kind((one, kind((two, three)))), world)
        assert flat is worth(kind((kind((one, two)), three)), world)


@given(conditions, conditions, worlds)
def test_not_all_is_any_not(one: Condition, two: Condition, world: dict[str, Truth]) -> None:
    assert worth(Not(All((one, two))), world) is worth(Any((Not(one), Not(two))), world)


@given(conditions, worlds, st.dictionaries(st.sampled_from(NAMES), st.booleans()))
def test_learning_more_never_overturns_what_was_decided(
    condition: Condition, world: dict[str, Truth], learnt: dict[str, bool]
) -> None:
    before = worth(condition, world)
    later = dict(world)
    for name, value in learnt.items():
        if world[name] in (Truth.UNKNOWN, Truth.BLANK):
            later[name] = Truth.TRUE if value else Truth.FALSE
    if before in (Truth.TRUE, Truth.FALSE):
        assert worth(condition, later) is before


@given(conditions, worlds)
def test_what_is_not_decided_has_a_part_that_is_not(
    condition: Condition, world: dict[str, Truth]
) -> None:
    parts = {world[one.question] for one in leaves(condition)}
    result = worth(condition, world)
    assert result in parts or negation(result) in parts


@given(conditions)
def test_a_condition_comes_back_from_its_plain_data(condition: Condition) -> None:
    assert parse_condition(condition_body(condition)) == condition


def test_a_blank_part_outweighs_one_that_cannot_be_determined() -> None:
    one, two = Leaf("P", Operator.EQ, ("yes",)), Leaf("Q", Operator.EQ, ("yes",))
    world = {"P": Truth.UNKNOWN, "Q": Truth.BLANK}
    assert worth(All((one, two)), world) is Truth.BLANK
    assert worth(Any((one, two)), world) is Truth.BLANK


def test_a_leaf_over_several_answers_asks_for_one_of_them() -> None:
    chosen = ("left", "right")
    assert holds(Leaf("Q", Operator.EQ, ("left",)), chosen)
    assert holds(Leaf("Q", Operator.IN, ("up", "right")), chosen)
    assert not holds(Leaf("Q", Operator.NE, ("left",)), chosen)
    assert holds(Leaf("Q", Operator.NOT_IN, ("up", "down")), chosen)


def test_comparisons_read_whole_numbers_and_nothing_else() -> None:
    for operator, expected in (("gt", False), ("gte", True), ("lt", False), ("lte", True)):
        assert holds(Leaf("Q", Operator(operator), ("3",)), ("3",)) is expected
        assert not holds(Leaf("Q", Operator(operator), ("3",)), ("cannot_determine",))
    assert holds(Leaf("Q", Operator.LT, ("3",)), ("-10",))
