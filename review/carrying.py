"""A coding under a later version of the codebook: nothing is lost, and nothing counts unasked.

Every answer comes with the coding. An answer that a change of meaning reaches is shown filled and
does not count until its coder confirms it or answers anew; a question that was retired keeps its
answer and is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from review.applicability import Sheet, read_sheet
from review.codebook import Codebook
from review.codebook_events import AnswerConfirmed, CodingCarriedOver
from review.coding_state import Coding, CodingState, Submission, apply_to_coding
from review.errors import ReviewError
from review.events import Entry, Purpose
from review.readiness import Decision, ready
from review.versions import Versions, is_offered, reached, to_confirm
from sampling.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Rework:
    """What a coding still needs under the current version of the codebook."""

    confirm: tuple[str, ...]
    """Questions whose answer it has to have confirmed, those that count or would count."""
    answer: tuple[str, ...]
    """Questions that apply now, are required, and have no answer."""
    is_comparable: bool
    """Whether it counts under the current version as it stands: no answer of it means something
    else by now, and no question that a change of meaning reaches is open in it."""

    @property
    def questions(self) -> int:
        """How many questions its coder has to look at."""
        return len(self.confirm) + len(self.answer)


_FIXED = (CodingState.NOT_STARTED, CodingState.LOCKED, CodingState.WITHDRAWN)
"""Codings that their coder cannot take up: a locked one is opened by the supervisor first."""

NOTHING = Rework((), (), is_comparable=True)


def sheet_under(versions: Versions, coding: Coding | Submission) -> Sheet:
    """Return what follows from the answers of a coding under the current version.

    Raises:
        ReviewError: Where no codebook was published.
    """
    current = _current(versions)
    sheet = read_sheet(
        current, coding.answers, coding.quotes, unconfirmed=_unconfirmed(versions, coding)
    )
    return sheet.of_import() if coding.purpose is Purpose.IMPORT else sheet


def own_sheet(versions: Versions, coding: Coding | Submission) -> Sheet:
    """Return what follows from the answers of a coding under the version that it is bound to.

    Raises:
        ReviewError: Where no codebook was published.
    """
    book = versions.of(coding.codebook_sha256) or _current(versions)
    pending = coding.unconfirmed if isinstance(coding, Coding) else frozenset()
    sheet = read_sheet(book, coding.answers, coding.quotes, unconfirmed=pending)
    return sheet.of_import() if coding.purpose is Purpose.IMPORT else sheet


def rework(versions: Versions, coding: Coding) -> Rework:
    """Return what a coding needs under the current version, whether it was carried over or not.

    Only what counted, or would count, has to be looked at: an answer to a question that is not
    asked of the case costs nobody anything.
    """
    current = versions.current
    if current is None or coding.codebook_sha256 == current.sha256:
        return NOTHING
    changes = versions.changes_since(coding.codebook_sha256)
    touched = reached(changes)
    counted = own_sheet(versions, coding).counted
    waiting = {*to_confirm(changes, current, coding.answers), *coding.unconfirmed}
    confirm = tuple(one.id for one in current.questions if one.id in waiting & counted.keys())
    as_if = read_sheet(current, coding.answers, coding.quotes)
    answer = tuple(
        state.question.id
        for state in as_if.questions
        if coding.purpose is not Purpose.IMPORT  # made elsewhere: a blank is not coded
        and state.is_required
        and not state.value
        and (state.question.id in touched or state.question.id not in _ids(versions, coding))
    )
    return Rework(
        confirm, answer, is_comparable=not confirm and not any(one in touched for one in answer)
    )


def carry_over(versions: Versions, coding: Coding) -> tuple[CodingCarriedOver, ...]:
    """Return the event that takes a coding up under the current version; nothing where it is."""
    current = versions.current
    if current is None or coding.state in _FIXED or coding.codebook_sha256 == current.sha256:
        return ()
    changes = versions.changes_since(coding.codebook_sha256)
    waiting = {*to_confirm(changes, current, coding.answers), *coding.unconfirmed}
    return (
        CodingCarriedOver(
            codebook_sha256=current.sha256,
            confirm=tuple(one.id for one in current.questions if one.id in waiting),
            answer=rework(versions, coding).answer,
        ),
    )


def carried(coding: Coding, events: tuple[CodingCarriedOver, ...]) -> Coding:
    """Return a coding as these events will leave it."""
    for event in events:
        entry = Entry(event, coding.case_id, coding.reviewer, "", 0, coding.last_time or "")
        coding = apply_to_coding(coding, entry)
    return coding


def confirm_answer(coding: Coding, codebook: Codebook, question_id: str) -> Decision:
    """Say that an answer from an earlier version stands under this one.

    Raises:
        CodebookError: Where the codebook has no such question.
    """
    codebook.question(question_id)
    begun = ready(coding, codebook)
    if isinstance(begun, Refusal):
        return begun
    value = coding.answers.get(question_id, ())
    if question_id not in coding.unconfirmed or not value:
        return Refusal(
            "nothing-to-confirm",
            f"The answer to {question_id} needs no confirming.",
            "Answer the questions that are open.",
        )
    if not is_offered(codebook, question_id, value):
        return Refusal(
            "not-offered",
            f"The answer that {question_id} had is no longer offered.",
            "Answer it anew.",
        )
    return (*begun, AnswerConfirmed(question=question_id, value=value))


def _unconfirmed(versions: Versions, coding: Coding | Submission) -> frozenset[str]:
    own = coding.unconfirmed if isinstance(coding, Coding) else frozenset()
    current = _current(versions)
    if coding.codebook_sha256 == current.sha256:
        return own
    changes = versions.changes_since(coding.codebook_sha256)
    return own.union(to_confirm(changes, current, coding.answers))


def _ids(versions: Versions, coding: Coding) -> frozenset[str]:
    """Return the questions of the version that a coding is bound to."""
    book = versions.of(coding.codebook_sha256)
    return frozenset() if book is None else frozenset(book.by_id)


def _current(versions: Versions) -> Codebook:
    if versions.current is None:
        raise ReviewError("The project has no codebook yet; make it with a codebook.")
    return versions.current


def set_apart(versions: Versions, *codings: Submission) -> frozenset[str]:
    """Return the questions that meant something else when one of these was handed in."""
    return frozenset().union(*(versions.reached_since(one.codebook_sha256) for one in codings))
