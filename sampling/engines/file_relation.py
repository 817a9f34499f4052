"""A file inside DuckDB: one view of its columns, all text, and one with row numbers.

The engine may read this one file and nothing else, it loads no extension, and it
writes nothing to disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from sampling.checks import Fault, Place
from sampling.engines.file_views import has_pattern, listed, view_csv, view_parquet
from sampling.engines.id_ranges import id_ranges
from sampling.engines.relation import Cell, Relation
from sampling.errors import ExtractError
from sampling.extracts.dialect import header_faults
from sampling.extracts.source import (
    InWarehouse,
    Parquet,
    PlainCsv,
    RowReader,
    RowStream,
    Source,
    unreadable,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sampling.extracts.survey import Survey

Found = TypeVar("Found")

_BATCH_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Believed:
    """What is known once the rows have been counted, by an engine that can be believed."""

    rows: int
    faults: tuple[Fault, ...] = ()
    unread: int = 0
    """Rows that are in no view, because our own reader refused them."""


class FileRelation(Relation):
    """A file that DuckDB can query, by views of the two names.

    Where the engine reads the file by itself, nothing it says is handed out before our own pass
    over the bytes has found the file sound and counted as many rows; else our exact reader has
    read the file instead.

    Args:
        connection: Has the two views.
        source: The extract as its header showed it.
        columns: The names of its columns.
        measures: Columns stored as measurements (floats, decimals), with their type.
        unreadable: Columns of a type that is no plain value (lists, blobs), with their type.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        source: Source,
        columns: tuple[str, ...],
        *,
        measures: Mapping[str, str] | None = None,
        unreadable: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(source, columns, measures=measures, unreadable=unreadable)
        self.connection = connection
        self.is_loaded = False
        """Whether our own reader has read the file, and all rows are in memory."""
        self._believed: _Believed | None = None
        self._schema = "main"

    @property
    def rows(self) -> int:
        """Rows after the header, blank ones at the end included where an engine reads the file."""
        return self._known().rows

    @property
    def unread_rows(self) -> int:
        """Rows that could not be read, and blank ones between records: each is a fault."""
        return self._known().unread

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What reading the rows showed."""
        is_parquet = isinstance(self.source.content, Parquet)
        return (*(header_faults(self.columns) if is_parquet else ()), *self._known().faults)

    def read_first(self, read: Callable[[], tuple[Found, int]]) -> Found:
        """Return what a reading of all rows gives, with the pass over the bytes beside it.

        Args:
            read: Reads the views by ``connection``; returns what it found, and how many rows of
                the extract it saw. It runs again, in one thread and then on the rows of our own
                reader, where it cannot be believed.

        Raises:
            ExtractError: Where the file has changed since it was opened.
        """
        content = self.source.content
        if self._believed is None and isinstance(content, PlainCsv):
            for in_one_thread in (False, True):
                if in_one_thread:
                    view_csv(self.connection, self.source.paths, content, in_one_thread=True)
                answer = self._attempt(read, content)
                if self._agrees(content, answer and answer[1], in_one_thread=in_one_thread):
                    return cast("tuple[Found, int]", answer)[0]
                if not self._survey(content).is_sound:
                    break
            self.load(content.exact)
        found, _ = read()
        self._check_unchanged()
        return found

    def _attempt(
        self, read: Callable[[], tuple[Found, int]], content: PlainCsv
    ) -> tuple[Found, int] | None:
        """Return what the engine read; None where it refuses the file."""
        import duckdb

        try:
            return read()
        except duckdb.InvalidInputException:
            return None
        except duckdb.Error:
            self._check_unchanged()
            if self._survey(content).is_sound:
                raise
            return None

    def _agrees(self, content: PlainCsv, rows: int | None, *, in_one_thread: bool) -> bool:
        survey = self._survey(content)
        self._check_unchanged()
        # Threads begin in the middle of the file, at a line end that they take for a record's.
        if survey.has_broken_cells and not in_one_thread:
            return False
        if rows is None or not survey.agrees(rows, len(self.columns)):
            return False
        self._believed = _Believed(rows)
        return True

    def _survey(self, content: PlainCsv) -> Survey:
        try:
            return content.survey.result()
        except OSError as error:
            raise unreadable(Path(self.source.name), error) from error

    def _known(self) -> _Believed:
        if self._believed is None:
            rows = self.read_first(lambda: (count := self._count(), count))
            self._believed = self._believed or _Believed(rows)
        return self._believed

    def _count(self) -> int:
        # An engine counts the rows of a text file faster where it has to look into them.
        first = "1" if isinstance(self.source.content, Parquet) else "coalesce(c0, '')"
        counted = self.connection.execute(f"SELECT count({first}) FROM extract").fetchall()
        return int(counted[0][0])

    def load(self, reader: RowReader) -> None:
        """Have our own reader read the file, and make the views over what it read."""
        names = [f"c{number}" for number in range(len(self.columns))]
        cells = ", ".join(f"{name} VARCHAR" for name in names)
        for statement in (
            "RESET memory_limit",
            "DROP VIEW IF EXISTS numbered",
            f"CREATE TABLE numbered (row_ BIGINT, {cells})",
            "CREATE OR REPLACE VIEW extract AS SELECT * EXCLUDE row_ FROM numbered",
        ):
            self.connection.execute(statement)
        columns = ", ".join(["unnest(?::BIGINT[])", *["unnest(?::VARCHAR[])"] * len(names)])
        rows, count = reader.rows(), 0
        while batch := list(islice(rows, _BATCH_ROWS)):
            numbers = [number for number, _ in batch]
            cells_by_column = [list(cells) for cells in zip(*(t for _, t in batch), strict=True)]
            self.connection.execute(
                f"INSERT INTO numbered SELECT {columns}", [numbers, *cells_by_column]
            )
            count += len(batch)
        self.is_loaded = True
        unread = reader.last_row - 1 - count
        self._believed = _Believed(count, reader.faults, unread)

    def keep_records(self) -> None:
        """Make the table ``records`` out of the view ``marked``.

        Rows that are no records are taken too at first, so that the rows read can be counted.
        """

        def read() -> tuple[int, int]:
            execute = self.connection.execute
            execute("CREATE OR REPLACE TABLE records AS SELECT * FROM marked")
            rows, records = execute("SELECT count(*), count(id) FROM records").fetchall()[0]
            return rows - records, rows

        if self.read_first(read):
            self.define("DELETE FROM records WHERE id IS NULL")

    def in_order(self, sql: str) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield a row for each of ``records``, range after range of their ids."""
        rows = self.number("SELECT count(*) FROM records")
        for part in id_ranges(rows, self.query):
            where = f"WHERE {part.condition} ORDER BY id, stratum"
            yield from self.stream(f"{sql} {where}", part.values)

    def teach(self, name: str, function: Callable[[str], str]) -> None:
        """Give the engine a function of a text that SQL may call."""
        self.connection.create_function(name, function, ["VARCHAR"], "VARCHAR")

    def derive(self, sql: str, columns: tuple[str, ...]) -> FileRelation:
        """Return the relation of the rows that a SELECT over ``numbered`` gives, in memory."""
        self._known()
        cells = ", ".join(f"c{number}" for number in range(len(columns)))
        for statement in (
            "CREATE SCHEMA IF NOT EXISTS made",
            f"CREATE OR REPLACE TABLE made.numbered AS {sql}",
            f"CREATE OR REPLACE VIEW made.extract AS SELECT {cells} FROM made.numbered",
        ):
            self.connection.execute(statement)
        self._check_unchanged()
        made = FileRelation(self.connection.cursor(), self.source, columns)
        made.use_schema("made")
        return made

    def use_schema(self, schema: str) -> None:
        """Take the views from a schema whose rows are in memory."""
        self._schema = schema
        self.is_loaded = True
        self.define(f"SET schema = '{schema}'")
        self._believed = _Believed(self._count())

    def define(self, sql: str) -> None:
        """Run one statement that reads no rows, such as the definition of a view."""
        self.connection.execute(sql)

    def query(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Cell, ...]]:
        """Run one statement and return all its rows.

        Raises:
            ExtractError: Where the file has changed since it was opened.
        """
        self._known()
        rows = self.connection.execute(sql, list(values)).fetchall()
        self._check_unchanged()
        return rows

    def stream(self, sql: str, values: Iterable[object] = ()) -> Iterator[list[tuple[Cell, ...]]]:
        """Run one statement and yield its rows in batches."""
        self._known()
        cursor = self.connection.cursor()
        cursor.execute(f"SET schema = '{self._schema}'")
        cursor.execute(sql, list(values))
        while batch := cursor.fetchmany(_BATCH_ROWS):
            yield batch
        self._check_unchanged()

    def _check_unchanged(self) -> None:
        """Refuse to go on where a file is no longer the one whose bytes were checked."""
        self.source.check_unchanged()

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


@contextmanager
def relate(source: Source) -> Iterator[FileRelation]:
    """Open an extract in an engine of its own, in memory.

    Args:
        source: An extract whose bytes have been read.

    Raises:
        ExtractError: Where the engine cannot read it.
    """
    with plain_errors(), closing(source):
        import duckdb

        with closing(duckdb.connect(":memory:")) as connection:
            _confine(connection, source.paths)
            yield _view(connection, source)


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


def _confine(connection: DuckDBPyConnection, paths: tuple[Path, ...]) -> None:
    allowed = listed(paths)
    for statement in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET python_enable_replacements = false",
        "SET temp_directory = ''",
        f"SET allowed_paths = [{allowed}]",
        "SET enable_external_access = false",
    ):
        connection.execute(statement)


def _view(connection: DuckDBPyConnection, source: Source) -> FileRelation:
    match source.content:
        case PlainCsv() as csv if not has_pattern(source.paths):
            view_csv(connection, source.paths, csv, in_one_thread=False)
            return FileRelation(connection, source, csv.columns)
        case PlainCsv(columns=columns, exact=reader) | RowStream(columns=columns, reader=reader):
            relation = FileRelation(connection, source, columns)
            relation.load(reader)
            return relation
        case Parquet():
            found = view_parquet(connection, source)
            return FileRelation(
                connection,
                source,
                found.columns,
                measures=found.measures,
                unreadable=found.unreadable,
            )
        case InWarehouse():
            raise ExtractError(f"{source.name} is no file; name it by its address.")
