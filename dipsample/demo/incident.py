"""One invented incident: everything that its row and its record are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dipsample.demo.areas import Area, draw_area
from dipsample.demo.chance import Chance
from dipsample.demo.course import Arrests, Circumstances, Condition, Course
from dipsample.demo.happenings import OFFENCE_WEIGHTS, draw_course
from dipsample.demo.people import (
    NOT_RECORDED,
    Party,
    Relationship,
    draw_party,
    draw_relationship,
    draw_sexes,
)
from dipsample.demo.wording.acts import AT_A_DISTANCE

LABEL: Final = "demo-extract"
"""Label of every ticket behind the extract."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, to whom, and what the frame records of the circumstances."""

    incident_id: str
    area: Area
    circumstances: Circumstances
    party_a: Party
    party_b: Party
    course: Course
    has_children: bool
    is_repeat: bool
    risk_grade: str
    """``standard``, ``medium``, ``high`` or ``not_recorded``."""
    outcome: str
    """A Home Office outcome code, ``open``, or ``not_applicable`` where there is no crime."""
    is_called_by_third: bool
    is_b_present: bool
    """Whether Party B is there when officers arrive."""


_GRADES: Final = (("standard", 61), ("medium", 27), ("high", 8), (NOT_RECORDED, 4))
_OUTCOMES_AFTER_ARREST: Final = (("1", 17), ("15", 20), ("16", 44), ("8", 2), ("open", 17))
_OUTCOMES: Final = (("14", 18), ("15", 20), ("16", 42), ("8", 3), ("open", 17))
_ID_LETTERS: Final = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")
_ID_DIGITS: Final = 16


def draw_incident(seed: str, number: int) -> Incident:
    """Return incident ``number`` of the example made with ``seed``.

    Raises:
        TicketError: Where the seed is not one that a ticket allows.
    """

    def chance(topic: str) -> Chance:
        return Chance(LABEL, seed, f"{number:05d}:{topic}")

    setting = chance("setting")
    relationship = draw_relationship(setting)
    sex_a, sex_b = draw_sexes(setting, relationship)
    facts = Circumstances(
        relationship=relationship,
        sex_a=sex_a,
        is_same_sex=sex_a == sex_b,
        has_interpreter=setting.happens(0.08),
        offence_group=_draw_offence_group(setting, relationship),
    )
    course = draw_course(chance("course"), facts)
    return Incident(
        incident_id=_incident_id(chance("id")),
        area=draw_area(chance("area")),
        circumstances=facts,
        party_a=draw_party(chance("party-a"), sex_a, is_suspect=False),
        party_b=draw_party(chance("party-b"), sex_b, is_suspect=True),
        course=course,
        has_children=setting.happens(0.45 if relationship.is_intimate else 0.2),
        is_repeat=setting.happens(0.41),
        risk_grade=setting.weighted(_GRADES),
        outcome=_draw_outcome(setting, facts, course),
        is_called_by_third=setting.happens(_third_caller_rate(course, facts)),
        is_b_present=_draw_presence(setting, facts, course),
    )


def _incident_id(chance: Chance) -> str:
    """Return a pseudonym of letters only, so that it cannot look like any number or reference."""
    return f"DA-{chance.hex_digits(_ID_DIGITS)[:12].translate(_ID_LETTERS)}"


def _draw_offence_group(chance: Chance, relationship: Relationship) -> str:
    group = chance.weighted(OFFENCE_WEIGHTS)
    if group == "sexual offence" and not relationship.is_intimate:
        return "violence without injury"
    return group


def _draw_outcome(chance: Chance, facts: Circumstances, course: Course) -> str:
    if not facts.is_crime or course.condition is Condition.OUT_OF_SCOPE:
        return "not_applicable"
    if course.condition is Condition.NO_CUSTODY_RECORD:
        return "16"
    outcome = chance.weighted(_OUTCOMES_AFTER_ARREST if course.arrests.of_b else _OUTCOMES)
    is_decided = course.counter is not None and course.counter.first_made == "after_decision"
    if course.is_risk_unmanaged and outcome == "1":
        return "16"
    return "16" if is_decided and outcome == "open" else outcome


def _third_caller_rate(course: Course, facts: Circumstances) -> float:
    """Return how likely a third person rings: where there is something to hear or see."""
    is_on_the_line = course.counter is not None and course.counter.first_made == "in_call"
    if is_on_the_line or not course.condition.is_eligible:
        return 0.0
    return 0.02 if facts.offence_group in AT_A_DISTANCE and facts.is_crime else 0.28


def _draw_presence(chance: Chance, facts: Circumstances, course: Course) -> bool:
    first_made = course.counter.first_made if course.counter is not None else ""
    must_be_there = (
        first_made in {"in_call", "at_scene"}
        or course.arrests in {Arrests.A, Arrests.THIRD, Arrests.BOTH_AND_THIRD}
        or course.arrests is Arrests.B_AND_THIRD
        or (course.arrests.of_both and course.apart == "same_attendance")
        or (course.arrests.of_b and not facts.is_crime)
    )
    is_remote = facts.offence_group in AT_A_DISTANCE and facts.is_crime
    return must_be_there or chance.happens(0.2 if is_remote else 0.68)
