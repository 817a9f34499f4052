"""The truth of the example: what a perfect reviewer would answer, and where the record says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CANNOT_DETERMINE: Final = "cannot_determine"
_YES_NO = ("yes", "no", CANNOT_DETERMINE)
_PARTIES = ("party_a", "party_b", "both", "neither", CANNOT_DETERMINE)

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "E1": ("yes", "no_missing", "no_restricted", "no_duplicate"),
    "E2": _YES_NO,
    "A1": _YES_NO,
    "A2": ("1", "2", "3_or_more", CANNOT_DETERMINE),
    "A3": _YES_NO,
    "A4": _YES_NO,
    "A6": ("same_attendance", "within_24h", "within_window", "after_window", CANNOT_DETERMINE),
    "A8": _PARTIES,
    "A10": (*_PARTIES, "no_linked_incident"),
    "A11": _PARTIES,
    "C1": _YES_NO,
    "C3": (
        "in_call",
        "at_scene",
        "custody_or_interview",
        "later_before_decision",
        "after_decision",
        CANNOT_DETERMINE,
    ),
    "C5": (
        "separate_crime",
        "same_crime_report",
        "incident_or_intel_only",
        "free_text_only",
        "crimed_then_cancelled",
        CANNOT_DETERMINE,
    ),
    "P1": ("yes_with_reasons", "yes_no_reasons", "reasons_no_conclusion", "no", CANNOT_DETERMINE),
    "Z3": ("high", "medium", "low"),
    "Z4": (),
    "Z5": ("yes", "no"),
}
"""The questions of da-short in order, each with its answers; Z4 is free text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the narrative shows an answer: code points, the end not included."""

    question: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Truth:
    """One incident as a perfect reviewer would code it from its record."""

    answers: Mapping[str, str]
    """By question id, in codebook order; questions that are not asked are absent. No Z4."""
    passages: tuple[Passage, ...]
    """Where the narrative shows them; a question may have several, or none."""

    def passage_for(self, question: str) -> Passage | None:
        """Return the first passage that shows the answer to ``question``."""
        return next((each for each in self.passages if each.question == question), None)


def is_asked(question: str, answers: Mapping[str, str]) -> bool:
    """Say whether da-short asks ``question`` after these answers to earlier questions."""
    given = answers.get
    both_arrested = given("A3") == given("A4") == "yes"
    if question == "E1":
        return True
    if question in {"E2", "Z5"}:
        return given("E1") == "yes"
    if given("E2") != "yes":
        return False
    match question:
        case "A2" | "A3" | "A4" | "A8":
            return given("A1") == "yes"
        case "A6":
            return both_arrested
        case "C3" | "C5":
            return given("C1") == "yes"
        case "P1":
            return given("C1") == "yes" or both_arrested or given("A11") == "both"
        case _:
            return True
