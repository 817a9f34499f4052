"""Agreement as text under the findings: no figure is broken, and a missing one says why."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dipsample.cli.agreement_lines import print_agreement
from review.agreement import CodedTwice, DoubleCoding, Figure, agreement_by_question
from review.codebook import builtin_codebook

FIGURE = re.compile(r"(?:agree|on yes|on no|AC1|alpha|kappa) (?:off|-|[-\d.]+(?: %)? \([^()\n]+\))")


def test_agreement_is_read_in_80_columns_and_no_figure_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    codebook = builtin_codebook("da-short")
    pairs = [("yes", "yes")] * 12 + [("no", "no")] * 25 + [("yes", "no")] * 3
    cases = [
        CodedTwice(f"C-{number:04}", {"A3": (one,), "C1": (other,)}, {"A3": (one,), "C1": ("no",)})
        for number, (one, other) in enumerate(pairs)
    ]
    questions = agreement_by_question(codebook, cases, questions=["A3", "C1"])
    print_agreement(DoubleCoding(chosen=40, coded=40, questions=questions))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "A3: 40 pairs" in lines
    assert sum(len(FIGURE.findall(line)) for line in lines if line[:1] == " ") == 24
    assert any(line.startswith("Cohen kappa") and line.endswith(": C1") for line in lines)


def test_a_figure_next_to_nothing_carries_no_sign(capsys: pytest.CaptureFixture[str]) -> None:
    codebook = builtin_codebook("da-short")
    cases = [CodedTwice("C-0001", {"C1": ("yes",)}, {"C1": ("yes",)})]
    (question,) = agreement_by_question(codebook, cases, questions=["C1"])
    answers = replace(question.answers, gwet_ac1=Figure(-0.001, -0.004, 0.02))
    print_agreement(DoubleCoding(1, 1, (replace(question, answers=answers),)))
    assert "AC1 0.00 (0.00 to 0.02)" in capsys.readouterr().out
