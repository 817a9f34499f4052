"""The two main parties of an invented incident: who they are, and what the frame knows of it.

No rate in the example depends on ethnicity: a reader must not take an invented difference
between groups of people for a real one. Sex, relationship and the need of an interpreter do
matter, so that breakdowns have something to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dipsample.demo.chance import Chance

NOT_RECORDED: Final = "not_recorded"


class Relationship(StrEnum):
    """What the two parties are to each other."""

    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    PARENT_CHILD = "parent_child"
    SIBLING = "sibling"
    OTHER_FAMILY = "other_family"

    @property
    def is_intimate(self) -> bool:
        """Whether the two are or were a couple."""
        return self in {Relationship.PARTNER, Relationship.EX_PARTNER}


@dataclass(frozen=True, slots=True)
class Party:
    """One main party: the true sex, and the columns of the extract."""

    sex: str
    """``female`` or ``male``, as the narrative has it."""
    sex_recorded: str
    age_band: str
    ethnicity_sde: str
    ethnicity_observed: str
    disability: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The recorded values, in the order of the extract."""
        return (
            self.sex_recorded,
            self.age_band,
            self.ethnicity_sde,
            self.ethnicity_observed,
            self.disability,
        )


PARTY_COLUMNS: Final = ("sex", "age_band", "ethnicity_sde", "ethnicity_observed", "disability")

_RELATIONSHIPS: Final = (
    (Relationship.PARTNER, 42),
    (Relationship.EX_PARTNER, 34),
    (Relationship.PARENT_CHILD, 13),
    (Relationship.SIBLING, 6),
    (Relationship.OTHER_FAMILY, 5),
)
_AGE_BANDS: Final = (
    ("16 to 17", 2),
    ("18 to 24", 17),
    ("25 to 34", 32),
    ("35 to 44", 25),
    ("45 to 54", 14),
    ("55 to 64", 7),
    ("65 and over", 3),
)
_ETHNICITIES: Final = (
    (("White", "IC1"), 37),
    (("White", "IC2"), 9),
    (("Black", "IC3"), 20),
    (("Asian", "IC4"), 17),
    (("Asian", "IC5"), 3),
    (("Mixed", "IC3"), 4),
    (("Mixed", "IC1"), 2),
    (("Other", "IC6"), 5),
    (("Other", "IC9"), 3),
)
_OBSERVED: Final = ("IC1", "IC2", "IC3", "IC4", "IC5", "IC6", "IC9")


def draw_relationship(chance: Chance) -> Relationship:
    """Return what Party B is to Party A."""
    return chance.weighted(_RELATIONSHIPS)


def draw_sexes(chance: Chance, relationship: Relationship) -> tuple[str, str]:
    """Return the true sex of Party A and of Party B."""
    first = "female" if chance.happens(0.74) else "male"
    if relationship.is_intimate:
        same = chance.happens(0.04)
        other = {"female": "male", "male": "female"}[first]
        return first, first if same else other
    return first, "male" if chance.happens(0.72) else "female"


def draw_party(chance: Chance, sex: str, *, is_suspect: bool) -> Party:
    """Return one party, with gaps: suspects are seen by officers, victims are asked more often."""
    ethnicity, observed = chance.weighted(_ETHNICITIES)
    is_asked = chance.happens(0.62 if is_suspect else 0.70)
    is_seen = chance.happens(0.86 if is_suspect else 0.74)
    if chance.happens(0.05):
        observed = chance.pick(_OBSERVED)
    disability = "yes" if chance.happens(0.16) else "no"
    return Party(
        sex=sex,
        sex_recorded=sex if chance.happens(0.985) else NOT_RECORDED,
        age_band=chance.weighted(_AGE_BANDS) if chance.happens(0.97) else NOT_RECORDED,
        ethnicity_sde=ethnicity if is_asked else NOT_RECORDED,
        ethnicity_observed=observed if is_seen else NOT_RECORDED,
        disability=disability if chance.happens(0.40 if is_suspect else 0.52) else NOT_RECORDED,
    )
