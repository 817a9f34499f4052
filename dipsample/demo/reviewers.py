"""Three scripted reviewers, each with a known kind of error, decided by tickets.

They stand in for people in the example, so that its findings can be held against the truth.
Safeguarding (Z5) and whether a record opens at all (E1, E2) they always get right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dipsample.demo.chance import Chance
from dipsample.demo.truth import CANNOT_DETERMINE, OPTIONS, Truth, is_asked

LABEL: Final = "demo-reviewer"
"""Label of every ticket behind a scripted coding."""

SEED: Final = "dipsample-demo-reviewers-1"

RECORD_FIELD: Final = "narrative"
"""The field of the record that quotes are positions in."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a reviewer goes wrong; rates are 0 to 1."""

    slip: float = 0.0
    """A question of fact gets another of its answers, never one that would need a quote."""
    overlooked_interview: float = 0.0
    """A counter-allegation that lives only in the interview note is not seen."""
    undecided: float = 0.0
    """A question of fact gets ``cannot_determine`` although the record answers it."""
    confused_arrest_times: float = 0.0
    """``same_attendance`` and ``within_24h`` are taken for each other."""


HABITS: Final[Mapping[str, Habits]] = {
    "r1": Habits(slip=0.02),
    "r2": Habits(overlooked_interview=0.35),
    "r3": Habits(undecided=0.08, confused_arrest_times=0.5),
}
"""By reviewer name."""


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """One answer; Z4 is free text, all others are values of the codebook."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class ScriptedQuote:
    """A passage to pin: code points of the narrative, the end not included."""

    question: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScriptedCoding:
    """One reviewer's coding of one case, ready to be handed in."""

    reviewer: str
    incident_id: str
    answers: tuple[ScriptedAnswer, ...]
    """In codebook order: every question that is asked and no other; Z4 where it is required."""
    quotes: tuple[ScriptedQuote, ...]
    """For C1 = yes, A3 = yes, and A2 = 2 or 3_or_more."""


_SURE: Final = frozenset({"E1", "E2", "Z3", "Z4", "Z5"})
_CLOSE_ARREST_TIMES: Final = ("same_attendance", "within_24h")
_NEEDS_QUOTE: Final = {
    "A2": frozenset({"2", "3_or_more"}),
    "A3": frozenset({"yes"}),
    "C1": frozenset({"yes"}),
}
_WHERE_NO_TRUTH: Final = {
    "A2": "1",
    "A3": "no",
    "A4": "yes",
    "A8": "neither",
    "P1": "no",
}
"""What a reviewer answers whose slip opened a question that the truth has no answer to."""

_REASONS: Final = {
    "A1": "The record does not say whether anyone was arrested.",
    "A3": "Arrest entries do not show whether the first-named party was among those arrested.",
    "A4": "Arrest entries do not show whether the second-named party was among those arrested.",
    "C1": "The account of the second party is not on the record in full.",
}


def answers_of(
    reviewer: str,
    incident_id: str,
    truth: Truth,
    narrative: str,
    *,
    habits: Habits | None = None,
) -> ScriptedCoding:
    """Return what a scripted reviewer answers: the same for the same case every time.

    Args:
        reviewer: A name, out of :data:`HABITS` where no habits are given.
        incident_id: The record id, which the reviewer's errors are drawn from.
        truth: What a perfect reviewer would answer, with the passages that show it.
        narrative: The text that the passages are positions in.
        habits: How often the reviewer goes wrong; None for the reviewer's own.

    Raises:
        ValueError: Where a needed passage does not lie inside the narrative.
    """
    habits = habits or HABITS[reviewer]
    answers: dict[str, str] = {}
    for question in OPTIONS:
        if question == "Z4" or not is_asked(question, answers):
            continue
        chance = Chance(LABEL, SEED, f"{incident_id}:{reviewer}:{question}")
        answers[question] = _answer(question, truth, habits, chance)
        if question == "Z3":
            answers[question] = _confidence(answers)
            reason = _reason(answers)
            if reason:
                answers["Z4"] = reason
    quotes = tuple(
        quote_of(question, truth, narrative)
        for question in _NEEDS_QUOTE
        if needs_passage(question, answers.get(question))
    )
    given = tuple(ScriptedAnswer(question, value) for question, value in answers.items())
    return ScriptedCoding(reviewer, incident_id, given, quotes)


def _answer(question: str, truth: Truth, habits: Habits, chance: Chance) -> str:
    """Return the true answer, or what this reviewer's habits make of it."""
    answer = truth_of(question, truth)
    if question in _SURE:
        return answer
    if chance.happens(habits.slip):
        return chance.pick(_slips(question, answer))
    if chance.happens(habits.undecided):
        return CANNOT_DETERMINE
    is_confused = chance.happens(habits.confused_arrest_times)
    if is_confused and question == "A6" and answer in _CLOSE_ARREST_TIMES:
        return _CLOSE_ARREST_TIMES[answer == _CLOSE_ARREST_TIMES[0]]
    is_overlooked = chance.happens(habits.overlooked_interview)
    if is_overlooked and question == "C1" and _is_only_in_interview(truth):
        return "no"
    return answer


def _slips(question: str, answer: str) -> tuple[str, ...]:
    """Return the answers that a slip can lead to: one that needs a quote has none to pin."""
    needs_quote = _NEEDS_QUOTE.get(question, frozenset())
    return tuple(
        value for value in OPTIONS[question] if value != answer and value not in needs_quote
    )


def _is_only_in_interview(truth: Truth) -> bool:
    return (
        truth.answers.get("C3") == "custody_or_interview"
        and truth.answers.get("C5") == "free_text_only"
    )


def _confidence(answers: Mapping[str, str]) -> str:
    """Low where the record leaves arrests open, medium where it leaves anything open.

    So a low confidence always comes with an undetermined A1, which gives Z4 its reason.
    """
    if answers.get("A1") == CANNOT_DETERMINE:
        return "low"
    return "medium" if CANNOT_DETERMINE in answers.values() else "high"


def _reason(answers: Mapping[str, str]) -> str:
    """Return the text of Z4 where it is required, else nothing."""
    return " ".join(
        reason for question, reason in _REASONS.items() if answers.get(question) == CANNOT_DETERMINE
    )


def needs_passage(question: str, answer: str | None) -> bool:
    """Say whether an answer has to be borne out by a passage of the record."""
    return answer in _NEEDS_QUOTE.get(question, frozenset())


def truth_of(question: str, truth: Truth) -> str:
    """Return what the record tells, or a plain answer where a slip alone opened the question."""
    return truth.answers.get(question, _WHERE_NO_TRUTH.get(question, CANNOT_DETERMINE))


def quote_of(question: str, truth: Truth, narrative: str) -> ScriptedQuote:
    """Return the passage that shows the answer to a question.

    Raises:
        ValueError: Where the record has none inside the narrative.
    """
    passage = truth.passage_for(question)
    if passage is None or not 0 <= passage.start < passage.end <= len(narrative):
        raise ValueError(f"The example's record has no passage for {question}.")
    return ScriptedQuote(question, passage.start, passage.end)
