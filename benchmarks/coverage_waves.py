"""How often comparisons of waves hold, by exact enumeration.

    python -m benchmarks.coverage_waves differences  simple samples: MOVER from tail limits
    python -m benchmarks.coverage_waves strata       stratified waves, and waves against a target
    python -m benchmarks.coverage_waves groups       one-sided limits of groups of unknown size
    python -m benchmarks.coverage_waves trends       false alarms of the trend test over three waves

Every outcome counts with its exact probability, so nothing is simulated. `strata` takes a minute.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_designs import STRATA, Design, chances, joint
from sampling.estimation import (
    DomainCount,
    Interval,
    Method,
    StratumCount,
    domain,
    single,
    stratified,
)
from sampling.estimation.comparison import WaveCount, trend
from sampling.estimation.tail import tail_counts

Array = NDArray[np.float64]

PAIRS = (
    ((60, 20), (80, 25)),
    ((300, 150), (300, 100)),
    ((500, 50), (500, 50)),
    ((2000, 100), (500, 50)),
    ((2000, 200), (2000, 200)),
    ((1000, 30), (1000, 100)),
    ((10000, 100), (10000, 400)),
)
RATES = (0.005, 0.01, 0.03, 0.06, 0.12, 0.25)
CONFIDENCES = (0.90, 0.95, 0.99, 0.999)
WAVES: tuple[tuple[Design, Design], ...] = (
    (STRATA[0], STRATA[0]),
    (STRATA[0], STRATA[1]),
    (STRATA[2], STRATA[0]),
)
SIMPLE_WAVES = ((500, 40), (500, 40), (500, 60))
STRATIFIED_WAVES: tuple[Design, ...] = (
    ((200, 10), (100, 8)),
    ((200, 10), (100, 8)),
    ((300, 8), (60, 12)),
)
GROUPS = ((60, 20), (80, 30), (40, 30), (200, 12))
EDGE = 1e-12


def limits_of(made: Sequence[Interval]) -> tuple[Array, Array, Array]:
    estimate = np.array([one.estimate for one in made])
    return estimate, np.array([one.lower for one in made]), np.array([one.upper for one in made])


def mover(later: Sequence[Interval], earlier: Sequence[Interval]) -> tuple[Array, Array]:
    """Limits of every difference: one row an outcome of ``later``, one column of ``earlier``."""
    p, low, high = (one[:, None] for one in limits_of(later))
    q, least, most = (one[None, :] for one in limits_of(earlier))
    return p - q - np.hypot(p - low, most - q), p - q + np.hypot(high - p, q - least)


def coverage(limits: tuple[Array, Array], parts: tuple[Array, Array], truth: float) -> float:
    lower, upper = limits
    holds = (lower <= truth + EDGE) & (truth <= upper + EDGE)
    return float(parts[0] @ holds @ parts[1])


def line(name: str, values: Sequence[float], nominal: float) -> str:
    short = sum(value < nominal - 1e-9 for value in values)
    return (
        f"| {name} | {nominal} | {min(values):.4f} | {np.mean(values):.3f} | {short} "
        f"| {len(values)} |"
    )


def differences() -> None:
    print("| waves | confidence | worst coverage | mean | truths short | truths |")
    print("|---|---|---|---|---|---|")
    for confidence in CONFIDENCES:
        values: list[float] = []
        for pair in PAIRS:
            made = [
                [
                    single(
                        x, n, population=size, confidence=confidence,
                        method=Method.HYPERGEOMETRIC_TAIL,
                    )
                    for x in range(n + 1)
                ]
                for size, n in pair
            ]  # fmt: skip
            limits = mover(made[0], made[1])
            marked = [[max(1, round(rate * size)) for rate in RATES] for size, _ in pair]
            for m, k in itertools.product(*marked):
                truth = m / pair[0][0] - k / pair[1][0]
                parts = chances(*pair[0], m), chances(*pair[1], k)
                values.append(coverage(limits, parts, truth))
        print(line("simple samples, tail limits", values, confidence))


def every_outcome(design: Design, confidence: float) -> list[Interval]:
    return [
        stratified(
            [StratumCount(str(h), *d, x) for h, (d, x) in enumerate(zip(design, yes, strict=True))],
            confidence=confidence,
        )
        for yes in itertools.product(*(range(n + 1) for _, n in design))
    ]


def populations(design: Design) -> list[tuple[float, Array]]:
    """Every truth of a design: the rate over the frame, and the chance of each outcome."""
    found = []
    for rates in itertools.product((0.0, *RATES, 0.5), repeat=len(design)):
        marked = [round(rate * size) for rate, (size, _) in zip(rates, design, strict=True)]
        chance = joint([chances(*d, m) for d, m in zip(design, marked, strict=True)])
        found.append((sum(marked) / sum(size for size, _ in design), chance))
    return found


def strata() -> None:
    print("| waves | confidence | worst coverage | mean | truths short | truths |")
    print("|---|---|---|---|---|---|")
    for confidence in CONFIDENCES:
        values: list[float] = []
        for later, earlier in WAVES:
            limits = mover(every_outcome(later, confidence), every_outcome(earlier, confidence))
            for (p, a), (q, b) in itertools.product(populations(later), populations(earlier)):
                values.append(coverage(limits, (a, b), p - q))
        print(line("stratified, korn-graubard-capped", values, confidence))
    print()
    print("| one-sided limits, stratified | confidence | worst | mean | truths short | truths |")
    print("|---|---|---|---|---|---|")
    for confidence in (0.90, 0.95, 0.99):
        values = []
        for design in STRATA:
            _, lower, upper = limits_of(every_outcome(design, 2 * confidence - 1))
            for p, chance in populations(design):
                values.append(float(chance[p <= upper + EDGE].sum()))
                values.append(float(chance[p >= lower - EDGE].sum()))
        print(line("korn-graubard-capped", values, confidence))


def groups() -> None:
    print("| frame, sample | error on a side | populations | worst with the step | without |")
    print("|---|---|---|---|---|")
    for (population, n), error in itertools.product(GROUPS, (0.05, 0.025, 0.005)):
        worst, without, count = 0.0, 0.0, 0
        for base in range(1, n + 1):
            largest = population - (n - base)
            plain = np.array(
                [tail_counts(x, base, population=largest, alpha=2 * error) for x in range(base + 1)]
            )
            _, lower, upper = limits_of(
                [
                    domain(
                        [DomainCount("all", population, n, base, x)],
                        confidence=1 - 2 * error,
                        method=Method.HYPERGEOMETRIC_TAIL_DOMAIN,
                    )
                    for x in range(base + 1)
                ]
            )
            for size in range(base, largest + 1):
                for marked in range(size + 1):
                    chance, rate = chances(size, base, marked), marked / size
                    for low, high in (
                        (lower, upper),
                        (plain[:, 0] / largest, plain[:, 1] / largest),
                    ):
                        missed = max(
                            float(chance[high < rate - EDGE].sum()),
                            float(chance[low > rate + EDGE].sum()),
                        )
                        if low is lower:
                            worst, count = max(worst, missed), count + 1
                        else:
                            without = max(without, missed)
        print(f"| {population}, {n} | {error} | {count} | {worst:.4f} | {without:.4f} |")


def trends() -> None:
    print("| waves | error asked for | worst false alarms | mean | truths |")
    print("|---|---|---|---|---|")
    simple = [[(float(n), float(x)) for x in range(n + 1)] for _, n in SIMPLE_WAVES]
    show_alarms(
        "simple samples, as counted",
        simple,
        lambda rate: [chances(size, n, round(rate * size)) for size, n in SIMPLE_WAVES],
    )
    effective = []
    for design in STRATIFIED_WAVES:
        made = every_outcome(design, 0.95)
        sizes = [one.effective_n or 0.0 for one in made]
        effective.append([(n, n * one.estimate) for n, one in zip(sizes, made, strict=True)])
    show_alarms(
        "stratified, at the effective size",
        effective,
        lambda rate: [
            joint([chances(size, n, round(rate * size)) for size, n in design])
            for design in STRATIFIED_WAVES
        ],
    )


def show_alarms(
    name: str,
    outcomes: Sequence[Sequence[tuple[float, float]]],
    at: Callable[[float], list[Array]],
) -> None:
    """Print how often the test finds a trend where all waves have one rate."""
    p_values = trend_p_values(outcomes)
    for error in (0.10, 0.05, 0.01):
        rejected = (p_values <= error).astype(np.float64)
        alarms = []
        for rate in (0.05, 0.10, 0.15, 0.20, 0.25, 0.5):
            first, second, third = at(rate)
            alarms.append(float(np.einsum("abc,a,b,c->", rejected, first, second, third)))
        print(f"| {name} | {error} | {max(alarms):.4f} | {np.mean(alarms):.4f} | {len(alarms)} |")


def trend_p_values(outcomes: Sequence[Sequence[tuple[float, float]]]) -> Array:
    """P-values of all outcomes at once, with one in 997 of them held against the library's."""
    from scipy.special import chdtrc

    n, x = (
        [
            np.array([one[part] for one in wave]).reshape([-1 if i == j else 1 for j in range(3)])
            for i, wave in enumerate(outcomes)
        ]
        for part in (0, 1)
    )
    total, yes = n[0] + n[1] + n[2], x[0] + x[1] + x[2]
    middle = (n[1] + 2 * n[2]) / total
    together = sum((i - middle) * x[i] for i in range(3))
    spread = sum((i - middle) ** 2 * n[i] for i in range(3))
    rate = yes / total
    is_open = (rate > EDGE) & (rate < 1 - EDGE)
    safe = np.where(is_open, rate * (1 - rate), 1.0)
    made = np.where(is_open, chdtrc(1, together**2 / spread / safe), 1.0)
    for place in range(0, made.size, 997):
        where = np.unravel_index(place, made.shape)
        if is_open[where]:
            waves = [WaveCount(str(i), *outcomes[i][k]) for i, k in enumerate(where)]
            assert abs(trend(waves).p_value - made[where]) < 1e-9
    return np.asarray(made)


def main() -> None:
    tables = {"differences": differences, "strata": strata, "groups": groups, "trends": trends}
    if len(sys.argv) != 2 or sys.argv[1] not in tables:
        sys.exit(__doc__)
    tables[sys.argv[1]]()


if __name__ == "__main__":
    main()
