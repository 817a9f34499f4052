"""The part of a record that gives Party B's account, and what police made of it."""

from __future__ import annotations

from dipsample.demo.course import Condition
from dipsample.demo.teller import Teller
from dipsample.demo.wording import allegations


def tell_account_of_b(teller: Teller) -> None:
    """Say what Party B said that is no allegation against Party A."""
    incident, times = teller.incident, teller.times
    course = incident.course
    if course.condition is Condition.NO_INTERVIEW_NOTE:
        teller.say(times.interview_b, allegations.INTERVIEW_NOTE_MISSING)
        return
    first_made = course.counter.first_made if course.counter is not None else ""
    has_said = first_made in {"in_call", "at_scene"}
    if incident.is_b_present and not has_said:
        teller.say(times.scene + 3, (*allegations.NO_COUNTER_AT_SCENE, "", ""))
    is_interviewed = course.arrests.of_b or course.without_arrest in {"party_b", "both"}
    if not is_interviewed or first_made == "custody_or_interview":
        return
    if has_said:
        teller.say(times.interview_b, allegations.SAME_IN_INTERVIEW)
    else:
        teller.say(times.interview_b, allegations.NO_COUNTER_IN_INTERVIEW)


def tell_counter(teller: Teller) -> None:
    """Say what Party B alleges against Party A, if anything, and how it was recorded."""
    counter = teller.incident.course.counter
    if counter is None:
        return
    is_undated = counter.first_made == "cannot_determine"
    at = teller.times.review if is_undated else teller.times.counter
    teller.say(at, allegations.COUNTER[counter.first_made], "C1", "C3")
    wait = 0 if is_undated else teller.chance.pick((0, 25))
    later = max(at, teller.times.scene) + wait
    teller.say(later, allegations.COUNTER_RECORDED[counter.recorded], "C5")


def tell_assessment(teller: Teller) -> None:
    """Say who was taken for the primary perpetrator, where anyone has to ask."""
    course = teller.incident.course
    if course.asks_assessment:
        teller.say(teller.times.review, allegations.ASSESSMENT[course.assessment], "P1")
