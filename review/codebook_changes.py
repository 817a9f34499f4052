"""What changed in one question, and of which class each change is.

The class of a change is computed, never declared. A program cannot tell a corrected word from
another meaning, so every change of a word that a coder reads counts as a change of meaning; only
letter case, spacing and punctuation do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from review.codebook import AnswerOption, Codebook, Question
from review.conditions import All, Any, Condition, Leaf, Not, Operator


class ChangeClass(StrEnum):
    """What a change does to comparability, from the least to the most."""

    COSMETIC = "cosmetic"
    """Nothing: answers mean what they meant."""
    ADDITIVE = "additive"
    """More is asked or offered; what was answered means what it meant."""
    MEANING = "meaning"
    """An answer may mean something else: it has to be confirmed again."""
    REMOVAL = "removal"
    """Something is no longer asked or offered."""


Found = tuple[ChangeClass, str]
"""One change: its class, and plain words for it."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text that a coder reads, before and after."""

    what: str
    """Such as ``question`` or ``label of 'yes'``."""
    before: str
    after: str


_REWORDED: Final = "reworded"
_PUNCTUATION: Final = "[.,;:!?'\"()\u2018\u2019\u201c\u201d]"
_IGNORED: Final = re.compile(rf"(?<!\d){_PUNCTUATION}|{_PUNCTUATION}(?!\d)")


def head_changes(old: Codebook, new: Codebook) -> Iterator[Found]:
    """Yield what changed in the codebook as a whole."""
    if old.id != new.id:
        yield ChangeClass.COSMETIC, f"the codebook is called {new.id}, not {old.id}"
    if old.window_days != new.window_days:
        yield (
            ChangeClass.MEANING,
            f"the window is {new.window_days} days, not {old.window_days}",
        )
    if old.key_terms != new.key_terms:
        yield ChangeClass.COSMETIC, "other words are marked in the record"
    shared_before = [step.id for step in old.steps if step.id in new.by_id]
    shared_after = [step.id for step in new.steps if step.id in old.by_id]
    if shared_before != shared_after:
        yield ChangeClass.COSMETIC, "questions stand in another order"


def question_changes(old: Question, new: Question) -> Iterator[Found]:
    """Yield what changed in one question."""
    yield from _kind_changes(old, new)
    for name, before, after in _texts(old, new):
        if before != after:
            yield _wording(name, before, after)
    yield from _option_changes(old, new)
    yield from _rule_changes(old, new)
    if old.section != new.section:
        yield ChangeClass.COSMETIC, f"stands under {new.section or 'no section'}"
    if (old.closed, old.verify_source) != (new.closed, new.verify_source):
        yield ChangeClass.COSMETIC, "marks for whoever keeps the codebook"
    if old.max_length != new.max_length:
        yield ChangeClass.COSMETIC, f"the text may have {new.max_length} characters"


def reworded(old: Question, new: Question) -> tuple[Rewording, ...]:
    """Return every text of a question that a coder reads and that is not what it was, in order."""
    labels = {option.value: option.label for option in old.options}
    shared = (
        (_label(option.value), labels[option.value], option.label)
        for option in new.options
        if option.value in labels
    )
    return tuple(
        Rewording(name, before, after)
        for name, before, after in (*_texts(old, new), *shared)
        if before != after
    )


def _texts(old: Question, new: Question) -> tuple[tuple[str, str, str], ...]:
    """Return what the texts of a question are called, were and are; labels stand apart."""
    return (
        ("question", old.ask, new.ask),
        ("definition", old.define, new.define),
        ("examples", _example_text(old), _example_text(new)),
    )


def _label(value: str) -> str:
    return f"label of '{value}'"


def _kind_changes(old: Question, new: Question) -> Iterator[Found]:
    """Yield changes of what the question is."""
    if (old.type, old.by_party) != (new.type, new.by_party):
        yield ChangeClass.MEANING, "another type of answer"
    if (old.derive is None) != (new.derive is None):
        is_asked = new.derive is None
        words = "asked now, and followed" if is_asked else "follows now, and was asked"
        yield ChangeClass.MEANING, f"{words} from other answers"
    elif not _same(old.derive, new.derive):
        yield ChangeClass.MEANING, "follows from other answers than before"
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        yield ChangeClass.MEANING, f"the number runs from {new.minimum} to {new.maximum}"
    if old.outcome != new.outcome:
        words = "an outcome now: coders have to agree on it" if new.outcome else "no outcome now"
        yield ChangeClass.ADDITIVE, words


def _rule_changes(old: Question, new: Question) -> Iterator[Found]:
    """Yield changes of the conditions around a question."""
    if not _same(old.ask_if, new.ask_if):
        yield ChangeClass.MEANING, "asked of other cases than before"
    if not _same(old.required_if, new.required_if):
        if new.required_if is None:
            yield ChangeClass.COSMETIC, "never required now"
        else:
            yield ChangeClass.ADDITIVE, "required in other cases than before"
    if more := [value for value in new.quote_if if value not in old.quote_if]:
        yield ChangeClass.ADDITIVE, f"needs a quote for {_listed(more)}"
    if less := [value for value in old.quote_if if value not in new.quote_if]:
        yield ChangeClass.COSMETIC, f"needs no quote for {_listed(less)} now"


def _option_changes(old: Question, new: Question) -> Iterator[Found]:
    """Yield changes of the answers offered."""
    before = {option.value: option for option in old.options}
    after = {option.value: option for option in new.options}
    if gone := [value for value in before if value not in after]:
        yield ChangeClass.REMOVAL, f"answer {_listed(gone)} no longer offered"
    if come := [value for value in after if value not in before]:
        yield ChangeClass.ADDITIVE, f"answer {_listed(come)} added"
    shared = [value for value in after if value in before]
    for value in shared:
        yield from _one_option(before[value], after[value])
    if shared != [value for value in before if value in after]:
        yield ChangeClass.COSMETIC, "answers stand in another order"


def _one_option(old: AnswerOption, new: AnswerOption) -> Iterator[Found]:
    if old.label != new.label:
        yield _wording(_label(new.value), old.label, new.label)
    if old.key != new.key:
        yield ChangeClass.COSMETIC, f"key of '{new.value}' is {new.key}, not {old.key}"
    if old.missing != new.missing:
        words = "says now" if new.missing else "no longer says"
        yield ChangeClass.MEANING, f"'{new.value}' {words} that the record does not tell"
    if old.alone != new.alone:
        words = "stands alone now" if new.alone else "can now stand beside others"
        yield ChangeClass.MEANING, f"'{new.value}' {words}"


def is_rewording(found: Found) -> bool:
    """Say whether a change is one of words alone, which only a person can call cosmetic."""
    return found[0] is ChangeClass.MEANING and found[1].endswith(_REWORDED)


def claimed_cosmetic(found: Found) -> Found:
    """Return a change as it counts where the publisher says that its words mean the same.

    Nothing but words can be claimed: every other change keeps its class.
    """
    if not is_rewording(found):
        return found
    return ChangeClass.COSMETIC, f"{found[1]}, by the publisher's word without another meaning"


def optional_changes(was_optional: bool, is_optional: bool) -> list[Found]:
    """Return what it does that a question became optional, or ceased to be."""
    if was_optional == is_optional:
        return []
    if is_optional:
        return [(ChangeClass.REMOVAL, "asked only where it is switched on")]
    return [(ChangeClass.ADDITIVE, "always asked, and was optional")]


def _wording(name: str, before: str, after: str) -> Found:
    if _words(before) == _words(after):
        return ChangeClass.COSMETIC, f"{name}: letter case, spacing or punctuation"
    return ChangeClass.MEANING, f"{name} {_REWORDED}"


def _words(text: str) -> list[str]:
    """Return the words of a text without what changes no meaning."""
    return _IGNORED.sub(" ", text).casefold().split()


def _example_text(question: Question) -> str:
    """Return all examples as one text."""
    return "\n".join(
        line
        for example in question.examples
        for line in (example.value, *example.clear, "-", *example.near_misses)
    )


def _listed(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_Form = tuple[object, ...]


def _same(one: Condition | None, other: Condition | None) -> bool:
    """Say whether two conditions are the same but for the order and nesting of their parts."""
    if one is None or other is None:
        return one is other
    return _form(one) == _form(other)


def _form(condition: Condition) -> _Form:
    match condition:
        case Leaf(question, operator, operands):
            several = {Operator.EQ: Operator.IN, Operator.NE: Operator.NOT_IN}
            return (question, several.get(operator, operator), frozenset(operands))
        case Not(part):
            return ("not", _form(part))
        case All(parts):
            return _joined("all", parts)
        case Any(parts):
            return _joined("any", parts)
    assert_never(condition)


def _joined(word: str, parts: tuple[Condition, ...]) -> _Form:
    forms: set[object] = set()
    for part in parts:
        form = _form(part)
        nested = form[1] if form[0] == word else None
        forms |= nested if isinstance(nested, frozenset) else {form}
    if len(forms) == 1 and isinstance(only := next(iter(forms)), tuple):
        return only
    return (word, frozenset(forms))
