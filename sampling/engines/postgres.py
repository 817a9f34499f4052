"""Frames in PostgreSQL, version 15 or newer, read through psycopg (extra ``team``).

All statements of one opening run in one read-only transaction on one snapshot: what was checked is
what is drawn. Names are resolved in ``pg_catalog`` alone, and row-level security that would hide
rows is an error and not a filter. The ticket of an id is
``encode(sha256(convert_to(PREFIX || id, 'UTF8')), 'hex')`` with the prefix as a bound value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sampling.engines.patterns import postgres as pattern
from sampling.engines.postgres_session import connected, plain_errors
from sampling.engines.relation import Cell, literal
from sampling.engines.warehouse import BY_SIZE, TEMPLATE, Plan, WarehouseRelation
from sampling.engines.wording import Dialect
from sampling.errors import ExtractError
from sampling.extracts.beside import Beside
from sampling.extracts.naming import PostgresRelation
from sampling.extracts.source import InWarehouse, Source

if TYPE_CHECKING:
    from psycopg import Connection

TICKET: Final = "encode(sha256(convert_to($1::text || f.id, 'UTF8')), 'hex')"
BYTE_ORDER: Final = 'COLLATE "C"'

_BATCH_ROWS: Final = 20_000
_COLUMNS: Final = """
SELECT a.attname::text, format_type(b.oid, NULL)::text, b.typcategory::text, c.relkind::text
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type AS t ON t.oid = a.atttypid
JOIN pg_type AS b ON b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY a.attnum
"""
_TEXTS: Final = frozenset("SBEU")
"""Categories of types whose plain text is their value; of the last only uuid."""
_WHOLE: Final = frozenset({"smallint", "integer", "bigint"})
_MEASURES: Final = frozenset({"numeric", "real", "double precision"})
_DATES: Final = frozenset({"date", "time without time zone"})


def _grouping(arguments: Sequence[str]) -> str:
    return f"grouping({', '.join(arguments)})"


DIALECT: Final = Dialect(
    functions={
        "count_if": lambda some: f"count(*) FILTER (WHERE {some[0]})",
        "hash": lambda some: f"hashtextextended({some[0]}, 0)",
        "strlen": lambda some: f"octet_length({some[0]})",
        "chr": lambda some: f"chr({some[0]})",
        "approx_count_distinct": lambda some: f"count(DISTINCT {some[0]})",
        "grouping_id": _grouping,
        "regexp_replace": lambda some: f"regexp_replace({', '.join(some)})",
        "try_cast": lambda some: f"cast({', '.join(some)})",
        "string_agg": lambda some: f"string_agg({', '.join(some)})",
        "unnest": lambda some: f"unnest({', '.join(some)})",
        "why_not_an_id": lambda _: "why_not_an_id_",
        "look_alike_key": lambda _: "look_alike_key_",
    },
    literal=literal,
    bound=lambda number: f"${number}",
    types={"VARCHAR": "text", "DOUBLE": "double precision"},
    full_match=lambda column, found: f"({column} ~ ('^(?:' || {found} || ')$'))",
    matches=lambda column, found: f"({column} ~ {found})",
    pattern=pattern,
)


class PostgresTable(WarehouseRelation):
    """One relation of a database, within an open transaction."""

    dialect = DIALECT

    def __init__(self, connection: Connection[tuple[Cell, ...]], named: PostgresRelation) -> None:
        with plain_errors():
            rows = connection.execute(_COLUMNS, [named.schema, named.relation]).fetchall()
        if not rows:
            raise ExtractError(
                f"There is no relation {named.name} in this database, or it has no columns; write "
                "its schema and its name as the database has them, capitals included."
            )
        types = {str(name): (str(kind), str(category)) for name, kind, category, _ in rows}
        source = Source(
            Path(named.name), Beside(lambda _: ""), _read_as(connection), InWarehouse(), ()
        )
        super().__init__(
            source,
            tuple(types),
            measures={name: kind for name, (kind, _) in types.items() if kind in _MEASURES},
            unreadable={
                name: kind for name, (kind, sort) in types.items() if not _as_text("", kind, sort)
            },
        )
        cells = ", ".join(
            f"{_as_text(_quoted(name), kind, sort) or 'NULL::text'} {BYTE_ORDER} AS c{number}"
            for number, (name, (kind, sort)) in enumerate(types.items())
        )
        self.extract_sql = f"SELECT {cells} FROM {_quoted(named.schema)}.{_quoted(named.relation)}"
        self._connection = connection

    def run(self, words: str, bound: Sequence[object]) -> list[tuple[Cell, ...]]:
        """Run a statement in PostgreSQL's words."""
        with plain_errors():
            rows: list[tuple[Cell, ...]] = self._connection.execute(words, list(bound)).fetchall()
            return rows

    def run_in_batches(
        self, words: str, bound: Sequence[object]
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Run a statement behind a cursor of the server."""
        with plain_errors():
            cursor = self._connection.cursor("rows_of_a_frame")
            with closing(cursor):
                cursor.execute(words, list(bound))
                while batch := cursor.fetchmany(_BATCH_ROWS):
                    yield batch

    def keep_rows(self, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
        """Return SQL of rows of texts."""
        listed = [
            f"ARRAY[{', '.join(literal(row[at]) for row in rows)}]::text[]"
            for at in range(len(names))
        ]
        cells = ", ".join(f"{name} {BYTE_ORDER} AS {name}" for name in names)
        return f"SELECT {cells} FROM unnest({', '.join(listed)}) AS kept({', '.join(names)})"

    def by_size(
        self, hashed_before: str, wanted: Sequence[tuple[str, int, int]]
    ) -> list[tuple[Cell, ...]]:
        """Return who can matter in a draw by size."""
        body = BY_SIZE.format(
            ticket=TICKET,
            C=BYTE_ORDER,
            decimal="numeric(21, 6)",
            double="double precision",
            whole="numeric(38, 0)",
            text="text",
            head="CAST(CAST(CAST('x' || lpad(substr(ticket, 1, 13), 16, '0') AS bit(64)) AS bigint)"
            " AS double precision)",
        )
        given = (
            f"wanted AS (SELECT stratum {BYTE_ORDER} AS stratum, low, large FROM "
            "unnest($2::text[], $3::bigint[], $4::bigint[]) AS wanted(stratum, low, large)), "
        )
        values = [hashed_before, *([entry[at] for entry in wanted] for at in range(3))]
        return self.run(self.with_definitions(f"WITH {given}{body.lstrip()}"), values)

    def draw(
        self, hashed_before: str, plan: Plan, *, group: str = "stratum"
    ) -> list[tuple[Cell, ...]]:
        """Return group, rank, id and ticket of the smallest tickets of each stratum or unit."""
        body = TEMPLATE.format(ticket=TICKET, C=BYTE_ORDER, group=group)
        given = (
            f"plan AS (SELECT stratum {BYTE_ORDER} AS stratum, m, cut {BYTE_ORDER} AS cut FROM "
            "unnest($2::text[], $3::bigint[], $4::text[]) AS plan(stratum, m, cut)), "
        )
        values = [hashed_before, *([entry[at] for entry in plan] for at in range(3))]
        return self.run(self.with_definitions(f"WITH {given}{body.lstrip()}"), values)


@contextmanager
def open_table(named: PostgresRelation) -> Iterator[PostgresTable]:
    """Open a relation on one snapshot of its database, read-only.

    Args:
        named: Where it is; never with a password.

    Raises:
        EngineError: Where psycopg is not installed, or the server cannot be reached.
        ExtractError: Where there is no such relation, or this role may not read it whole.
    """
    with connected(named.uri) as connection:
        yield PostgresTable(connection, named)


def _read_as(connection: Connection[tuple[Cell, ...]]) -> str:
    version = connection.info.server_version
    return f"PostgreSQL {version // 10_000}.{version % 10_000}, one relation"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _as_text(column: str, kind: str, category: str) -> str | None:
    """Return SQL for the plain text of a column, or None where its type has none."""
    text = f"CAST({column} AS text)"
    if kind.startswith("timestamp"):
        # A date that a program stored as midnight reads as the date it is.
        return f"regexp_replace({text}, ' 00:00:00$', '')"
    if category == "U" and kind != "uuid":
        return None
    known = kind in _WHOLE | _MEASURES | _DATES
    return text if known or category in _TEXTS else None
