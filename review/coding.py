"""What a coder may do to a coding: each rule returns events, or a refusal that says why.

The rules are pure. Time, the writer and the case of an event are added by whoever writes it
down; the state that the events lead to is ``review.coding_state``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from review.answers import read_answer
from review.applicability import read_sheet
from review.codebook import Codebook, Value
from review.codebook_events import AnswerConfirmed
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
    CodingRecalled,
    CodingSubmitted,
    DeferralReason,
    FlagKind,
    FlagRaised,
    NoteSet,
    Purpose,
    QuotePinned,
    QuoteRemoved,
    ReviewEvent,
    RiskReferred,
)
from review.readiness import LOCKED, Decision, open_coding, ready, resume, why_not_asked
from sampling.refusal import Refusal

__all__ = [
    "Coding",
    "CodingState",
    "Decision",
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

RISK_QUESTION = "Z5"
RISK_ANSWER = "yes"
MAX_NOTE_LENGTH = 4000
MAX_FLAG_LENGTH = 1000


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
        Events; none where the answer stands already, unless it came from an earlier version of
        the codebook and is confirmed so. Yes to the safeguarding question makes a
        referral as well.

    Raises:
        CodebookError: Where the codebook has no such question.
    """
    question = codebook.question(question_id)
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    new = read_answer(question, value)
    if isinstance(new, Refusal):
        return new
    if new and (refusal := why_not_asked(coding, codebook, question)) is not None:
        return refusal
    old = coding.answers.get(question_id, ())
    if new == old:
        confirmed = AnswerConfirmed(question=question_id, value=new)
        return (*begun, confirmed) if question_id in coding.unconfirmed else ()
    set_event = AnswerSet(question=question_id, old=old, new=new, active_seconds=active_seconds)
    is_risk = question_id == RISK_QUESTION and RISK_ANSWER in new
    return (*begun, set_event, *((RiskReferred(),) if is_risk else ()))


def undo(coding: Coding, codebook: Codebook) -> Decision:
    """Take back the last change of answer, quote or note; again and again walks back."""
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    if not coding.done:
        return Refusal(
            "nothing-to-undo",
            "Nothing has been changed in this coding since it was opened or handed in.",
            "Set an answer anew to change it.",
        )
    return (*begun, _undoing(coding.done[-1]))


def redo(coding: Coding, codebook: Codebook) -> Decision:
    """Bring about again what was undone last; possible until something else is changed."""
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    if not coding.undone:
        return Refusal(
            "nothing-to-redo",
            "Nothing has been undone, or something was changed since.",
            "Set the answer anew.",
        )
    return (*begun, _redoing(coding.undone[-1]))


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
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    asked = codebook.question(question)
    if (refusal := why_not_asked(coding, codebook, asked)) is not None:
        return refusal
    quote = Quote(question, field, start, end, record_sha256)
    if not is_passage(quote, record):
        return Refusal(
            "quote-outside-record",
            "The passage is empty or lies outside the text of the record.",
            "Mark at least one word of the record as shown.",
        )
    return () if quote in coding.quotes else (*begun, _quote_event(quote, is_pinned=True))


def remove_quote(coding: Coding, codebook: Codebook, quote: Quote) -> Decision:
    """Take a pinned passage off again; nothing where it is not pinned."""
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    if quote not in coding.quotes:
        return ()
    return (*begun, _quote_event(quote, is_pinned=False))


def set_note(coding: Coding, codebook: Codebook, text: str) -> Decision:
    """Write the note on the case anew; empty removes it. Notes are never counted."""
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    tidy = unicodedata.normalize("NFC", text).strip()
    if len(tidy) > MAX_NOTE_LENGTH:
        return Refusal(
            "note-too-long",
            f"The note has {len(tidy)} characters; at most {MAX_NOTE_LENGTH} are kept.",
            "Shorten it.",
        )
    return () if tidy == coding.note else (*begun, NoteSet(text=tidy))


def defer(coding: Coding, codebook: Codebook, reason: DeferralReason) -> Decision:
    """Put a case off; it comes back at the end of the queue with everything kept."""
    if coding.state is CodingState.DEFERRED:
        return () if coding.deferral_reason is reason else (CodingDeferred(reason=reason),)
    begun = ready(coding, codebook)
    return begun if isinstance(begun, Refusal) else (*begun, CodingDeferred(reason=reason))


def submit(coding: Coding, codebook: Codebook) -> Decision:
    """Hand a coding in, once every required answer and quote is there."""
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    sheet = read_sheet(codebook, coding.answers, coding.quotes, unconfirmed=coding.unconfirmed)
    blockers = (sheet.of_import() if coding.purpose is Purpose.IMPORT else sheet).blockers
    if blockers:
        listed = "; ".join(blocker.reason for blocker in blockers[:5])
        more = len(blockers) - 5
        return Refusal(
            "incomplete",
            f"The coding is not complete: {listed}{f'; and {more} more' if more > 0 else ''}.",
            "Answer what is open, or defer the case with a reason.",
        )
    return (*begun, CodingSubmitted())


def recall(coding: Coding) -> Decision:
    """Take a handed-in coding back, to change it and hand it in again.

    It is possible until the coding is locked, which happens before anybody sees it beside another
    or decides over it.
    """
    if coding.state is CodingState.LOCKED:
        return LOCKED
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


def is_passage(quote: Quote, record: Mapping[str, str]) -> bool:
    """Say whether a quote lies inside its field and holds more than space.

    Args:
        quote: By code points of the composed text (NFC).
        record: The text of each field, as shown.
    """
    text = unicodedata.normalize("NFC", record.get(quote.field, ""))
    inside = 0 <= quote.start < quote.end <= len(text)
    return inside and bool(text[quote.start : quote.end].strip())


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
