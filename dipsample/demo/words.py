"""The words that fill the templates of one record: labels, pronouns, kin, acts, offences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dipsample.demo.chance import Chance
from dipsample.demo.incident import Incident
from dipsample.demo.people import Relationship
from dipsample.demo.wording.acts import (
    ACTS,
    AT_A_DISTANCE,
    COUNTER_ACTS_AT_A_DISTANCE,
    COUNTER_ACTS_IN_PERSON,
    OFFENCES,
    TOPICS,
    TOPICS_WITH_CHILDREN,
)

_PRONOUNS: Final = {"female": ("she", "her", "her"), "male": ("he", "him", "his")}
_KIN: Final = {
    Relationship.PARTNER: (
        {"female": "partner", "male": "partner"},
        {"female": "wife", "male": "husband"},
        {"female": "girlfriend", "male": "boyfriend"},
    ),
    Relationship.EX_PARTNER: (
        {"female": "ex-partner", "male": "ex-partner"},
        {"female": "ex-wife", "male": "ex-husband"},
        {"female": "former girlfriend", "male": "former boyfriend"},
    ),
    Relationship.PARENT_CHILD: (
        {"female": "adult daughter", "male": "adult son"},
        {"female": "adult daughter", "male": "adult son"},
        {"female": "mother", "male": "father"},
    ),
    Relationship.SIBLING: ({"female": "sister", "male": "brother"},),
    Relationship.OTHER_FAMILY: (
        {"female": "sister-in-law", "male": "brother-in-law"},
        {"female": "cousin", "male": "cousin"},
        {"female": "aunt", "male": "uncle"},
    ),
}


def draw_words(chance: Chance, incident: Incident) -> Mapping[str, str]:
    """Return the words by the name they have in the templates."""
    facts = incident.circumstances
    words = _labels(incident) | _pronouns(incident)
    words["kin"] = chance.pick(_KIN[facts.relationship])[incident.party_b.sex]
    topics = TOPICS + TOPICS_WITH_CHILDREN if incident.has_children else TOPICS
    words["topic"] = chance.pick(topics).format_map(words)
    words["act"] = chance.pick(ACTS[facts.offence_group]).format_map(words)
    is_remote = facts.offence_group in AT_A_DISTANCE and not incident.is_b_present
    counters = COUNTER_ACTS_AT_A_DISTANCE if is_remote else COUNTER_ACTS_IN_PERSON
    words["counter"] = chance.pick(counters).format_map(words)
    words["offence"] = chance.pick(OFFENCES[facts.offence_group])
    words["offence_start"] = words["offence"][0].upper() + words["offence"][1:]
    words["offence_a"] = "harassment" if is_remote else "common assault"
    words["number"] = str(chance.between(2, 6))
    words["days"] = str(chance.between(2, 6))
    words["grade"] = incident.risk_grade
    return words


def _labels(incident: Incident) -> dict[str, str]:
    """Number the people in the order in which the record mentions them."""
    order = ("caller", "a", "b", "c") if incident.is_called_by_third else ("a", "b", "c")
    labels = {name: f"[P{number}]" for number, name in enumerate(order, start=1)}
    assessed, other = ("a", "b") if incident.course.assessed == "a" else ("b", "a")
    return {"caller": labels["a"]} | labels | {"p": labels[assessed], "q": labels[other]}


def _pronouns(incident: Incident) -> dict[str, str]:
    assessed = incident.party_a if incident.course.assessed == "a" else incident.party_b
    words = {"p_him": _PRONOUNS[assessed.sex][1]}
    for name, party in (("a", incident.party_a), ("b", incident.party_b)):
        subject, object_, possessive = _PRONOUNS[party.sex]
        words |= {f"{name}_he": subject, f"{name}_him": object_, f"{name}_his": possessive}
    return words
