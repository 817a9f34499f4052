"""What was decided over the codings of a case: the facts that the log keeps of it.

Adjudication, the quality check of settled cases, and the signing-off. A coding is never changed by
any of them: what is decided stands beside it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from sampling.recorded import Coded, Recorded, Row, Widened


class Source(StrEnum):
    """Where the final answer to a question comes from."""

    CODER_1 = "coder_1"
    """The coding that the adjudicator saw first, from the left."""
    CODER_2 = "coder_2"
    CODER_3 = "coder_3"
    """Where a targeted second look gave a case a third coding."""
    OWN = "own"
    """An answer that no coder gave."""
    AGREED = "agreed"
    """All coders gave it, and the adjudicator confirmed it."""
    UNRESOLVED = "unresolved"
    """It cannot be agreed; it counts as what the record does not tell."""


class OverruleReason(StrEnum):
    """Why a coder's answer is not the final one."""

    MISREAD = "misread"
    CODEBOOK_GAP = "codebook_gap"
    RECORD_UNCLEAR = "record_unclear"
    JUDGEMENT = "judgement"
    SLIP = "slip"


class AdjudicationInput(Recorded):
    """One coding that is decided over, as it was handed in."""

    reviewer: str
    revision: int
    head: str
    """Hash of what was handed in: another one makes the decision stale."""


class AdjudicationOpened(Recorded):
    """Somebody began to decide over the codings of a case, from the start."""

    v: Literal[1] = 1
    codebook_sha256: str
    inputs: Row[AdjudicationInput]
    """From left to right, as the adjudicator sees them."""
    reason: str = ""
    """Why before all codings were in, or again after a decision; empty: neither."""


class DecidedQuote(Recorded):
    """A passage of the record that bears out a final answer for which no coder pinned one."""

    field: str
    start: int
    end: int
    record_sha256: str


class QuestionDecided(Recorded):
    """The final answer to one question; a later one replaces it."""

    v: Literal[1] = 1
    question: str
    value: Row[str]
    """Empty takes the decision back."""
    source: Coded[Source]
    reason: Coded[OverruleReason] | None = None
    """None where no coder is overruled."""
    comment: str = ""
    quote: DecidedQuote | None = None


class AdjudicationClosed(Widened):
    """Every question of the case is decided."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"reason"})

    v: Literal[1] = 1
    reason: str = ""
    """Why answers stand that a quality check found wrong; empty: they are others, or none was."""


class QaChosen(Recorded):
    """The supervisor had settled cases chosen, by ticket, for a quality check before sign-off."""

    v: Literal[1] = 1
    cases: Row[str]


class QaPassed(Recorded):
    """A quality check found nothing against the final answers of a case."""

    v: Literal[1] = 1
    head: str
    """Hash of what was looked at: other answers have to be looked at again."""


class QaFailed(Recorded):
    """A quality check found the final answers of a case wrong: it has to be decided anew."""

    v: Literal[1] = 1
    head: str
    reason: str


class SignedOff(Recorded):
    """The supervisor answers for the sample as it stands."""

    v: Literal[1] = 1
    sign_off_id: str
    scope: Literal["sample"] = "sample"
    statement: str
    cases: int
    heads_sha256: str
    """Hash over the final answers of every case; any change makes the signature void."""


class SignOffRevoked(Recorded):
    """The supervisor took a signature back."""

    v: Literal[1] = 1
    sign_off_id: str
    reason: str


CaseDecision = AdjudicationOpened | QuestionDecided | AdjudicationClosed | QaPassed | QaFailed
"""Events about one case."""

SampleDecision = QaChosen | SignedOff | SignOffRevoked
"""Events about the whole sample."""

DecisionEvent = CaseDecision | SampleDecision
