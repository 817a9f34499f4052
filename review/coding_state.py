"""One person's coding of one case, as a fold of that person's events.

An event is taken as it comes, whatever the state: what was written is never dropped, and the
order in which other people's events arrive changes nothing. What may be done is decided before
an event is written, in ``review.coding``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import TypedDict

from review.codebook import Value
from review.codebook_events import AnswerConfirmed, CodingCarriedOver
from review.events import (
    AnswerRedone,
    AnswerSet,
    AnswerUndone,
    CodingDeferred,
    CodingImported,
    CodingOpened,
    CodingRecalled,
    CodingResumed,
    CodingSubmitted,
    DeferralReason,
    Entry,
    NoteSet,
    Purpose,
    QuotePinned,
    QuoteRemoved,
    ReviewEvent,
)


class CodingState(StrEnum):
    """How far one person is with one case."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    DEFERRED = "deferred"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    """Handed in, and fixed because others rest on it."""
    WITHDRAWN = "withdrawn"
    """Taken off its coder before it was handed in; kept, and not counted."""

    @property
    def is_handed_in(self) -> bool:
        """Whether its answers count."""
        return self in (CodingState.SUBMITTED, CodingState.LOCKED)


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of the record that bears out an answer: a position, never the text."""

    question: str
    field: str
    start: int
    """First code point of the field's NFC text, from 0."""
    end: int
    """One past the last code point."""
    record_sha256: str
    """Of the record as it was shown when the quote was pinned."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer was given, replaced or taken back."""

    question: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """A quote was pinned or removed."""

    quote: Quote
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class NoteChange:
    """The note was written anew."""

    old: str
    new: str


Change = AnswerChange | QuoteChange | NoteChange


def opposite(change: Change) -> Change:
    """Return the change that takes a change back."""
    match change:
        case AnswerChange(question, old, new):
            return AnswerChange(question, new, old)
        case QuoteChange(quote, is_pinned):
            return QuoteChange(quote, not is_pinned)
        case NoteChange(old, new):
            return NoteChange(new, old)


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in once, kept whatever happens to the coding afterwards."""

    codebook_sha256: str
    answers: Mapping[str, Value]
    """Every answer given, counted or not."""
    quotes: tuple[Quote, ...]
    purpose: Purpose

    @property
    def head(self) -> str:
        """64 hex digits that change whenever answers, quotes or codebook do; notes do not count.

        SHA-256 of the canonical JSON of codebook, answers by question and quotes in order.
        """
        content = {
            "answers": {question: list(value) for question, value in self.answers.items()},
            "codebook": self.codebook_sha256,
            "quotes": [list(astuple(quote)) for quote in self.quotes],
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Coding:
    """One person's coding of one case, as it stands."""

    case_id: str
    reviewer: str
    codebook_sha256: str
    purpose: Purpose = Purpose.PRIMARY
    state: CodingState = CodingState.NOT_STARTED
    answers: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    """Every answer given, counted or not; a question without answer is absent."""
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    deferral_reason: DeferralReason | None = None
    returned_question: str | None = None
    """What the supervisor asked when sending it back, or said when opening it again; None once it
    is handed in again."""
    done: tuple[Change, ...] = ()
    """Changes that can be undone, the last one last."""
    undone: tuple[Change, ...] = ()
    """Changes that can be redone, the next one last."""
    active_seconds: int = 0
    last_time: str | None = None
    """When its coder last touched it, as claimed."""
    revision: int = 0
    """How many times it has been handed in."""
    source_sha256: str | None = None
    """Of the file that it was imported from."""
    first_submission: Submission | None = None
    """As first handed in, which is what agreement rests on; None before that."""
    first_handed_in: str | None = None
    """When that was, as claimed."""
    last_submission: Submission | None = None
    """As last handed in; None before the first time."""
    reopened_reason: str | None = None
    """Why the supervisor opened it again; None once it is handed in again."""
    unconfirmed: frozenset[str] = frozenset()
    """Questions whose answer was carried over from an earlier version of the codebook, and does
    not count until it is confirmed."""
    carried: frozenset[str] = frozenset()
    """Those of them and those answered anew since: taking the new answer back brings the carried
    one back, unconfirmed."""
    uncounted_events: int = 0
    """Events that its coder wrote after it was locked: kept in the log, and without effect."""

    @property
    def head(self) -> str | None:
        """The head of what was last handed in; None before the first time."""
        return None if self.last_submission is None else self.last_submission.head


class _Fields(TypedDict, total=False):
    """What one event changes: a coding is copied once an event, which keeps folds fast."""

    codebook_sha256: str
    purpose: Purpose
    state: CodingState
    answers: Mapping[str, Value]
    quotes: tuple[Quote, ...]
    note: str
    deferral_reason: DeferralReason | None
    done: tuple[Change, ...]
    undone: tuple[Change, ...]
    active_seconds: int
    revision: int
    source_sha256: str | None
    first_submission: Submission | None
    first_handed_in: str | None
    last_submission: Submission | None
    unconfirmed: frozenset[str]
    carried: frozenset[str]


def apply_to_coding(coding: Coding, entry: Entry) -> Coding:
    """Return the coding after one event of its coder; events of other kinds only mark the time."""
    fields = _fields(coding, entry.event)
    if fields.get("revision") == 1:
        fields["first_handed_in"] = entry.time
    return replace(coding, last_time=entry.time, **fields)


def _fields(coding: Coding, event: ReviewEvent) -> _Fields:
    match event:
        case AnswerSet(question=question, old=old, new=new, active_seconds=seconds):
            fields = _changed(coding, AnswerChange(question, old, new))
            fields["active_seconds"] = coding.active_seconds + seconds
            fields["unconfirmed"] = coding.unconfirmed - {question}
            return fields
        case AnswerUndone(question=question, undone=undone, restored=restored):
            fields = _taken_back(coding, AnswerChange(question, restored, undone))
            if question in coding.carried and not _is_answered_anew(fields["done"], question):
                fields["unconfirmed"] = coding.unconfirmed | {question}
            return fields
        case AnswerRedone(question=question, undone=undone, restored=restored):
            fields = _done_again(coding, AnswerChange(question, undone, restored))
            fields["unconfirmed"] = coding.unconfirmed - {question}
            return fields
        case QuotePinned():
            return _changed_or_reversed(coding, QuoteChange(_quote(event), is_pinned=True))
        case QuoteRemoved():
            found = _pinned(coding, event)
            if found is None:
                return {}
            return _changed_or_reversed(coding, QuoteChange(found, is_pinned=False))
        case NoteSet(text=text):
            return _changed_or_reversed(coding, NoteChange(coding.note, text))
        case _:
            return _moved(coding, event)


def _moved(coding: Coding, event: ReviewEvent) -> _Fields:
    """Return what changes where an event moves a coding from one state to another."""
    match event:
        case CodingOpened(codebook_sha256=sha, purpose=purpose):
            begun = coding.state is not CodingState.NOT_STARTED
            state = coding.state if begun else CodingState.DRAFT
            return {"codebook_sha256": sha, "purpose": purpose, "state": state}
        case CodingCarriedOver():
            return _carried_over(coding, event)
        case AnswerConfirmed(question=question):
            return {
                "unconfirmed": coding.unconfirmed - {question},
                "carried": coding.carried - {question},
            }
        case CodingDeferred(reason=reason):
            return {"state": CodingState.DEFERRED, "deferral_reason": reason}
        case CodingResumed() | CodingRecalled():
            return {"state": CodingState.DRAFT, "deferral_reason": None}
        case CodingSubmitted():
            return _handed_in(
                coding,
                Submission(coding.codebook_sha256, coding.answers, coding.quotes, coding.purpose),
            )
        case CodingImported(codebook_sha256=sha, answers=answers, source_sha256=source):
            given = MappingProxyType({one.question: one.value for one in answers if one.value})
            fields = _handed_in(coding, Submission(sha, given, coding.quotes, Purpose.IMPORT))
            fields["codebook_sha256"] = sha
            fields["purpose"] = Purpose.IMPORT
            fields["answers"] = given
            fields["source_sha256"] = source
            return fields
        case _:
            return {}


def _carried_over(coding: Coding, event: CodingCarriedOver) -> _Fields:
    """Take a coding up under a later version: a draft again where there is something to do.

    What was done before cannot be undone any more, since it may have meant something else.
    """
    confirm = frozenset(event.confirm)
    has_work = bool(event.confirm or event.answer)
    reopens = has_work and coding.state is CodingState.SUBMITTED
    return {
        "codebook_sha256": event.codebook_sha256,
        "state": CodingState.DRAFT if reopens else coding.state,
        "unconfirmed": confirm,
        "carried": confirm,
        "done": (),
        "undone": (),
    }


def _is_answered_anew(done: tuple[Change, ...], question: str) -> bool:
    """Say whether a question was answered since its coding was carried over."""
    return any(isinstance(one, AnswerChange) and one.question == question for one in done)


def _handed_in(coding: Coding, submission: Submission) -> _Fields:
    """Hand a coding in; its changes can be taken back by recall, no longer by undo."""
    return {
        "state": CodingState.SUBMITTED,
        "revision": coding.revision + 1,
        "first_submission": coding.first_submission or submission,
        "last_submission": submission,
        "deferral_reason": None,
        "done": (),
        "undone": (),
    }


def _put(coding: Coding, change: Change) -> _Fields:
    """Bring about a change, without remembering it."""
    match change:
        case AnswerChange(question, _, new):
            answers = {**coding.answers, question: new}
            if not new:
                del answers[question]
            return {"answers": MappingProxyType(answers)}
        case QuoteChange(quote, is_pinned):
            others = tuple(one for one in coding.quotes if one != quote)
            pinned = (*others, quote) if is_pinned else others
            return {"quotes": tuple(sorted(pinned, key=astuple))}
        case NoteChange(_, new):
            return {"note": new}


def _changed(coding: Coding, change: Change) -> _Fields:
    """Bring about a new change; what had been undone cannot be redone any more."""
    fields = _put(coding, change)
    fields["done"] = (*coding.done, change)
    fields["undone"] = ()
    return fields


def _taken_back(coding: Coding, change: Change) -> _Fields:
    """Take back a change, the last one unless the log is odd."""
    fields = _put(coding, opposite(change))
    fields["done"] = coding.done[:-1] if coding.done[-1:] == (change,) else coding.done
    fields["undone"] = (*coding.undone, change)
    return fields


def _done_again(coding: Coding, change: Change) -> _Fields:
    """Bring about again a change that had been taken back."""
    fields = _put(coding, change)
    fields["done"] = (*coding.done, change)
    fields["undone"] = coding.undone[:-1] if coding.undone[-1:] == (change,) else coding.undone
    return fields


def _changed_or_reversed(coding: Coding, change: Change) -> _Fields:
    """Bring about a change of quotes or note, which have no events of their own for undo.

    A change that exactly reverses the last one is its undo; one that repeats what was undone last
    is its redo.
    """
    if coding.done[-1:] == (opposite(change),):
        return _taken_back(coding, coding.done[-1])
    if coding.undone[-1:] == (change,):
        return _done_again(coding, change)
    return _changed(coding, change)


def _quote(event: QuotePinned) -> Quote:
    return Quote(event.question, event.field, event.start, event.end, event.record_sha256)


def _pinned(coding: Coding, event: QuoteRemoved) -> Quote | None:
    """Return the quote that an event takes off, or None where it is not pinned."""
    place = (event.question, event.field, event.start, event.end)
    return next(
        (one for one in coding.quotes if (one.question, one.field, one.start, one.end) == place),
        None,
    )
