"""A prevalence corrected for the measured errors of whoever read the records.

With sensitivity Se and specificity Sp the share of yes that readers report is
p = P Se + (1 - P)(1 - Sp), so that P = (p + Sp - 1)/(Se + Sp - 1). The interval squares and adds
what each of the three rates moves the result from its estimate to its own limit, the other two
held; a result outside 0 to 1 is clipped first. Where records weigh differently, all three rates are
weighted, or readers who err more in one stratum than in another would bias the result; a weighted
rate has the limits of its effective size. It is approximate: in simulated samples of 100 to
600 records with 10 to 50 known yes and 30 to 400 known no, coverage at 95 % was at least 95.3 %
(``benchmarks.measured_error``).

Sources: Rogan & Gladen, "Estimating prevalence from the results of a screening test", American
Journal of Epidemiology 107 (1978) 71-76, for the estimate; Zou & Donner, "Construction of
confidence limits about effect measures", Statistics in Medicine 27 (2008) 1693-1702, for squaring
and adding (citations unverified).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sampling.errors import EstimationError
from sampling.estimation.binomial import clopper_pearson
from sampling.estimation.interval import Interval, alpha_of


@dataclass(frozen=True, slots=True)
class MeasuredRate:
    """How often readers were right about records whose answer is known."""

    right: int
    of: int
    weighted: float | None = None
    """The rate, each record counting for those that it was drawn from; None where all count
    alike."""
    effective: float | None = None
    """How many records of equal weight say as much; None where all count alike."""

    @property
    def share(self) -> float:
        """The rate, 0 to 1; at least one record is known."""
        return self.right / self.of if self.weighted is None else self.weighted

    @property
    def size(self) -> float:
        """How many records of equal weight say as much."""
        return self.of if self.effective is None else self.effective

    def limits(self, confidence: float) -> tuple[float, float]:
        """Return Clopper and Pearson's limits of the rate, at its size."""
        return clopper_pearson(self.share * self.size, self.size, alpha=alpha_of(confidence))


def measured_rate(known: Sequence[tuple[Fraction, bool]], *, greatest: Fraction) -> MeasuredRate:
    """Return how often readers were right, from records that may weigh differently.

    The size is Kish's (sum of w)^2 / sum of w^2 (1965, citation unverified) with one more record
    of the greatest weight, less 1: where no record of a large stratum happens to be known, those
    of the others say little about it.

    Args:
        known: Of every record whose answer is known, its weight and whether it was read rightly.
        greatest: The greatest weight of any record of the sample.
    """
    right = sum(is_right for _, is_right in known)
    weights = [weight for weight, _ in known]
    if not weights or {*weights} == {greatest}:
        return MeasuredRate(right, len(known))
    share = sum(weight for weight, is_right in known if is_right) / sum(weights)
    with_one_more = (sum(weights) + greatest) ** 2 / (sum(w**2 for w in weights) + greatest**2)
    return MeasuredRate(right, len(known), float(share), float(with_one_more - 1))


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected prevalence: always the second figure, beside the one that was read."""

    estimate: float
    """0 to 1."""
    lower: float
    upper: float
    confidence: float
    sensitivity: MeasuredRate
    specificity: MeasuredRate
    is_clipped: bool
    """Whether the formula gave less than 0 or more than 1: the rates and the reported share then
    do not fit together well."""


def corrected(
    reported: Interval, *, sensitivity: MeasuredRate, specificity: MeasuredRate
) -> Corrected:
    """Return the prevalence corrected for reading errors (Rogan-Gladen).

    Two-sided, approximate; the interval carries the uncertainty of the sample and of both rates.

    Args:
        reported: The share of yes that readers reported, of any design.
        sensitivity: Of records known to be yes, those that readers called yes.
        specificity: Of records known to be no, those that readers called no.

    Returns:
        Estimate and limits, kept to 0 to 1.

    Raises:
        EstimationError: Where a rate is impossible, or readers tell yes from no not better than
            chance, so that nothing can be corrected.
    """
    for rate, name in ((sensitivity, "sensitivity"), (specificity, "specificity")):
        if not 0 <= rate.right <= rate.of or rate.of < 1:
            raise EstimationError(
                f"A {name} is right readings of at least one known record, and "
                f"{rate.right} of {rate.of} is not."
            )
    share_yes, share_no = sensitivity.share, specificity.share
    if share_yes + share_no <= 1:
        raise EstimationError(
            "Sensitivity and specificity add up to 1 or less: such readings do not tell yes from "
            "no, so nothing can be corrected."
        )
    estimate = _true_share(reported.estimate, share_yes, share_no)
    shown = min(max(estimate, 0.0), 1.0)
    down, up = _moves(reported, sensitivity, specificity)
    return Corrected(
        estimate=shown,
        lower=max(shown - down, 0.0),
        upper=min(shown + up, 1.0),
        confidence=reported.confidence,
        sensitivity=sensitivity,
        specificity=specificity,
        is_clipped=shown != estimate,
    )


def _true_share(reported: float, sensitivity: float, specificity: float) -> float:
    return (reported + specificity - 1) / (sensitivity + specificity - 1)


def _moves(
    reported: Interval, sensitivity: MeasuredRate, specificity: MeasuredRate
) -> tuple[float, float]:
    """Square and add what the limits of the three rates do; 1 where one tells nothing."""
    p, se, sp = reported.estimate, sensitivity.share, specificity.share
    yes, no = (rate.limits(reported.confidence) for rate in (sensitivity, specificity))
    if yes[0] + sp <= 1 or se + no[0] <= 1:
        return 1.0, 1.0
    moved = [
        *(_true_share(limit, se, sp) for limit in (reported.lower, reported.upper)),
        *(_true_share(p, limit, sp) for limit in yes),
        *(_true_share(p, se, limit) for limit in no),
    ]
    moves = [share - _true_share(p, se, sp) for share in moved]
    return (
        math.hypot(*(move for move in moves if move < 0)),
        math.hypot(*(move for move in moves if move > 0)),
    )
