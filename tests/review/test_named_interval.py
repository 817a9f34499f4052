"""The interval of several strata that a plan names: in every finding that can have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from review.finding import Finding
from review.findings import CodedCase, find
from review.looking import FIXED, Basis, Look
from sampling.estimation import Certificates, Interval, Method, StratumCount, stratified
from sampling.frame import ColumnCounts, Frame, ValueCount
from sampling.plan import Plan, StrataInterval
from tests.review.coded_cases import CODEBOOK, COUNTER, ORDINARY, OUT, UNKNOWN, case

Designed = Callable[..., tuple[Frame, Plan]]

SIX = {
    "a": (900, 40, 4), "b": (700, 40, 2), "c": (500, 40, 3), "d": (300, 40, 5), "e": (200, 40, 1),
    "f": (100, 40, 6),
}  # fmt: skip
TWO = {"a": (900, 30, 2), "b": (300, 60, 5)}
NAMED = list(StrataInterval)


def cases_of(
    design: Mapping[str, tuple[int, int, int]], kept: Callable[[str, int], str] = lambda *_: "x"
) -> list[CodedCase]:
    """The first cases of each stratum are yes."""
    made: list[CodedCase] = []
    for stratum, (_, sample, yes) in design.items():
        for n in range(sample):
            answers = COUNTER if n < yes else ORDINARY
            made.append(case(answers, len(made) + 1, stratum, {"force": kept(stratum, n)}))
    return made


def counts_of(design: Mapping[str, tuple[int, int, int]]) -> list[StratumCount]:
    return [StratumCount(name, *each) for name, each in design.items()]


@pytest.fixture
def found_on(designed: Designed) -> Callable[..., tuple[Finding, ...]]:
    """Findings on C.1 under a plan that names an interval, or none."""

    def on(
        design: Mapping[str, tuple[int, int, int]],
        interval: StrataInterval | None,
        *,
        cases: Sequence[CodedCase] | None = None,
        by: Sequence[str] = (),
        kept: Mapping[tuple[str, str], int] | None = None,
        look: Look | None = None,
    ) -> tuple[Finding, ...]:
        frame, plan = designed(
            {name: size for name, (size, _, _) in design.items()},
            {name: sample for name, (_, sample, _) in design.items()},
        )
        values = [
            ValueCount(stratum=stratum, value=value, records=records)
            for (stratum, value), records in (kept or {}).items()
        ]
        column = ColumnCounts(column="force", counts=tuple(values))
        spec = frame.spec.model_copy(update={"keep": ("force",)})
        frame = frame.model_copy(update={"spec": spec, "kept_counts": (column,) if kept else ()})
        return find(
            CODEBOOK,
            frame,
            plan.model_copy(update={"interval": interval}),
            cases_of(design) if cases is None else cases,
            indicators=("C.1",),
            by=by,
            confidence=0.95,
            look=look,
        )

    return on


Found = Callable[..., tuple[Finding, ...]]


def assert_is(finding: Finding, made: Interval) -> None:
    known = finding.known
    assert (finding.method, known.lower, known.upper) == (made.method, made.lower, made.upper)


@pytest.mark.parametrize("interval", NAMED)
@pytest.mark.parametrize("design", [SIX, TWO])
def test_a_finding_has_the_interval_that_the_plan_names(
    found_on: Found, design: Mapping[str, tuple[int, int, int]], interval: StrataInterval
) -> None:
    (finding,) = found_on(design, interval)
    assert finding.method == interval
    assert_is(finding, stratified(counts_of(design), method=Method(interval)))


def test_where_none_is_named_it_is_the_default_of_the_strata(found_on: Found) -> None:
    (finding,) = found_on(SIX, None)
    assert_is(finding, stratified(counts_of(SIX)))
    assert finding.method == Method.STRATIFIED_EXACT


def test_what_is_undetermined_is_bounded_by_the_same_interval(found_on: Found) -> None:
    cases = cases_of(TWO)
    cases[2] = case(UNKNOWN, 3, "a", {"force": "x"})
    (finding,) = found_on(TWO, StrataInterval.CERTIFIED, cases=cases)
    assert finding.method == Method.KORN_GRAUBARD_CAPPED, "the base left a case"
    as_no, as_yes = counts_of(TWO), counts_of(TWO | {"a": (900, 30, 3)})
    method = Method.STRATIFIED_CERTIFIED
    assert finding.if_undetermined_no.lower == stratified(as_no, method=method).lower
    assert finding.if_undetermined_yes.upper == stratified(as_yes, method=method).upper


def test_a_group_of_known_size_has_it_and_a_group_in_one_stratum_that_of_one(
    found_on: Found,
) -> None:
    cases = cases_of(SIX, lambda stratum, n: "x" if stratum < "f" and n % 2 else "y")
    kept = {(name, "x"): size // 2 for name, (size, _, _) in SIX.items() if name < "f"}
    kept |= {(name, "y"): size - kept.get((name, "x"), 0) for name, (size, _, _) in SIX.items()}
    found = found_on(SIX, StrataInterval.CERTIFIED, cases=cases, by=("force", "stratum"), kept=kept)
    by_group = {(one.by, one.group): one for one in found}
    of_x = [
        StratumCount(name, size // 2, 20, sum(n % 2 for n in range(yes)))
        for name, (size, _, yes) in SIX.items()
        if name < "f"
    ]
    assert_is(by_group["force", "x"], stratified(of_x, method=Method.STRATIFIED_CERTIFIED))
    assert {one.method for (by, _), one in by_group.items() if by == "stratum"} == {
        Method.HYPERGEOMETRIC_BLAKER
    }


def test_strata_read_whole_leave_one_and_its_own_interval(found_on: Found) -> None:
    design = {"a": (900, 30, 2), "b": (40, 40, 5), "c": (30, 30, 1)}
    (finding,) = found_on(design, StrataInterval.PROPORTIONAL)
    assert_is(finding, stratified(counts_of(design)))
    assert finding.method == Method.HYPERGEOMETRIC_BLAKER


def test_a_group_whose_size_is_not_known_stays_approximate(found_on: Found) -> None:
    cases = cases_of(TWO)
    cases[-1] = case(OUT, len(cases), "b", {"force": "x"})
    (finding,) = found_on(TWO, StrataInterval.CERTIFIED, cases=cases)
    assert finding.method == Method.KORN_GRAUBARD_CAPPED


@pytest.mark.parametrize("interval", NAMED)
def test_a_planned_look_has_it_at_the_confidence_of_all_looks(
    found_on: Found, interval: StrataInterval
) -> None:
    look = Look(Basis.PLANNED_LOOK, cases=None, is_open=True, looks=3)
    (finding,) = found_on(TWO, interval, look=look)
    method = Method(interval)
    assert_is(finding, stratified(counts_of(TWO), confidence=1 - 0.05 / 3, method=method))


@pytest.mark.parametrize("interval", NAMED)
def test_a_preview_stands_in_for_it_until_it_is_worked_out(
    found_on: Found, interval: StrataInterval
) -> None:
    kept = Certificates()
    early = Look(FIXED.basis, of_strata=kept.at_once)
    (before,) = found_on(TWO, interval, look=early)
    assert before.method == Method.KORN_GRAUBARD_CAPPED
    assert "preview" in before.flags
    worked_out = kept.work_out()
    assert worked_out is not None
    assert worked_out[0].startswith(f"{interval}|")
    (after,) = found_on(TWO, interval, look=early)
    assert_is(after, stratified(counts_of(TWO), method=Method(interval)))
    assert "preview" not in after.flags
    (other,) = found_on(TWO, None if interval is not StrataInterval.EXACT else NAMED[1], look=early)
    assert "preview" in other.flags, "what is kept for one interval is not taken for another"


def test_a_wide_interval_is_told_apart_from_the_approximate_one(found_on: Found) -> None:
    (wide,) = found_on(SIX, StrataInterval.PROPORTIONAL)
    (narrow,) = found_on(SIX, StrataInterval.CERTIFIED)
    assert "cross-check" in wide.flags
    assert "cross-check" not in narrow.flags
