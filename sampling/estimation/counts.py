"""What a coded sample hands to the estimators: counts, checked before anything is computed.

Holds values and their checks only; imports no method and no numeric library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sampling.errors import EstimationError


@dataclass(frozen=True, slots=True)
class StratumCount:
    """One stratum in which every drawn record was answered."""

    name: str
    """The stratum as the plan names it."""
    population: int
    """N_h: records in the frame."""
    sample: int
    """n_h: records drawn and coded."""
    yes: int
    """x_h: yes answers among them."""

    @property
    def is_census(self) -> bool:
        """Whether the stratum was drawn whole."""
        return self.sample == self.population


@dataclass(frozen=True, slots=True)
class DomainCount:
    """One stratum in which only some of the drawn records belong to the group asked about."""

    stratum: str
    """The stratum as the plan names it."""
    population: int
    """N_h: records of the whole stratum in the frame."""
    sample: int
    """n_h: records drawn and coded in the whole stratum."""
    base: int
    """n_dh: those of them that belong to the group."""
    yes: int
    """x_h: yes answers among those."""

    @property
    def is_census(self) -> bool:
        """Whether the stratum was drawn whole."""
        return self.sample == self.population


@dataclass(frozen=True, slots=True)
class ClusterCount:
    """One stratum of records that each carry a count of persons (or arrests)."""

    stratum: str
    """The stratum as the plan names it."""
    population: int
    """N_h: records in the frame."""
    pairs: tuple[tuple[int, int], ...]
    """Numerator and denominator of every drawn record, (0, 0) where it has no persons."""

    @property
    def sample(self) -> int:
        """n_h: records drawn and coded."""
        return len(self.pairs)

    @property
    def is_census(self) -> bool:
        """Whether the stratum was drawn whole."""
        return self.sample == self.population


def check_sample(x: int, n: int, population: int | None) -> None:
    """Refuse counts that no simple sample could have.

    Raises:
        EstimationError: Says which count is impossible.
    """
    if n < 1:
        raise EstimationError("A sample has at least one coded record, and this one has none.")
    if not 0 <= x <= n:
        raise EstimationError(
            f"There are {x} yes answers among {n} coded records; the first must be 0 to {n}."
        )
    if population is not None and population < n:
        raise EstimationError(
            f"A sample of {n} cannot come from a frame of {population} records; check both counts."
        )


def check_strata(strata: Sequence[StratumCount]) -> None:
    """Refuse strata that no stratified sample could have, or that carry no variance.

    Raises:
        EstimationError: Names the stratum and what is wrong with it.
    """
    _check_names([stratum.name for stratum in strata])
    for stratum in strata:
        _check_drawn(stratum.name, stratum.population, stratum.sample, len(strata))
        _check_part(stratum.name, stratum.yes, stratum.sample, "yes answers")


def check_domain(counts: Sequence[DomainCount]) -> None:
    """Refuse counts of a group that no stratified sample could have.

    Raises:
        EstimationError: Names the stratum and what is wrong with it, or says that no drawn record
            belongs to the group.
    """
    _check_names([count.stratum for count in counts])
    for count in counts:
        _check_drawn(count.stratum, count.population, count.sample, len(counts))
        _check_part(count.stratum, count.base, count.sample, "records of the group")
        _check_part(count.stratum, count.yes, count.base, "yes answers")
    if not any(count.base for count in counts):
        raise EstimationError(
            "No drawn record belongs to this group, so the sample says nothing about it; "
            "ask about a wider group."
        )


def check_clusters(strata: Sequence[ClusterCount]) -> None:
    """Refuse pairs that are not a part and its whole, or that hold no person.

    Raises:
        EstimationError: Names the stratum and what is wrong with it.
    """
    _check_names([stratum.stratum for stratum in strata])
    for stratum in strata:
        _check_drawn(stratum.stratum, stratum.population, stratum.sample, len(strata))
        for numerator, denominator in stratum.pairs:
            _check_part(stratum.stratum, numerator, denominator, "counted in a record")
    if not any(denominator for stratum in strata for _, denominator in stratum.pairs):
        raise EstimationError(
            "The denominators of all drawn records are 0, so there is no ratio; "
            "ask about a wider group."
        )


def _check_names(names: Sequence[str]) -> None:
    if not names:
        raise EstimationError("There is no stratum; a simple sample has exactly one.")
    if len(set(names)) < len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise EstimationError(f"The stratum {repeated!r} occurs twice; give each stratum one line.")


def _check_drawn(name: str, population: int, sample: int, strata: int) -> None:
    if population < 1:
        raise EstimationError(f"The stratum {name!r} has no record in the frame; leave it out.")
    if sample > population:
        raise EstimationError(
            f"The stratum {name!r} has {sample} coded records but only {population} in the frame."
        )
    if sample == 0 or (sample == 1 and population > 1 and strata > 1):
        raise EstimationError(
            f"The stratum {name!r} has {sample} coded of {population} records, and fewer than two "
            "carry no variance; collapse it with the neighbour that the plan declares."
        )


def _check_part(name: str, part: int, whole: int, what: str) -> None:
    if not 0 <= part <= whole:
        raise EstimationError(
            f"The stratum {name!r} has {part} {what} out of {whole}; it must be 0 to {whole}."
        )
