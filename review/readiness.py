"""Whether a coding can be changed, and whether a question can be answered in it."""

from __future__ import annotations

from typing import Final

from review.applicability import Applicability, read_sheet
from review.codebook import Codebook, Question
from review.coding_state import Coding, CodingState
from review.events import CodingOpened, CodingResumed, ReviewEvent
from sampling.refusal import Refusal

LOCKED: Final = Refusal(
    "locked",
    "This coding is locked, because others rest on it, and cannot be changed.",
    "Ask the supervisor to open it again.",
)

Decision = tuple[ReviewEvent, ...] | Refusal
"""What a rule comes to: events (none where nothing has to change), or why not."""


def open_coding(coding: Coding) -> tuple[ReviewEvent, ...]:
    """Begin a coding; nothing where it was begun before."""
    if coding.state is not CodingState.NOT_STARTED:
        return ()
    return (CodingOpened(codebook_sha256=coding.codebook_sha256),)


def resume(coding: Coding) -> tuple[ReviewEvent, ...]:
    """Take a deferred case up again; nothing where it is not deferred."""
    return (CodingResumed(),) if coding.state is CodingState.DEFERRED else ()


def ready(coding: Coding, codebook: Codebook) -> Decision:
    """Return the events that bring a coding to where it can be changed, or why it cannot be."""
    if coding.state is CodingState.LOCKED:
        return LOCKED
    if coding.state is CodingState.WITHDRAWN:
        return Refusal(
            "withdrawn",
            "The supervisor took this case off you; what you wrote is kept and not counted.",
            "Take another case from the queue.",
        )
    if coding.state is CodingState.SUBMITTED:
        return Refusal(
            "handed-in",
            "This coding has been handed in.",
            "Take it back first, then change it and hand it in again.",
        )
    if codebook.sha256 != coding.codebook_sha256:
        return Refusal(
            "other-codebook",
            "This coding was begun on another codebook than the one at hand.",
            "Open the project's own codebook.",
        )
    return (*open_coding(coding), *resume(coding))


def why_not_asked(coding: Coding, codebook: Codebook, question: Question) -> Refusal | None:
    """Say why a question takes no answer in this case, or None where it does."""
    if question.derive is not None:
        return Refusal(
            "derived",
            f"{question.id} follows from other answers and is not asked.",
            "Change the answers that it follows from.",
        )
    sheet = read_sheet(codebook, coding.answers, coding.quotes, unconfirmed=coding.unconfirmed)
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
