"""Tails by the lowest frequencies alone, against the whole spectra."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.fft import rfft

from sampling.estimation.hypergeometric import masses
from sampling.estimation.low_frequencies import LowFrequencies, Waves

Spectrum = NDArray[np.complex128]
LENGTH, SCORE = 1200, 260
STRATA = ((900, 60, 4), (700, 40, 3), (500, 50, 2), (300, 30, 5))


def spectrum(size: int, n: int, weight: int, marked: int) -> Spectrum:
    spread = masses(marked, sample=n, population=size)
    at = weight * (spread.first + np.arange(len(spread.values)))
    return np.asarray(rfft(np.bincount(at, weights=spread.values, minlength=LENGTH)))


def lower_tail_step() -> Spectrum:
    step = np.zeros(LENGTH)
    step[: SCORE + 1] = 1.0
    spread: Spectrum = rfft(step).conj() * (2 / LENGTH)
    spread[0] /= 2
    spread[-1] /= 2
    return spread


@pytest.mark.parametrize("changed", [{0: 430}, {3: 20}, {1: 150, 2: 390}, {0: 380, 3: 40}])
def test_a_change_of_some_strata_gives_the_tail_of_the_whole_spectra(
    changed: dict[int, int],
) -> None:
    here = (400, 200, 350, 60)
    parts = [spectrum(*kind, m) for kind, m in zip(STRATA, here, strict=True)]
    step = lower_tail_step()
    near = LowFrequencies(parts, step)
    moved = {h: spectrum(*STRATA[h], m) for h, m in changed.items()}
    product = step.copy()
    for h, part in enumerate(parts):
        product *= moved.get(h, part)
    expected = float(product.sum().real)
    assert 0 < expected < 1
    assert near.tail(moved) == pytest.approx(expected, rel=1e-7)


def test_a_stratum_that_is_given_as_it_is_changes_nothing() -> None:
    parts = [spectrum(*kind, 100) for kind in STRATA]
    near = LowFrequencies(parts, lower_tail_step())
    for h, part in enumerate(parts):
        assert near.tail({h: part}) == pytest.approx(near.tail({0: parts[0]}), rel=1e-12)


@pytest.mark.parametrize("marked", [0, 7, 250, 480, 900])
@pytest.mark.parametrize("length", [89, 720, 1200])
def test_frequencies_summed_by_themselves_are_those_of_the_transform(
    marked: int, length: int
) -> None:
    """The ring may be shorter than the scores, which then go round it more than once."""
    spread = masses(marked, sample=60, population=900)
    at = 4 * (spread.first + np.arange(len(spread.values))) % length
    whole = rfft(np.bincount(at, weights=spread.values, minlength=length))
    waves = Waves(length)
    for kept in (8, 40, 16):
        lowest = waves.lowest(spread, weight=4, sample=60, kept=kept)
        assert len(lowest) >= kept
        assert lowest == pytest.approx(whole[: len(lowest)], abs=1e-13)
