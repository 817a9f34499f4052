"""What was found in an extract: faults with their places, columns, and sizes.

Types only, standard library only: what each fault means stands in ``sampling.faults``, and the
engines under ``sampling.engines`` find them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sampling.collapsing import Collapsed
    from sampling.frame import StratumSize, Uniqueness

MAX_PLACES = 100
"""Places listed of one fault; its count covers all of them."""


class Severity(StrEnum):
    """Whether a fault stops an extract from becoming a frame."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is."""

    row: int | None
    """As a spreadsheet counts: the header is row 1; None where a whole column is meant."""
    column: str | None
    """Name of the column as in the header; None where a whole row is meant."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault in one column or in the file."""

    code: str
    """Short and fixed, such as ``repeated-id``; listed in ``sampling.faults``."""
    severity: Severity
    message: str
    """What is wrong and the way out, in plain words; never a value of the extract that could
    say something of a person."""
    count: int
    """How often it occurs."""
    places: tuple[Place, ...]
    """The first hundred places, in the order of the file."""
    acceptable: bool
    """Whether a supervisor may accept it with a reason."""


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column of the extract."""

    name: str
    blank: int
    """Rows in which it is blank."""
    distinct: int
    """Different values, the blank not counted."""
    distinct_is_exact: bool
    """False where a column of very many values was estimated."""
    most: tuple[tuple[str, int], ...]
    """The most frequent values with their counts; empty for columns of many values and for
    columns that could hold personal data."""


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What ``frame check`` says of an extract."""

    source_name: str
    """File name without its folder."""
    source_sha256: str
    """SHA-256 of the file, 64 lower-case hex digits."""
    read_as: str
    """How the file was read, such as ``CSV, comma, UTF-8``."""
    rows: int
    """Data rows, wholly blank rows at the end left out."""
    unread_rows: int
    """Those of them that a fault kept from being read: they are in no other number."""
    records: int
    """Records whose identifiability was measured: rows, unless some are collapsed or left out."""
    columns: tuple[ColumnProfile, ...]
    faults: tuple[Fault, ...]
    """Errors first; within a severity in the order of the checks."""
    collapsed: Collapsed | None
    """What making one record of several rows would do; None where it was not asked for."""
    identifiability: tuple[Uniqueness, ...]
    """The growing table of the columns that could single a person out."""
    mended: tuple[Uniqueness, ...]
    """The same sets with months for dates, ten-year bands for ages and what the settings name;
    empty unless asked for."""
    subsets: tuple[Uniqueness, ...]
    """Every subset of up to three of those columns, worst first; empty unless asked for."""
    strata: tuple[StratumSize, ...]
    """Records by stratum, in ascending order of the name's bytes."""
    independent: tuple[StratumSize, ...]
    """The same as somebody else counted them; empty where nobody did."""
    id_candidates: tuple[str, ...]
    """Columns without repeats or blanks, where no id column was named."""
    accepted: frozenset[str]
    """Codes that the supervisor accepted."""

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Faults that stop the extract from becoming a frame."""
        return tuple(fault for fault in self.faults if self._stops(fault))

    def _stops(self, fault: Fault) -> bool:
        accepted = fault.acceptable and fault.code in self.accepted
        return fault.severity is Severity.ERROR and not accepted
