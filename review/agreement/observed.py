"""Agreement as it was seen, with nothing taken off for chance.

Percent agreement is the mean over cases of the share of pairs of ratings that are equal. Agreement
on a category is, of the pairs that a rating naming it takes part in, the share in which the other
rating names it too: 2a / (2a + b + c) for two raters.

Sources: Fleiss, Psychological Bulletin 76 (1971) 378-382; Spitzer & Fleiss, British Journal of
Psychiatry 125 (1974) 341-347 (citations unverified). Percent agreement is checked against R's
irrCAC; the variance of agreement on a category for two raters has the closed form
4a(b + c)(a + b + c) / (2a + b + c)^4, which the tests hold it to.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from review.agreement.figure import Specific, variance_of_mean
from review.agreement.ratings import Pattern, Ratings


def share_of_equal_pairs(pattern: Pattern) -> Fraction:
    """Return the share of a case's pairs of ratings that are equal; it has at least one pair."""
    total = sum(pattern)
    return Fraction(sum(count * (count - 1) for count in pattern), total * (total - 1))


def observed_agreement(ratings: Ratings) -> Fraction:
    """Return percent agreement as a proportion; at least one case has two ratings."""
    equal = (share_of_equal_pairs(one) * cases for one, cases in ratings.compared())
    return sum(equal, Fraction()) / ratings.compared_cases


def effective_cases(ratings: Ratings) -> Fraction:
    """Return how many cases with two raters would show agreement as precisely.

    With two ratings a case it is the number of cases. With more, a case's share of equal pairs
    varies less than a yes or no does; the gain is read from the spread between cases, and is never
    taken for more than one further independent comparison a further rating.
    """
    cases, observed = ratings.compared_cases, observed_agreement(ratings)
    spread = sum(
        ((share_of_equal_pairs(one) - observed) ** 2 * count for one, count in ratings.compared()),
        Fraction(),
    )
    if not spread:
        return Fraction(cases)
    further_ratings = sum((sum(one) - 1) * count for one, count in ratings.compared())
    return min(observed * (1 - observed) * cases**2 / spread, Fraction(further_ratings))


def specific_agreement(ratings: Ratings, category: str, *, is_named: bool) -> Specific | None:
    """Return the agreement on a category, or on everything that is not that category.

    Args:
        ratings: At least one case has two ratings.
        category: One of the categories.
        is_named: True for ratings that name the category, False for all the others.

    Returns:
        The ratio with its linearised variance; None where no compared rating counts.
    """
    place = ratings.categories.index(category)
    counted = [
        (one[place] if is_named else sum(one) - one[place], sum(one), cases)
        for one, cases in ratings.compared()
    ]
    pairs = sum(count * (total - 1) * cases for count, total, cases in counted)
    if not pairs:
        return None
    estimate = Fraction(sum(count * (count - 1) * cases for count, _, cases in counted), pairs)
    return Specific(
        estimate=estimate,
        variance=_ratio_variance(counted, estimate, Fraction(pairs, ratings.compared_cases)),
        cases=sum(cases for count, _, cases in counted if count),
        compared=ratings.compared_cases,
    )


def _ratio_variance(
    counted: Iterable[tuple[int, int, int]], ratio: Fraction, mean_pairs: Fraction
) -> Fraction | None:
    """Return the linearised variance of a ratio of totals over cases."""
    return variance_of_mean(
        (count * (count - 1 - ratio * (total - 1)) / mean_pairs, cases)
        for count, total, cases in counted
    )
