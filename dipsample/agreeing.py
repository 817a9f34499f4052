"""How far the coders of a project agree, on the cases drawn to be coded twice."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.desk import sample_records
from dipsample.project import Snapshot
from review.agreement import DoubleCoding
from review.double_coding import agreement_of
from sampling.draw import Role


def double_coding(
    project: Snapshot, *, questions: Sequence[str] | None = None, confidence: float = 0.95
) -> DoubleCoding:
    """Return the agreement on the random double set, replaced and excluded cases left out.

    Args:
        project: The project.
        questions: Ids; None: those that are always reported.
        confidence: Of all intervals, two-sided.

    Raises:
        AgreementError: Where answers to one of the questions cannot be compared.
    """
    review = project.state.review
    case_ids = [
        record.case_id
        for record in sample_records(project)
        if record.role is Role.SAMPLE and review.exclusion_of(record.case_id) is None
    ]
    return agreement_of(review, case_ids, questions=questions, confidence=confidence)
