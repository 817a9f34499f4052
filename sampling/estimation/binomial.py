"""Intervals made for an infinite population, at a number of trials that need not be whole.

They serve for comparison with other people's figures and, at an effective sample size, inside the
design-based methods. None of them promises anything for a finite frame.

Shared; imports no other module of this package. Sources: Clopper & Pearson 1934; Wilson 1927;
Brown, Cai & DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16
(2001) 101-133 (citations unverified). Checked against R's binom and stats.
"""

from __future__ import annotations

import math


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile."""
    from scipy.special import ndtri

    return float(ndtri(probability))


def student_quantile(probability: float, degrees: int) -> float:
    """Return Student's t quantile."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return a quantile of the beta distribution; both of its parameters are over 0."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))


def clopper_pearson(x: float, n: float, *, alpha: float) -> tuple[float, float]:
    """Return the Clopper-Pearson limits; x = 0 gives lower 0, x = n upper 1.

    Args:
        x: Yes answers, 0 to n; need not be whole.
        n: Trials, above 0; need not be whole.
        alpha: 1 less the confidence.
    """
    lower = 0.0 if x <= 0 else beta_quantile(alpha / 2, x, n - x + 1)
    upper = 1.0 if x >= n else beta_quantile(1 - alpha / 2, x + 1, n - x)
    return lower, upper


def jeffreys(x: float, n: float, *, alpha: float) -> tuple[float, float]:
    """Return the limits of the Jeffreys prior, opened to 0 at x = 0 and to 1 at x = n.

    Arguments as :func:`clopper_pearson`. The end that stays keeps alpha/2.
    """
    lower = 0.0 if x <= 0 else beta_quantile(alpha / 2, x + 0.5, n - x + 0.5)
    upper = 1.0 if x >= n else beta_quantile(1 - alpha / 2, x + 0.5, n - x + 0.5)
    return lower, upper


def wilson(x: float, n: float, *, quantile: float) -> tuple[float, float]:
    """Return Wilson's score limits.

    Args:
        x: Yes answers, 0 to n; need not be whole.
        n: Trials, above 0; need not be whole.
        quantile: Normal (or Student) quantile at 1 - alpha/2.
    """
    p, square = x / n, quantile * quantile
    middle = (x + square / 2) / (n + square)
    half = quantile * math.sqrt(n * p * (1 - p) + square / 4) / (n + square)
    lower = 0.0 if x <= 0 else max(0.0, middle - half)
    upper = 1.0 if x >= n else min(1.0, middle + half)
    return lower, upper


def agresti_coull(x: float, n: float, *, quantile: float) -> tuple[float, float]:
    """Return the Agresti-Coull limits, cut at 0 and 1; arguments as :func:`wilson`."""
    trials = n + quantile * quantile
    p = (x + quantile * quantile / 2) / trials
    half = quantile * math.sqrt(p * (1 - p) / trials)
    return max(0.0, p - half), min(1.0, p + half)


def logit(x: float, n: float, *, quantile: float, alpha: float) -> tuple[float, float]:
    """Return the limits on the log-odds scale; at x = 0 and x = n those of Clopper and Pearson.

    Args:
        x: Yes answers, 0 to n; need not be whole.
        n: Trials, above 0; need not be whole.
        quantile: Normal (or Student) quantile at 1 - alpha/2.
        alpha: 1 less the confidence, for the two edges.
    """
    if x <= 0 or x >= n:
        return clopper_pearson(x, n, alpha=alpha)
    p = x / n
    middle, half = math.log(p / (1 - p)), quantile / math.sqrt(n * p * (1 - p))
    return 1 / (1 + math.exp(half - middle)), 1 / (1 + math.exp(-half - middle))
