"""Another case of the queue by line prompts: seen again, or taken back, by its number."""

from __future__ import annotations

from dipsample.audit import Audit
from review.coding_state import CodingState
from tests.tui.pressing import CODER, first_case
from tests.tui.test_plain import NO_ARREST, converse


def state(audit: Audit, case_id: str) -> CodingState:
    return audit.case_file(CODER, case_id).coding.state


def test_a_case_handed_in_is_taken_back_by_its_number(audit: Audit) -> None:
    case_id = first_case(audit)
    text = converse(audit, f"{NO_ARREST.replace(' ', '|')}|recall {case_id.lower()}|y", sep="|")
    assert "Taken back: it can be changed" in text
    assert state(audit, case_id) is CodingState.DRAFT


def test_a_case_found_by_its_number_is_read_and_left_as_it_is(audit: Audit) -> None:
    case_id, second = (item.case_id for item in audit.queue(CODER)[:2])
    typed = f"{NO_ARREST.replace(' ', '|')}|find {case_id}|submit"
    text = converse(audit, typed, sep="|")
    assert text.count(f"Case {case_id}.") == 2
    assert "Type recall to take it back" in text
    assert f"{case_id} stays handed in." in text
    assert text.count(f"Case {second}.") == 2, "it goes on behind the case that was found"
    assert state(audit, case_id) is CodingState.SUBMITTED


def test_recall_of_an_open_case_says_why_there_is_nothing_to_take_back(audit: Audit) -> None:
    case_id = first_case(audit)
    for typed in ("recall", f"recall {case_id}"):
        text = " ".join(converse(audit, typed, sep="|").split())
        assert f"{case_id} is not handed in, so there is nothing to take back." in text


def test_find_still_finds_words_of_the_record(audit: Audit) -> None:
    text = converse(audit, "find C-9999|find arrested", sep="|")
    assert "The record does not hold these words." in text
    assert "found, in paragraph" in text


def test_when_all_is_handed_in_a_case_is_still_taken_back(audit: Audit) -> None:
    for item in audit.queue(CODER):
        audit.code_at_once(CODER, item.case_id, {"E1": ("no_missing",)})
    case_id = first_case(audit)
    text = converse(audit, f"C-0|find C-9999|recall {case_id}|y|quit", sep="|")
    assert text.count("This names no case of your queue.") == 2
    assert "Taken back" in text
    assert state(audit, case_id) is CodingState.DRAFT


def test_an_empty_line_leaves_the_queue(audit: Audit) -> None:
    for item in audit.queue(CODER):
        audit.code_at_once(CODER, item.case_id, {"E1": ("no_missing",)})
    text = converse(audit, "", sep="|")
    assert text.count("Everything is saved.") == 1


def test_a_paragraph_is_counted_in_the_singular(hostile_audit: Audit) -> None:
    hostile_audit.assign("sup", [CODER])
    assert "The record has 1 paragraph." in converse(hostile_audit, "para 9", sep="|")
