"""Coverage of stratified intervals over the whole range of sizes and prevalences.

    python -m benchmarks.coverage_grid                      the table
    python -m benchmarks.coverage_grid --picture FILE.svg   and the picture of it

Frames of 500 to 100,000 in two and three strata, samples of 50 to 600 under proportional and under
equal allocation, 0.5 to 20 % of yes: at one rate, at different rates by stratum, and all in one
stratum. Outcomes are enumerated with their exact probability, the likeliest first, until less than
1 in 10,000 is left, which counts as missed: nothing is simulated. Truths of too many outcomes are
left out for every method alike, large samples with many yes; the table says how many. The smaller
designs of ``benchmarks.coverage_designs`` are enumerated whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_cells import CONFIDENCE, Limits, Truth, by_method, by_rate, draw, truths_of
from benchmarks.coverage_peers import Design, estimate_of, has_svy, of_statsmodels, of_svy
from benchmarks.coverage_survey import of_survey, survey_version
from benchmarks.coverage_versions import leave_where_one_is_lacking, present
from sampling.estimation import Method, StratumCount, stratified
from sampling.estimation.hypergeometric import masses

DESIGNS: tuple[Design, ...] = (
    ((350, 35), (150, 15)),
    ((400, 25), (100, 25)),
    ((3_500, 70), (1_500, 30)),
    ((4_000, 100), (1_000, 100)),
    ((60_000, 120), (30_000, 60), (10_000, 20)),
    ((1_200, 240), (800, 160)),
    ((80_000, 300), (20_000, 300)),
)
RATES = (0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.14, 0.2)
TILTS = ((1.0, 1.0, 1.0), (1.0, 3.0, 5.0), (3.0, 1.0, 0.5), (0.0, 1.0, 0.0))
"""Rates of the strata against each other."""
LEFT_OVER = 1e-4
MOST_OUTCOMES = 700
OURS = (
    Method.STRATIFIED_EXACT,
    Method.KORN_GRAUBARD_CAPPED,
    Method.STRATIFIED_PROPORTIONAL,
)
SHOWN = (
    *OURS,
    *("statsmodels normal", "statsmodels wilson", "svy wilson"),
    *("R mean", "R logit", "R likelihood", "R asin", "R beta"),
)
"""The methods of the picture; the table has all. Other limits of svy are those of R to 1e-9."""
HOW = (
    "Every outcome counts with its exact probability, the likeliest first, until less than 1 in "
    "10,000 is left, which counts as missed. Where a program gives no limits for an outcome, most "
    "often one without a yes, both count as the estimate. statsmodels knows no strata and is given "
    "the weighted share of the whole sample."
)
Outcome = tuple[int, ...]


def limits(design: Design, outcomes: Sequence[Outcome]) -> dict[str, Limits]:
    """Return the limits of every method for these outcomes."""
    made = {str(method): ours(design, outcomes, method) for method in OURS}
    n = sum(sample for _, sample in design)
    shares = [estimate_of(design, outcome) * n for outcome in outcomes]
    made |= of_statsmodels(n, shares, alpha=1 - CONFIDENCE, is_whole=False)
    if has_svy():
        made |= of_svy(design, outcomes, alpha=1 - CONFIDENCE)
    if survey_version():
        made |= of_survey(design, outcomes, alpha=1 - CONFIDENCE)
    return made


def ours(design: Design, outcomes: Sequence[Outcome], method: Method) -> Limits:
    """Return the limits of one of our methods for these outcomes."""
    made = []
    for outcome in outcomes:
        pairs = enumerate(zip(design, outcome, strict=True))
        strata = [StratumCount(str(h), *sizes, x) for h, (sizes, x) in pairs]
        made.append(stratified(strata, confidence=CONFIDENCE, method=method))
    return np.array([one.lower for one in made]), np.array([one.upper for one in made])


def likeliest(design: Design, marked: Sequence[int]) -> tuple[list[Outcome], NDArray[np.float64]]:
    """Return outcomes, the likeliest first, until less than ``LEFT_OVER`` is left."""
    chances, outcomes = np.ones(1), [()]
    for (size, n), yes in zip(design, marked, strict=True):
        spread = masses(yes, sample=n, population=size)
        seen = np.flatnonzero(spread.values > LEFT_OVER / 1e3)
        outcomes = [(*before, spread.first + int(x)) for before in outcomes for x in seen]
        chances = np.multiply.outer(chances, spread.values[seen]).ravel()
    order = np.argsort(-chances, kind="stable")
    enough = int(np.searchsorted(np.cumsum(chances[order]), 1 - LEFT_OVER)) + 1
    kept = order[:enough]
    return [outcomes[at] for at in kept], chances[kept]


def truths(design: Design) -> Iterable[tuple[int, ...]]:
    """Yield numbers of yes by stratum, each once; those that do not fit are left out."""
    total = sum(size for size, _ in design)
    seen = set()
    for rate in RATES:
        for tilt in TILTS:
            pull = sum(t * size for t, (size, _) in zip(tilt, design, strict=False))
            wanted = [
                round(rate * total * t * size / pull)
                for t, (size, _) in zip(tilt, design, strict=False)
            ]
            fits = all(m <= size for m, (size, _) in zip(wanted, design, strict=True))
            if fits and sum(wanted) >= RATES[0] * total and tuple(wanted) not in seen:
                seen.add(tuple(wanted))
                yield tuple(wanted)


def measure(design: Design) -> Iterable[Truth]:
    """Yield what every method does on every truth of a design that has few enough outcomes."""
    seen = {marked: likeliest(design, marked) for marked in truths(design)}
    seen = {marked: found for marked, found in seen.items() if len(found[0]) <= MOST_OUTCOMES}
    every = sorted({outcome for outcomes, _ in seen.values() for outcome in outcomes})
    made, place = limits(design, every), {outcome: at for at, outcome in enumerate(every)}
    total = sum(size for size, _ in design)
    for marked, (outcomes, chances) in seen.items():
        at = [place[outcome] for outcome in outcomes]
        own = {method: (lower[at], upper[at]) for method, (lower, upper) in made.items()}
        yield from truths_of(own, chances, sum(marked) / total, place=f"{design}, {marked}")


def left_out(found: Sequence[Truth]) -> str:
    """Say how many truths have too many outcomes."""
    every = sum(1 for design in DESIGNS for _ in truths(design))
    seen = len({one.place for one in found})
    return (
        f"{every - seen} of {every} truths, large samples with many yes, have more than "
        f"{MOST_OUTCOMES} such outcomes and are left out for every method alike."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the table as SVG")
    how = parser.parse_args()
    found = [one for design in DESIGNS for one in measure(design)]
    print("Two and three strata; frames of 500 to 100,000, samples of 50 to 600.", HOW)
    print(f"\n{present()} {left_out(found)}")
    print(f"\n{by_method(found, against=Method.KORN_GRAUBARD_CAPPED)}\n\n{by_rate(found)}")
    if how.picture:
        shown = [one for one in found if one.method in SHOWN]
        draw(how.picture, shown, title="Stratified samples: worst coverage of intervals at 95 %")
    leave_where_one_is_lacking()


if __name__ == "__main__":
    main()
