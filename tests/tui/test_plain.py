from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.tui.models.coding import CaseCounts
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.plain import run_plain
from dipsample.views import LogLine
from review.coding_state import CodingState
from review.events import DeferralReason
from tests.tui.pressing import CODER, first_case

NO_ARREST = "y y n n n n 1 n submit"


def converse(audit: Audit, lines: str, *, ascii_only: bool = False, sep: str = " ") -> str:
    out = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines.split(sep)))
    assert run_plain(audit, CODER, typed, out, ascii_only, ticks=lambda: 0.0) == 0
    return out.getvalue()


def test_a_case_is_coded_and_the_next_one_begins(audit: Audit) -> None:
    case_id = first_case(audit)
    text = converse(audit, NO_ARREST)
    assert f"{case_id} is handed in." in text
    assert text.count("Type ? for help.") == 2
    assert audit.case_file(CODER, case_id).coding.state is CodingState.SUBMITTED


def test_it_reads_the_record_by_paragraphs_and_asks_in_words(audit: Audit) -> None:
    text = converse(audit, "y")
    assert "Record, paragraph 2 of 2: Day 1 09:30." in text
    assert "0 answered, up to" in text
    assert "y Yes, m No: nothing is behind the reference" in text
    assert text.endswith("Everything is saved.\n")


def test_what_it_prints_has_no_control_sequence_and_fits_80_columns(audit: Audit) -> None:
    text = converse(audit, "? define record again find#arrested codebook log".replace("#", " "))
    assert all(character.isprintable() or character == "\n" for character in text)
    assert all(len(line) <= 100 for line in text.splitlines())
    prompts = ("> ",)
    assert all(len(line) <= 80 for line in text.splitlines() if not line.startswith(prompts))


def test_with_ascii_nothing_beyond_ascii_is_printed(audit: Audit) -> None:
    assert converse(audit, "y|y|find \u6f22|?|define", ascii_only=True, sep="|").isascii()


def test_an_answer_that_needs_a_quote_asks_for_it_and_takes_exact_words(audit: Audit) -> None:
    lines = "y|y|y|1|y|9 nothing|1 no such words|1 [P2]  is ARRESTED|n"
    text = converse(audit, lines, sep="|")
    assert "Begin with a paragraph number, 1 to 2." in text
    assert "These words do not stand in that paragraph." in text
    file = audit.case_file(CODER, first_case(audit))
    (quote,) = file.coding.quotes
    assert file.record["narrative"][quote.start : quote.end] == "[P2] is arrested"
    assert file.coding.answers["A4"] == ("no",)


def test_a_text_answer_takes_what_looks_like_a_command(audit: Audit) -> None:
    converse(audit, "y|y|n|n|n|n|3|submit now, it is cut off", sep="|")
    answers = audit.case_file(CODER, first_case(audit)).coding.answers
    assert answers["Z4"] == ("submit now, it is cut off",)


def test_a_text_with_personal_data_is_kept_only_with_a_reason(audit: Audit) -> None:
    text = converse(audit, "note call 07700 900123|nothing personal", sep="|")
    assert "keep it with a reason" in " ".join(text.split())
    assert "Saved" in text
    assert audit.case_file(CODER, first_case(audit)).coding.note == "nothing personal"
    converse(audit, "note call 07700 900123|keep a made-up number", sep="|")
    assert audit.case_file(CODER, first_case(audit)).coding.note == "call 07700 900123"


def test_a_case_is_put_off_flagged_and_referred_by_words(audit: Audit) -> None:
    case_id = first_case(audit)
    text = converse(audit, "risk|y|flag|q|Which attendance?|defer|c", sep="|")
    assert "Tell your supervisor now" in " ".join(text.split())
    seen = audit.overview()
    assert [one.case_id for one in seen.referrals] == [case_id]
    assert [flag.text for flag in seen.flags] == ["Which attendance?"]
    coding = audit.case_file(CODER, case_id).coding
    assert coding.deferral_reason is DeferralReason.RECORD_CUT_OFF


def test_a_complete_case_is_handed_in_by_the_word_that_is_named(audit: Audit) -> None:
    text = converse(audit, "y y n n n n 1 n")
    assert "Complete. Type submit to hand the case in." in text
    assert "Enter" not in text


def test_yes_to_a_live_risk_says_to_tell_the_supervisor(audit: Audit) -> None:
    text = " ".join(converse(audit, "y y n n n n 1 y").split())
    assert "Tell your supervisor now" in text


def test_the_prompt_for_a_quote_gives_an_example_that_works(audit: Audit) -> None:
    text = converse(audit, "y y y 1 y")
    said = "A3 needs a quote; skip goes on without. Type a paragraph number and its words, as in:"
    assert said in " ".join(text.split())
    example = text.rstrip().splitlines()[-3]
    pinned = converse(audit, f"back|y|{example}", sep="|")
    assert "Pinned to A3." in pinned, "the example itself can be typed"


def test_every_word_works_where_a_quote_is_asked_for(audit: Audit) -> None:
    to_quote = "y|y|y|1|y"
    text = " ".join(converse(audit, f"{to_quote}|help|n|record|submit|quit", sep="|").split())
    assert "Hand the case in when it is complete" in text, "help lists the words"
    assert text.count("A3 needs a quote; skip goes on without.") == 4
    assert "This is no answer and no command." in text, "n answers nothing here"
    assert text.count("Record, paragraph 1 of 2") == 2
    assert "Before handing in:" in text
    assert text.endswith("Everything is saved.")
    assert audit.case_file(CODER, first_case(audit)).coding.answers["A3"] == ("yes",)


def test_back_at_the_prompt_for_a_quote_returns_to_its_question(audit: Audit) -> None:
    converse(audit, "y|y|y|1|y|back|n", sep="|")
    assert audit.case_file(CODER, first_case(audit)).coding.answers["A3"] == ("no",)


def test_next_at_the_prompt_for_a_quote_goes_on_without_it(audit: Audit) -> None:
    converse(audit, "y|y|y|1|y|next|n", sep="|")
    assert audit.case_file(CODER, first_case(audit)).coding.answers["A4"] == ("no",)


def test_an_answer_is_taken_by_its_words_too(audit: Audit) -> None:
    converse(audit, "yes|Yes.|y yes|1|u cannot be determined", sep="|")
    answers = audit.case_file(CODER, first_case(audit)).coding.answers
    assert answers["A1"] == ("yes",)
    assert answers["A3"] == ("cannot_determine",)


def test_a_note_is_left_by_a_word_alone_and_nothing_is_written(audit: Audit) -> None:
    for left in ("", "back", "skip", "quit", "/defer"):
        converse(audit, f"note|{left}", sep="|")
    assert not audit.case_file(CODER, first_case(audit)).coding.note
    converse(audit, "note|back to front", sep="|")
    assert audit.case_file(CODER, first_case(audit)).coding.note == "back to front"


def test_the_words_behind_flag_and_defer_are_taken(audit: Audit) -> None:
    text = converse(audit, "flag Which attendance?|a question to the supervisor|"
                    "defer the record is cut off", sep="|")  # fmt: skip
    assert [flag.text for flag in audit.overview().flags] == ["Which attendance?"]
    assert "is put off." in text


def test_a_text_that_could_not_be_saved_is_told_at_the_end_of_input(audit: Audit) -> None:
    text = converse(audit, "note call 07700 900123|", sep="|")
    assert "The text is not saved." in text


def test_keeping_a_text_without_a_reason_asks_for_one(audit: Audit) -> None:
    text = converse(audit, "note call 07700 900123|keep|drop", sep="|")
    assert "A reason is needed" in text
    assert not audit.case_file(CODER, first_case(audit)).coding.note


def test_a_quote_by_words_alone_is_taken_where_they_stand_once(audit: Audit) -> None:
    text = converse(audit, "y|y|y|1|y|officers|is arrested at 22:52", sep="|")
    assert "These words stand in several places." in text
    assert "Pinned to A3." in text


def test_handing_in_too_early_says_what_is_missing(audit: Audit) -> None:
    text = converse(audit, "y submit")
    assert "Before handing in: E2: not answered." in text


def test_a_wrong_word_is_told_and_changes_nothing(audit: Audit) -> None:
    text = converse(audit, "hello redo recall")
    assert "This is no answer and no command." in text
    assert "There is nothing to redo." in text
    assert "to take back" in text


def test_nobody_without_cases_is_told_who_gives_them(audit: Audit) -> None:
    out = io.StringIO()
    assert run_plain(audit, "r2", io.StringIO(), out) == 0
    assert "No case is assigned to r2. Cases are assigned to r1;" in out.getvalue()


@pytest.fixture
def two_audits(project_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    other = tmp_path / "other.dip"
    shutil.copy(project_path, other)
    return project_path, other


def without_time(line: LogLine) -> tuple[str, str, str | None]:
    return line.who, line.what, line.case_id


def test_line_prompts_and_the_screen_write_the_same_events(
    two_audits: tuple[Path, Path],
) -> None:
    from dipsample.opening import open_audit

    by_lines, by_keys = (open_audit(path) for path in two_audits)
    case_id = first_case(by_lines)
    converse(
        by_lines,
        "y|y|y|1|y|1 [P2] is arrested at 22:52 on suspicion of common assault.|undo|undo|n|"
        "note thin record|y|back|n|submit|next|quit",
        sep="|",
    )

    desk = CodingDesk(by_keys, CODER, case_id, counts=CaseCounts(0, 6), ticks=lambda: 0.0)
    for key in "yyy1y":
        desk.press(key)
    desk.go("A3")
    desk.start_quote()
    cursor = desk.reading.quoting
    assert cursor is not None
    cursor.first = cursor.last = 3
    desk.pin()
    desk.go("A4")
    desk.undo()
    desk.undo()
    desk.press("n")
    desk.set_note("thin record")
    desk.press("y")
    desk.move(-1)
    desk.press("n")
    desk.submit()
    assert [without_time(line) for line in by_lines.log(CODER)] == [
        without_time(line) for line in by_keys.log(CODER)
    ]
    assert by_lines.case_file(CODER, case_id).coding.answers == desk.file.coding.answers
    by_lines.close()
    by_keys.close()
