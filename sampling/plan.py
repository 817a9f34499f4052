"""A plan: how many records are drawn from each stratum, fixed before any seed."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from sampling.frame import UnitSize
from sampling.looking import Stopping
from sampling.recorded import Coded, Exact, Recorded, Row, Widened


class Allocation(StrEnum):
    """How a sample is shared out over the strata."""

    PROPORTIONAL = "proportional"
    """To its records, N_h."""
    EQUAL = "equal"
    """The same from each."""
    NEYMAN = "neyman"
    """To N_h sqrt(p_h (1 - p_h)), which needs the prevalence expected in each stratum."""
    POWER = "power"
    """To the square root of N_h: between proportional and equal."""


class Design(StrEnum):
    """How the records of a stratum are drawn."""

    SIMPLE = "simple"
    """Each with the same chance."""
    SIZE_WEIGHTED = "size-weighted"
    """Each with a chance in proportion to its size."""
    TWO_STAGE = "two-stage"
    """Units first, then records of each unit drawn."""


class StrataInterval(StrEnum):
    """The exact intervals of several strata; the values are names of ``sampling.estimation``."""

    EXACT = "stratified-exact"
    """Greatest tails by search; for more than four strata with 5 % of the error in hand."""
    CERTIFIED = "stratified-certified"
    """Greatest tails by a proven bound."""
    PROPORTIONAL = "stratified-proportional"
    """Greatest tails by a proven bound in closed form, which is narrow at nearly one fraction."""


class UnitQuota(Recorded):
    """How many units of one stratum are drawn."""

    stratum: str
    units: int
    """M_h: units of the stratum in the frame."""
    sample: int
    """m_h: units drawn."""


class FirstStage(Recorded):
    """The first stage of a draw in two stages."""

    quotas: Row[UnitQuota]
    """In the order of the plan's strata."""
    per_unit: int | None
    """Records drawn of each unit, as far as it holds them; None: all of them."""
    is_by_records: bool
    """Whether a unit is drawn with a chance in proportion to its records; else each alike."""
    units: Row[UnitSize]
    """All units of the frame."""


class PlannedStratum(Recorded):
    """The plan of one stratum."""

    name: str
    population: int
    sample: int
    reserve: int
    expected: Exact | None = None
    """Prevalence expected in it; None where none was stated for strata."""

    @property
    def is_census(self) -> bool:
        """Whether every record of the stratum is drawn."""
        return self.sample == self.population


class Plan(Widened):
    """What ``plan`` writes into the log."""

    SPARE: ClassVar[frozenset[str]] = frozenset(
        {"is_size_weighted", "first_stage", "rolling", "stopping", "looks", "interval"}
    )

    frame_fingerprint: str
    allocation: Coded[Allocation]
    minimum: int
    """Smallest sample asked for in a stratum."""
    confidence: Exact
    margin: Exact | None
    """Half-width that the size was computed from; None where the size was given."""
    expected: Exact | None
    """Prevalence expected, where the supervisor stated one, or the mean of those stated by
    stratum to six digits; always there with a margin."""
    strata: Row[PlannedStratum]
    maximum: int | None = None
    """Largest sample of a stratum; None for no limit."""
    detect: Exact | None = None
    """Prevalence that the size was computed to detect; None where it was not."""
    reserve_rule: str | None = None
    """The reserve as it was asked for, such as ``10%``; None in plans older than the field."""
    is_size_weighted: bool = False
    """Whether records are drawn with a chance in proportion to the frame's sizes."""
    first_stage: FirstStage | None = None
    """Of a draw in two stages; None of any other. The samples of the strata are then what the plan
    draws on average, and their reserves are not known before the draw."""
    rolling: Exact | None = None
    """Of a rolling draw the share of the frame that is drawn; None of any other. The samples of the
    strata are then what the share draws on average, rounded down."""
    stopping: Stopping | None = None
    """When coding stops before the whole sample is coded; None: it does not."""
    looks: int | None = None
    """Looks at a stratified sample before its end; None: none."""
    interval: Coded[StrataInterval] | None = None
    """The exact interval of several strata; None: the default of whatever strata are estimated."""

    @property
    def design(self) -> Design:
        """How the records of a stratum are drawn; given its size a rolling sample is simple."""
        if self.first_stage is not None:
            return Design.TWO_STAGE
        return Design.SIZE_WEIGHTED if self.is_size_weighted else Design.SIMPLE

    @property
    def sample(self) -> int:
        """Records in the sample: n."""
        return sum(stratum.sample for stratum in self.strata)

    @property
    def reserve(self) -> int:
        """Records held in reserve."""
        return sum(stratum.reserve for stratum in self.strata)

    @property
    def population(self) -> int:
        """Records in the frame: N."""
        return sum(stratum.population for stratum in self.strata)

    @property
    def stratum_sizes(self) -> dict[str, int]:
        """N_h by stratum."""
        return {stratum.name: stratum.population for stratum in self.strata}

    @property
    def take(self) -> dict[str, int]:
        """Ranks read from the frame by stratum: sample and reserve."""
        return {stratum.name: stratum.sample + stratum.reserve for stratum in self.strata}

    @property
    def sample_sizes(self) -> dict[str, int]:
        """n_h by stratum."""
        return {stratum.name: stratum.sample for stratum in self.strata}
