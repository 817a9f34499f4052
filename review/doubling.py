"""How many cases are coded twice: the share that agreement needs, or what was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from sampling.refusal import Refusal

WHOLE_UP_TO: Final = 150
"""Samples up to this size are coded twice as a whole."""
SHARE: Final = Fraction(1, 4)
FLOOR: Final = 100
"""The default share is never fewer cases: below it, agreement on what is rare says nothing."""

DEFAULT: Final = "default"
ALL: Final = "all"
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)%")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Doubling:
    """A choice of how many cases are coded twice."""

    words: str
    """``default``, ``all``, a share such as ``25%``, or a number; ``0`` for none."""

    def of(self, cases: int, reviewers: int) -> int:
        """Return how many of so many cases are coded twice; none where one person codes alone."""
        if reviewers < 2:
            return 0
        if self.words == DEFAULT:
            return cases if cases <= WHOLE_UP_TO else max(FLOOR, ceil(cases * SHARE))
        if self.words == ALL:
            return cases
        share = _SHARE.fullmatch(self.words)
        if share is not None:
            return min(cases, ceil(cases * Fraction(share[1]) / 100))
        return min(cases, int(self.words))


def read_doubling(text: str) -> Doubling | Refusal:
    """Read a choice as it is typed: ``all``, a share up to ``100%``, or a number."""
    words = text.strip().lower()
    share = _SHARE.fullmatch(words)
    if words == ALL or _NUMBER.fullmatch(words) or (share and Fraction(share[1]) <= 100):
        return Doubling(words)
    return Refusal(
        "double",
        "How many cases are coded twice is a share such as 25%, a number, or all.",
        "Write for instance --double 25%, --double 40, --double all, or --double 0 for none.",
    )
