"""A target that was set before coding, held against the finding that it is for.

"At most t" is met where the one-sided upper limit is at most t, not met where the one-sided lower
limit is over it; else nothing can be said. The limits are those of :mod:`review.measuring`, which
hold on each side, exactly in simple samples and approximately in others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from review.measuring import Reading, Readings
from sampling.estimation import Interval
from sampling.estimation.claims import (
    LEAST_ONE_SIDED,
    Judgement,
    Limits,
    Verdict,
    judge,
    verdict_on,
)

if TYPE_CHECKING:
    from review.finding import Finding

_WAITS: Final = {
    "frame-open": "not judged before the frame is closed",
    "incomplete": "not judged before every case is closed",
    "provisional": "not judged before every case is closed",
    "no-percentage": "not judged: the base is too small for a percentage",
}
"""By flag of a finding, why nothing is said of it yet."""
IN_WORDS: Final = "set in words, so it is not held against the figure"
_BY_RULE: Final = "not judged: a rule decided when coding stopped, and no one-sided limit holds"
_NO_ESTIMATE: Final = "not judged: there is no estimate"
_TOO_UNSURE: Final = f"not judged at a confidence under {LEAST_ONE_SIDED * 100:g} %"


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator is to be at most."""

    words: str
    """As the project says it."""
    proportion: float | None
    """0 to 1; None where it is set in words that no program can hold against a figure."""
    indicator: str | None
    """Id of what it is for; None where the project does not say."""


@dataclass(frozen=True, slots=True)
class Held:
    """A target held against a finding."""

    target: Target
    judgement: Judgement | None
    """None where ``why_not`` says why."""
    if_undetermined: Verdict | None
    """The verdict if the undetermined cases all speak against that of the judgement; None without
    one, or where it cannot say."""
    why_not: str


def held(finding: Finding, readings: Readings | None, target: Target) -> Finding:
    """Return a finding with a target held against it.

    Args:
        finding: Over the whole frame, of the target's indicator.
        readings: What its interval rests on; None where no limits hold on each side.
        target: The target.
    """
    why_not = _why_not(finding, readings, target)
    if why_not or readings is None or target.proportion is None:
        return replace(finding, held=Held(target, None, None, why_not))
    judgement, turned = judged(
        finding, readings, target=target.proportion, confidence=finding.confidence
    )
    return replace(finding, held=Held(target, judgement, turned, ""))


def _why_not(finding: Finding, readings: Readings | None, target: Target) -> str:
    """Say why a target cannot be held against a finding; empty where it can."""
    if target.proportion is None:
        return IN_WORDS
    if waits := next((words for flag, words in _WAITS.items() if flag in finding.flags), ""):
        return waits
    if finding.known.estimate is None:
        return _NO_ESTIMATE
    if readings is None:
        return _BY_RULE
    return "" if finding.confidence >= LEAST_ONE_SIDED else _TOO_UNSURE


def judged(
    finding: Finding, readings: Readings, *, target: float, confidence: float
) -> tuple[Judgement, Verdict | None]:
    """Hold a finding with an estimate against "at most the target".

    Args:
        finding: The finding.
        readings: What its interval rests on.
        target: 0 to 1.
        confidence: One-sided, 0.75 up to but not 1.

    Returns:
        The judgement, and the verdict if the undetermined cases all spoke against it; None in its
        place where there is nothing to speak against.

    Raises:
        EstimationError: Where target or confidence are out of range.
    """
    judgement = judge(
        limits_of(readings.known),
        target=target,
        confidence=confidence,
        base=finding.denominator,
        population=max(finding.denominator, finding.population or 0),
    )
    against = {Verdict.MET: readings.if_yes, Verdict.NOT_MET: readings.if_no}.get(judgement.verdict)
    if against is None or against.limits(confidence) is None:
        return judgement, None
    return judgement, verdict_on(limits_of(against), target=target, confidence=confidence)


def limits_of(reading: Reading) -> Limits:
    """Return the limits of a reading that has an estimate, at any confidence."""

    def at(confidence: float) -> Interval:
        found = reading.limits(confidence)
        assert found is not None  # noqa: S101  asked of readings with an estimate alone
        return found

    return at
