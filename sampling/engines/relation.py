"""An extract inside DuckDB: one view of its columns, all text, and one with row numbers.

The engine never sees the names of columns, only ``c0``, ``c1``, ...: names of an extract are
text like any other. It may read this one file and nothing else, it loads no extension, and it
writes to disk only where a scratch folder was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sampling.checks import Fault, Place
from sampling.errors import ExtractError
from sampling.extracts.dialect import header_faults
from sampling.extracts.source import Parquet, PlainCsv, RowReader, RowStream, Source, Stamp

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Cell = str | int | float | None

_BATCH_ROWS: Final = 20_000
_TEXT_TYPES: Final = ("VARCHAR", "BOOLEAN", "DATE", "TIME", "ENUM", "UUID")
_WHOLE_TYPES: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_MEASURE_TYPES: Final = ("FLOAT", "DOUBLE", "DECIMAL")


@dataclass(frozen=True, slots=True)
class Relation:
    """An extract that can be queried.

    The view ``extract`` has columns ``c0``, ``c1``, ... in the order of ``columns``; the view
    ``numbered`` has ``row_`` before them, as a spreadsheet counts.
    """

    connection: DuckDBPyConnection
    source: Source
    columns: tuple[str, ...]
    rows: int
    """Rows after the header, blank ones at the end included where an engine reads the file."""
    faults: tuple[Fault, ...]
    """What reading the rows showed."""
    measures: Mapping[str, str]
    """Columns stored as measurements (floats, decimals), with their type."""
    unreadable: Mapping[str, str]
    """Columns of a type that is no plain value (lists, blobs), with their type."""

    def column(self, name: str) -> str:
        """Return the engine's name of a column.

        Raises:
            ExtractError: Where the extract has no such column.
        """
        if name not in self.columns:
            raise ExtractError(f"The extract has no column {name!r}; it is not the one committed.")
        return f"c{self.columns.index(name)}"

    def query(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Cell, ...]]:
        """Run one statement and return all its rows.

        Raises:
            ExtractError: Where the file has changed since its bytes were checked.
        """
        rows = self.connection.execute(sql, list(values)).fetchall()
        self._check_unchanged()
        return rows

    def stream(self, sql: str, values: Iterable[object] = ()) -> Iterator[list[tuple[Cell, ...]]]:
        """Run one statement and yield its rows in batches."""
        cursor = self.connection.cursor()
        cursor.execute(sql, list(values))
        while batch := cursor.fetchmany(_BATCH_ROWS):
            yield batch
        self._check_unchanged()

    def _check_unchanged(self) -> None:
        """Refuse to go on where the file is no longer the one whose bytes were checked."""
        if Stamp.of(self.source.path) != self.source.stamp:
            raise ExtractError(
                f"The file {self.source.name} was changed while it was read; start again once "
                "nothing writes to it."
            )

    def number(self, sql: str, values: Iterable[object] = ()) -> int:
        """Run one statement that gives a single whole number."""
        return int(self.query(sql, values)[0][0] or 0)

    def places(
        self, condition: str, name: str | None, values: Iterable[object] = ()
    ) -> Iterator[Place]:
        """Yield the first hundred places where a condition holds, in the order of the file.

        Args:
            condition: SQL over the columns ``c0``, ``c1``, ...
            name: The column that the places name.
            values: Bound to the condition.
        """
        rows = self.query(
            f"SELECT row_ FROM numbered WHERE {condition} ORDER BY row_ LIMIT 100", values
        )
        for row in rows:
            yield Place(int(row[0] or 0), name)


def blank(column: str) -> str:
    """Return SQL that is true where a column is missing, empty or only spaces."""
    return f"coalesce(trim({column}), '') = ''"


def literal(text: str) -> str:
    """Return a text as an SQL literal, for views, which take no bound values."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def relate(source: Source, scratch: Path | None = None) -> Iterator[Relation]:
    """Open an extract in an engine of its own, in memory.

    Args:
        source: An extract whose bytes have been read.
        scratch: Folder for what does not fit into memory; None: nothing touches the disk.

    Raises:
        ExtractError: Where the engine cannot read it.
    """
    with plain_errors():
        import duckdb

        connection = duckdb.connect(":memory:")
        try:
            _confine(connection, source.path, scratch)
            yield _view(connection, source)
        finally:
            connection.close()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn an error of the engine, whose text may hold a record, into one sentence."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise ExtractError(
            "There is not enough memory for this extract; leave out columns that are not needed, "
            "or use a machine with more."
        ) from None
    except duckdb.IOException:
        raise ExtractError("The extract cannot be read; check the disk and the rights.") from None
    except duckdb.Error as error:
        raise ExtractError(
            f"The extract cannot be read ({type(error).__name__}); export it again as CSV UTF-8."
        ) from None


def _confine(connection: DuckDBPyConnection, path: Path, scratch: Path | None) -> None:
    allowed = literal(str(path.absolute()))
    for statement in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET python_enable_replacements = false",
        f"SET temp_directory = {literal(str(scratch.absolute()) if scratch else '')}",
        f"SET allowed_paths = [{allowed}]",
        *([f"SET allowed_directories = [{literal(str(scratch.absolute()))}]"] if scratch else []),
        "SET enable_external_access = false",
    ):
        connection.execute(statement)


def _view(connection: DuckDBPyConnection, source: Source) -> Relation:
    match source.content:
        case PlainCsv() as csv if _view_csv(connection, source, csv):
            return Relation(connection, source, csv.columns, csv.rows, (), {}, {})
        case PlainCsv(columns=columns, exact=reader) | RowStream(columns=columns, reader=reader):
            _load(connection, len(columns), reader)
            return Relation(connection, source, columns, _count(connection), reader.faults, {}, {})
        case Parquet():
            return _view_parquet(connection, source)


def _view_csv(connection: DuckDBPyConnection, source: Source, csv: PlainCsv) -> bool:
    """Make the views over a text file; say whether the engine reads the rows that we counted.

    It would refuse a ragged row without naming all of them, and could take other line ends for
    its own: then our exact reader has to read the file.
    """
    import duckdb

    if _is_pattern(source.path):
        return False
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(csv.columns)))
    connection.execute(
        f"CREATE VIEW extract AS SELECT * FROM read_csv({literal(str(source.path.absolute()))}, "
        f"columns = {{{names}}}, auto_detect = false, header = true, "
        f"delim = {literal(csv.delimiter)}, quote = '\"', escape = '\"', comment = '', "
        "strict_mode = true, null_padding = false, ignore_errors = false)"
    )
    try:
        agrees = _count(connection) == csv.rows
    except duckdb.InvalidInputException:
        agrees = False
    if not agrees:
        connection.execute("DROP VIEW extract")
        return False
    connection.execute(
        "CREATE VIEW numbered AS SELECT row_number() OVER () + 1 AS row_, * FROM extract"
    )
    return True


def _count(connection: DuckDBPyConnection) -> int:
    return int(connection.execute("SELECT count(*) FROM extract").fetchall()[0][0])


def _is_pattern(path: Path) -> bool:
    """Whether the engine would take a path for the pattern of many."""
    return any(sign in str(path.absolute()) for sign in "*?")


def _view_parquet(connection: DuckDBPyConnection, source: Source) -> Relation:
    if _is_pattern(source.path):
        raise ExtractError(f"The path of {source.name} has a * or a ?; give it another name.")
    file = f"read_parquet({literal(str(source.path.absolute()))}, file_row_number = true)"
    described = connection.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described if row[0] != "file_row_number"}
    unreadable = {name: kind for name, kind in types.items() if _as_text(name, kind) is None}
    cells = ", ".join(
        f"{_as_text(name, kind) or 'NULL::VARCHAR'} AS c{number}"
        for number, (name, kind) in enumerate(types.items())
    )
    connection.execute(
        f"CREATE VIEW numbered AS SELECT file_row_number + 2 AS row_, {cells} FROM {file}"
    )
    connection.execute(f"CREATE VIEW extract AS SELECT {cells} FROM {file}")
    measures = {name: kind for name, kind in types.items() if kind.startswith(_MEASURE_TYPES)}
    columns = tuple(types)
    faults = tuple(header_faults(columns))
    rows = _count(connection)
    return Relation(connection, source, columns, rows, faults, measures, unreadable)


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


def _load(connection: DuckDBPyConnection, width: int, reader: RowReader) -> None:
    names = [f"c{number}" for number in range(width)]
    connection.execute(
        f"CREATE TABLE numbered (row_ BIGINT, {', '.join(f'{name} VARCHAR' for name in names)})"
    )
    columns = ", ".join(["unnest(?::BIGINT[])", *["unnest(?::VARCHAR[])"] * width])
    rows = reader.rows()
    while batch := list(islice(rows, _BATCH_ROWS)):
        numbers = [number for number, _ in batch]
        cells = [list(column) for column in zip(*(texts for _, texts in batch), strict=True)]
        connection.execute(f"INSERT INTO numbered SELECT {columns}", [numbers, *cells])
    connection.execute("CREATE VIEW extract AS SELECT * EXCLUDE row_ FROM numbered")
