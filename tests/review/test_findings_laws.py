from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from review.finding import Finding
from review.findings import CodedCase
from tests.review.coded_cases import (
    ARREST,
    COUNTER,
    DUAL,
    MISSING,
    ORDINARY,
    OUT,
    UNKNOWN,
    Answers,
    Findings,
    case,
)

KINDS: Mapping[str, Answers] = {
    "ordinary": ORDINARY, "arrest": ARREST, "dual": DUAL, "counter": COUNTER, "unknown": UNKNOWN,
    "out": OUT, "missing": MISSING, "who": ARREST | {"A3": "cannot_determine"},
    "scope": {"E1": "yes", "E2": "cannot_determine", "Z5": "no"},
    "count": ARREST | {"A2": "cannot_determine"}, "blank": {"E1": "yes", "E2": "yes"},
}  # fmt: skip
MIXES = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.booleans()), min_size=4, max_size=24)


def mixed(mix: Sequence[tuple[str, bool]]) -> list[CodedCase]:
    return [
        case(KINDS[kind], number, "north" if is_north else "south")
        for number, (kind, is_north) in enumerate(mix, start=1)
    ]


def all_of(findings_on: Findings, mix: Sequence[tuple[str, bool]]) -> tuple[Finding, ...]:
    cases = mixed(mix)
    sizes = {name: 60 for name in ("north", "south") if any(one.stratum == name for one in cases)}
    return findings_on(cases, sizes, only=None)


@given(mix=MIXES)
@settings(max_examples=25)
def test_low_known_and_high_stand_in_order_and_inside_their_limits(
    findings_on: Findings,
    mix: list[tuple[str, bool]],
) -> None:
    for found in all_of(findings_on, mix):
        three = (found.if_undetermined_no, found.known, found.if_undetermined_yes)
        estimates = [one.estimate for one in three if one.estimate is not None]
        assert estimates == sorted(estimates), found.indicator
        for one in three:
            if one.estimate is not None:
                assert one.lower is not None
                assert one.upper is not None
                assert 0 <= one.lower <= one.estimate <= one.upper <= 1
                assert one.lower < one.upper
        if not found.undetermined and found.known.estimate is not None:
            assert found.bounds.lower == found.known.lower
        assert (found.known.estimate is None) == bool(
            {"empty-base", "too-few-records", "incomplete"} & set(found.flags)
        )


def settled(kind: str, value: str) -> Answers:
    return ORDINARY | {"C1": value} if kind == "unknown" else KINDS[kind]


@given(mix=MIXES, value=st.sampled_from(["yes", "no"]))
def test_settling_one_undetermined_case_stays_inside_the_former_bounds(
    findings_on: Findings, mix: list[tuple[str, bool]], value: str
) -> None:
    place = next((i for i, (kind, _) in enumerate(mix) if kind == "unknown"), None)
    if place is None:
        return
    cases = mixed(mix)
    sizes = {name: 60 for name in ("north", "south") if any(one.stratum == name for one in cases)}
    (before,) = findings_on(cases, sizes)
    cases[place] = case(settled("unknown", value), place + 1, cases[place].stratum)
    (after,) = findings_on(cases, sizes)
    low, high = before.if_undetermined_no.estimate, before.if_undetermined_yes.estimate
    assert low is not None
    assert high is not None
    for measure in (after.if_undetermined_no, after.known, after.if_undetermined_yes):
        if measure.estimate is not None:
            assert low - 1e-12 <= measure.estimate <= high + 1e-12
    assert after.undetermined == before.undetermined - 1


@given(mix=MIXES, data=st.data())
@settings(max_examples=25)
def test_the_order_of_cases_does_not_matter(
    findings_on: Findings, mix: list[tuple[str, bool]], data: st.DataObject
) -> None:
    cases = mixed(mix)
    sizes = {name: 60 for name in ("north", "south") if any(one.stratum == name for one in cases)}
    turned = data.draw(st.permutations(cases))
    assert findings_on(turned, sizes) == findings_on(cases, sizes)
