"""What became of the cases in numbers that a supervisor asks for; they add up with the states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from review.bench import read_bench
from review.case import CaseState, case_state
from review.decision_events import Source
from review.events import FlagKind
from review.fold import Review
from review.freshness import is_fresh, was_found_wrong
from review.handed_in import handed_in
from sampling.draw import DrawnRecord, Role


class Became(StrEnum):
    """What became of a case that several people coded; each such case is in one of them."""

    AGREED = "agreed"
    """Settled by the codings alone."""
    CONFLICT = "conflict"
    ADJUDICATING = "adjudicating"
    DECIDED = "decided"
    """Settled by a decision that stands."""
    WAITING = "waiting"
    """Open again: flagged, stale, reopened, or another coding is still to come."""


_SETTLED: Final = (
    CaseState.FINAL,
    CaseState.QA_PENDING,
    CaseState.AGREED,
    CaseState.DECIDED,
)
"""States of a case that has final answers, or lacks a quote alone."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over the cases of the sample, those out of the audit left out."""

    twice: Mapping[Became, int]
    """Cases with the codings of several people, by what became of them."""
    undisputed: int
    """Cases settled by their codings alone, coded once or more often."""
    decided: int
    """Cases settled by a decision that stands."""
    unresolved: int
    """Answers of those that could not be agreed."""
    cases_unresolved: int
    """Cases that hold one."""
    found_wrong: tuple[str, ...]
    """Cases that a quality check found wrong and that wait to be decided anew."""
    open_flags: int
    """Flags that wait for the supervisor, queries about the codebook left out."""
    open_queries: int
    """Queries about the codebook that wait."""
    open_referrals: int
    """Safeguarding referrals that wait."""
    closed_but_referred: int
    """Cases that are final or out of the audit and have one."""

    @property
    def coded_twice(self) -> int:
        """Cases with the codings of several people."""
        return sum(self.twice.values())


def totals(review: Review, records: Iterable[DrawnRecord]) -> Totals:
    """Return the totals of a sample.

    In each of these both sides count the same cases: ``undisputed + decided`` and the states
    final, check pending, agreed and decided; ``twice[CONFLICT]`` and the state conflict.

    Args:
        review: Everything that was done.
        records: What was drawn; the reserve plays no part.
    """
    twice: Counter[Became] = Counter()
    undisputed, decided, found_wrong = 0, 0, []
    unresolved: list[int] = []
    referred = {one.case_id for one in review.referrals if one.acknowledged is None}
    closed_but_referred = 0
    for record in records:
        case_id = record.case_id
        state = case_state(review, record.role, case_id)
        closed_but_referred += state.is_settled and case_id in referred
        if record.role is not Role.SAMPLE or state is CaseState.EXCLUDED:
            continue
        is_decided = state in _SETTLED and _is_decided(review, case_id)
        decided += is_decided
        undisputed += state in _SETTLED and not is_decided
        if is_decided:
            unresolved.append(_unresolved(review, case_id))
        if state is CaseState.REOPENED and was_found_wrong(review, case_id):
            found_wrong.append(case_id)
        if len(handed_in(review, case_id)) > 1:
            twice[_became(state, is_decided=is_decided)] += 1
    waiting = [flag.kind for flag in review.flags if flag.answer is None]
    return Totals(
        twice={one: twice[one] for one in Became},
        undisputed=undisputed,
        decided=decided,
        unresolved=sum(unresolved),
        cases_unresolved=sum(bool(one) for one in unresolved),
        found_wrong=tuple(found_wrong),
        open_flags=sum(kind is not FlagKind.CODEBOOK for kind in waiting),
        open_queries=sum(kind is FlagKind.CODEBOOK for kind in waiting),
        open_referrals=sum(one.acknowledged is None for one in review.referrals),
        closed_but_referred=closed_but_referred,
    )


def _became(state: CaseState, *, is_decided: bool) -> Became:
    if state is CaseState.CONFLICT:
        return Became.CONFLICT
    if state is CaseState.ADJUDICATING:
        return Became.ADJUDICATING
    if state in _SETTLED:
        return Became.DECIDED if is_decided else Became.AGREED
    return Became.WAITING


def _is_decided(review: Review, case_id: str) -> bool:
    current = review.decisions.adjudication_of(case_id)
    return current is not None and current.is_closed and is_fresh(review, current)


def _unresolved(review: Review, case_id: str) -> int:
    """Count the final answers of a decided case that could not be agreed."""
    current = review.decisions.adjudication_of(case_id)
    if current is None:
        return 0
    sheet = read_bench(review, current).sheet
    return sum(
        one.source is Source.UNRESOLVED and sheet.state_of(question).is_counted
        for question, one in current.decisions.items()
    )
