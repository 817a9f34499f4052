"""``dipsample codebook show``."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dipsample.cli.console import Format, counted, say, say_json, say_table
from dipsample.cli.options import format_option, questions_option, with_option

if TYPE_CHECKING:
    from dipsample.codebooks import Offer
    from review.codebook import Question
    from review.conditions import Condition

COLUMNS = (
    "question",
    "section",
    "ask",
    "type",
    "asked_when",
    "answers",
    "optional",
    "outcome",
    "required_when",
    "quote_for",
    "verify_source",
    "define",
)
WIDTH = 96
INDENT = "    "


@click.command(
    name="show",
    short_help="Print the questions with their keys and definitions.",
    epilog="Examples: dipsample codebook show; dipsample codebook show da-full --question C1,P4; "
    "dipsample codebook show ours.toml --format json",
)
@click.argument("codebook", metavar="[da-short|da-full|FILE.toml]", default="da-short")
@questions_option
@with_option
@format_option
def command(
    codebook: str, questions: tuple[str, ...], switched_on: tuple[str, ...], layout: Format
) -> None:
    """Print the questions of a codebook that ships, da-short unless given, or of a file.

    Optional questions are shown and marked. The SHA-256 is that of the codebook as a project
    publishes it, with the optional questions of --with and no others.
    """
    from dipsample.codebooks import offer_of

    offer = offer_of(codebook, switched_on=switched_on)
    shown = [offer.whole.question(name) for name in questions] or [*offer.whole.steps]
    match layout:
        case Format.JSON:
            say_json(_as_json(offer, shown))
        case Format.CSV:
            rows = [_cells(offer, question) for question in shown if question.derive is None]
            say_table(COLUMNS, rows, layout=layout)
        case Format.TEXT:
            if not questions:
                _print_head(offer)
            for question in shown:
                _print(offer, question)


def _print_head(offer: Offer) -> None:
    codebook = offer.asked
    number = counted(len(offer.whole.questions), "question")
    optional = f", {len(offer.optional)} of them optional" if offer.optional else ""
    say(f"{codebook.id} {codebook.version}: {number}{optional}; window {codebook.window_days} days")
    say(f"SHA-256 {codebook.sha256}, asking {len(codebook.questions)}")


def _print(offer: Offer, question: Question) -> None:
    say()
    for line in _wrapped(f"{question.id}  {question.ask or '(not asked)'}", indent=""):
        say(line)
    for line in _wrapped(" ".join(_remarks(offer, question))):
        say(line)
    if question.derive is None:
        for option in question.options:
            say(f"{INDENT}  {option.key}  {option.label}  ({option.value})")
    for paragraph in question.define.splitlines():
        for line in _wrapped(paragraph):
            say(line)
    for example in question.examples:
        label = question.label_of(example.value)
        for word, texts in (("e.g.", example.clear), ("not quite:", example.near_misses)):
            for text in texts:
                for line in _wrapped(f"{label}, {word} {text}", indent=INDENT + "  "):
                    say(line)


def _remarks(offer: Offer, question: Question) -> list[str]:
    """Return what else is to be known of a question, a sentence each."""
    from exports.release.conditions import in_words

    asked = "Always asked." if question.ask_if is None else f"Asked when {_when(question)}."
    if question.derive is not None:
        asked = f"Follows from the answers: yes when {in_words(question.derive)}."
    remarks = [asked]
    if question.id in offer.optional:
        remarks.append("Optional: a project switches it on.")
    if question.outcome:
        remarks.append("Outcome: coders have to agree on it.")
    if question.type.value == "multi":
        remarks.append("Takes several answers.")
    if question.required_if is not None:
        remarks.append(f"Required when {in_words(question.required_if)}.")
    if question.quote_if:
        remarks.append(f"Needs a quote for {', '.join(question.quote_if)}.")
    if question.verify_source:
        remarks.append("Its wording rests on a source to be confirmed before live use.")
    return remarks


def _when(question: Question) -> str:
    from exports.release.conditions import in_words

    return "" if question.ask_if is None else in_words(question.ask_if)


def _wrapped(text: str, *, indent: str = INDENT) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent or INDENT)


def _cells(offer: Offer, question: Question) -> Sequence[object]:
    from exports.release.conditions import in_words

    required = question.required_if
    return (
        question.id,
        question.section,
        question.ask,
        question.type.value,
        _when(question),
        "; ".join(f"{one.key} {one.value}: {one.label}" for one in question.options),
        _yes(question.id in offer.optional),
        _yes(question.outcome),
        "" if required is None else in_words(required),
        " ".join(question.quote_if),
        _yes(question.verify_source),
        question.define,
    )


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _as_json(offer: Offer, shown: Sequence[Question]) -> dict[str, object]:
    codebook = offer.asked
    return {
        "id": codebook.id,
        "version": codebook.version,
        "sha256": codebook.sha256,
        "window_days": codebook.window_days,
        "questions": [_question(offer, one) for one in shown if one.derive is None],
        "derived": [
            {"id": one.id, "yes_when": _rule(one.derive), "define": one.define}
            for one in shown
            if one.derive is not None
        ],
    }


def _question(offer: Offer, question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "section": question.section,
        "ask": question.ask,
        "type": question.type.value,
        "by_party": question.by_party,
        "optional": question.id in offer.optional,
        "asked": question.id in offer.asked.by_id,
        "outcome": question.outcome,
        "verify_source": question.verify_source,
        "asked_when": _when(question) or None,
        "ask_if": _rule(question.ask_if),
        "required_if": _rule(question.required_if),
        "quote_for": list(question.quote_if),
        "answers": [
            {
                "value": one.value,
                "key": one.key,
                "label": one.label,
                "missing": one.missing,
                "alone": one.stands_alone,
            }
            for one in question.options
        ],
        "max_length": question.max_length,
        "min": question.minimum,
        "max": question.maximum,
        "define": question.define,
        "examples": [
            {"value": one.value, "clear": list(one.clear), "near_misses": list(one.near_misses)}
            for one in question.examples
        ],
    }


def _rule(condition: Condition | None) -> dict[str, object] | None:
    from review.conditions import condition_body

    return None if condition is None else condition_body(condition)
