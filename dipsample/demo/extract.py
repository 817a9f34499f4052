"""The example extract: invented incidents as a force might hand them over, and their truth."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Final

from dipsample.demo.answers import true_answers
from dipsample.demo.chance import Chance
from dipsample.demo.course import Condition
from dipsample.demo.flags import Flags, draw_flags
from dipsample.demo.incident import LABEL, Incident, draw_incident
from dipsample.demo.narrative import tell
from dipsample.demo.people import NOT_RECORDED, PARTY_COLUMNS
from dipsample.demo.truth import Truth

INCIDENTS: Final = 12_000

COLUMNS: Final = (
    "incident_id",
    "reported_month",
    "borough",
    "bcu",
    "record_system",
    "crime_or_noncrime",
    "offence_group",
    "n_crimes",
    "n_suspects",
    "victim_also_suspect",
    "any_arrest",
    "n_persons_arrested",
    "flag_group",
    "relationship",
    *(f"party_a_{column}" for column in PARTY_COLUMNS),
    *(f"party_b_{column}" for column in PARTY_COLUMNS),
    "interpreter_flag",
    "children_flag",
    "repeat_flag",
    "risk_grade_a",
    "outcome_code_a",
    "narrative",
)
"""The columns of the extract, in order."""

_NOT_DOMESTIC: Final = (Condition.OUT_OF_SCOPE, Condition.SCOPE_UNCLEAR)


@dataclass(frozen=True, slots=True)
class DemoExtract:
    """The extract, and what is true of its incidents."""

    content: bytes
    """The CSV file: UTF-8, lines ending in LF, a header of :data:`COLUMNS`."""
    truths: Mapping[str, Truth]
    """By incident id, in the order of the rows."""
    narratives: Mapping[str, str]
    """By incident id: the column ``narrative``."""


def make_extract(incidents: int = INCIDENTS, *, seed: str) -> DemoExtract:
    """Return invented incidents: the same bytes for the same seed on every machine.

    Args:
        incidents: How many rows; the first rows do not depend on it.
        seed: 20 to 128 characters of ``0-9 A-Z a-z : . _ -``.

    Raises:
        TicketError: Where the seed is not one that a ticket allows.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    truths: dict[str, Truth] = {}
    narratives: dict[str, str] = {}
    for number in range(1, incidents + 1):
        incident = draw_incident(seed, number)
        narrative, passages = tell(seed, number, incident)
        flags = draw_flags(_chance(seed, number, "flags"), incident)
        row = _row(_chance(seed, number, "gaps"), incident, flags)
        writer.writerow((*row, narrative))
        truths[incident.incident_id] = Truth(true_answers(incident.course), passages)
        narratives[incident.incident_id] = narrative
    return DemoExtract(out.getvalue().encode("utf-8"), truths, narratives)


def _chance(seed: str, number: int, topic: str) -> Chance:
    return Chance(LABEL, seed, f"{number:05d}:{topic}")


def _row(chance: Chance, incident: Incident, flags: Flags) -> tuple[str | int, ...]:
    """Return the row of one incident without its narrative."""
    facts, area = incident.circumstances, incident.area
    is_related = incident.course.condition not in _NOT_DOMESTIC and not chance.happens(0.04)
    return (
        incident.incident_id,
        area.month,
        area.borough,
        area.bcu,
        area.record_system,
        flags.crime_or_noncrime,
        flags.offence_group,
        flags.n_crimes,
        flags.n_suspects,
        flags.victim_also_suspect,
        flags.any_arrest,
        flags.n_persons_arrested,
        flags.group,
        facts.relationship.value if is_related else NOT_RECORDED,
        *incident.party_a.columns,
        *incident.party_b.columns,
        _flag(chance, facts.has_interpreter),
        _flag(chance, incident.has_children),
        _flag(chance, incident.is_repeat),
        incident.risk_grade,
        incident.outcome,
    )


def _flag(chance: Chance, is_set: bool) -> str:
    """Return yes or no, or unknown where nobody ticked the box."""
    if chance.happens(0.07):
        return "unknown"
    return "yes" if is_set else "no"
