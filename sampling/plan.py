"""A plan: how many records are drawn from each stratum, fixed before any seed."""

from __future__ import annotations

from enum import StrEnum

from sampling.recorded import Coded, Exact, Recorded, Row


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


class Plan(Recorded):
    """What ``plan`` writes into the log."""

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
