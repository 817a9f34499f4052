"""What happened to a sample: the facts that the log keeps.

Order in a log that follows the rules: frame, then plan, then seed and draw, then extensions and
replacements in any order; of a rolling draw the growth of its frame, and last its closing.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from sampling.draw import DrawnRecord, ReplacementReason
from sampling.frame import Frame
from sampling.plan import Plan
from sampling.recorded import Coded, Recorded, Row, Widened


class FrameCommitted(Recorded):
    """The supervisor fixed which records can be drawn."""

    v: Literal[1] = 1
    frame: Frame


class EarlierWavesListed(Recorded):
    """One part of the ids that earlier waves drew, which the next frame leaves out."""

    v: Literal[1] = 1
    part: int
    parts: int
    record_ids: Row[str]
    """Sorted by bytes, over all parts."""


class PlanCommitted(Recorded):
    """The supervisor fixed how many are drawn from each stratum, before any seed."""

    v: Literal[1] = 1
    plan: Plan


class JointSeedOpened(Recorded):
    """Several parties are to make the seed together; frame and plan stand from here on."""

    v: Literal[1] = 1
    parties: Row[str]


class SeedCommitted(Recorded):
    """A party published the SHA-256 of its contribution."""

    v: Literal[1] = 1
    party: str
    commitment: str


class SeedContributed(Recorded):
    """A party showed its contribution, after every commitment was in."""

    v: Literal[1] = 1
    party: str
    contribution: str


class SeedRevealed(Recorded):
    """The seed became known to this project."""

    v: Literal[1] = 1
    seed: str
    source: str
    """One sentence: where it came from and who saw it."""


class StratumSizes(Recorded):
    """What the chances of a size-weighted draw rest on in one stratum."""

    name: str
    certain: int
    """Records that were drawn for certain; theirs are the first ranks."""
    rest: str
    """The sizes of all others together, in millionths: a whole number."""


class SampleDrawn(Widened):
    """The sample was drawn: its size and digest; the records follow in parts."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"sizes"})

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
    sizes: Row[StratumSizes] = ()
    """Of a size-weighted draw, in the order of the plan's strata; empty of any other."""


class RecordsDrawn(Recorded):
    """One part of the drawn records; parts keep an event under the ledger's limit."""

    v: Literal[1] = 1
    draw_number: int
    part: int
    records: Row[DrawnRecord]
    material_sha256: Row[str]
    """For each record the SHA-256 of what coders are shown of it."""


class ExtendedStratum(Recorded):
    """One stratum after an extension."""

    name: str
    sample: int
    """Records in the sample: n_h."""
    reserve: int
    """Records in reserve: r_h."""


class SampleExtended(Recorded):
    """The sample grew by the next ranks; records new to the project follow in parts.

    Records of the reserve that the sample grew over keep their case numbers.
    """

    v: Literal[1] = 1
    draw_number: int
    extension: int
    """This is extension number so many of the draw, from 1."""
    before: int
    """Size of the sample before."""
    size: int
    strata: Row[ExtendedStratum]
    """In ascending order of the name's UTF-8 bytes."""
    added: int
    """Records that were not drawn before: for the sample, and to fill the reserve."""
    sample_digest: str
    """Of all drawn records, as in ``SampleDrawn``."""
    parts: int
    releases_before: int
    """How often findings had been exported before: whoever has seen figures could choose when
    to stop."""
    engine: str


class RecordsAdded(Recorded):
    """One part of the records that an extension added."""

    v: Literal[1] = 1
    extension: int
    part: int
    records: Row[DrawnRecord]
    material_sha256: Row[str]
    """For each record the SHA-256 of what coders are shown of it."""


class RenumberedCase(Recorded):
    """A reserve record that goes on under another number."""

    case_id: str
    """The number that it had, which is free by this."""
    now: str
    material_sha256: str
    """SHA-256 of what coders are shown of it, its number among it."""


class ReserveRenumbered(Recorded):
    """Reserve records took new numbers; theirs are free for cases that are no records."""

    v: Literal[1] = 1
    moved: Row[RenumberedCase]
    """In the order of the ``gold`` tickets of the numbers that became free."""


class FrameGrown(Recorded):
    """The frame of a rolling draw took in a later extract; the records it draws follow in parts."""

    v: Literal[1] = 1
    growth: int
    """This is growth number so many of the frame, from 1."""
    before: str
    """Fingerprint of the frame before; all of its records are in this one, in their strata."""
    frame: Frame
    added: int
    """Records that were drawn of those that are new."""
    sample_digest: str
    """Of all drawn records, as in ``SampleDrawn``."""
    parts: int
    releases_before: int
    """How often findings had been exported before."""
    engine: str


class FrameClosed(Recorded):
    """The frame of a rolling draw takes in nothing more."""

    v: Literal[1] = 1
    fingerprint: str
    """Of the frame as it stands."""


class CaseReplaced(Widened):
    """A case left the sample, and the next of the reserve of its stratum took its place."""

    SPARE: ClassVar[frozenset[str]] = frozenset({"unit"})

    v: Literal[1] = 1
    case_id: str
    replaced_by: str
    """The case of the lowest rank that was in reserve."""
    stratum: str
    reason: Coded[ReplacementReason]
    unit: str | None = None
    """Of a draw in two stages, where the reserve is that of the unit; None of any other."""

    @property
    def group(self) -> str:
        """Whose reserve it came from: the unit's in a draw in two stages, else the stratum's."""
        return self.stratum if self.unit is None else self.unit
