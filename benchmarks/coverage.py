"""Coverage of the intervals of a simple sample, by exact enumeration, as a markdown table.

For every frame and sample size of the grid, every number of yes M from 0.5 to 20 % of the frame
(thinned evenly where there are many) and every outcome x: no simulation, no chance. Also checks
Blaker's and the tail limits against whole-number arithmetic for every frame up to a size.

    python benchmarks/coverage.py                    the table
    python benchmarks/coverage.py --whole-numbers 60 every frame up to 60 records
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from sampling.estimation import Method, single
from sampling.estimation.blaker import blaker_counts
from sampling.estimation.hypergeometric import masses
from sampling.estimation.tail import tail_counts

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]

FRAMES = (500, 1_000, 2_000, 5_000, 20_000, 100_000)
SAMPLES = (50, 100, 200, 400, 600)
LEAST_RATE, GREATEST_RATE = 0.005, 0.20
MOST_TRUTHS = 400
CONFIDENCE = 0.95


def wald_fpc(x: int, n: int, population: int) -> tuple[float, float]:
    p = x / n
    half = 1.959963984540054 * math.sqrt(p * (1 - p) / n * (population - n) / (population - 1))
    return p - half, p + half


def by_method(method: Method) -> Callable[[int, int, int], tuple[float, float]]:
    def limits(x: int, n: int, population: int) -> tuple[float, float]:
        made = single(x, n, population=population, confidence=CONFIDENCE, method=method)
        return made.lower, made.upper

    return limits


PEERS: dict[str, Callable[[int, int, int], tuple[float, float]]] = {
    "wald with fpc": wald_fpc,
    **{
        str(method): by_method(method)
        for method in (
            Method.JEFFREYS,
            Method.WILSON,
            Method.WILSON_FPC,
            Method.AGRESTI_COULL,
            Method.LOGIT,
            Method.CLOPPER_PEARSON,
            Method.KORN_GRAUBARD,
            Method.HYPERGEOMETRIC_TAIL,
            Method.HYPERGEOMETRIC_BLAKER,
        )
    },
}


@dataclass
class Tally:
    """What one method did over all truths."""

    worst: float = 1.0
    coverage: float = 0.0
    short: int = 0
    width: float = 0.0
    truths: int = 0

    def add(self, coverage: float, width: float) -> None:
        """Count one truth: its coverage and its expected width against the tail interval."""
        self.worst = min(self.worst, coverage)
        self.coverage += coverage
        self.short += coverage < CONFIDENCE - 1e-9
        self.width += width
        self.truths += 1


def truths(population: int) -> list[int]:
    least, most = math.ceil(LEAST_RATE * population), math.floor(GREATEST_RATE * population)
    return sorted({round(m) for m in np.linspace(least, most, min(MOST_TRUTHS, most - least + 1))})


def measure(population: int, n: int, tallies: dict[str, Tally]) -> None:
    """Add every truth of one frame and sample size to the tallies."""
    made: dict[str, Limits] = {}
    for name, limits in PEERS.items():
        pairs = np.array([limits(x, n, population) for x in range(n + 1)])
        made[name] = pairs[:, 0], pairs[:, 1]
    for marked in truths(population):
        spread = masses(marked, sample=n, population=population)
        seen = slice(spread.first, spread.first + len(spread.values))
        rate = marked / population
        widths = {
            name: float(spread.values @ (upper - lower)[seen])
            for name, (lower, upper) in made.items()
        }
        for name, (lower, upper) in made.items():
            holds = (lower[seen] <= rate + 1e-12) & (rate <= upper[seen] + 1e-12)
            width = widths[name] / widths[Method.HYPERGEOMETRIC_TAIL]
            tallies[name].add(float(spread.values[holds].sum()), width)


def table() -> str:
    tallies = {name: Tally() for name in PEERS}
    for population in FRAMES:
        for n in SAMPLES:
            if n < population:
                measure(population, n, tallies)
    lines = [
        "| method | worst coverage | mean coverage | share of truths short | width against tail |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {t.worst:.4f} | {t.coverage / t.truths:.3f} | {t.short / t.truths:.3f} "
        f"| {t.width / t.truths:.3f} |"
        for name, t in tallies.items()
    ]
    count = next(iter(tallies.values())).truths
    return "\n".join([*lines, "", f"{count} truths a method, confidence {CONFIDENCE}."])


def check_whole_numbers(largest: int) -> int:
    """Compare every sample of every frame up to ``largest`` with whole-number arithmetic."""
    checked = 0
    for population in range(1, largest + 1):
        for n in range(1, population + 1):
            ways = [
                [comb(m, k) * comb(population - m, n - k) for k in range(n + 1)]
                for m in range(population + 1)
            ]
            for x in range(n + 1):
                tail, blaker = by_counting(ways, x, comb(population, n))
                assert tail_counts(x, n, population=population, alpha=0.05) == tail
                assert blaker_counts(x, n, population=population, alpha=0.05) == blaker
                checked += 1
    return checked


def by_counting(
    ways: list[list[int]], x: int, samples: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the tail and the Blaker limits at 95 % in whole numbers."""
    in_tail, in_blaker = [], []
    for marked, counts in enumerate(ways):
        upper, lower = sum(counts[x:]), sum(counts[: x + 1])
        if not counts[x]:
            continue
        if 40 * min(upper, lower) > samples:
            in_tail.append(marked)
        observed = min(upper, lower)
        turned = counts if upper < lower else counts[::-1]
        other, running = 0, 0
        for count in turned:
            running += count
            if running > observed:
                break
            other = running
        if 20 * (observed + other) > samples:
            in_blaker.append(marked)
    return (in_tail[0], in_tail[-1]), (in_blaker[0], in_blaker[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--whole-numbers", type=int, metavar="N", help="check every frame up to N")
    largest = parser.parse_args().whole_numbers
    if largest:
        print(f"{check_whole_numbers(largest)} samples agree with whole-number arithmetic.")
    else:
        print(table())


if __name__ == "__main__":
    main()
