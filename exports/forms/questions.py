"""What both kinds of form take from a codebook: the case, the headings, the examples."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from exports.errors import FormError
from review.codebook import Codebook, Question

CASE: Final = "case"
"""The name of the question for the case: the column that an import of codings looks for."""


def check_names(codebook: Codebook) -> None:
    """Refuse ids that such forms cannot tell apart: they do not go by capital letters.

    Raises:
        FormError: Where two ids, or an id and the name of the case, differ by capitals alone.
    """
    seen = {CASE: CASE}
    for question in codebook.questions:
        other = seen.setdefault(question.id.lower(), question.id)
        if other != question.id or question.id.lower() == CASE:
            raise FormError(
                f"The question {question.id} of {codebook.id} cannot be told from {other}, since "
                "a form does not go by capital letters; give it another id."
            )


def sections(codebook: Codebook) -> list[tuple[str, list[Question]]]:
    """Return the questions under their headings; a heading that comes again stands again."""
    grouped = groupby(codebook.questions, key=lambda question: question.section)
    return [(section, list(questions)) for section, questions in grouped]


def example_text(question: Question) -> str:
    """Return all examples, a line each."""
    return "\n".join(
        f"{question.label_of(example.value)}: {kind}{text}"
        for example in question.examples
        for kind, texts in (("", example.clear), ("not quite: ", example.near_misses))
        for text in texts
    )
