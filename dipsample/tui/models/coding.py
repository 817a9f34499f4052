"""What the coding screen and plain mode show of one case and one question.

A view-model is built from the coder's own :class:`~dipsample.views.CaseFile` alone, so it holds
nothing of anybody else's coding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dipsample.tui.commands import Need
from dipsample.tui.drawing.choice import Chosen, OptionView
from dipsample.tui.drawing.record import Passage, Place
from review.applicability import Applicability, QuestionState
from review.codebook import QuestionType
from review.coding_state import CodingState

if TYPE_CHECKING:
    from dipsample.views import CaseFile
    from review.applicability import Sheet
    from review.codebook import Question


class Glyph(StrEnum):
    """How a question stands in the checklist."""

    ANSWERED = "x"
    QUOTE_NEEDED = "q"
    UNCONFIRMED = "r"
    OPEN = "."
    HERE = ">"
    PENDING = "~"
    NOT_ASKED = "/"
    OPTIONAL = "-"


GLYPH_WORDS: Mapping[Glyph, str] = {
    Glyph.ANSWERED: "answered",
    Glyph.QUOTE_NEEDED: "answered, needs a quote",
    Glyph.UNCONFIRMED: "from an earlier codebook: Enter confirms",
    Glyph.OPEN: "open",
    Glyph.HERE: "the question on the screen",
    Glyph.PENDING: "waits for an answer above",
    Glyph.NOT_ASKED: "not asked of this case",
    Glyph.OPTIONAL: "may be left empty",
}


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One question in the checklist."""

    question_id: str
    glyph: Glyph


@dataclass(frozen=True, slots=True)
class PinnedQuote:
    """A quote of the question on the screen."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The question on the screen."""

    id: str
    ask: str
    define: str
    type: QuestionType
    options: tuple[OptionView, ...]
    is_outcome: bool
    is_required: bool
    is_unconfirmed: bool
    """Whether its answer comes from an earlier version of the codebook and does not count yet."""
    quote_needed: bool
    applicability: Applicability
    text: str
    """The answer of a text or integer question; empty where there is none."""
    answer_words: str
    """The answer in words; empty where there is none."""
    quotes: tuple[PinnedQuote, ...]

    @property
    def answer_keys(self) -> tuple[str, ...]:
        """The keys that answer it now."""
        if self.applicability is not Applicability.APPLICABLE:
            return ()
        return tuple(option.key for option in self.options)


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How far the queue is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CodingView:
    """Everything that the screen of one case shows."""

    case_id: str
    passages: tuple[Passage, ...]
    question: QuestionView
    progress: str
    """How many questions are answered and how many can be left, such as
    ``3 answered, up to 14 left``."""
    checklist: tuple[CheckItem, ...]
    blockers: tuple[str, ...]
    quotes: tuple[Place, ...]
    """Of all questions."""
    note: str
    counts: CaseCounts
    state: CodingState
    returned: str
    """The supervisor's question with which the case came back; empty: it did not."""
    is_referred: bool
    active_seconds: int
    has: frozenset[Need]

    @property
    def is_complete(self) -> bool:
        """Whether it can be handed in."""
        return not self.blockers


def passages_of(file: CaseFile) -> tuple[Passage, ...]:
    """Return the record; a project without a record column shows the kept columns instead."""
    shown = file.record or file.kept
    return tuple(Passage(field, text) for field, text in shown.items())


def coding_view(
    file: CaseFile, *, question_id: str, counts: CaseCounts, active_seconds: int
) -> CodingView:
    """Return what is shown of a case.

    Args:
        file: The case as its coder sees it.
        question_id: The question on the screen.
        counts: How far the queue is.
        active_seconds: Seconds of work not yet in the log.
    """
    passages = passages_of(file)
    return CodingView(
        case_id=file.case_id,
        passages=passages,
        question=_question_view(file, passages, file.sheet.state_of(question_id)),
        progress=progress_words(file.sheet),
        checklist=tuple(
            CheckItem(s.question.id, _glyph(s, is_here=s.question.id == question_id))
            for s in file.sheet.questions
        ),
        blockers=tuple(blocker.reason for blocker in file.sheet.blockers),
        quotes=tuple(Place(q.field, q.start, q.end) for q in file.coding.quotes),
        note=file.coding.note,
        counts=counts,
        state=file.coding.state,
        returned=file.coding.returned_question or "",
        is_referred=file.is_referred,
        active_seconds=file.coding.active_seconds + active_seconds,
        has=_has(file.coding.state),
    )


def progress_words(sheet: Sheet) -> str:
    """Return how far a coding is; questions that open on the way are in what can be left."""
    done, most = sheet.answered_count, sheet.most_left
    if not most:
        return f"all {done} answered"
    bound = "" if most == sheet.applicable_count - done else "up to "
    return f"{done} answered, {bound}{most} left"


def _has(state: CodingState) -> frozenset[Need]:
    match state:
        case CodingState.SUBMITTED:
            return frozenset({Need.SUBMITTED, Need.CASES})
        case CodingState.LOCKED | CodingState.WITHDRAWN:
            return frozenset({Need.CASES})
        case CodingState.DEFERRED:
            return frozenset({Need.OPEN_CODING, Need.DEFERRED, Need.CASES})
        case _:
            return frozenset({Need.OPEN_CODING, Need.NOT_DEFERRED, Need.CASES})


def _glyph(state: QuestionState, *, is_here: bool) -> Glyph:
    if is_here:
        return Glyph.HERE
    match state.applicability:
        case Applicability.PENDING:
            return Glyph.PENDING
        case Applicability.NOT_APPLICABLE:
            return Glyph.NOT_ASKED
        case Applicability.APPLICABLE:
            pass
    if state.is_unconfirmed:
        return Glyph.UNCONFIRMED
    if state.quote_needed:
        return Glyph.QUOTE_NEEDED
    if state.is_counted:
        return Glyph.ANSWERED
    return Glyph.OPEN if state.is_required else Glyph.OPTIONAL


def _question_view(
    file: CaseFile, passages: tuple[Passage, ...], state: QuestionState
) -> QuestionView:
    question = state.question
    texts = {passage.field: passage.text for passage in passages}
    return QuestionView(
        id=question.id,
        ask=question.ask,
        define=question.define,
        type=question.type,
        options=_options(question, state),
        is_outcome=question.outcome,
        is_required=state.is_required,
        is_unconfirmed=state.is_unconfirmed,
        quote_needed=state.quote_needed,
        applicability=state.applicability,
        text="" if question.options or not state.value else state.value[0],
        answer_words=", ".join(question.label_of(value) for value in state.value),
        quotes=tuple(
            PinnedQuote(
                Place(quote.field, quote.start, quote.end),
                texts.get(quote.field, "")[quote.start : quote.end],
            )
            for quote in file.coding.quotes
            if quote.question == question.id
        ),
    )


def _options(question: Question, state: QuestionState) -> tuple[OptionView, ...]:
    kept = Chosen.UNCONFIRMED if state.is_unconfirmed else Chosen.KEPT
    chosen = Chosen.YES if state.is_counted else kept
    return tuple(
        OptionView(option.key, option.label, chosen if option.value in state.value else Chosen.NO)
        for option in question.options
    )
