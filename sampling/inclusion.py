"""With what probability each record came into the sample, and what it stands for.

The probability of the sample as it is now: extensions and replacements raise it. Of simple draws
it is exact. Sequential Poisson sampling keeps to its probabilities closely and not exactly, most
of all with fewer than :data:`~sampling.size_weighted.SMALL_SAMPLE` records of a stratum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from sampling.ceremony import Ceremony, plan_of
from sampling.draw import DrawnRecord, Role
from sampling.errors import SamplingError
from sampling.plan import Design, Plan
from sampling.size_weighted import Certainties, Sizes, certainties_after, millionths, probability
from sampling.two_stage import drawn_units


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The chance that one record had."""

    probability: Fraction
    """Of being in the sample, over 0 and at most 1."""
    is_exact: bool
    """Whether the design gives exactly that probability."""

    @property
    def weight(self) -> Fraction:
        """How many records of the frame it stands for by the draw, were every record read."""
        return 1 / self.probability


def inclusions(state: Ceremony) -> dict[str, Inclusion]:
    """Return the chance of every record that is or was in the sample, by case number.

    Args:
        state: Where the draw stands; a sample is drawn.

    Raises:
        SamplingError: Where no sample is drawn.
    """
    plan = plan_of(state)
    if state.drawn is None or state.seed is None:
        raise SamplingError("No sample is drawn in this project yet; draw it first.")
    groups: defaultdict[str, list[DrawnRecord]] = defaultdict(list)
    for record in state.records:
        if record.role is not Role.RESERVE:
            groups[record.group].append(record)
    if plan.rolling is not None:
        chance = Inclusion(Fraction(plan.rolling), is_exact=True)
        return {record.case_id: chance for each in groups.values() for record in each}
    match plan.design:
        case Design.SIMPLE:
            return _of_simple(groups, plan.stratum_sizes)
        case Design.SIZE_WEIGHTED:
            return _of_sizes(state, groups)
        case Design.TWO_STAGE:
            return _of_units(plan, groups, state.seed.seed)
        case _:
            assert_never(plan.design)


def _of_simple(
    groups: Mapping[str, list[DrawnRecord]], sizes: Mapping[str, int]
) -> dict[str, Inclusion]:
    return {
        record.case_id: Inclusion(Fraction(len(records), sizes[name]), is_exact=True)
        for name, records in groups.items()
        for record in records
    }


def _of_sizes(state: Ceremony, groups: Mapping[str, list[DrawnRecord]]) -> dict[str, Inclusion]:
    told = {one.name: one for one in (() if state.drawn is None else state.drawn.sizes)}
    populations = plan_of(state).stratum_sizes
    found: dict[str, Inclusion] = {}
    for name, records in groups.items():
        sizes = {record.case_id: millionths(record.size or "") for record in records}
        largest = _sizes_of(record for record in records if record.rank <= told[name].certain)
        rest = _sizes_of(record for record in records if record.rank > told[name].certain)
        at_draw = Certainties(
            told[name].certain, largest[-1] if largest else None, int(told[name].rest)
        )
        total = at_draw.rest + sum(largest)
        every = Sizes(populations[name], total, (*largest, *rest))
        now = certainties_after(every, at_draw, len(records))
        is_whole = len(records) == populations[name]
        for case_id, size in sizes.items():
            chance = Fraction(1) if is_whole else probability(size, len(records), now)
            found[case_id] = Inclusion(min(chance, Fraction(1)), is_exact=chance == 1)
    return found


def _sizes_of(records: Iterable[DrawnRecord]) -> list[int]:
    return sorted((millionths(record.size or "") for record in records), reverse=True)


def _of_units(
    plan: Plan, groups: Mapping[str, list[DrawnRecord]], seed: str
) -> dict[str, Inclusion]:
    stage = plan.first_stage
    units = () if stage is None else drawn_units(stage, seed)
    return {
        record.case_id: Inclusion(
            unit.probability * Fraction(len(groups[unit.name]), unit.records), unit.is_exact
        )
        for unit in units
        for record in groups[unit.name]
    }
