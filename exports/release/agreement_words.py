"""What the figures of agreement say, in the words of every screen, command and file."""

from __future__ import annotations

from typing import Final

from review.agreement import Agreement, Figure

EXPLAINED: Final = (
    "Agree: how often both gave the same answer. On yes, on no: of the answers yes (or no) of "
    "either coder, how many the other gave too. AC1, alpha and kappa: how much of the agreement "
    "chance alone would not give; 1 is full agreement, 0 is chance, under 0 is less than chance. "
    "In brackets the interval."
)
LOPSIDED: Final = (
    "Where nearly all answers are the same, coders agree nearly always by chance too. Alpha and "
    "kappa count only what goes beyond that, so that a single case moves them far and they can be "
    "near 0, or below it, while both coders nearly always say the same; kappa is then withheld "
    "where fewer than 10 cases have a yes of either coder (its positives). That contradicts "
    "neither the percentage nor AC1, which takes less off for chance there. How far a rare yes "
    "can be relied on, agreement on yes says."
)
MARK: Final = "*"
_MOSTLY: Final = 0.8
"""Share of one answer, and of cases that agree, from which on the figures seem to differ."""
_LOW: Final = 0.6


def lopsided_words(line: Agreement) -> str:
    """Say that figures seem to contradict each other, and why; empty where they do not.

    Args:
        line: The agreement on one question.
    """
    percent = line.percent.estimate
    if not line.given or percent is None:
        return ""
    by_chance = (line.krippendorff_alpha, line.cohen_kappa)
    if min(percent, line.given / line.ratings) < _MOSTLY or not any(map(_is_low, by_chance)):
        return ""
    answer = line.commonest.replace("_", " ")
    return (
        f"{line.given:,} of {line.ratings:,} answers are {answer}: alpha and kappa say little "
        f"here {MARK}"
    )


def _is_low(figure: Figure) -> bool:
    return figure.estimate is None or figure.estimate < _LOW
