"""How often a corrected prevalence holds the truth where readers err more in one stratum.

    python -m benchmarks.measured_error_strata

Two strata drawn at different fractions; prevalence, sensitivity and specificity differ between
them. A random part of the sample is known, all rates are weighted by the draw, and a draw counts
where the figure is shown, as in findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from review.second_figure import ReadingErrors, why_not_corrected
from sampling.estimation import StratumCount, corrected, measured_rate, preview

POPULATION, TIMES = 20_000, 1_000
KNOWN = (0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so in each of the two strata."""

    share: tuple[float, float]
    """Of the frame."""
    drawn: tuple[int, int]
    yes: tuple[float, float]
    sensitivity: tuple[float, float]
    specificity: tuple[float, float]


TRUTHS = (
    Truth((0.95, 0.05), (100, 300), (0.05, 0.4), (0.9, 0.9), (0.85, 1.0)),
    Truth((0.95, 0.05), (100, 300), (0.1, 0.6), (0.5, 0.95), (1.0, 1.0)),
    Truth((0.9, 0.1), (200, 200), (0.05, 0.4), (0.9, 0.9), (0.85, 1.0)),
    Truth((0.9, 0.1), (200, 200), (0.1, 0.6), (0.6, 0.95), (1.0, 1.0)),
    Truth((0.7, 0.3), (200, 200), (0.1, 0.4), (0.6, 0.95), (0.9, 1.0)),
    Truth((0.95, 0.05), (150, 150), (0.3, 0.3), (0.8, 0.9), (0.9, 0.95)),
    Truth((0.5, 0.5), (300, 100), (0.08, 0.3), (0.7, 0.9), (0.9, 0.97)),
)


def coverage(truth: Truth, part: float) -> tuple[int, int]:
    """Return how many of the draws show a figure, and how many of those hold the truth."""
    random = np.random.default_rng(20261122)
    sizes = [round(POPULATION * share) for share in truth.share]
    marked = [round(size * yes) for size, yes in zip(sizes, truth.yes, strict=True)]
    weights = [Fraction(size, n) for size, n in zip(sizes, truth.drawn, strict=True)]
    shown = held = 0
    for _ in range(TIMES):
        strata, known = [], []
        for h, n in enumerate(truth.drawn):
            yes = random.hypergeometric(marked[h], sizes[h] - marked[h], n)
            is_yes = np.arange(n) < yes
            is_right = random.random(n) < np.where(
                is_yes, truth.sensitivity[h], truth.specificity[h]
            )
            strata.append(StratumCount(str(h), sizes[h], n, int((is_yes == is_right).sum())))
            chosen = random.permutation(n)[: round(part * n)]
            known += [(weights[h], bool(is_yes[i]), bool(is_right[i])) for i in chosen]
        rates = [
            measured_rate(
                [(weight, right) for weight, answer, right in known if answer is wanted],
                greatest=max(weights),
            )
            for wanted in (True, False)
        ]
        if why_not_corrected(ReadingErrors(*rates)) is None:
            made = corrected(preview(strata), sensitivity=rates[0], specificity=rates[1])
            shown += 1
            held += made.lower <= sum(marked) / sum(sizes) <= made.upper
    return shown, held


def main() -> None:
    print("| shares | drawn | yes | Se | Sp | known | shown | coverage |")
    print("|---|---|---|---|---|---|---|---|")
    for truth in TRUTHS:
        for part in KNOWN:
            shown, held = coverage(truth, part)
            pairs = (truth.share, truth.drawn, truth.yes, truth.sensitivity, truth.specificity)
            cells = " | ".join(f"{one}, {other}" for one, other in pairs)
            rate = f"{held / shown:.3f}" if shown else "-"
            print(f"| {cells} | {part} | {shown} of {TIMES:,} | {rate} |")


if __name__ == "__main__":
    main()
