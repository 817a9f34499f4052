"""Two coders, somebody who decides, a signature: through the one front door."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dipsample.audit import Audit
from dipsample.decision_views import RowState
from dipsample.errors import LeakFoundError, RefusedError, UsageError
from review.case import CaseState
from review.decision_events import OverruleReason, Source
from review.ruling import Ruling

BOSS, ANN, BOB, CAT = "boss", "amber", "birch", "cedar"
OUT = {"E1": ("no_missing",)}
IN = {"E1": ("yes",), "E2": ("no",), "Z5": ("no",)}
SLIP = OverruleReason.SLIP


@pytest.fixture
def audit(small: Audit) -> Audit:
    """Nine cases that amber and birch both coded: alike but for the first."""
    made = small
    made.assign(BOSS, [ANN, BOB], double="all")
    for number, row in enumerate(row for row in made.cases() if row.role == "sample"):
        for name in (ANN, BOB):
            answers = IN if number == 0 and name == BOB else OUT
            made.code_at_once(name, row.case_id, complete(made, answers))
    return made


def complete(audit: Audit, answers: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Answer whatever else the case asks with the last answer offered."""
    from review.applicability import read_sheet
    from review.codebook import QuestionType

    whole = dict(answers)
    while open_question := read_sheet(audit.codebook, whole, ()).next_open(None):
        question = audit.codebook.question(open_question)
        assert question.type is QuestionType.SINGLE
        whole[open_question] = (question.values[-1],)
    return whole


def first(audit: Audit) -> str:
    (item,) = audit.cases_to_decide(CAT)
    return item.case_id


def states(audit: Audit) -> dict[CaseState, int]:
    return {state: number for state, number in audit.overview().counts.items() if number}


def test_a_case_is_decided_and_the_sample_signed(audit: Audit) -> None:
    assert states(audit) == {CaseState.FINAL: 8, CaseState.CONFLICT: 1}
    case = first(audit)
    with pytest.raises(RefusedError, match=f"conflict: {case}"):
        audit.sign_off(BOSS, "The answers are ours.")
    assert audit.cases_to_decide(ANN) == (), "nobody decides over their own coding"
    file = audit.open_decision(CAT, case)
    assert file.open_questions == ("E1",)
    assert {row.state for row in file.rows} == {RowState.OPEN, RowState.WAITS}
    file = audit.decide(CAT, case, Ruling("E1", Source.OWN, ("no_missing",), SLIP))
    assert file.open_questions == ()
    file = audit.close_decision(CAT, case)
    assert file.is_closed
    assert {side.code for side in file.sides} == {"R1", "R2"}
    assert states(audit) == {CaseState.FINAL: 9}
    view = audit.sign_off_view()
    assert (view.is_ready, view.is_signed, view.blockers) == (True, False, ())
    signed = audit.sign_off(BOSS, "The answers are ours.")
    assert (signed.is_signed, signed.signed_by, signed.cases) == (True, "supervisor", 9)
    with pytest.raises(RefusedError, match="Only the supervisor"):
        audit.revoke_sign_off(CAT, "no")
    assert not audit.revoke_sign_off(BOSS, "a record came late").is_signed


def test_a_case_in_conflict_is_counted_and_what_differs_is_undetermined(audit: Audit) -> None:
    def counts() -> tuple[int, int, int]:
        (found,) = audit.findings(BOSS, indicators=("M2",))
        return found.undetermined, found.in_conflict, found.blank

    assert counts() == (1, 1, 0)
    case = first(audit)
    audit.open_decision(CAT, case)
    assert counts() == (1, 1, 0)
    audit.decide(CAT, case, Ruling("E1", Source.OWN, ("no_missing",), SLIP))
    audit.close_decision(CAT, case)
    assert counts() == (0, 0, 0)


def test_after_the_signature_no_coding_can_be_taken_back(audit: Audit) -> None:
    case = first(audit)
    audit.open_decision(CAT, case)
    audit.decide(CAT, case, Ruling("E1", Source.OWN, ("no_missing",), SLIP))
    audit.close_decision(CAT, case)
    audit.sign_off(BOSS, "The answers are ours.")
    for row in audit.cases():
        if row.role == "sample":
            with pytest.raises(RefusedError):
                audit.recall(ANN, row.case_id)
    assert audit.sign_off_view().is_signed


def test_a_workbook_is_provisional_until_the_signature_and_again_after_it(
    audit: Audit, tmp_path: Path
) -> None:
    case = first(audit)
    audit.open_decision(CAT, case)
    audit.decide(CAT, case, Ruling("E1", Source.OWN, ("no_missing",), SLIP))
    audit.close_decision(CAT, case)

    def cover() -> tuple[str, str]:
        path = audit.export(BOSS, tmp_path / "out").path
        book = load_workbook(path)
        rows = [*book["Cover"].iter_rows(values_only=True), *book["2_Case_flow"].values]
        return path.name, " ".join(str(cell) for row in rows for cell in row if cell)

    name, text = cover()
    assert "provisional" in name
    assert "PROVISIONAL" in text
    assert "9 were coded by several people and 1 decided by somebody" in text
    audit.sign_off(BOSS, "The answers are ours.")
    name, text = cover()
    assert "provisional" not in name
    assert "PROVISIONAL" not in text
    assert "by supervisor: The answers are ours." in text
    audit.revoke_sign_off(BOSS, "a record came late")
    assert "PROVISIONAL" in cover()[1]


def test_who_decides_sees_no_name_before_the_case_is_closed(audit: Audit) -> None:
    file = audit.open_decision(CAT, first(audit))
    seen = repr(file)
    for hidden in (ANN, BOB, "R1", "R2"):
        assert hidden not in seen
    assert [side.label for side in file.sides] == ["Coder 1", "Coder 2"]


def test_nobody_else_sees_a_case_that_is_being_decided(audit: Audit) -> None:
    case = first(audit)
    with pytest.raises(RefusedError, match="not deciding"):
        audit.decision_file(CAT, case)
    audit.open_decision(CAT, case)
    for name in (ANN, BOSS):
        with pytest.raises(RefusedError):
            audit.decision_file(name, case)
    said = [line.what for line in audit.log(BOSS) if line.case_id == case]
    assert not any(hidden in what for what in said for hidden in (ANN, BOB, "R1", "R2"))


def test_a_comment_that_looks_like_personal_data_needs_a_reason(audit: Audit) -> None:
    case = first(audit)
    audit.open_decision(CAT, case)
    ruling = Ruling("E1", Source.OWN, ("no_missing",), SLIP, "call 07700 900123")
    with pytest.raises(LeakFoundError):
        audit.decide(CAT, case, ruling)
    assert audit.decision_file(CAT, case).open_questions == ("E1",)
    file = audit.decide(CAT, case, ruling, confirm="a number of the service itself")
    assert file.open_questions == ()


def test_a_coder_sees_where_they_were_overruled_and_nobody_elses_list(audit: Audit) -> None:
    case = first(audit)
    audit.open_decision(CAT, case)
    audit.decide(CAT, case, Ruling("E1", Source.OWN, ("no_missing",), SLIP))
    assert audit.overruled(BOB) == ()
    audit.close_decision(CAT, case)
    one = audit.overruled(BOB)[0]
    assert (one.case_id, one.question, one.own, one.reason) == (case, "E1", "Yes", "slip")
    assert audit.overruled(ANN) == ()


def test_a_coding_can_be_sent_back_and_the_case_comes_back_to_the_list(audit: Audit) -> None:
    case = first(audit)
    audit.open_decision(CAT, case)
    audit.send_back(CAT, case, 1, "Which page?")
    assert states(audit)[CaseState.REOPENED] == 1
    assert audit.cases_to_decide(CAT) == ()
    name = next(name for name in (ANN, BOB) if audit.case_file(name, case).coding.returned_question)
    audit.submit(name, case)
    assert audit.cases_to_decide(CAT)[0].is_mine, "the same was handed in again"


def test_a_query_goes_to_the_supervisor_and_holds_nothing_up(audit: Audit) -> None:
    case = first(audit)
    audit.open_decision(CAT, case)
    audit.query_codebook(CAT, case, "Is a thin record missing?")
    (flag,) = audit.overview().flags
    assert (flag.case_id, flag.kind.value, flag.code) == (case, "codebook", "R3")


def test_cases_are_chosen_for_a_check_by_share_or_number(audit: Audit) -> None:
    with pytest.raises(UsageError, match="share such as"):
        audit.choose_quality_checks(BOSS, "some")
    with pytest.raises(RefusedError, match="Only the supervisor"):
        audit.choose_quality_checks(CAT, "10%")
    assert len(audit.choose_quality_checks(BOSS, "10%")) == 1, "rounded up"
    with pytest.raises(RefusedError, match="8 cases can be checked now, and 9 were asked for"):
        audit.choose_quality_checks(BOSS, "9")
    assert len(audit.choose_quality_checks(BOSS, "8")) == 8, "all but the one in conflict"
    checks = audit.quality_checks(BOSS)
    assert {one.state for one in checks} == {CaseState.QA_PENDING}
    waiting = [one.case_id for one in checks]
    assert audit.quality_check(CAT, waiting[0]).state is CaseState.FINAL
    failed = audit.quality_check(CAT, waiting[1], wrong="page 3 says otherwise")
    assert failed.state is CaseState.REOPENED
    assert waiting[1] in {one.case_id for one in audit.cases_to_decide(CAT)}
