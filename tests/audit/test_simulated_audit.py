"""A whole audit of 40 cases by five coders: one leaves, one drifts, and the codebook changes.

The same with 600 cases is ``make simulation``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from benchmarks.simulated_audit.people import BOSS, CODERS, DRIFTER, LEAVER
from benchmarks.simulated_audit.reckoning import differences
from benchmarks.simulated_audit.stages import HEADLINES, Outcome, Run
from dipsample.verification import verify_project
from review.case import CaseState

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("simulated")
    made = Run(folder, incidents=400, sample=40, tell=lambda _: None).all()
    yield made
    made.course.audit.close()


def test_it_runs_to_the_signature_and_no_count_is_ever_off(outcome: Outcome) -> None:
    assert outcome.faults == []
    assert outcome.instants > 30
    counts = outcome.course.audit.overview().counts
    assert counts[CaseState.FINAL] == 40
    assert counts[CaseState.EXCLUDED] == 1, "the replaced case stays in the counts"


def test_silent_checks_are_coded_beside_it_and_tell_who_answered_as_expected(
    outcome: Outcome,
) -> None:
    course = outcome.course
    found = course.audit.silent_checks(BOSS)
    assert found is not None
    assert found.placed == len(course.checks) > 0
    assert not set(course.checks) & {row.case_id for row in course.audit.cases()}
    left = course.audit.code_of(LEAVER)
    for one in found.scores:
        assert one.handed_in == one.dealt or one.reviewer == left
        assert one.right == one.asked or one.reviewer == course.audit.code_of(DRIFTER)


def test_every_way_of_deciding_was_taken(outcome: Outcome) -> None:
    assert all(outcome.decided.values())
    said = {line.what.split(":")[0] for line in outcome.course.audit.log()}
    assert {
        "decided the case",
        "took the coding up under a later version of the codebook",
        "handed the case in",
        "signed the sample off",
    } <= {one.split(" (")[0] for one in said}


def test_the_headlines_hold_the_truth(outcome: Outcome) -> None:
    assert set(outcome.missed) & set(HEADLINES) == set()


def test_whoever_left_has_nothing_left_to_do(outcome: Outcome) -> None:
    assert all(one.state.is_handed_in for one in outcome.course.audit.queue(LEAVER))
    for name in CODERS:
        assert outcome.course.audit.agreement(name).coded > 0


def test_verify_passes_and_the_workbook_is_the_projects(outcome: Outcome) -> None:
    workbook = outcome.course.folder / "findings.xlsx"
    found = verify_project(
        outcome.course.path,
        passphrase_file=None,
        extract=outcome.course.extract,
        workbook=workbook,
    )
    assert found.is_good, [one.says for one in found.checks if not one.is_good]
    assert "8_Agreement" in load_workbook(workbook).sheetnames


def test_a_count_that_is_off_is_seen(outcome: Outcome) -> None:
    outcome.course.account.hand_ins += 1
    outcome.course.account.handed_in.pop()
    try:
        assert len(differences(outcome.course)) == 2
    finally:
        outcome.course.account.hand_ins -= 1
