"""What kind of file an extract is, and how an engine may read it.

A source says nothing of single records: it is what one pass over the bytes could tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from sampling.checks import Fault

BLOCK_BYTES = 1 << 20

MAX_CELL_CHARACTERS = 1 << 20
"""A cell of a text file that is longer is a fault of quoting, not a record."""

MAX_COLUMNS = 500


class RowReader(Protocol):
    """Rows read one by one by Python: spreadsheets, other encodings, and files with faults."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was wrong; complete once the rows have been read."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number (the header is 1) and cells of every row that can be read.

        Rows without faults have exactly one cell a column.
        """


@dataclass(frozen=True, slots=True)
class PlainCsv:
    """A text file that an engine may read by itself: UTF-8, every quotation mark in its place."""

    columns: tuple[str, ...]
    delimiter: str
    rows: int
    """Records after the header, as our own pass counted them."""
    exact: RowReader
    """Reads the same file where an engine refuses it or counts other rows."""


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file; its columns are in its own footer."""


@dataclass(frozen=True, slots=True)
class RowStream:
    """A file that is read by Python."""

    columns: tuple[str, ...]
    reader: RowReader


class Stamp(NamedTuple):
    """What changes when a file is written to or replaced."""

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Return the stamp that a file has now."""
        now = path.stat()
        return cls(now.st_size, now.st_mtime_ns, now.st_ino)


@dataclass(frozen=True, slots=True)
class Source:
    """An extract whose bytes have been read once."""

    path: Path
    sha256: str
    """SHA-256 of the file."""
    read_as: str
    """How it is read, in words."""
    content: PlainCsv | Parquet | RowStream
    faults: tuple[Fault, ...]
    """What the first pass and the header showed."""
    stamp: Stamp
    """Of the file as the first pass found it."""

    @property
    def name(self) -> str:
        """File name without its folder."""
        return self.path.name
