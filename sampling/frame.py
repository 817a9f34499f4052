"""A committed frame: which records could have been drawn, and the proof of it.

The extract itself stays where it is. A frame keeps its fingerprint, its counts, what was left
out and why, and how it was read, so that anyone with the extract can build it again.
"""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar

from pydantic import Strict

from sampling.collapsing import Collapsed, ColumnRule
from sampling.questions import Question
from sampling.recorded import Coded, Recorded, Row, Widened

WHOLE_FRAME = "all"
"""The stratum of every record where the frame is not stratified."""

STRATUM_JOINT = " / "
"""What stands between the values of several stratum columns."""

DRAWN_BEFORE = "drawn in an earlier wave"
"""The reason of records that are left out because an earlier wave drew them."""

MAX_COUNTED_VALUES = 50
"""A kept column with more values than this has no counts in the frame."""


_Day = Annotated[datetime.date, Strict(False)]
"""A day; JSON has none, so YYYY-MM-DD is taken as well."""


class Only(Recorded):
    """Records are kept where ``column`` holds one of ``values``."""

    column: str
    values: Row[str]


class Accepted(Recorded):
    """A kind of fault that the supervisor accepted, with the reason."""

    code: str
    reason: str


class Renamed(Recorded):
    """A column that has another name in the frame than in the extract."""

    column: str
    name: str


class Neighbour(Recorded):
    """The stratum that another one is joined to where too few of its records were read."""

    stratum: str
    neighbour: str


class Period(Recorded):
    """The period of an audit, and the column that says when a record happened."""

    column: str
    first: _Day
    last: _Day
    """The last day of the period itself."""


class Answer(Recorded):
    """What the owner of the extract says of what no check can tell."""

    question: Coded[Question]
    answer: str


class StratumSize(Recorded):
    """One stratum of the frame."""

    name: str
    records: int


class FrameSpec(Widened):
    """How an extract becomes a frame."""

    SPARE: ClassVar[frozenset[str]] = frozenset(
        {"size_column", "unit_column", "excluded", "collapse", "rules", "renamed", "neighbours"}
        | {"independent", "period", "answers"}
    )

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
    size_column: str | None = None
    """The column of sizes for a size-weighted draw; None for none."""
    unit_column: str | None = None
    """The column of units for a draw in two stages; None for none."""
    excluded: str | None = None
    """SHA-256 of the sorted lines ``ID LF`` of the records that earlier waves drew and that are
    left out; None where none are."""
    collapse: str | None = None
    """The key that makes one record of several rows; None: a row is a record."""
    rules: Row[ColumnRule] = ()
    """What a record holds of columns in which its rows differ."""
    renamed: Row[Renamed] = ()
    """Columns under other names; every other field speaks of the new ones."""
    neighbours: Row[Neighbour] = ()
    """Which strata are joined first; others are joined to the next in bytewise order."""
    independent: Row[StratumSize] = ()
    """Records by stratum as somebody else counted them."""
    period: Period | None = None
    """Days outside it are counted, and stay in the frame."""
    answers: Row[Answer] = ()
    """What was said of the extract that no check can tell."""

    @property
    def names(self) -> dict[str, str]:
        """By name of a column in the extract, its name in the frame, where that is another."""
        return {one.column: one.name for one in self.renamed}

    @property
    def id_column_in_extract(self) -> str | None:
        """The name of the id column in the extract; None where none is named."""
        before = {one.name: one.column for one in self.renamed}
        return before.get(self.id_column, self.id_column) or None


class UnitSize(Recorded):
    """One unit of the frame: the first stage of a draw in two stages."""

    stratum: str
    name: str
    """Its code; the same name never stands in two strata."""
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


class SourceFile(Recorded):
    """One of the many files of an extract."""

    name: str
    """Without its folder."""
    sha256: str


class Frame(Widened):
    """What ``frame commit`` writes into the log."""

    SPARE: ClassVar[frozenset[str]] = frozenset(
        {"units", "units_fingerprint", "collapsed", "unit_of_rows", "files"}
    )

    spec: FrameSpec
    source_name: str
    """File name of the extract, without its folder."""
    source_sha256: str
    """Of the file; of many files the SHA-256 of what ``sha256sum`` prints of them, sorted by name;
    empty for a relation of a warehouse, whose bytes are read by nobody."""
    rows: int
    """Data rows read."""
    records: int
    """Records in the frame: N."""
    fingerprint: str
    """SHA-256 of the sorted lines ``ID TAB STRATUM``, with ``TAB SIZE`` where there are sizes;
    equals ``LC_ALL=C sort | sha256sum``."""
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
    units: Row[UnitSize] = ()
    """In ascending order of stratum, then of name, by UTF-8 bytes."""
    files: Row[SourceFile] = ()
    """Each of many files, in order of their names' bytes; none where it is one."""
    units_fingerprint: str | None = None
    """SHA-256 of the sorted lines ``ID TAB UNIT``; None without units."""
    collapsed: Collapsed | None = None
    """What making one record of several rows did; None where a row is a record."""
    unit_of_rows: str | None = None
    """What a record is where it seems to be no incident, such as ``crime``; else None."""

    @property
    def source_digest(self) -> str:
        """SHA-256 of the extract, or why there is none."""
        return self.source_sha256 or "none: it is a relation of a warehouse, not a file"

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
