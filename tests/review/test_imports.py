from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.case import CaseState, Review, case_state
from review.codebook import builtin_codebook
from review.coding import CodingState
from review.events import (
    AssignedCase,
    CasesAssigned,
    CodebookPublished,
    CodingImported,
    CodingOpened,
    Entry,
    Purpose,
    ReviewEvent,
    RiskReferred,
)
from review.imports import CodingsRefusedError, ImportOutcome, RowsRefused, read_codings
from sampling.draw import DrawnRecord, Role

CODEBOOK = builtin_codebook("da-short")
ROLES = {
    "C-0001": Role.SAMPLE, "C-0002": Role.SAMPLE, "C-0003": Role.RESERVE, "C-0004": Role.REPLACED,
}  # fmt: skip
RECORDS = [
    DrawnRecord(case_id=case, record_id=case, stratum="all", rank=1, ticket="0" * 64, role=role)
    for case, role in ROLES.items()
]
FULL = "case,E1,E2,A1,A10,A11,C1,Z3,Z5\n"
ROW = "C-0001,yes,yes,no,no_linked_incident,neither,no,high,no\n"


def project() -> Review:
    review = Review()
    published = CodebookPublished(
        id=CODEBOOK.id, version=CODEBOOK.version, sha256=CODEBOOK.sha256, body=CODEBOOK.body
    )
    review.apply(Entry(published, None, "boss", "boss", 1, "2026-11-21T09:00:00Z"))
    return review


def read(text: str | bytes, review: Review, name: str = "ann") -> ImportOutcome | RowsRefused:
    content = text.encode() if isinstance(text, str) else text
    return read_codings(
        content,
        source="codings.csv",
        codebook=CODEBOOK,
        review=review,
        roles={one.case_id: one.role for one in RECORDS},
        reviewer=name,
    )


def write(review: Review, writer: str, case_id: str, event: ReviewEvent) -> None:
    review.apply(Entry(event, case_id, writer, writer, 1, "2026-11-21T10:00:00Z"))


def taken(text: str, review: Review, name: str = "ann") -> ImportOutcome:
    outcome = read(text, review, name)
    assert isinstance(outcome, ImportOutcome)
    for case_id, event in outcome.events:
        write(review, name, case_id, event)
    return outcome


def refused(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(CodingsRefusedError) as caught:
        read(text, project())
    return [(cell.row, cell.column) for cell in caught.value.cells]


def test_a_row_becomes_a_handed_in_coding_and_the_case_is_final() -> None:
    review = project()
    outcome = taken(FULL + ROW, review)
    assert (outcome.new, outcome.unchanged, outcome.not_applicable) == (1, 0, 0)
    assert case_state(review, Role.SAMPLE, "C-0001") is CaseState.FINAL
    assert review.coding_of("C-0001", "ann").answers["A10"] == ("no_linked_incident",)


def test_blank_cells_are_unanswered_and_the_coding_counts_all_the_same() -> None:
    review = project()
    taken("case,E1,C1,A1\nC-0001,yes,,\n", review)
    assert review.coding_of("C-0001", "ann").answers == {"E1": ("yes",)}
    assert case_state(review, Role.SAMPLE, "C-0001") is CaseState.FINAL


def test_rows_without_any_answer_are_passed_over() -> None:
    outcome = taken("case,E1\n\n,\nC-0001,\n", project())
    assert outcome.events == ()


def test_answers_to_questions_that_do_not_apply_are_kept_and_counted_apart() -> None:
    review = project()
    outcome = taken("case,E1,E2,A1,A3\nC-0001,yes,no,yes,yes\n", review)
    assert outcome.not_applicable == 2
    assert review.coding_of("C-0001", "ann").answers["A3"] == ("yes",)


def test_the_same_file_again_by_the_same_person_changes_nothing() -> None:
    review = project()
    taken(FULL + ROW, review)
    again = read(FULL + ROW, review)
    assert again == ImportOutcome((), 0, 1, 0)


def test_a_case_that_somebody_coded_is_refused_for_others_and_for_other_answers() -> None:
    review = project()
    taken(FULL + ROW, review)
    other = read(FULL + ROW, review, "bob")
    assert isinstance(other, RowsRefused)
    assert [cell.row for cell in other.cells] == [2]
    assert "coded, by somebody else" in other.cells[0].reason
    changed = read(FULL + ROW.replace("high", "low"), review)
    assert isinstance(changed, RowsRefused)
    assert "with other answers" in changed.refusal.reason
    begun = project()
    write(begun, "ann", "C-0001", CodingOpened(codebook_sha256=CODEBOOK.sha256))
    again = read(FULL + ROW, begun)
    assert isinstance(again, RowsRefused)
    assert "began to code" in again.cells[0].reason


def test_a_case_assigned_to_somebody_else_is_refused() -> None:
    review = project()
    slot = AssignedCase(case_id="C-0001", reviewer="bob", slot=1)
    write(review, "boss", "C-0001", CasesAssigned(assigned=(slot,)))
    assert isinstance(read(FULL + ROW, review), RowsRefused)
    assert isinstance(read(FULL + ROW, review, "bob"), ImportOutcome)


def test_one_conflict_keeps_the_whole_file_out() -> None:
    review = project()
    taken(FULL + ROW, review)
    outcome = read(FULL + ROW.replace("high", "low") + ROW.replace("0001", "0002"), review)
    assert isinstance(outcome, RowsRefused)


def test_yes_to_the_safeguarding_question_makes_a_referral() -> None:
    outcome = read("case,E1,Z5\nC-0001,yes,yes\n", project())
    assert isinstance(outcome, ImportOutcome)
    assert [type(event) for _, event in outcome.events] == [CodingImported, RiskReferred]


def test_every_refused_cell_is_named_at_once() -> None:
    text = (
        "case,E1,A2,Z4\n"
        "C-0001,maybe,4,x\n"
        "C-0003,yes,,\n"
        "C-0004,yes,,\n"
        "C-0009,yes,,\n"
        "C-0001,yes,,\n"
        ",yes,,\n"
        "C-0002,yes\n"
        f"C-0002,yes|no_missing,1,{'x' * 501}\n"
    )
    assert refused(text) == [
        (2, "E1"), (2, "A2"), (3, "case"), (4, "case"), (5, "case"), (6, "case"), (7, "case"),
        (8, "case"), (9, "E1"), (9, "Z4"),
    ]  # fmt: skip


def test_a_refused_cell_does_not_say_what_it_holds() -> None:
    with pytest.raises(CodingsRefusedError) as caught:
        read("case,E1\nC-0001,Jo Bloggs\n", project())
    assert "Bloggs" not in str(caught.value)
    assert "Bloggs" not in str(caught.value.cells)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("she rang from 07700 900123", "phone number"),
        ("see custody 01AB/1234/25", "custody number"),
        ("told PC Bloggs, of SW1A 1AA", "officer, postcode"),
    ],
)
def test_a_text_that_looks_like_personal_data_is_refused_by_kind_alone(
    text: str, kind: str
) -> None:
    with pytest.raises(CodingsRefusedError) as caught:
        read(f'case,E1,Z4\nC-0001,yes,"{text}"\nC-0002,yes,nothing of note\n', project())
    (cell,) = caught.value.cells
    assert (cell.row, cell.column) == (2, "Z4")
    assert kind in cell.reason
    assert not any(word in str(caught.value) for word in ("07700", "01AB", "Bloggs", "SW1A"))


def test_a_file_without_a_header_is_refused_without_repeating_what_it_says() -> None:
    with pytest.raises(CodingsRefusedError) as caught:
        read("C-0001,yes,he struck [P1] twice\n", project())
    assert "struck" not in str(caught.value)
    assert [cell.column for cell in caught.value.cells] == [
        "number 1", "yes", "number 3", "case",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("E1\n", [(1, "case")]),
        ("case,E1,X9\n", [(1, "X9")]),
        ("case,E1,\n", [(1, "number 3")]),
        ("case,E1,E1\n", [(1, "E1")]),
        ("case,dual_arrest\n", [(1, "dual_arrest")]),
        ("", [(1, "case")]),
    ],
)
def test_the_header_names_the_case_and_questions_that_are_asked(
    header: str, expected: list[tuple[int, str]]
) -> None:
    assert refused(header) == expected


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'case,E1\n"C-0001,yes\n', b'case\n"a"b\n'])
def test_what_is_no_csv_is_refused_in_a_sentence(content: bytes) -> None:
    assert refused(content) == []


def test_a_byte_order_mark_crlf_and_quoted_cells_are_read() -> None:
    review = project()
    text = "\ufeff" + 'case,E1,E2,Z3,Z4\r\nC-0001,yes,yes,low,"two\nlines, and a comma"\r\n'
    taken(text, review)
    assert review.coding_of("C-0001", "ann").answers["Z4"] == ("two\nlines, and a comma",)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    for text in (content, b"case,E1,Z4\n" + content):
        with contextlib.suppress(CodingsRefusedError):
            assert isinstance(read(text, project()), ImportOutcome)


def test_a_file_fills_its_importers_own_slot_of_a_case_that_two_people_code() -> None:
    review = project()
    slots = tuple(
        AssignedCase(case_id="C-0001", reviewer=name, slot=slot, purpose=purpose)
        for name, slot, purpose in (("ann", 1, Purpose.PRIMARY), ("bob", 2, Purpose.DOUBLE))
    )
    write(review, "boss", "C-0001", CasesAssigned(assigned=slots))
    for name, row in (("ann", ROW), ("bob", ROW.replace("high", "low"))):
        for case_id, event in taken(FULL + row, review, name).events:
            assert isinstance(event, CodingImported)
            assert case_id == "C-0001"
    assert [slot.state for slot in review.slots_of("C-0001")] == [CodingState.SUBMITTED] * 2
    assert review.coding_of("C-0001", "bob").answers["Z3"] == ("low",)
    assert isinstance(read(FULL + ROW, review, "cy"), RowsRefused)
    assert read(FULL + ROW, review) == ImportOutcome((), 0, 1, 0)
