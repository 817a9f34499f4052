"""How the course of an invented incident is drawn.

The rates are chosen, not measured: a counter-allegation in about 5 % of incidents, an arrest in
about 40 %, more than one person arrested in about 2.5 %, both main parties in about 1.5 %.
"""

from __future__ import annotations

from typing import Final

from dipsample.demo.chance import Chance
from dipsample.demo.course import Arrests, Circumstances, Condition, Counter, Course
from dipsample.demo.people import Relationship

_CONDITIONS: Final = (
    (Condition.WHOLE, 9200),
    (Condition.CUT_OFF, 120),
    (Condition.POINTER, 60),
    (Condition.NO_CUSTODY_RECORD, 60),
    (Condition.NO_INTERVIEW_NOTE, 120),
    (Condition.MISSING, 60),
    (Condition.RESTRICTED, 40),
    (Condition.DUPLICATE, 50),
    (Condition.OUT_OF_SCOPE, 250),
    (Condition.SCOPE_UNCLEAR, 40),
)
_TELL_THE_END: Final = (
    Condition.WHOLE,
    Condition.NO_CUSTODY_RECORD,
    Condition.NO_INTERVIEW_NOTE,
)
_ARREST_RATE: Final = {
    "violence with injury": 0.68,
    "violence without injury": 0.56,
    "harassment and stalking": 0.46,
    "criminal damage": 0.52,
    "threats": 0.46,
    "breach of an order": 0.74,
    "theft": 0.38,
    "sexual offence": 0.50,
    "none": 0.06,
}
OFFENCE_WEIGHTS: Final = (
    ("none", 33),
    ("violence with injury", 17),
    ("violence without injury", 24),
    ("harassment and stalking", 10),
    ("criminal damage", 6),
    ("threats", 4),
    ("breach of an order", 3),
    ("theft", 2),
    ("sexual offence", 1),
)
_ASSESSMENTS: Final = (
    ("yes_with_reasons", 22),
    ("yes_no_reasons", 17),
    ("reasons_no_conclusion", 12),
    ("no", 46),
    ("cannot_determine", 3),
)

_Codes = tuple[tuple[str, int], ...]
_RECORDED_WHERE_A_IS_SUSPECT: Final[_Codes] = (
    ("separate_crime", 58),
    ("same_crime_report", 28),
    ("crimed_then_cancelled", 10),
    ("cannot_determine", 4),
)
_RECORDED_AFTER_INTERVIEW: Final[_Codes] = (
    ("free_text_only", 74),
    ("separate_crime", 12),
    ("incident_or_intel_only", 8),
    ("crimed_then_cancelled", 6),
)
_RECORDED_OTHERWISE: Final[_Codes] = (
    ("free_text_only", 42),
    ("separate_crime", 22),
    ("same_crime_report", 14),
    ("incident_or_intel_only", 13),
    ("crimed_then_cancelled", 6),
    ("cannot_determine", 3),
)


def draw_course(chance: Chance, facts: Circumstances) -> Course:
    """Return what happened in one incident."""
    condition = chance.weighted(_CONDITIONS)
    has_counter = chance.happens(_counter_rate(facts))
    if condition in {Condition.OUT_OF_SCOPE, Condition.SCOPE_UNCLEAR}:
        has_counter, arrests = False, Arrests.NOBODY
    elif condition in {Condition.NO_INTERVIEW_NOTE, Condition.NO_CUSTODY_RECORD}:
        has_counter, arrests = False, Arrests.B
    else:
        arrests = _draw_arrests(chance, facts, has_counter=has_counter)
    voluntary = _draw_without_arrest(chance, facts, arrests, has_counter=has_counter)
    if condition is Condition.NO_CUSTODY_RECORD:
        voluntary = "cannot_determine"
    counter = _draw_counter(chance, arrests, voluntary) if has_counter else None
    return Course(
        condition=condition,
        arrests=arrests,
        apart=_draw_apart(chance, counter),
        arrested_again=_draw_arrested_again(chance, arrests),
        linked=_draw_linked(chance),
        without_arrest=voluntary,
        counter=counter,
        assessment=chance.weighted(_ASSESSMENTS),
        assessed="b" if chance.happens(0.85) else "a",
        is_risk_unmanaged=chance.happens(0.009) and condition in _TELL_THE_END,
    )


def _counter_rate(facts: Circumstances) -> float:
    """Return how likely Party B makes an allegation about Party A."""
    rate = 0.039
    if facts.sex_a == "male":
        rate *= 1.8
    if facts.is_same_sex and facts.relationship.is_intimate:
        rate *= 2.0
    if facts.relationship is Relationship.SIBLING:
        rate *= 1.6
    if facts.has_interpreter:
        rate *= 1.3
    return rate if facts.is_crime else rate * 0.9


def _draw_arrests(chance: Chance, facts: Circumstances, *, has_counter: bool) -> Arrests:
    """Return who was arrested; both parties mostly where each accuses the other."""
    rate = _ARREST_RATE[facts.offence_group]
    if has_counter:
        of_a = 0.44 if facts.has_interpreter else 0.30
        if not facts.is_crime:
            of_a, rate = 0.12, 0.10
        if chance.happens(of_a):
            return chance.weighted(
                ((Arrests.BOTH, 76), (Arrests.A, 18), (Arrests.BOTH_AND_THIRD, 6))
            )
        return Arrests.B if chance.happens(rate) else Arrests.NOBODY
    if not chance.happens(rate):
        return Arrests.NOBODY
    third = 6 if facts.relationship.is_intimate else 30
    return chance.weighted(
        (
            (Arrests.B, 360),
            (Arrests.B_AND_THIRD, third),
            (Arrests.BOTH, 3),
            (Arrests.A, 2),
            (Arrests.THIRD, 2),
        )
    )


def _draw_without_arrest(
    chance: Chance, facts: Circumstances, arrests: Arrests, *, has_counter: bool
) -> str:
    """Return the answer to A11: who of those not arrested was dealt with as a suspect."""
    b_rate = 0.14 if facts.is_crime else 0.0
    of_b = not arrests.of_b and arrests is not Arrests.THIRD and chance.happens(b_rate)
    of_a = has_counter and not arrests.of_a and chance.happens(0.35 if of_b else 0.10)
    if of_a:
        return "both" if of_b else "party_a"
    return "party_b" if of_b else "neither"


def _draw_counter(chance: Chance, arrests: Arrests, without_arrest: str) -> Counter:
    """Return when the second allegation was first made, and how it was recorded."""
    is_interviewed = arrests.of_b or without_arrest in {"party_b", "both"}
    stages = [("in_call", 8), ("at_scene", 40), ("later_before_decision", 14)]
    if is_interviewed and not arrests.of_a:
        stages += [("custody_or_interview", 70), ("after_decision", 5)]
    elif arrests.of_both:
        stages += [("custody_or_interview", 22)]
    if not arrests.of_a:
        stages += [("cannot_determine", 3)]
    first_made = chance.weighted(stages)
    if arrests.of_a or without_arrest in {"party_a", "both"}:
        kinds = _RECORDED_WHERE_A_IS_SUSPECT
    elif first_made == "custody_or_interview":
        kinds = _RECORDED_AFTER_INTERVIEW
    else:
        kinds = _RECORDED_OTHERWISE
    return Counter(first_made, chance.weighted(kinds))


def _draw_apart(chance: Chance, counter: Counter | None) -> str:
    """Return how far apart two arrests were: the second follows the allegation behind it."""
    if counter is None or counter.first_made in {"in_call", "at_scene"}:
        return chance.weighted((("same_attendance", 85), ("within_24h", 15)))
    if counter.first_made == "custody_or_interview":
        return chance.weighted((("within_24h", 80), ("cannot_determine", 20)))
    return chance.weighted((("within_window", 70), ("after_window", 30)))


def _draw_arrested_again(chance: Chance, arrests: Arrests) -> str:
    """Return the answer to A8: a breach of bail is a second arrest of the same person."""
    if arrests.of_b and chance.happens(0.035):
        return "party_b"
    return "neither"


def _draw_linked(chance: Chance) -> str:
    """Return the answer to A10."""
    return chance.weighted(
        (
            ("no_linked_incident", 925),
            ("neither", 46),
            ("party_b", 22),
            ("party_a", 4),
            ("both", 2),
            ("cannot_determine", 1),
        )
    )
