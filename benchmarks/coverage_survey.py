"""Intervals of R's survey package, asked of R itself in a process of its own.

R and its survey package are under the GPL: they stand beside ours in the evidence, and nothing that
ships imports or needs them. On Debian: ``apt-get install r-base-core r-cran-survey``.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.coverage_peers import Design, Limits

METHODS = ("logit", "likelihood", "asin", "beta", "mean", "xlogit")
"""Of ``svyciprop``, in the order in which the script prints them."""
SCRIPT = Path(__file__).with_name("survey_intervals.R")
VERSIONS = 'cat(paste0("R ", getRversion(), " survey ", packageVersion("survey")))'


@cache
def survey_version() -> str | None:
    """Return the versions of R and of survey, None where one of them is not here."""
    if shutil.which("Rscript") is None:
        return None
    asked = subprocess.run(
        ["Rscript", "--vanilla", "-e", VERSIONS], capture_output=True, text=True, check=False
    )
    return None if asked.returncode else asked.stdout


def of_survey(
    design: Design, outcomes: Sequence[Sequence[int]], *, alpha: float
) -> dict[str, Limits]:
    """Return the limits of R's survey, which knows the strata and their sizes, for every outcome.

    Where it gives none (no yes, or all yes, of some methods) both limits are the estimate.
    """
    head = [
        repr(alpha),
        _line([size for size, _ in design]),
        _line([n for _, n in design]),
    ]
    asked = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)],
        input="\n".join([*head, *map(_line, outcomes), ""]),
        capture_output=True,
        text=True,
        check=True,
    )
    numbers = ["nan" if word == "NA" else word for word in asked.stdout.split()]
    given = np.array(numbers, dtype=np.float64).reshape(len(outcomes), len(METHODS), 2)
    sizes, samples = np.array(design, dtype=np.float64).T
    estimates = np.array(outcomes, dtype=np.float64) / samples @ sizes / sizes.sum()
    has_none = np.isnan(given).any(axis=2, keepdims=True)
    given = np.where(has_none, estimates[:, None, None], given)
    return {f"R {method}": (given[:, at, 0], given[:, at, 1]) for at, method in enumerate(METHODS)}


def _line(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))
