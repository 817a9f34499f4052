"""What a coder may do to a coding: each rule returns events, or a refusal that says why.

The rules are pure. Time, the writer and the case of an event are added by whoever writes it
down; the state that the events lead to is ``review.coding_state``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from review.answers import read_answer
from review.applicability import Applicability, read_sheet
from review.codebook import Codebook, Question, Value
from review.coding_state import (
    AnswerChange,
    Change,
    Coding,
    CodingState,
    NoteChange,
    Quote,
    QuoteChange,
    apply_to_coding,
)
from review.events import (
    AnswerRedone,
    AnswerSet,
    AnswerUndone,
    CodingDeferred,
    CodingOpened,
    CodingRecalled,
    CodingResumed,
    CodingSubmitted,
    DeferralReason,
    FlagKind,
    FlagRaised,
    NoteSet,
    QuotePinned,
    QuoteRemoved,
    ReviewEvent,
    RiskReferred,
)
from sampling.refusal import Refusal

__all__ = [
    "Coding",
    "CodingState",
    "Quote",
    "apply_to_coding",
    "defer",
    "open_coding",
    "pin_quote",
    "raise_flag",
    "recall",
    "redo",
    "refer_risk",
    "remove_quote",
    "resume",
    "set_answer",
    "set_note",
    "submit",
    "undo",
]

Decision = tuple[ReviewEvent, ...] | Refusal

RISK_QUESTION = "Z5"
RISK_ANSWER = "yes"
MAX_NOTE_LENGTH = 4000
MAX_FLAG_LENGTH = 1000


def open_coding(coding: Coding) -> tuple[ReviewEvent, ...]:
    """Begin a coding; nothing where it was begun before."""
    if coding.state is not CodingState.NOT_STARTED:
        return ()
    return (CodingOpened(codebook_sha256=coding.codebook_sha256),)


def set_answer(
    coding: Coding, codebook: Codebook, question_id: str, value: Value, *, active_seconds: int = 0
) -> Decision:
    """Answer a question, replace its answer, or take it back.

    Args:
        coding: As it stands; it is begun or taken up again where need be.
        codebook: The one that the coding is bound to.
        question_id: A question that the case asks.
        value: The answer; empty takes it back, which is allowed for any question.
        active_seconds: Time spent on it, idle time left out.

    Returns:
        Events; none where the answer stands already. Yes to the safeguarding question makes a
        referral as well.

    Raises:
        CodebookError: Where the codebook has no such question.
    """
    question = codebook.question(question_id)
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    new = read_answer(question, value)
    if isinstance(new, Refusal):
        return new
    if new and (refusal := _why_not_asked(coding, codebook, question)) is not None:
        return refusal
    old = coding.answers.get(question_id, ())
    if new == old:
        return ()
    set_event = AnswerSet(question=question_id, old=old, new=new, active_seconds=active_seconds)
    is_risk = question_id == RISK_QUESTION and RISK_ANSWER in new
    return (*ready, set_event, *((RiskReferred(),) if is_risk else ()))


def undo(coding: Coding, codebook: Codebook) -> Decision:
    """Take back the last change of answer, quote or note; again and again walks back."""
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    if not coding.done:
        return Refusal(
            "nothing-to-undo",
            "Nothing has been changed in this coding since it was opened or handed in.",
            "Set an answer anew to change it.",
        )
    return (*ready, _undoing(coding.done[-1]))


def redo(coding: Coding, codebook: Codebook) -> Decision:
    """Bring about again what was undone last; possible until something else is changed."""
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    if not coding.undone:
        return Refusal(
            "nothing-to-redo",
            "Nothing has been undone, or something was changed since.",
            "Set the answer anew.",
        )
    return (*ready, _redoing(coding.undone[-1]))


def pin_quote(
    coding: Coding,
    codebook: Codebook,
    *,
    record: Mapping[str, str],
    question: str,
    field: str,
    start: int,
    end: int,
    record_sha256: str,
) -> Decision:
    """Pin a passage of the record to a question.

    Args:
        coding: As it stands.
        codebook: The one that the coding is bound to.
        record: The text of each field, as shown.
        question: The question whose answer it bears out.
        field: Where the passage stands.
        start: Its first code point in the NFC text of the field, from 0.
        end: One past its last code point.
        record_sha256: Of the record as it was shown.

    Raises:
        CodebookError: Where the codebook has no such question.
    """
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    asked = codebook.question(question)
    if (refusal := _why_not_asked(coding, codebook, asked)) is not None:
        return refusal
    text = unicodedata.normalize("NFC", record.get(field, ""))
    if not (0 <= start < end <= len(text)) or not text[start:end].strip():
        return Refusal(
            "quote-outside-record",
            "The passage is empty or lies outside the text of the record.",
            "Mark at least one word of the record as shown.",
        )
    quote = Quote(question, field, start, end, record_sha256)
    if quote in coding.quotes:
        return ()
    pinned = QuotePinned(
        question=question, field=field, start=start, end=end, record_sha256=record_sha256
    )
    return (*ready, pinned)


def remove_quote(coding: Coding, codebook: Codebook, quote: Quote) -> Decision:
    """Take a pinned passage off again; nothing where it is not pinned."""
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    if quote not in coding.quotes:
        return ()
    return (*ready, _quote_event(quote, is_pinned=False))


def set_note(coding: Coding, codebook: Codebook, text: str) -> Decision:
    """Write the note on the case anew; empty removes it. Notes are never counted."""
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    tidy = unicodedata.normalize("NFC", text).strip()
    if len(tidy) > MAX_NOTE_LENGTH:
        return Refusal(
            "note-too-long",
            f"The note has {len(tidy)} characters; at most {MAX_NOTE_LENGTH} are kept.",
            "Shorten it.",
        )
    return () if tidy == coding.note else (*ready, NoteSet(text=tidy))


def defer(coding: Coding, codebook: Codebook, reason: DeferralReason) -> Decision:
    """Put a case off; it comes back at the end of the queue with everything kept."""
    if coding.state is CodingState.DEFERRED:
        return () if coding.deferral_reason is reason else (CodingDeferred(reason=reason),)
    ready = _ready(coding, codebook)
    return ready if isinstance(ready, Refusal) else (*ready, CodingDeferred(reason=reason))


def resume(coding: Coding) -> tuple[ReviewEvent, ...]:
    """Take a deferred case up again; nothing where it is not deferred."""
    return (CodingResumed(),) if coding.state is CodingState.DEFERRED else ()


def submit(coding: Coding, codebook: Codebook) -> Decision:
    """Hand a coding in, once every required answer and quote is there."""
    ready = _ready(coding, codebook)
    if isinstance(ready, Refusal):
        return ready
    sheet = read_sheet(codebook, coding.answers, coding.quotes)
    if sheet.blockers:
        listed = "; ".join(blocker.reason for blocker in sheet.blockers[:5])
        more = len(sheet.blockers) - 5
        return Refusal(
            "incomplete",
            f"The coding is not complete: {listed}{f'; and {more} more' if more > 0 else ''}.",
            "Answer what is open, or defer the case with a reason.",
        )
    return (*ready, CodingSubmitted())


def recall(coding: Coding) -> Decision:
    """Take a handed-in coding back, to change it and hand it in again."""
    if coding.state is not CodingState.SUBMITTED:
        return Refusal(
            "not-handed-in",
            "This coding has not been handed in, so there is nothing to take back.",
            "Change its answers as they are.",
        )
    return (CodingRecalled(),)


def raise_flag(*, flag_id: str, kind: FlagKind, text: str) -> Decision:
    """Ask the supervisor something about a case; possible in every state of its coding.

    Args:
        flag_id: A fresh id, handed in by the caller.
        kind: What it is about.
        text: The question.
    """
    tidy = unicodedata.normalize("NFC", text).strip()
    if not tidy or len(tidy) > MAX_FLAG_LENGTH:
        return Refusal(
            "flag-text",
            f"A flag needs a text of 1 to {MAX_FLAG_LENGTH} characters; this one has {len(tidy)}.",
            "Say in a sentence what the supervisor should look at.",
        )
    return (FlagRaised(flag_id=flag_id, kind=kind, text=tidy),)


def refer_risk() -> tuple[ReviewEvent, ...]:
    """Refer a live safeguarding risk; always allowed, in every state, before any answer."""
    return (RiskReferred(),)


def _ready(coding: Coding, codebook: Codebook) -> Decision:
    """Return the events that bring a coding to where it can be changed, or why it cannot be."""
    if codebook.sha256 != coding.codebook_sha256:
        return Refusal(
            "other-codebook",
            "This coding was begun on another codebook than the one at hand.",
            "Open the project's own codebook.",
        )
    if coding.state is CodingState.SUBMITTED:
        return Refusal(
            "handed-in",
            "This coding has been handed in.",
            "Take it back first, then change it and hand it in again.",
        )
    return (*open_coding(coding), *resume(coding))


def _why_not_asked(coding: Coding, codebook: Codebook, question: Question) -> Refusal | None:
    """Say why a question takes no answer in this case, or None where it does."""
    if question.derive is not None:
        return Refusal(
            "derived",
            f"{question.id} follows from other answers and is not asked.",
            "Change the answers that it follows from.",
        )
    sheet = read_sheet(codebook, coding.answers, coding.quotes)
    applicability = sheet.state_of(question.id).applicability
    if applicability is Applicability.PENDING:
        return Refusal(
            "pending",
            f"Whether {question.id} is asked rests on an answer still to come.",
            f"Answer {sheet.next_open(None)} first.",
        )
    if applicability is Applicability.NOT_APPLICABLE:
        return Refusal(
            "not-asked",
            f"{question.id} is not asked in this case, by the answers given so far.",
            "Change the answer that closes it, if that is wrong.",
        )
    return None


def _undoing(change: Change) -> ReviewEvent:
    """Return the event that takes a change back."""
    match change:
        case AnswerChange(question, old, new):
            return AnswerUndone(question=question, undone=new, restored=old)
        case QuoteChange(quote, is_pinned):
            return _quote_event(quote, is_pinned=not is_pinned)
        case NoteChange(old, _):
            return NoteSet(text=old)


def _redoing(change: Change) -> ReviewEvent:
    """Return the event that brings a change about again."""
    match change:
        case AnswerChange(question, old, new):
            return AnswerRedone(question=question, undone=old, restored=new)
        case QuoteChange(quote, is_pinned):
            return _quote_event(quote, is_pinned=is_pinned)
        case NoteChange(_, new):
            return NoteSet(text=new)


def _quote_event(quote: Quote, *, is_pinned: bool) -> ReviewEvent:
    if not is_pinned:
        return QuoteRemoved(
            question=quote.question, field=quote.field, start=quote.start, end=quote.end
        )
    return QuotePinned(
        question=quote.question,
        field=quote.field,
        start=quote.start,
        end=quote.end,
        record_sha256=quote.record_sha256,
    )
