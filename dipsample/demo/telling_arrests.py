"""The part of a record that says who was arrested, and who was a suspect without arrest."""

from __future__ import annotations

from dipsample.demo.course import Arrests
from dipsample.demo.teller import Teller
from dipsample.demo.wording import arrests


def tell_arrests(teller: Teller) -> None:
    """Say who was arrested and when, or that nobody was."""
    who = teller.incident.course.arrests
    match who:
        case Arrests.NOBODY:
            _tell_nobody(teller)
        case Arrests.THIRD:
            teller.say(teller.times.arrest_b, arrests.ONLY_THIRD_ARRESTED, "A1")
        case Arrests.A:
            _tell_a(teller, "A1", "A3")
            if teller.incident.course.without_arrest not in {"party_b", "both"}:
                teller.say(teller.times.arrest_a, arrests.B_NOT_ARRESTED)
        case Arrests.BOTH | Arrests.BOTH_AND_THIRD:
            _tell_both(teller)
        case Arrests.B | Arrests.B_AND_THIRD:
            _tell_b(teller)
    if who.of_third and who is not Arrests.THIRD:
        teller.say(teller.times.arrest_b, arrests.THIRD_ARRESTED, "A1", "A2")
    if teller.incident.course.arrested_again == "party_b":
        teller.say(teller.times.interview_b + 50, arrests.B_BAILED)
        teller.say(teller.times.again, arrests.ARRESTED_AGAIN, "A1", "A8")


def tell_other_suspects(teller: Teller) -> None:
    """Say who was interviewed as a suspect without being arrested."""
    who = teller.incident.course.without_arrest
    if who in {"party_b", "both"}:
        teller.say(teller.times.interview_b, arrests.B_INTERVIEWED_VOLUNTARILY, "A11")
    if who in {"party_a", "both"}:
        teller.say(teller.times.interview_a, arrests.A_INTERVIEWED_VOLUNTARILY, "A11")


def _tell_nobody(teller: Teller) -> None:
    times, course = teller.times, teller.incident.course
    if course.without_arrest in {"party_b", "both"}:
        teller.say(times.scene + 20, arrests.NOBODY_ARRESTED_YET, "A1")
    elif teller.incident.is_b_present:
        teller.say(times.scene + 20, arrests.NOBODY_ARRESTED, "A1")
    elif course.counter is not None:
        teller.say(times.review, arrests.NOBODY_ARRESTED_EITHER_SIDE, "A1")
    else:
        teller.say(times.review, arrests.NOBODY_ARRESTED_B_GONE, "A1")


def _tell_b(teller: Teller) -> None:
    is_present = teller.incident.is_b_present
    wordings = arrests.B_ARRESTED_AT_SCENE if is_present else arrests.B_ARRESTED_AFTERWARDS
    teller.say(teller.times.arrest_b, wordings, "A1", "A4")


def _tell_a(teller: Teller, *questions: str) -> None:
    has_alleged = teller.incident.course.counter is not None
    after, otherwise = arrests.A_ARRESTED_AFTER_ALLEGATION, arrests.A_ARRESTED_NO_COUNTER
    teller.say(teller.times.arrest_a, after if has_alleged else otherwise, *questions)
    teller.say(teller.times.decision - 10, arrests.A_RELEASED)


def _tell_both(teller: Teller) -> None:
    course, times = teller.incident.course, teller.times
    has_alleged = course.counter is not None
    together = arrests.BOTH_ARRESTED_TOGETHER if has_alleged else arrests.BOTH_ARRESTED_NO_COUNTER
    match course.apart:
        case "same_attendance":
            teller.say(times.arrest_b, together, "A1", "A2", "A3", "A4", "A6")
            teller.say(times.decision - 10, arrests.A_RELEASED)
        case "cannot_determine":
            _tell_b(teller)
            teller.say(times.review, arrests.A_ARREST_UNDATED, "A1", "A2", "A3")
        case _:
            _tell_b(teller)
            _tell_a(teller, "A1", "A2", "A3", "A6")
