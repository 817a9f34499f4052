"""Frames, plans and samples for the tests of findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import pytest

from review.codebook import builtin_codebook
from review.finding import Finding
from review.findings import CodedCase, find, readings
from review.waves import Wave
from sampling.frame import ColumnCounts, Frame, FrameSpec, StratumSize, ValueCount
from sampling.plan import Allocation, Plan, PlannedStratum

CODEBOOK = builtin_codebook("da-short")


def frame_of(
    sizes: Mapping[str, int], kept: Mapping[str, Mapping[tuple[str, str], int]] | None = None
) -> Frame:
    columns = kept or {}
    return Frame(
        spec=FrameSpec(
            id_column="id",
            strata_columns=("stratum",) if len(sizes) > 1 else (),
            keep=(*columns, "many"),
        ),
        source_name="extract.csv",
        source_sha256="0" * 64,
        rows=sum(sizes.values()),
        records=sum(sizes.values()),
        fingerprint="0" * 64,
        ids_fingerprint="0" * 64,
        nonce=None,
        strata=tuple(StratumSize(name=name, records=size) for name, size in sizes.items()),
        exclusions=(),
        kept_counts=tuple(
            ColumnCounts(
                column=column,
                counts=tuple(
                    ValueCount(stratum=stratum, value=value, records=records)
                    for (stratum, value), records in counts.items()
                ),
            )
            for column, counts in columns.items()
        ),
        accepted=(),
        identifiability=(),
    )


def plan_of(sizes: Mapping[str, int], samples: Mapping[str, int]) -> Plan:
    return Plan(
        frame_fingerprint="0" * 64,
        allocation=Allocation.PROPORTIONAL,
        minimum=2,
        confidence=Decimal("0.95"),
        margin=None,
        expected=None,
        strata=tuple(
            PlannedStratum(name=name, population=size, sample=samples[name], reserve=0)
            for name, size in sizes.items()
        ),
    )


def findings_of(
    cases: Sequence[CodedCase],
    sizes: Mapping[str, int],
    *,
    by: Sequence[str] = (),
    kept: Mapping[str, Mapping[tuple[str, str], int]] | None = None,
    only: Sequence[str] | None = ("C.1",),
) -> tuple[Finding, ...]:
    samples = {name: sum(one.stratum == name for one in cases) for name in sizes}
    return find(
        CODEBOOK, frame_of(sizes, kept), plan_of(sizes, samples), cases,
        indicators=only, by=by, confidence=0.95,
    )  # fmt: skip


@pytest.fixture(scope="session")
def findings_on() -> Callable[..., tuple[Finding, ...]]:
    """Findings of cases drawn from a frame with strata of the given sizes."""
    return findings_of


@pytest.fixture(scope="session")
def designed() -> Callable[..., tuple[Frame, Plan]]:
    """A frame and a plan, from the sizes of strata and of their samples."""
    return lambda sizes, samples: (frame_of(sizes), plan_of(sizes, samples))


def wave_of(
    cases: Sequence[CodedCase],
    sizes: Mapping[str, int],
    *,
    seed: str,
    only: Sequence[str] = ("C.1",),
    confidence: float = 0.95,
) -> Wave:
    samples = {name: sum(one.stratum == name for one in cases) for name in sizes}
    frame, plan = frame_of(sizes), plan_of(sizes, samples)
    return Wave(
        title=f"wave of seed {seed}",
        codebook=f"{CODEBOOK.id} {CODEBOOK.version}",
        codebook_id=CODEBOOK.id,
        codebook_sha256=CODEBOOK.sha256,
        seed=seed,
        open_cases=sum(not case.is_settled for case in cases),
        indicators=("C.1", "M7"),
        findings=find(CODEBOOK, frame, plan, cases, indicators=only, confidence=confidence),
        readings=readings(CODEBOOK, frame, plan, cases, indicators=only),
    )


@pytest.fixture(scope="session")
def wave_on() -> Callable[..., Wave]:
    """A wave of cases drawn from a frame with strata of the given sizes."""
    return wave_of
