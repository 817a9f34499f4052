"""Whether what was decided of a case still rests on its codings as they are.

Invariant: a decision whose input changed is stale, and the case is no longer final. It is worked
out from the heads of the codings each time, so no order of events can hide it.
"""

from __future__ import annotations

from review.adjudication_state import Adjudication
from review.decision_events import QaFailed
from review.fold import Review
from review.handed_in import fingerprint, handed_in


def is_fresh(review: Review, adjudication: Adjudication) -> bool:
    """Say whether what was decided over is as it was: the codings, and what their questions mean.

    An answer of the adjudicator's own stands in no coding. So a decision falls too where a later
    version of the codebook gives a question that it settles another meaning.
    """
    if review.versions.reached_since(adjudication.codebook_sha256) & adjudication.decisions.keys():
        return False
    now = {(one.reviewer, one.head) for one in handed_in(review, adjudication.case_id)}
    return now == {(one.reviewer, one.head) for one in adjudication.inputs}


def head_of(review: Review, case_id: str) -> str:
    """Return the hash of everything that the final answers of a case rest on.

    It covers the codings that count, the decisions over them, and the round of those: the same
    answers decided anew have another head.
    """
    return head_after(review, case_id, review.decisions.adjudication_of(case_id))


def head_after(review: Review, case_id: str, current: Adjudication | None) -> str:
    """Return what :func:`head_of` gives where a round of decisions is the one in force.

    Args:
        review: Everything that was done.
        case_id: The case.
        current: The round; one that is not closed, or None, stands for the codings alone.
    """
    codings = sorted((one.reviewer, one.head or "") for one in handed_in(review, case_id))
    if current is None or not current.is_closed:
        return fingerprint(case_id, codings)
    decided = [
        (question, list(one.value), one.source.value)
        for question, one in sorted(current.decisions.items())
    ]
    return fingerprint(case_id, codings, decided, current.opened)


def was_found_wrong(review: Review, case_id: str) -> bool:
    """Say whether a quality check at the final answers as they are found them wrong."""
    look = review.decisions.check_of(case_id, head_of(review, case_id))
    return isinstance(look, QaFailed)
