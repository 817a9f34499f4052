"""What is written to a locked coding without a reopening has no effect, and is named."""

from __future__ import annotations

from pathlib import Path

from dipsample.audit import Audit
from dipsample.project import Happened
from dipsample.verification import verify_project
from review.coding import CodingState
from review.events import AnswerSet, CodingLocked


def test_an_answer_on_a_locked_coding_is_not_counted_and_verify_names_the_case(
    small: Audit, tmp_path: Path
) -> None:
    audit = small
    case_id = audit.queue("amber")[0].case_id
    answers = {"E1": ("yes",), "E2": ("no",), "Z5": ("no",)}
    audit.code_at_once("amber", case_id, answers)
    project = audit._project
    project.write("boss", [Happened(CodingLocked(reviewer="amber", revision=1), case_id)])
    change = AnswerSet(question="E2", old=("no",), new=("yes",))
    project.write("amber", [Happened(change, case_id)])
    coding = audit.case_file("amber", case_id).coding
    assert (coding.state, dict(coding.answers)) == (CodingState.LOCKED, answers)
    audit.close()
    found = verify_project(
        tmp_path / "audit.dip", passphrase_file=None, extract=None, workbook=None
    )
    assert not found.is_good
    assert [one.says for one in found.checks if not one.is_good] == [
        f"locked codings were written to without a reopening, in {case_id}."
    ]
