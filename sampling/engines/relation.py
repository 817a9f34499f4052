"""An extract inside an engine: what the checks may ask of it.

An engine never sees the names of columns, only ``c0``, ``c1``, ...: names of an extract are text
like any other. All cells are text. The checks are written once, in DuckDB's words; the engines of
warehouses run them as ``sampling.engines.wording`` puts them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping

from sampling.checks import Fault, Place
from sampling.errors import ExtractError
from sampling.extracts.source import Source

Cell = str | int | float | None


class Relation(ABC):
    """An extract that can be queried.

    ``extract`` has columns ``c0``, ``c1``, ... in the order of ``columns``; ``numbered`` has
    ``row_`` before them, as a spreadsheet counts.

    Args:
        source: The extract as its header showed it.
        columns: The names of its columns.
        measures: Columns stored as measurements (floats, decimals), with their type.
        unreadable: Columns of a type that is no plain value (lists, blobs), with their type.
    """

    def __init__(
        self,
        source: Source,
        columns: tuple[str, ...],
        *,
        measures: Mapping[str, str] | None = None,
        unreadable: Mapping[str, str] | None = None,
    ) -> None:
        self.source = source
        self.columns = columns
        self.measures = measures or {}
        self.unreadable = unreadable or {}

    def column(self, name: str) -> str:
        """Return the engine's name of a column.

        Raises:
            ExtractError: Where the extract has no such column.
        """
        if name not in self.columns:
            raise ExtractError(f"The extract has no column {name!r}; it is not the one committed.")
        return f"c{self.columns.index(name)}"

    @property
    @abstractmethod
    def rows(self) -> int:
        """Rows after the header, blank ones at the end included where an engine reads the file."""

    @property
    def unread_rows(self) -> int:
        """Rows that could not be read, and blank ones between records: each is a fault."""
        return 0

    @property
    @abstractmethod
    def faults(self) -> tuple[Fault, ...]:
        """What reading the rows showed."""

    @abstractmethod
    def define(self, sql: str) -> None:
        """Run one statement that reads no rows, such as the definition of a view."""

    @abstractmethod
    def query(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Cell, ...]]:
        """Run one statement and return all its rows.

        Raises:
            ExtractError: Where the extract has changed since it was opened.
        """

    @abstractmethod
    def stream(self, sql: str, values: Iterable[object] = ()) -> Iterator[list[tuple[Cell, ...]]]:
        """Run one statement and yield its rows in batches."""

    @abstractmethod
    def places(
        self, condition: str, name: str | None, values: Iterable[object] = ()
    ) -> Iterator[Place]:
        """Yield the first hundred places where a condition holds, in the order of the file.

        Args:
            condition: SQL over the columns ``c0``, ``c1``, ...
            name: The column that the places name.
            values: Bound to the condition.
        """

    @abstractmethod
    def keep_records(self) -> None:
        """Make ``records`` of ids and strata out of ``marked``; rows that are no records go."""

    @abstractmethod
    def in_order(self, sql: str) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield a row for each of ``records``, by the bytes of their ids, in batches.

        Args:
            sql: ``SELECT ... FROM records`` and no more.
        """

    @abstractmethod
    def derive(self, sql: str, columns: tuple[str, ...]) -> Relation:
        """Return the relation of the rows that a SELECT over ``numbered`` gives, kept in memory.

        Args:
            sql: Its columns are ``row_``, a ``c0``, ``c1``, ... for each of ``columns``, and any
                others, which ``numbered`` of the new relation holds too.
            columns: The names of its columns.
        """

    def rename(self, names: Mapping[str, str]) -> None:
        """Call columns by other names from here on.

        Raises:
            ExtractError: Where a column is missing, or two would have one name.
        """
        for name in names:
            self.column(name)
        renamed = tuple(names.get(name, name) for name in self.columns)
        if len(set(renamed)) < len(set(self.columns)):
            raise ExtractError("A column is renamed to a name that another one has; use others.")
        self.columns = renamed
        self.measures = {names.get(name, name): kind for name, kind in self.measures.items()}
        self.unreadable = {names.get(name, name): kind for name, kind in self.unreadable.items()}

    @abstractmethod
    def teach(self, name: str, function: Callable[[str], str]) -> None:
        """Give the engine a function of a text that SQL may call on ids."""

    def number(self, sql: str, values: Iterable[object] = ()) -> int:
        """Run one statement that gives a single whole number."""
        return int(self.query(sql, values)[0][0] or 0)


def blank(column: str) -> str:
    """Return SQL that is true where a column is missing, empty or only spaces.

    Spaces are looked for only where a cell begins with one: trimming every cell of a large extract
    costs as much as a fifth of hashing its ids.
    """
    return f"(coalesce({column}, '') = '' OR (left({column}, 1) = ' ' AND trim({column}) = ''))"


def literal(text: str) -> str:
    """Return a text as an SQL literal, for views, which take no bound values."""
    return "'" + text.replace("'", "''") + "'"
