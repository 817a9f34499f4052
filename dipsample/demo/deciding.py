"""The scripted adjudicator: decides over codings that differ, by the truth of the example."""

from __future__ import annotations

from dipsample.decision_views import DecisionRow
from dipsample.demo.reviewers import truth_of
from dipsample.demo.truth import CANNOT_DETERMINE, Truth
from review.codebook import Value
from review.decision_events import OverruleReason, Source
from review.ruling import Ruling

CONFIDENCE = "Z3"
"""How sure a coder is: nobody else knows, so the coding on the left stands."""


def ruling_on(row: DecisionRow, truth: Truth) -> Ruling:
    """Return what the adjudicator says of a question that is open.

    A difference over what the record does not tell stays unresolved; any other is settled by the
    truth, with the reason that the answers suggest.

    Args:
        row: The question with the answers of the sides.
        truth: What a perfect reviewer would answer.
    """
    question = row.question.id
    if question == CONFIDENCE:
        side = next(number for number, value in enumerate(row.values) if value)
        source = (Source.CODER_1, Source.CODER_2, Source.CODER_3)[side]
        return Ruling(question, source, reason=OverruleReason.JUDGEMENT)
    answer = truth_of(question, truth)
    if answer == CANNOT_DETERMINE and row.is_conflict:
        return Ruling(question, Source.UNRESOLVED, reason=OverruleReason.RECORD_UNCLEAR)
    return Ruling(question, Source.OWN, (answer,), _reason(row.values, answer))


def _reason(values: tuple[Value, ...], answer: str) -> OverruleReason:
    """Say why the answers that are not the final one are not."""
    wrong = [value for value in values if value and value != (answer,)]
    if (CANNOT_DETERMINE,) in wrong:
        return OverruleReason.JUDGEMENT
    return OverruleReason.MISREAD if ("no",) in wrong else OverruleReason.SLIP
