"""One more record of the greatest weight: what a weighted sample may have missed.

Records of small chance weigh much and are seldom drawn. Where all of them happen to be missed, or
to say the same, the variance that the sample shows knows nothing of them, and limits that rest on
it fall short. The upper limit is therefore worked out as if one more record with the greatest
weight drawn had said yes, the lower one as if it had said no, by the quantiles of the beta
distribution with the mean and the effective size of that sample. With equal weights this is
Clopper and Pearson's own rule, so that a stratum whose records weigh alike adds nothing. It
follows the gamma limits of Fay and Feuer, "Confidence intervals for directly standardized rates",
Statistics in Medicine 16 (1997) 791-801 (citation unverified), which do so for weighted sums of
counts.

Approximate: see PROMISES. Shared; imports no method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from sampling.estimation.weighted_records import WeightedRecord, WeightedStratum


def one_more(
    strata: Sequence[WeightedStratum], *, is_yes: bool
) -> tuple[WeightedStratum, ...] | None:
    """Return the sample with one more record of the greatest weight.

    Of several that weigh as much it is the first; it stands for no more records than its stratum
    has beyond those read, and counts as many persons as the most that were read of a record.

    Args:
        strata: The sample.
        is_yes: Whether it counts in the numerator.

    Returns:
        None where no stratum in which records weigh differently has one of the base that was drawn
        by chance.
    """
    by_chance = [
        (record.weight, -place, record)
        for place, stratum in enumerate(strata)
        if _weighs_differently(stratum)
        for record in stratum.records
        if record.probability < 1 and record.denominator
    ]
    if not by_chance:
        return None
    _, behind, heaviest = max(by_chance, key=lambda one: one[:2])
    place = -behind
    left = strata[place].population - len(strata[place].records)
    most = max(record.denominator for *_, record in by_chance)
    more = WeightedRecord(
        max(heaviest.probability, Fraction(1, left)), most if is_yes else 0, most, heaviest.unit
    )
    widened = replace(strata[place], records=(*strata[place].records, more))
    return (*strata[:place], widened, *strata[place + 1 :])


def _weighs_differently(stratum: WeightedStratum) -> bool:
    """Say whether records of a stratum that were drawn by chance had different ones."""
    chances = (record.probability for record in stratum.records if record.probability < 1)
    return len(set(chances)) > 1
