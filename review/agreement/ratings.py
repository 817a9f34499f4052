"""Ratings as counts: what every statistic of agreement is computed from.

A case becomes its pattern, the number of ratings in each category, and cases of one pattern are
counted together. Order of cases and of raters is gone from here on, and the sums stay small
enough to be kept in fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.errors import AgreementError

Pattern = tuple[int, ...]
"""Ratings of one case in each category, in the order of the categories."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Rated cases, counted by pattern."""

    categories: tuple[str, ...]
    """The values that a rating can have, sorted."""
    raters: tuple[str, ...]
    """Those who rated anything, sorted."""
    patterns: Mapping[Pattern, int]
    """Cases of each pattern; every pattern has at least one rating."""
    pairs: Mapping[tuple[str, str], int]
    """Cases with each pair of values of the first and the second rater; empty unless there are
    exactly two raters."""

    @property
    def cases(self) -> int:
        """Cases with at least one rating."""
        return sum(self.patterns.values())

    def compared(self) -> Iterator[tuple[Pattern, int]]:
        """Yield the patterns with two or more ratings, and the cases of each."""
        return ((one, cases) for one, cases in self.patterns.items() if sum(one) > 1)

    @property
    def compared_cases(self) -> int:
        """Cases with at least two ratings, on which agreement can be seen."""
        return sum(cases for _, cases in self.compared())

    def cases_with(self, category: str) -> int:
        """Return the compared cases in which anyone gave this value, which may never occur."""
        if category not in self.categories:
            return 0
        place = self.categories.index(category)
        return sum(cases for one, cases in self.compared() if one[place])

    @property
    def commonest(self) -> tuple[str, int]:
        """The value given most often in the compared cases, and how often; ``("", 0)`` for none."""
        given = [0] * len(self.categories)
        for one, cases in self.compared():
            given = [so_far + count * cases for so_far, count in zip(given, one, strict=True)]
        most = max(given, default=0)
        return (self.categories[given.index(most)], most) if most else ("", 0)

    @property
    def is_constant(self) -> bool:
        """Whether all ratings of the compared cases have one value."""
        used = {place for one, _ in self.compared() for place, count in enumerate(one) if count}
        return len(used) < 2


def count_ratings(
    ratings: Mapping[str, Mapping[str, str | None]], categories: Sequence[str] | None
) -> Ratings:
    """Count ratings by pattern.

    Args:
        ratings: By case, then by rater; None is missing. A case or a rater without a rating
            does not count.
        categories: The values that a rating can have; otherwise those that occur.

    Raises:
        AgreementError: Where a rating is not one of the categories, or one stands twice.
    """
    rated = [
        present
        for by_rater in ratings.values()
        if (present := {rater: value for rater, value in by_rater.items() if value is not None})
    ]
    occurring = {value for one in rated for value in one.values()}
    known = tuple(sorted(occurring if categories is None else set(categories)))
    if categories is not None and len(known) < len(categories):
        raise AgreementError("A category stands twice in the list; name each once.")
    if not occurring <= set(known):
        raise AgreementError(
            f"{len(occurring - set(known))} of the values that occur are not among the categories; "
            "name all of them, or correct the ratings."
        )
    raters = tuple(sorted({rater for one in rated for rater in one}))
    return Ratings(known, raters, _patterns(rated, known), _pairs(rated, raters))


def _patterns(rated: Sequence[Mapping[str, str]], categories: Sequence[str]) -> Counter[Pattern]:
    counts = (Counter(one.values()) for one in rated)
    return Counter(tuple(count[category] for category in categories) for count in counts)


def _pairs(
    rated: Sequence[Mapping[str, str]], raters: tuple[str, ...]
) -> Mapping[tuple[str, str], int]:
    if len(raters) != 2:
        return {}
    first, second = raters
    return Counter((one[first], one[second]) for one in rated if len(one) == 2)
