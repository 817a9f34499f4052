"""Silent checks, as the log keeps them: cases with known answers among those of the coders."""

from __future__ import annotations

from typing import ClassVar, Literal

from sampling.recorded import Recorded, Row, Widened


class ExpectedAnswer(Recorded):
    """What a silent check should be answered with."""

    question: str
    value: str
    """Several values are joined by ``|``."""


class GoldCase(Recorded):
    """One silent check: never a case of the sample, and never counted."""

    case_id: str
    """A number of the reserve that became free by tickets."""
    stratum: str
    """That of the record that had the number: what its coders are shown as its stratum."""
    source_sha256: str
    """Of text and expected answers as they were given: the same case is placed once."""
    material_sha256: str
    """Of what coders are shown."""
    expected: Row[ExpectedAnswer]


class GoldPlaced(Recorded):
    """The supervisor put silent checks among the cases; the expected answers stand from here on."""

    v: Literal[1] = 1
    set_sha256: str
    """Of everything that was offered, of which these were taken by ticket."""
    codebook_sha256: str
    """The version of the codebook that the expected answers are read with."""
    cases: Row[GoldCase]
    """In the order of the ``gold`` tickets of their sources, as the numbers are of theirs."""


class GoldSlot(Recorded):
    """One person codes one silent check."""

    case_id: str
    reviewer: str


class GoldDealt(Widened):
    """Silent checks were dealt to coders, beside what they had of them."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"twice"})

    v: Literal[1] = 1
    dealt: Row[GoldSlot]
    twice: int | None = None
    """How many of the checks placed by then two people may hold, all others one; None where it was
    dealt without such a bound."""


GoldEvent = GoldPlaced | GoldDealt
