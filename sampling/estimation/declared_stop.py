"""The exact interval of a simple sample whose stopping rule was fixed before coding.

The rule: look at the codings at least n, then every few, and at most n; stop at the first look at
which Wilson's half-width at the effective size t(N - 1)/(N - t) is within the margin, or at most
n. The paths to every stopping point (t, x) are counted, the points ordered by x/t, and a number M
of yes in the frame is kept where both tails exceed alpha/2.

Source: Girshick, Mosteller & Savage, "Unbiased estimates for certain binomial
sampling problems", Annals of Mathematical Statistics 17 (1946) 13-23, for the path counts
(citation unverified). Checked by enumeration of coverage.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sampling.errors import EstimationError
from sampling.estimation.binomial import normal_quantile
from sampling.estimation.counts import check_sample
from sampling.estimation.hypergeometric import first_true
from sampling.estimation.interval import (
    Interval,
    Method,
    alpha_of,
    around_the_estimate,
    complete_count,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDING = 1e-7
"""Tails are good to this; one that is nearer to the level than that is kept."""


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """When a simple sample read in its seeded order stops; part of the plan."""

    margin: float
    """Half-width that is good enough, over 0 and under 0.5."""
    least: int
    """Codings at the first look."""
    most: int
    """Codings at which it stops in any case."""
    every: int = 1
    """Codings from one look to the next."""

    def looks(self) -> list[int]:
        """Return the numbers of codings at which the rule looks, the last being ``most``."""
        return [*range(self.least, self.most, self.every), self.most]


@dataclass(frozen=True, slots=True)
class _Boundary:
    """Every point at which the rule can stop, one entry a point in each array."""

    coded: NDArray[np.int64]
    yes: NDArray[np.int64]
    log_paths: NDArray[np.float64]
    """Logarithm of the number of orders of yes and no that lead there and not before."""

    def probability(self, marked: int, population: int, points: NDArray[np.bool_]) -> float:
        """Return the probability of stopping at one of ``points`` with ``marked`` yes in all."""
        import numpy as np

        t, x = self.coded[points], self.yes[points]
        logs = (
            self.log_paths[points]
            + _log_falling(marked, x)
            + _log_falling(population - marked, t - x)
            - _log_falling(population, t)
        )
        return float(np.exp(logs).sum())


def _log_falling(start: int, steps: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the logarithm of start (start - 1) ... over that many steps; -inf past zero."""
    import numpy as np
    from scipy.special import gammaln

    left = np.maximum(start - steps, 0)
    logs: NDArray[np.float64] = np.where(
        steps <= start, gammaln(start + 1.0) - gammaln(left + 1.0), -np.inf
    )
    return logs


def declared_stop(
    x: int, t: int, *, population: int, rule: StoppingRule, confidence: float = 0.95
) -> Interval:
    """Return the proportion of yes in the frame after a declared stop.

    Two-sided, exact for the finite frame and for the rule: coverage at least the confidence for
    every number of yes.

    Args:
        x: Yes answers among the codings, 0 to t.
        t: Codings when the rule stopped.
        population: Records in the frame, at least ``rule.most``.
        rule: The rule as it was committed.
        confidence: 0.5 up to but not 1; the same that the rule was committed with.

    Raises:
        EstimationError: Where the rule is not possible, or does not stop at these counts.
    """
    check_sample(x, t, population)
    _check_rule(rule, population)
    alpha = alpha_of(confidence)
    if t == population:
        return complete_count(x, t, confidence=confidence)
    boundary = _boundary(rule, population, confidence)
    if not ((boundary.coded == t) & (boundary.yes == x)).any():
        raise EstimationError(
            f"The declared rule does not stop at {x} yes among {t} codings; "
            "code on until it does, or report the interval that is valid at every look."
        )
    kept = _kept(boundary, x, t, population, alpha / 2)
    least, most = around_the_estimate(kept, x=x, n=t, population=population)
    return Interval(
        estimate=x / t,
        lower=least / population,
        upper=most / population,
        method=Method.DECLARED_STOP,
        confidence=confidence,
        effective_n=t * (population - 1) / (population - t),
        design_effect=1.0,
        degrees_of_freedom=t - 1,
    )


def stops(yes: int, coded: int, *, population: int, rule: StoppingRule, confidence: float) -> bool:
    """Say whether the rule stops at a look with these counts.

    Args:
        yes: Yes answers among the codings, 0 to ``coded``.
        coded: Codings at the look, one of :meth:`StoppingRule.looks`.
        population: Records in the frame, at least ``rule.most``.
        rule: The rule as it was committed.
        confidence: That of the plan.

    Raises:
        EstimationError: Where the rule is not possible, or does not look there.
    """
    check_sample(yes, coded, population)
    _check_rule(rule, population)
    if coded not in rule.looks():
        raise EstimationError(f"The declared rule does not look at {coded} codings.")
    quantile = normal_quantile(1 - alpha_of(confidence) / 2)
    is_near = _half_widths(coded, coded, population, quantile)[yes] <= rule.margin
    return coded == rule.most or bool(is_near)


def _check_rule(rule: StoppingRule, population: int) -> None:
    if not 0 < rule.margin < 0.5:
        raise EstimationError(f"A margin is over 0 and under 0.5, and {rule.margin} is not.")
    if not 1 <= rule.least <= rule.most <= population or rule.every < 1:
        raise EstimationError(
            f"A stopping rule looks from {rule.least} to {rule.most} codings every {rule.every}; "
            f"it needs 1 <= least <= most <= {population} and every >= 1."
        )


def _kept(boundary: _Boundary, x: int, t: int, population: int, level: float) -> tuple[int, int]:
    """Return the least and the greatest M whose tails both exceed the level."""
    side = boundary.yes * t - x * boundary.coded
    least, most = x, population - (t - x)
    middle = min(max(round(x * population / t), least), most)

    def is_kept(marked: int, points: NDArray[np.bool_]) -> bool:
        return boundary.probability(marked, population, points) > level * (1 - _ROUNDING)

    up, down = side >= 0, side <= 0
    return (
        first_true(lambda marked: is_kept(marked, up), least, middle),
        first_true(lambda marked: not is_kept(marked, down), middle + 1, most + 1) - 1,
    )


@lru_cache(maxsize=8)
def _boundary(rule: StoppingRule, population: int, confidence: float) -> _Boundary:
    """Count the paths to every point at which the rule stops."""
    import numpy as np

    quantile = normal_quantile(1 - alpha_of(confidence) / 2)
    looks = set(rule.looks())
    log_paths = np.full(rule.most + 1, -np.inf)
    log_paths[0] = 0.0
    coded, yes, logs = [], [], []
    for t in range(1, rule.most + 1):
        log_paths[1:] = np.logaddexp(log_paths[1:], log_paths[:-1])
        if t not in looks:
            continue
        is_reached = np.isfinite(log_paths)
        is_near = _half_widths(t, rule.most, population, quantile) <= rule.margin
        stops = np.flatnonzero(is_reached & (is_near | (t == rule.most)))
        coded.append(np.full(len(stops), t))
        yes.append(stops)
        logs.append(log_paths[stops])
        log_paths[stops] = -np.inf
    return _Boundary(np.concatenate(coded), np.concatenate(yes), np.concatenate(logs))


def _half_widths(t: int, most: int, population: int, quantile: float) -> NDArray[np.float64]:
    """Return Wilson's half-width at the effective size, for 0, 1, ..., ``most`` yes of t."""
    import numpy as np

    if t == population:
        return np.zeros(most + 1)
    size = t * (population - 1) / (population - t)
    p = np.minimum(np.arange(most + 1) / t, 1.0)
    square = quantile * quantile
    halves: NDArray[np.float64] = (
        quantile * np.sqrt(size * p * (1 - p) + square / 4) / (size + square)
    )
    return halves
