"""The views that DuckDB has of files: ``extract``, and ``numbered`` with the numbers of rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sampling.engines.relation import literal
from sampling.errors import ExtractError
from sampling.extracts.source import PlainCsv, Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BUFFER_BYTES: Final = 4 << 20
"""Of the engine: an eighth of what it takes unasked, which costs memory and saves no time."""

_TEXT_TYPES: Final = ("VARCHAR", "BOOLEAN", "DATE", "TIME", "ENUM", "UUID")
_WHOLE_TYPES: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_MEASURE_TYPES: Final = ("FLOAT", "DOUBLE", "DECIMAL")


@dataclass(frozen=True, slots=True)
class ParquetColumns:
    """The columns of Parquet files."""

    columns: tuple[str, ...]
    measures: dict[str, str]
    """Columns stored as measurements (floats, decimals), with their type."""
    unreadable: dict[str, str]
    """Columns of a type that is no plain value (lists, blobs), with their type."""


def view_csv(
    connection: DuckDBPyConnection, paths: tuple[Path, ...], csv: PlainCsv, *, in_one_thread: bool
) -> None:
    """Make both views of text files, every cell as text, in the dialect of their header."""
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(csv.columns)))
    connection.execute(
        "CREATE OR REPLACE VIEW extract AS "
        f"SELECT * FROM read_csv([{listed(paths)}], "
        f"columns = {{{names}}}, auto_detect = false, header = true, "
        f"delim = {literal(csv.delimiter)}, quote = '\"', escape = '\"', comment = '', "
        f"compression = '{'gzip' if csv.is_packed else 'none'}', "
        f"buffer_size = {_BUFFER_BYTES}, parallel = {not in_one_thread}, "
        "strict_mode = true, null_padding = false, ignore_errors = false)"
    )
    connection.execute(
        "CREATE OR REPLACE VIEW numbered AS SELECT row_number() OVER () + 1 AS row_, * FROM extract"
    )


def listed(paths: tuple[Path, ...]) -> str:
    """Return paths as SQL literals with commas between."""
    return ", ".join(literal(str(path.absolute())) for path in paths)


def has_pattern(paths: tuple[Path, ...]) -> bool:
    """Whether the engine would take a path for the pattern of many."""
    return any(sign in str(path.absolute()) for path in paths for sign in "*?")


def view_parquet(connection: DuckDBPyConnection, source: Source) -> ParquetColumns:
    """Make both views of Parquet files, each cell as plain text.

    Raises:
        ExtractError: Where files differ in their columns, or a path is taken for a pattern.
    """
    if has_pattern(source.paths):
        raise ExtractError(f"The path of {source.name} has a * or a ?; give it another name.")
    file = f"read_parquet([{listed(source.paths)}], file_row_number = true)"
    types = _described(connection, source.paths[0])
    for path in source.paths[1:]:
        if list(_described(connection, path).items()) != list(types.items()):
            raise ExtractError(
                f"The columns of {path.name} are not those of {source.paths[0].name}; the files "
                "of one extract have the same columns of the same types in the same order."
            )
    row = "row_number() OVER () + 1" if source.parts else "file_row_number + 2"
    unreadable = {name: kind for name, kind in types.items() if _as_text(name, kind) is None}
    cells = ", ".join(
        f"{_as_text(name, kind) or 'NULL::VARCHAR'} AS c{number}"
        for number, (name, kind) in enumerate(types.items())
    )
    connection.execute(f"CREATE VIEW numbered AS SELECT {row} AS row_, {cells} FROM {file}")
    connection.execute(f"CREATE VIEW extract AS SELECT {cells} FROM {file}")
    measures = {name: kind for name, kind in types.items() if kind.startswith(_MEASURE_TYPES)}
    return ParquetColumns(tuple(types), measures, unreadable)


def _described(connection: DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the type of each column of a Parquet file."""
    file = f"read_parquet({literal(str(path.absolute()))})"
    rows = connection.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()
    return {str(name): str(kind) for name, kind, *_ in rows}


def _as_text(name: str, kind: str) -> str | None:
    """Return SQL for the plain text of a Parquet column, or None where it has none."""
    column = '"' + name.replace('"', '""') + '"'
    known = (*_TEXT_TYPES, *_WHOLE_TYPES, *(f"U{whole}" for whole in _WHOLE_TYPES), *_MEASURE_TYPES)
    if kind.endswith("]") or not kind.startswith((*known, "TIMESTAMP")):
        return None
    text = f"CAST({column} AS VARCHAR)"
    if kind.startswith("TIMESTAMP"):
        # A date that a program stored as midnight reads as the date it is.
        return f"regexp_replace({text}, ' 00:00:00$', '')"
    return text
