"""How often a prevalence corrected for reading errors holds the truth, by simulation.

    python -m benchmarks.measured_error            80 truths of rates in five designs
    python -m benchmarks.measured_error within     the same where known records are of the sample

The draw, the readings of the sample and those of the known records are all drawn anew each time,
with a fixed seed. The sample's own interval is Blaker's. ``within`` is the second figure of
findings: a random part of the sample is known, and a draw counts where the figure is shown.
"""

from __future__ import annotations

import itertools
import sys
from functools import lru_cache

import numpy as np

from review.second_figure import ReadingErrors, why_not_corrected
from sampling.errors import EstimationError
from sampling.estimation import MeasuredRate, corrected, single

DESIGNS = (
    (200, 2_000, 20, 60),
    (400, 5_000, 15, 100),
    (400, 5_000, 50, 200),
    (100, 1_000, 10, 30),
    (600, 20_000, 40, 400),
)
"""Sample, frame, known yes, known no."""
PREVALENCES = (0.01, 0.03, 0.1, 0.3, 0.6)
SENSITIVITIES = (0.7, 0.85, 0.95, 1.0)
SPECIFICITIES = (0.85, 0.95, 0.99, 1.0)
TIMES = 2_000


@lru_cache(maxsize=1 << 18)
def limits(x: int, yes: int, no: int, design: tuple[int, int, int, int]) -> tuple[float, float]:
    n, population, known_yes, known_no = design
    try:
        made = corrected(
            single(x, n, population=population),
            sensitivity=MeasuredRate(yes, known_yes),
            specificity=MeasuredRate(no, known_no),
        )
    except EstimationError:
        return 0.0, 1.0
    return made.lower, made.upper


def coverage(design: tuple[int, int, int, int], truth: tuple[float, float, float]) -> float:
    n, population, known_yes, known_no = design
    share, sensitivity, specificity = truth
    random, marked = np.random.default_rng(20261122), round(truth[0] * population)
    found = random.hypergeometric(marked, population - marked, n, TIMES)
    read = random.binomial(found, sensitivity) + random.binomial(n - found, 1 - specificity)
    right_yes = random.binomial(known_yes, sensitivity, TIMES)
    right_no = random.binomial(known_no, specificity, TIMES)
    share, held = marked / population, 0
    for x, yes, no in zip(read, right_yes, right_no, strict=True):
        lower, upper = limits(int(x), int(yes), int(no), design)
        held += lower <= share <= upper
    return held / TIMES


WITHIN = ((200, 2_000, 100), (400, 12_000, 100), (600, 20_000, 150), (300, 5_000, 240))
"""Sample, frame, and how many of the sample are known."""
LEAST_SHOWN = 100


def coverage_within(
    design: tuple[int, int, int], truth: tuple[float, float, float]
) -> tuple[float, int]:
    """Return the coverage over the draws whose figure is shown, and how many those are."""
    n, population, known = design
    share, sensitivity, specificity = truth
    random, marked = np.random.default_rng(20261122), round(share * population)
    found = random.hypergeometric(marked, population - marked, n, TIMES)
    known_yes = random.hypergeometric(found, n - found, known)
    known_no = known - known_yes
    right_yes = random.binomial(known_yes, sensitivity)
    right_no = random.binomial(known_no, specificity)
    read = right_yes + known_no - right_no
    read += random.binomial(found - known_yes, sensitivity)
    read += random.binomial(n - found - known_no, 1 - specificity)
    share, held, shown = marked / population, 0, 0
    for x, yes, no, of_yes, of_no in zip(
        read, right_yes, right_no, known_yes, known_no, strict=True
    ):
        errors = ReadingErrors(
            MeasuredRate(int(yes), int(of_yes)), MeasuredRate(int(no), int(of_no))
        )
        if why_not_corrected(errors) is None:
            sizes = (n, population, int(of_yes), int(of_no))
            lower, upper = limits(int(x), int(yes), int(no), sizes)
            shown += 1
            held += lower <= share <= upper
    return held / max(1, shown), shown


def within() -> None:
    """Print the coverage where the known records are a random part of the sample."""
    print("| n | N | known | least coverage | mean | where | cells |")
    print("|---|---|---|---|---|---|---|")
    for design in WITHIN:
        truths = list(itertools.product(PREVALENCES, SENSITIVITIES, SPECIFICITIES))
        made = [(coverage_within(design, truth), truth) for truth in truths]
        cells = [(cell, truth) for (cell, shown), truth in made if shown >= LEAST_SHOWN]
        worst = min(cells)
        mean = np.mean([cell for cell, _ in cells])
        sizes = " | ".join(f"{one:,}" for one in design)
        print(f"| {sizes} | {worst[0]:.4f} | {mean:.4f} | {worst[1]} | {len(cells)} |")


def main() -> None:
    print("| n | N | known yes | known no | least coverage | mean | where |")
    print("|---|---|---|---|---|---|---|")
    for design in DESIGNS:
        truths = list(itertools.product(PREVALENCES, SENSITIVITIES, SPECIFICITIES))
        cells = [coverage(design, truth) for truth in truths]
        worst = truths[int(np.argmin(cells))]
        sizes = " | ".join(f"{one:,}" for one in design)
        print(f"| {sizes} | {min(cells):.4f} | {np.mean(cells):.4f} | {worst} |")


if __name__ == "__main__":
    within() if "within" in sys.argv[1:] else main()
