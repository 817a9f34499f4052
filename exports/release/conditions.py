"""Conditions of a codebook in words, for the sheet that a committee reads."""

from __future__ import annotations

from typing import Final, assert_never

from review.conditions import All, Any, Condition, Leaf, Not, Operator

_COMPARED: Final = {
    Operator.GT: "is over",
    Operator.GTE: "is at least",
    Operator.LT: "is under",
    Operator.LTE: "is at most",
}


def in_words(condition: Condition) -> str:
    """Return a condition as a phrase, such as ``E1 is yes and E2 is yes``."""
    match condition:
        case Leaf():
            return _leaf(condition)
        case All(parts):
            return " and ".join(_inner(part) for part in parts)
        case Any(parts):
            return " or ".join(_inner(part) for part in parts)
        case Not(part):
            return f"not {_inner(part)}"
    assert_never(condition)


def _inner(condition: Condition) -> str:
    return in_words(condition) if isinstance(condition, Leaf) else f"({in_words(condition)})"


def _leaf(leaf: Leaf) -> str:
    values = " or ".join(leaf.operands)
    match leaf.operator:
        case Operator.EQ | Operator.IN:
            return f"{leaf.question} is {values}"
        case Operator.NE | Operator.NOT_IN:
            return f"{leaf.question} is not {values}"
        case Operator.ANSWERED:
            word = "answered" if leaf.operands == ("true",) else "not answered"
            return f"{leaf.question} is {word}"
        case Operator.GT | Operator.GTE | Operator.LT | Operator.LTE:
            return f"{leaf.question} {_COMPARED[leaf.operator]} {values}"
    assert_never(leaf.operator)
