"""What the frame knows of an incident: cheap flags, right most of the time.

Counts in a frame come from links between systems, and links fail. So the flags follow what
happened imperfectly, and a counter-allegation that lives in free text leaves no flag at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dipsample.demo.chance import Chance
from dipsample.demo.course import Condition
from dipsample.demo.incident import Incident

STRATA: Final = (
    "1 victim also suspect",
    "2 two or more suspects",
    "3 one suspect and an arrest",
    "4 one suspect and no arrest",
    "5 no suspect named",
)
"""The groups of the column ``flag_group``; neighbours in the order of the names are alike."""

_A_IS_SUSPECT_RATE: Final = {
    "separate_crime": 0.92,
    "same_crime_report": 0.80,
    "crimed_then_cancelled": 0.45,
}


@dataclass(frozen=True, slots=True)
class Flags:
    """The columns of the extract that a stratification can use."""

    crime_or_noncrime: str
    offence_group: str
    n_crimes: int
    n_suspects: int
    victim_also_suspect: str
    any_arrest: str
    n_persons_arrested: int

    @property
    def group(self) -> str:
        """The value of ``flag_group``: the first of the rules that holds."""
        if self.victim_also_suspect == "yes":
            return STRATA[0]
        if self.n_suspects >= 2:
            return STRATA[1]
        if self.n_suspects == 0:
            return STRATA[4]
        return STRATA[2] if self.any_arrest == "yes" else STRATA[3]


def draw_flags(chance: Chance, incident: Incident) -> Flags:
    """Return what the frame records of an incident."""
    course, facts = incident.course, incident.circumstances
    is_crime = facts.is_crime and course.condition is not Condition.OUT_OF_SCOPE
    is_a_suspect = _is_a_suspect(chance, incident)
    persons = _persons_arrested(chance, incident)
    n_suspects = _suspects(chance, incident, is_a_suspect=is_a_suspect, persons=persons)
    own_report = course.counter is not None and course.counter.recorded == "separate_crime"
    return Flags(
        crime_or_noncrime="crime" if is_crime else "non_crime",
        offence_group=facts.offence_group if is_crime else "none",
        n_crimes=is_crime + own_report + (is_crime and chance.happens(0.14)),
        n_suspects=n_suspects,
        victim_also_suspect=_victim_also_suspect(chance, is_a_suspect=is_a_suspect),
        any_arrest="yes" if persons else "no",
        n_persons_arrested=persons,
    )


def _is_a_suspect(chance: Chance, incident: Incident) -> bool:
    """Say whether Party A stands in the frame as a suspect."""
    course = incident.course
    rate = 0.005
    if course.counter is not None:
        rate = max(rate, _A_IS_SUSPECT_RATE.get(course.counter.recorded, 0.0))
    if course.arrests.of_a or course.without_arrest in {"party_a", "both"}:
        rate = max(rate, 0.85)
    return chance.happens(rate)


def _persons_arrested(chance: Chance, incident: Incident) -> int:
    """Return how many people the custody system links to the incident."""
    people = incident.course.arrests.people
    if not people:
        return 1 if chance.happens(0.008) else 0
    if chance.happens(0.025):
        return 0
    return people - 1 if people > 1 and chance.happens(0.10) else people


def _suspects(chance: Chance, incident: Incident, *, is_a_suspect: bool, persons: int) -> int:
    """Return how many suspects the frame counts; never none where somebody was arrested."""
    is_named = persons > 0 or not chance.happens(0.02 if incident.circumstances.is_crime else 0.14)
    is_third = incident.course.arrests.of_third and chance.happens(0.6)
    is_other = chance.happens(0.008)
    return is_named + is_a_suspect + is_third + is_other


def _victim_also_suspect(chance: Chance, *, is_a_suspect: bool) -> str:
    """Return the flag: one person in both roles, where the two entries were matched."""
    if chance.happens(0.015):
        return "unknown"
    return "yes" if is_a_suspect and chance.happens(0.88) else "no"
