"""What a read-only page shows of one case: the record, and each coder's answers side by side.

It is made of ready strings, so that every page that sets codings beside each other can draw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dipsample.tui.drawing.record import Passage, Place
from dipsample.tui.models.queue import STATE_WORDS
from dipsample.tui.models.times import day_and_time
from dipsample.wording import state_words
from review.applicability import Applicability

if TYPE_CHECKING:
    from dipsample.views import CaseSeen, CodingSeen
    from review.applicability import QuestionState
    from review.codebook import Question

NOT_ASKED = "not asked"
OPEN = "-"
SILENT_CHECK = "silent check, never counted"


@dataclass(frozen=True, slots=True)
class CoderColumn:
    """One coder of the case, or what was decided over their codings."""

    code: str
    state: str
    note: str
    returned: str
    """What the supervisor asked when sending it back; empty: it was not sent back."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question and what each coder said."""

    question_id: str
    ask: str
    answers: tuple[str, ...]
    """In words, in the order of the coders."""
    quotes: tuple[tuple[str, str], ...]
    """Code of the coder and the words of the record, in the order of the coders."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A flag or a referral, and what became of it."""

    head: str
    text: str
    answer: str
    """Empty while it waits."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, to read."""

    case_id: str
    state: str
    passages: tuple[Passage, ...]
    quotes: tuple[Place, ...]
    coders: tuple[CoderColumn, ...]
    rows: tuple[AnswerRow, ...]
    """Questions that somebody answered, or could have."""
    remarks: tuple[Remark, ...]
    """Referrals first."""


def case_view(seen: CaseSeen) -> CaseView:
    """Return what the page of a case shows."""
    return CaseView(
        case_id=seen.case_id,
        state=SILENT_CHECK
        if seen.expected is not None
        else state_words(
            seen.state.value,
            has_open_referral=any(one.acknowledged is None for one in seen.referrals),
        ),
        passages=tuple(Passage(field, text) for field, text in seen.record.items()),
        quotes=tuple(
            Place(quote.field, quote.start, quote.end)
            for one in seen.codings
            for quote in one.coding.quotes
        ),
        coders=(
            *_key_column(seen),
            *(_column(one) for one in seen.codings),
            *(() if seen.decided is None else (CoderColumn("FINAL", "decided", "", ""),)),
        ),
        rows=_rows(seen),
        remarks=(
            *(
                Remark(
                    f"LIVE RISK, {one.code}, {day_and_time(one.time)}", "", one.acknowledged or ""
                )
                for one in seen.referrals
            ),
            *(
                Remark(
                    f"{one.kind.value.replace('_', ' ')}, {one.code}, {day_and_time(one.time)}",
                    one.text,
                    one.answer or "",
                )
                for one in seen.flags
            ),
        ),
    )


def _key_column(seen: CaseSeen) -> tuple[CoderColumn, ...]:
    """Return the column of expected answers of a silent check that somebody has begun."""
    has_key = seen.expected is not None and seen.codings
    return (CoderColumn("key", "expected", "", ""),) if has_key else ()


def _column(one: CodingSeen) -> CoderColumn:
    coding = one.coding
    return CoderColumn(
        one.code, STATE_WORDS[coding.state], coding.note, coding.returned_question or ""
    )


def _rows(seen: CaseSeen) -> tuple[AnswerRow, ...]:
    sheets = [one.sheet for one in seen.codings]
    if seen.decided is not None:
        sheets.append(seen.decided)
    order = dict.fromkeys(state.question.id for sheet in sheets for state in sheet.questions)
    rows = []
    for question_id in order:
        states = [sheet.by_id.get(question_id) for sheet in sheets]
        if any(state is not None and _is_of_interest(state) for state in states):
            question = next(state.question for state in states if state is not None)
            answers = (*_key_answer(seen, question), *(_answer(state) for state in states))
            rows.append(AnswerRow(question_id, question.ask, answers, _quotes(seen, question_id)))
    return tuple(rows)


def _key_answer(seen: CaseSeen, question: Question) -> tuple[str, ...]:
    if seen.expected is None:
        return ()
    values = seen.expected.get(question.id, "").split("|")
    return (", ".join(question.label_of(value) for value in values if value) or OPEN,)


def _is_of_interest(state: QuestionState) -> bool:
    return bool(state.value) or state.applicability is not Applicability.NOT_APPLICABLE


def _answer(state: QuestionState | None) -> str:
    if state is None or (not state.value and state.applicability is Applicability.NOT_APPLICABLE):
        return NOT_ASKED
    if not state.value:
        return OPEN
    words = ", ".join(state.question.label_of(value) for value in state.value)
    return words if state.is_counted else f"{words} (kept, not counted)"


def _quotes(seen: CaseSeen, question_id: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.code, seen.record.get(quote.field, "")[quote.start : quote.end])
        for one in seen.codings
        for quote in one.coding.quotes
        if quote.question == question_id
    )
