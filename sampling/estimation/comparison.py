"""Waves and groups against each other.

Differences are MOVER: the two intervals' distances to their estimates, added in quadrature; from
tail intervals its worst enumerated coverage is .956. Other intervals may be handed in, and then
nothing is claimed. Nothing here knows whether several comparisons were made: say the number, and
use :func:`holm` for claims. P-values and targets are :mod:`sampling.estimation.claims`.

Sources: Newcombe, "Interval estimation for the difference between independent proportions",
Statistics in Medicine 17 (1998) 873-890; Armitage, "Tests for linear trends in proportions and
frequencies", Biometrics 11 (1955) 375-386; Holm, Scandinavian Journal of Statistics 6 (1979)
65-70; Benjamini & Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300
(citations unverified). Checked against ratesci, prop.trend.test and p.adjust of R.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sampling.errors import EstimationError
from sampling.estimation.interval import Interval

LEAST_WAVES_FOR_LIMITS = 8
"""Below this many waves a chart has no control limits."""

_THREE_SIGMA_TAIL = 0.00135


@dataclass(frozen=True, slots=True)
class Difference:
    """The first proportion less the second, and its interval."""

    estimate: float
    """-1 to 1."""
    lower: float
    """The lower limit."""
    upper: float
    """The upper limit."""
    confidence: float
    """The nominal confidence of both intervals."""


def difference(first: Interval, second: Interval) -> Difference:
    """Return the difference of two independent proportions, by MOVER.

    Args:
        first: An interval, best by ``hypergeometric-tail``.
        second: An interval of another sample at the same confidence.

    Raises:
        EstimationError: Where the two have different confidences.
    """
    if first.confidence != second.confidence:
        raise EstimationError(
            f"One interval is at {first.confidence} and the other at {second.confidence}; "
            "make both at the same confidence."
        )
    apart = first.estimate - second.estimate
    down = math.hypot(first.estimate - first.lower, second.upper - second.estimate)
    up = math.hypot(first.upper - first.estimate, second.estimate - second.lower)
    return Difference(apart, max(-1.0, apart - down), min(1.0, apart + up), first.confidence)


@dataclass(frozen=True, slots=True)
class WaveCount:
    """One wave of a repeated audit."""

    name: str
    """The wave as it is called."""
    sample: float
    """Coded records; for a trend also an effective sample size, which need not be whole."""
    yes: float
    """Yes answers among them; with an effective size the proportion times that size."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A test for a linear trend in proportions over equally spaced waves."""

    slope: float
    """Change of the proportion from wave to wave, by least squares weighted by sample size."""
    chi_square: float
    """Test statistic, one degree of freedom."""
    p_value: float
    """Two-sided."""


def trend(waves: Sequence[WaveCount]) -> Trend:
    """Test for a linear trend over waves in order of time; no finite population correction.

    Waves of a design that is not a simple sample go in at their effective size (Rao & Scott, "A
    simple method for the analysis of clustered binary data", Biometrics 48 (1992) 577-585,
    citation unverified).

    Raises:
        EstimationError: With fewer than three waves, or where no wave has both yes and no.
    """
    _check_waves(waves)
    if len(waves) < 3:
        raise EstimationError("A trend needs at least three waves; compare two by difference.")
    yes, n = sum(w.yes for w in waves), sum(w.sample for w in waves)
    if all(w.yes == 0 for w in waves) or all(w.yes == w.sample for w in waves):
        raise EstimationError("Every answer of every wave is the same, so there is no trend.")
    middle = sum(i * w.sample for i, w in enumerate(waves)) / n
    together = sum((i - middle) * w.yes for i, w in enumerate(waves))
    spread = sum((i - middle) ** 2 * w.sample for i, w in enumerate(waves))
    chi_square = together**2 / spread / (yes / n * (1 - yes / n))
    from scipy.special import chdtrc

    return Trend(together / spread, chi_square, float(chdtrc(1, chi_square)))


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One wave on a p-chart; limits are None with fewer than 8 waves."""

    name: str
    """The wave."""
    share: float
    """Its proportion of yes."""
    three_sigma: tuple[float, float] | None
    """Centre less and plus three standard errors at this wave's size, within 0 and 1."""
    exact: tuple[float, float] | None
    """Least and greatest proportion that are not in a binomial tail of .00135."""
    is_signal: bool
    """Whether the share lies outside the exact limits."""


def p_chart(waves: Sequence[WaveCount]) -> tuple[ChartPoint, ...]:
    """Return the points of a p-chart around the pooled proportion; one a wave, in their order.

    Raises:
        EstimationError: Where a wave has no record, or counts that are impossible or not whole.
    """
    _check_waves(waves)
    if any(w.sample != int(w.sample) or w.yes != int(w.yes) for w in waves):
        raise EstimationError(
            "A p-chart is of whole counts from simple samples; list waves of other designs without."
        )
    centre = sum(w.yes for w in waves) / sum(w.sample for w in waves)
    return tuple(
        _limited(wave, centre)
        if len(waves) >= LEAST_WAVES_FOR_LIMITS
        else ChartPoint(wave.name, wave.yes / wave.sample, None, None, is_signal=False)
        for wave in waves
    )


def _limited(wave: WaveCount, centre: float) -> ChartPoint:
    import numpy as np
    from scipy.special import bdtr

    n, share = int(wave.sample), wave.yes / wave.sample
    error = 3 * math.sqrt(centre * (1 - centre) / n)
    at_most = bdtr(np.arange(n + 1, dtype=np.float64), n, centre)
    least = int(np.searchsorted(at_most, _THREE_SIGMA_TAIL, side="right"))
    most = int(np.searchsorted(at_most, 1 - _THREE_SIGMA_TAIL, side="left"))
    return ChartPoint(
        wave.name,
        share,
        (max(0.0, centre - error), min(1.0, centre + error)),
        (least / n, most / n),
        is_signal=not least <= wave.yes <= most,
    )


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Holm's adjusted p-values, in the order given: for claims made together."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted, running = [0.0] * len(order), 0.0
    for rank, place in enumerate(order):
        running = max(running, min(1.0, (len(order) - rank) * p_values[place]))
        adjusted[place] = running
    return tuple(adjusted)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini and Hochberg's adjusted p-values, in the order given: for screening."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    adjusted, running = [0.0] * len(order), 1.0
    for place, p_rank in zip(order, range(len(order), 0, -1), strict=True):
        running = min(running, len(order) / p_rank * p_values[place])
        adjusted[place] = running
    return tuple(adjusted)


def _check_waves(waves: Sequence[WaveCount]) -> None:
    if not waves:
        raise EstimationError("There is no wave to compare.")
    for wave in waves:
        if wave.sample <= 0:
            raise EstimationError("A wave has at least one coded record; leave out an empty one.")
        if not 0 <= wave.yes <= wave.sample:
            raise EstimationError(
                f"A wave has {wave.yes:g} yes answers among {wave.sample:g} coded records; the "
                "first must be 0 up to the second."
            )
