"""Coverage of the intervals of a simple sample, by exact enumeration, as a markdown table.

For every frame and sample size of the grid, every number of yes M from 0.5 to 20 % of the frame
(thinned evenly where there are many) and every outcome x: no simulation, no chance. Other people's
methods stand beside ours on the same cells. Also checks Blaker's and the tail limits against
whole-number arithmetic for every frame up to a size.

    python -m benchmarks.coverage                      the table
    python -m benchmarks.coverage --picture FILE.svg   and the picture of it
    python -m benchmarks.coverage --whole-numbers 60   every frame up to 60 records
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable
from math import comb
from pathlib import Path

import numpy as np

from benchmarks.coverage_cells import CONFIDENCE, Limits, Truth, by_method, by_rate, draw, truths_of
from benchmarks.coverage_peers import has_svy, of_statsmodels, of_svy
from benchmarks.coverage_survey import of_survey, survey_version
from benchmarks.coverage_versions import agreement, leave_where_one_is_lacking, present
from sampling.estimation import Method, single
from sampling.estimation.blaker import blaker_counts
from sampling.estimation.hypergeometric import masses
from sampling.estimation.tail import tail_counts

FRAMES = (500, 1_000, 2_000, 5_000, 20_000, 100_000)
SAMPLES = (50, 100, 200, 400, 600)
LEAST_RATE, GREATEST_RATE = 0.005, 0.20
MOST_TRUTHS = 400
SHOWN = (
    Method.HYPERGEOMETRIC_BLAKER,
    Method.HYPERGEOMETRIC_TAIL,
    *("statsmodels normal", "statsmodels wilson", "statsmodels jeffreys", "statsmodels beta"),
    *("R mean", "R logit", "R likelihood", "R asin", "R beta"),
)
"""The methods of the picture; the table has all. Limits of svy are those of R to 1e-9."""
HOW = (
    "Every outcome counts with its exact probability. Where a program gives no limits for an "
    "outcome, most often one without a yes, both count as the estimate."
)


def wald_fpc(x: int, n: int, population: int) -> tuple[float, float]:
    p = x / n
    half = 1.959963984540054 * math.sqrt(p * (1 - p) / n * (population - n) / (population - 1))
    return p - half, p + half


def by_our_method(method: Method) -> Callable[[int, int, int], tuple[float, float]]:
    def limits(x: int, n: int, population: int) -> tuple[float, float]:
        made = single(x, n, population=population, confidence=CONFIDENCE, method=method)
        return made.lower, made.upper

    return limits


OURS: dict[str, Callable[[int, int, int], tuple[float, float]]] = {
    "wald with fpc": wald_fpc,
    **{
        str(method): by_our_method(method)
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


def truths(population: int) -> list[int]:
    least, most = math.ceil(LEAST_RATE * population), math.floor(GREATEST_RATE * population)
    return sorted({round(m) for m in np.linspace(least, most, min(MOST_TRUTHS, most - least + 1))})


def measure(population: int, n: int) -> Iterable[Truth]:
    """Yield what every method does on every truth of one frame and sample size.

    Counts that no truth of the grid reaches with a chance over 1e-12 are left out.
    """
    spread = masses(truths(population)[-1], sample=n, population=population)
    counts = range(min(n, spread.first + int(np.flatnonzero(spread.values > 1e-12)[-1])) + 1)
    made: dict[str, Limits] = {}
    for name, limits in OURS.items():
        pairs = np.array([limits(x, n, population) for x in counts])
        made[name] = pairs[:, 0], pairs[:, 1]
    made |= of_statsmodels(n, counts, alpha=1 - CONFIDENCE)
    if has_svy():
        made |= of_svy([(population, n)], [[x] for x in counts], alpha=1 - CONFIDENCE)
    if survey_version():
        made |= of_survey([(population, n)], [[x] for x in counts], alpha=1 - CONFIDENCE)
    for marked in truths(population):
        spread = masses(marked, sample=n, population=population)
        chances = np.zeros(len(counts))
        seen = spread.values[: max(0, len(counts) - spread.first)]
        chances[spread.first : spread.first + len(seen)] = seen
        place = f"{population}, {n}, {marked}"
        yield from truths_of(made, chances, marked / population, place=place)


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
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the table as SVG")
    how = parser.parse_args()
    if how.whole_numbers:
        checked = check_whole_numbers(how.whole_numbers)
        print(f"{checked} samples agree with whole-number arithmetic.")
        return
    pairs = [(size, n) for size in FRAMES for n in SAMPLES if n < size]
    found = [one for size, n in pairs for one in measure(size, n)]
    print("Simple samples; frames of 500 to 100,000, samples of 50 to 600.", HOW)
    print(f"\n{present()} {agreement()}")
    print(f"\n{by_method(found, against=Method.HYPERGEOMETRIC_TAIL)}\n\n{by_rate(found)}")
    if how.picture:
        shown = [one for one in found if one.method in SHOWN]
        draw(how.picture, shown, title="Simple samples: worst coverage of intervals at 95 %")
    leave_where_one_is_lacking()


if __name__ == "__main__":
    main()
