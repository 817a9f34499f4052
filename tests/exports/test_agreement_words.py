"""Why a question on which coders nearly always agree can have a kappa near 0."""

from __future__ import annotations

import pytest

from dipsample.cli.agreement_lines import print_agreement
from dipsample.tui.drawing.agreement import agreement_lines
from exports.release.agreement_words import LOPSIDED, lopsided_words
from review.agreement import Agreement, CodedTwice, DoubleCoding, agreement, agreement_by_question
from review.codebook import builtin_codebook

ONCE = "Where nearly all answers are the same, coders agree nearly always by chance too."


def of(*counts: tuple[str, str, int]) -> Agreement:
    pairs = [(one, other) for one, other, times in counts for _ in range(times)]
    return agreement({str(n): {"1": one, "2": other} for n, (one, other) in enumerate(pairs)})


def test_the_paradox_table_is_said_to_be_lopsided() -> None:
    line = of(("no", "no", 118), ("no", "yes", 5), ("yes", "no", 2))
    assert line.percent.estimate == pytest.approx(118 / 125)
    assert line.krippendorff_alpha.estimate is not None
    assert line.krippendorff_alpha.estimate < 0
    assert lopsided_words(line) == ("243 of 250 answers are no: alpha and kappa say little here *")


@pytest.mark.parametrize(
    "line",
    [
        of(("no", "no", 20), ("yes", "yes", 20), ("no", "yes", 2)),
        of(("no", "no", 110), ("yes", "yes", 15)),
        of(("no", "yes", 20), ("no", "no", 20)),
        of(),
    ],
    ids=["spread", "lopsided and sure", "no agreement", "nothing"],
)
def test_nothing_is_said_where_figures_do_not_seem_to_differ(line: Agreement) -> None:
    assert lopsided_words(line) == ""


def test_a_single_answer_throughout_is_explained_too() -> None:
    line = of(("cannot_determine", "cannot_determine", 40))
    assert lopsided_words(line).startswith("80 of 80 answers are cannot determine: ")


def double() -> DoubleCoding:
    answers = [("no", "no")] * 38 + [("yes", "no")] * 2
    cases = [
        CodedTwice(f"C-{n:04d}", {"C1": (one,), "A3": (one,)}, {"C1": (other,), "A3": (other,)})
        for n, (one, other) in enumerate(answers)
    ]
    questions = agreement_by_question(builtin_codebook("da-short"), cases, questions=["A3", "C1"])
    return DoubleCoding(40, 40, questions)


def test_page_and_command_say_it_beside_the_question_and_explain_it_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = ["".join(span.text for span in line).strip() for line in agreement_lines(double(), 80)]
    print_agreement(double())
    for text in (" ".join(page), capsys.readouterr().out):
        said = " ".join(text.split())
        assert said.count("78 of 80 answers are no: alpha and kappa say little here *") == 2
        assert said.count(ONCE) == 1
        assert "On yes, on no: of the answers yes (or no) of either coder" in said
    assert all(len(line) <= 80 for line in page)


def test_the_explanation_names_what_to_read_instead() -> None:
    assert "agreement on yes says" in LOPSIDED
    assert "contradicts neither the percentage nor AC1" in LOPSIDED
