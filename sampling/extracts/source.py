"""What kind of file an extract is, and how an engine may read it.

A source says nothing of single records: it is what its header and its bytes tell. Its bytes are
read beside the engine, and what the engine read is believed only once they have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sampling.checks import Fault
from sampling.errors import ExtractError
from sampling.extracts.beside import Beside

if TYPE_CHECKING:
    from sampling.extracts.survey import Survey

BLOCK_BYTES = 1 << 20

MAX_CELL_CHARACTERS = 1 << 20
"""A cell of a text file that is longer is a fault of quoting, not a record, whoever reads it."""

MAX_COLUMNS = 500


class RowReader(Protocol):
    """Rows read one by one by Python: spreadsheets, other encodings, and files with faults."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was wrong; complete once the rows have been read."""

    @property
    def last_row(self) -> int:
        """Number of the last row that is not blank, read or refused; 1 where there is none.

        Complete once the rows have been read.
        """

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number (the header is 1) and cells of every row that can be read.

        Rows without faults have exactly one cell a column.
        """


@dataclass(frozen=True, slots=True)
class PlainCsv:
    """A UTF-8 text file that an engine may read by itself where our own pass finds it sound."""

    columns: tuple[str, ...]
    delimiter: str
    survey: Beside[Survey]
    """Our own pass, which has begun."""
    exact: RowReader
    """Reads the same file where it is not sound, or an engine refuses it or counts other rows."""
    is_packed: bool = False
    """Whether the files are gzip archives."""


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file; its columns are in its own footer."""


@dataclass(frozen=True, slots=True)
class RowStream:
    """A file that is read by Python."""

    columns: tuple[str, ...]
    reader: RowReader


@dataclass(frozen=True, slots=True)
class InWarehouse:
    """A relation that stays where it is: its bytes are not read here."""


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


class FileDigest(NamedTuple):
    """One of many files."""

    name: str
    """Without its folder."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """An extract whose header has been read."""

    path: Path
    """Of the file; of many files only the name that stands for all; of a relation its name."""
    digest: Beside[str]
    """SHA-256 of the file; made for a commit or a check, and a draw goes by the fingerprint. Of
    many files that of what ``sha256sum`` prints of them; empty for a relation."""
    read_as: str
    """How it is read, in words."""
    content: PlainCsv | Parquet | RowStream | InWarehouse
    faults: tuple[Fault, ...]
    """What the header showed."""
    stamps: tuple[Stamp, ...] = ()
    """Of each file before any of it was read."""
    parts: tuple[Path, ...] = ()
    """Many files, in order; none where it is one file."""
    digests: Beside[tuple[FileDigest, ...]] | None = None
    """Of each of many files."""

    def close(self) -> None:
        """End what still runs beside; nobody needs it any more."""
        if self.digests is not None:
            self.digests.stop()
        self.digest.stop()
        if isinstance(self.content, PlainCsv):
            self.content.survey.stop()

    @property
    def name(self) -> str:
        """File name without its folder."""
        return self.path.name

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file of it."""
        return self.parts or (self.path,)

    def each_digest(self) -> tuple[FileDigest, ...]:
        """Return the digest of each of many files; none where it is one."""
        return () if self.digests is None else self.digests.result()

    def check_unchanged(self) -> None:
        """Refuse to go on where a file is no longer the one whose bytes were checked.

        Raises:
            ExtractError: Where one was written to, replaced or removed.
        """
        for path, stamp in zip(self.paths, self.stamps, strict=False):
            try:
                is_same = Stamp.of(path) == stamp
            except OSError as error:
                raise unreadable(path, error) from error
            if not is_same:
                raise ExtractError(
                    f"The file {path.name} was changed while it was read; start again once "
                    "nothing writes to it."
                )


def unreadable(path: Path, error: OSError) -> ExtractError:
    """Return what is said of a file that the system does not let us read."""
    return ExtractError(
        f"The file {path.name} cannot be read ({error.strerror}); check its name and rights."
    )
