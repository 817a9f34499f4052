"""What happened in an invented incident, as far as its record will tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dipsample.demo.people import Relationship


class Condition(StrEnum):
    """What state the record is in."""

    WHOLE = "whole"
    CUT_OFF = "cut off before it says what was done"
    POINTER = "says only that the rest stands elsewhere"
    NO_CUSTODY_RECORD = "somebody was arrested, it does not say who"
    NO_INTERVIEW_NOTE = "Party B was interviewed, the note is not there"
    MISSING = "nothing behind the reference"
    RESTRICTED = "not open to the reviewer"
    DUPLICATE = "a second reference for another incident"
    OUT_OF_SCOPE = "not domestic abuse"
    SCOPE_UNCLEAR = "does not say who the people are to each other"

    @property
    def is_eligible(self) -> bool:
        """Whether E1 and E2 are both yes."""
        return self in {
            Condition.WHOLE,
            Condition.CUT_OFF,
            Condition.POINTER,
            Condition.NO_CUSTODY_RECORD,
            Condition.NO_INTERVIEW_NOTE,
        }

    @property
    def says_nothing_of_police_action(self) -> bool:
        """Whether arrests, allegations and links cannot be read off the record."""
        return self in {Condition.CUT_OFF, Condition.POINTER}


class Arrests(StrEnum):
    """Who was arrested for the incident."""

    NOBODY = "nobody"
    B = "b"
    A = "a"
    BOTH = "a and b"
    B_AND_THIRD = "b and a third person"
    BOTH_AND_THIRD = "a, b and a third person"
    THIRD = "a third person only"

    @property
    def of_a(self) -> bool:
        """Whether Party A is among them."""
        return self in {Arrests.A, Arrests.BOTH, Arrests.BOTH_AND_THIRD}

    @property
    def of_b(self) -> bool:
        """Whether Party B is among them."""
        return self in {Arrests.B, Arrests.BOTH, Arrests.B_AND_THIRD, Arrests.BOTH_AND_THIRD}

    @property
    def of_both(self) -> bool:
        """Whether both main parties are among them."""
        return self.of_a and self.of_b

    @property
    def of_third(self) -> bool:
        """Whether somebody other than the two main parties is among them."""
        return self in {Arrests.B_AND_THIRD, Arrests.BOTH_AND_THIRD, Arrests.THIRD}

    @property
    def people(self) -> int:
        """How many people were arrested."""
        return self.of_a + self.of_b + self.of_third


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the course of an incident depends on."""

    relationship: Relationship
    sex_a: str
    is_same_sex: bool
    has_interpreter: bool
    offence_group: str
    """``none`` where no crime was recorded about Party B."""

    @property
    def is_crime(self) -> bool:
        """Whether a crime was recorded about Party B."""
        return self.offence_group != "none"


@dataclass(frozen=True, slots=True)
class Counter:
    """The second allegation: that of Party B about Party A."""

    first_made: str
    """The answer to C3."""
    recorded: str
    """The answer to C5."""


@dataclass(frozen=True, slots=True)
class Course:
    """What happened; codes are answers of da-short where there is a question for it."""

    condition: Condition
    arrests: Arrests
    apart: str
    """A6, where both were arrested."""
    arrested_again: str
    """A8."""
    linked: str
    """A10."""
    without_arrest: str
    """A11."""
    counter: Counter | None
    assessment: str
    """P1, where it is asked."""
    assessed: str
    """``a`` or ``b``: whom the assessment names as the primary perpetrator."""
    is_risk_unmanaged: bool

    @property
    def asks_assessment(self) -> bool:
        """Whether P1 is asked."""
        return self.counter is not None or self.arrests.of_both or self.without_arrest == "both"
