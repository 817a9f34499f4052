"""Deciding by line prompts: what is said, and what is written."""

from __future__ import annotations

import io

from dipsample.audit import Audit
from dipsample.tui.plain_adjudication import run_plain_adjudication
from review.case import CaseState

JUDGE, BOSS = "judge", "sup"


def run(audit: Audit, *lines: str, name: str = JUDGE, **options: str) -> str:
    out = io.StringIO()
    stdin = io.StringIO("".join(f"{line}\n" for line in lines))
    assert run_plain_adjudication(audit, name, stdin, out, **options) == 0  # type: ignore[arg-type]  # two texts
    return " ".join(out.getvalue().split())


def case(audit: Audit) -> str:
    return audit.cases()[0].case_id


def state(audit: Audit) -> str:
    return audit.cases()[0].state


def side_of(audit: Audit, label: str) -> str:
    """Return which way the coder lies who said yes or no."""
    file = audit.open_decision(JUDGE, case(audit))
    return ("left", "right")[file.row("C1").values.index((label,))]


def test_a_conflict_is_read_out_decided_and_closed(decidable: Audit) -> None:
    said = run(decidable, side_of(decidable, "no"), "i", "close")
    assert f"Case {case(decidable)}. 2 codings, " in said
    assert 'Yes. Quote: "In interview [P2] says [P1] hit him first' in said
    assert "Why? i misread, g codebook gap" in said
    assert "is decided. Coder 1 was R" in said
    assert said.endswith("No case waits for a decision of yours.")
    assert state(decidable) == "final"


def test_no_name_is_said_before_the_case_is_closed(decidable: Audit) -> None:
    said = run(decidable, side_of(decidable, "no"), "i", "again", "all", "next")
    for hidden in ("r1", "r2", "R1", "R2"):
        assert hidden not in said.split()
    assert "Coder 1 was" not in said


def test_what_yes_opens_is_asked_before_the_case_can_be_closed(decidable: Audit) -> None:
    said = run(decidable, side_of(decidable, "yes"), "i", "close", "quit")
    assert "Not decided yet:" in said
    assert state(decidable) == "adjudicating"


def test_what_cannot_be_agreed_is_an_answer(decidable: Audit) -> None:
    run(decidable, "0", "c")
    file = decidable.decision_file(JUDGE, case(decidable))
    row = file.row("C1")
    assert row.final == ("cannot_determine",)
    assert row.decision is not None
    assert (row.decision.source.value, str(row.decision.reason)) == (
        "unresolved",
        "record_unclear",
    )


def test_a_comment_a_proposal_and_a_query_are_kept(decidable: Audit) -> None:
    said = run(
        decidable, "n", "g", "back", "back", "back", "back", "comment reads as self-defence",
        "query does self-defence count?", "comment call 07700 900123", "drop",
    )  # fmt: skip
    assert "phone" in said
    kinds = [flag.kind.value for flag in decidable.overview().flags]
    assert kinds == ["codebook", "codebook"]


def test_a_decision_is_dropped_and_taken_anew(decidable: Audit) -> None:
    run(decidable, side_of(decidable, "no"), "i")
    said = run(decidable, "drop", "quit")
    assert "Taken back: C1." in said
    assert decidable.decision_file(JUDGE, case(decidable)).row("C1").decision is None


def test_a_coding_is_sent_back_with_a_question(decidable: Audit) -> None:
    said = run(decidable, "return", "return 1 Which sentence?")
    assert "Say which coding, and what you ask" in said
    assert "the case comes again when it is handed in" in said
    assert state(decidable) == "reopened"


def test_an_answer_that_needs_a_quote_gets_one_from_the_record(decidable: Audit) -> None:
    said = run(
        decidable, "all", *["back"] * 9, "next", "next", "y", "j", "2",
        "quote no such words", "quote is arrested at 22:52", "quit",
    )  # fmt: skip
    assert "A2 needs a quote, and no coder pinned one." in said
    assert "The record does not hold these words." in said
    file = decidable.decision_file(JUDGE, case(decidable))
    row = file.row("A2")
    assert (row.final, row.needs_quote) == (("2",), False)
    assert row.decision is not None
    assert row.decision.quote is not None
    assert "A3" in file.open_questions, "what the own answer opened is to be decided"


def test_a_decision_and_its_reason_are_taken_by_words(decidable: Audit) -> None:
    said = run(decidable, f"take {side_of(decidable, 'no')}", "codebook gap", "close")
    assert "Type close to close the case." in said
    assert state(decidable) == "final"
    decided = decidable.decision_file(JUDGE, case(decidable)).row("C1").decision
    assert decided is not None
    assert str(decided.reason) == "codebook_gap"


def test_an_own_answer_and_no_agreement_are_said_in_words(decidable: Audit) -> None:
    run(decidable, "cannot be agreed", "record unclear")
    assert decidable.decision_file(JUDGE, case(decidable)).row("C1").final == ("cannot_determine",)
    said = run(decidable, "all", "own", "own yes", "own no", "judgement")
    assert "This is no answer and no command. y Yes" in said


def test_the_prompt_offers_what_decides(decidable: Audit) -> None:
    said = run(decidable, "quit")
    assert "take left, take right, own (y Yes, n No" in said
    assert "cannot be agreed; next, back, close. Final: open." in said


def test_take_alone_closes_nothing(decidable: Audit) -> None:
    run(decidable, side_of(decidable, "no"), "i", "take", "quit")
    assert state(decidable) == "adjudicating"


def test_the_end_of_input_leaves_everything_saved(decidable: Audit) -> None:
    said = run(decidable, "n", "i")
    assert said.endswith("Everything is saved.")
    file = decidable.decision_file(JUDGE, case(decidable))
    assert file.row("C1").final == ("no",)
    counts = decidable.overview().counts
    assert counts[CaseState.ADJUDICATING] == 1


def test_whoever_coded_a_case_has_nothing_to_decide(decidable: Audit) -> None:
    assert run(decidable, name="r1") == "No case waits for a decision of yours."


def test_the_words_are_told_and_unknown_ones_are_not_taken(decidable: Audit) -> None:
    said = run(decidable, "?", "frobnicate", "define", "q", "quit")
    for words in ("take left", "take right", "own ANSWER", "cannot be agreed", "close"):
        assert words in said
    assert "This is no answer and no command." in said
    assert "q is no answer here." in said
    assert decidable.decision_file(JUDGE, case(decidable)).row("C1").decision is None
