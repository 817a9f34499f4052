"""How many persons one incident adds to a ratio of persons arrested.

An incident with a dual arrest adds two persons to the numerator, and every person arrested in it
to the denominator. "Three or more" is what the frame's own column says, else three, which makes
the ratio an upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from review.design import CodedCase
from review.indicators import PERSONS_ARRESTED, Decision, Verdict

FRAME_COLUMN: Final = "n_persons_arrested"
"""The kept column that says how many persons were arrested."""

BOTH_PARTIES: Final = 2
OPEN_ENDED: Final = "3_or_more"
LEAST_OF_OPEN_ENDED: Final = 3


@dataclass(frozen=True, slots=True)
class Persons:
    """What one case adds, for the three figures that are published."""

    known: tuple[int, int]
    if_no: tuple[int, int]
    if_yes: tuple[int, int]
    is_least: bool
    """Whether the denominator is the least that it can be."""


def persons_of(case: CodedCase, decision: Decision) -> Persons:
    """Return numerator and denominator of one case, each (0, 0) outside the base.

    Undetermined, counted as no, adds as many persons as the answer leaves room for and none of
    them to the numerator; counted as yes it adds two that both count. The known ratio always lies
    between.
    """
    arrested, is_least = _arrested(case)
    match decision.verdict:
        case Verdict.NOT_IN_BASE:
            return Persons((0, 0), (0, 0), (0, 0), is_least=False)
        case Verdict.UNDETERMINED:
            most = arrested or LEAST_OF_OPEN_ENDED
            both = (BOTH_PARTIES, BOTH_PARTIES)
            return Persons((0, 0), (0, most), both, is_least=is_least)
        case Verdict.TRUE:
            pair = (BOTH_PARTIES, max(arrested or 0, BOTH_PARTIES))
            return Persons(pair, pair, pair, is_least=is_least)
        case Verdict.FALSE:
            pair = (0, arrested or 1)
            return Persons(pair, pair, pair, is_least=is_least)


def _arrested(case: CodedCase) -> tuple[int | None, bool]:
    """Return how many persons were arrested, if known, and whether that is only the least."""
    counted = case.sheet.counted.get(PERSONS_ARRESTED, ()) if case.sheet else ()
    if counted == (OPEN_ENDED,):
        stated = case.kept.get(FRAME_COLUMN, "").strip()
        if stated.isascii() and stated.isdigit() and int(stated) >= LEAST_OF_OPEN_ENDED:
            return int(stated), False
        return LEAST_OF_OPEN_ENDED, True
    return (int(counted[0]), False) if counted and counted[0].isdigit() else (None, False)
