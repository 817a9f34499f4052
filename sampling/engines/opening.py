"""Opens an extract with the engine that its name asks for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sampling.checks import ExtractReport
from sampling.engines.duckdb import open_file, open_file_frame
from sampling.engines.examine import Options, examine
from sampling.engines.opened import OpenFrame
from sampling.engines.relation import Relation
from sampling.engines.remaining import Remaining, count_remaining
from sampling.engines.selection import Wanted
from sampling.engines.warehouse import WarehouseFrame
from sampling.extracts.naming import Extract, ManyFiles, PostgresRelation, SparkTable
from sampling.frame import FrameSpec
from sampling.identifiability import Coarser


@contextmanager
def open_frame(
    extract: Extract, spec: FrameSpec, *, nonce: str | None = None
) -> Iterator[OpenFrame]:
    """Open an extract as the frame that a spec makes of it.

    Args:
        extract: Where it is.
        spec: How the extract becomes a frame.
        nonce: 64 hex digits to hash with the lines; None for none.

    Raises:
        ExtractError: Where the extract cannot be read, or a fault stops it (with all faults).
        EngineError: Where a warehouse cannot be reached, or the program for it is missing.
    """
    match extract:
        case Path() | ManyFiles():
            with open_file_frame(extract, spec, nonce=nonce) as frame:
                yield frame
        case PostgresRelation():
            from sampling.engines import postgres

            with postgres.open_table(extract) as table:
                yield WarehouseFrame(table, spec, nonce)
        case SparkTable():
            from sampling.engines import spark

            with spark.open_table(extract) as seen:
                yield WarehouseFrame(seen, spec, nonce)


def check_extract(
    extract: Extract,
    spec: FrameSpec | None = None,
    *,
    today: datetime.date | None = None,
    in_full: bool = False,
    coarser: Mapping[str, Coarser] | None = None,
) -> ExtractReport:
    """Say everything about an extract; write nothing.

    Args:
        extract: Where it is.
        spec: The frame that it should become; the empty name where no id column is known yet.
        today: Dates after this are in the future; None leaves that unchecked.
        in_full: Whether every subset of the columns that could single a person out is measured,
            and what coarser values would do.
        coarser: What could be given in place of such columns.

    Raises:
        ExtractError: Where the extract cannot be read at all.
        EngineError: Where a warehouse cannot be reached, or the program for it is missing.
    """
    spec = spec or FrameSpec(id_column="")
    options = Options([kind.code for kind in spec.accept], today, in_full, coarser)
    with _related(extract, spec) as relation:
        relation.rename(spec.names)
        return examine(relation.source, relation, Wanted.of(spec), options).report


def records_that_stay(
    extract: Extract, spec: FrameSpec, *, excluded: tuple[str, ...] = ()
) -> Remaining:
    """Count what the filters of a spec and earlier waves leave of an extract; check nothing else.

    Args:
        extract: Where it is.
        spec: The frame that it should become; it names an id column.
        excluded: Ids of records that earlier waves drew.

    Raises:
        ExtractError: Where the extract cannot be read, or lacks a column.
        EngineError: As :func:`check_extract`.
    """
    with _related(extract, spec) as relation:
        relation.rename(spec.names)
        return count_remaining(relation, replace(Wanted.of(spec), excluded=excluded))


@contextmanager
def _related(extract: Extract, spec: FrameSpec) -> Iterator[Relation]:
    match extract:
        case Path() | ManyFiles():
            with open_file(extract, spec) as relation:
                yield relation
        case PostgresRelation():
            from sampling.engines import postgres

            with postgres.open_table(extract) as table:
                yield table
        case SparkTable():
            from sampling.engines import spark

            with spark.open_table(extract) as seen:
                yield seen
