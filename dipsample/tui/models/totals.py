"""What became of the cases, and what is to be done next: words for the supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exports.rounding import counted
from review.case import CaseState
from review.totals import Became

if TYPE_CHECKING:
    from dipsample.views import Overview

_BECAME: Final = {
    Became.AGREED: "agree",
    Became.CONFLICT: "in conflict",
    Became.ADJUDICATING: "being decided",
    Became.DECIDED: "decided",
    Became.WAITING: "open again",
}
_NEXT: Final = {
    CaseState.CONFLICT: "in conflict: d decides, or adjudicate",
    CaseState.DECIDED: "decided without all that is needed: d goes on, or adjudicate",
    CaseState.ADJUDICATING: "being decided: d goes on with yours",
    CaseState.STALE: "stale: their coders confirm answers, or d decides anew",
    CaseState.QA_PENDING: "to be checked before sign-off: dipsample qa",
}
"""What a state of some cases asks to be done; the first there is stands for all."""


def totals_words(seen: Overview) -> tuple[str, ...]:
    """Return the totals in lines of at most 80 characters at counts under a thousand."""
    totals = seen.totals
    lines = []
    if totals.coded_twice:
        parts = [f"{number} {_BECAME[one]}" for one, number in totals.twice.items() if number]
        lines.append(f"coded twice {totals.coded_twice}: {', '.join(parts)}")
    if totals.decided:
        answers = counted(totals.unresolved, "answer")
        within = f" in {counted(totals.cases_unresolved, 'case')}" if totals.unresolved else ""
        lines.append(f"decided {totals.decided}: {answers}{within} could not be agreed")
    waiting = (totals.open_flags, totals.open_queries, totals.open_referrals)
    if any(waiting):
        flags, queries, referrals = waiting
        lines.append(f"open: flags {flags}, codebook queries {queries}, referrals {referrals}")
    return tuple(lines)


def next_step(seen: Overview, *, is_signed: bool) -> str:
    """Return what to do next about the cases, the most pressing alone.

    Args:
        seen: What is known.
        is_signed: Whether a signature covers the sample as it stands.
    """
    wrong = seen.totals.found_wrong
    if 0 < seen.unassigned < seen.drawn:
        return f"Next: {counted(seen.unassigned, 'case')} assigned to nobody: dipsample assign."
    if wrong:
        return f"Next: {wrong[0]} was found wrong and is decided anew: d, or adjudicate {wrong[0]}."
    for state, words in _NEXT.items():
        if number := seen.counts.get(state, 0):
            return f"Next: {counted(number, 'case')} {words}."
    if is_signed:
        return "Signed off; a change of any case makes the signature void."
    is_ready = seen.drawn and not seen.open_cases and not seen.totals.open_referrals
    return "Next: s signs the sample off." if is_ready else ""
