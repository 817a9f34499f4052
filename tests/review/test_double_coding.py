"""Which codings agreement rests on: the random double set, as first handed in."""

from __future__ import annotations

from review.codebook import builtin_codebook
from review.double_coding import agreement_of, double_set
from review.events import (
    AnswerSet,
    AssignedCase,
    CasesAssigned,
    CodebookPublished,
    CodingOpened,
    CodingRecalled,
    CodingSubmitted,
    Entry,
    Purpose,
    ReviewEvent,
)
from review.first_readings import first_readings
from review.fold import Review

DA_SHORT = builtin_codebook("da-short")
IN_SCOPE = {"E1": "yes", "E2": "yes", "A1": "no", "A10": "neither", "A11": "neither"}


class Log:
    """A review, and a way to write into it."""

    def __init__(self, *slots: AssignedCase) -> None:
        self.review, self._seqs = Review(), dict[str, int]()
        body = DA_SHORT.body
        self.write("boss", CodebookPublished(
            id=DA_SHORT.id, version=DA_SHORT.version, sha256=DA_SHORT.sha256, body=body,
        ))  # fmt: skip
        self.write("boss", CasesAssigned(assigned=slots))

    def write(self, who: str, event: ReviewEvent, case_id: str | None = None) -> None:
        seq = self._seqs[who] = self._seqs.get(who, 0) + 1
        time = f"2025-01-01T00:{seq // 60:02d}:{seq % 60:02d}Z"
        self.review.apply(Entry(event, case_id, who, f"{who}.one", seq, time))

    def answer(self, who: str, case_id: str, question: str, value: str) -> None:
        old = self.review.coding_of(case_id, who).answers.get(question, ())
        self.write(who, AnswerSet(question=question, old=old, new=(value,)), case_id)

    def hand_in(self, who: str, case_id: str, c1: str) -> None:
        self.write(who, CodingOpened(codebook_sha256=DA_SHORT.sha256), case_id)
        for question, value in {**IN_SCOPE, "C1": c1}.items():
            self.answer(who, case_id, question, value)
        self.write(who, CodingSubmitted(), case_id)


def slot(case_id: str, who: str, number: int, purpose: Purpose) -> AssignedCase:
    return AssignedCase(case_id=case_id, reviewer=who, slot=number, purpose=purpose)


def of_two(case_id: str, purpose: Purpose = Purpose.DOUBLE) -> tuple[AssignedCase, AssignedCase]:
    return (
        slot(case_id, "amber", 1, Purpose.PRIMARY),
        slot(case_id, "birch", 2, purpose),
    )


def test_a_second_look_chosen_for_an_answer_never_enters_agreement() -> None:
    log = Log(*of_two("C-0001"), *of_two("C-0002", Purpose.RECHECK))
    for case_id in ("C-0001", "C-0002"):
        log.hand_in("amber", case_id, "yes")
        log.hand_in("birch", case_id, "no")
    found = double_set(log.review, ["C-0001", "C-0002"])
    assert found.chosen == 1
    assert [one.case_id for one in found.cases] == ["C-0001"]


def test_a_case_waits_until_both_have_handed_it_in() -> None:
    log = Log(*of_two("C-0001"), slot("C-0002", "amber", 1, Purpose.PRIMARY))
    log.hand_in("amber", "C-0001", "yes")
    assert double_set(log.review, ["C-0001", "C-0002"]).chosen == 1
    assert double_set(log.review, ["C-0001", "C-0002"]).cases == ()


def test_what_a_coder_changes_afterwards_leaves_agreement_as_it_was() -> None:
    log = Log(*of_two("C-0001"))
    log.hand_in("amber", "C-0001", "yes")
    log.hand_in("birch", "C-0001", "no")
    before = agreement_of(log.review, ["C-0001"], questions=["C1"])
    log.write("birch", CodingRecalled(), "C-0001")
    log.answer("birch", "C-0001", "C1", "yes")
    log.write("birch", CodingSubmitted(), "C-0001")
    assert agreement_of(log.review, ["C-0001"], questions=["C1"]) == before
    assert before.questions[0].answers.percent.estimate == 0.0


def test_a_case_that_is_not_of_the_sample_is_left_out() -> None:
    log = Log(*of_two("C-0001"), *of_two("C-0009"))
    for case_id in ("C-0001", "C-0009"):
        log.hand_in("amber", case_id, "yes")
        log.hand_in("birch", case_id, "yes")
    assert agreement_of(log.review, ["C-0001"], questions=["C1"]).coded == 1


def test_a_first_reading_is_what_the_first_slot_first_handed_in() -> None:
    log = Log(*of_two("C-0001"), slot("C-0002", "amber", 1, Purpose.PRIMARY))
    log.hand_in("amber", "C-0001", "no")
    log.hand_in("birch", "C-0001", "yes")
    log.hand_in("amber", "C-0002", "yes")
    log.write("amber", CodingRecalled(), "C-0001")
    log.answer("amber", "C-0001", "C1", "yes")
    log.write("amber", CodingSubmitted(), "C-0001")
    found = first_readings(log.review, ["C-0001", "C-0002"])
    assert {case: one.counted["C1"] for case, one in found.sheets.items()} == {
        "C-0001": ("no",),
        "C-0002": ("yes",),
    }
    assert found.twice == {"C-0001"}
    assert found.changed == frozenset()


def test_a_second_reading_and_one_that_is_not_handed_in_are_no_first_readings() -> None:
    log = Log(*of_two("C-0001"), *of_two("C-0002", Purpose.RECHECK))
    log.hand_in("birch", "C-0001", "yes")
    log.hand_in("amber", "C-0002", "no")
    log.hand_in("birch", "C-0002", "yes")
    found = first_readings(log.review, ["C-0001", "C-0002"])
    assert {case: one.counted["C1"] for case, one in found.sheets.items()} == {"C-0002": ("no",)}
    assert found.twice == frozenset()
