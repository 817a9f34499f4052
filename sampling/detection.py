"""How many records a stratified sample needs to find at least one of what must not go unseen.

Nobody knows in which strata the records lie that are looked for, so they are placed where the
sample is most likely to miss them all. The probability of missing them is the product over the
strata of C(N_h - d_h, n_h) / C(N_h, n_h). Placing one more in stratum h multiplies it by
(N_h - d_h - n_h) / (N_h - d_h), a factor that falls as d_h grows: placing them one by one where
the factor is largest is therefore the worst placement, which the tests hold against every
placement of small frames. All arithmetic is in integers.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, comb

from sampling.allocation import Sharing
from sampling.errors import PlanError
from sampling.sizes import check_confidence, check_proportion, first_true


def size_that_detects(
    prevalence: Decimal,
    populations: Mapping[str, int],
    sharing: Sharing,
    *,
    confidence: Decimal,
) -> int:
    """Return a size at which a sample finds at least one record, wherever they lie.

    Args:
        prevalence: The share of the frame that must not go unseen; D = ceil(share times N).
        populations: N_h by stratum.
        sharing: How a sample of any size is shared out over them.
        confidence: The probability of finding at least one.

    Returns:
        A size that does while one record less does not; at least what the strata need. Without
        strata it is the smallest.

    Raises:
        PlanError: Where a proportion is out of range, or the largest sample that the bounds
            allow does not reach the confidence.
    """
    risk = 1 - check_confidence(confidence)
    share = check_proportion(prevalence, "The prevalence to detect")
    positives = ceil(share * sum(populations.values()))

    def detects(size: int) -> bool:
        sizes = sharing.share_out(max(size, sharing.smallest))
        return chance_of_missing(populations, sizes, positives) <= risk

    if not detects(sharing.largest):
        raise PlanError(
            f"Even the largest sample that the bounds allow, {sharing.largest} records, may miss "
            "them all; raise the maximum of a stratum or lower the confidence."
        )
    return max(first_true(detects, most=sharing.largest), sharing.smallest)


def chance_of_missing(
    populations: Mapping[str, int], sample_sizes: Mapping[str, int], positives: int
) -> Fraction:
    """Return the exact probability that a sample holds none, at the worst placement.

    Args:
        populations: N_h by stratum.
        sample_sizes: n_h by stratum, each at least 1 and at most N_h.
        positives: D, how many records of the frame have what is looked for.
    """
    unseen = sum(populations[name] - size for name, size in sample_sizes.items())
    if positives > unseen:
        return Fraction(0)
    missed = Fraction(1)
    for name, placed in worst_placement(populations, sample_sizes, positives).items():
        population, size = populations[name], sample_sizes[name]
        missed *= Fraction(comb(population - placed, size), comb(population, size))
    return missed


def worst_placement(
    populations: Mapping[str, int], sample_sizes: Mapping[str, int], positives: int
) -> dict[str, int]:
    """Return d_h by stratum: the placement of D records that a sample is likeliest to miss.

    The factor is largest where (N_h - d_h) / n_h is. Everything above a whole level of that
    ratio is placed at once, and the fewer than n records left one by one.

    Args:
        populations: N_h by stratum.
        sample_sizes: n_h by stratum, each at least 1.
        positives: D, at most the records outside the sample.
    """

    def above(level: int) -> dict[str, int]:
        return {
            name: max(0, populations[name] - level * size) for name, size in sample_sizes.items()
        }

    level = first_true(
        lambda level: sum(above(level).values()) <= positives, most=max(populations.values())
    )
    placed = above(level)
    ratios = [
        (-Fraction(populations[name] - placed[name], size), name)
        for name, size in sample_sizes.items()
    ]
    heapq.heapify(ratios)
    for _ in range(positives - sum(placed.values())):
        _, name = heapq.heappop(ratios)
        placed[name] += 1
        ratio = Fraction(populations[name] - placed[name], sample_sizes[name])
        heapq.heappush(ratios, (-ratio, name))
    return placed
