"""The tail interval of a simple sample: each end is a one-sided limit.

The lower end is the least M with P(X >= x | M) above alpha/2, the upper end the greatest M with
P(X <= x | M) above alpha/2. Coverage is at least nominal for every M, on each side by itself, so
the ends may be used for "at least" and "at most".

Source: Wang, "Exact optimal confidence intervals for hypergeometric parameters", Journal of the
American Statistical Association 110 (2015), section 2 (citation unverified); Buonaccorsi 1987
(citation unverified). Checked against ``samplingbook::Sprop``, whose limits are the first counts
rejected, one wider on each side, and against enumeration.
"""

from __future__ import annotations

from sampling.estimation.hypergeometric import least_marked


def tail_counts(x: int, n: int, *, population: int, alpha: float) -> tuple[int, int]:
    """Return the least and the greatest number of yes in the frame that the sample allows.

    Two-sided, finite population exact, coverage at least 1 - alpha for every number of yes.

    Args:
        x: Yes answers in the sample, 0 to n.
        n: Records drawn, 1 to ``population``.
        population: Records in the frame.
        alpha: 1 less the confidence; each side takes half of it.
    """
    level = alpha / 2
    least = least_marked(x, sample=n, population=population, level=level)
    least_unmarked = least_marked(n - x, sample=n, population=population, level=level)
    return least, population - least_unmarked
