"""The statistics of agreement side by side, each with its interval or the reason why not.

Kappa of a rare answer swings with a single case, so both kappas are withheld where they would
mislead; percent, positive and negative agreement, AC1 and alpha stand beside them and stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from review.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha
from review.agreement.figure import (
    Coefficient,
    Figure,
    coefficient_figure,
    proportion_figure,
    specific_figure,
    without,
)
from review.agreement.observed import effective_cases, observed_agreement, specific_agreement
from review.agreement.ratings import Ratings, count_ratings
from review.errors import AgreementError

LEAST_CASES_FOR_KAPPA: Final = 30
LEAST_YES_FOR_KAPPA: Final = 10
USUAL_YES: Final = "yes"

NOTHING_COMPARED: Final = "no case has two ratings"
NOT_DEFINED: Final = "not defined: all ratings compared are the same"
NO_YES_KNOWN: Final = "none of the values is known to mean yes"
NO_YES_GIVEN: Final = "no rating has the value named as yes"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the raters of one question agree."""

    cases: int
    """Cases with at least one rating."""
    compared: int
    """Cases with at least two, on which the figures rest."""
    raters: int
    """Those who rated anything."""
    percent: Figure
    """Share of pairs of ratings that are equal, 0 to 1, mean over cases; Wilson's limits."""
    positive: Figure
    """Agreement on yes, 2a / (2a + b + c); linearised, Student's t."""
    negative: Figure
    """Agreement on all that is not yes, 2d / (2d + b + c); linearised, Student's t."""
    cohen_kappa: Figure
    """Of two raters; large-sample limits."""
    fleiss_kappa: Figure
    """Of any number of raters; linearised, Student's t."""
    krippendorff_alpha: Figure
    """Nominal, of any number of raters; linearised, Student's t."""
    gwet_ac1: Figure
    """Of any number of raters; linearised, Student's t."""
    commonest: str = ""
    """The value given most often in the cases compared, the first by its text where several are;
    empty without any."""
    given: int = 0
    """How often it was given."""
    ratings: int = 0
    """Ratings of the cases compared."""


def agreement(
    ratings: Mapping[str, Mapping[str, str | None]],
    *,
    categories: Sequence[str] | None = None,
    yes: str | None = None,
    confidence: float = 0.95,
) -> Agreement:
    """Return the statistics of agreement of one question.

    Args:
        ratings: By case, then by rater; None is missing. What stands for a rater may be a slot
            (first, second) where the persons change from case to case.
        categories: All values that the question allows, used or not: AC1 rests on how many there
            are. Otherwise the values that occur.
        yes: The value that positive agreement is about; all other values count as not yes.
            Otherwise ``yes`` where that is a category.
        confidence: Of all intervals, two-sided, 0.5 up to but not 1.

    Raises:
        AgreementError: Where a rating is not one of the categories, one of them stands twice, or
            the value for yes is not among the categories given.
        EstimationError: Where the confidence is out of range.
    """
    counted = count_ratings(ratings, categories)
    if yes is not None and categories is not None and yes not in counted.categories:
        raise AgreementError("The value for yes is not one of the categories; name one of them.")
    named = USUAL_YES if yes is None and USUAL_YES in counted.categories else yes
    positive, negative = _specific_pair(counted, named, confidence)
    against_kappa = _reason_against_kappa(counted, named)
    commonest, given = counted.commonest
    return Agreement(
        cases=counted.cases,
        compared=counted.compared_cases,
        raters=len(counted.raters),
        percent=_percent(counted, confidence),
        positive=positive,
        negative=negative,
        cohen_kappa=_cohen(counted, against_kappa, confidence),
        fleiss_kappa=_fleiss(counted, against_kappa, confidence),
        krippendorff_alpha=_alpha(counted, confidence),
        gwet_ac1=_ac1(counted, confidence),
        commonest=commonest,
        given=given,
        ratings=sum(sum(one) * cases for one, cases in counted.compared()),
    )


def _percent(counted: Ratings, confidence: float) -> Figure:
    if not counted.compared_cases:
        return without(NOTHING_COMPARED)
    return proportion_figure(
        observed_agreement(counted), effective_cases(counted), confidence=confidence
    )


def _specific_pair(counted: Ratings, yes: str | None, confidence: float) -> tuple[Figure, Figure]:
    """Return agreement on yes and on all that is not yes."""
    if not counted.compared_cases:
        return without(NOTHING_COMPARED), without(NOTHING_COMPARED)
    if yes is None:
        return without(NO_YES_KNOWN), without(NO_YES_KNOWN)
    if yes not in counted.categories:
        return without(NO_YES_GIVEN), without(NO_YES_GIVEN)
    figures = []
    for is_named, word in ((True, "yes"), (False, "other than yes")):
        found = specific_agreement(counted, yes, is_named=is_named)
        figures.append(
            without(f"not defined: no rating compared is {word}")
            if found is None
            else specific_figure(found, confidence=confidence)
        )
    return figures[0], figures[1]


def _ac1(counted: Ratings, confidence: float) -> Figure:
    if not counted.compared_cases:
        return without(NOTHING_COMPARED)
    return coefficient_figure(gwet_ac1(counted), confidence=confidence)


def _alpha(counted: Ratings, confidence: float) -> Figure:
    if not counted.compared_cases:
        return without(NOTHING_COMPARED)
    return _where_defined(krippendorff_alpha(counted), confidence)


def _fleiss(counted: Ratings, reason: str | None, confidence: float) -> Figure:
    return without(reason) if reason else _where_defined(fleiss_kappa(counted), confidence)


def _cohen(counted: Ratings, reason: str | None, confidence: float) -> Figure:
    if not reason and len(counted.raters) > 2:
        reason = f"for two raters only, and there are {len(counted.raters)}"
    if not reason and any(len({pair[side] for pair in counted.pairs}) < 2 for side in (0, 1)):
        reason = "off: one of the raters gave a single value throughout"
    return without(reason) if reason else _where_defined(cohen_kappa(counted.pairs), confidence)


def _reason_against_kappa(counted: Ratings, yes: str | None) -> str | None:
    """Return why neither kappa is given; None where both may be."""
    cases = counted.compared_cases
    if not cases:
        return NOTHING_COMPARED
    if counted.is_constant:
        return NOT_DEFINED
    if cases < LEAST_CASES_FOR_KAPPA:
        return f"off: {cases} cases with two ratings, and kappa needs {LEAST_CASES_FOR_KAPPA}"
    return None if yes is None else too_few_positives(counted.cases_with(yes))


def too_few_positives(positives: int) -> str | None:
    """Return why kappa is withheld where so few compared cases have a yes; None where it is not.

    Args:
        positives: Compared cases in which anyone said yes.
    """
    if positives >= LEAST_YES_FOR_KAPPA:
        return None
    return f"off: {positives} positives, and kappa needs {LEAST_YES_FOR_KAPPA}"


def _where_defined(found: Coefficient | None, confidence: float) -> Figure:
    if found is None:
        return without(NOT_DEFINED)
    return coefficient_figure(found, confidence=confidence)
