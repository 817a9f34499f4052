"""Frames in Spark: a table of a catalog, or a folder of Parquet (extra ``spark``).

Spark runs where its own configuration says; without one, and for a folder, on this machine. The
ticket of an id is ``sha2(concat(PREFIX, id), 256)`` with the prefix as a bound value. The table is
looked up once: Spark reads the files that it then had, and stops where one of them is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sampling.engines.patterns import java
from sampling.engines.relation import Cell
from sampling.engines.warehouse import BY_SIZE, TEMPLATE, Plan, WarehouseRelation
from sampling.engines.wording import Dialect
from sampling.errors import EngineError, ExtractError
from sampling.extracts.beside import Beside
from sampling.extracts.naming import SparkTable
from sampling.extracts.source import InWarehouse, Source

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TICKET: Final = "sha2(concat(:p1, f.id), 256)"

_BATCH_ROWS: Final = 20_000
_VIEW: Final = "dipsample_extract"
_PLAIN: Final = ("string", "varchar", "char", "boolean", "date")
_WHOLE: Final = ("tinyint", "smallint", "int", "bigint")
_MEASURES: Final = ("float", "double", "decimal")


def _literal(text: str) -> str:
    """Return a text as its bytes: a backslash in a literal of Spark is not always one."""
    return f"CAST(X'{text.encode().hex()}' AS STRING)" if text else "''"


_FROM: Final = _literal(r"\A(?:")
_TO: Final = _literal(r")\z")


def _joined(arguments: Sequence[str]) -> str:
    text, joint_and_order = arguments
    joint, _, order = joint_and_order.partition(" ORDER BY ")
    return f"listagg({text}, {joint}) WITHIN GROUP (ORDER BY {order})"


def _rlike(column: str, found: str) -> str:
    return f"({column} RLIKE {found})"


def _folded(arguments: Sequence[str]) -> str:
    text, found, _, _ = arguments
    return f"regexp_replace({text}, {found}, '$1$2')"


DIALECT: Final = Dialect(
    functions={
        "count_if": lambda some: f"count_if({some[0]})",
        "hash": lambda some: f"xxhash64({some[0]})",
        "strlen": lambda some: f"octet_length({some[0]})",
        "chr": lambda some: f"char({some[0]})",
        "approx_count_distinct": lambda some: f"approx_count_distinct({some[0]})",
        "grouping_id": lambda _: "grouping_id()",
        "regexp_replace": _folded,
        "try_cast": lambda some: f"try_cast({some[0]})",
        "string_agg": _joined,
        "unnest": lambda some: f"explode({some[0].partition('::')[0]})",
        "why_not_an_id": lambda _: "why_not_an_id_",
        "look_alike_key": lambda _: "look_alike_key_",
    },
    literal=_literal,
    bound=lambda number: f":p{number}",
    types={"VARCHAR": "STRING"},
    full_match=lambda column, found: _rlike(column, f"concat({_FROM}, {found}, {_TO})"),
    matches=_rlike,
    pattern=java,
)


class SparkRelation(WarehouseRelation):
    """One table or folder, seen through one session of Spark."""

    dialect = DIALECT

    def __init__(self, session: SparkSession, named: SparkTable) -> None:
        with _plain_errors(named):
            if named.folder is None:
                found = session.table(named.name)
            else:
                found = session.read.parquet(named.folder.as_uri())
            found.createOrReplaceTempView(_VIEW)
        types = {column.name: column.dataType.simpleString() for column in found.schema.fields}
        read_as = f"Spark {session.version}, {'one table' if named.folder is None else 'Parquet'}"
        source = Source(Path(named.name), Beside(lambda _: ""), read_as, InWarehouse(), ())
        super().__init__(
            source,
            tuple(types),
            measures={name: kind for name, kind in types.items() if kind.startswith(_MEASURES)},
            unreadable={name: kind for name, kind in types.items() if not _as_text("", kind)},
        )
        cells = ", ".join(
            f"{_as_text(_quoted(name), kind) or 'CAST(NULL AS STRING)'} AS c{number}"
            for number, (name, kind) in enumerate(types.items())
        )
        self.extract_sql = f"SELECT {cells} FROM {_VIEW}"
        self._session = session
        self._named = named

    def run(self, words: str, bound: Sequence[object]) -> list[tuple[Cell, ...]]:
        """Run a statement in Spark's words."""
        with _plain_errors(self._named):
            found = self._session.sql(words, args=_arguments(bound))
            return [tuple(row) for row in found.collect()]

    def run_in_batches(
        self, words: str, bound: Sequence[object]
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Run a statement and fetch one part of its rows after the other."""
        with _plain_errors(self._named):
            rows = self._session.sql(words, args=_arguments(bound)).toLocalIterator()
            while batch := [tuple(row) for row in islice(rows, _BATCH_ROWS)]:
                yield batch

    def keep_rows(self, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
        """Return SQL of rows of texts."""
        cells = ", ".join(f"{name} STRING" for name in names)
        view = f"dipsample_{'_'.join(names)}"
        with _plain_errors(self._named):
            self._session.createDataFrame(list(rows), cells).createOrReplaceTempView(view)
        return f"SELECT * FROM {view}"

    def by_size(
        self, hashed_before: str, wanted: Sequence[tuple[str, int, int]]
    ) -> list[tuple[Cell, ...]]:
        """Return who can matter in a draw by size."""
        body = BY_SIZE.format(
            ticket=TICKET,
            C="",
            decimal="DECIMAL(21, 6)",
            double="DOUBLE",
            whole="DECIMAL(38, 0)",
            text="STRING",
            head="CAST(CAST(conv(substr(ticket, 1, 13), 16, 10) AS BIGINT) AS DOUBLE)",
        ).lstrip()
        with _plain_errors(self._named):
            given = self._session.createDataFrame(
                list(wanted), "stratum STRING, low BIGINT, large BIGINT"
            )
            given.createOrReplaceTempView("dipsample_wanted")
        words = f"WITH wanted AS (SELECT stratum, low, large FROM dipsample_wanted), {body}"
        return self.run(self.with_definitions(words), [hashed_before])

    def draw(
        self, hashed_before: str, plan: Plan, *, group: str = "stratum"
    ) -> list[tuple[Cell, ...]]:
        """Return group, rank, id and ticket of the smallest tickets of each stratum or unit."""
        body = TEMPLATE.format(ticket=TICKET, C="", group=group).lstrip()
        with _plain_errors(self._named):
            given = self._session.createDataFrame(
                list(plan), "stratum STRING, m BIGINT, cut STRING"
            )
            given.createOrReplaceTempView("dipsample_plan")
        words = f"WITH plan AS (SELECT stratum, m, cut FROM dipsample_plan), {body}"
        return self.run(self.with_definitions(words), [hashed_before])


@contextmanager
def open_table(named: SparkTable) -> Iterator[SparkRelation]:
    """Open a table or a folder in a session of Spark of its own.

    Args:
        named: Which one.

    Raises:
        EngineError: Where pyspark or Java is not installed, or Spark does not start.
        ExtractError: Where there is no such table.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(
            "Frames in Spark need a part that is not installed; run: pip install 'dipsample[spark]'"
        ) from None
    is_ours = SparkSession.getActiveSession() is None
    builder = SparkSession.builder.appName("dipsample")
    for name, value in (_SETTINGS | (_HERE if named.folder is not None else {})).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError):
        raise EngineError(
            "Spark does not start; it needs Java 17 or newer (JAVA_HOME), and a cluster that "
            "answers where its configuration names one."
        ) from None
    session.sparkContext.setLogLevel("OFF")
    try:
        yield SparkRelation(session, named)
    finally:
        if is_ours:
            session.stop()


_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
}
_HERE: Final = {
    "spark.master": "local[*]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}
"""On this machine alone: nothing listens to the network."""


@contextmanager
def _plain_errors(named: SparkTable) -> Iterator[None]:
    """Turn an error of Spark, whose text may hold a record, into one sentence."""
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException

    try:
        yield
    except AnalysisException:
        raise ExtractError(
            f"Spark finds no table {named.name} that it can read; write its catalog, schema and "
            "name as Spark lists them."
        ) from None
    except (PySparkException, Py4JError) as error:
        raise EngineError(
            f"Spark could not finish ({type(error).__name__}); check that the table was not "
            "changed meanwhile, and try again."
        ) from None


def _arguments(bound: Sequence[object]) -> dict[str, object]:
    from pyspark.sql.functions import lit

    return {f"p{number}": lit(value) for number, value in enumerate(bound, start=1)}


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _as_text(column: str, kind: str) -> str | None:
    """Return SQL for the plain text of a column, or None where its type has none."""
    text = f"CAST({column} AS STRING)"
    if kind.startswith("timestamp"):
        # A date that a program stored as midnight reads as the date it is.
        return f"regexp_replace({text}, ' 00:00:00$', '')"
    return text if kind.startswith((*_PLAIN, *_WHOLE, *_MEASURES)) else None
