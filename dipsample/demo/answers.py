"""From what happened to the answers of a perfect reviewer."""

from __future__ import annotations

from collections.abc import Mapping

from dipsample.demo.course import Condition, Course
from dipsample.demo.truth import CANNOT_DETERMINE, OPTIONS, is_asked

_NOT_OPENED = {
    Condition.MISSING: "no_missing",
    Condition.RESTRICTED: "no_restricted",
    Condition.DUPLICATE: "no_duplicate",
}
_NOT_IN_SCOPE = {Condition.OUT_OF_SCOPE: "no", Condition.SCOPE_UNCLEAR: CANNOT_DETERMINE}
_MUST_KNOW = ("A1", "A3", "A4", "C1")


def true_answers(course: Course) -> Mapping[str, str]:
    """Return the answers to the questions that are asked, by question id in codebook order.

    Z4, the free text, is not among them.
    """
    known = _scope_answers(course) | _arrest_answers(course) | _allegation_answers(course)
    answers: dict[str, str] = {}
    for question in OPTIONS:
        if question in known and is_asked(question, answers):
            answers[question] = known[question]
        if question == "Z3" and is_asked(question, answers):
            answers[question] = _confidence(course, answers)
    return answers


def _scope_answers(course: Course) -> dict[str, str]:
    return {
        "E1": _NOT_OPENED.get(course.condition, "yes"),
        "E2": _NOT_IN_SCOPE.get(course.condition, "yes"),
        "Z5": "yes" if course.is_risk_unmanaged else "no",
    }


def _arrest_answers(course: Course) -> dict[str, str]:
    arrests = course.arrests
    if course.condition.says_nothing_of_police_action:
        return dict.fromkeys(("A1", "A10", "A11"), CANNOT_DETERMINE)
    if course.condition is Condition.NO_CUSTODY_RECORD:
        unknown = dict.fromkeys(("A2", "A3", "A4", "A8", "A11"), CANNOT_DETERMINE)
        return {"A1": "yes", "A10": course.linked, **unknown}
    return {
        "A1": "yes" if arrests.people else "no",
        "A2": {1: "1", 2: "2"}.get(arrests.people, "3_or_more"),
        "A3": "yes" if arrests.of_a else "no",
        "A4": "yes" if arrests.of_b else "no",
        "A6": course.apart,
        "A8": course.arrested_again,
        "A10": course.linked,
        "A11": course.without_arrest,
    }


def _allegation_answers(course: Course) -> dict[str, str]:
    is_unknown = (
        course.condition.says_nothing_of_police_action
        or course.condition is Condition.NO_INTERVIEW_NOTE
    )
    if is_unknown:
        return {"C1": CANNOT_DETERMINE}
    if course.counter is None:
        return {"C1": "no", "P1": course.assessment}
    return {
        "C1": "yes",
        "C3": course.counter.first_made,
        "C5": course.counter.recorded,
        "P1": course.assessment,
    }


def _confidence(course: Course, answers: Mapping[str, str]) -> str:
    """Low where the record says nothing of what police did, medium where one fact is missing."""
    if course.condition.says_nothing_of_police_action:
        return "low"
    if CANNOT_DETERMINE in answers.values():
        return "medium"
    return "high"
