"""Other people's intervals, so that coverage can be set beside ours on the same cells.

statsmodels is there wherever the tests run. svy is there where ``make coverage`` put it; it asks
for one table of records a design, in which every outcome is a column. R's survey package stands in
``coverage_survey``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

Limits = tuple[NDArray[np.float64], NDArray[np.float64]]
Design = Sequence[tuple[int, int]]
"""Records in the frame and in the sample, for each stratum."""

STATSMODELS = ("normal", "wilson", "agresti_coull", "jeffreys", "beta")
SVY = ("logit", "beta", "wilson")
AT_ONCE = 64


def has_svy() -> bool:
    """Whether svy can be asked."""
    return find_spec("svy") is not None


def of_statsmodels(
    n: int, counts: Sequence[float], *, alpha: float, is_whole: bool = True
) -> dict[str, Limits]:
    """Return the limits of statsmodels, which knows no frame, for numbers of yes out of ``n``.

    One of its methods tests whole counts, and is left out where they are not.
    """
    from statsmodels.stats.proportion import proportion_confint

    made: dict[str, Limits] = {}
    for method in STATSMODELS:
        lower, upper = proportion_confint(np.array(counts), n, alpha=alpha, method=method)
        made[f"statsmodels {method}"] = np.asarray(lower), np.asarray(upper)
    if is_whole:
        pairs = [_by_test(round(x), n, alpha) for x in counts]
        lower, upper = np.array(pairs, dtype=np.float64).T
        made["statsmodels binom_test"] = lower, upper
    return made


@cache
def _by_test(x: int, n: int, alpha: float) -> tuple[float, float]:
    """Return the limits that take statsmodels longest."""
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(x, n, alpha=alpha, method="binom_test")
    return float(lower), float(upper)


def of_svy(design: Design, outcomes: Sequence[Sequence[int]], *, alpha: float) -> dict[str, Limits]:
    """Return the limits of svy, which knows the strata and the size of each, for every outcome.

    Where it gives none (no yes, or all yes, of some methods) both limits are the estimate.
    """
    made: dict[str, Limits] = {}
    for method in SVY:
        pairs: list[tuple[float, float]] = []
        for first in range(0, len(outcomes), AT_ONCE):
            pairs += _asked(design, outcomes[first : first + AT_ONCE], method, alpha)
        lower, upper = np.array(pairs, dtype=np.float64).T
        made[f"svy {method}"] = lower, upper
    return made


def _asked(
    design: Design, outcomes: Sequence[Sequence[int]], method: str, alpha: float
) -> list[tuple[float, float]]:
    import polars
    import svy

    columns: dict[str, list[float] | list[str]] = {
        "stratum": [str(h) for h, (_, n) in enumerate(design) for _ in range(n)],
        "weight": [size / n for size, n in design for _ in range(n)],
        "size": [float(size) for size, n in design for _ in range(n)],
    }
    for at, outcome in enumerate(outcomes):
        columns[f"y{at}"] = [
            float(place < x)
            for (_, n), x in zip(design, outcome, strict=True)
            for place in range(n)
        ]
    layout = svy.Design(stratum="stratum", wgt="weight", pop_size="size")
    sample = svy.Sample(polars.DataFrame(columns), layout)
    names = [f"y{at}" for at in range(len(outcomes))]
    found = sample.estimation.prop(names, ci_method=method, alpha=alpha)
    return [
        _limits(one, estimate_of(design, outcome))
        for one, outcome in zip(found, outcomes, strict=True)
    ]


def _limits(found: object, estimate: float) -> tuple[float, float]:
    """Return the limits of the yes in what svy answers: one line each for yes and no, if seen."""
    for line in found.estimates:  # type: ignore[attr-defined]  # svy may not be there to be read
        if float(line.y_level) == 1.0:
            lower, upper = float(line.lci), float(line.uci)
            return (estimate, estimate) if math.isnan(lower + upper) else (lower, upper)
    return estimate, estimate


def estimate_of(design: Design, outcome: Sequence[int]) -> float:
    """Return the estimated proportion of an outcome."""
    pairs = zip(design, outcome, strict=True)
    return sum(size * x / n for (size, n), x in pairs) / sum(size for size, _ in design)
