"""What screens, plain mode and commands are shown: frozen values, nothing hidden in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from review.applicability import Sheet
from review.case import CaseState
from review.coding import Coding, CodingState
from review.events import DeferralReason, FlagKind
from review.progress import ActiveTime
from review.totals import Totals
from sampling.inclusion import Inclusion


class Stage(StrEnum):
    """How far a project is."""

    NO_FRAME = "no_frame"
    NO_PLAN = "no_plan"
    NO_DRAW = "no_draw"
    CODING = "coding"
    CODED = "coded"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One line of a coder's queue."""

    case_id: str
    stratum: str
    state: CodingState
    answered: int
    asked: int
    """Questions that apply, as far as the answers tell."""
    open_flags: int
    flag_answer: str | None
    """What the supervisor answered to the coder's last flag on the case."""
    returned: str | None
    """The supervisor's question with which the case was sent back."""
    deferred: DeferralReason | None
    to_confirm: int
    """Questions to confirm or to answer under a later version of the codebook."""
    last_time: str | None
    active_seconds: int
    """Time that the coder spent on it, idle time left out."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its coder sees it."""

    case_id: str
    stratum: str
    record: Mapping[str, str]
    """Text by field, in the order of the fields."""
    kept: Mapping[str, str]
    coding: Coding
    sheet: Sheet
    open_flags: int
    flag_answer: str | None
    """What the supervisor answered to the coder's last flag on the case."""
    is_referred: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One drawn record, as ``cases`` lists it."""

    case_id: str
    record_id: str
    stratum: str
    rank: int
    """0 in a list that silent checks stand in, as the record's id and ticket are empty there."""
    role: str
    ticket: str
    state: str
    unit: str | None = None
    """Of a draw in two stages; None of any other."""
    size: str | None = None
    """Of a size-weighted draw; None of any other."""
    chance: Inclusion | None = None
    """Of being in the sample; None for a record held in reserve."""
    has_open_referral: bool = False
    """Whether a safeguarding referral of it waits; told to the supervisor alone."""


@dataclass(frozen=True, slots=True)
class ReviewerProgress:
    """How far one coder is; counts only."""

    name: str
    code: str
    assigned: int
    submitted: int
    draft: int
    deferred: int


@dataclass(frozen=True, slots=True)
class Referral:
    """A safeguarding referral; what it says stays with the supervisor."""

    case_id: str
    time: str
    code: str
    acknowledged: str | None
    """What was done, once the supervisor has said so."""


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A coder's open question to the supervisor."""

    flag_id: str
    case_id: str
    code: str
    kind: FlagKind
    text: str
    time: str
    is_check: bool = False
    """Whether the case is a silent check."""


@dataclass(frozen=True, slots=True)
class CodingSeen:
    """One person's coding of a case, as the supervisor reads it."""

    code: str
    """How outputs name the coder; ``coding`` names them so as well."""
    coding: Coding
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class FlagSeen:
    """A coder's question about a case, answered or not."""

    code: str
    kind: FlagKind
    text: str
    time: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """One case as its supervisor reads it: the record, and everything that was said of it."""

    case_id: str
    stratum: str
    state: CaseState
    record: Mapping[str, str]
    """Text by field, in the order of the fields."""
    codings: tuple[CodingSeen, ...]
    """By code of the coder; empty where nobody has begun it."""
    decided: Sheet | None
    """The final answers where somebody decided over the codings; None where nothing stands."""
    flags: tuple[FlagSeen, ...]
    referrals: tuple[Referral, ...]
    expected: Mapping[str, str] | None = None
    """Of a silent check what it should be answered with, by question; None of any other case."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the supervisor sees first."""

    counts: Mapping[CaseState, int]
    """Cases of the sample by state; they add up to ``drawn``."""
    drawn: int
    reserve: int
    unassigned: int
    """Cases of the sample that are assigned to nobody."""
    reviewers: tuple[ReviewerProgress, ...]
    referrals: tuple[Referral, ...]
    flags: tuple[OpenFlag, ...]
    draw_line: str
    """Such as ``draw 1 of 1 on this frame``."""
    active_time: ActiveTime | None
    """What coding took over all coders together; None where it would tell one person's time."""
    totals: Totals
    """What became of the cases: coded twice, in conflict, decided; and what waits."""
    deciders: tuple[str, ...]
    """Codes of those who decide or check and code nothing, in order of joining."""

    @property
    def open_cases(self) -> int:
        """Cases of the sample that are neither final nor excluded."""
        return self.drawn - sum(
            self.counts.get(state, 0) for state in (CaseState.FINAL, CaseState.EXCLUDED)
        )

    @property
    def open_words(self) -> str:
        """How many cases are open, and how many of those are in conflict."""
        conflict = self.counts.get(CaseState.CONFLICT, 0)
        part = f", {conflict} of them in conflict" if conflict else ""
        return f"open {self.open_cases}{part}"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event in words."""

    time: str
    who: str
    what: str
    case_id: str | None
    stream: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log, newest first."""

    lines: tuple[LogLine, ...]
    page: int
    pages: int
    events: int
