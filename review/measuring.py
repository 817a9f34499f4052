"""From the verdicts of the cases to one number: which method fits, and what it gives.

Known size, every read record in the base: the whole-frame methods. Otherwise the base is a group
of unknown size, in which the records outside it stay in the sample as zeros. Persons are a ratio
over incidents, never a binomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from review.design import Cell
from review.finding import Measure, Total
from sampling.estimation import (
    ClusterCount,
    DomainCount,
    Interval,
    IntervalOfStrata,
    Method,
    StratumCount,
    domain,
    domain_size,
    domain_total,
    preview,
    ratio,
    single,
    stratified,
    total,
)
from sampling.estimation import Total as GrossedUp

NOTHING = Measure(None, None, None)
NO_TOTAL = Total(None, None, None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the read cases of one cell say."""

    cell: Cell
    base: int
    """Cases in the base and decided."""
    yes: int


@dataclass(frozen=True, slots=True)
class PersonTally:
    """The persons of one cell: numerator and denominator of every read case."""

    cell: Cell
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How many records (or persons) of the frame a number is about."""

    population: float
    is_known: bool
    total: Total
    """Of the yes among them."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """One reading of an indicator of incidents: all that its interval rests on."""

    tallies: tuple[Tally, ...]

    def interval(self, confidence: float, of_strata: IntervalOfStrata) -> Interval | None:
        """As :func:`measure`."""
        return measure(self.tallies, confidence=confidence, of_strata=of_strata)

    def size(self, interval: Interval) -> Size:
        """As :func:`size_of`."""
        return size_of(self.tallies, interval)

    def limits(self, confidence: float) -> Interval | None:
        """As :func:`limits`."""
        return limits(self.tallies, confidence=confidence)


@dataclass(frozen=True, slots=True)
class PersonsOfIncidents:
    """One reading of an indicator of persons."""

    tallies: tuple[PersonTally, ...]
    largest: int
    """The most persons that one incident can hold, at least what was seen."""
    each: int
    """Persons that one incident with a yes adds to the numerator."""

    def interval(self, confidence: float, of_strata: IntervalOfStrata) -> Interval | None:
        """As :func:`measure_persons`, whatever gives the intervals of strata."""
        del of_strata
        return measure_persons(self.tallies, largest=self.largest, confidence=confidence)

    def size(self, interval: Interval) -> Size:
        """As :func:`size_of_persons`."""
        return size_of_persons(self.tallies, each=self.each, confidence=interval.confidence)

    def limits(self, confidence: float) -> Interval | None:
        """As :meth:`interval`: approximate on each side too."""
        return self.interval(confidence, preview)


class Reading(Protocol):
    """One reading of an indicator, whatever the design."""

    def interval(self, confidence: float, of_strata: IntervalOfStrata) -> Interval | None:
        """Return the figure with its interval; None where there is none to give.

        Args:
            confidence: 0.5 up to but not 1.
            of_strata: What gives the interval of a stratified sample of known size.
        """

    def size(self, interval: Interval) -> Size:
        """Return how many records or persons the figure is about, and how many count."""

    def limits(self, confidence: float) -> Interval | None:
        """Return the figure with limits that hold on each side, as far as the design allows."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The three readings of an indicator."""

    known: Reading
    """Undetermined left out."""
    if_no: Reading
    """Undetermined counted as no."""
    if_yes: Reading
    """Undetermined counted as yes."""


def measure(
    tallies: Sequence[Tally], *, confidence: float, of_strata: IntervalOfStrata
) -> Interval | None:
    """Return the proportion of yes with its interval; None where no case is in the base.

    Args:
        tallies: One for every cell.
        confidence: 0.5 up to but not 1.
        of_strata: What gives the interval of several strata of known size.
    """
    if not any(tally.base for tally in tallies):
        return None
    if not _is_whole(tallies):
        return domain(_domain_counts(tallies), confidence=confidence)
    if len(tallies) == 1:
        (only,) = tallies
        return single(only.yes, only.base, population=only.cell.population, confidence=confidence)
    return of_strata(_stratum_counts(tallies), confidence=confidence)


def limits(tallies: Sequence[Tally], *, confidence: float) -> Interval | None:
    """Return the proportion of yes with limits that hold on each side by themselves.

    Differences and targets need those, at many confidences each. Simple samples get tail limits,
    exact; stratified ones ``korn-graubard-capped``, approximate on each side too: coverage of
    differences was enumerated for those.
    """
    if not any(tally.base for tally in tallies):
        return None
    drawn = [tally for tally in tallies if len(tally.cell.cases) < tally.cell.population]
    if not _is_whole(tallies):
        method = Method.HYPERGEOMETRIC_TAIL_DOMAIN if len(tallies) == 1 and drawn else None
        return domain(_domain_counts(tallies), confidence=confidence, method=method)
    if len(drawn) != 1:
        return preview(_stratum_counts(tallies), confidence=confidence)
    method = Method.HYPERGEOMETRIC_TAIL
    return stratified(_stratum_counts(tallies), confidence=confidence, method=method)


def size_of(tallies: Sequence[Tally], interval: Interval) -> Size:
    """Return how many records the base has in the frame, and how many of them are yes.

    Where the size of the base is known the number of yes has the limits of the proportion;
    elsewhere it is estimated with it, and as approximate as the proportion.

    Args:
        tallies: With at least one case in the base.
        interval: Their proportion, from :func:`measure`.
    """
    if _is_whole(tallies):
        population = sum(tally.cell.population for tally in tallies)
        return Size(population, is_known=True, total=_frozen(total(interval, population)))
    counts = _domain_counts(tallies)
    return Size(
        float(domain_size(counts, confidence=interval.confidence).estimate),
        is_known=interval.method is Method.CENSUS,
        total=_frozen(domain_total(counts, confidence=interval.confidence)),
    )


def measure_persons(
    tallies: Sequence[PersonTally], *, largest: int, confidence: float
) -> Interval | None:
    """Return a ratio of persons, clustered by incident.

    None where no person is in the base, and where the only case read carries no variance.

    Args:
        tallies: One for every cell.
        largest: The most persons that one incident can hold, at least what was seen.
        confidence: 0.5 up to but not 1.
    """
    if not any(whole for tally in tallies for _, whole in tally.pairs):
        return None
    if not all(tally.cell.is_usable for tally in tallies):
        return None
    clusters = [
        ClusterCount(tally.cell.name, tally.cell.population, tally.pairs) for tally in tallies
    ]
    return ratio(clusters, confidence=confidence, largest=largest)


def size_of_persons(tallies: Sequence[PersonTally], *, each: int, confidence: float) -> Size:
    """Return how many persons the frame holds, and how many of them count.

    Args:
        tallies: With at least one person.
        each: Persons that one incident with a yes adds to the numerator, always the same.
        confidence: 0.5 up to but not 1.
    """
    incidents = [
        StratumCount(
            tally.cell.name,
            tally.cell.population,
            len(tally.pairs),
            sum(1 for part, _ in tally.pairs if part),
        )
        for tally in tallies
    ]
    counted = total(
        preview(incidents, confidence=confidence),
        sum(tally.cell.population for tally in tallies),
    )
    persons = sum(
        tally.cell.population * sum(whole for _, whole in tally.pairs) / len(tally.pairs)
        for tally in tallies
    )
    return Size(
        persons,
        is_known=all(count.is_census for count in incidents),
        total=Total(counted.estimate * each, counted.lower * each, counted.upper * each),
    )


def as_measure(interval: Interval | None) -> Measure:
    """Return the figures of an interval; nothing where there is none."""
    if interval is None:
        return NOTHING
    return Measure(interval.estimate, interval.lower, interval.upper)


def _is_whole(tallies: Sequence[Tally]) -> bool:
    """Say whether every read case is in the base."""
    return all(tally.base == len(tally.cell.cases) for tally in tallies)


def _stratum_counts(tallies: Sequence[Tally]) -> list[StratumCount]:
    return [
        StratumCount(tally.cell.name, tally.cell.population, tally.base, tally.yes)
        for tally in tallies
    ]


def _domain_counts(tallies: Sequence[Tally]) -> list[DomainCount]:
    return [
        DomainCount(
            tally.cell.name,
            tally.cell.population,
            len(tally.cell.cases),
            tally.base,
            tally.yes,
        )
        for tally in tallies
    ]


def _frozen(found: GrossedUp) -> Total:
    return Total(found.estimate, found.lower, found.upper)
