"""What a comparison of audits takes and gives: waves in, rows of figures out.

Each row is one indicator over the waves in the order given, which is taken as the order of time.
A figure that cannot be had says why in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.finding import Bounds, Finding, Measure
from review.measuring import Readings
from sampling.estimation.claims import Judgement, Verdict
from sampling.estimation.comparison import ChartPoint, Trend


@dataclass(frozen=True, slots=True)
class Wave:
    """One audit, as far as a comparison needs it."""

    title: str
    codebook: str
    """Id and version, such as ``da-short 1.0.0``."""
    codebook_id: str
    codebook_sha256: str
    seed: str
    open_cases: int
    """Cases of the sample that are neither final nor out of the audit."""
    indicators: tuple[str, ...]
    """Ids of all that its codebook supports."""
    findings: tuple[Finding, ...]
    """Over the whole frame, those asked for."""
    readings: Mapping[str, Readings]
    """What their intervals rest on, by indicator; nothing while cases are open."""
    is_by_rule: bool = False
    """Whether the plan fixed a rule by which coding stops."""


@dataclass(frozen=True, slots=True)
class Point:
    """One indicator in one wave."""

    wave: int
    """Place of the wave, from 0."""
    finding: Finding | None
    """None where the wave's codebook does not have the indicator or it was not to be had."""
    judgement: Judgement | None
    """The proportion against the target; None without a target or an estimate."""
    if_undetermined: Verdict | None
    """The verdict if the undetermined cases all speak against that of the judgement; None without
    a judgement, or where it cannot say."""
    adjusted: float | None
    """The p-value of the judgement after Holm's adjustment for all claims made together."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A later wave less the one before it."""

    earlier: int
    """Place of the earlier wave."""
    later: int
    """Place of the later one."""
    difference: Measure
    """Later less earlier, -1 to 1; nothing where ``why_not`` says so."""
    bounds: Bounds
    """From the lower limit with undetermined cases as no later and as yes earlier, to the upper
    limit with them the other way round."""
    methods: tuple[str, ...]
    """Methods of the limits that it was made from."""
    p_value: float | None
    """Least error at which the interval leaves out 0; None between complete counts."""
    adjusted: float | None
    """The same after Holm's adjustment."""
    why_not: str | None
    """Why the two are not compared."""


@dataclass(frozen=True, slots=True)
class TrendTest:
    """A linear trend over three waves or more."""

    trend: Trend | None
    adjusted: float | None
    """Its p-value after Holm's adjustment."""
    is_at_effective_size: bool
    """Whether a wave that is not a simple sample went in at its effective size."""
    why_not: str | None
    """Why there is none."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The p-chart of an indicator over eight waves or more."""

    points: tuple[ChartPoint, ...]
    why_not: str | None
    """Why there is none."""
    centre: float | None = None
    """The share of all waves together, round which the limits lie; None where there is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator over all waves."""

    indicator: str
    label: str
    points: tuple[Point, ...]
    shifts: tuple[Shift, ...]
    trend: TrendTest | None
    """None with fewer than three waves."""
    chart: Chart | None
    """None with fewer than eight waves."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Waves against each other and against a target."""

    rows: tuple[Row, ...]
    confidence: float
    """Two-sided for differences, one-sided for the target."""
    target: float | None
    claims: int
    """P-values that Holm's adjustment went over: differences, trends and judgements."""
