"""What an estimate is: a proportion of the frame, its interval, and how it was made.

Holds values only; imports no method and no numeric library.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sampling.errors import EstimationError


class Method(StrEnum):
    """How an interval was made; the values are part of every output."""

    HYPERGEOMETRIC_BLAKER = "hypergeometric-blaker"
    HYPERGEOMETRIC_TAIL = "hypergeometric-tail"
    HYPERGEOMETRIC_BLAKER_DOMAIN = "hypergeometric-blaker-domain"
    HYPERGEOMETRIC_TAIL_DOMAIN = "hypergeometric-tail-domain"
    STRATIFIED_EXACT = "stratified-exact"
    STRATIFIED_CERTIFIED = "stratified-certified"
    STRATIFIED_PROPORTIONAL = "stratified-proportional"
    KORN_GRAUBARD_CAPPED = "korn-graubard-capped"
    KORN_GRAUBARD_SIZE_WEIGHTED = "korn-graubard-size-weighted"
    KORN_GRAUBARD_TWO_STAGE = "korn-graubard-two-stage"
    DECLARED_STOP = "declared-stop"
    ANYTIME = "anytime"
    ANYTIME_DOMAIN = "anytime-domain"
    WILSON = "wilson"
    WILSON_FPC = "wilson-fpc"
    CLOPPER_PEARSON = "clopper-pearson"
    JEFFREYS = "jeffreys"
    AGRESTI_COULL = "agresti-coull"
    LOGIT = "logit"
    KORN_GRAUBARD = "korn-graubard"
    CENSUS = "census"


@dataclass(frozen=True, slots=True)
class Interval:
    """A proportion of the frame and the interval that the draw allows.

    ``0 <= lower <= estimate <= upper <= 1``; both limits are equal for a census only.
    """

    estimate: float
    """The estimated proportion, 0 to 1."""
    lower: float
    """The lower limit, 0 to 1."""
    upper: float
    """The upper limit, 0 to 1."""
    method: Method
    """How the limits were made."""
    confidence: float
    """The nominal confidence, such as 0.95."""
    effective_n: float | None
    """Size of the simple sample with replacement that would be as precise; None for a census."""
    design_effect: float | None
    """Variance against that of a simple sample of the same size from the same frame; None where
    there is no variance to compare."""
    degrees_of_freedom: int | None
    """Degrees of freedom of the variance; None for a census."""


def complete_count(yes: int, base: int, *, confidence: float) -> Interval:
    """Return the estimate of a census: no interval, both limits are the proportion itself."""
    share = yes / base
    return Interval(share, share, share, Method.CENSUS, confidence, None, None, None)


def around_the_estimate(
    counts: tuple[int, int], *, x: int, n: int, population: int
) -> tuple[int, int]:
    """Widen whole-number limits until they hold the estimate and are not both 0 or both all.

    A sample of nearly the whole frame can reject every count on one side of its estimate; what it
    says is then only widened to the nearest count, which cannot lower the coverage.

    Args:
        counts: Least and greatest number of yes in the frame.
        x: Yes answers, 0 to n.
        n: Coded records, under ``population``.
        population: Records in the frame.
    """
    least = min(counts[0], x * population // n, population - 1)
    most = max(counts[1], -(-x * population // n), 1)
    return least, most


def alpha_of(confidence: float) -> float:
    """Return 1 less the confidence.

    Raises:
        EstimationError: Where the confidence is under 0.5 or not under 1.
    """
    if not 0.5 <= confidence < 1:
        raise EstimationError(
            f"A confidence is at least 0.5 and under 1, and {confidence} is not; use 0.95."
        )
    return 1 - confidence


def choose(method: Method | None, default: Method, allowed: tuple[Method, ...]) -> Method:
    """Return the method asked for, or the default.

    Raises:
        EstimationError: Where the method is not one of those that fit the design.
    """
    chosen = default if method is None else method
    if chosen not in allowed:
        raise EstimationError(
            f"The method {chosen} does not fit this design; use one of {', '.join(allowed)}."
        )
    return chosen
