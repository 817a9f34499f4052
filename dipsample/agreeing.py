"""How far the coders of a project agree, on the cases drawn to be coded twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dipsample.desk import sample_records
from dipsample.project import Snapshot
from review.agreement import DoubleCoding
from review.double_coding import agreement_of
from review.drift import TARGET, Recent, recalibration
from review.gold_scores import GoldScore, gold_scores
from review.pace import hurried
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
    return agreement_of(review, live_cases(project), questions=questions, confidence=confidence)


def watch_words(project: Snapshot) -> tuple[str, ...]:
    """Return what a supervisor may want to act on, a sentence each; nothing ranks anybody.

    That is agreement wholly under the target over the last cases coded twice, silent checks under
    the gate of calibration, and how many cases were handed in far faster than their coder's own
    usual.
    """
    review, cases = project.state.review, live_cases(project)
    words = [_recalibrate(review.reviewers, one) for one in recalibration(review, cases)]
    words += [
        f"{code} is below the gate of calibration and codes nothing until another set is passed, "
        "or you admit them with a reason."
        for name, code in review.reviewers.items()
        if review.calibrations.is_below_gate(name)
    ]
    words += [
        _under_gate(review.reviewers[one.reviewer], one)
        for one in gold_scores(review)
        if one.is_under_gate
    ]
    fast = len(hurried(coding for case_id in cases for coding in review.codings_of(case_id)))
    if fast:
        were = "1 coding was" if fast == 1 else f"{fast:,} codings were"
        words.append(
            f"{were} handed in in under a quarter of the coder's own usual time; nothing follows "
            "from it by itself."
        )
    return tuple(words)


def _under_gate(code: str, one: GoldScore) -> str:
    plural = "" if one.missed == 1 else "s"
    missed = f" and missed {one.missed} counter-allegation{plural}" if one.missed else ""
    return (
        f"{code} answered {one.right} of {one.asked} outcome questions of silent checks as "
        f"expected{missed}, under the gate of calibration: propose a round of recalibration "
        "with dipsample calibrate."
    )


def _recalibrate(codes: Mapping[str, str], one: Recent) -> str:
    whose = "the coders" if one.reviewer is None else f"{codes[one.reviewer]} and the others"
    lower, upper = one.agreement.lower or 0.0, one.agreement.upper or 0.0
    return (
        f"Over the last {one.cases} cases coded twice, {whose} agree on {100 * lower:.0f} to "
        f"{100 * upper:.0f} % of outcome answers, under the target of {100 * TARGET:.0f} %: talk "
        "the questions through in a round of recalibration."
    )


def live_cases(project: Snapshot) -> list[str]:
    """Return the cases of the sample that are in the audit."""
    return [record.case_id for record in sample_records(project) if record.role is Role.SAMPLE]
