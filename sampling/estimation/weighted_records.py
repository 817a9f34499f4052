"""Records drawn with chances of their own: what the estimators of such designs are handed.

Every record carries the probability with which it was drawn and read, and weighs one over it.
Holds values, their checks and the sums that the methods share; imports no method.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sampling.errors import EstimationError
from sampling.estimation.interval import Interval, complete_count

_ROUNDING = 1e-24


@dataclass(frozen=True, slots=True)
class WeightedRecord:
    """One drawn record that was read."""

    probability: Fraction
    """Of being drawn and read, over 0 and at most 1."""
    numerator: int
    """1 or 0, or persons; at most the denominator."""
    denominator: int
    """1, or persons; 0 for a record outside the group asked about."""
    unit: str | None = None
    """The unit that it was drawn with; None where records were drawn by themselves."""

    @property
    def weight(self) -> float:
        """How many records of the frame it stands for."""
        return float(1 / self.probability)


@dataclass(frozen=True, slots=True)
class WeightedStratum:
    """One stratum of the design."""

    name: str
    population: int
    """N_h: records in the frame."""
    records: tuple[WeightedRecord, ...]

    @property
    def is_census(self) -> bool:
        """Whether every record of the frame's stratum was read."""
        return len(self.records) == self.population

    @property
    def is_constant(self) -> bool:
        """Whether the denominators that were read are all counted, or none is."""
        counted = sum(record.numerator for record in self.records)
        return counted in (0, sum(record.denominator for record in self.records))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A ratio of weighted totals."""

    ratio: float
    """The estimate: A / B."""
    total: float
    """B: estimated total of the denominators."""
    base: int
    """Records read whose denominator is not 0."""
    present: int
    """Strata in which there are any."""

    def residual(self, record: WeightedRecord) -> float:
        """Return (a - ratio b) / B of a record."""
        return (record.numerator - self.ratio * record.denominator) / self.total


def weigh(strata: Sequence[WeightedStratum]) -> Weighed:
    """Return the ratio of the weighted totals (Hajek's where every denominator is 1).

    Args:
        strata: With at least one denominator.
    """
    records = [record for stratum in strata for record in stratum.records]
    total = math.fsum(record.weight * record.denominator for record in records)
    counted = math.fsum(record.weight * record.numerator for record in records)
    return Weighed(
        ratio=counted / total,
        total=total,
        base=sum(1 for record in records if record.denominator),
        present=sum(1 for one in strata if any(record.denominator for record in one.records)),
    )


def sum_of_squares(parts: Iterable[float]) -> Fraction:
    """Return the sum of the parts of a variance; nothing where rounding alone left something.

    A standard error under 1e-12 comes of no sample that could be read.
    """
    total = math.fsum(parts)
    return Fraction(total) if total > _ROUNDING else Fraction()


def total_of_numerators(strata: Sequence[WeightedStratum]) -> float:
    """Return the weighted total of the numerators."""
    return math.fsum(r.weight * r.numerator for stratum in strata for r in stratum.records)


def census_of(strata: Sequence[WeightedStratum], *, confidence: float) -> Interval | None:
    """Return the complete count where every record of the frame was read; else None."""
    if not all(stratum.is_census for stratum in strata):
        return None
    records = [record for stratum in strata for record in stratum.records]
    counted = sum(record.numerator for record in records)
    return complete_count(
        counted, sum(record.denominator for record in records), confidence=confidence
    )


def check_weighted(strata: Sequence[WeightedStratum], largest: int) -> None:
    """Refuse records that no sample of the design could have.

    Raises:
        EstimationError: Names the stratum and what is wrong with it, or says that no record
            belongs to the group.
    """
    names = [stratum.name for stratum in strata]
    if not names or len(set(names)) < len(names):
        raise EstimationError("Give each stratum one line, and at least one stratum.")
    for stratum in strata:
        for fault in _faults(stratum, largest):
            raise EstimationError(f"The stratum {stratum.name!r} {fault}.")
    if not any(record.denominator for stratum in strata for record in stratum.records):
        raise EstimationError(
            "No drawn record belongs to this group, so the sample says nothing about it; "
            "ask about a wider group."
        )


def _faults(stratum: WeightedStratum, largest: int) -> Iterator[str]:
    if not 0 < len(stratum.records) <= stratum.population:
        yield f"has {len(stratum.records)} records read of {stratum.population} in the frame"
    for record in stratum.records:
        if not 0 < record.probability <= 1:
            yield "has a record whose probability is not over 0 and at most 1"
        if not 0 <= record.numerator <= record.denominator:
            yield "has a record that counts more than it holds"
        if record.denominator > largest:
            yield f"has a record with a denominator over the stated largest of {largest}"
