"""What is wrong with a codebook: every rule, each fault with its line.

A codebook that passes can be answered in one forward pass, has no question that nobody can
reach, and offers on every question of fact an answer for a record that does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from review.codebook import PARTIES, Question, QuestionType
from review.codebook_lines import SourceLines
from review.conditions import All, Any, Condition, Leaf, Not, Operator, holds, leaves
from review.errors import CodebookFault

_MISSING_KEY = "u"
_NUMBER_OPERATORS = (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)
_RULED = ("ask_if", "required_if", "derive")

_Found = tuple[str, str, str]
"""Key of the question it stands at, rule, message."""


def lint(
    steps: Sequence[Question], lines: SourceLines, *, optional: frozenset[str]
) -> list[CodebookFault]:
    """Return every fault of a codebook, in order of question.

    Args:
        steps: Asked and derived questions in the order of the file.
        lines: Where they stand.
        optional: Ids of those that a project may leave out; nothing may rest on them.
    """
    places: dict[str, int] = {}
    by_id = {step.id: step for step in steps}
    faults: list[CodebookFault] = []
    for position, step in enumerate(steps):
        found = [*_own_faults(step), *_condition_faults(step, by_id, set(places), optional)]
        if step.id in places:
            first = lines.of(places[step.id], "")
            found.append(("id", "repeated-id", f"the id is taken by the question at line {first}."))
        if not found and step.ask_if is not None and not _reachable(step, by_id):
            found.append(("ask_if", "unreachable", "no combination of answers leads to it."))
        places.setdefault(step.id, position)
        faults.extend(
            CodebookFault(lines.of(position, key), rule, f"{step.id}: {message}")
            for key, rule, message in found
        )
    return faults


def _own_faults(step: Question) -> Iterator[_Found]:
    """Yield faults that need no other question to be seen."""
    yield from _key_faults(step)
    yield from _type_faults(step)
    if step.outcome and not step.define:
        yield "outcome", "outcome-without-define", "an outcome needs a definition under 'define'."
    asks_a_fact = step.type is not QuestionType.TEXT and not step.closed and step.derive is None
    if asks_a_fact and not step.missing_values:
        yield (
            "answers",
            "no-missing-option",
            "a question of fact needs an answer for a record that does not tell "
            "(missing = true), or 'closed = true' where that cannot be.",
        )
    if step.type is QuestionType.TEXT and step.outcome:
        yield "outcome", "text-counted", "a text cannot be an outcome; it is never counted."


def _key_faults(step: Question) -> Iterator[_Found]:
    """Yield faults of the keys that coders press."""
    values, keys = set[str](), set[str]()
    for option in step.options:
        if len(option.key) != 1 or option.key not in "abcdefghijklmnopqrstuvwxyz0123456789":
            yield (
                "answers",
                "key-not-letter-or-digit",
                f"the key of {option.value} has to be one letter a to z or one digit.",
            )
        elif option.key in keys:
            yield "answers", "key-clash", f"two answers have the key {option.key}."
        of_party_b = step.by_party and option.value.startswith(PARTIES[1])
        if (option.key == _MISSING_KEY) != (option.missing and not of_party_b):
            yield (
                "answers",
                "missing-key",
                f"the key {_MISSING_KEY} belongs to the answer for a record that does not tell, "
                f"and {option.value} breaks that.",
            )
        if option.value in values:
            yield "answers", "repeated-value", f"the answer {option.value} stands twice."
        keys.add(option.key)
        values.add(option.value)


def _type_faults(step: Question) -> Iterator[_Found]:
    """Yield fields that do not fit the type of the question."""
    rule = "type-mismatch"
    offers = step.type in (QuestionType.SINGLE, QuestionType.MULTI)
    if offers and not step.options:
        yield "type", rule, f"a question of type {step.type} needs 'answers'."
    if step.type is QuestionType.TEXT and step.options:
        yield "answers", rule, "a text offers no answers."
    if step.type is not QuestionType.TEXT:
        if step.max_length is not None:
            yield "max_length", rule, "only a text has a greatest length."
        if step.required_if is not None:
            yield "required_if", rule, "only a text is required by a rule; others always are."
    elif step.max_length is None:
        yield "type", rule, "a text needs 'max_length'."
    if step.type is not QuestionType.INTEGER:
        if step.minimum is not None or step.maximum is not None:
            yield "min", rule, "only an integer has 'min' and 'max'."
    elif step.minimum is None or step.maximum is None or step.minimum > step.maximum:
        yield "type", rule, "an integer needs 'min' and 'max', the first not over the second."
    if step.type is not QuestionType.MULTI and any(option.alone for option in step.options):
        yield "answers", rule, "only where several answers are taken can one have to stand alone."
    yield from _unknown_values(step)


def _unknown_values(step: Question) -> Iterator[_Found]:
    """Yield answers named by a rule or an example of the question that it does not offer."""
    for value in step.quote_if:
        if value not in step.values:
            yield "quote_if", "unknown-value", f"it offers no answer {value} to quote for."
    for example in step.examples:
        if example.value not in step.values:
            yield "examples", "unknown-value", f"it offers no answer {example.value} to show."


def _condition_faults(
    step: Question, by_id: Mapping[str, Question], earlier: set[str], optional: frozenset[str]
) -> Iterator[_Found]:
    """Yield faults of the conditions of one question."""
    for name in _RULED:
        condition = getattr(step, name)
        if condition is None:
            continue
        for leaf in leaves(condition):
            found = _leaf_fault(leaf, step, by_id, earlier)
            if found is not None:
                yield (name, *found)
            if leaf.question in optional:
                yield (
                    name,
                    "rests-on-optional",
                    f"it rests on {leaf.question}, which is optional and may not be asked at all.",
                )
        for leaf in _negated(condition):
            other = by_id.get(leaf.question)
            if other is not None and other.ask_if is not None:
                yield (
                    name,
                    "not-over-skipped",
                    f"'not' over {leaf.question}, which may not be asked at all; "
                    "name the answers that are meant.",
                )


def _leaf_fault(
    leaf: Leaf, step: Question, by_id: Mapping[str, Question], earlier: set[str]
) -> tuple[str, str] | None:
    """Return rule and message for a leaf that cannot be read, or None."""
    other = by_id.get(leaf.question)
    if other is None:
        return "unknown-question", f"there is no question {leaf.question}."
    if leaf.question == step.id or (
        leaf.question not in earlier and step.id in _rests_on(other, by_id)
    ):
        return "cycle", f"it rests on {leaf.question}, which rests on it."
    if leaf.question not in earlier:
        return "forward-reference", f"it rests on {leaf.question}, which comes after it."
    return _operand_fault(leaf, other)


def _operand_fault(leaf: Leaf, other: Question) -> tuple[str, str] | None:
    """Return rule and message for an operator or value that does not fit the other question."""
    if leaf.operator is Operator.ANSWERED:
        return None
    if other.type is QuestionType.TEXT:
        return "text-counted", f"it compares the text {leaf.question}; only 'answered' may."
    if leaf.operator in _NUMBER_OPERATORS:
        if other.type is not QuestionType.INTEGER:
            return "type-mismatch", f"{leaf.operator} needs an integer, {leaf.question} is none."
        return None
    if other.type is QuestionType.INTEGER:
        return None
    unknown = [value for value in leaf.operands if value not in other.values]
    if unknown:
        return "unknown-value", f"{leaf.question} offers no answer {', '.join(unknown)}."
    return None


def _rests_on(step: Question, by_id: Mapping[str, Question]) -> set[str]:
    """Return the ids of all questions that a question rests on, directly or not."""
    reached: set[str] = set()
    waiting = [step]
    while waiting:
        current = waiting.pop()
        for condition in (current.ask_if, current.required_if, current.derive):
            for leaf in leaves(condition) if condition is not None else ():
                if leaf.question in by_id and leaf.question not in reached:
                    reached.add(leaf.question)
                    waiting.append(by_id[leaf.question])
    return reached


def _negated(condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves that stand under a ``not``."""
    match condition:
        case Not(part):
            yield from leaves(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _negated(part)
        case Leaf():
            return


def _reachable(step: Question, by_id: Mapping[str, Question]) -> bool:
    """Say whether some combination of answers leads to a question."""
    assert step.ask_if is not None  # noqa: S101 - the caller asks only about gated questions
    return next(_worlds(step.ask_if, {}, by_id), None) is not None


_Allowed = dict[str, frozenset[str]]
"""The answers left open to each question that a condition has spoken of so far."""


def _worlds(
    condition: Condition, allowed: _Allowed, by_id: Mapping[str, Question]
) -> Iterator[_Allowed]:
    """Yield the ways in which a condition can hold, as answers left open by question.

    A question that is spoken of has to be asked, so its own ``ask_if`` has to hold as well.
    """
    match condition:
        case Leaf():
            yield from _leaf_worlds(condition, allowed, by_id)
        case Any(parts):
            for part in parts:
                yield from _worlds(part, allowed, by_id)
        case All(parts):
            first, *rest = parts
            for world in _worlds(first, allowed, by_id):
                if rest:
                    yield from _worlds(All(tuple(rest)), world, by_id)
                else:
                    yield world
        case Not(part):
            yield from _worlds_without(part, allowed, by_id)


def _worlds_without(
    condition: Condition, allowed: _Allowed, by_id: Mapping[str, Question]
) -> Iterator[_Allowed]:
    """Yield the ways in which a condition can fail."""
    match condition:
        case Not(part):
            yield from _worlds(part, allowed, by_id)
        case All(parts):
            yield from _worlds(Any(tuple(Not(part) for part in parts)), allowed, by_id)
        case Any(parts):
            yield from _worlds(All(tuple(Not(part) for part in parts)), allowed, by_id)
        case Leaf():
            yield from _leaf_worlds(_opposite(condition, by_id[condition.question]), allowed, by_id)


def _opposite(leaf: Leaf, question: Question) -> Leaf:
    """Return the leaf that holds for the other answers to the same question."""
    if leaf.operator is Operator.ANSWERED:
        return Leaf(leaf.question, leaf.operator, ("true",))
    values = question.values
    return Leaf(
        leaf.question,
        Operator.IN,
        tuple(value for value in values if not holds(leaf, (value,))),
    )


def _leaf_worlds(
    leaf: Leaf, allowed: _Allowed, by_id: Mapping[str, Question]
) -> Iterator[_Allowed]:
    """Yield the ways in which a leaf can hold.

    Numbers and questions that take several answers rule nothing out.
    """
    question = by_id[leaf.question]
    world = dict(allowed)
    if question.type is QuestionType.SINGLE and leaf.operator is not Operator.ANSWERED:
        open_answers = allowed.get(leaf.question, frozenset(question.values))
        world[leaf.question] = frozenset(value for value in open_answers if holds(leaf, (value,)))
        if not world[leaf.question]:
            return
    if leaf.question in allowed or question.ask_if is None:
        yield world
    else:
        world.setdefault(leaf.question, frozenset(question.values))
        yield from _worlds(question.ask_if, world, by_id)
