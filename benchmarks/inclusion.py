"""How often each record is drawn over many seeds, against the probability of its design.

    python -m benchmarks.inclusion [SEEDS]     20,000 seeds unless another number is given

One line a design. Chi-square sets the counts of all records against their probabilities; counts
of one draw hang together, so the covariance of the inclusions themselves is used, and the degrees
of freedom are its rank. An exact design should give chi-square near its degrees of freedom;
sequential Poisson sampling is approximate, and the worst ratio of a size class says by how much.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from scipy.special import gammaincc

from sampling.frame import UnitSize
from sampling.plan import FirstStage, UnitQuota
from sampling.rolling import is_selected
from sampling.size_weighted import (
    Sized,
    Sizes,
    certainties,
    millionths,
    probability,
    ranked_by_size,
)
from sampling.tickets import SAMPLE, SSU, tickets
from sampling.two_stage import drawn_units, unit_probabilities

SEEDS = 20_000


@dataclass(frozen=True)
class Design:
    """A frame and how it is drawn."""

    name: str
    chances: dict[str, Fraction]
    """By record."""
    classes: dict[str, str]
    """What the records are told apart by, such as their size."""
    draw: Callable[[str], Sequence[str]]
    """Records drawn under a seed."""


def smallest(label: str, seed: str, ids: Sequence[str], n: int) -> list[str]:
    return [one.record_id for one in sorted(tickets(label, seed, ids))[:n]]


def simple(records: int, n: int) -> Design:
    ids = [f"R{number}" for number in range(records)]
    return Design(
        f"simple: {n} of {records}",
        dict.fromkeys(ids, Fraction(n, records)),
        dict.fromkeys(ids, "all"),
        lambda seed: smallest(SAMPLE, seed, ids, n),
    )


def stratified(strata: Sequence[tuple[int, int]]) -> Design:
    ids = {h: [f"{h}-{i}" for i in range(size)] for h, (size, _) in enumerate(strata)}
    return Design(
        "stratified: " + ", ".join(f"{n} of {size}" for size, n in strata),
        {one: Fraction(strata[h][1], strata[h][0]) for h, each in ids.items() for one in each},
        {one: f"stratum {h}" for h, each in ids.items() for one in each},
        lambda seed: [
            one for h, each in ids.items() for one in smallest(SAMPLE, seed, each, strata[h][1])
        ],
    )


def second_wave(records: int, first: int, n: int) -> Design:
    """Under the same seed, without what the first wave drew: over all seeds each alike."""
    ids = [f"R{number}" for number in range(records)]
    return Design(
        f"second wave: {n} of {records} after {first}, same seed",
        dict.fromkeys(ids, Fraction(n, records)),
        dict.fromkeys(ids, "all"),
        lambda seed: smallest(SAMPLE, seed, ids, first + n)[first:],
    )


def rolling(records: int, rate: Decimal) -> Design:
    ids = [f"R{number}" for number in range(records)]
    return Design(
        f"rolling: {rate} of {records}",
        dict.fromkeys(ids, Fraction(rate)),
        dict.fromkeys(ids, "all"),
        lambda seed: [
            one.record_id for one in tickets(SAMPLE, seed, ids) if is_selected(one.ticket, rate)
        ],
    )


def by_size(records: int, n: int) -> Design:
    sizes = {f"R{number}": str(1 + number % 5) for number in range(records)}
    large = sorted((millionths(size) for size in sizes.values()), reverse=True)
    certain = certainties(Sizes(records, sum(large), tuple(large)), n)

    def draw(seed: str) -> list[str]:
        sized = [
            Sized(one.record_id, one.ticket, sizes[one.record_id])
            for one in tickets(SAMPLE, seed, sizes)
        ]
        return [one.record_id for one in ranked_by_size(sized, certain)[:n]]

    chances = {one: probability(millionths(size), n, certain) for one, size in sizes.items()}
    return Design(f"by size: {n} of {records}", chances, dict(sizes), draw)


def in_stages(*, is_by_records: bool) -> Design:
    units = tuple(UnitSize(stratum="all", name=f"U{i}", records=2 + i % 4) for i in range(12))
    ids = {unit.name: [f"{unit.name}-{i}" for i in range(unit.records)] for unit in units}
    stage = FirstStage(
        quotas=(UnitQuota(stratum="all", units=12, sample=5),),
        per_unit=2,
        is_by_records=is_by_records,
        units=units,
    )
    chance = unit_probabilities(units, 5, is_by_records=is_by_records)
    by = "by records" if is_by_records else "each alike"
    return Design(
        f"two stages: 5 of 12 units {by}, 2 records of each",
        {one: chance[u.name] * Fraction(2, u.records) for u in units for one in ids[u.name]},
        {one: f"unit of {u.records}" for u in units for one in ids[u.name]},
        lambda seed: [
            one
            for unit in drawn_units(stage, seed)
            for one in smallest(SSU, seed, ids[unit.name], 2)
        ],
    )


@dataclass(frozen=True)
class Fit:
    """How well what was drawn fits the probabilities."""

    chi_square: float
    degrees: int
    worst: float
    """The ratio of a class that is furthest from 1."""

    @property
    def p_value(self) -> float:
        """Probability of a chi-square as large or larger, if the design holds."""
        return float(gammaincc(self.degrees / 2, self.chi_square / 2))


def fit(design: Design, seeds: int) -> Fit:
    """Set what many seeds draw against the probabilities of a design."""
    place = {record: at for at, record in enumerate(design.chances)}
    drawn = np.zeros((seeds, len(place)))
    for number in range(seeds):
        for record in design.draw(f"inclusion-benchmark-{number:08d}"):
            drawn[number, place[record]] = 1
    expected = np.array([float(chance) for chance in design.chances.values()])
    away = drawn.mean(axis=0) - expected
    covariance = np.atleast_2d(np.cov(drawn, rowvar=False))
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * values.max()
    along = vectors[:, kept].T @ away
    ratios = []
    for name in dict.fromkeys(design.classes.values()):
        of_class = [place[record] for record, one in design.classes.items() if one == name]
        ratios.append(float(drawn[:, of_class].mean() / expected[of_class].mean()))
    return Fit(
        chi_square=float(seeds * (along**2 / values[kept]).sum()),
        degrees=int(kept.sum()),
        worst=max(ratios, key=lambda ratio: abs(ratio - 1)),
    )


DESIGNS: tuple[Design, ...] = (
    simple(40, 8),
    stratified(((20, 3), (12, 6), (8, 8))),
    second_wave(40, 8, 6),
    rolling(40, Decimal("0.2")),
    in_stages(is_by_records=False),
    in_stages(is_by_records=True),
    by_size(30, 2),
    by_size(30, 5),
    by_size(100, 20),
)


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    print(f"{seeds:,} seeds a design.\n")
    print("| design | chi-square | degrees of freedom | p | worst ratio of a class |")
    print("|---|---|---|---|---|")
    for design in DESIGNS:
        found = fit(design, seeds)
        print(
            f"| {design.name} | {found.chi_square:.1f} | {found.degrees} | {found.p_value:.3f} "
            f"| {found.worst:.4f} |"
        )


if __name__ == "__main__":
    main()
