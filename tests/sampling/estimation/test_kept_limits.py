"""Limits that somebody may have changed are found out by a tail on either side of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sampling.estimation import Limits, Method, StratumCount, stratified
from sampling.estimation.kept_limits import can_be_kept

Design = Sequence[tuple[int, int, int]]

FEW: Design = ((900, 30, 4), (700, 20, 1), (500, 40, 3), (300, 50, 6))
TWO: Design = ((1200, 96, 5), (8000, 304, 21))
MANY_UNEQUAL: Design = tuple((200 + 150 * h, 20 + (h * 7 % 5) * 8, h % 4) for h in range(6))
MANY_EVEN: Design = ((250, 25, 2),) * 8
NONE_FOUND: Design = ((900, 30, 0), (700, 24, 0))
WITH_CENSUS: Design = (*TWO, (40, 40, 7))
DESIGNS = [FEW, TWO, MANY_UNEQUAL, MANY_EVEN, NONE_FOUND, WITH_CENSUS]
EXACT, CERTIFIED, PROPORTIONAL = METHODS = (
    Method.STRATIFIED_EXACT,
    Method.STRATIFIED_CERTIFIED,
    Method.STRATIFIED_PROPORTIONAL,
)


def counts(design: Design) -> list[StratumCount]:
    return [StratumCount(str(h), *each) for h, each in enumerate(design)]


def kept(strata: Sequence[StratumCount], confidence: float, method: Method | None = None) -> Limits:
    known: dict[str, Limits] = {}
    stratified(strata, confidence=confidence, method=method, known=known)
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


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("confidence", [0.8, 0.975])
def test_limits_of_a_named_method_pass_as_its_own(
    design: Design, method: Method, confidence: float
) -> None:
    strata = counts(design)
    limits = kept(strata, confidence, method)
    assert can_be_kept(strata, limits, confidence=confidence, method=method)


@pytest.mark.parametrize("design", [FEW, TWO, MANY_UNEQUAL, MANY_EVEN, WITH_CENSUS])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("down", "up"), [(0.15, 0), (0, -0.15), (0.3, 0.3), (-0.3, -0.3)])
def test_changed_limits_of_a_named_method_do_not(
    design: Design, method: Method, down: float, up: float
) -> None:
    strata = counts(design)
    least, most = kept(strata, 0.95, method)
    width = most - least
    changed = (least + round(down * width), most + round(up * width))
    assert not can_be_kept(strata, changed, confidence=0.95, method=method)


def test_limits_in_closed_form_pass_only_where_they_are_worked_out_alike() -> None:
    strata = counts(MANY_EVEN)
    least, most = kept(strata, 0.95, PROPORTIONAL)
    for changed in ((least + 1, most), (least - 1, most), (least, most - 1), (least, most + 1)):
        assert not can_be_kept(strata, changed, confidence=0.95, method=PROPORTIONAL)


def test_the_narrower_limits_of_another_method_are_not_those_of_the_proportional_one() -> None:
    strata = counts(MANY_UNEQUAL)
    for other in (EXACT, CERTIFIED):
        limits = kept(strata, 0.95, other)
        assert not can_be_kept(strata, limits, confidence=0.95, method=PROPORTIONAL)


def test_a_named_method_is_tested_at_its_own_level() -> None:
    strata = counts(MANY_EVEN)
    certified = kept(strata, 0.95, CERTIFIED)
    assert can_be_kept(strata, certified, confidence=0.95, method=CERTIFIED)
    assert not can_be_kept(strata, certified, confidence=0.95, method=EXACT)
