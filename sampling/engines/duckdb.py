"""The default engine: frames in files, read by DuckDB.

DuckDB is loaded when an extract is opened. The ticket of an id is ``sha256(PREFIX || id)`` with
the prefix as a bound value; the smallest of each stratum are kept in bounded memory, so that the
draw costs one reading whatever the size of the extract, and none where the fingerprint has been
made before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sampling.engines.file_relation import FileRelation, relate
from sampling.engines.opened import OpenFrame
from sampling.extracts.naming import ManyFiles
from sampling.extracts.opening import open_source
from sampling.extracts.source import Source
from sampling.frame import FrameSpec

DRAW_MEMORY: Final = "256MB"
FULL_MEMORY: Final = "70%"
"""Of the machine: checks and fingerprint hold all ids, sorted, in memory."""

_DRAW: Final = """
SELECT stratum, count(*), min(ticket || id, m) FILTER (WHERE m IS NOT NULL)
FROM (SELECT p.stratum, p.m, f.id, sha256(? || f.id) AS ticket
      FROM {frame} AS f
      LEFT JOIN (SELECT unnest(?::VARCHAR[]) AS stratum, unnest(?::BIGINT[]) AS m) AS p
      ON p.stratum = f.stratum)
GROUP BY stratum
"""
"""Rows that are no records have no id, so no ticket, and are not drawn. They are counted, as are
those of other strata: a count of all rows is the proof that the engine read what our pass did."""


class DuckDBFrame(OpenFrame):
    """An extract in files."""

    def __init__(
        self, source: Source, relation: FileRelation, spec: FrameSpec, nonce: str | None
    ) -> None:
        super().__init__(source, relation, spec, nonce)
        self._files = relation

    @property
    def engine_version(self) -> str:
        """Name and version of the engine; it has no part in any result."""
        import duckdb

        return f"duckdb {duckdb.__version__}"

    def _smallest(self, hashed_before: str, asked: Mapping[str, int]) -> dict[str, list[str]]:
        """Return ticket and id, as one text, of the smallest tickets of each stratum."""
        is_sorted = "_sorted" in self.__dict__
        relation = self._files
        _ = self._sorted if is_sorted else self._marked
        if not is_sorted and not relation.is_loaded:
            self._limit(DRAW_MEMORY)
        sql = _DRAW.format(frame="records" if is_sorted else "marked")
        values = [hashed_before, list(asked), list(asked.values())]

        def read() -> tuple[list[tuple[str | None, int, list[str]]], int]:
            groups = relation.connection.execute(sql, values).fetchall()
            return groups, sum(rows for _, rows, _ in groups)

        groups = relation.read_first(read)
        return {stratum: lines for stratum, _, lines in groups if stratum is not None}

    def _make_room(self) -> None:
        self._limit(FULL_MEMORY)

    def _limit(self, memory: str) -> None:
        self._relation.define(f"SET memory_limit = '{memory}'")


@contextmanager
def open_file_frame(
    files: Path | ManyFiles,
    spec: FrameSpec,
    *,
    nonce: str | None = None,
    scratch: Path | None = None,
) -> Iterator[DuckDBFrame]:
    """Open files as the frame that a spec makes of them.

    Args:
        files: CSV, gzip of CSV, XLSX or Parquet; many of CSV or of Parquet.
        spec: How the extract becomes a frame.
        nonce: 64 hex digits to hash with the lines; None for none.
        scratch: Folder for what does not fit into memory; None: nothing touches the disk.

    Raises:
        ExtractError: Where a file cannot be read, or a fault stops it (with all faults).
    """
    with open_file(files, spec, scratch=scratch) as relation:
        yield DuckDBFrame(relation.source, relation, spec, nonce)


@contextmanager
def open_file(
    files: Path | ManyFiles,
    spec: FrameSpec | None,
    *,
    encoding: str | None = None,
    scratch: Path | None = None,
) -> Iterator[FileRelation]:
    """Open files as a relation.

    Args:
        files: As for :func:`open_file_frame`.
        spec: How the extract becomes a frame; None where that is not known yet.
        encoding: Of a text file without spec, that is neither UTF-8 nor marked as UTF-16.
        scratch: As for :func:`open_file_frame`.
    """
    source = open_source(
        files,
        encoding=spec.encoding if spec else encoding,
        id_column=spec.id_column if spec else None,
        id_width=spec.id_width if spec else None,
    )
    with relate(source, scratch) as relation:
        yield relation
