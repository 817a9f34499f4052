"""Many files as one extract: all CSV or all Parquet, all with one header.

Their order does not matter: a frame is a set of ids. Rows are counted as though the files stood
one after the other, in order of their names, with one header and no blank rows at their ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from sampling.checks import Fault
from sampling.errors import ExtractError
from sampling.extracts.beside import Beside
from sampling.extracts.naming import ManyFiles
from sampling.extracts.source import (
    FileDigest,
    Parquet,
    PlainCsv,
    RowReader,
    RowStream,
    Source,
)
from sampling.extracts.survey import Survey, survey


@dataclass(slots=True)
class _Chain:
    """The rows of several readers, one after the other."""

    readers: Sequence[tuple[str, RowReader]]
    _last: int = 1

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was wrong, with the name of the file; rows are counted within it."""
        return tuple(
            replace(fault, message=f"In {name}: {fault.message}")
            for name, reader in self.readers
            for fault in reader.faults
        )

    @property
    def last_row(self) -> int:
        """Number of the last row that is not blank; known once the rows have been read."""
        return self._last

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number and cells of every sound row; one that is refused keeps its number."""
        before = 0
        for _, reader in self.readers:
            for row, cells in reader.rows():
                yield before + row, cells
            before += reader.last_row - 1
        self._last = before + 1


def join(files: ManyFiles, parts: Sequence[Source]) -> Source:
    """Make one extract of many files.

    Args:
        files: Their name.
        parts: Each of them, opened; nothing of them has been begun.

    Raises:
        ExtractError: Where their kinds or their headers differ.
    """
    digests = Beside(lambda is_over: _digests(parts, is_over))
    kinds = {part.read_as for part in parts}
    return Source(
        Path(files.name),
        Beside(lambda _: _whole(digests.result())),
        f"{len(parts):,} files, {'; '.join(sorted(kinds))}",
        _content(parts),
        parts[0].faults,
        tuple(stamp for part in parts for stamp in part.stamps),
        files.paths,
        digests,
    )


def _content(parts: Sequence[Source]) -> PlainCsv | Parquet | RowStream:
    contents = [part.content for part in parts]
    if all(isinstance(content, Parquet) for content in contents):
        return Parquet()
    texts = [content for content in contents if isinstance(content, (PlainCsv, RowStream))]
    if len(texts) < len(parts) or any(part.read_as.startswith("XLSX") for part in parts):
        raise ExtractError("The files are of several kinds; name files that are all CSV.")
    columns = texts[0].columns
    for part, content in zip(parts, texts, strict=True):
        if content.columns != columns:
            raise ExtractError(
                f"The header of {part.name} is not that of {parts[0].name}; the files of one "
                "extract have the same columns in the same order."
            )
    chain = _Chain([(part.name, _reader(text)) for part, text in zip(parts, texts, strict=True)])
    plain = [content for content in texts if isinstance(content, PlainCsv)]
    ways = {(content.delimiter, content.is_packed) for content in plain}
    if len(plain) < len(texts) or len(ways) > 1:
        return RowStream(columns, chain)
    delimiter, is_packed = ways.pop()
    paths = [part.path for part in parts]
    seen = Beside(partial(_survey, paths, delimiter, len(columns)))
    return PlainCsv(columns, delimiter, seen, chain, is_packed)


def _reader(content: PlainCsv | RowStream) -> RowReader:
    return content.exact if isinstance(content, PlainCsv) else content.reader


def _survey(
    paths: Sequence[Path], delimiter: str, columns: int, is_over: Callable[[], bool]
) -> Survey:
    """Return what a pass over all files sees, the headers after the first left out."""
    seen = [survey(path, delimiter, is_over) for path in paths]
    further = len(seen) - 1
    return Survey(
        delimiter,
        is_sound=all(one.is_sound for one in seen),
        records=sum(one.records for one in seen) - further,
        separators=sum(one.separators for one in seen) - further * (columns - 1),
        has_broken_cells=any(one.has_broken_cells for one in seen),
    )


def _digests(parts: Sequence[Source], is_over: Callable[[], bool]) -> tuple[FileDigest, ...]:
    """Return the digest of each file; none of those not begun when nobody needs them."""
    return tuple(FileDigest(part.name, part.digest.result()) for part in parts if not is_over())


def _whole(digests: Sequence[FileDigest]) -> str:
    """Return the SHA-256 of the lines that ``sha256sum`` prints in the folder, sorted by name."""
    lines = sorted((one.name, f"{one.sha256}  {one.name}\n") for one in digests)
    return sha256("".join(line for _, line in lines).encode()).hexdigest()
