"""Examples of answers, read back from the lines in which a form carries them."""

from __future__ import annotations

from dataclasses import replace

from exports.forms.draft import DraftQuestion

NEAR_MISS = "not quite: "


def with_examples(question: DraftQuestion, text: str) -> DraftQuestion:
    """Return a question with the examples of a text in which every line begins with an answer.

    A text in other words joins the definition, so that nothing is lost.
    """
    found = []
    labels = sorted(question.options, key=lambda one: len(one.label), reverse=True)
    for line in text.split("\n") if text else ():
        option = next((one for one in labels if line.startswith(f"{one.label}: ")), None)
        if option is None:
            parts = (question.define, text)
            return replace(question, define="\n".join(part for part in parts if part))
        words = line.removeprefix(f"{option.label}: ")
        is_near = words.startswith(NEAR_MISS)
        found.append((option.value, is_near, words.removeprefix(NEAR_MISS)))
    return replace(question, examples=tuple(found))
