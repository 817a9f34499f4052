"""Whether a case that a quality check found wrong would be closed with the answers found wrong."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from review.bench import Bench, read_bench
from review.codebook import Value
from review.decision_events import DecidedQuote
from review.fold import Review
from review.freshness import head_after


def is_as_found_wrong(review: Review, bench: Bench) -> bool:
    """Say whether the final answers of a case are those that the last check of it found wrong.

    Answers and the quotes of adjudicators count; comments and where an answer comes from do not.
    Where a coding changed since, nothing is as it was.

    Args:
        review: Everything that was done.
        bench: The case as it is being decided.
    """
    case_id = bench.adjudication.case_id
    found = review.decisions.failed_check_of(case_id)
    if found is None:
        return False
    undecided = replace(bench.adjudication, decisions=MappingProxyType({}), closed=None)
    return any(
        head_after(review, case_id, former) == found.head
        and _answers(bench) == _answers(read_bench(review, former))
        for former in (undecided, *review.decisions.closed_rounds_of(case_id))
    )


def _answers(bench: Bench) -> tuple[dict[str, Value], dict[str, DecidedQuote]]:
    decided = bench.adjudication.decisions
    quotes = {question: one.quote for question, one in decided.items() if one.quote is not None}
    return bench.sheet.counted, quotes
