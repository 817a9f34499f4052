"""What may stand as an answer to a question, from the keyboard and from files alike."""

from __future__ import annotations

import re
import unicodedata
from typing import assert_never

from review.codebook import Question, QuestionType, Value
from sampling.refusal import Refusal

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")


def read_answer(question: Question, value: Value) -> Value | Refusal:
    """Return an answer in its one form, or why it is none.

    Several answers come in codebook order, once each; a text is NFC, without space around it.

    Args:
        question: What is answered.
        value: The answer; empty (or an empty text) is no answer, and always allowed.
    """
    given = tuple(one for one in value if one)
    if not given:
        return ()
    match question.type:
        case QuestionType.TEXT:
            return _text(question, given)
        case QuestionType.INTEGER:
            return _integer(question, given)
        case QuestionType.SINGLE:
            if len(given) > 1:
                return _refused(question, "takes one answer")
            return given if given[0] in question.values else _unknown(question)
        case QuestionType.MULTI:
            return _several(question, given)
    assert_never(question.type)


def _several(question: Question, given: Value) -> Value | Refusal:
    if not set(given) <= set(question.values):
        return _unknown(question)
    alone = {option.value for option in question.options if option.stands_alone}
    for group in question.groups_of(given):
        if len(set(group)) > 1 and (first := next((one for one in group if one in alone), None)):
            label = question.label_of(first)
            return _refused(question, f'cannot have "{label}" beside another answer')
    return tuple(one for one in question.values if one in given)


def _integer(question: Question, given: Value) -> Value | Refusal:
    if len(given) > 1:
        return _refused(question, "takes one number")
    if given[0] in question.values:
        return given
    low, high = question.minimum, question.maximum
    if low is None or high is None or not _WHOLE_NUMBER.fullmatch(given[0]):
        return _refused(question, "takes a whole number")
    number = int(given[0])
    return (
        (str(number),)
        if low <= number <= high
        else _refused(question, f"takes a whole number from {low} to {high}")
    )


def _text(question: Question, given: Value) -> Value | Refusal:
    joined = "\n".join(given).replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", joined).strip()
    if _CONTROL.search(text):
        return _refused(question, "holds a control character")
    limit = question.max_length or 0
    if len(text) > limit:
        return _refused(question, f"takes at most {limit} characters, and this has {len(text)}")
    return (text,) if text else ()


def _unknown(question: Question) -> Refusal:
    return _refused(question, "offers no such answer")


def _refused(question: Question, why: str) -> Refusal:
    way_out = (
        f"Use one of {', '.join(question.values)}."
        if question.options
        else "Enter it again in that form."
    )
    return Refusal("not-an-answer", f"{question.id} {why}.", way_out)
