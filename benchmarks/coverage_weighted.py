"""How often intervals of samples drawn by size and in two stages hold, by simulation.

    python -m benchmarks.coverage_weighted [DRAWS]     1,000 draws a cell unless told

Each cell is one known frame, drawn again under many seeds by the product's own rules and estimated
by the product's own methods. Coverage is the share of draws whose 95 % interval holds the truth;
with 1,000 draws it is known to about a point and a half.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sampling.estimation import Interval, WeightedRecord, WeightedStratum, size_weighted, two_stage
from sampling.frame import UnitSize
from sampling.plan import FirstStage, UnitQuota
from sampling.size_weighted import (
    Sized,
    Sizes,
    certainties,
    millionths,
    probability,
    ranked_by_size,
)
from sampling.tickets import SAMPLE, SSU, tickets, uniform
from sampling.two_stage import drawn_units

DRAWS = 1_000
RATES = (0.02, 0.05, 0.1, 0.3)
SIZES = {"sizes 1 and 11": (1, 11), "sizes 1, 2 and 15": (1, 2, 15)}
STEP = 7919
"""A prime, so that multiples of it meet every size alike."""


@dataclass(frozen=True)
class Cell:
    """One frame, and how it is drawn and estimated."""

    name: str
    truth: float
    interval: Callable[[str], Interval]


def spread(records: int, rate: float) -> set[int]:
    """Places of the yes, evenly over the frame and over its sizes."""
    return {k * STEP % records for k in range(max(1, round(rate * records)))}


def by_size(records: int, n: int, rate: float, *, among: str) -> Cell:
    """Sizes from 1 to 20; the yes evenly, among the largest, the smallest, or half of each.

    Or all records of one or two of the smallest sizes and of a larger one: few of the former are
    drawn, and each stands for many.
    """
    sizes = [1 + (number * 7) % 20 for number in range(records)]
    yes = spread(records, rate)
    if among in SIZES:
        yes = {at for at, size in enumerate(sizes) if size in SIZES[among]}
    elif among != "all":
        order = sorted(range(records), key=lambda at: sizes[at], reverse=among == "largest")
        half = len(yes) // 2 if among == "both ends" else 0
        yes = {*order[: len(yes) - half], *order[len(order) - half :]}
    ids = {f"R{number}": str(size) for number, size in enumerate(sizes)}
    positive = {f"R{number}" for number in yes}
    large = sorted((millionths(size) for size in ids.values()), reverse=True)
    certain = certainties(Sizes(records, sum(large), tuple(large)), n)
    assert not certain.count, "the first of twice as many by a float holds all that is drawn"

    def interval(seed: str) -> Interval:
        rows = tickets(SAMPLE, seed, ids)
        near = sorted(rows, key=lambda one: uniform(one.ticket) / float(ids[one.record_id]))
        sized = [Sized(one.record_id, one.ticket, ids[one.record_id]) for one in near[: 2 * n]]
        drawn = tuple(
            WeightedRecord(
                probability(millionths(one.size), n, certain), int(one.record_id in positive), 1
            )
            for one in ranked_by_size(sized, certain)[:n]
        )
        return size_weighted([WeightedStratum("all", records, drawn)])

    return Cell(f"by size, {n} of {records}, yes among {among}", len(yes) / records, interval)


@dataclass(frozen=True)
class Units:
    """How the units of a frame are drawn."""

    units: int
    sample: int
    per_unit: int | None
    is_by_records: bool
    is_clustered: bool
    """Whether the yes lie in some of the units alone; else evenly."""


def of_units(how: Units, rate: float) -> Cell:
    units = tuple(
        UnitSize(stratum="all", name=f"U{i}", records=20 + 13 * i % 40) for i in range(how.units)
    )
    ids = {unit.name: [f"{unit.name}-{i}" for i in range(unit.records)] for unit in units}
    every = [record for each in ids.values() for record in each]
    places = spread(len(every), rate)
    if how.is_clustered:
        few = [record for at, each in enumerate(ids.values()) if at % 3 == 0 for record in each]
        positive = set(few[:: max(1, len(few) // len(places))][: len(places)])
    else:
        positive = {every[at] for at in places}
    stage = FirstStage(
        quotas=(UnitQuota(stratum="all", units=how.units, sample=how.sample),),
        per_unit=how.per_unit,
        is_by_records=how.is_by_records,
        units=units,
    )

    def interval(seed: str) -> Interval:
        drawn = []
        for unit in drawn_units(stage, seed):
            quota = unit.quota(how.per_unit)
            chance = unit.probability * Fraction(quota, unit.records)
            for one in sorted(tickets(SSU, seed, ids[unit.name]))[:quota]:
                is_yes = int(one.record_id in positive)
                drawn.append(WeightedRecord(chance, is_yes, 1, unit.name))
        return two_stage([WeightedStratum("all", len(every), tuple(drawn))])

    each = "all" if how.per_unit is None else str(how.per_unit)
    by = "by records" if how.is_by_records else "each alike"
    where = "in a third of the units" if how.is_clustered else "evenly"
    name = f"{how.sample} of {how.units} units {by}, {each} of each, yes {where}"
    return Cell(name, len(positive) / len(every), interval)


def cells() -> Sequence[Cell]:
    sized = [
        by_size(records, n, rate, among=among)
        for records, n in ((300, 50),)
        for among in ("all", "largest", "smallest", "both ends")
        for rate in RATES
    ]
    units = [
        of_units(how, rate)
        for how in (
            Units(40, 8, 10, is_by_records=False, is_clustered=False),
            Units(40, 15, 10, is_by_records=False, is_clustered=True),
            Units(40, 15, 10, is_by_records=True, is_clustered=True),
            Units(40, 12, None, is_by_records=False, is_clustered=True),
        )
        for rate in RATES
    ]
    worst = [
        by_size(records, n, rate, among=among)
        for records, n in ((300, 50), (2000, 200), (2000, 60))
        for among, rate in (*((one, 0.1) for one in SIZES), ("both ends", 0.1), ("both ends", 0.3))
        if records > 300 or among in SIZES
    ]
    return [*sized, *worst, *units]


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    print(f"{draws:,} draws a cell, intervals at 95 %.\n")
    print("| frame and draw | yes | coverage | mean width | mean estimate |")
    print("|---|---|---|---|---|")
    for cell in cells():
        made = [cell.interval(f"coverage-benchmark-{number:08d}") for number in range(draws)]
        held = sum(one.lower <= cell.truth <= one.upper for one in made) / draws
        width = sum(one.upper - one.lower for one in made) / draws
        mean = sum(one.estimate for one in made) / draws
        print(f"| {cell.name} | {cell.truth:.3f} | {held:.3f} | {width:.3f} | {mean:.4f} |")


if __name__ == "__main__":
    main()
