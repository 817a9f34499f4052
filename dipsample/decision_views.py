"""What adjudicators, supervisors and overruled coders are shown: frozen values.

The view of a case that is being decided holds no name: it is built without them, not merely drawn
without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from review.applicability import Sheet
from review.case import CaseState
from review.codebook import Question, Value
from review.decision_events import QuestionDecided


class RowState(StrEnum):
    """How far one question of a case is."""

    OPEN = "open"
    WAITS = "waits"
    """Whether it is asked rests on a question that is not decided yet."""
    DECIDED = "decided"
    AGREED = "agreed"
    """All coders say the same; confirmed when the case is closed."""
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One case that somebody may decide."""

    case_id: str
    stratum: str
    state: CaseState
    conflicts: int
    """Questions on which the codings differ."""
    is_mine: bool
    """Whether the person asking is deciding it."""
    wait: str
    """Why it cannot be opened now; empty: it can."""


@dataclass(frozen=True, slots=True)
class Side:
    """One coding, without the name of its coder."""

    label: str
    """Such as ``Coder 1``, counted from the left."""
    revision: int
    note: str
    quotes: Mapping[str, tuple[str, ...]]
    """The words pinned, by question."""
    code: str | None
    """How outputs name the coder; None until the case is closed."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One question of a case that is being decided."""

    question: Question
    values: tuple[Value, ...]
    """The answer of each side; empty where it gives none."""
    final: Value
    """The final answer so far; empty where there is none."""
    decision: QuestionDecided | None
    state: RowState
    is_conflict: bool
    """Whether the sides differ on it."""
    needs_quote: bool

    def is_overruled_by(self, value: Value) -> bool:
        """Say whether an answer makes a reason necessary: a side gives another one."""
        return any(one and one != value for one in self.values)


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """One case as its adjudicator sees it."""

    case_id: str
    stratum: str
    record: Mapping[str, str]
    """Text by field, in the order of the fields."""
    sides: tuple[Side, ...]
    """From left to right."""
    rows: tuple[DecisionRow, ...]
    """The questions that any side answers or the final answers ask, in order."""
    sheet: Sheet
    """What follows from the final answers so far."""
    reason: str
    """Why it was opened early or again; empty: it was not."""
    found_wrong: str
    """What a quality check found wrong with its former final answers; empty: nothing."""
    is_as_found_wrong: bool
    """Whether its final answers are those still, so that closing it needs a reason."""
    is_closed: bool

    def row(self, question_id: str) -> DecisionRow:
        """Return one question.

        Raises:
            KeyError: Where the case has none of that name.
        """
        for one in self.rows:
            if one.question.id == question_id:
                return one
        raise KeyError(question_id)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Questions that still need a decision, in order."""
        return tuple(one.question.id for one in self.rows if one.state is RowState.OPEN)

    @property
    def conflicts(self) -> int:
        """Questions on which the sides differ."""
        return sum(one.is_conflict for one in self.rows)

    @property
    def agreed(self) -> int:
        """Questions on which all sides say the same and nothing else is decided."""
        return sum(one.state is RowState.AGREED for one in self.rows)


@dataclass(frozen=True, slots=True)
class OverruledAnswer:
    """One answer of a coder that is not the final one, in words."""

    case_id: str
    question: str
    own: str
    final: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignOffView:
    """Whether the sample is signed off, or can be."""

    blockers: tuple[tuple[str, str], ...]
    """Case and what keeps it from being settled."""
    cases: int
    """Cases that a signature covers."""
    final: int
    excluded: int
    unresolved: int
    """Final answers that could not be agreed."""
    head: str
    """Hash over the final answers of the whole sample."""
    signed_by: str | None
    """How outputs name who signed the sample as it stands; None: nobody."""
    signed_at: str | None
    statement: str | None

    @property
    def is_signed(self) -> bool:
        """Whether a signature covers the sample exactly as it stands."""
        return self.signed_at is not None

    @property
    def is_ready(self) -> bool:
        """Whether it can be signed now."""
        return not self.blockers and not self.is_signed and self.cases > 0


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One case that was chosen for a quality check."""

    case_id: str
    state: CaseState
    has_open_referral: bool = False
    """Whether a safeguarding referral of it waits; told to the supervisor alone."""
