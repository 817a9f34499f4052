"""When the parts of an incident happened, in minutes since the midnight before the call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dipsample.demo.chance import Chance
from dipsample.demo.incident import Incident

DAY: Final = 1440
_CALLS_BY_HOUR: Final = (
    *(40, 34, 27, 20, 14, 12, 14, 20, 28, 34, 38, 40),
    *(44, 44, 46, 50, 54, 60, 66, 70, 72, 74, 68, 54),
)
_CALL_HOURS: Final = tuple(enumerate(_CALLS_BY_HOUR))


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of one incident; those of things that did not happen are not used."""

    call: int
    scene: int
    arrest_b: int
    interview_b: int
    interview_a: int
    counter: int
    arrest_a: int
    again: int
    """The second arrest of Party B."""
    review: int
    decision: int


def draw_times(chance: Chance, incident: Incident) -> Times:
    """Return when everything happened; the order agrees with the answers to A6 and C3."""
    course = incident.course
    call = chance.weighted(_CALL_HOURS) * 60 + chance.between(0, 59)
    scene = call + chance.between(7, 52)
    arrest_b = scene + (
        chance.between(4, 24) if incident.is_b_present else chance.between(150, 2600)
    )
    if course.arrests.of_b:
        interview_b = _within_hours(arrest_b + chance.between(300, 700), 7, 23)
    else:
        later = scene + DAY * chance.between(1, 6) + chance.between(30, 400)
        interview_b = _within_hours(later, 9, 18)
    first_made = course.counter.first_made if course.counter is not None else ""
    counter = {
        "in_call": call + 2,
        "at_scene": scene + 3,
        "custody_or_interview": interview_b,
        "later_before_decision": _within_hours(arrest_b + chance.between(DAY, DAY + 700), 8, 21),
    }.get(first_made, scene + 3)
    arrest_a = _arrest_a(chance, incident, counter=max(counter, scene), arrest_b=arrest_b)
    interview_a = _within_hours(max(counter, interview_b) + chance.between(DAY, 2 * DAY), 9, 18)
    again = interview_b + chance.between(500, 2 * DAY)
    so_far = Times(
        call=call,
        scene=scene,
        arrest_b=arrest_b,
        interview_b=interview_b,
        interview_a=interview_a,
        counter=counter,
        arrest_a=arrest_a,
        again=again,
        review=scene,
        decision=scene,
    )
    decision = _decision(chance, incident, _latest(incident, so_far))
    if first_made == "after_decision":
        counter = _within_hours(decision + chance.between(900, 8 * DAY), 9, 18)
    review = decision - chance.between(20, 50)
    return replace(so_far, counter=counter, review=review, decision=decision)


def _latest(incident: Incident, times: Times) -> int:
    """Return when the last thing before the decision happened, an hour after the scene at least."""
    course = incident.course
    is_b_interviewed = course.arrests.of_b or course.without_arrest in {"party_b", "both"}
    happened = (
        (times.scene + 60, True),
        (times.arrest_b, course.arrests.people > 0),
        (times.interview_b, is_b_interviewed),
        (times.arrest_a, course.arrests.of_a),
        (times.interview_a, course.without_arrest in {"party_a", "both"}),
        (times.again, course.arrested_again == "party_b"),
        (times.counter, course.counter is not None),
    )
    return max(at for at, has_happened in happened if has_happened)


def _decision(chance: Chance, incident: Incident, latest: int) -> int:
    """Return when the decision was made; a week on where linked incidents are spoken of."""
    if incident.course.linked != "no_linked_incident":
        return _within_hours(latest + 7 * DAY + chance.between(120, 700), 9, 18)
    if incident.outcome == "not_applicable":
        return latest + chance.between(60, 400)
    return _within_hours(latest + chance.between(60, 9 * DAY), 9, 18)


def _within_hours(at: int, opens: int, closes: int) -> int:
    """Return a time moved on to the first hour of the day that it may happen in."""
    day, minute = divmod(at, DAY)
    if minute < opens * 60:
        return day * DAY + opens * 60 + minute % 60
    if minute >= closes * 60:
        return (day + 1) * DAY + opens * 60 + minute % 60
    return at


def _arrest_a(chance: Chance, incident: Incident, *, counter: int, arrest_b: int) -> int:
    """Return when Party A was arrested, if at all: after the allegation, as far off as A6 says."""
    course = incident.course
    if not course.arrests.of_b:
        return counter + chance.between(4, 20)
    match course.apart:
        case "same_attendance":
            return arrest_b
        case "within_24h" | "cannot_determine":
            return max(counter, arrest_b) + chance.between(60, 180)
        case "within_window":
            return max(counter, arrest_b) + chance.between(100, 900) + DAY
        case _:
            return arrest_b + DAY * chance.between(8, 16) + chance.between(0, 600)
