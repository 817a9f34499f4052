"""Agreement beyond chance: Gwet's AC1, Fleiss' kappa, Krippendorff's alpha, Cohen's kappa.

Each compares the observed agreement with what chance would give, 1 - (1 - observed)/(1 - chance),
and differs in what it takes for chance. The first three take any number of raters and missing
ratings; alpha alone leaves cases with a single rating out of the marginals. Their variances are
linearised over cases with Student's t on the number of cases less one. Cohen's kappa has the
large-sample variance and the normal quantile.

Within these functions n is the number of cases, r_i the ratings of case i, r_ik those of them in
category k, and pi_k the mean over cases of r_ik / r_i.

Sources: Gwet, "Handbook of Inter-Rater Reliability", 4th ed. 2014, ch. 2-5; Krippendorff,
"Computing Krippendorff's Alpha-Reliability", 2011; Fleiss, Cohen & Everitt, Psychological
Bulletin 72 (1969) 323-327 (citations unverified). Checked against irrCAC, vcd, psych and irr in R
and krippendorff in Python, by the cases of the group ``agreement``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from review.agreement.figure import Coefficient, variance_of_mean
from review.agreement.observed import observed_agreement, share_of_equal_pairs
from review.agreement.ratings import Pattern, Ratings

_ZERO = Fraction()


def gwet_ac1(ratings: Ratings) -> Coefficient:
    """Return Gwet's AC1; chance is the sum of pi_k (1 - pi_k) / (q - 1) over all q categories.

    Defined for every set of ratings in which a case has two; 1 where one category alone is used.
    """
    shares = _mean_shares(ratings)
    scale = Fraction(1, max(1, len(shares) - 1))
    return _of_mean_shares(ratings, [scale * (1 - share) for share in shares])


def fleiss_kappa(ratings: Ratings) -> Coefficient | None:
    """Return Fleiss' kappa for any number of raters and missing ratings, after Gwet.

    Chance is the sum of pi_k^2. For two raters it is Scott's pi.

    Returns:
        None where it is not defined: all ratings are of one category.
    """
    shares = _mean_shares(ratings)
    return None if max(shares) == 1 else _of_mean_shares(ratings, shares)


def _mean_shares(ratings: Ratings) -> list[Fraction]:
    """Return pi_k of every category, over all cases with a rating."""
    cases = ratings.cases
    return [
        sum((Fraction(one[k] * count, sum(one)) for one, count in ratings.patterns.items()), _ZERO)
        / cases
        for k in range(len(ratings.categories))
    ]


def _of_mean_shares(ratings: Ratings, chances: Sequence[Fraction]) -> Coefficient:
    """Return the coefficient whose chance agreement is the sum of pi_k times ``chances`` of k.

    That sum is of the second degree in pi, so a case moves it twice as far as its own chance
    stands off the mean. The variance is Gwet's, which takes a case with a single rating for one
    without agreement, made good by the weight of the others: right where every case has two, and
    wider than need be where ratings are missing by chance.
    """
    observed = observed_agreement(ratings)
    own = {one: _own_chance(one, chances) for one in ratings.patterns}
    chance = sum((own[one] * n for one, n in ratings.patterns.items()), _ZERO) / ratings.cases
    slope = 1 / (1 - chance)
    estimate = 1 - slope * (1 - observed)
    reach = Fraction(ratings.cases, ratings.compared_cases)

    def influence(one: Pattern) -> Fraction:
        seen = reach * (share_of_equal_pairs(one) - chance) if sum(one) > 1 else _ZERO
        return slope * (seen - 2 * (1 - estimate) * (own[one] - chance))

    return Coefficient(
        observed=observed,
        slope=slope,
        variance=variance_of_mean((influence(one), n) for one, n in ratings.patterns.items()),
        cases=ratings.compared_cases,
        degrees_of_freedom=ratings.cases - 1,
    )


def _own_chance(pattern: Pattern, chances: Sequence[Fraction]) -> Fraction:
    """Return the mean of ``chances`` over the ratings of a case."""
    named = (count * chance for count, chance in zip(pattern, chances, strict=True) if count)
    return sum(named, _ZERO) / sum(pattern)


def krippendorff_alpha(ratings: Ratings) -> Coefficient | None:
    """Return Krippendorff's alpha for nominal values: 1 - observed / expected disagreement.

    Every rating weighs the same, so a case with more of them weighs more. The limits are those of
    the coefficient before its small-sample term, moved to alpha: never narrower than alpha's own.

    Returns:
        None where it is not defined: all ratings of the compared cases are of one category.
    """
    compared = dict(ratings.compared())
    total = sum(sum(one) * n for one, n in compared.items())
    mean = Fraction(total, ratings.compared_cases)
    shares = [
        Fraction(sum(one[k] * n for one, n in compared.items()), total)
        for k in range(len(ratings.categories))
    ]
    if max(shares) == 1:
        return None
    weighted = {one: sum(one) / mean * share_of_equal_pairs(one) for one in compared}
    observed = sum((weighted[one] * n for one, n in compared.items()), _ZERO)
    observed /= ratings.compared_cases
    slope = 1 / (1 - sum((share * share for share in shares), _ZERO))
    plain = 1 - slope * (1 - observed)

    def influence(one: Pattern) -> Fraction:
        weight = sum(one) / mean
        seen = weighted[one] - observed * (weight - 1)
        own = weight * _own_chance(one, shares) - (1 - 1 / slope) * (weight - 1)
        return slope * (seen - 2 * (1 - plain) * own)

    return Coefficient(
        observed=observed,
        slope=slope * (1 - Fraction(1, total)),
        variance=variance_of_mean((influence(one), n) for one, n in compared.items()),
        cases=ratings.compared_cases,
        degrees_of_freedom=ratings.compared_cases - 1,
    )


def cohen_kappa(pairs: Mapping[tuple[str, str], int]) -> Coefficient | None:
    """Return Cohen's kappa; chance is the product of the two raters' own marginals.

    Args:
        pairs: Cases with each pair of values, of the first and of the second rater; not empty.

    Returns:
        None where it is not defined: both raters gave one and the same value throughout.
    """
    cases = sum(pairs.values())
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    chance = Fraction(sum(first[value] * second[value] for value in first), cases**2)
    if chance == 1:
        return None
    observed = Fraction(sum(n for (one, other), n in pairs.items() if one == other), cases)
    slope = 1 / (1 - chance)
    off = slope * (1 - observed)
    squares = sum(
        (
            n * ((one == other) - Fraction(second[one] + first[other], cases) * off) ** 2
            for (one, other), n in pairs.items()
        ),
        _ZERO,
    )
    around = squares / cases - (1 - off - chance * off) ** 2
    return Coefficient(observed, slope, slope**2 * around / cases, cases, None)
