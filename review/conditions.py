"""Conditions over answers, as structure: they can be checked, compared and turned round.

A condition is ``all``, ``any`` or ``not`` over leaves ``{QUESTION = {OPERATOR = VALUE}}``. What a
leaf is worth depends on what is asked: skip logic (``review.applicability``) and indicators
(``review.indicators``) read unanswered questions differently, so each brings its own reading of
a leaf and shares the logic above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from review.errors import ConditionError

MAX_DEPTH = 8


class Truth(StrEnum):
    """What is known of a statement: Kleene's three values, with two kinds of not knowing."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    """The record does not let anyone decide."""
    BLANK = "blank"
    """A question that would decide has no answer yet."""


class Operator(StrEnum):
    """What a leaf asks of an answer."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    ANSWERED = "answered"

    @property
    def is_negative(self) -> bool:
        """Whether it holds where the answer is none of the operands."""
        return self in (Operator.NE, Operator.NOT_IN)

    @property
    def compares_numbers(self) -> bool:
        """Whether its operand is a whole number."""
        return self in (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One statement about the answer to one question."""

    question: str
    operator: Operator
    operands: tuple[str, ...]
    """Answer values; for a comparison one whole number, for ``answered`` true or false."""


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Leaf | All | Any | Not


def evaluate(condition: Condition, read_leaf: Callable[[Leaf], Truth]) -> Truth:
    """Return what is known of a condition, given what is known of its leaves.

    A definite part that settles the whole settles it, whatever the others are. Otherwise a
    blank part outweighs one that cannot be determined: the blank can still be filled in.
    """
    match condition:
        case Leaf():
            return read_leaf(condition)
        case All(parts):
            return conjunction(evaluate(part, read_leaf) for part in parts)
        case Any(parts):
            return negation(conjunction(negation(evaluate(part, read_leaf)) for part in parts))
        case Not(part):
            return negation(evaluate(part, read_leaf))
    assert_never(condition)


def conjunction(parts: Iterator[Truth]) -> Truth:
    """Return what is known of "every part holds"; of no parts that is true."""
    result = Truth.TRUE
    for part in parts:
        if part is Truth.FALSE:
            return part
        if part is Truth.BLANK or result is Truth.TRUE:
            result = part
    return result


def negation(truth: Truth) -> Truth:
    """Return what is known of the opposite."""
    match truth:
        case Truth.TRUE:
            return Truth.FALSE
        case Truth.FALSE:
            return Truth.TRUE
    return truth


def holds(leaf: Leaf, value: tuple[str, ...]) -> bool:
    """Say whether a given answer meets a leaf.

    Args:
        leaf: The statement.
        value: The answer, not empty except for ``answered``; of a question with several
            answers, ``eq`` and ``in`` ask for one of them, ``ne`` and ``not_in`` for none.
    """
    match leaf.operator:
        case Operator.EQ | Operator.IN:
            return any(chosen in leaf.operands for chosen in value)
        case Operator.NE | Operator.NOT_IN:
            return not any(chosen in leaf.operands for chosen in value)
        case Operator.ANSWERED:
            return bool(value) == (leaf.operands[0] == "true")
        case Operator.GT | Operator.GTE | Operator.LT | Operator.LTE:
            return _compares(leaf.operator, value[0], int(leaf.operands[0]))
    assert_never(leaf.operator)


def _compares(operator: Operator, given: str, limit: int) -> bool:
    """Compare an answer with a limit; an answer that is no number meets no comparison."""
    if not given.lstrip("-").isdecimal():
        return False
    number = int(given)
    if operator is Operator.GT:
        return number > limit
    if operator is Operator.GTE:
        return number >= limit
    return number < limit if operator is Operator.LT else number <= limit


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves of a condition from left to right."""
    match condition:
        case Leaf():
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)


def parse_condition(raw: object, *, depth: int = 1) -> Condition:
    """Read a condition from what TOML or JSON gave.

    Raises:
        ConditionError: Where it has another shape or nests deeper than 8.
    """
    if depth > MAX_DEPTH:
        raise ConditionError(f"A condition nests deeper than {MAX_DEPTH}; split the question.")
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise ConditionError(
            "A condition is a table with one key: all, any, not, or a question's id."
        )
    ((key, body),) = raw.items()
    if key in ("all", "any"):
        if not isinstance(body, Sequence) or isinstance(body, str) or not body:
            raise ConditionError(f"{key!r} takes a list with at least one condition.")
        parts = tuple(parse_condition(part, depth=depth + 1) for part in body)
        return All(parts) if key == "all" else Any(parts)
    if key == "not":
        return Not(parse_condition(body, depth=depth + 1))
    return _parse_leaf(str(key), body)


def _parse_leaf(question: str, body: object) -> Leaf:
    """Read ``{OPERATOR = VALUE}`` of one question."""
    if not isinstance(body, Mapping) or len(body) != 1:
        raise ConditionError(f"The condition on {question} needs one operator and its value.")
    ((name, value),) = body.items()
    if name not in list(Operator):
        known = ", ".join(Operator)
        raise ConditionError(f"The condition on {question} has no known operator; use {known}.")
    operator = Operator(name)
    if operator in (Operator.IN, Operator.NOT_IN):
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise ConditionError(f"{name!r} on {question} takes a list of answer values.")
        return Leaf(question, operator, tuple(_operand(question, one) for one in value))
    operand = _operand(question, value)
    if operator is Operator.ANSWERED and operand not in ("true", "false"):
        raise ConditionError(f"'answered' on {question} takes true or false.")
    if operator.compares_numbers and not operand.lstrip("-").isdecimal():
        raise ConditionError(f"{name!r} on {question} takes a whole number.")
    return Leaf(question, operator, (operand,))


def _operand(question: str, value: object) -> str:
    """Return one operand as text; TOML gives text, whole numbers or booleans."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise ConditionError(f"A value in the condition on {question} is neither text nor number.")


def condition_body(condition: Condition) -> dict[str, object]:
    """Return a condition as plain data, such that :func:`parse_condition` gives it back."""
    match condition:
        case All(parts):
            return {"all": [condition_body(part) for part in parts]}
        case Any(parts):
            return {"any": [condition_body(part) for part in parts]}
        case Not(part):
            return {"not": condition_body(part)}
        case Leaf(question, operator, operands):
            several = operator in (Operator.IN, Operator.NOT_IN)
            return {question: {operator.value: list(operands) if several else operands[0]}}
    assert_never(condition)
