"""The record of an invented incident, told so that a careful reader can answer every question."""

from __future__ import annotations

from typing import Final

from dipsample.demo.chance import Chance
from dipsample.demo.course import Condition
from dipsample.demo.incident import LABEL, Incident
from dipsample.demo.log import Log, Manner
from dipsample.demo.people import NOT_RECORDED
from dipsample.demo.teller import Teller
from dipsample.demo.telling_accounts import tell_account_of_b, tell_assessment, tell_counter
from dipsample.demo.telling_arrests import tell_arrests, tell_other_suspects
from dipsample.demo.timeline import draw_times
from dipsample.demo.truth import Passage
from dipsample.demo.wording import acts, allegations, arrests, endings, openings
from dipsample.demo.words import draw_words

_WHOLE_TEXTS: Final = {
    Condition.MISSING: endings.MISSING,
    Condition.RESTRICTED: endings.RESTRICTED,
    Condition.DUPLICATE: endings.DUPLICATE,
    Condition.OUT_OF_SCOPE: endings.OUT_OF_SCOPE,
    Condition.SCOPE_UNCLEAR: endings.SCOPE_UNCLEAR,
}
_MANNERS: Final = (
    (Manner.RUNNING, 40),
    (Manner.LINES, 18),
    (Manner.PROSE, 16),
    (Manner.BRIEF, 26),
)
_ODD_START_RATE: Final = 0.004
_NOTHING: Final = ("",)


def tell(seed: str, number: int, incident: Incident) -> tuple[str, tuple[Passage, ...]]:
    """Return the narrative of one incident, and where it shows the answers."""
    chance = Chance(LABEL, seed, f"{number:05d}:words")
    words = draw_words(chance, incident)
    condition = incident.course.condition
    if condition in _WHOLE_TEXTS:
        return chance.pick(_WHOLE_TEXTS[condition]).format_map(words), ()
    times = draw_times(Chance(LABEL, seed, f"{number:05d}:times"), incident)
    teller = Teller(incident, chance, words, times, Log())
    _tell_all(teller)
    is_odd = chance.happens(_ODD_START_RATE)
    start = chance.pick(endings.ODD_STARTS).format_map(words) if is_odd else ""
    return teller.log.write(chance.weighted(_MANNERS), start=start)


def _tell_all(teller: Teller) -> None:
    """Say all that the record says."""
    times = teller.times
    _tell_opening(teller)
    match teller.incident.course.condition:
        case Condition.CUT_OFF:
            teller.say(times.scene + 3, endings.CUT_OFF)
            return
        case Condition.POINTER:
            teller.say(times.scene + 3, endings.POINTER)
            return
        case Condition.NO_CUSTODY_RECORD:
            teller.say(times.arrest_b, arrests.SOMEBODY_ARRESTED, "A1")
            teller.say(times.review, allegations.NO_COUNTER_AT_ALL)
        case _:
            tell_arrests(teller)
            tell_other_suspects(teller)
            tell_account_of_b(teller)
            tell_counter(teller)
            tell_assessment(teller)
    _tell_ending(teller)


def _tell_opening(teller: Teller) -> None:
    """Say who rang and what Party A says of Party B."""
    incident, times = teller.incident, teller.times
    if incident.is_called_by_third:
        teller.say(times.call, openings.CALL_FROM_THIRD)
        teller.say(times.scene, openings.OFFICERS_ARRIVE)
        may_be_silent = (
            incident.course.condition is Condition.WHOLE
            and incident.course.counter is None
            and incident.is_b_present
        )
        is_silent = may_be_silent and teller.chance.happens(0.2)
        accounts = openings.A_SAYS_NOTHING if is_silent else openings.A_SAYS_AT_SCENE
        teller.say(times.scene, accounts)
    elif not incident.is_b_present and teller.chance.happens(0.4):
        teller.say(times.call, openings.REPORT_FROM_A)
    else:
        teller.say(times.call, openings.CALL_FROM_A)
        teller.say(times.scene, openings.OFFICERS_ARRIVE)
        teller.say(times.scene, (*openings.A_REPEATS, "", "", ""))
    _tell_circumstances(teller)


def _tell_circumstances(teller: Teller) -> None:
    """Say what was seen, who else was there, and who is recorded as what."""
    incident, chance, scene = teller.incident, teller.chance, teller.times.scene
    facts = incident.circumstances
    teller.say(scene, acts.INJURIES.get(facts.offence_group, _NOTHING))
    if chance.happens(0.3):
        teller.say(scene, openings.COLOUR)
    if facts.has_interpreter and chance.happens(0.7):
        teller.say(scene, openings.INTERPRETER)
    if incident.has_children and chance.happens(0.4):
        teller.say(scene, openings.CHILDREN)
    if not incident.is_b_present:
        teller.say(scene, (*openings.B_GONE, "", ""))
    recorded = openings.CRIME_RECORDED if facts.is_crime else openings.INCIDENT_RECORDED
    teller.say(scene + 2, recorded)


def _tell_ending(teller: Teller) -> None:
    """Say the risk, other incidents between the two, the decision, and what came after."""
    incident, times = teller.incident, teller.times
    course = incident.course
    is_graded = incident.risk_grade != NOT_RECORDED
    at = times.scene + teller.chance.between(25, 55)
    teller.say(at, endings.RISK if is_graded else endings.RISK_NOT_GRADED)
    is_linked = course.linked != "no_linked_incident"
    linked = arrests.LINKED[course.linked] if is_linked else arrests.NO_LINK
    teller.say(times.review, linked, "A10")
    teller.say(times.decision, endings.DECISION[incident.outcome])
    if course.is_risk_unmanaged:
        teller.say(times.decision + teller.chance.between(200, 2000), endings.RISK_UNMANAGED, "Z5")
    else:
        teller.say(times.decision, endings.SAFE_ENDING)
