"""The choices of the example audit: what a supervisor would have typed, fixed once for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dipsample.demo.extract import INCIDENTS
from dipsample.demo.reviewers import HABITS


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """The example audit from title to reviewers."""

    title: str
    settings: Mapping[str, str]
    """As in ``init --settings``."""
    supervisor: str
    extract_seed: str
    """Behind the invented records."""
    extract_name: str
    incidents: int
    id_column: str
    strata: tuple[str, ...]
    keep: tuple[str, ...]
    """Columns for breakdowns."""
    record: tuple[str, ...]
    """Columns shown to reviewers."""
    quasi: tuple[str, ...]
    """Columns whose power to single people out is shown before the frame is committed."""
    sample: int
    """Cases drawn: n."""
    minimum: int
    """Smallest sample of a stratum."""
    draw_seed: str
    draw_seed_source: str
    reviewers: tuple[str, ...]
    adjudicator: str
    """Who decides where two codings of a case differ; codes none."""
    statement: str
    """What the supervisor signs."""
    entropy: str
    """Name of the fixed entropy: nonces and event ids come from it, nothing selected does."""
    starts_at: str
    """The fixed clock's first reading, RFC 3339, UTC."""


DEMO: Final = DemoPlan(
    title="Counter-allegations and multiple arrests: an example on invented records",
    settings=MappingProxyType(
        {
            "population": "Invented domestic abuse incidents. No record, person or rate is real.",
            "period": "January to December 2025",
            "commissioned_by": "nobody: this is the example that comes with the program",
            "retention": "delete the folder when you have seen enough",
        }
    ),
    supervisor="supervisor",
    extract_seed="dipsample-demo-extract-1",
    extract_name="example-incidents.csv",
    incidents=INCIDENTS,
    id_column="incident_id",
    strata=("flag_group",),
    keep=(
        "bcu",
        "relationship",
        "party_a_sex",
        "party_a_age_band",
        "party_a_ethnicity_sde",
        "party_a_ethnicity_observed",
        "party_b_sex",
        "interpreter_flag",
        "n_persons_arrested",
    ),
    record=("narrative", "crime_or_noncrime", "offence_group", "outcome_code_a"),
    quasi=(
        "reported_month",
        "borough",
        "party_a_sex",
        "party_a_age_band",
        "party_a_ethnicity_sde",
        "relationship",
    ),
    sample=400,
    minimum=50,
    draw_seed="73190482651837465920",
    draw_seed_source=(
        "Twenty digits fixed for the example; a real audit throws ten-sided dice before "
        "witnesses once frame and plan are committed."
    ),
    reviewers=tuple(HABITS),
    adjudicator="r4",
    statement="Every case was read as the codebook says, and the differences were decided.",
    entropy="dipsample-demo",
    starts_at="2026-01-05T09:00:00Z",
)
