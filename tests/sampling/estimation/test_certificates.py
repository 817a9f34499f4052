"""Limits that are kept give the interval that working out gives, and previews stand in for others.

Laws of the exact interval of strata: splitting a stratum, and frames of other sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.errors import EstimationError
from sampling.estimation import (
    Certificates,
    Limits,
    Method,
    StratumCount,
    is_at_odds,
    key_of,
    preview,
    stratified,
)

Kinds = Sequence[tuple[int, int]]


def counts(kinds: Kinds, yes: Sequence[int]) -> list[StratumCount]:
    return [StratumCount(str(h), *kinds[h], x) for h, x in enumerate(yes)]


@st.composite
def samples(draw: st.DrawFn) -> list[StratumCount]:
    kinds = draw(
        st.lists(st.tuples(st.integers(20, 90), st.integers(2, 12)), min_size=2, max_size=4)
    )
    return counts(kinds, [draw(st.integers(0, n)) for _, n in kinds])


@given(samples(), st.sampled_from([0.8, 0.95]))
@settings(max_examples=25)
def test_kept_limits_give_the_same_interval_to_the_last_bit(
    strata: list[StratumCount], confidence: float
) -> None:
    known: dict[str, Limits] = {}
    first = stratified(strata, confidence=confidence, known=known)
    again = stratified(strata[::-1], confidence=confidence, known=dict(known))
    assert list(known) == [key_of(strata, confidence=confidence)]
    assert first == again == stratified(strata, confidence=confidence)


def test_what_is_not_known_is_previewed_and_due_once() -> None:
    strata = counts(((90, 9), (60, 12)), (2, 3))
    kept = Certificates()
    for _ in range(2):
        assert kept.at_once(strata, confidence=0.95) == preview(strata)
    assert kept.due == 1
    found = kept.work_out()
    assert found is not None
    assert found[0] == key_of(strata, confidence=0.95)
    assert kept.work_out() is None
    assert kept.at_once(strata, confidence=0.95) == stratified(strata)
    assert kept.due == 0


UNEVEN = counts(((900, 30), (300, 60), (120, 40)), (2, 5, 3))
NAMED = (
    Method.STRATIFIED_EXACT,
    Method.STRATIFIED_CERTIFIED,
    Method.STRATIFIED_PROPORTIONAL,
)


@pytest.mark.parametrize("method", NAMED)
def test_each_method_is_due_and_known_by_itself(method: Method) -> None:
    kept = Certificates()
    assert kept.at_once(UNEVEN, confidence=0.95, method=method) == preview(UNEVEN)
    found = kept.work_out()
    assert found is not None
    assert found[0] == key_of(UNEVEN, confidence=0.95, method=method)
    assert kept.at_once(UNEVEN, confidence=0.95, method=method) == stratified(UNEVEN, method=method)
    for other in set(NAMED) - {method}:
        assert kept.at_once(UNEVEN, confidence=0.95, method=other) == preview(UNEVEN)
    assert kept.due == 2


@pytest.mark.parametrize("method", NAMED)
def test_claimed_limits_are_tested_as_those_of_their_own_method(
    method: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed: dict[str, Limits] = {}
    made = stratified(UNEVEN, method=method, known=claimed)
    kept = Certificates(claimed=claimed)
    kept.at_once(UNEVEN, confidence=0.95, method=method)
    with monkeypatch.context() as patched:
        patched.delattr("sampling.estimation.stratified_sample._counts_in_strata")
        assert kept.work_out() == (next(iter(claimed)), next(iter(claimed.values())))
        assert kept.interval(UNEVEN, confidence=0.95, method=method) == made


def test_limits_claimed_under_another_methods_name_are_worked_out() -> None:
    named, other = NAMED[2], NAMED[0]
    taken: dict[str, Limits] = {}
    stratified(UNEVEN, method=other, known=taken)
    (limits,) = taken.values()
    kept = Certificates(claimed={key_of(UNEVEN, confidence=0.95, method=named): limits})
    kept.at_once(UNEVEN, confidence=0.95, method=named)
    found = kept.work_out()
    assert found is not None
    assert found[1] != limits
    made = kept.at_once(UNEVEN, confidence=0.95, method=named)
    assert made == stratified(UNEVEN, method=named)


def test_a_single_stratum_is_never_due() -> None:
    strata = [StratumCount("part", 300, 30, 1), StratumCount("whole", 30, 30, 1)]
    kept = Certificates()
    assert kept.at_once(strata, confidence=0.95) == stratified(strata)
    assert kept.due == 0


def test_impossible_counts_are_refused_and_never_due() -> None:
    kept = Certificates()
    strata = [*counts([(50, 5)] * 5, [1] * 5), StratumCount("none in the frame", 0, 3, 0)]
    with pytest.raises(EstimationError, match="has no record in the frame"):
        kept.at_once(strata, confidence=0.95)
    assert kept.due == 0


def test_strata_drawn_whole_change_no_limit_that_is_kept() -> None:
    strata = counts(((90, 9), (60, 12)), (2, 3))
    known: dict[str, Limits] = {}
    stratified(strata, known=known)
    with_census = [*strata, StratumCount("whole", 30, 30, 7)]
    assert key_of(with_census, confidence=0.95) in known
    assert stratified(with_census, known=known) == stratified(with_census)


def test_widths_that_differ_by_over_a_quarter_are_at_odds() -> None:
    lopsided = counts(((60, 2), (900, 90)), (1, 0))
    assert is_at_odds(stratified(lopsided), preview(lopsided))
    a_quarter = replace(preview(lopsided), lower=0.25, upper=0.5)
    assert not is_at_odds(a_quarter, replace(a_quarter, upper=0.25 + 0.25 * 1.25))
    plain = counts(((300, 40), (500, 60)), (8, 14))
    assert not is_at_odds(stratified(plain), preview(plain))


@given(st.integers(0, 12), st.integers(0, 10))
@settings(max_examples=15)
def test_splitting_a_stratum_of_one_rate_hardly_changes_the_interval(
    north: int, south: int
) -> None:
    whole = stratified(counts(((400, 24), (300, 20)), (2 * north, south)))
    split = stratified(counts(((200, 12), (200, 12), (300, 20)), (north, north, south)))
    assert split.estimate == whole.estimate
    assert split.lower == pytest.approx(whole.lower, abs=0.03)
    assert split.upper == pytest.approx(whole.upper, abs=0.03)


@given(st.integers(0, 10), st.integers(0, 14))
@settings(max_examples=15)
def test_a_frame_twice_the_size_gives_the_same_estimate_and_no_narrower_interval(
    north: int, south: int
) -> None:
    small = stratified(counts(((50, 10), (70, 14)), (north, south)))
    large = stratified(counts(((100, 10), (140, 14)), (north, south)))
    assert large.estimate == small.estimate
    assert large.lower <= small.lower + 1 / 120
    assert large.upper >= small.upper - 1 / 120


def test_more_undetermined_never_narrow_the_bounds() -> None:
    kinds, yes = ((90, 12), (60, 10)), (2, 3)
    widths = []
    for undetermined in range(5):
        as_yes = stratified(counts(kinds, (yes[0] + undetermined, yes[1])))
        widths.append(as_yes.upper - stratified(counts(kinds, yes)).lower)
    assert widths == sorted(widths)
    assert preview(counts(kinds, yes)).method is Method.KORN_GRAUBARD_CAPPED
