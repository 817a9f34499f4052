"""Does the deep search ever miss the greatest tail? Compares it with every allocation.

Designs are taken from a fixed sequence (no chance): 2 to 4 strata of up to 2,500, 90 or 32 records,
any weights, any outcome. At the count just outside the limit, and some way inside it, the greatest
tail over every allocation is computed and compared with the deep and with the quick search.

    python benchmarks/allocations.py [DESIGNS]
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from hashlib import sha256

from sampling.estimation import Method, StratumCount, design_weights, stratified
from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.weighted_sample import WeightedSample

LARGEST = {2: 2500, 3: 90, 4: 32}


def numbers(label: str) -> Iterator[int]:
    """Yield a fixed, well mixed sequence of whole numbers."""
    for turn in itertools.count():
        yield int.from_bytes(sha256(f"{label}|{turn}".encode()).digest()[:6], "big")


def design(index: int) -> WeightedSample:
    take = numbers(f"design {index}")
    sizes, samples, yes = [], [], []
    strata = 2 + index % 3
    for _ in range(strata):
        size = 4 + next(take) % (LARGEST[strata] - 3)
        n = 2 + next(take) % min(size - 2, 25)
        sizes.append(size)
        samples.append(n)
        yes.append(next(take) % (n + 1) if next(take) % 2 else next(take) % min(3, n))
    weight = design_weights(sizes, samples)
    return WeightedSample(tuple(sizes), tuple(samples), tuple(yes), weight)


def main() -> None:
    designs = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    compared = missed_deep = missed_quick = 0
    for index in range(designs):
        sample = design(index)
        counts = [
            StratumCount(str(h), *line)
            for h, line in enumerate(zip(sample.population, sample.sample, sample.yes, strict=True))
        ]
        made = stratified(counts, method=Method.STRATIFIED_EXACT)
        limit = round(made.upper * sum(sample.population))
        search = GreatestTail(sample)
        for marked in {limit - 2, limit, limit + 2}:
            if not sum(sample.least) <= marked <= sum(sample.most):
                continue
            deep, _ = search.deep(marked, sample.least)
            quick, _ = search.quick(marked, None)
            greatest = max(search.tail(one) for one in sample.allocations(marked))
            compared += 1
            missed_deep += deep < greatest * (1 - 1e-9)
            missed_quick += quick < greatest * (1 - 1e-9)
    print(f"{compared} greatest tails compared with every allocation;")
    print(f"missed by the deep search: {missed_deep}, by the quick search: {missed_quick}")


if __name__ == "__main__":
    main()
