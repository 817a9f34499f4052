"""A codebook in the making: what was read from a form, and how it is written as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from review.codebook import PARTIES
from review.conditions import Condition, condition_body

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_PARTY_LABELS: Final = ("Party A: ", "Party B: ")
_MISSING: Final = ("cannot_determine", "not_recorded", "not_known", "unknown", "dont_know")
"""Answers that say that the record does not tell, where the form marks none; the first found."""
_KEYS: Final = {"yes": "y", "no": "n", "party_a": "a", "party_b": "b", "both": "o", "neither": "n"}
_OTHERS: Final = "123456789abcdefghijklmnopqrstvwxyz0"


@dataclass(frozen=True, slots=True)
class DraftOption:
    """One answer of a form."""

    value: str
    label: str
    key: str = ""
    """Empty where the form gives none."""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """One question of a form, in the words of a codebook."""

    id: str
    section: str
    ask: str
    type: str
    """single, multi, integer or text."""
    define: str = ""
    options: tuple[DraftOption, ...] = ()
    examples: tuple[tuple[str, bool, str], ...] = ()
    """Answer, whether it is a near miss, text."""
    ask_if: Condition | None = None
    required_if: Condition | None = None
    span: tuple[int, int] | None = None
    max_length: int | None = None

    @property
    def missing(self) -> frozenset[str]:
        """The answers that say that the record does not tell."""
        first, second = (f"{party}_" for party in PARTIES)
        own = [one for one in self.options if not (self.by_party and one.value.startswith(second))]
        names = {one.value.removeprefix(first) if self.by_party else one.value: one for one in own}
        found: list[str] = [name for name, one in names.items() if one.key == "u"]
        if not found and not all(one.key for one in own):
            found = [str(name) for name in _MISSING if name in names][:1]
        if self.by_party:
            return frozenset(f"{party}_{name}" for party in PARTIES for name in found)
        return frozenset(found)

    @property
    def by_party(self) -> bool:
        """Whether it offers the same answers for Party A and for Party B apart."""
        if self.type != "multi" or not self.options:
            return False
        halves = [
            [
                (one.value.removeprefix(f"{party}_"), one.label.removeprefix(label))
                for one in self.options
                if one.value.startswith(f"{party}_") and one.label.startswith(label)
            ]
            for party, label in zip(PARTIES, _PARTY_LABELS, strict=True)
        ]
        return halves[0] == halves[1] and 2 * len(halves[0]) == len(self.options)


@dataclass(frozen=True, slots=True)
class DraftCodebook:
    """A form, in the words of a codebook."""

    id: str
    version: str
    questions: tuple[DraftQuestion, ...]


def written(draft: DraftCodebook, *, window_days: int) -> str:
    """Return a draft as the TOML of a codebook.

    Keys that the form does not give are dealt by the house rule: y, n, u for yes, no and what the
    record does not tell, a, b, o, n for the parties, digits and then letters for the others.

    Args:
        draft: What was read.
        window_days: Days either side of the incident in which another is linked.
    """
    lines = ["format = 1", f"id = {_text(draft.id)}", f"version = {_text(draft.version)}"]
    lines.append(f"window_days = {window_days}")
    lists: dict[tuple[str, ...], str] = {}
    for question in draft.questions:
        if question.options:
            lists.setdefault(tuple(_offer(question)), f"answers_{len(lists) + 1}")
    for offer, name in lists.items():
        lines += ["", f"[answers.{name}]", *offer]
    for question in draft.questions:
        lines += ["", *_question(question, lists)]
    return "\n".join(lines) + "\n"


def _question(question: DraftQuestion, lists: dict[tuple[str, ...], str]) -> Iterator[str]:
    yield "[[question]]"
    yield f"id = {_text(question.id)}"
    if question.section:
        yield f"section = {_text(question.section)}"
    yield f"ask = {_text(question.ask)}"
    if question.type != "single":
        yield f"type = {_text('multi_by_party' if question.by_party else question.type)}"
    if question.options:
        yield f"answers = {_text(lists[tuple(_offer(question))])}"
    if question.span is not None:
        yield f"min = {question.span[0]}"
        yield f"max = {question.span[1]}"
    if question.max_length is not None:
        yield f"max_length = {question.max_length}"
    for name, condition in (("ask_if", question.ask_if), ("required_if", question.required_if)):
        if condition is not None:
            yield f"{name} = {_inline(condition_body(condition))}"
    if question.type != "text" and not question.missing:
        yield "closed = true"
    if question.define:
        yield f"define = {_paragraphs(question.define)}"
    yield from _examples(question)


def _examples(question: DraftQuestion) -> Iterator[str]:
    for value in dict.fromkeys(value for value, _, _ in question.examples):
        yield ""
        yield f"[question.examples.{_name(value)}]"
        for name, is_near in (("clear", False), ("near_misses", True)):
            texts = [t for v, near, t in question.examples if v == value and near is is_near]
            if texts:
                yield f"{name} = [{', '.join(map(_text, texts))}]"


def _offer(question: DraftQuestion) -> Iterator[str]:
    """Yield the lines of a list of answers."""
    keys = _keys(question)
    if not question.by_party:
        for one in question.options:
            fields = [f"key = {_text(keys[one.value])}", f"label = {_text(one.label)}"]
            yield _option(one.value, fields, one, question)
        return
    for one in question.options[: len(question.options) // 2]:
        value = one.value.removeprefix(f"{PARTIES[0]}_")
        fields = [
            f"key = {_text(keys[one.value])}",
            f"key_b = {_text(keys[f'{PARTIES[1]}_{value}'])}",
            f"label = {_text(one.label.removeprefix(_PARTY_LABELS[0]))}",
        ]
        yield _option(value, fields, one, question)


def _option(value: str, fields: list[str], one: DraftOption, question: DraftQuestion) -> str:
    if one.value in question.missing:
        fields.append("missing = true")
    elif one.alone:
        fields.append("alone = true")
    return f"{_name(value)} = {{{', '.join(fields)}}}"


def _keys(question: DraftQuestion) -> dict[str, str]:
    """Return the key of each answer: those of the form, and the others by the house rule."""
    keys = {one.value: one.key for one in question.options if one.key}
    for one in question.options:
        wanted = _KEYS.get(one.value)
        if one.value in question.missing and not one.value.startswith(f"{PARTIES[1]}_"):
            wanted = "u"
        if wanted and one.value not in keys and wanted not in keys.values():
            keys[one.value] = wanted
    for one in question.options:
        if one.value not in keys:
            # Beyond 35 answers there is no key left; the checks of the codebook then say so.
            keys[one.value] = next((key for key in _OTHERS if key not in keys.values()), "")
    return keys


def _name(text: str) -> str:
    return text if _BARE.fullmatch(text) else _text(text)


def _text(text: str) -> str:
    """Return a TOML string; JSON's escapes are TOML's, but for the one character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _paragraphs(text: str) -> str:
    """Return a text of several lines as TOML that keeps them."""
    if "\n" not in text:
        return _text(text)
    lines = (_text(line)[1:-1] for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'


def _inline(body: object) -> str:
    """Return plain data as TOML on one line."""
    match body:
        case dict():
            fields = (f"{_name(key)} = {_inline(_operand(key, one))}" for key, one in body.items())
            return "{" + ", ".join(fields) + "}"
        case list():
            return "[" + ", ".join(map(_inline, body)) + "]"
        case str():
            return _text(body)
        case _:
            return str(body)


def _operand(key: str, value: object) -> object:
    """Return the operand of a comparison as a number, and of ``answered`` as a bare word."""
    is_bare = key in ("gt", "gte", "lt", "lte", "answered") and isinstance(value, str)
    return _Bare(value) if is_bare else value


class _Bare:
    """A word that stands in TOML without quotes."""

    def __init__(self, word: object) -> None:
        self._word = word

    def __str__(self) -> str:
        return str(self._word)
