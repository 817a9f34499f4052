"""A ratio of persons (or arrests) counted over records: clustered by record, never a binomial.

Persons of one record share what happened there, so the record is the unit that was drawn. The
ratio of totals is linearised over the design and given Korn and Graubard's limits at an effective
number of persons, capped by the number that independent persons would be worth. Where no person,
or every person, is counted, nothing seen says how they cluster: the effective number is then the
persons seen divided by the most that one record can hold.

Approximate. Source and check as :mod:`sampling.estimation.linearised`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sampling.errors import EstimationError
from sampling.estimation.counts import ClusterCount, check_clusters
from sampling.estimation.interval import Interval, Method, alpha_of, complete_count
from sampling.estimation.korn_graubard import capped_size, limits_at
from sampling.estimation.linearised import linearise, of_clusters


def ratio(
    strata: Sequence[ClusterCount], *, confidence: float = 0.95, largest: int | None = None
) -> Interval:
    """Return the ratio of two totals where each numerator is part of its record's denominator.

    Args:
        strata: One line for every stratum of the design, with the pair of every drawn record.
        confidence: 0.5 up to but not 1.
        largest: The largest denominator that a record of the frame can have; None for the largest
            seen. Say it where records with a yes are known to be larger than those without, as
            dual arrests are: no such record may have been drawn.

    Returns:
        The interval by ``korn-graubard-capped``, two-sided, with the finite population correction,
        approximate; ``effective_n`` counts persons. ``census`` where every stratum was drawn whole.

    Raises:
        EstimationError: Where a numerator exceeds its denominator, all denominators are 0, a
            stratum not drawn whole has fewer than two records, or ``largest`` is under what was
            seen.
    """
    check_clusters(strata)
    alpha = alpha_of(confidence)
    if all(stratum.is_census for stratum in strata):
        part = sum(a for stratum in strata for a, _ in stratum.pairs)
        whole = sum(b for stratum in strata for _, b in stratum.pairs)
        return complete_count(part, whole, confidence=confidence)
    seen = max(b for stratum in strata for _, b in stratum.pairs)
    if largest is not None and largest < seen:
        raise EstimationError(
            f"A record has a denominator of {seen}, over the stated largest of {largest}; "
            "state at least what was seen."
        )
    estimate = linearise(of_clusters(strata), largest=largest or seen)
    size = capped_size(estimate)
    lower, upper = limits_at(size, estimate, alpha=alpha)
    return Interval(
        estimate=float(estimate.ratio),
        lower=lower,
        upper=upper,
        method=Method.KORN_GRAUBARD_CAPPED,
        confidence=confidence,
        effective_n=size,
        design_effect=None,
        degrees_of_freedom=estimate.degrees_of_freedom,
    )
