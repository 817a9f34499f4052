"""What the search for the greatest tail costs: tails worked out and spectra made, not seconds.

Where a tail is 1 or next to nothing, which exchanges gain hangs on the last bits: not counted here.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import scipy.fft
from numpy.typing import NDArray

from sampling.estimation import allocation_search
from sampling.estimation.allocation_search import GreatestTail
from sampling.estimation.hypergeometric import Masses, masses
from sampling.estimation.low_frequencies import Waves
from sampling.estimation.weighted_sample import Allocation, WeightedSample

FOUR = WeightedSample((30, 28, 24, 60), (6, 4, 8, 5), (0, 1, 0, 1), (3, 4, 2, 7))
LOPSIDED = WeightedSample((400, 60, 50), (20, 20, 10), (0, 7, 1), (20, 3, 5))
MANY_YES = WeightedSample((2000, 1500, 900), (600, 500, 300), (570, 480, 290), (3, 3, 3))
LARGE = WeightedSample((9000, 7000, 2500), (300, 200, 100), (9, 2, 4), (6, 7, 5))
TWELVE = WeightedSample(
    tuple(300 + 250 * h for h in range(12)),
    (40,) * 12,
    tuple(h % 4 for h in range(12)),
    tuple(1 + h for h in range(12)),
)


class Counted(GreatestTail):
    """Counts the allocations whose tails are worked out whole."""

    tails = 0

    def tail(self, allocation: Allocation) -> float:
        self.tails += 1
        return super().tail(allocation)


@pytest.fixture
def transforms(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the distributions whose spectra are made, in turn."""
    made: list[int] = []
    whole = scipy.fft.rfft

    def counted(values: NDArray[np.float64]) -> NDArray[np.complex128]:
        made.append(len(values))
        return whole(values)

    monkeypatch.setattr(scipy.fft, "rfft", counted)
    return made


@pytest.mark.parametrize(
    ("sample", "marked", "tails", "spectra"),
    [
        (FOUR, 14, 5, 11),
        (LOPSIDED, 31, 7, 10),
        (LARGE, 910, 5, 10),
        (TWELVE, 999, 6, 22),
        (TWELVE, 1980, 10, 29),
        (MANY_YES, 4250, 2, 5),
    ],
)
def test_a_quick_search_works_out_a_few_tails(
    sample: WeightedSample, marked: int, tails: int, spectra: int, transforms: list[int]
) -> None:
    search = Counted(sample)
    found, where = search.quick(marked, None)
    assert search.tails <= tails + 1
    assert len(transforms) <= spectra + 2  # one of them is that of the scores that count
    assert found == search.tail(where)


@pytest.mark.parametrize(
    ("sample", "marked", "tails", "spectra"),
    [
        (FOUR, 14, 599, 38),
        (LOPSIDED, 54, 242, 47),
        (LARGE, 910, 268, 96),
        (TWELVE, 999, 181, 351),
        (TWELVE, 1980, 78, 192),
    ],
)
def test_a_deep_search_works_out_hundreds(
    sample: WeightedSample, marked: int, tails: int, spectra: int, transforms: list[int]
) -> None:
    search = Counted(sample)
    quick, where = search.quick(marked, None)
    before = search.tails
    found, _ = search.deep(marked, where)
    assert search.tails - before <= tails * 1.1
    assert len(transforms) <= spectra * 1.1
    assert quick <= found <= quick * 1.02


@pytest.mark.parametrize(
    ("sample", "share", "longest"),
    [(LARGE, 0.03, 864), (LARGE, 0.3, 2700), (TWELVE, 0.06, 1440), (MANY_YES, 0.9, 1125)],
)
def test_the_ring_is_hardly_longer_than_the_scores_that_may_come(
    sample: WeightedSample, share: float, longest: int, transforms: list[int]
) -> None:
    least, most = sum(sample.least), sum(sample.most)
    Counted(sample).quick(least + round(share * (most - least)), None)
    assert max(transforms) <= longest


@pytest.mark.parametrize(
    ("sample", "first", "spectra", "tails"),
    [(LARGE, 900, 90, 190), (TWELVE, 990, 720, 220), (MANY_YES, 4220, 80, 145)],
)
def test_neighbours_share_what_was_worked_out(
    sample: WeightedSample, first: int, spectra: int, tails: int, transforms: list[int]
) -> None:
    search, near = Counted(sample), None
    for marked in range(first, first + 40):
        _, near = search.quick(marked, near)
    assert len(transforms) <= spectra
    assert search.tails <= tails


@pytest.fixture
def tables(transforms: list[int], monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often distributions, their whole spectra and their lowest frequencies are made."""
    made = Counter[str]()
    lowest = Waves.lowest

    def counted(marked: int, *, sample: int, population: int) -> Masses:
        made["distributions"] += 1
        return masses(marked, sample=sample, population=population)

    def low(self: Waves, of: Masses, *, weight: int, sample: int, kept: int) -> object:
        made["lowest"] += 1
        return lowest(self, of, weight=weight, sample=sample, kept=kept)

    monkeypatch.setattr(allocation_search, "masses", counted)
    monkeypatch.setattr(Waves, "lowest", low)
    return made


@pytest.mark.parametrize(
    ("bounds", "made_again"),
    [
        ({}, set()),
        ({"_SPECTRA_KEPT": 0}, {"spectra"}),
        ({"_SPREADS_KEPT": 0}, {"distributions", "lowest"}),
    ],
)
def test_tables_are_kept_for_the_next_question_and_forgotten_where_they_are_many(
    bounds: dict[str, int],
    made_again: set[str],
    transforms: list[int],
    tables: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, bound in bounds.items():
        monkeypatch.setattr(allocation_search, name, bound)
    search = Counted(LARGE)
    first, _ = search.quick(910, None)
    transforms.clear()
    tables.clear()
    assert search.quick(910, None)[0] == pytest.approx(first, rel=1e-12)
    assert {name for name, number in tables.items() if number} | (
        {"spectra"} if transforms else set()
    ) == made_again
