"""Where a coder's answers were not the final ones: a list for that coder alone.

It speaks of cases whose decision is closed and stands, and of the coder's own answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review.adjudication_state import Adjudication
from review.bench import Bench, read_bench
from review.codebook import Question, Value
from review.decision_events import OverruleReason, Source
from review.fold import Review
from review.freshness import is_fresh
from sampling.draw import DrawnRecord, Role


@dataclass(frozen=True, slots=True)
class Overruled:
    """One answer of a coder that is not the final one."""

    case_id: str
    question: Question
    own: Value
    final: Value
    """Empty where the final answers do not ask the question."""
    is_unresolved: bool
    """Whether the final answer is that it could not be agreed."""
    reason: OverruleReason | None
    """None where the question itself was not decided: another decision closed it."""


def overruled(
    review: Review, records: Iterable[DrawnRecord], reviewer: str
) -> tuple[Overruled, ...]:
    """Return where a coder was overruled, by case and in the order of the codebook."""
    return tuple(
        one
        for record in records
        if record.role is Role.SAMPLE
        for one in _overruled_on(review, record, reviewer)
    )


def decided_cases(review: Review, records: Iterable[DrawnRecord], reviewer: str) -> int:
    """Return how many cases that a coder coded have a decision that is closed and stands."""
    return sum(
        record.role is Role.SAMPLE and _decided_over(review, record, reviewer) is not None
        for record in records
    )


def _decided_over(
    review: Review, record: DrawnRecord, reviewer: str
) -> tuple[Adjudication, Bench, int] | None:
    """Return a decision that stands, what it decided over, and which of that is the coder's."""
    adjudication = review.decisions.adjudication_of(record.case_id)
    if adjudication is None or not adjudication.is_closed or not is_fresh(review, adjudication):
        return None
    bench = read_bench(review, adjudication)
    places = [one.reviewer for one in bench.codings]
    return (adjudication, bench, places.index(reviewer)) if reviewer in places else None


def _overruled_on(review: Review, record: DrawnRecord, reviewer: str) -> Iterator[Overruled]:
    decided = _decided_over(review, record, reviewer)
    if decided is None:
        return
    adjudication, bench, place = decided
    final = bench.sheet.counted
    for compared in bench.compared:
        own = compared.values[place]
        value = final.get(compared.question.id, ())
        if not own or own == value:
            continue
        decision = adjudication.decisions.get(compared.question.id) if value else None
        yield Overruled(
            case_id=record.case_id,
            question=compared.question,
            own=own,
            final=value,
            is_unresolved=decision is not None and decision.source is Source.UNRESOLVED,
            reason=None if decision is None else decision.reason,
        )
