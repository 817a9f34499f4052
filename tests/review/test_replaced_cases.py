"""Replaced cases in the findings: what a frame error says, and how far its intervals hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.findings import CodedCase
from sampling.estimation import DomainCount, domain, domain_size, domain_total, single
from tests.review.coded_cases import (
    COUNTER,
    ORDINARY,
    OUT,
    Answers,
    Findings,
    case,
)

DUPLICATE = {"E1": "no_duplicate"}
SEVERAL = ("C.1", "M1", "M7", "R.1")


def replaced(case: CodedCase, *, is_frame_error: bool) -> CodedCase:
    """The case as it stands in the findings once it was replaced, coded or not."""
    return replace(case, sheet=None, excluded=True, is_frame_error=is_frame_error)


def cases_of(*counts: tuple[Answers, int], stratum: str, start: int) -> list[CodedCase]:
    flat = [answers for answers, count in counts for _ in range(count)]
    kept = {"area": stratum}
    return [case(answers, number, stratum, kept) for number, answers in enumerate(flat, start)]


small = st.integers(0, 6)


@given(st.lists(st.tuples(small, small, small, small), min_size=1, max_size=3), st.data())
@settings(max_examples=25)
def test_a_replaced_frame_error_says_what_the_same_case_coded_out_of_scope_says(
    findings_on: Findings, counts: Sequence[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    left: list[CodedCase] = []
    coded_out: list[CodedCase] = []
    sizes: dict[str, int] = {}
    for place, (yes, no, out, twice) in enumerate(counts):
        stratum = f"s{place}"
        kept = cases_of((COUNTER, yes), (ORDINARY, no + 2), stratum=stratum, start=100 * place)
        gone = cases_of((OUT, out), (DUPLICATE, twice), stratum=stratum, start=100 * place + 50)
        left += [*kept, *(replaced(one, is_frame_error=True) for one in gone)]
        coded_out += [*kept, *gone]
        sizes[stratum] = len(kept) + len(gone) + data.draw(st.integers(0, 40))
    kept_counts = {"area": {(name, name): size for name, size in sizes.items()}}
    assert findings_on(left, sizes, by=("area", "stratum"), kept=kept_counts) == findings_on(
        coded_out, sizes, by=("area", "stratum"), kept=kept_counts
    )


def test_a_replaced_frame_error_lowers_the_estimated_population(findings_on: Findings) -> None:
    cases = cases_of((COUNTER, 8), (ORDINARY, 32), stratum="all", start=1)
    extra = cases_of((OUT, 10), stratum="all", start=50)
    gone = [replaced(one, is_frame_error=True) for one in extra]
    (found,) = findings_on([*cases, *gone], {"all": 500})
    assert found.population == 500 * 40 / 50
    assert not found.population_is_known
    assert (found.numerator, found.denominator, found.cases) == (8, 40, 40)
    assert found.known.estimate == 8 / 40
    assert found.total.estimate == pytest.approx(80)
    assert found.known.lower == domain([DomainCount("all", 500, 50, 40, 8)]).lower


def test_a_replaced_restricted_record_leaves_the_population_as_it_is(findings_on: Findings) -> None:
    cases = cases_of((COUNTER, 8), (ORDINARY, 32), stratum="all", start=1)
    extra = cases_of((ORDINARY, 10), stratum="all", start=50)
    gone = [replaced(one, is_frame_error=False) for one in extra]
    (found,) = findings_on([*cases, *gone], {"all": 500})
    assert (found.population, found.population_is_known) == (500, True)
    assert found.known.lower == single(8, 40, population=500).lower


def test_a_coding_of_a_replaced_case_counts_for_nothing(findings_on: Findings) -> None:
    cases = cases_of((COUNTER, 8), (ORDINARY, 32), stratum="all", start=1)
    gone = [replaced(one, is_frame_error=True) for one in cases[:3]]
    found = findings_on([*gone, *cases[3:]], {"all": 500}, only=None)
    assert next(one for one in found if one.indicator == "C.1").numerator == 5


def chances(frame: int, in_scope: int, size: int, yes: int) -> dict[tuple[int, int], float]:
    """The exact chance of so many replaced and so many yes, drawing on until ``size`` are in scope.

    The last record drawn is one in scope; among those in scope the sample is a simple one.
    """
    found = {}
    for out in range(frame - in_scope + 1):
        ways = comb(size + out - 1, out) * comb(frame - size - out, frame - in_scope - out)
        for hits in range(max(0, size - in_scope + yes), min(size, yes) + 1):
            among = comb(yes, hits) * comb(in_scope - yes, size - hits)
            found[out, hits] = ways / comb(frame, frame - in_scope) * among / comb(in_scope, size)
    return found


def limits_of(count: DomainCount) -> tuple[tuple[float, float], ...]:
    """The limits of the percentage, of the number in scope and of the number of yes."""
    share = domain([count], confidence=0.95)
    numbers = (domain_size([count], confidence=0.95), domain_total([count], confidence=0.95))
    return (
        (share.lower, share.upper),
        *((number.lower, number.upper) for number in numbers),
    )


@pytest.mark.parametrize(
    ("frame", "size", "worst_number"), [(20, 5, 0.947), (15, 3, 0.939), (24, 3, 0.949)]
)
def test_drawing_on_until_enough_are_in_scope_keeps_what_percentages_promise(
    frame: int, size: int, worst_number: float
) -> None:
    """Every frame of so many records, by enumeration.

    Percentages hold 95 %: whatever number is drawn, those in scope are a simple sample of all in
    scope. Estimated numbers fall up to about a point short, because how many records are drawn is
    not fixed beforehand; the methods say that they are approximate.
    """
    limits = {
        (out, hits): limits_of(DomainCount("all", frame, size + out, size, hits))
        for out in range(frame - size + 1)
        for hits in range(size + 1)
    }
    worst = [1.0, 1.0, 1.0]
    for in_scope in range(size, frame + 1):
        for yes in range(in_scope + 1):
            covered = [0.0, 0.0, 0.0]
            for outcome, chance in chances(frame, in_scope, size, yes).items():
                true = (yes / in_scope, in_scope, yes)
                for place, (lower, upper) in enumerate(limits[outcome]):
                    is_in = lower - 1e-9 <= true[place] <= upper + 1e-9
                    covered[place] += chance * is_in
            worst = [min(old, new) for old, new in zip(worst, covered, strict=True)]
    assert worst[0] >= 0.95
    assert worst[1] >= worst_number
    assert worst[2] >= worst_number
