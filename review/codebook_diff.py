"""What a new codebook does to codings that were made with an older one, change by change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from review.codebook import Codebook, Question, QuestionType
from review.codebook_changes import (
    ChangeClass,
    Found,
    claimed_cosmetic,
    head_changes,
    is_rewording,
    optional_changes,
    question_changes,
)
from review.conditions import leaves

__all__ = [
    "Change",
    "ChangeClass",
    "diff_codebooks",
    "is_comparable",
    "reworded_questions",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one question."""

    question: str
    """Its id; empty for a change of the codebook as a whole."""
    change_class: ChangeClass
    what: str
    """Plain words, such as ``answer 'both' added``."""
    reaches: tuple[str, ...]
    """Questions whose answers have to be confirmed again, the question itself first; a text is
    never among them."""
    effect: str
    """What happens to existing codings, in a sentence."""
    is_whole_question: bool = False
    """Whether the question itself came or went."""


_KEPT: Final = "Answers carry over as they are."
_NEVER_COUNTED: Final = "A text is never counted; those that were given stand as they are."
_WORKED_OUT: Final = "Its value is worked out anew from the same answers."


def diff_codebooks(
    old: Codebook,
    new: Codebook,
    *,
    old_optional: frozenset[str] = frozenset(),
    new_optional: frozenset[str] = frozenset(),
    cosmetic: frozenset[str] = frozenset(),
) -> tuple[Change, ...]:
    """Return every change between two codebooks.

    Args:
        old: The one that codings were made with.
        new: The one to code with from now on.
        old_optional: Ids of the questions of ``old`` that a project may leave out.
        new_optional: The same of ``new``.
        cosmetic: Questions whose new words mean what the old ones did, as the publisher says.

    Returns:
        Changes of the whole codebook first, then by question in the order of ``new``, then the
        questions that are gone; of one question in order of class.
    """
    changes = [_whole(new, found) for found in head_changes(old, new)]
    for step in new.steps:
        before = old.by_id.get(step.id)
        if before is None:
            changes.append(_added(step, is_optional=step.id in new_optional))
            continue
        found = [*question_changes(before, step)]
        found += optional_changes(step.id in old_optional, step.id in new_optional)
        if step.id in cosmetic:
            found = [claimed_cosmetic(one) for one in found]
        order = list(ChangeClass)
        found.sort(key=lambda one: order.index(one[0]))
        changes += [_change(step, one, old, new) for one in found]
    changes += [_removed(step) for step in old.steps if step.id not in new.by_id]
    return tuple(changes)


def is_comparable(changes: tuple[Change, ...]) -> bool:
    """Say whether codings of both can be counted together as they are."""
    return not any(
        change.reaches or change.change_class is ChangeClass.REMOVAL for change in changes
    )


def reworded_questions(old: Codebook, new: Codebook) -> frozenset[str]:
    """Return the questions with a change of words that a publisher can claim to be cosmetic."""
    return frozenset(
        step.id
        for step in new.steps
        if step.id in old.by_id
        and any(is_rewording(one) for one in question_changes(old.by_id[step.id], step))
    )


def _reached(question_id: str, codebook: Codebook) -> list[str]:
    """Return a question and those that rest on it, directly or not, whose answers are counted."""
    reached = {question_id}
    for step in codebook.steps:
        for condition in (step.ask_if, step.required_if, step.derive):
            if condition is not None and any(one.question in reached for one in leaves(condition)):
                reached.add(step.id)
    in_order = [one for one in _counted(codebook) if one in reached]
    return sorted(in_order, key=lambda one: one != question_id)


def _counted(codebook: Codebook) -> list[str]:
    """Return the questions that a person answers and that are counted."""
    return [one.id for one in codebook.questions if one.type is not QuestionType.TEXT]


def _change(step: Question, found: Found, old: Codebook, new: Codebook) -> Change:
    """Return a change of a question that both codebooks have."""
    change_class, what = found
    reaches: tuple[str, ...] = ()
    match change_class:
        case ChangeClass.COSMETIC:
            effect = _KEPT
        case ChangeClass.ADDITIVE:
            effect = "Answers carry over; what is new is still to be asked where it applies."
        case ChangeClass.MEANING:
            reaches = tuple(one for one in _reached(step.id, new) if one in old.by_id)
            effect = _meaning_effect(step, reaches)
        case ChangeClass.REMOVAL:
            effect = "Answers are kept and exported; it is not asked or offered any more."
        case _:
            assert_never(change_class)
    return Change(step.id, change_class, what, reaches, effect)


def _meaning_effect(step: Question, reaches: tuple[str, ...]) -> str:
    if not reaches:
        return _NEVER_COUNTED if step.derive is None else _WORKED_OUT
    first, *others = reaches
    if first != step.id:
        return f"Answers to {', '.join(reaches)}, which rest on it, have to be confirmed."
    if not others:
        return f"Answers to {first} have to be confirmed before they count."
    return (
        f"Answers to {first} have to be confirmed before they count, and with them those to "
        f"{', '.join(others)}, which rest on them."
    )


def _whole(new: Codebook, found: Found) -> Change:
    change_class, what = found
    if change_class is ChangeClass.COSMETIC:
        return Change("", change_class, what, (), _KEPT)
    return Change(
        "", change_class, what, tuple(_counted(new)), "All answers have to be confirmed again."
    )


def _added(step: Question, *, is_optional: bool) -> Change:
    if step.derive is not None:
        effect = "Answers carry over; its value follows from them."
        return Change(
            step.id, ChangeClass.ADDITIVE, "new derived value", (), effect, is_whole_question=True
        )
    what = "new optional question" if is_optional else "new question"
    where = "where it is switched on and applies" if is_optional else "where it applies"
    effect = f"Answers carry over; {step.id} is still to be answered {where}."
    return Change(step.id, ChangeClass.ADDITIVE, what, (), effect, is_whole_question=True)


def _removed(step: Question) -> Change:
    what = "question gone" if step.derive is None else "derived value gone"
    effect = "Answers are kept and exported; it is not asked or counted any more."
    return Change(step.id, ChangeClass.REMOVAL, what, (), effect, is_whole_question=True)
