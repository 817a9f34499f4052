"""What coders made of silent checks: for the supervisor, and after sign-off for each coder.

A check is scored by what its coder first handed in, read by the version of the codebook that it
was coded with. Questions that have come to mean something else since the expected answers were
written, or since the coding, are left out. The gate is that of calibration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from review.applicability import Sheet, read_sheet
from review.calibration import COUNTER_ALLEGATION, GATE_PERCENT, LEAST_CASES
from review.carrying import set_apart
from review.codebook import Question
from review.conditions import leaves
from review.fold import Review
from review.indicators import Indicator, IndicatorKind, Verdict, decide, indicators_of


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One scored answer to a silent check."""

    case_id: str
    question: Question
    expected: str
    given: str
    """Empty where the question was not asked by the answers before it."""

    @property
    def is_right(self) -> bool:
        """Whether it is the expected one."""
        return self.given == self.expected

    @property
    def is_missed(self) -> bool:
        """Whether a counter-allegation was not seen."""
        return not self.is_right and (self.question.id, self.expected) == COUNTER_ALLEGATION


@dataclass(frozen=True, slots=True)
class GoldScore:
    """What one coder made of the silent checks."""

    reviewer: str
    dealt: int
    handed_in: int
    right: int
    """Outcome answers as expected."""
    asked: int
    """Outcome answers that were expected."""
    missed: int
    """Counter-allegations that were not seen."""

    @property
    def is_under_gate(self) -> bool:
        """Whether it speaks for a round of recalibration.

        A share of a few answers says nothing, so it needs as many checks as a training set has
        cases; a counter-allegation that was missed counts at once.
        """
        is_low = self.right * 100 < GATE_PERCENT * self.asked
        return bool(self.missed) or (self.handed_in >= LEAST_CASES and is_low)


def gold_scores(review: Review) -> tuple[GoldScore, ...]:
    """Return the score of everybody who was dealt silent checks, by code."""
    return tuple(_score(review, name) for name in review.reviewers if review.gold.dealt_to(name))


def _score(review: Review, name: str) -> GoldScore:
    cases = review.gold.dealt_to(name)
    answers = [one for one in checked_answers(review, name) if one.question.outcome]
    return GoldScore(
        reviewer=name,
        dealt=len(cases),
        handed_in=sum(
            review.coding_of(case_id, name).first_submission is not None for case_id in cases
        ),
        right=sum(one.is_right for one in answers),
        asked=len(answers),
        missed=sum(one.is_missed for one in answers),
    )


def checked_answers(review: Review, name: str) -> tuple[CheckedAnswer, ...]:
    """Return every scored answer of a coder, by case and in the order of the codebook."""
    return tuple(
        one for case_id in review.gold.dealt_to(name) for one in _checked(review, case_id, name)
    )


def _checked(review: Review, case_id: str, name: str) -> Iterator[CheckedAnswer]:
    submission = review.coding_of(case_id, name).first_submission
    codebook = review.codebook
    if submission is None or codebook is None:
        return
    apart = _apart(review, case_id) | set_apart(review.versions, submission)
    counted = review.own_sheet_of(submission).counted
    expected = {one.question: one.value for one in review.gold.cases[case_id].expected}
    for question in codebook.questions:
        if question.id in expected and question.id not in apart:
            given = "|".join(counted.get(question.id, ()))
            yield CheckedAnswer(case_id, question, expected[question.id], given)


def _apart(review: Review, case_id: str) -> frozenset[str]:
    """Return the questions that meant something else when the expected answers were written."""
    return review.versions.reached_since(review.gold.key_version(case_id))


@dataclass(frozen=True, slots=True)
class KnownVerdicts:
    """How often coders saw an indicator where it is known to be there, and where it is not.

    Sensitivity is ``found / known``, specificity ``left / absent``.
    """

    indicator: str
    known: int
    """Codings of checks of which the expected answers say yes."""
    found: int
    """Those of them that say yes too."""
    absent: int
    """Codings of checks of which the expected answers say no."""
    left: int
    """Those of them that say no too."""


def known_verdicts(review: Review) -> tuple[KnownVerdicts, ...]:
    """Return, for each indicator of incidents, what first codings of silent checks say of it.

    Codings of one check by several people are counted each. A coding that leaves an indicator
    undetermined, or out of its base, says neither yes nor no. Left out are checks whose expected
    answers do not settle the indicator, and those with a question of it that means something else
    by now.

    Returns:
        In the order of the indicators; nothing where the project has no codebook.
    """
    if review.codebook is None:
        return ()
    pairs = [
        (case_id, _expected_sheet(review, case_id), sheet, apart)
        for case_id in review.gold.cases
        for sheet, apart in _codings(review, case_id)
    ]
    return tuple(
        _counted(
            one,
            [
                (decide(one, expected).verdict, decide(one, given).verdict)
                for _, expected, given, apart in pairs
                if not apart & _questions_of(one)
            ],
        )
        for one in indicators_of(review.codebook)
        if one.kind is IndicatorKind.INCIDENTS
    )


def _counted(indicator: Indicator, verdicts: list[tuple[Verdict, Verdict]]) -> KnownVerdicts:
    known = [given for true, given in verdicts if true is Verdict.TRUE]
    absent = [given for true, given in verdicts if true is Verdict.FALSE]
    return KnownVerdicts(
        indicator=indicator.id,
        known=len(known),
        found=known.count(Verdict.TRUE),
        absent=len(absent),
        left=absent.count(Verdict.FALSE),
    )


def _codings(review: Review, case_id: str) -> Iterator[tuple[Sheet, frozenset[str]]]:
    """Yield what each coder first handed in, with the questions that are left out."""
    for slot in review.gold.slots_of(case_id):
        submission = review.coding_of(case_id, slot.reviewer).first_submission
        if submission is not None:
            apart = _apart(review, case_id) | set_apart(review.versions, submission)
            yield review.own_sheet_of(submission), apart


def _expected_sheet(review: Review, case_id: str) -> Sheet:
    """Return the sheet of a check's expected answers, by the version they were written for."""
    codebook = review.versions.of(review.gold.key_version(case_id))
    assert codebook is not None  # noqa: S101  the rule that places checks takes it from there
    expected = {
        one.question: tuple(one.value.split("|"))
        for one in review.gold.cases[case_id].expected
        if one.value
    }
    return read_sheet(codebook, expected, ())


def _questions_of(indicator: Indicator) -> frozenset[str]:
    conditions = (indicator.base, indicator.numerator)
    return frozenset(leaf.question for one in conditions for leaf in leaves(one))
