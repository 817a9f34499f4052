"""How far two coders agreed, question by question, on the cases drawn to be coded twice.

What is compared is what each of the two first handed in: what an answer was changed to later says
nothing of how a record reads to somebody alone with it. A question that only one of the two was
asked, or answered, is a disagreement on the question before it; it is left out here and counted.

A second line reads the answers as yes against the rest, as the indicators read them. Which of the
two coders comes first is the slot, so that persons may change from case to case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from review.agreement.figure import without
from review.agreement.summary import USUAL_YES, Agreement, agreement, too_few_positives
from review.codebook import Codebook, Question, QuestionType, Value
from review.errors import AgreementError

REPORTED: Final = ("A2", "A3", "A4", "C1", "C5", "P1")
"""The questions whose agreement is reported unless others are asked for: Q.3 of the audit."""

_READ_AS_YES: Final[Mapping[str, tuple[str, ...]]] = {
    "A2": ("2", "3_or_more"),
    "C5": ("separate_crime",),
    "P1": ("yes_with_reasons", "yes_no_reasons"),
}
"""Answers that an indicator counts as its yes, where that is another than ``yes``."""

_FIRST, _SECOND = "first", "second"
_REST: Final = "rest"
_JOINT: Final = "|"


@dataclass(frozen=True, slots=True)
class CodedTwice:
    """One case that two people coded without seeing each other's answers."""

    case_id: str
    first: Mapping[str, Value]
    """Counted answers of the first slot, as first handed in."""
    second: Mapping[str, Value]
    """Counted answers of the second slot, as first handed in."""
    coders: tuple[str, ...] = ()
    """Who they are, in order of slot; no figure rests on it."""
    set_apart: frozenset[str] = frozenset()
    """Questions that meant something else to one of the two: answered on another codebook."""


@dataclass(frozen=True, slots=True)
class QuestionAgreement:
    """How far the coders agreed on one question."""

    question: str
    ask: str
    pairs: int
    """Cases in which both answers count."""
    left_out: int
    """Cases in which one of the two was not asked or gave no answer, or the question meant
    something else to them."""
    yes: tuple[str, ...]
    """The answers that count as yes; empty where the question has none."""
    answers: Agreement
    """Each answer a category of its own, "cannot be determined" among them; positive and
    negative agreement are about yes."""
    yes_against_rest: Agreement | None
    """Two categories; None where the question has no yes."""


@dataclass(frozen=True, slots=True)
class DoubleCoding:
    """The cases drawn to be coded twice, and how far their coders agreed."""

    chosen: int
    """Cases of the sample that were drawn to be coded twice."""
    coded: int
    """Those of them that both coders have handed in."""
    questions: tuple[QuestionAgreement, ...]
    """In the order of the codebook."""


STATISTICS: Final[Mapping[str, str]] = {
    "percent": "percent agreement",
    "positive": "positive agreement",
    "negative": "negative agreement",
    "gwet_ac1": "Gwet AC1",
    "krippendorff_alpha": "Krippendorff alpha",
    "cohen_kappa": "Cohen kappa",
}
"""Fields of :class:`Agreement` with their names, in the order of print: kappa last, never alone."""


def agreement_by_question(
    codebook: Codebook,
    cases: Sequence[CodedTwice],
    *,
    questions: Iterable[str] | None = None,
    confidence: float = 0.95,
) -> tuple[QuestionAgreement, ...]:
    """Return the agreement on each question.

    Args:
        codebook: What the answers are to be read by.
        cases: The cases of the random double set that both have handed in; rechecks that were
            chosen because of an answer must not be among them.
        questions: Ids, or None for those of :data:`REPORTED` that the codebook asks.
        confidence: Of all intervals, two-sided, 0.5 up to but not 1.

    Returns:
        In the order of the codebook.

    Raises:
        AgreementError: Where a question is not asked by the codebook, or is a text.
        EstimationError: Where the confidence is out of range.
    """
    wanted = _chosen(codebook, questions)
    return tuple(_of_question(question, cases, confidence) for question in wanted)


def _chosen(codebook: Codebook, questions: Iterable[str] | None) -> list[Question]:
    comparable = [one for one in codebook.questions if one.type is not QuestionType.TEXT]
    if questions is None:
        return [one for one in comparable if one.id in REPORTED]
    names = set(questions)
    unknown = sorted(names - {one.id for one in comparable})
    if unknown:
        raise AgreementError(
            f"Agreement on {', '.join(unknown)} cannot be given; the questions that answers can "
            f"be compared on are {', '.join(one.id for one in comparable)}."
        )
    return [one for one in comparable if one.id in names]


def yes_values(question: Question) -> tuple[str, ...]:
    """Return the answers of a question that the indicators read as yes; empty if there are none."""
    named = _READ_AS_YES.get(question.id, (USUAL_YES,))
    return tuple(value for value in question.values if value in named)


def _of_question(
    question: Question, cases: Sequence[CodedTwice], confidence: float
) -> QuestionAgreement:
    answered: dict[str, dict[str, Value]] = {}
    left_out = 0
    for case in cases:
        one, other = case.first.get(question.id), case.second.get(question.id)
        if one and other and question.id not in case.set_apart:
            answered[case.case_id] = {_FIRST: one, _SECOND: other}
        elif one or other:
            left_out += 1
    yes = yes_values(question)
    every = agreement(
        {case: {slot: _JOINT.join(one) for slot, one in two.items()}
         for case, two in answered.items()},
        categories=_categories(question),
        confidence=confidence,
    )  # fmt: skip
    binary = _against_rest(answered, yes, confidence)
    return QuestionAgreement(
        question=question.id,
        ask=question.ask,
        pairs=len(answered),
        left_out=left_out,
        yes=yes,
        answers=every if binary is None else _with_yes_of(every, binary, _positives(answered, yes)),
        yes_against_rest=binary,
    )


def _categories(question: Question) -> tuple[str, ...] | None:
    """Return all answers that the question allows; None where they cannot be listed."""
    return question.values if question.type is QuestionType.SINGLE else None


def _against_rest(
    answered: Mapping[str, Mapping[str, Value]], yes: tuple[str, ...], confidence: float
) -> Agreement | None:
    if not yes:
        return None
    return agreement(
        {
            case: {
                slot: USUAL_YES if any(value in yes for value in one) else _REST
                for slot, one in two.items()
            }
            for case, two in answered.items()
        },
        categories=(USUAL_YES, _REST),
        confidence=confidence,
    )


def _positives(answered: Mapping[str, Mapping[str, Value]], yes: tuple[str, ...]) -> int:
    """Return the cases in which either of the two said yes."""
    return sum(
        any(value in yes for one in two.values() for value in one) for two in answered.values()
    )


def _with_yes_of(every: Agreement, binary: Agreement, positives: int) -> Agreement:
    """Return the line of all answers with what only the reading as yes can tell.

    That is agreement on yes and on the rest, and whether kappa is withheld for want of a yes.
    """
    with_yes = replace(every, positive=binary.positive, negative=binary.negative)
    reason = too_few_positives(positives)
    if reason is None or every.fleiss_kappa.reason is not None:
        return with_yes
    return replace(with_yes, cohen_kappa=without(reason), fleiss_kappa=without(reason))
