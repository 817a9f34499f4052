"""Draws in two stages: units first, then records of each unit drawn.

Units are drawn within their stratum by the tickets of their codes under the label ``psu``: each
alike, or with a chance in proportion to its records (sequential Poisson,
:mod:`sampling.size_weighted`). Records are then drawn within each unit by their tickets under the
label ``ssu``. The probability of a record is the product of both.

The log holds every unit with its records, so the first stage is made again from the log alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sampling.frame import UnitSize
from sampling.plan import FirstStage, UnitQuota
from sampling.size_weighted import (
    Certainties,
    Sized,
    Sizes,
    certainties,
    millionths,
    probability,
    ranked_by_size,
)
from sampling.tickets import PSU, tickets


@dataclass(frozen=True, slots=True)
class DrawnUnit:
    """One unit of the first stage that was drawn."""

    stratum: str
    name: str
    rank: int
    """From 1 within the stratum, in the order of the draw."""
    records: int
    """N_u: records of it in the frame."""
    probability: Fraction
    """Of the unit."""
    is_exact: bool
    """Whether that probability is exact, and not that of sequential Poisson sampling."""

    def quota(self, per_unit: int | None) -> int:
        """Return how many of its records are drawn."""
        return self.records if per_unit is None else min(per_unit, self.records)


def drawn_units(stage: FirstStage, seed: str) -> tuple[DrawnUnit, ...]:
    """Return the units that a seed draws, by stratum and then by rank.

    Args:
        stage: The first stage of the plan.
        seed: The seed of the draw.

    Raises:
        TicketError: Where the seed is not allowed.
    """
    by_stratum: dict[str, list[UnitSize]] = {quota.stratum: [] for quota in stage.quotas}
    for unit in stage.units:
        by_stratum[unit.stratum].append(unit)
    return tuple(
        drawn
        for quota in stage.quotas
        for drawn in _drawn_in(quota, by_stratum[quota.stratum], seed, stage.is_by_records)
    )


def unit_probabilities(
    units: Sequence[UnitSize], sample: int, *, is_by_records: bool
) -> dict[str, Fraction]:
    """Return the probability of each unit of one stratum, by name.

    Args:
        units: All units of the stratum.
        sample: How many are drawn.
        is_by_records: Whether in proportion to their records; else each alike.
    """
    sizes = _sizes(units, is_by_records)
    certain = _certainties(sizes, sample)
    return {name: probability(size, sample, certain) for name, size in sizes.items()}


def _sizes(units: Sequence[UnitSize], is_by_records: bool) -> dict[str, int]:
    return {unit.name: millionths(str(unit.records) if is_by_records else "1") for unit in units}


def _certainties(sizes: Mapping[str, int], sample: int) -> Certainties:
    largest = sorted(sizes.values(), reverse=True)
    return certainties(Sizes(len(largest), sum(largest), tuple(largest)), sample)


def _drawn_in(
    quota: UnitQuota, units: Sequence[UnitSize], seed: str, is_by_records: bool
) -> Iterator[DrawnUnit]:
    by_name = {unit.name: unit for unit in units}
    certain = _certainties(_sizes(units, is_by_records), quota.sample)
    chances = unit_probabilities(units, quota.sample, is_by_records=is_by_records)
    sized = [
        Sized(
            one.record_id,
            one.ticket,
            str(by_name[one.record_id].records) if is_by_records else "1",
        )
        for one in tickets(PSU, seed, by_name)
    ]
    in_order = ranked_by_size(sized, certain)
    for rank, one in enumerate(in_order[: quota.sample], start=1):
        yield DrawnUnit(
            stratum=quota.stratum,
            name=one.record_id,
            rank=rank,
            records=by_name[one.record_id].records,
            probability=chances[one.record_id],
            is_exact=not is_by_records or quota.sample == quota.units,
        )
