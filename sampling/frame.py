"""A committed frame: which records could have been drawn, and the proof of it.

The extract itself stays where it is. A frame keeps its fingerprint, its counts, what was left
out and why, and how it was read, so that anyone with the extract can build it again.
"""

from __future__ import annotations

from sampling.recorded import Recorded, Row

WHOLE_FRAME = "all"
"""The stratum of every record where the frame is not stratified."""

STRATUM_JOINT = " / "
"""What stands between the values of several stratum columns."""

MAX_COUNTED_VALUES = 50
"""A kept column with more values than this has no counts in the frame."""


class Only(Recorded):
    """Records are kept where ``column`` holds one of ``values``."""

    column: str
    values: Row[str]


class Accepted(Recorded):
    """A kind of fault that the supervisor accepted, with the reason."""

    code: str
    reason: str


class FrameSpec(Recorded):
    """How an extract becomes a frame."""

    id_column: str
    """The column that holds the record ids."""
    strata_columns: Row[str] = ()
    """Columns whose values, joined, are the stratum; none: one stratum, ``all``."""
    keep: Row[str] = ()
    """Category columns of drawn records that enter the project, for breakdowns."""
    record: Row[str] = ()
    """Columns of drawn records shown to coders as the record."""
    quasi: Row[str] = ()
    """Columns that could single a person out, for the table of identifiability."""
    only: Row[Only] = ()
    """Filters; what they leave out is counted."""
    accept: Row[Accepted] = ()
    """Kinds of fault accepted, with reasons."""
    blank_stratum: str | None = None
    """The stratum of records whose stratum value is blank; None: such records are an error."""
    encoding: str | None = None
    """The encoding of a text extract where it is neither UTF-8 nor marked UTF-16."""
    id_width: int | None = None
    """Width to which numeric ids of a spreadsheet are padded with zeros."""


class StratumSize(Recorded):
    """One stratum of the frame."""

    name: str
    records: int


class Exclusion(Recorded):
    """Records that were in the extract and are not in the frame."""

    reason: str
    """Such as ``record_status is not one of: open`` or ``wholly blank rows at the end``."""
    records: int


class ValueCount(Recorded):
    """Records of one stratum with one value of a kept column; blank is the empty text."""

    stratum: str
    value: str
    records: int


class ColumnCounts(Recorded):
    """The frame's counts of one kept column, within each stratum."""

    column: str
    counts: Row[ValueCount]


class Uniqueness(Recorded):
    """How identifiable the records are on some columns together."""

    columns: Row[str]
    combinations: int
    """Distinct combinations of values that occur."""
    unique: int
    """Records that are alone in their combination."""
    under_five: int
    """Records in combinations of fewer than five."""


class Frame(Recorded):
    """What ``frame commit`` writes into the log."""

    spec: FrameSpec
    source_name: str
    """File name of the extract, without its folder."""
    source_sha256: str
    rows: int
    """Data rows read."""
    records: int
    """Records in the frame: N."""
    fingerprint: str
    """SHA-256 of the sorted lines ``ID TAB STRATUM``; equals ``LC_ALL=C sort | sha256sum``."""
    ids_fingerprint: str
    """The same over the ids alone: tells whether two frames hold the same records."""
    nonce: str | None
    """64 hex digits hashed with the lines where ids can be guessed; None where not asked for."""
    strata: Row[StratumSize]
    """In ascending order of the name's UTF-8 bytes."""
    exclusions: Row[Exclusion]
    kept_counts: Row[ColumnCounts]
    """Kept columns of at most 50 values."""
    accepted: Row[Accepted]
    """What was accepted and did occur."""
    identifiability: Row[Uniqueness]

    @property
    def stratum_sizes(self) -> dict[str, int]:
        """Records by stratum."""
        return {stratum.name: stratum.records for stratum in self.strata}

    @property
    def is_stratified(self) -> bool:
        """Whether strata were asked for."""
        return bool(self.spec.strata_columns)

    def counts_of(self, column: str) -> ColumnCounts | None:
        """Return the counts of a kept column, or None where the frame has none."""
        return next((counts for counts in self.kept_counts if counts.column == column), None)
