"""Blaker's interval of a simple sample without replacement: the default.

A number M of yes in the frame is accepted where the smaller observed tail, together with the
largest tail on the other side that is not above it, exceeds alpha. The interval is the hull of the
accepted numbers. Coverage is at least nominal for every M; the interval lies inside the tail
interval. Its ends are not one-sided limits.

Source: Blaker, "Confidence curves and improved exact confidence intervals for discrete
distributions", Canadian Journal of Statistics 28 (2000) 783-798 (citation unverified). Checked
against whole-number arithmetic for every population up to 60.
"""

from __future__ import annotations

from typing import NamedTuple

from sampling.estimation.hypergeometric import TIE, first_true, least_marked, masses


class _Sample(NamedTuple):
    x: int
    n: int
    population: int
    alpha: float


class _Trial(NamedTuple):
    """What the sample says about one number M below the estimate."""

    opposite: int
    """Least count whose lower tail is above the observed upper tail."""
    is_accepted: bool


def blaker_counts(x: int, n: int, *, population: int, alpha: float) -> tuple[int, int]:
    """Return the least and the greatest accepted number of yes in the frame.

    Two-sided, finite population exact, coverage at least 1 - alpha for every number of yes.

    Args:
        x: Yes answers in the sample, 0 to n.
        n: Records drawn, 1 to ``population``.
        population: Records in the frame.
        alpha: 1 less the confidence, at most a half.
    """
    least = _least_accepted(_Sample(x, n, population, alpha))
    least_unmarked = _least_accepted(_Sample(n - x, n, population, alpha))
    return least, population - least_unmarked


def _least_accepted(sample: _Sample) -> int:
    """Return the least accepted M.

    Between the one-sided limits at alpha/2 and at alpha the opposite count rises with M. While it
    stays the same, the statistic is 1 - P(opposite <= X < x | M), and the probability of a run of
    counts is unimodal in M (total positivity of the hypergeometric family): the rejected M of one
    such stretch are neighbours, so where its first M is rejected, bisection finds the next
    accepted one.
    """
    x, n, population, alpha = sample
    if x == 0:
        return 0
    start = least_marked(x, sample=n, population=population, level=alpha / 2)
    surely = least_marked(x, sample=n, population=population, level=alpha)
    while start < surely:
        here = _try(start, sample)
        if here.is_accepted:
            return start
        end = _end_of_stretch(start, surely, here.opposite, sample)
        if _try(end, sample).is_accepted:
            return first_true(lambda marked: _try(marked, sample).is_accepted, start, end)
        start = end + 1
    return start


def _end_of_stretch(start: int, surely: int, opposite: int, sample: _Sample) -> int:
    """Return the last M of start..surely - 1 that has the same opposite count as ``start``."""
    return first_true(lambda marked: _try(marked, sample).opposite > opposite, start, surely) - 1


def _try(marked: int, sample: _Sample) -> _Trial:
    """Test one M that is not above the estimate."""
    import numpy as np

    spread = masses(marked, sample=sample.n, population=sample.population)
    observed = spread.at_least(sample.x)
    lower_tails = np.cumsum(spread.values)
    within = int(np.searchsorted(lower_tails, observed * (1 + TIE), side="right"))
    other = float(lower_tails[within - 1]) if within else 0.0
    return _Trial(
        opposite=spread.first + within,
        is_accepted=observed + other > sample.alpha * (1 + TIE),
    )
