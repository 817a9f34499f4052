"""Variance of a ratio of totals under a stratified sample, by Taylor linearisation.

One formula serves a proportion of the whole frame (every record counts 1 in the denominator), a
group of unknown size (records outside it count 0, and stay in the sample) and a ratio of persons
clustered by record. Sums are kept in whole numbers and fractions until the end, so that a variance
of nothing is exactly nothing.

With R the ratio of the grossed-up totals A and B, and z = a - R b for every drawn record, the
variance is the sum over strata of N_h^2 (1 - n_h/N_h) s_zh^2 / n_h, divided by B^2.

Shared; imports no method. Source: Wolter, "Introduction to Variance Estimation", 2nd ed. 2007,
ch. 6 (citation unverified); checked against ``svymean`` and ``svyratio`` of R's survey package.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sampling.errors import EstimationError
from sampling.estimation.counts import ClusterCount, DomainCount, StratumCount


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over the drawn records of one stratum; a is the numerator, b the denominator."""

    population: int
    """N_h."""
    sample: int
    """n_h."""
    base: int
    """Drawn records whose denominator is not 0."""
    a: int
    """Sum of a."""
    b: int
    """Sum of b."""
    aa: int
    """Sum of a^2."""
    ab: int
    """Sum of a b."""
    bb: int
    """Sum of b^2."""

    @property
    def is_census(self) -> bool:
        """Whether the stratum was drawn whole."""
        return self.sample == self.population


@dataclass(frozen=True, slots=True)
class Linearised:
    """A ratio of totals with what its sample says about its precision."""

    ratio: Fraction
    """The estimate."""
    variance: Fraction
    """Its linearised variance."""
    base: int
    """Drawn records with a denominator."""
    present: int
    """Strata in which there are any."""
    grossed_up_base: Fraction
    """B: estimated total of the denominator."""
    size_at_one_rate: float
    """Effective sample size if every stratum had one and the same rate; infinite where no stratum
    but those drawn whole has a denominator."""
    size_at_the_edge: float
    """Effective sample size that the least precise stratum alone stands for."""
    is_constant: bool
    """Whether no stratum that was not drawn whole has both yes and no."""
    units_less_strata: int | None = None
    """Of a draw in two stages the degrees of freedom; None of any other."""

    @property
    def degrees_of_freedom(self) -> int:
        """Records with a denominator, or units, less the strata that have any; at least 1."""
        records = self.base - self.present
        return max(1, records if self.units_less_strata is None else self.units_less_strata)

    @property
    def design_effect(self) -> float | None:
        """Variance against a simple sample of ``base`` records; None where either is 0."""
        simple = self.ratio * (1 - self.ratio) * (1 - self.base / self.grossed_up_base)
        if not self.variance or not simple:
            return None
        return float(self.variance * (self.base - 1) / simple)


def of_strata(strata: Iterable[StratumCount]) -> list[Moments]:
    """Return the sums of strata in which every record has denominator 1."""
    return [
        Moments(s.population, s.sample, s.sample, s.yes, s.sample, s.yes, s.yes, s.sample)
        for s in strata
    ]


def of_domain(counts: Iterable[DomainCount]) -> list[Moments]:
    """Return the sums of strata in which records outside the group have denominator 0."""
    return [
        Moments(c.population, c.sample, c.base, c.yes, c.base, c.yes, c.yes, c.base) for c in counts
    ]


def of_clusters(strata: Iterable[ClusterCount]) -> list[Moments]:
    """Return the sums of strata of (numerator, denominator) pairs."""
    return [
        Moments(
            population=stratum.population,
            sample=stratum.sample,
            base=sum(1 for _, b in stratum.pairs if b),
            a=sum(a for a, _ in stratum.pairs),
            b=sum(b for _, b in stratum.pairs),
            aa=sum(a * a for a, _ in stratum.pairs),
            ab=sum(a * b for a, b in stratum.pairs),
            bb=sum(b * b for _, b in stratum.pairs),
        )
        for stratum in strata
    ]


def linearise(strata: Sequence[Moments], *, largest: int = 1) -> Linearised:
    """Return the ratio of totals, its variance, and the effective sizes that bound it.

    Args:
        strata: One line a stratum; a stratum not drawn whole has at least two records.
        largest: The largest denominator that a record can have. At the edges (no yes, all yes)
            nothing seen says how the yes answers cluster, so the effective size there is the
            number of persons divided by this.

    Raises:
        EstimationError: Where a stratum not drawn whole has fewer than two records.
    """
    drawn = [s for s in strata if not s.is_census]
    if any(s.sample < 2 for s in drawn):
        raise EstimationError(
            "A variance needs at least two coded records in every stratum not drawn whole; "
            "collapse strata, or use an exact method for a simple sample."
        )
    scale = math.lcm(*(s.sample for s in strata))
    weights = [s.population * (scale // s.sample) for s in strata]
    part = sum(weight * s.a for weight, s in zip(weights, strata, strict=True))
    whole = sum(weight * s.b for weight, s in zip(weights, strata, strict=True))
    ratio, total = Fraction(part, whole), Fraction(whole, scale)
    return Linearised(
        ratio=ratio,
        variance=_variance(drawn, ratio) / total**2,
        base=sum(s.base for s in strata),
        present=sum(1 for s in strata if s.base),
        grossed_up_base=total,
        size_at_one_rate=_size_at_one_rate(drawn, total),
        size_at_the_edge=_size_at_the_edge(drawn, total, largest),
        is_constant=all(s.a in (0, s.b) for s in drawn),
    )


def _variance(drawn: Sequence[Moments], ratio: Fraction) -> Fraction:
    """Return the variance of the grossed-up sum of z = a - ratio b over all strata.

    N^2 (1 - f) s_z^2 / n is N (N - n) (n sum z^2 - (sum z)^2) / (n^2 (n - 1)): whole numbers over
    one denominator, because fractions of many strata are reduced far more often than they need be.
    """
    p, q = ratio.numerator, ratio.denominator
    below = [s.sample**2 * (s.sample - 1) for s in drawn]
    scale = math.lcm(*below)
    spread = 0
    for s, each in zip(drawn, below, strict=True):
        squares = q * q * s.aa - 2 * p * q * s.ab + p * p * s.bb
        around_mean = s.sample * squares - (q * s.a - p * s.b) ** 2
        spread += s.population * (s.population - s.sample) * around_mean * (scale // each)
    return Fraction(spread, scale * q * q)


def _size_at_one_rate(drawn: Sequence[Moments], total: Fraction) -> float:
    """Return B^2 over the variance, per p(1 - p), that a common rate would give."""
    below = [s.sample**2 * (s.population - 1) for s in drawn]
    scale = math.lcm(*below)
    spread = sum(
        s.population**2 * (s.population - s.sample) * s.b * (scale // each)
        for s, each in zip(drawn, below, strict=True)
    )
    if not spread:
        return math.inf
    return total.numerator**2 * scale / (total.denominator**2 * spread)


def _size_at_the_edge(drawn: Sequence[Moments], total: Fraction, largest: int) -> float:
    """Return the least of b_h / (share of the base x (1 - f_h) x largest) over the strata.

    The share of the base is N_h b_h / (n_h B), so b_h cancels out.
    """
    sizes = (
        s.sample * total.numerator / (total.denominator * (s.population - s.sample) * largest)
        for s in drawn
        if s.b
    )
    return min(sizes, default=math.inf)
