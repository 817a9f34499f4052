"""How disagreements were settled: whose answer stands, and why, counted by question.

It speaks of final cases whose codings differ on a question, and names nobody: left and right are
places on the adjudicator's screen, dealt by ticket.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review.bench import Bench
from review.case import final_bench
from review.decision_events import OverruleReason, Source
from review.fold import Review
from review.handed_in import Match
from sampling.draw import DrawnRecord

_Kind = tuple[str, Source, OverruleReason | None]


@dataclass(frozen=True, slots=True)
class Settled:
    """How often a question on which coders differed was settled in one way."""

    question: str
    source: Source
    """Whose answer is the final one."""
    reason: OverruleReason | None
    """None where the question was left open by one coder, and nobody is overruled."""
    cases: int


def settled(review: Review, records: Iterable[DrawnRecord]) -> tuple[Settled, ...]:
    """Return how the disagreements of final cases were settled.

    A question that the final answers no longer ask needed no settling and is left out.

    Args:
        review: Everything that was done.
        records: What was drawn.

    Returns:
        In the order of the codebook, then of sources and of reasons.
    """
    counts = Counter(
        kind
        for record in records
        if (bench := final_bench(review, record.role, record.case_id)) is not None
        for kind in _kinds(bench)
    )
    return tuple(_in_order(review, counts))


def _kinds(bench: Bench) -> Iterator[_Kind]:
    """Yield question, source and reason of each disagreement of a case that was settled."""
    for compared in bench.compared:
        name = compared.question.id
        decision = bench.adjudication.decisions.get(name)
        has_differed = compared.match in (Match.CONFLICT, Match.ONE_SIDED)
        if has_differed and decision is not None and bench.sheet.state_of(name).is_counted:
            yield name, decision.source, decision.reason


def _in_order(review: Review, counts: Counter[_Kind]) -> Iterator[Settled]:
    asked = () if review.codebook is None else review.codebook.questions
    for question in asked:
        for source in Source:
            for reason in (*OverruleReason, None):
                cases = counts[question.id, source, reason]
                if cases:
                    yield Settled(question.id, source, reason, cases)
