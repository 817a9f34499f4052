"""The default engine: frames in files, read by DuckDB.

DuckDB is loaded when an extract is opened. The ticket of an id is ``sha256(PREFIX || id)`` with
the prefix as a bound value; the smallest of each stratum are kept in bounded memory, so that the
draw costs one reading whatever the size of the extract, and none where the fingerprint has been
made before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sampling.draw import RankedRecord
from sampling.engines.designed_draws import SizedDraw, draw_by_size, draw_of_units, read_sizes
from sampling.engines.file_relation import FileRelation, relate
from sampling.engines.opened import OpenFrame
from sampling.extracts.naming import ManyFiles
from sampling.extracts.opening import open_source
from sampling.frame import FrameSpec
from sampling.tickets import prefix

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DRAW_MEMORY: Final = "256MB"
FULL_MEMORY: Final = "70%"
"""Of the machine: checks and fingerprint hold all ids in memory."""

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

    @property
    def engine_version(self) -> str:
        """Name and version of the engine; it has no part in any result."""
        import duckdb

        return f"duckdb {duckdb.__version__}"

    def _smallest(self, hashed_before: str, asked: Mapping[str, int]) -> dict[str, list[str]]:
        """Return ticket and id, as one text, of the smallest tickets of each stratum."""
        is_kept = "_kept" in self.__dict__
        relation = self._kept if is_kept else self._marked
        assert isinstance(relation, FileRelation)  # noqa: S101 - this engine reads files alone
        if not is_kept and not relation.is_loaded:
            self._limit(DRAW_MEMORY)
        sql = _DRAW.format(frame="records" if is_kept else "marked")
        values = [hashed_before, list(asked), list(asked.values())]

        def read() -> tuple[list[tuple[str | None, int, list[str]]], int]:
            groups = relation.connection.execute(sql, values).fetchall()
            return groups, sum(rows for _, rows, _ in groups)

        groups = relation.read_first(read)
        return {stratum: lines for stratum, _, lines in groups if stratum is not None}

    def draw_by_size(
        self, label: str, seed: str, *, sample: Mapping[str, int], take: Mapping[str, int]
    ) -> SizedDraw:
        """Return the first ranks of a size-weighted draw; as :class:`OpenFrame` says."""
        read = partial(read_sizes, self._records(), prefix(label, seed))
        return draw_by_size(read, sample=sample, take=take)

    def draw_of_units(
        self, label: str, seed: str, take: Mapping[str, int]
    ) -> tuple[RankedRecord, ...]:
        """Return the first ranks of each unit; as :class:`OpenFrame` says."""
        return draw_of_units(self._records(), prefix(label, seed), take)

    def _records(self) -> DuckDBPyConnection:
        """Return the connection that has the table ``records``."""
        relation = self._kept
        assert isinstance(relation, FileRelation)  # noqa: S101 - this engine reads files alone
        return relation.connection

    def _make_room(self) -> None:
        self._limit(FULL_MEMORY)

    def _limit(self, memory: str) -> None:
        self._extract.define(f"SET memory_limit = '{memory}'")


@contextmanager
def open_file_frame(
    files: Path | ManyFiles,
    spec: FrameSpec,
    *,
    nonce: str | None = None,
) -> Iterator[DuckDBFrame]:
    """Open files as the frame that a spec makes of them.

    Args:
        files: CSV, gzip of CSV, XLSX or Parquet; many of CSV or of Parquet.
        spec: How the extract becomes a frame.
        nonce: 64 hex digits to hash with the lines; None for none.

    Raises:
        ExtractError: Where a file cannot be read, or a fault stops it (with all faults).
    """
    with open_file(files, spec) as relation:
        yield DuckDBFrame(relation.source, relation, spec, nonce)


@contextmanager
def open_file(
    files: Path | ManyFiles,
    spec: FrameSpec,
) -> Iterator[FileRelation]:
    """Open files as a relation.

    Args:
        files: As for :func:`open_file_frame`.
        spec: How the extract becomes a frame.
    """
    source = open_source(
        files,
        encoding=spec.encoding,
        id_column=spec.id_column_in_extract,
        id_width=spec.id_width,
    )
    with relate(source) as relation:
        yield relation
