"""What others found, and the readings of "multiple arrests": tables to print, with sources.

These figures are never drawn as a line, a target or a benchmark beside an audit's own: units of
count and definitions differ, and the note above the table says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of "multiple arrests"."""

    words: str
    indicators: tuple[str, ...]
    """Ids, the main one first."""
    elsewhere: str
    """The same in Vermont's public incident data 2019-20, 3,207 domestic incidents."""


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """One published figure."""

    figure: str
    unit: str
    """What one is counted once of."""
    value: str
    source: str
    is_secondary: bool = False
    """Taken from a work that quotes the source; check it before relying on it."""


HEADLINES: Final = ("M2", "M4", "C.1")

NOTE: Final = (
    "Other people's figures, for orientation. Their units of count, definitions and places differ "
    "from this audit's; none of them is a target, and the same thing reads 1.9, about 3.8 or "
    "7.3 % by the denominator alone."
)

READINGS: Final[tuple[Reading, ...]] = (
    Reading(
        "more than one person arrested",
        ("M2", "M3"),
        "76 = 2.37 % [1.90, 2.96]; of incidents with an arrest 76 of 2,461 = 3.09 %",
    ),
    Reading(
        "both main parties arrested",
        ("M4", "M6"),
        "38 = 1.18 % [0.86, 1.62]; of incidents with an arrest 1.54 %",
    ),
    Reading(
        "both main parties arrested at the same attendance or within 24 hours",
        ("M5",),
        "not in the data",
    ),
    Reading(
        "a recorded victim arrested",
        ("M10",),
        "60 = 1.87 % [1.46, 2.40]; 15 of the 60 are the only arrest of their incident",
    ),
    Reading("the same person arrested more than once", ("M8",), "not in the data"),
    Reading(
        "each main party arrested, in this or a linked incident",
        ("M9",),
        "mirror pairs within 7 days: 7, one of them with both arrested (a weak key, an upper "
        "bound); within a year 38 and 16",
    ),
    Reading(
        "both suspects, not both arrested",
        ("M12",),
        "the victim was also an offender in 83 incidents",
    ),
)
"""In the order in which they are printed, with 95 % Wilson intervals for the proxy."""

_NIJ: Final = "NIJ 222679; NIJ 2009"

REFERENCE_FIGURES: Final[tuple[ReferenceFigure, ...]] = (
    ReferenceFigure(
        "dual reports, three pilot areas, same-sex couples left out",
        "domestic abuse incidents",
        "5.4 % (number of incidents not known)",
        "Scotland, SCCJR 2015",
    ),
    ReferenceFigure(
        "dual arrest, intimate partners, 2,819 jurisdictions in 19 states, 2000",
        "intimate partner incidents",
        "1.9 %; any arrest about 50 %",
        _NIJ,
    ),
    ReferenceFigure(
        "dual arrest, other domestic; all assault and intimidation",
        "incidents",
        "1.5 %; just over 1 %",
        _NIJ,
    ),
    ReferenceFigure(
        "dual arrest by couple: man and woman as victim, woman and man, two women, two men",
        "intimate partner incidents",
        "0.8, 3.0, 26.1, 27.3 %",
        "NIJ 2009",
    ),
    ReferenceFigure(
        "dual arrests as a share of arrests, intimate partners, 2000 and 2010",
        "arrests",
        "7.3, 7.2 %",
        "not traced to the first publication",
        is_secondary=True,
    ),
    ReferenceFigure(
        "Connecticut before and after a dominant-aggressor law",
        "incidents with an arrest",
        "17-26 % (2014-18), 10-16 % (2019); about 20 % in 1988-91",
        "CCADV 2020; NCJ 130838",
    ),
    ReferenceFigure(
        "effect of primary-aggressor laws, 5,481 jurisdictions, 2000-09",
        "incidents",
        "no statistically significant reduction",
        "Hirschel et al.",
    ),
    ReferenceFigure(
        "arrested, of incidents in which recorded as perpetrator, Northumbria",
        "incidents",
        "men 1 in 10, women 1 in 3",
        "Hester 2009",
        is_secondary=True,
    ),
    ReferenceFigure(
        "female respondents misidentified, internal sample 2020",
        "incidents with a female respondent",
        "12 %, and a further 35.2 % borderline",
        "Victoria Police, in FVRIM 2021",
    ),
    ReferenceFigure(
        "female respondents who were victims in the past five years; of the same person",
        "persons",
        "58.7 %; 31.3 %",
        "CSA, in FVRIM 2021",
    ),
    ReferenceFigure(
        "more than one person arrested; both parties arrested",
        "domestic incidents, 3,207",
        "2.37 %; 1.18 %",
        "Vermont NIBRS 2019-20, computed from the public data",
    ),
)
