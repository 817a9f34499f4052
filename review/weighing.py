"""Readings of an indicator under designs in which records have chances of their own.

Records drawn by size, and records of drawn units, weigh one over their probability and what the
records that were not read left them (:func:`review.design.weights_of`). All of the design stays in
every reading: a record outside the base, or outside the group, is there with nothing, because who
it is was left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from review.design import LEAST_FOR_A_VARIANCE, Cell, CodedCase, weights_of
from review.finding import Total
from review.indicators import Verdict
from review.measuring import Readings, Size
from sampling.estimation import (
    Interval,
    IntervalOfStrata,
    WeightedRecord,
    WeightedStratum,
    size_weighted,
    two_stage,
)


@dataclass(frozen=True, slots=True)
class Weighted:
    """One reading of an indicator: all that its interval rests on."""

    strata: tuple[WeightedStratum, ...]
    is_two_stage: bool
    largest: int
    """The most persons that one incident can hold; 1 where incidents are counted."""
    known_population: int | None
    """Records of the base in the frame; None where only the sample tells."""

    def interval(self, confidence: float, of_strata: IntervalOfStrata) -> Interval | None:
        """Return the ratio with its interval, whatever gives the intervals of strata.

        None where no record is in the base, and where the records read carry no variance.
        """
        del of_strata
        return self.limits(confidence)

    def size(self, interval: Interval) -> Size:
        """Return how many records (or persons) the base has in the frame, and how many count."""
        counted = self._total(lambda record: record.numerator, interval.confidence)
        if self.known_population is not None:
            population = self.known_population
            total = Total(
                interval.estimate * population,
                interval.lower * population,
                interval.upper * population,
            )
            return Size(population, is_known=True, total=total)
        base = self._total(lambda record: record.denominator, interval.confidence)
        return Size(base.estimate or 0.0, is_known=False, total=counted)

    def limits(self, confidence: float) -> Interval | None:
        """As :meth:`interval`: approximate on each side too."""
        if not any(record.denominator for one in self.strata for record in one.records):
            return None
        if not all(self._has_variance(one) for one in self.strata):
            return None
        return self._estimate(self.strata, confidence, self.largest)

    def _has_variance(self, stratum: WeightedStratum) -> bool:
        """Say whether a stratum was read whole, or holds two units or records."""
        if stratum.is_census:
            return True
        apart = {record.unit for record in stratum.records} if self.is_two_stage else ()
        return len(apart if self.is_two_stage else stratum.records) >= LEAST_FOR_A_VARIANCE

    def _estimate(
        self, strata: Sequence[WeightedStratum], confidence: float, largest: int
    ) -> Interval:
        estimate = two_stage if self.is_two_stage else size_weighted
        return estimate(strata, confidence=confidence, largest=largest)

    def _total(self, of: Callable[[WeightedRecord], int], confidence: float) -> Total:
        """Return a total of the frame: the mean over all its records, times their number.

        A count of a record is a part of the largest that one can hold, so that its mean is a
        proportion.
        """
        strata = [
            replace(
                one,
                records=tuple(
                    replace(record, numerator=of(record), denominator=self.largest)
                    for record in one.records
                ),
            )
            for one in self.strata
        ]
        share = self._estimate(strata, confidence, self.largest)
        scale = self.largest * sum(one.population for one in self.strata)
        return Total(share.estimate * scale, share.lower * scale, share.upper * scale)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What all readings of one indicator share."""

    cells: tuple[Cell, ...]
    """All of the design."""
    cases: tuple[CodedCase, ...]
    """All cases drawn for the sample, read or not."""
    is_two_stage: bool
    largest: int
    """As in :class:`Weighted`."""


def weighted_readings(
    weighing: Weighing,
    pairs: Sequence[Mapping[str, tuple[int, int]]],
    *,
    expected: frozenset[str],
    population: int | None,
) -> Readings:
    """Return the three readings of an indicator.

    Args:
        weighing: The cases and their chances.
        pairs: For each reading, numerator and denominator by case; a case that has none is
            outside the base.
        expected: Cases that were read and belong to the group asked about.
        population: Records of the group in the frame; None where the frame does not know, or
            persons are counted.
    """
    weights = weights_of(weighing.cells, weighing.cases)
    known, if_no, if_yes = (
        Weighted(
            strata=tuple(_stratum(cell, weights, each) for cell in weighing.cells),
            is_two_stage=weighing.is_two_stage,
            largest=weighing.largest,
            known_population=population if expected <= each.keys() else None,
        )
        for each in pairs
    )
    return Readings(known, if_no, if_yes)


def pairs_of_verdicts(
    verdicts: Mapping[str, Verdict], counts_as: Mapping[Verdict, bool]
) -> dict[str, tuple[int, int]]:
    """Return 1 or 0 out of 1 for every case in the base.

    Args:
        verdicts: By case.
        counts_as: What each verdict of the base counts as.
    """
    return {
        case_id: (int(counts_as[verdict]), 1)
        for case_id, verdict in verdicts.items()
        if verdict in counts_as
    }


def _stratum(
    cell: Cell, weights: Mapping[str, Fraction], pairs: Mapping[str, tuple[int, int]]
) -> WeightedStratum:
    records = (
        WeightedRecord(1 / weights[case.case_id], *pairs.get(case.case_id, (0, 0)), case.unit)
        for case in cell.cases
    )
    return WeightedStratum(cell.name, cell.population, tuple(records))
