"""What stands beside a figure of the target that was set for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from exports.rounding import percentage
from review.finding import Finding
from review.targets import Held
from sampling.estimation.claims import Judgement, Verdict

VERDICTS: Final = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "not met",
    Verdict.CANNOT_SAY: "cannot say",
}
_MOST_PLACES: Final = 6


def target_words(held: Held, *, per_cent: str) -> str:
    """Return a target in words, such as ``at most 5 %``.

    Args:
        held: The target held against its finding.
        per_cent: The sign behind numbers: ``%``, or with a blank before it.
    """
    proportion = held.target.proportion
    if proportion is None:
        return held.target.words
    return f"at most {_exact(proportion)}{per_cent}"


def verdict_words(finding: Finding) -> str:
    """Return the verdict alone, such as ``cannot say``; empty where there is none."""
    held = finding.held
    return "" if held is None or held.judgement is None else VERDICTS[held.judgement.verdict]


def target_in_words(finding: Finding, *, per_cent: str = "%") -> str:
    """Return a sentence on the target of a finding; empty where none was set.

    Args:
        finding: Over the whole frame.
        per_cent: As :func:`target_words`.
    """
    held = finding.held
    if held is None:
        return ""
    start = f"Target, {target_words(held, per_cent=per_cent)}"
    judgement = held.judgement
    if judgement is None or held.target.proportion is None:
        return f"{start}: {held.why_not}."
    said = _verdict(judgement, held.target.proportion, finding.confidence, per_cent)
    return f"{start}: {said}.{_turned(held, judgement)}"


def _verdict(judgement: Judgement, target: float, confidence: float, per_cent: str) -> str:
    words = VERDICTS[judgement.verdict]
    if judgement.lower == judgement.upper:
        return f"{words}, by a complete count"
    level = f"one-sided {percentage(confidence).normalize():f}{per_cent}"
    lower, upper = (_apart(limit, target) for limit in (judgement.lower, judgement.upper))
    match judgement.verdict:
        case Verdict.MET:
            return f"{words}: the {level} upper limit is {upper}{per_cent}"
        case Verdict.NOT_MET:
            return f"{words}: the {level} lower limit is {lower}{per_cent}"
        case Verdict.CANNOT_SAY:
            limits = f"the {level} limits are {lower} and {upper}{per_cent}"
            return f"{words}: {limits}; {_decider(judgement)}"


def _decider(judgement: Judgement) -> str:
    if judgement.deciding_base is None:
        return "no sample would decide while the figure is at the target"
    return f"a base of about {judgement.deciding_base:,} would decide if the figure stays"


def _turned(held: Held, judgement: Judgement) -> str:
    """Say what the undetermined cases could make of a verdict; empty where nothing."""
    if held.if_undetermined in {None, judgement.verdict}:
        return ""
    speaks = "yes" if judgement.verdict is Verdict.MET else "no"
    return f" That would not hold if all undetermined cases were {speaks}."


def _exact(proportion: float) -> str:
    return f"{(Decimal(repr(proportion)) * 100).normalize():f}"


def _apart(limit: float, target: float) -> Decimal:
    """Return a limit in per cent, with as many places as tell it from the target.

    A limit of 5.04 % beside a target of 5 % would else read as if it were met.
    """
    exact, aim = Decimal(repr(limit)) * 100, Decimal(repr(target)) * 100
    shown = percentage(limit)
    places = 1
    while shown == aim != exact and places < _MOST_PLACES:
        places += 1
        shown = exact.quantize(Decimal(1).scaleb(-places))
    return shown
