"""Korn and Graubard's interval at an effective sample size, capped and as published.

The effective size is p(1 - p)/v with v the design variance. As published it can be far too large
where few yes answers happen to lie in few strata; the capped rule never takes more than the size
that the design would have if all strata had one rate, and at the edges (no yes, all yes, yes only
in strata drawn whole) the size that its least precise stratum stands for. Clopper and Pearson's
limits at that size follow, after Korn and Graubard's factor for the degrees of freedom.

Approximate: no promise of coverage, see PROMISES. Source: Korn & Graubard, "Confidence intervals
for proportions with small expected number of positive counts estimated from survey data", Survey
Methodology 24 (1998) 193-201 (citation unverified). Checked against ``svyciprop(method = "beta")``
of R's survey package wherever no cap bites.
"""

from __future__ import annotations

import math

from sampling.estimation.binomial import beta_quantile, clopper_pearson, student_quantile
from sampling.estimation.linearised import Linearised


def capped_size(estimate: Linearised) -> float:
    """Return the effective size under both caps, before the factor for degrees of freedom."""
    size = min(published_size(estimate), estimate.size_at_one_rate)
    return min(size, _edge_size(estimate)) if estimate.is_constant else size


def published_size(estimate: Linearised) -> float:
    """Return p(1 - p)/v, or the size at the edge where the variance is nothing."""
    if not estimate.variance:
        return _edge_size(estimate)
    return float(estimate.ratio * (1 - estimate.ratio) / estimate.variance)


def _edge_size(estimate: Linearised) -> float:
    """Return the size at the edge, or the records of the base where they all lie in censuses."""
    size = estimate.size_at_the_edge
    return float(estimate.base) if math.isinf(size) else size


def _degrees_factor(estimate: Linearised, *, alpha: float) -> float:
    """Return (t with base - 1 / t with base - strata)^2, at most 1."""
    narrow = student_quantile(1 - alpha / 2, max(1, estimate.base - 1))
    return (narrow / student_quantile(1 - alpha / 2, estimate.degrees_of_freedom)) ** 2


def limits_at(size: float, estimate: Linearised, *, alpha: float) -> tuple[float, float]:
    """Return the limits at an effective size: two-sided, 0 and 1 kept open at the edges.

    Args:
        size: Effective sample size before the factor for degrees of freedom.
        estimate: The linearised proportion.
        alpha: 1 less the confidence.
    """
    trials = size * _degrees_factor(estimate, alpha=alpha)
    p = float(estimate.ratio)
    lower, upper = clopper_pearson(trials * p, trials, alpha=alpha)
    return min(lower, p), max(upper, p)


def quantile_at(estimate: Linearised, probability: float, *, alpha: float) -> float:
    """Return a quantile of the beta distribution with the mean and effective size of an estimate.

    Args:
        estimate: The linearised proportion.
        probability: Of the quantile.
        alpha: 1 less the confidence, for the factor of the degrees of freedom.
    """
    p = float(estimate.ratio)
    if p in (0, 1):
        return p
    trials = capped_size(estimate) * _degrees_factor(estimate, alpha=alpha)
    return beta_quantile(probability, trials * p, trials * (1 - p))
