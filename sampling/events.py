"""What happened to a sample: the facts that the log keeps.

Order in a log that follows the rules: frame, then plan, then seed and draw.
"""

from __future__ import annotations

from typing import Literal

from sampling.draw import DrawnRecord
from sampling.frame import Frame
from sampling.plan import Plan
from sampling.recorded import Recorded, Row


class FrameCommitted(Recorded):
    """The supervisor fixed which records can be drawn."""

    v: Literal[1] = 1
    frame: Frame


class PlanCommitted(Recorded):
    """The supervisor fixed how many are drawn from each stratum, before any seed."""

    v: Literal[1] = 1
    plan: Plan


class SeedRevealed(Recorded):
    """The seed became known to this project."""

    v: Literal[1] = 1
    seed: str
    source: str
    """One sentence: where it came from and who saw it."""


class SampleDrawn(Recorded):
    """The sample was drawn: its size and digest; the records follow in parts."""

    v: Literal[1] = 1
    draw_number: int
    """This is draw number so many on these records in this project, from 1."""
    frame_fingerprint: str
    sample: int
    reserve: int
    sample_digest: str
    parts: int
    engine: str
    """Name and version of the engine that drew; it has no part in the result."""


class RecordsDrawn(Recorded):
    """One part of the drawn records; parts keep an event under the ledger's limit."""

    v: Literal[1] = 1
    draw_number: int
    part: int
    records: Row[DrawnRecord]
    material_sha256: Row[str]
    """For each record the SHA-256 of what coders are shown of it."""
