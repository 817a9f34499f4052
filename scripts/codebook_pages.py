"""Write a page for each codebook that ships into ``docs``, from its TOML."""

from __future__ import annotations

from pathlib import Path

from dipsample.codebooks import Offer, offer_of
from exports.forms.questions import sections
from exports.release.conditions import in_words
from review.codebook import Question, QuestionType

CODEBOOKS = ("da-short", "da-full")
DOCS = Path(__file__).resolve().parents[1] / "docs"


def page(codebook_id: str) -> str:
    """Return the page of a codebook as Markdown."""
    offer = offer_of(codebook_id)
    whole = offer.whole
    lines = [
        f"# Codebook {whole.id} {whole.version}",
        "",
        f"Made from `review/codebooks/{whole.id}.toml` by `scripts/codebook_pages.py`; change that "
        "file and run this again.",
        "",
        _size(offer),
        "",
        f"SHA-256 of what a project publishes, without optional questions: `{offer.asked.sha256}`",
        "",
        f"Linked incidents are those within {whole.window_days} days either side.",
    ]
    for section, questions in sections(whole):
        lines += ["", f"## {section}"]
        for question in questions:
            lines += ["", *_question(offer, question)]
    if whole.derived:
        lines += ["", "## Worked out, never asked", ""]
        lines += [
            f"- **{one.id}**: {_plain(one.define)} Yes where {in_words(one.derive)}."
            for one in whole.derived
            if one.derive is not None
        ]
    return "\n".join(lines) + "\n"


def _size(offer: Offer) -> str:
    questions = len(offer.whole.questions)
    if not offer.optional:
        return f"{questions} questions."
    return (
        f"{questions} questions. Of these {', '.join(offer.optional)} are optional: a project asks "
        f"them where it was started with them, as in `dipsample init audit.dip --title T "
        f"--codebook {offer.whole.id} --with {offer.optional[0]}`."
    )


def _question(offer: Offer, question: Question) -> list[str]:
    lines = [f"### {question.id}: {_plain(question.ask)}", "", " ".join(_remarks(offer, question))]
    if question.options:
        lines += ["", "| key | answer | value |", "|---|---|---|"]
        lines += [
            f"| `{one.key}` | {_plain(one.label)} | `{one.value}` |" for one in question.options
        ]
    for paragraph in question.define.splitlines():
        lines += ["", _plain(paragraph)]
    shown = [
        f"- *{_plain(question.label_of(example.value))}*{word}: {_plain(text)}"
        for example in question.examples
        for word, texts in (("", example.clear), (", not quite", example.near_misses))
        for text in texts
    ]
    return [*lines, "", *shown] if shown else lines


def _remarks(offer: Offer, question: Question) -> list[str]:
    condition = question.ask_if
    remarks = ["Always asked." if condition is None else f"Asked where {in_words(condition)}."]
    if question.id in offer.optional:
        remarks.append("Optional.")
    if question.outcome:
        remarks.append("An outcome: coders have to agree on it.")
    if question.type is QuestionType.MULTI:
        remarks.append("Takes several answers.")
    if question.type is QuestionType.TEXT:
        remarks.append(f"A text of at most {question.max_length} characters.")
    if question.required_if is not None:
        remarks.append(f"Required where {in_words(question.required_if)}.")
    if question.quote_if:
        remarks.append(f"Needs a quote for {', '.join(question.quote_if)}.")
    if question.verify_source:
        remarks.append("The source of its wording is to be confirmed before live use.")
    return remarks


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it stands."""
    for sign in ("\\", "*", "_", "`", "<", "|", "[", "#"):
        text = text.replace(sign, f"\\{sign}")
    return text


def main() -> None:
    """Write the pages."""
    for codebook_id in CODEBOOKS:
        path = DOCS / f"codebook-{codebook_id}.md"
        path.write_text(page(codebook_id), encoding="utf-8")


if __name__ == "__main__":
    main()
