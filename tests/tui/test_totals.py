"""The supervisor's overview in words: what became of cases, who decides, and what comes next."""

from __future__ import annotations

from collections.abc import Callable

from dipsample.audit import Audit
from dipsample.tui.app import Start
from dipsample.tui.models.overview import overview_view
from dipsample.tui.program import Program
from review.decision_events import OverruleReason, Source
from review.ruling import Ruling

Press = Callable[[Program, str], str]
BOSS, JUDGE = "sup", "judge"


def decide(audit: Audit) -> str:
    """Decide the case in conflict, and return its number."""
    case_id = audit.cases()[0].case_id
    audit.open_decision(JUDGE, case_id)
    ruling = Ruling("C1", Source.UNRESOLVED, reason=OverruleReason.RECORD_UNCLEAR)
    audit.decide(JUDGE, case_id, ruling)
    audit.close_decision(JUDGE, case_id)
    return case_id


def close_the_others(audit: Audit) -> None:
    for row in audit.cases()[1:]:
        if row.role == "sample":
            for coder in ("r1", "r2"):
                audit.code_at_once(coder, row.case_id, {"E1": ("no_missing",)})


def test_a_conflict_is_counted_and_what_to_do_about_it_is_named(decidable: Audit) -> None:
    view = overview_view(decidable)
    assert view.totals == ("coded twice 1: 1 in conflict",)
    seen = decidable.overview()
    assert seen.open_words == f"open {seen.open_cases}, 1 of them in conflict"
    assert view.following == "Next: 1 case in conflict: d decides, or adjudicate."


def test_what_cannot_be_agreed_is_counted_with_the_decision(decidable: Audit) -> None:
    decide(decidable)
    view = overview_view(decidable)
    assert view.totals == (
        "coded twice 1: 1 decided",
        "decided 1: 1 answer in 1 case could not be agreed",
    )
    assert view.following == ""


def test_the_adjudicator_is_no_coder(decidable: Audit, press: Press) -> None:
    decide(decidable)
    view = overview_view(decidable)
    assert [one.code for one in view.coders] == ["R1", "R2"]
    assert view.deciders == "R3"
    shown = press(Program(decidable, name=BOSS, start=Start.OVERVIEW, ticks=lambda: 0.0), "")
    assert "deciding or checking, not coding: R3" in shown
    assert "coded twice 1: 1 decided" in shown


def test_a_case_found_wrong_is_named_with_the_next_step(decidable: Audit) -> None:
    close_the_others(decidable)
    decide(decidable)
    decidable.choose_quality_checks(BOSS, "100%")
    assert overview_view(decidable).following == (
        "Next: 12 cases to be checked before sign-off: dipsample qa."
    )
    case_id = decidable.cases()[0].case_id
    decidable.quality_check(BOSS, case_id, wrong="the record says otherwise")
    assert overview_view(decidable).following == (
        f"Next: {case_id} was found wrong and is decided anew: d, or adjudicate {case_id}."
    )


def test_the_signature_is_the_last_step(decidable: Audit) -> None:
    close_the_others(decidable)
    decide(decidable)
    assert overview_view(decidable).following == "Next: s signs the sample off."
    decidable.sign_off(BOSS, "mine")
    assert overview_view(decidable).following.startswith("Signed off;")


def test_a_final_case_is_never_shown_without_its_referral(decidable: Audit, press: Press) -> None:
    case_id = decide(decidable)
    decidable.refer_risk("r1", case_id)
    view = overview_view(decidable)
    assert (view.closed, view.final_but_referred) == (1, 1)
    assert "open: flags 0, codebook queries 0, referrals 1" in view.totals

    def see(keys: str) -> str:
        return press(Program(decidable, name=BOSS, start=Start.OVERVIEW, ticks=lambda: 0.0), keys)

    assert "1 of 12 final (1 with a referral open)" in see("")
    assert f"{case_id}  final, referral open" in see("enter")
    assert decidable.cases(BOSS)[0].has_open_referral
    assert not decidable.cases(JUDGE)[0].has_open_referral
    answered = see("enter semicolon t o l d enter")
    assert f"{case_id}  final " in answered
    assert "referral open" not in answered
