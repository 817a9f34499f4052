"""A frame in a warehouse: every check, count and draw is one statement that the warehouse runs.

Nothing is written there, not even a view: what DuckDB keeps as views and tables stands before each
statement as common table expressions. Only the drawn rows, counts, and the ids that are not plain
ASCII come to Python; ids and strata stream through the hash of the fingerprint.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, partial
from math import isqrt
from typing import Final

from sampling.checks import Fault, Place
from sampling.draw import RankedRecord
from sampling.engines.design_checks import units_of
from sampling.engines.designed_draws import Read, SizedDraw, draw_by_size, sized
from sampling.engines.id_checks import PLAIN
from sampling.engines.opened import TICKET_DIGITS, OpenFrame
from sampling.engines.relation import Cell, Relation
from sampling.engines.wording import Dialect, names_in, reworded
from sampling.extracts.dialect import header_faults
from sampling.frame import FrameSpec
from sampling.tickets import prefix

TEMPLATE: Final = """
ticketed AS (
  SELECT f.{group} AS stratum, f.id, {ticket} AS ticket, p.m, p.cut
  FROM records AS f JOIN plan AS p ON p.stratum = f.{group} WHERE p.m > 0),
ranked AS (
  SELECT stratum, id, ticket, m,
         row_number() OVER (PARTITION BY stratum ORDER BY ticket {C}, id {C}) AS rank
  FROM ticketed WHERE ticket <= cut)
SELECT stratum, rank, id, ticket FROM ranked WHERE rank <= m
"""
"""The draw. The engine binds the text before the id in ``{ticket}``, and gives ``plan``: name,
``m`` records to draw, and ``cut``, the largest ticket that is looked at, of each stratum, or of
each unit where that is the ``{group}``."""

BY_SIZE: Final = """
bare AS (
  SELECT f.stratum, f.id, f.size, {ticket} AS ticket, w.low, w.large,
         CAST(f.size AS {decimal}) * 1000000 AS s
  FROM records AS f JOIN wanted AS w ON w.stratum = f.stratum),
bounded AS (
  SELECT stratum, id, size, ticket, low, large, s, {head} / CAST(s AS {double}) AS bound FROM bare),
ranked AS (
  SELECT stratum, id, size, ticket, low, large, bound,
         count(*) OVER (PARTITION BY stratum) AS records,
         CAST(CAST(sum(s) OVER (PARTITION BY stratum) AS {whole}) AS {text}) AS total,
         row_number() OVER (PARTITION BY stratum ORDER BY bound, id {C}) AS by_bound,
         row_number() OVER (PARTITION BY stratum ORDER BY s DESC, id {C}) AS by_size
  FROM bounded)
SELECT stratum, records, total, ticket, size, id, bound, by_bound <= low, by_size <= large
FROM ranked WHERE by_bound <= low OR by_size <= large
"""
"""Who can matter in a draw by size: the smallest by ticket over size, in doubles, and the largest.
The engine gives ``wanted``: name, how many of the first, and of the second, of each stratum."""

LARGEST_TICKET: Final = "f" * 64

_MADE: Final = re.compile(
    r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?(?:VIEW|TABLE)\s+(\w+)\s+AS\s+(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ODD_IDS: Final = f"SELECT DISTINCT id FROM records WHERE NOT {PLAIN.format(id='id')}"

Plan = Sequence[tuple[str, int, str]]
"""Name of a stratum, records to draw, and the largest ticket to look at."""


class WarehouseRelation(Relation):
    """A relation that is queried where it lies.

    Subclasses give the columns ``c0``, ``c1``, ... as :attr:`extract_sql`, in their own words.
    """

    dialect: Dialect
    extract_sql: str
    _whole: frozenset[str] = frozenset()
    """Definitions that bring with them what they need."""

    @property
    def rows(self) -> int:
        """Rows of the relation; blank ones are counted where they are looked for."""
        return self._rows

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the names of the columns show."""
        return tuple(header_faults(self.columns))

    def define(self, sql: str) -> None:
        """Keep the definition of a view or a table for the statements to come."""
        made = _MADE.fullmatch(sql)
        if made is None:
            raise ValueError("Only views and tables can be defined in a warehouse.")
        self._definitions[made[1]] = reworded(made[2], self.dialect)[0]

    def query(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Cell, ...]]:
        """Run one statement and return all its rows."""
        if _MADE.fullmatch(sql):
            self.define(sql)
            return []
        words, bound = reworded(sql, self.dialect, tuple(values))
        return self.run(self.with_definitions(words), bound)

    def stream(self, sql: str, values: Iterable[object] = ()) -> Iterator[list[tuple[Cell, ...]]]:
        """Run one statement and yield its rows in batches."""
        words, bound = reworded(sql, self.dialect, tuple(values))
        return self.run_in_batches(self.with_definitions(words), bound)

    def places(
        self, condition: str, name: str | None, values: Iterable[object] = ()
    ) -> Iterator[Place]:
        """Yield the column: the rows of a warehouse have no order and no number."""
        if name is not None:
            yield Place(None, name)

    def keep_records(self) -> None:
        """Define ``records``."""
        self._definitions["records"] = "SELECT * FROM marked WHERE id IS NOT NULL"

    def in_order(self, sql: str) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield a row for each of ``records``; the warehouse sorts them."""
        return self.stream(f"{sql} ORDER BY id, stratum")

    def teach(self, name: str, function: Callable[[str], str]) -> None:
        """Have a function of Python decide on the ids that are not plain ASCII.

        Those ids come here once; what the function says of them is joined to the records.
        """
        self.keep_records()
        self._taught.setdefault(name, function)
        odd = [str(row[0]) for batch in self.stream(_ODD_IDS) for row in batch]
        said = [(record_id, *(f(record_id) for f in self._taught.values())) for record_id in odd]
        names = [f"{known}_" for known in self._taught]
        self._definitions["plain_records"] = self._definitions.pop("records")
        self._definitions["odd_ids"] = self.keep_rows(("id", *names), said)
        cells = ", ".join(f"o.{name}" for name in names)
        self._definitions["records"] = (
            f"SELECT f.*, {cells} FROM plain_records AS f LEFT JOIN odd_ids AS o ON o.id = f.id"
        )

    def derive(self, sql: str, columns: tuple[str, ...]) -> WarehouseRelation:
        """Return the relation of the rows that a SELECT over ``numbered`` gives.

        Nothing is kept: the warehouse makes the rows again for each statement.
        """
        made = copy(self)
        for name in ("_definitions", "_taught", "_rows"):
            made.__dict__.pop(name, None)
        made.columns, made.measures, made.unreadable = columns, {}, {}
        made._definitions = {"numbered": self.with_definitions(reworded(sql, self.dialect)[0])}
        made._whole = frozenset({"numbered"})
        cells = ", ".join(f"c{number}" for number in range(len(columns)))
        made._definitions["extract"] = f"SELECT {cells} FROM numbered"
        return made

    def with_definitions(self, words: str) -> str:
        """Return a statement with the definitions that it needs before it."""
        chosen: dict[str, str] = {}

        def choose(sql: str) -> None:
            for name in names_in(sql):
                if name in self._definitions and name not in chosen:
                    if name not in self._whole:
                        choose(self._definitions[name])
                    chosen[name] = f"{name} AS ({self._definitions[name]})"

        choose(words)
        lead = ", ".join(chosen.values())
        if words.lstrip().upper().startswith("WITH "):
            return f"WITH {lead}, {words.lstrip()[5:]}" if lead else words
        return f"WITH {lead} {words}" if lead else words

    @abstractmethod
    def run(self, words: str, bound: Sequence[object]) -> list[tuple[Cell, ...]]:
        """Run a statement in the engine's own words."""

    @abstractmethod
    def run_in_batches(
        self, words: str, bound: Sequence[object]
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Run a statement in the engine's own words; hold no more than some of its rows."""

    @abstractmethod
    def keep_rows(self, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
        """Return SQL of rows of texts, given to the engine as values."""

    @abstractmethod
    def draw(
        self, hashed_before: str, plan: Plan, *, group: str = "stratum"
    ) -> list[tuple[Cell, ...]]:
        """Return group, rank, id and ticket of the smallest tickets of each stratum or unit."""

    @abstractmethod
    def by_size(
        self, hashed_before: str, wanted: Sequence[tuple[str, int, int]]
    ) -> list[tuple[Cell, ...]]:
        """Return the rows of :data:`BY_SIZE`."""

    @cached_property
    def _rows(self) -> int:
        return self.number("SELECT count(*) FROM extract")

    @cached_property
    def _definitions(self) -> dict[str, str]:
        return {
            "extract": self.extract_sql,
            "numbered": "SELECT 0 AS row_, extract.* FROM extract",
        }

    @cached_property
    def _taught(self) -> dict[str, Callable[[str], str]]:
        return {}


class WarehouseFrame(OpenFrame):
    """A relation in a warehouse, seen as the frame that a spec makes of it."""

    def __init__(self, warehouse: WarehouseRelation, spec: FrameSpec, nonce: str | None) -> None:
        super().__init__(warehouse.source, warehouse, spec, nonce)
        self._warehouse = warehouse

    @property
    def engine_version(self) -> str:
        """Name and version of the warehouse; it has no part in any result."""
        return self._warehouse.source.read_as.partition(",")[0].lower()

    def draw_by_size(
        self, label: str, seed: str, *, sample: Mapping[str, int], take: Mapping[str, int]
    ) -> SizedDraw:
        """Return the first ranks of a size-weighted draw; as :class:`OpenFrame` says."""
        _ = self._kept
        return draw_by_size(partial(self._read, prefix(label, seed)), sample=sample, take=take)

    def draw_of_units(
        self, label: str, seed: str, take: Mapping[str, int]
    ) -> tuple[RankedRecord, ...]:
        """Return the first ranks of each unit; as :class:`OpenFrame` says."""
        units = {unit.name: unit for unit in units_of(self._kept)}
        sizes = {name: unit.records for name, unit in units.items()}
        asked = {name: count for name, count in take.items() if count and name in units}
        drawn = self._nearest(prefix(label, seed), asked, sizes, group="unit") if asked else {}
        return tuple(
            RankedRecord(
                units[name].stratum, rank, line[TICKET_DIGITS:], line[:TICKET_DIGITS], unit=name
            )
            for name in sorted(drawn, key=str.encode)
            for rank, line in enumerate(sorted(drawn[name], key=str.encode), start=1)
        )

    def _read(
        self, hashed_before: str, low: Mapping[str, int], take: Mapping[str, int]
    ) -> dict[str, Read]:
        """Return who can matter in a draw by size."""
        wanted = [(stratum, count, take[stratum]) for stratum, count in low.items()]
        found: dict[str, list[tuple[Cell, ...]]] = {}
        for row in self._warehouse.by_size(hashed_before, wanted):
            found.setdefault(str(row[0]), []).append(row)
        return {stratum: _read_of(rows) for stratum, rows in found.items()}

    def _smallest(self, hashed_before: str, asked: Mapping[str, int]) -> dict[str, list[str]]:
        """Return ticket and id, as one text, of the smallest tickets of each stratum."""
        _ = self._kept
        return self._nearest(hashed_before, asked, self._sizes, group="stratum")

    def _nearest(
        self,
        hashed_before: str,
        asked: Mapping[str, int],
        sizes: Mapping[str, int],
        *,
        group: str,
    ) -> dict[str, list[str]]:
        """Return ticket and id of the smallest tickets of each stratum or unit.

        Tickets are uniform, so that a small share of each is all but certain to hold the
        smallest; only where it does not is all of it ranked. The result is the same.
        """
        near = [(name, m, cut_for(m, sizes.get(name, 0))) for name, m in asked.items()]
        drawn = self._drawn(hashed_before, near, group)
        short = [
            (name, m, LARGEST_TICKET)
            for name, m, _ in near
            if len(drawn.get(name, ())) < min(m, sizes.get(name, 0))
        ]
        return {**drawn, **self._drawn(hashed_before, short, group)} if short else drawn

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return self.stratum_sizes()

    def _drawn(self, hashed_before: str, plan: Plan, group: str) -> dict[str, list[str]]:
        drawn: dict[str, list[str]] = {}
        rows = self._warehouse.draw(hashed_before, plan, group=group)
        for stratum, _, record_id, ticket in rows:
            drawn.setdefault(str(stratum), []).append(f"{ticket}{record_id}")
        return drawn


def _read_of(rows: Sequence[tuple[Cell, ...]]) -> Read:
    """Return what the rows of one stratum say."""
    low = [row for row in rows if row[7]]
    records = int(rows[0][1] or 0)
    return Read(
        records,
        int(rows[0][2] or 0),
        sized([f"{row[3]}{row[4]}\t{row[5]}" for row in low]),
        sized([f"{row[3]}{row[4]}\t{row[5]}" for row in rows if row[8]]),
        max(float(row[6] or 0) for row in low) if len(low) < records else None,
    )


def cut_for(wanted: int, records: int) -> str:
    """Return a ticket that all but certainly has at least so many tickets of a stratum below it.

    Eight standard deviations and thirty records more than are wanted are expected below it.
    """
    expected = wanted + 8 * (isqrt(wanted) + 1) + 30
    if expected >= records:
        return LARGEST_TICKET
    return f"{(expected << 256) // records:064x}"
