"""What lies before an adjudicator: the codings side by side, and the final answers so far.

Skip logic runs over the final answers alone. Answers on which all codings agree stand in them
until something else is decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.adjudication_state import Adjudication
from review.applicability import QuestionState, Sheet, read_sheet
from review.codebook import Codebook, Question, QuestionType, Value
from review.coding_state import Coding, Quote
from review.decision_events import QuestionDecided
from review.events import Purpose
from review.fold import Review
from review.handed_in import Compared, Match, agreed_answers, compare, handed_in


@dataclass(frozen=True, slots=True)
class Bench:
    """One case that is being decided, or was."""

    adjudication: Adjudication
    codings: tuple[Coding, ...]
    """From left to right."""
    compared: tuple[Compared, ...]
    """The questions that can conflict, in the order of the codebook."""
    sheet: Sheet
    """What follows from the final answers so far."""

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Questions that still need a decision, in order."""
        return tuple(one.question.id for one in self.compared if self._is_open(one))

    def _is_open(self, one: Compared) -> bool:
        state = self.sheet.state_of(one.question.id)
        if not state.is_required:
            return False
        whole = state.is_counted and all(one.question.groups_of(state.value))
        return not whole or needs_quote(self, state)

    @property
    def unconfirmed(self) -> tuple[Compared, ...]:
        """Questions of the case on which all agree and nothing is decided, in order."""
        return tuple(
            one
            for one in self.compared
            if one.match is Match.AGREED
            and one.question.id not in self.adjudication.decisions
            and self.sheet.state_of(one.question.id).is_counted
        )

    def compared_on(self, question_id: str) -> Compared | None:
        """Return the codings on one question; None for a text, which never conflicts."""
        return next((one for one in self.compared if one.question.id == question_id), None)


def read_bench(review: Review, adjudication: Adjudication) -> Bench:
    """Return what an adjudicator has before them.

    Args:
        review: Everything that was done.
        adjudication: The round of decisions in force; its inputs as they were handed in last.

    Raises:
        ReviewError: Where the project has no codebook.
    """
    by_name = {coding.reviewer: coding for coding in handed_in(review, adjudication.case_id)}
    codings = tuple(by_name[one.reviewer] for one in adjudication.inputs if one.reviewer in by_name)
    sheets = [review.sheet_of(coding) for coding in codings]
    codebook = review.codebook
    compared = () if codebook is None else compare(codebook, sheets)
    sheet = _final_sheet(codebook, adjudication, compared, codings)
    return Bench(adjudication, codings, compared, sheet)


def _final_sheet(
    codebook: Codebook | None,
    adjudication: Adjudication,
    compared: Sequence[Compared],
    codings: Sequence[Coding],
) -> Sheet:
    """Return what follows from what is agreed and decided."""
    assert codebook is not None  # noqa: S101 - a sheet was read with it, or there is no coding
    decided = {question: one.value for question, one in adjudication.decisions.items()}
    answers = {**agreed_answers(compared), **decided}
    return read_sheet(codebook, answers, final_quotes(adjudication, codings))


def final_quotes(adjudication: Adjudication, codings: Sequence[Coding]) -> tuple[Quote, ...]:
    """Return the passages that bear out the final answers: the coders' and the adjudicator's."""
    pinned = [quote for coding in codings for quote in coding.quotes]
    own = [_as_quote(one) for one in adjudication.decisions.values()]
    return tuple(dict.fromkeys((*pinned, *(quote for quote in own if quote is not None))))


def all_quotes(review: Review, case_id: str) -> tuple[Quote, ...]:
    """Return every passage that stands pinned to an answer of a case: coders' and adjudicator's."""
    pinned = [quote for coding in review.codings_of(case_id) for quote in coding.quotes]
    current = review.decisions.adjudication_of(case_id)
    return tuple(pinned) if current is None else (*pinned, *final_quotes(current, ()))


def _as_quote(decided: QuestionDecided) -> Quote | None:
    quote = decided.quote
    if quote is None:
        return None
    return Quote(decided.question, quote.field, quote.start, quote.end, quote.record_sha256)


def needs_quote(bench: Bench, state: QuestionState) -> bool:
    """Say whether a final answer lacks its quote.

    A coding made elsewhere needs none, and so neither does an answer that one of those gave.
    """
    return state.quote_needed and not any(
        coding.purpose is Purpose.IMPORT and coding.answers.get(state.question.id) == state.value
        for coding in bench.codings
    )


def undeterminable(question: Question) -> Value:
    """Return the answer that says that the record does not tell; empty where there is none."""
    missing = question.missing_values
    if question.type is QuestionType.MULTI:
        return tuple(value for value in question.values if value in missing)
    return tuple(value for value in question.values if value in missing)[:1]
