"""The page of agreement: both readings of each question, and reasons in the place of figures."""

from __future__ import annotations

from dipsample.silent_checks import SilentChecks
from dipsample.tui.drawing.agreement import agreement_lines
from dipsample.tui.drawing.lines import line_width
from review.agreement import CodedTwice, DoubleCoding, agreement_by_question
from review.codebook import builtin_codebook
from review.gold_scores import GoldScore

DA_SHORT = builtin_codebook("da-short")


def page(width: int = 80) -> list[str]:
    answers = [("yes", "yes")] * 4 + [("no", "no")] * 20 + [("yes", "no")] * 2 + [("no", "")]
    cases = [
        CodedTwice(f"C-{n:04d}", {"C1": (one,)}, {"C1": (other,)} if other else {})
        for n, (one, other) in enumerate(answers)
    ]
    questions = agreement_by_question(DA_SHORT, cases, questions=["A3", "C1"])
    lines = agreement_lines(DoubleCoding(30, 27, questions), width)
    assert all(line_width(line) <= width for line in lines)
    return ["".join(span.text for span in line).rstrip() for line in lines]


def test_a_question_shows_its_pairs_and_both_readings() -> None:
    text = "\n".join(page())
    assert "27 of 30 cases drawn to be coded twice are handed in by both coders." in text
    assert "26 cases compared, left out: 1" in text
    assert "percent agreement   92.3 % (" in text
    assert "yes against the rest" in text


def test_kappa_says_why_it_is_off_and_stands_last() -> None:
    lines = page()
    kappa = next(n for n, line in enumerate(lines) if "Cohen kappa" in line)
    assert "off: 26 cases with two ratings" in lines[kappa]
    assert "Krippendorff alpha" in lines[kappa - 1]


def test_a_question_that_nobody_was_asked_stands_without_figures() -> None:
    assert "   0 cases compared, left out: 0" in page()


def test_without_double_coding_the_page_says_how_to_get_it() -> None:
    lines = agreement_lines(DoubleCoding(0, 0, ()), 80)
    text = " ".join("".join(span.text for span in line).strip() for line in lines)
    assert "dipsample assign PROJECT --double 25%" in text


def test_silent_checks_stand_first_with_a_line_for_each_coder() -> None:
    scores = (GoldScore("R1", 5, 4, 15, 16, 1), GoldScore("R12", 5, 0, 0, 0, 0))
    checks = SilentChecks(("C-0003", "C-0009"), wanted=2, scores=scores, verdicts=())
    lines = agreement_lines(DoubleCoding(0, 0, ()), 80, checks)
    assert all(line_width(line) <= 80 for line in lines)
    text = ["".join(span.text for span in line).rstrip() for line in lines]
    said = " 2 silent checks are among the cases and never counted: C-0003, C-0009. 4 of"
    assert text[1].startswith(said)
    assert "   R1            4 of 5                15 of 16           1" in text
    assert "   R12           0 of 5                  0 of 0           0" in text
