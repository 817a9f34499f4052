"""Committed frames for the tests of plan, ceremony and draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

import pytest

from sampling.frame import Frame, FrameSpec, StratumSize

FrameOf = Callable[..., Frame]


def _frame_of(sizes: Mapping[str, int], *, ids: str = "ids", version: int = 1) -> Frame:
    """Return a frame of these strata; ``ids`` stands for its records, ``version`` for the rest."""
    strata = sorted(sizes.items(), key=lambda item: item[0].encode())
    return Frame(
        spec=FrameSpec(id_column="id", strata_columns=() if list(sizes) == ["all"] else ("area",)),
        source_name="extract.csv",
        source_sha256="0" * 64,
        rows=sum(sizes.values()),
        records=sum(sizes.values()),
        fingerprint=sha256(f"{strata} {ids} {version}".encode()).hexdigest(),
        ids_fingerprint=sha256(ids.encode()).hexdigest(),
        nonce=None,
        strata=tuple(StratumSize(name=name, records=records) for name, records in strata),
        exclusions=(),
        kept_counts=(),
        accepted=(),
        identifiability=(),
    )


@pytest.fixture(scope="session")
def frame_of() -> FrameOf:
    """Make a frame from its counts by stratum."""
    return _frame_of
