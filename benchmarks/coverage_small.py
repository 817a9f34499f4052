"""Coverage of the exact interval of strata in every population of small frames.

    python -m benchmarks.coverage_small

Strata of up to 12 records. Two strata: every pair of sizes and samples. Three and four: every
combination of the kinds of strata named below. Every outcome counts with its exact probability,
and every allocation of every number of yes is a truth. Takes about an hour.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_designs import Design, chances
from sampling.estimation import StratumCount, stratified

LARGEST = 12
ALL_KINDS = tuple((size, n) for size in range(3, LARGEST + 1) for n in range(2, size))
OF_THREE = tuple((size, n) for size in (5, 8, 12) for n in range(2, size, 2))
OF_FOUR = ((4, 2), (6, 3), (12, 2), (12, 4))
CONFIDENCES = (0.95, 0.8)


def limits(design: Design, confidence: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper limit as numbers of records, one for every outcome."""
    total = sum(size for size, _ in design)
    shape = [n + 1 for _, n in design]
    lower, upper = np.empty(shape), np.empty(shape)
    for yes in np.ndindex(*shape):
        counts = [StratumCount(str(h), *design[h], x) for h, x in enumerate(yes)]
        made = stratified(counts, confidence=confidence)
        lower[yes], upper[yes] = made.lower * total - 1e-9, made.upper * total + 1e-9
    return lower, upper


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


def report(name: str, kinds: Design, strata: int, confidence: float) -> None:
    populations, worst, short = 0, 1.0, 0
    designs = list(itertools.combinations_with_replacement(kinds, strata))
    for design in designs:
        for number, least in coverages(design, confidence):
            populations += number
            worst = min(worst, least)
            short += least < confidence - 1e-9
    print(
        f"| {name} | {confidence} | {len(designs)} | {populations} | {worst:.4f} | {short} |",
        flush=True,
    )


def main() -> None:
    print("| strata | confidence | designs | populations | least coverage | short |")
    print("|---|---|---|---|---|---|", flush=True)
    for confidence in CONFIDENCES:
        report("2 of up to 12 records, every n", ALL_KINDS, 2, confidence)
        report("3 of 5, 8, 12 records, n even", OF_THREE, 3, confidence)
        report("4 of 4, 6, 12 records", OF_FOUR, 4, confidence)


if __name__ == "__main__":
    main()
