"""Sentences about how far coders of the same case said the same."""

from __future__ import annotations

from exports.release.request import ReleaseRequest
from exports.rounding import coefficient, counted, percentage
from review.agreement import QuestionAgreement


def double_coding(request: ReleaseRequest) -> str | None:
    """Say how many cases were drawn to be coded twice."""
    double = request.agreement
    if double is None or not double.chosen:
        return None
    missing = double.chosen - double.coded
    waiting = f", {missing:,} of them not handed in by both yet" if missing else ""
    return (
        f"{counted(double.chosen, 'case')}, chosen at random by ticket, "
        f"{'was' if double.chosen == 1 else 'were'} given to two people who did not see each "
        f"other's answers{waiting}. Agreement rests on these cases alone and on what each of the "
        "two first handed in; second looks that were chosen because of an answer never enter it."
    )


def agreement(request: ReleaseRequest) -> str | None:
    """Print the agreement on each reported question."""
    double = request.agreement
    if double is None:
        return None
    parts = [_in_words(one) for one in double.questions if one.pairs]
    if not parts:
        return None
    said = "; ".join(parts)
    return f"Agreement of coders (percentage of equal answers, AC1 with its interval): {said}."


def _in_words(one: QuestionAgreement) -> str:
    percent, ac1 = one.answers.percent, one.answers.gwet_ac1
    words = f"{one.question} on {counted(one.pairs, 'case')}"
    if percent.estimate is not None:
        words += f" {percentage(percent.estimate)}%"
    if ac1.estimate is not None and ac1.lower is not None and ac1.upper is not None:
        low, high = coefficient(ac1.lower), coefficient(ac1.upper)
        words += f", AC1 {coefficient(ac1.estimate)} ({low} to {high})"
    if one.left_out:
        words += f", left out: {one.left_out:,}"
    return words
