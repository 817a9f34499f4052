"""The whole example in small: several coders, somebody who decides, a signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from dipsample.demo.plan import DEMO, DemoPlan
from dipsample.demo.run import FRAME, PRACTICE, PROJECT, WORKBOOK, DemoOutcome, run_demo
from dipsample.errors import RefusedError
from review.case import CaseState

pytestmark = pytest.mark.long

SMALL: DemoPlan = replace(DEMO, incidents=800, sample=40, minimum=4)


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> Iterator[DemoOutcome]:
    made = run_demo(tmp_path_factory.mktemp("demo"), tell=told.append, plan=SMALL)
    yield made
    made.audit.close()


def test_every_case_is_coded_twice_decided_and_signed_off(outcome: DemoOutcome) -> None:
    audit = outcome.audit
    seen = audit.overview()
    assert seen.counts[CaseState.FINAL] == seen.drawn == 40
    assert sum(one.submitted for one in seen.reviewers) == 80
    assert audit.is_signed_off
    assert audit.agreement(DEMO.supervisor).coded == 40


def test_differences_were_decided_by_somebody_who_coded_nothing(
    outcome: DemoOutcome, told: list[str]
) -> None:
    decided = [line.what for line in outcome.audit.log() if line.what == "decided the case"]
    assert len(decided) > 0
    assert any(line.startswith(f"{len(decided)} cases were coded differently") for line in told)
    seen = outcome.audit.overview()
    assert seen.deciders == (outcome.audit.code_of(DEMO.adjudicator),)
    assert DEMO.adjudicator not in {one.name for one in seen.reviewers}
    assert outcome.audit.overruled(DEMO.reviewers[0])


def test_a_coder_may_read_the_findings_afterwards(outcome: DemoOutcome) -> None:
    found = outcome.audit.findings(DEMO.reviewers[0], indicators=["M1"])
    assert found[0].known.lower is not None
    assert outcome.truth["M1"] is not None


def test_where_every_case_was_coded_twice_no_reading_is_left_to_correct(
    outcome: DemoOutcome,
) -> None:
    found = outcome.audit.second_figures(DEMO.supervisor)
    assert {one.indicator for one in found} == {"M2", "M4", "C.1"}
    assert {one.corrected.estimate for one in found} == {None}
    assert all("every case was coded twice" in (one.why_not or "") for one in found)


def test_the_practice_project_is_left_for_people_to_try(outcome: DemoOutcome) -> None:
    assert {path.name for path in outcome.folder.iterdir()} >= {PROJECT, PRACTICE, FRAME, WORKBOOK}


def test_the_same_bytes_each_time(outcome: DemoOutcome, tmp_path: Path) -> None:
    again = run_demo(tmp_path, tell=lambda _: None, plan=SMALL)
    again.audit.close()
    assert again.workbook.sha256 == outcome.workbook.sha256
    for name in (FRAME, WORKBOOK, SMALL.extract_name):
        first, second = (folder / name for folder in (outcome.folder, tmp_path))
        assert sha256(first.read_bytes()).digest() == sha256(second.read_bytes()).digest(), name


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError, match="holds other files"):
        run_demo(tmp_path, tell=lambda _: None, plan=SMALL)
