"""Drift: agreement over the last cases coded twice, said only where all of it is under target."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from review.codebook import builtin_codebook
from review.coding_state import Coding, CodingState
from review.drift import LEAST, WINDOW, recalibration, recent_agreement
from review.events import (
    AnswerSet,
    AssignedCase,
    CasesAssigned,
    CodebookPublished,
    CodingOpened,
    CodingSubmitted,
    Entry,
    Purpose,
    ReviewerAdded,
    ReviewEvent,
)
from review.fold import Review
from review.pace import hurried

DA_SHORT = builtin_codebook("da-short")
BASE = {"E1": "yes", "E2": "yes", "A1": "no", "A10": "neither", "A11": "neither"}


def audit(answers: list[tuple[str, str, str, str]]) -> tuple[Review, list[str]]:
    """Return a review of cases coded twice: coder and answer to C1, and again."""
    review, seqs = Review(), dict[str, int]()
    clock = iter(range(100_000))

    def write(who: str, event: ReviewEvent, case_id: str | None = None) -> None:
        seqs[who] = seqs.get(who, 0) + 1
        now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=next(clock))
        time = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        review.apply(Entry(event, case_id, who, f"{who}.one", seqs[who], time))

    cases = [f"C-{number:04d}" for number in range(1, len(answers) + 1)]
    write("boss", CodebookPublished(
        id=DA_SHORT.id, version="1.0.0", sha256=DA_SHORT.sha256, body=DA_SHORT.body,
    ))  # fmt: skip
    for place, name in enumerate(sorted({one[n] for one in answers for n in (0, 2)}), 1):
        write("boss", ReviewerAdded(name=name, code=f"R{place}"))
    write("boss", CasesAssigned(assigned=tuple(
        AssignedCase(case_id=case, reviewer=who, slot=slot, purpose=purpose)
        for case, (one, _, other, _) in zip(cases, answers, strict=True)
        for who, slot, purpose in ((one, 1, Purpose.PRIMARY), (other, 2, Purpose.DOUBLE))
    )))  # fmt: skip
    for case, (one, mine, other, theirs) in zip(cases, answers, strict=True):
        for who, c1 in ((one, mine), (other, theirs)):
            write(who, CodingOpened(codebook_sha256=DA_SHORT.sha256), case)
            for question, value in {**BASE, "C1": c1}.items():
                write(who, AnswerSet(question=question, old=(), new=(value,)), case)
            write(who, CodingSubmitted(), case)
    return review, cases


def same(number: int, one: str = "amber", other: str = "birch") -> list[tuple[str, str, str, str]]:
    return [(one, "no", other, "no")] * number


def differing(
    number: int, one: str = "amber", other: str = "birch"
) -> list[tuple[str, str, str, str]]:
    return [(one, "no", other, "yes")] * number


def test_nothing_is_said_of_too_few_cases() -> None:
    assert recent_agreement(*audit(differing(LEAST - 1))) == ()


def test_agreement_that_may_still_meet_the_target_proposes_nothing() -> None:
    assert recalibration(*audit(same(25) + differing(5))) == ()


def test_agreement_wholly_under_the_target_proposes_a_round() -> None:
    found = recalibration(*audit(same(15) + differing(15)))
    assert [one.reviewer for one in found] == [None, "amber", "birch"]
    assert found[0].agreement.estimate == pytest.approx(0.5)


def test_only_the_last_cases_count() -> None:
    review, cases = audit(differing(40) + same(WINDOW))
    assert recalibration(review, cases) == ()
    assert recent_agreement(review, cases)[0].cases == WINDOW


def test_one_who_drifts_is_found_among_those_who_do_not() -> None:
    others = same(20, "amber", "birch") + same(20, "birch", "cedar") + same(20, "cedar", "amber")
    drifting = [*differing(9, "amber", "dogwood"), *same(3, "cedar", "dogwood")]
    drifting += differing(9, "cedar", "dogwood")
    mixed = [one for pair in zip(others[:21], drifting, strict=True) for one in pair] + others[21:]
    found = recalibration(*audit(mixed))
    assert [one.reviewer for one in found] == ["dogwood"]


def coding(case: int, seconds: int, who: str = "amber") -> Coding:
    blank = Coding(f"C-{case:04d}", who, "")
    return replace(blank, state=CodingState.SUBMITTED, active_seconds=seconds)


def test_a_case_under_a_quarter_of_the_coders_own_median_is_told() -> None:
    usual = [coding(n, 400) for n in range(1, 12)]
    assert hurried([*usual, coding(20, 99), coding(21, 100)]) == (coding(20, 99),)


def test_a_coder_who_is_fast_throughout_is_not_told_from_a_slow_one() -> None:
    fast = [coding(n, 20, "birch") for n in range(1, 15)]
    slow = [coding(n, 900, "amber") for n in range(20, 40)]
    assert hurried([*fast, *slow]) == ()


def test_codings_without_times_and_too_few_of_them_say_nothing() -> None:
    assert hurried([coding(n, 0) for n in range(1, 30)]) == ()
    assert hurried([coding(1, 1), *(coding(n, 400) for n in range(2, 9))]) == ()
