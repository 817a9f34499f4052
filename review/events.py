"""What reviewers and supervisors did to cases: the facts that the log keeps.

The case, the writer and the time of an event stand in the ledger's envelope and come back with
it as an :class:`Entry`. No event holds the text of a record: quotes are positions in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from review.calibration_events import CalibrationEvent
from review.codebook_events import AnswerConfirmed, CodebookRevised, CodingCarriedOver
from review.decision_events import DecisionEvent
from review.gold_events import GoldEvent
from sampling.recorded import Coded, Recorded, Row, Widened


class Purpose(StrEnum):
    """Why somebody codes a case."""

    PRIMARY = "primary"
    """The first coding of a case of the sample."""
    IMPORT = "import"
    """Made elsewhere; a purpose of codings alone, never of a slot."""
    DOUBLE = "double"
    """The second coding of a case that a ticket chose, blind to the first: what agreement rests
    on."""
    RECHECK = "recheck"
    """A second coding of a case chosen for an answer of the first: it improves findings and never
    enters agreement."""
    TRAINING = "training"
    """A case with known answers, coded before live work; never a case of the sample."""
    RECODE = "recode"
    """Coding again under a later codebook."""


class FlagKind(StrEnum):
    """What a flag to the supervisor is about."""

    QUESTION = "question"
    CODEBOOK = "codebook"
    RECORD = "record"
    CONFLICT_OF_INTEREST = "conflict_of_interest"

    @property
    def is_blocking(self) -> bool:
        """Whether the case cannot become final while the flag is open."""
        return self is not FlagKind.CODEBOOK


class DeferralReason(StrEnum):
    """Why a coder puts a case off."""

    RECORD_CUT_OFF = "record_cut_off"
    NEEDS_ANOTHER_FILE = "needs_another_file"
    ASK_SUPERVISOR = "ask_supervisor"
    TOO_DISTRESSING = "too_distressing"
    OTHER = "other"


class CodebookPublished(Recorded):
    """The project took a codebook; its whole body is kept, so the project explains itself."""

    v: Literal[1] = 1
    id: str
    version: str
    sha256: str
    body: str
    """The canonical JSON of the codebook."""


class ReviewerAdded(Recorded):
    """A person joined; outputs name them by the code alone."""

    v: Literal[1] = 1
    name: str
    code: str
    """R1, R2 and so on, in order of joining."""


class ReviewerLeft(Recorded):
    """A person left the audit: they code no more, and what they handed in stays."""

    v: Literal[1] = 1
    name: str


class AssignedCase(Widened):
    """One slot of one case; the purpose of a first coding is left out, as in logs without any."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"purpose"})

    case_id: str
    reviewer: str
    slot: int
    """1 for the first coding of the case, 2 for the second."""
    purpose: Coded[Purpose] = Purpose.PRIMARY


class CasesAssigned(Widened):
    """The supervisor dealt the cases out; a later assignment replaces an earlier one."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"twice"})

    v: Literal[1] = 1
    assigned: Row[AssignedCase]
    twice: str | None = None
    """How many cases are coded twice, as :class:`review.doubling.Doubling` writes it; None for
    none."""


class CodingOpened(Recorded):
    """A coder opened a case for the first time."""

    v: Literal[1] = 1
    codebook_sha256: str
    purpose: Coded[Purpose] = Purpose.PRIMARY


class AnswerSet(Recorded):
    """A coder answered a question, or took the answer back (``new`` is empty)."""

    v: Literal[1] = 1
    question: str
    old: Row[str]
    new: Row[str]
    active_seconds: int = 0
    """Time spent on the question since the last event, idle time left out."""


class AnswerUndone(Recorded):
    """A coder undid their last answer; ``restored`` is what stands now."""

    v: Literal[1] = 1
    question: str
    undone: Row[str]
    restored: Row[str]


class AnswerRedone(Recorded):
    """A coder took back an undo; ``restored`` is what stands now."""

    v: Literal[1] = 1
    question: str
    undone: Row[str]
    restored: Row[str]


class QuotePinned(Recorded):
    """A passage of the record was pinned to a question, as code points of one field's text."""

    v: Literal[1] = 1
    question: str
    field: str
    start: int
    end: int
    record_sha256: str


class QuoteRemoved(Recorded):
    """A pinned passage was taken off again."""

    v: Literal[1] = 1
    question: str
    field: str
    start: int
    end: int


class NoteSet(Recorded):
    """The coder's note on the case was written anew; empty removes it."""

    v: Literal[1] = 1
    text: str


class LeakConfirmed(Recorded):
    """A coder kept a text that looked like personal data, and said why."""

    v: Literal[1] = 1
    where: str
    """A question id, or ``note``."""
    kinds: Row[str]
    reason: str


class CodingDeferred(Recorded):
    """The coder put the case off."""

    v: Literal[1] = 1
    reason: Coded[DeferralReason]


class CodingResumed(Recorded):
    """The coder took a deferred case up again."""

    v: Literal[1] = 1


class CodingSubmitted(Recorded):
    """The coder handed the case in."""

    v: Literal[1] = 1


class CodingRecalled(Recorded):
    """The coder took a handed-in case back."""

    v: Literal[1] = 1


class CodingReturned(Recorded):
    """The supervisor sent a handed-in case back to its coder with a question."""

    v: Literal[1] = 1
    reviewer: str
    revision: int
    """Which handing-in is sent back, from 1: the return then means the same whether it arrives
    before or after what the coder did next."""
    question: str


class CodingLocked(Recorded):
    """A handed-in coding was fixed: its coder can no longer take it back."""

    v: Literal[1] = 1
    reviewer: str
    revision: int
    """Which handing-in is fixed, from 1; what its coder writes after it is not counted."""


class CodingReopened(Recorded):
    """The supervisor opened a locked coding again, to be handed in as a new revision."""

    v: Literal[1] = 1
    reviewer: str
    revision: int
    """Which handing-in is opened again, from 1."""
    reason: str


class CodingWithdrawn(Recorded):
    """The supervisor took a case off a coder who had not handed it in; nothing is deleted."""

    v: Literal[1] = 1
    reviewer: str


class ImportedAnswer(Recorded):
    """One answer of a coding made elsewhere."""

    question: str
    value: Row[str]


class CodingImported(Recorded):
    """A coding made elsewhere was taken in, and counts as handed in."""

    v: Literal[1] = 1
    codebook_sha256: str
    answers: Row[ImportedAnswer]
    source_sha256: str


class FlagRaised(Recorded):
    """A coder asked the supervisor something about the case."""

    v: Literal[1] = 1
    flag_id: str
    kind: Coded[FlagKind]
    text: str


class FlagAnswered(Recorded):
    """The supervisor answered and so closed a flag."""

    v: Literal[1] = 1
    flag_id: str
    text: str


class RiskReferred(Recorded):
    """A coder saw a live safeguarding risk that nobody appears to be managing."""

    v: Literal[1] = 1


class RiskAcknowledged(Recorded):
    """The supervisor saw the referral and said what was done."""

    v: Literal[1] = 1
    action: str


ReviewEvent = (
    CodebookPublished
    | CodebookRevised
    | ReviewerAdded
    | ReviewerLeft
    | CasesAssigned
    | CodingOpened
    | AnswerSet
    | AnswerUndone
    | AnswerRedone
    | AnswerConfirmed
    | CodingCarriedOver
    | QuotePinned
    | QuoteRemoved
    | NoteSet
    | LeakConfirmed
    | CodingDeferred
    | CodingResumed
    | CodingSubmitted
    | CodingRecalled
    | CodingReturned
    | CodingLocked
    | CodingReopened
    | CodingWithdrawn
    | CodingImported
    | FlagRaised
    | FlagAnswered
    | RiskReferred
    | RiskAcknowledged
    | DecisionEvent
    | CalibrationEvent
    | GoldEvent
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with what its envelope says."""

    event: ReviewEvent
    case_id: str | None
    writer: str
    """The person whose stream it stands in."""
    stream: str
    seq: int
    time: str
    """RFC 3339, UTC: a claim."""
