"""Strata under a tilt, and the bound over allocations, in whole numbers and over all of them."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from math import comb

import numpy as np
import pytest

from sampling.estimation import StratumCount
from sampling.estimation.tilted_strata import Strata, chances_of

COUNTS = [
    StratumCount("a", 20, 6, 2),
    StratumCount("b", 14, 4, 0),
    StratumCount("c", 14, 4, 0),
    StratumCount("d", 9, 3, 3),
]
DIFFERENT = [COUNTS[0], COUNTS[1], COUNTS[3]]


def room(stratum: StratumCount) -> range:
    return range(stratum.yes, stratum.population - stratum.sample + stratum.yes + 1)


def chance(stratum: StratumCount, marked: int, x: int) -> Fraction:
    n, size = stratum.sample, stratum.population
    return Fraction(comb(marked, x) * comb(size - marked, n - x), comb(size, n))


def moments(stratum: StratumCount, marked: int, tilt: float) -> tuple[float, float]:
    """Return A(m) and B(m) by the definition."""
    terms = [
        float(chance(stratum, marked, x)) * math.exp(-tilt * x) for x in range(stratum.sample + 1)
    ]
    whole = sum(terms)
    mean = sum(x * term for x, term in enumerate(terms)) / whole
    return math.log(whole), sum((x - mean) ** 2 * term for x, term in enumerate(terms)) / whole


@pytest.mark.parametrize("tilt", [0.01, 0.4, 3.0])
def test_every_number_of_yes_has_its_tilted_mean_and_variance(tilt: float) -> None:
    made = Strata(COUNTS).tilted(tilt)
    expected = [moments(stratum, m, tilt) for stratum in DIFFERENT for m in room(stratum)]
    assert made.log_mean == pytest.approx([log_mean for log_mean, _ in expected], abs=1e-12)
    assert made.variance == pytest.approx([variance for _, variance in expected], abs=1e-12)


@pytest.mark.parametrize("tilt", [0.05, 0.6])
def test_the_bound_is_above_every_allocation_and_near_the_greatest(tilt: float) -> None:
    strata = Strata(COUNTS)
    log_mean = strata.tilted(tilt).log_mean
    values = {
        (stratum.population, m): moments(stratum, m, tilt)[0]
        for stratum in DIFFERENT
        for m in room(stratum)
    }
    greatest: dict[int, float] = {}
    for where in itertools.product(*map(room, COUNTS)):
        value = sum(values[s.population, m] for s, m in zip(COUNTS, where, strict=True))
        greatest[sum(where)] = max(greatest.get(sum(where), -math.inf), value)
    for total, value in greatest.items():
        bound = strata.least_bound(log_mean, total, -tilt)
        assert bound >= value - 1e-12
        assert bound == pytest.approx(value, abs=1e-3 + 0.01 * tilt)


def test_prices_of_the_other_sign_serve_values_that_rise() -> None:
    strata = Strata([StratumCount("a", 20, 6, 2), StratumCount("b", 14, 4, 0)])
    values = np.concatenate([np.sqrt(np.arange(15.0)), np.sqrt(np.arange(11.0))])
    greatest = max(math.sqrt(a - 2) + math.sqrt(12 - a) for a in range(2, 13))
    assert strata.least_bound(values, 12, 1.0) == pytest.approx(greatest, abs=1e-2)
    assert strata.least_bound(values, 12, 1.0) >= greatest


def test_equal_strata_are_counted_once_in_the_table() -> None:
    assert chances_of([20, 14, 14, 9], [6, 4, 4, 3]) == 15 * 7 + 11 * 5 + 7 * 4
