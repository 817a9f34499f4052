"""Coverage of the exact intervals in every population of small frames.

    python -m benchmarks.coverage_small

Each method where it is the default: a simple sample of every size from every frame of up to 60
records; two strata of up to 12 records, every pair of sizes and samples; three, four and five
strata, every combination of the kinds of strata named below. Every outcome counts with its exact
probability, and every allocation of every number of yes is a truth: nothing is simulated, nothing
is left out. Takes about ten minutes on two cores.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_designs import Design, chances
from sampling.estimation import StratumCount, method_of, stratified

LARGEST_FRAME, LARGEST_STRATUM = 60, 12
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Family:
    """Every combination of some strata of these kinds."""

    name: str
    strata: int
    kinds: Design

    def designs(self) -> Iterator[Design]:
        """Yield each combination once."""
        return itertools.combinations_with_replacement(self.kinds, self.strata)


def every_kind(largest: int, least_sample: int) -> Design:
    """Return every pair of a size and a sample that is not all of it."""
    sizes = range(least_sample + 1, largest + 1)
    return tuple((size, n) for size in sizes for n in range(least_sample, size))


FAMILIES = (
    Family("1 of up to 60 records, every n", 1, every_kind(LARGEST_FRAME, 1)),
    Family("2 of 3 to 12 records, every n", 2, every_kind(LARGEST_STRATUM, 2)),
    Family(
        "3 of 4, 8, 12 records, every even n",
        3,
        tuple((size, n) for size in (4, 8, LARGEST_STRATUM) for n in range(2, size, 2)),
    ),
    Family("4 of 4, 6, 12 records", 4, ((4, 2), (6, 3), (12, 2), (12, 4))),
    Family("5 of 4, 6, 8 records, half of each", 5, ((4, 2), (6, 3), (8, 4))),
    Family("5 of 4, 8, 12 records", 5, ((4, 2), (4, 3), (8, 2), (12, 2))),
    Family("6 of 3, 5, 9 records", 6, ((3, 2), (5, 2), (9, 2))),
)


def limits(design: Design, confidence: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper limit as numbers of records, one for every outcome."""
    total = sum(size for size, _ in design)
    shape = [n + 1 for _, n in design]
    lower, upper = np.empty(shape), np.empty(shape)
    for yes in np.ndindex(*shape):
        made = stratified(counts(design, yes), confidence=confidence)
        lower[yes], upper[yes] = made.lower * total - 1e-9, made.upper * total + 1e-9
    return lower, upper


def counts(design: Design, yes: Sequence[int]) -> list[StratumCount]:
    return [StratumCount(str(h), *design[h], x) for h, x in enumerate(yes)]


def coverages(design: Design, confidence: float) -> Iterator[tuple[int, float]]:
    """For every number of yes: how many populations hold it, and the least coverage of them."""
    lower, upper = limits(design, confidence)
    tables = [np.array([chances(*kind, m) for m in range(kind[0] + 1)]) for kind in design]
    numbers = np.indices([kind[0] + 1 for kind in design]).sum(axis=0)
    for marked in range(int(numbers.max()) + 1):
        covered = ((lower <= marked) & (marked <= upper)).astype(np.float64)
        for table in tables:
            covered = np.tensordot(covered, table, axes=(0, 1))
        of_marked = covered[numbers == marked]
        yield len(of_marked), float(of_marked.min())


def by_method(designs: Iterable[Design]) -> dict[str, list[Design]]:
    """Sort designs by the method that is the default there."""
    found: dict[str, list[Design]] = {}
    for design in designs:
        found.setdefault(str(method_of(counts(design, [0] * len(design)))), []).append(design)
    return found


def line(name: str, method: str, designs: Sequence[Design]) -> str:
    """Return what the method does in every population of these designs."""
    populations, worst, short = 0, 1.0, 0
    for design in designs:
        for number, least in coverages(design, CONFIDENCE):
            populations += number
            worst = min(worst, least)
            short += least < CONFIDENCE - 1e-9
    return f"| {name} | {method} | {len(designs)} | {populations} | {worst:.4f} | {short} |"


def main() -> None:
    print(f"Confidence {CONFIDENCE}; each method where it is the default.")
    print('"Short" are numbers of yes with a population in which coverage is under that.\n')
    print("| strata | method | designs | populations | least coverage | short |")
    print("|---|---|---|---|---|---|", flush=True)
    jobs = [
        (family.name, method, designs)
        for family in FAMILIES
        for method, designs in by_method(family.designs()).items()
    ]
    with ProcessPoolExecutor() as pool:
        for made in pool.map(line, *zip(*jobs, strict=True)):
            print(made, flush=True)


if __name__ == "__main__":
    main()
