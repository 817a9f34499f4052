"""The full codebook by line prompts: questions with several answers, for both parties."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dipsample.audit import Audit
from dipsample.opening import start_audit
from dipsample.project import World
from dipsample.settings import Settings
from dipsample.surroundings import FixedClock, FixedEntropy
from dipsample.tui.plain import run_plain
from review.codebook import builtin_codebook
from sampling.frame import FrameSpec
from sampling.planning import PlanRequest

SUPERVISOR, CODER = "supervisor", "r1"
TO_A9 = "y y 2 2 y 1 n y n n"
"""Opened, in scope, ex-partners, two parties, one arrest: of Party B, once."""


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[Audit]:
    """A project with the full codebook and a sample of two, given to one coder."""
    extract = tmp_path / "extract.csv"
    extract.write_text("incident,narrative\nDA-1,One.\nDA-2,Two.\nDA-3,Three.\n", encoding="utf-8")
    start = "2026-03-02T09:00:00Z"
    project = start_audit(
        tmp_path / "audit.dip",
        title="Full",
        codebook=builtin_codebook("da-full"),
        settings=Settings(),
        supervisor=SUPERVISOR,
        passphrase=None,
        world=World(
            clock=FixedClock(start),
            entropy=FixedEntropy(start),
            data_folder=Path(os.devnull),
            device="laptop",
        ),
    )
    spec = FrameSpec(id_column="incident", strata_columns=(), keep=(), record=("narrative",))
    project.commit_frame(SUPERVISOR, extract, spec)
    project.commit_plan(SUPERVISOR, PlanRequest(size=2, reserve="0"))
    project.draw(SUPERVISOR, extract, seed="60921108440123456789", source="dice")
    project.assign(SUPERVISOR, [CODER])
    yield project
    project.close()


def converse(audit: Audit, lines: str) -> str:
    out = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines.split(" ")))
    assert run_plain(audit, CODER, typed, out, False, ticks=lambda: 0.0) == 0
    return " ".join(out.getvalue().split())


def test_each_key_adds_an_answer_for_its_party_and_says_what_stands_now(audit: Audit) -> None:
    text = converse(audit, f"{TO_A9} 7 q w submit")
    assert "Now: Party A: not arrested. " in text
    assert (
        "Now: Party A: not arrested, Party B: abuse of the other, Party B: assault on police."
        in text
    )
    file = audit.case_file(CODER, audit.queue(CODER)[0].case_id)
    assert file.coding.answers["A9"] == (
        "party_a_not_arrested",
        "party_b_da_offence_against_other_party",
        "party_b_assault_on_police",
    )


def test_an_answer_before_a_question_of_several_is_not_read_back_as_one_of_them(
    audit: Audit,
) -> None:
    assert "Now:" not in converse(audit, TO_A9)


def test_a_party_without_an_answer_keeps_the_case_from_being_handed_in(audit: Audit) -> None:
    converse(audit, f"{TO_A9} 7 submit")
    file = audit.case_file(CODER, audit.queue(CODER)[0].case_id)
    reasons = [blocker.reason for blocker in file.sheet.blockers]
    assert "A9: not answered for both parties" in reasons


def test_an_answer_that_stands_alone_is_refused_beside_another(audit: Audit) -> None:
    text = converse(audit, f"{TO_A9} q p")
    assert 'cannot have "Party B: not arrested" beside another answer' in text
