"""Coverage of stratified intervals over the whole range of sizes and prevalences.

    python -m benchmarks.coverage_grid                      the table
    python -m benchmarks.coverage_grid --picture FILE.svg   and the picture of it

Frames of 500 to 100,000 in two and three strata, samples of 50 to 600 under proportional and under
equal allocation, 0.5 to 20 % of yes: at one rate, at different rates by stratum, and all in the
last stratum. Outcomes are enumerated with their exact probability, the likeliest first, until less
than 1 in 10,000 is left, which counts as missed: nothing is simulated. Methods that search take
part where a truth has few enough outcomes; the table says in how many. The smaller designs of
``benchmarks.coverage_designs`` are enumerated whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage_cells import CONFIDENCE, Limits, Truth, by_method, by_rate, draw, truths_of
from benchmarks.coverage_peers import Design, estimate_of, has_svy, of_statsmodels, of_svy
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
MOST_OUTCOMES = 500
SEARCHED = (Method.STRATIFIED_EXACT,)
OURS = (Method.KORN_GRAUBARD_CAPPED, Method.STRATIFIED_PROPORTIONAL)
SHOWN = (
    *SEARCHED,
    *OURS,
    *("statsmodels normal", "statsmodels wilson", "svy logit", "svy beta", "svy wilson"),
)
Outcome = tuple[int, ...]


class Asked:
    """Limits of one design, each worked out once."""

    def __init__(self, design: Design) -> None:
        """Begin with none."""
        self.design = design
        self.kept: dict[str, dict[Outcome, tuple[float, float]]] = {}

    def limits(self, outcomes: Sequence[Outcome], *, is_searched: bool) -> dict[str, Limits]:
        """Return the limits of every method for these outcomes."""
        ours = OURS + SEARCHED if is_searched else OURS
        makers: dict[str, Callable[[Sequence[Outcome]], dict[str, Limits]]] = {
            method: lambda wanted, method=method: self._ours(method, wanted) for method in ours
        }
        makers["statsmodels"] = self._statsmodels
        if has_svy():
            makers["svy"] = lambda wanted: of_svy(self.design, wanted, alpha=1 - CONFIDENCE)
        made: dict[str, Limits] = {}
        for name, make in makers.items():
            made |= self._through(name, make, outcomes)
        return made

    def _through(
        self,
        name: str,
        make: Callable[[Sequence[Outcome]], dict[str, Limits]],
        outcomes: Sequence[Outcome],
    ) -> dict[str, Limits]:
        known = next((kept for method, kept in self.kept.items() if method.startswith(name)), {})
        wanted = [outcome for outcome in outcomes if outcome not in known]
        if wanted:
            for method, (lower, upper) in make(wanted).items():
                pairs = zip(lower.tolist(), upper.tolist(), strict=True)
                self.kept.setdefault(method, {}).update(zip(wanted, pairs, strict=True))
        found: dict[str, Limits] = {}
        for method, kept in self.kept.items():
            if method == name or method.startswith(f"{name} "):
                pairs = np.array([kept[outcome] for outcome in outcomes])
                found[method] = pairs[:, 0], pairs[:, 1]
        return found

    def _ours(self, method: Method, outcomes: Sequence[Outcome]) -> dict[str, Limits]:
        made = [
            stratified(
                [StratumCount(str(h), *d, x) for h, (d, x) in enumerate(self._with(outcome))],
                confidence=CONFIDENCE,
                method=method,
            )
            for outcome in outcomes
        ]
        return {
            method: (np.array([one.lower for one in made]), np.array([one.upper for one in made]))
        }

    def _statsmodels(self, outcomes: Sequence[Outcome]) -> dict[str, Limits]:
        """Return what it says of the weighted share of the whole sample: it knows no strata."""
        n = sum(sample for _, sample in self.design)
        shares = [estimate_of(self.design, outcome) * n for outcome in outcomes]
        return of_statsmodels(n, shares, alpha=1 - CONFIDENCE, is_whole=False)

    def _with(self, outcome: Outcome) -> list[tuple[tuple[int, int], int]]:
        return list(zip(self.design, outcome, strict=True))


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
    asked = Asked(design)
    total = sum(size for size, _ in design)
    for marked in truths(design):
        outcomes, chances = likeliest(design, marked)
        made = asked.limits(outcomes, is_searched=len(outcomes) <= MOST_OUTCOMES)
        yield from truths_of(made, chances, sum(marked) / total, place=f"{design}, {marked}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the table as SVG")
    how = parser.parse_args()
    found = [one for design in DESIGNS for one in measure(design)]
    print("Two and three strata; frames of 500 to 100,000, samples of 50 to 600.")
    print(f"\n{by_method(found, against=Method.KORN_GRAUBARD_CAPPED)}\n\n{by_rate(found)}")
    if how.picture:
        shown = [one for one in found if one.method in SHOWN]
        draw(how.picture, shown, title="Stratified samples: worst coverage of intervals at 95 %")


if __name__ == "__main__":
    main()
