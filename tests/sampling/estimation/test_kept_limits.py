"""Limits that somebody may have changed are found out by a tail on either side of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sampling.estimation import Limits, StratumCount, stratified
from sampling.estimation.kept_limits import can_be_kept

Design = Sequence[tuple[int, int, int]]

FEW: Design = ((900, 30, 4), (700, 20, 1), (500, 40, 3), (300, 50, 6))
TWO: Design = ((1200, 96, 5), (8000, 304, 21))
MANY_UNEQUAL: Design = tuple((200 + 150 * h, 20 + (h * 7 % 5) * 8, h % 4) for h in range(6))
MANY_EVEN: Design = ((250, 25, 2),) * 8
NONE_FOUND: Design = ((900, 30, 0), (700, 24, 0))
WITH_CENSUS: Design = (*TWO, (40, 40, 7))
DESIGNS = [FEW, TWO, MANY_UNEQUAL, MANY_EVEN, NONE_FOUND, WITH_CENSUS]


def counts(design: Design) -> list[StratumCount]:
    return [StratumCount(str(h), *each) for h, each in enumerate(design)]


def kept(strata: Sequence[StratumCount], confidence: float) -> Limits:
    known: dict[str, Limits] = {}
    stratified(strata, confidence=confidence, known=known)
    (limits,) = known.values()
    return limits


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_limits_as_they_were_worked_out_pass(design: Design, confidence: float) -> None:
    strata = counts(design)
    assert can_be_kept(strata, kept(strata, confidence), confidence=confidence)


@pytest.mark.parametrize("design", [FEW, TWO, MANY_UNEQUAL, MANY_EVEN, WITH_CENSUS])
@pytest.mark.parametrize(("down", "up"), [(0.15, 0), (0, -0.15), (0.3, 0.3), (-0.3, -0.3)])
def test_limits_drawn_in_by_a_seventh_or_moved_to_a_side_do_not(
    design: Design, down: float, up: float
) -> None:
    strata = counts(design)
    least, most = kept(strata, 0.95)
    width = most - least
    changed = (least + round(down * width), most + round(up * width))
    assert not can_be_kept(strata, changed, confidence=0.95)


@pytest.mark.parametrize("design", [FEW, TWO, MANY_UNEQUAL, MANY_EVEN])
def test_limits_of_another_confidence_do_not(design: Design) -> None:
    strata = counts(design)
    assert not can_be_kept(strata, kept(strata, 0.8), confidence=0.95)
    assert not can_be_kept(strata, kept(strata, 0.999), confidence=0.95)


def test_limits_that_leave_out_what_was_seen_do_not() -> None:
    strata = counts(TWO)
    least, most = kept(strata, 0.95)
    assert not can_be_kept(strata, (25, most), confidence=0.95)
    assert not can_be_kept(strata, (least, 9200), confidence=0.95)
    assert not can_be_kept(strata, (most, least), confidence=0.95)
