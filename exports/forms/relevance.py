"""Skip logic for programs that know true and false only, and that may remember hidden answers.

Here a question is asked where its condition is known to hold. Other programs read an answer that
is still missing as an empty text, and some go on reading the answer to a question that has since
been hidden. So each statement is joined with the condition of the question that it is about, and
"not" is carried down to statements about answers that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, assert_never

from exports.errors import FormError
from review.codebook import Codebook
from review.conditions import All, Any, Condition, Leaf, Not, Operator

_OPPOSITE: Final[Mapping[Operator, Operator]] = {
    Operator.EQ: Operator.NE,
    Operator.NE: Operator.EQ,
    Operator.IN: Operator.NOT_IN,
    Operator.NOT_IN: Operator.IN,
    Operator.GT: Operator.LTE,
    Operator.LTE: Operator.GT,
    Operator.LT: Operator.GTE,
    Operator.GTE: Operator.LT,
}


def resolved(condition: Condition, codebook: Codebook) -> Condition:
    """Return a condition without ``not``, that holds exactly where the given one is known to.

    Every leaf says by itself that its question is asked, and a negative one that it is answered.

    Args:
        condition: Of a question of ``codebook``.
        codebook: What the condition speaks of.

    Raises:
        FormError: Where it rests on a derived value, which a form does not ask.
    """
    return _resolved(condition, codebook, is_negated=False)


def _resolved(condition: Condition, codebook: Codebook, *, is_negated: bool) -> Condition:
    match condition:
        case Leaf():
            if is_negated:
                return _joined(
                    Any, [_leaf(one, codebook) for one in _opposites(condition, codebook)]
                )
            return _leaf(condition, codebook)
        case Not(part):
            return _resolved(part, codebook, is_negated=not is_negated)
        case All(parts) | Any(parts):
            inner = [_resolved(part, codebook, is_negated=is_negated) for part in parts]
            every = isinstance(condition, All) != is_negated
            return _joined(All if every else Any, inner)
    assert_never(condition)


def _opposites(leaf: Leaf, codebook: Codebook) -> list[Leaf]:
    """Return leaves one of which holds of every other answer.

    An answer in words, such as that the record does not tell, meets no comparison of numbers.
    """
    if leaf.operator is Operator.ANSWERED:
        other = "false" if leaf.operands == ("true",) else "true"
        return [Leaf(leaf.question, leaf.operator, (other,))]
    opposite = Leaf(leaf.question, _OPPOSITE[leaf.operator], leaf.operands)
    in_words = codebook.question(leaf.question).values
    if leaf.operator.compares_numbers and in_words:
        return [opposite, Leaf(leaf.question, Operator.IN, in_words)]
    return [opposite]


def _leaf(leaf: Leaf, codebook: Codebook) -> Condition:
    """Return a leaf joined with what it takes for granted."""
    question = codebook.question(leaf.question)
    if question.derive is not None:
        raise FormError(
            f"A question of {codebook.id} rests on {leaf.question}, which follows from other "
            "answers and is never asked; a form cannot say that, so name those answers instead."
        )
    parts: list[Condition] = [leaf]
    if leaf.operator.is_negative:
        parts.insert(0, Leaf(leaf.question, Operator.ANSWERED, ("true",)))
    if question.ask_if is not None:
        parts.insert(0, resolved(question.ask_if, codebook))
    return _joined(All, parts)


def _joined(kind: type[All] | type[Any], parts: list[Condition]) -> Condition:
    """Join parts, flat and without saying one twice."""
    flat: list[Condition] = []
    for part in parts:
        inner = part.parts if isinstance(part, kind) else (part,)
        for one in inner:
            if one not in flat:
                flat.append(one)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def joined(condition: Condition, written: Callable[[Leaf], str]) -> str:
    """Return a resolved condition as one text, its statements joined by ``and`` and ``or``.

    Args:
        condition: As :func:`resolved` gives it.
        written: Writes one statement in the language of the form.
    """
    match condition:
        case Leaf():
            return written(condition)
        case All(parts):
            return " and ".join(_in_brackets(part, written) for part in parts)
        case Any(parts):
            return " or ".join(_in_brackets(part, written) for part in parts)
        case Not():
            raise ValueError("a form writes resolved conditions, and those hold no 'not'")
    assert_never(condition)


def _in_brackets(part: Condition, written: Callable[[Leaf], str]) -> str:
    text = joined(part, written)
    return f"({text})" if isinstance(part, All | Any) else text
