"""Coverage of stratified intervals and of groups of unknown size, by exact enumeration.

    python benchmarks/coverage_designs.py strata    markdown table: 2 and 3 strata, known size
    python benchmarks/coverage_designs.py lopsided  two strata, one drawn far more thickly
    python benchmarks/coverage_designs.py exact     stratified-exact there: over ten minutes
    python benchmarks/coverage_designs.py groups    the same design, a group of unknown size
    python benchmarks/coverage_designs.py ratios    persons arrested, clustered by record
    python benchmarks/coverage_designs.py domains   simple samples, every group size and truth

Truths are grids of rates by stratum, among them all yes in one stratum; every outcome counts with
its exact probability, so nothing is simulated.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sampling.estimation import (
    ClusterCount,
    DomainCount,
    Interval,
    Method,
    StratumCount,
    domain,
    ratio,
    stratified,
)
from sampling.estimation.blaker import blaker_counts
from sampling.estimation.hypergeometric import masses

Design = tuple[tuple[int, int], ...]

STRATA: tuple[Design, ...] = (
    ((500, 25), (300, 15)),
    ((900, 20), (100, 20)),
    ((2000, 40), (300, 12)),
    ((400, 12), (200, 6), (100, 3)),
    ((300, 8), (200, 8), (60, 8)),
)
LOPSIDED: tuple[Design, ...] = (
    ((60, 10), (60, 50)),
    ((200, 8), (200, 60)),
    ((600, 10), (600, 90)),
    ((200, 8), (1000, 80)),
)
"""Nearly all of the sample in one stratum, as an allocation by wrong expected rates makes it."""

RATES = (0.0, 0.01, 0.03, 0.06, 0.12, 0.25, 0.5)
FINE_RATES = (*(step / 300 for step in range(21)), *(step / 50 for step in range(4, 13)))
"""For two strata: 0 to 7 % by thirds of a point, 8 to 24 % by two."""
METHODS = (
    Method.KORN_GRAUBARD_CAPPED,
    Method.KORN_GRAUBARD,
    Method.WILSON,
    Method.LOGIT,
    Method.STRATIFIED_PROPORTIONAL,
)
SIZES_OF_GROUPS = (0.2, 0.5, 0.9)
GROUP_DESIGNS: tuple[Design, ...] = (((500, 12), (300, 8)), ((900, 10), (100, 10)))
RATIO_SAMPLES = ((400, 40), (2000, 60), (2000, 120))
ARRESTS = (0.3, 0.7, 1.0)
SIMPLE = ((60, 20), (80, 30), (120, 30))


def truths(design: Design) -> Iterator[tuple[int, ...]]:
    """Yield numbers of yes by stratum, not all 0."""
    grid = FINE_RATES if design in LOPSIDED else RATES
    for rates in itertools.product(grid, repeat=len(design)):
        marked = tuple(round(rate * size) for rate, (size, _) in zip(rates, design, strict=True))
        if any(marked):
            yield marked


def chances(size: int, n: int, marked: int) -> NDArray[np.float64]:
    """Probability of 0, 1, ..., n yes."""
    spread = masses(marked, sample=n, population=size)
    padded = np.zeros(n + 1)
    padded[spread.first : spread.first + len(spread.values)] = spread.values
    return padded


def joint(parts: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    result = np.ones(1)
    for part in parts:
        result = np.multiply.outer(result, part).ravel()
    return result


def report(name: str, covered: list[float], widths: list[float]) -> None:
    short = sum(c < 0.95 - 1e-9 for c in covered) / len(covered)
    print(
        f"| {name} | {min(covered):.4f} | {np.mean(covered):.3f} | {short:.3f} "
        f"| {np.mean(widths):.4f} | {len(covered)} |"
    )


def head(first: str) -> None:
    print(f"| {first} | worst coverage | mean | share short | mean width | truths |")
    print("|---|---|---|---|---|---|")


def strata(methods: Sequence[Method] = METHODS, *, designs: Sequence[Design] = STRATA) -> None:
    head("method")
    for method in methods:
        covered: list[float] = []
        widths: list[float] = []
        for design in designs:
            made = [
                stratified(
                    [
                        StratumCount(str(h), *d, x)
                        for h, (d, x) in enumerate(zip(design, yes, strict=True))
                    ],
                    method=method,
                )
                for yes in itertools.product(*(range(n + 1) for _, n in design))
            ]
            add(design, made, covered, widths)
        report(str(method), covered, widths)


def add(
    design: Design, made: Sequence[Interval], covered: list[float], widths: list[float]
) -> None:
    lower = np.array([one.lower for one in made])
    upper = np.array([one.upper for one in made])
    total = sum(size for size, _ in design)
    for marked in truths(design):
        chance = joint([chances(*d, m) for d, m in zip(design, marked, strict=True)])
        rate = sum(marked) / total
        covered.append(float(chance[(lower <= rate + 1e-12) & (rate <= upper + 1e-12)].sum()))
        widths.append(float(chance @ (upper - lower)))


def groups() -> None:
    head("group")
    for share in SIZES_OF_GROUPS:
        covered: list[float] = []
        widths: list[float] = []
        for design in GROUP_DESIGNS:
            add_group(design, share, covered, widths)
        report(f"{share:.0%} of each stratum", covered, widths)


def add_group(design: Design, share: float, covered: list[float], widths: list[float]) -> None:
    """Add every truth of a group that holds ``share`` of each stratum."""
    cells = [[(b, x) for b in range(n + 1) for x in range(b + 1)] for _, n in design]
    made: list[Interval | None] = []
    for outcome in itertools.product(*cells):
        if not any(base for base, _ in outcome):
            made.append(None)
            continue
        counts = zip(design, outcome, strict=True)
        made.append(domain([DomainCount(str(h), *d, *o) for h, (d, o) in enumerate(counts)]))
    lower = np.array([one.lower if one else 0.0 for one in made])
    upper = np.array([one.upper if one else 1.0 for one in made])
    sizes = [round(share * size) for size, _ in design]
    for rates in itertools.product(RATES, repeat=len(design)):
        marked = [round(rate * size) for rate, size in zip(rates, sizes, strict=True)]
        if not any(marked):
            continue
        parts = []
        for (size, n), inside, yes in zip(design, sizes, marked, strict=True):
            bases = chances(size, n, inside)
            given = [chances(inside, b, yes) if b else np.ones(1) for b in range(n + 1)]
            parts.append(np.concatenate([bases[b] * given[b] for b in range(n + 1)]))
        chance, rate = joint(parts), sum(marked) / sum(sizes)
        covered.append(float(chance[(lower <= rate + 1e-12) & (rate <= upper + 1e-12)].sum()))
        widths.append(float(chance @ (upper - lower)))


def domains() -> None:
    print("| frame, sample | populations | least coverage | without the step |")
    print("|---|---|---|---|")
    for population, n in SIMPLE:
        with_step, without, count = 1.0, 1.0, 0
        for base in range(1, n + 1):
            largest = population - (n - base)
            plain = np.array(
                [blaker_counts(x, base, population=largest, alpha=0.05) for x in range(base + 1)]
            )
            made = [domain([DomainCount("all", population, n, base, x)]) for x in range(base + 1)]
            lower, upper = (
                np.array([getattr(m, side) for m in made]) for side in ("lower", "upper")
            )
            for size in range(base, largest + 1):
                for marked in range(size + 1):
                    chance, rate = chances(size, base, marked), marked / size
                    holds = (lower <= rate + 1e-12) & (rate <= upper + 1e-12)
                    narrow = (plain[:, 0] <= rate * largest + 1e-9) & (
                        rate * largest <= plain[:, 1] + 1e-9
                    )
                    with_step = min(with_step, float(chance[holds].sum()))
                    without = min(without, float(chance[narrow].sum()))
                    count += 1
        print(f"| {population}, {n} | {count} | {with_step:.4f} | {without:.4f} |")


def ratios() -> None:
    """Persons arrested: records hold none, one, or two who were both arrested."""
    print("| frame, sample | arrests | worst coverage | mean | share short | truths |")
    print("|---|---|---|---|---|---|")
    for (population, n), arrests in itertools.product(RATIO_SAMPLES, ARRESTS):
        limits = {}
        for dual in range(n + 1):
            for one in range(n + 1 - dual):
                if dual or one:
                    pairs = ((2, 2),) * dual + ((0, 1),) * one + ((0, 0),) * (n - dual - one)
                    limits[dual, one] = ratio([ClusterCount("all", population, pairs)], largest=2)
        with_arrest = round(arrests * population)
        covered = []
        for share in RATES[1:]:
            duals = max(1, round(share * with_arrest))
            truth = 2 * duals / (with_arrest + duals)
            holds = 0.0
            for dual, chance in enumerate(chances(population, n, duals)):
                rest = chances(population - duals, n - dual, with_arrest - duals) if chance else ()
                for one, given in enumerate(rest):
                    made = limits.get((dual, one))
                    if made is None or made.lower - 1e-12 <= truth <= made.upper + 1e-12:
                        holds += float(chance * given)
            covered.append(holds)
        short = sum(c < 0.95 - 1e-9 for c in covered) / len(covered)
        print(
            f"| {population}, {n} | {arrests:.0%} | {min(covered):.4f} | {np.mean(covered):.3f} "
            f"| {short:.2f} | {len(covered)} |"
        )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["strata"]:
            strata()
        case ["lopsided"]:
            strata(designs=LOPSIDED)
        case ["exact"]:
            strata((Method.STRATIFIED_EXACT,))
        case ["groups"]:
            groups()
        case ["ratios"]:
            ratios()
        case ["domains"]:
            domains()
        case _:
            sys.exit(__doc__)
