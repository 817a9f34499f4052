"""What supervisors and adjudicators decided of codings: sent back, locked, reopened, withdrawn.

Each decision names the handing-in that it is about, so that it means the same whether it arrives
before or after what the coder did next.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from review.coding_state import Coding, CodingState
from review.events import CodingLocked, CodingReopened, CodingReturned, CodingWithdrawn
from review.history import CodingHistory

StandingEvent = CodingReturned | CodingLocked | CodingReopened | CodingWithdrawn


@dataclass(slots=True)
class Standing:
    """Everything that was decided of one person's coding of one case."""

    returns: set[tuple[int, str]] = field(default_factory=set)
    locked: set[int] = field(default_factory=set)
    reopened: set[tuple[int, str]] = field(default_factory=set)
    is_withdrawn: bool = False

    def add(self, event: StandingEvent) -> None:
        """Take one decision in."""
        match event:
            case CodingReturned(revision=revision, question=question):
                self.returns.add((revision, question))
            case CodingLocked(revision=revision):
                self.locked.add(revision)
            case CodingReopened(revision=revision, reason=reason):
                self.reopened.add((revision, reason))
            case CodingWithdrawn():
                self.is_withdrawn = True

    def over(self, history: CodingHistory) -> Coding:
        """Return the coding as these decisions leave it.

        A locked coding stands as it was handed in: what its coder wrote behind that without a
        reopening has no effect. A coding that was withdrawn stays so, whatever came late.
        """
        opened = {revision for revision, _ in self.reopened}
        for revision in sorted(self.locked - opened):
            fixed = history.handed_in(revision)
            if fixed is not None:
                return replace(fixed, state=CodingState.LOCKED)
        coding = history.coding
        if self.is_withdrawn and coding.state is not CodingState.NOT_STARTED:
            return replace(coding, state=CodingState.WITHDRAWN)
        return self._given_back(coding)

    def _given_back(self, coding: Coding) -> Coding:
        """Make a coding a draft again whose last handing-in was sent back or reopened."""
        if coding.revision == 0:
            return coding
        question = _words(self.returns, coding.revision)
        reason = _words(self.reopened, coding.revision)
        if question is None and reason is None:
            return coding
        submitted = coding.state is CodingState.SUBMITTED
        state = CodingState.DRAFT if submitted else coding.state
        return replace(
            coding, state=state, returned_question=question or reason, reopened_reason=reason
        )


def _words(said: set[tuple[int, str]], revision: int) -> str | None:
    """Return what was said of a handing-in; of several words always the same one."""
    return max((words for number, words in said if number == revision), default=None)
