"""An open extract, seen as the frame that a spec makes of it, whatever engine reads it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from sampling.checks import ExtractReport, Severity
from sampling.draw import RankedRecord
from sampling.engines.examine import Examined, Options, examine
from sampling.engines.frame_lines import fingerprint, fingerprints, write_lines
from sampling.engines.kept_counts import kept_counts
from sampling.engines.relation import Relation
from sampling.engines.selection import Wanted, exclusions, select, sort_records
from sampling.engines.stratum_checks import stratum_sizes
from sampling.errors import ExtractError
from sampling.extracts.source import Source
from sampling.frame import MAX_COUNTED_VALUES, Frame, FrameSpec
from sampling.tickets import prefix

TICKET_DIGITS: Final = 64


class OpenFrame(ABC):
    """An open extract, seen as the frame that a spec makes of it.

    ``report`` and ``frame`` look at every value and are made when first asked for. Everything
    else reads the columns it needs and no more, so that a frame once committed is opened again
    at little cost; whoever does that compares ``fingerprint()`` first.
    """

    def __init__(
        self, source: Source, relation: Relation, spec: FrameSpec, nonce: str | None
    ) -> None:
        self._source = source
        self._relation = relation
        self._spec = spec
        self._wanted = Wanted.of(spec)
        self._nonce = nonce

    @property
    @abstractmethod
    def engine_version(self) -> str:
        """Name and version of the engine, such as ``duckdb 2.0.0``; no part of any result."""

    @property
    def source_sha256(self) -> str:
        """SHA-256 of the file."""
        return self._source.digest.result()

    @property
    def report(self) -> ExtractReport:
        """Everything that was found in the extract."""
        return self._examined.report

    @cached_property
    def frame(self) -> Frame:
        """The frame, ready to be committed.

        Raises:
            ExtractError: With all faults, where an error was found that nobody accepted.
        """
        report = self.report
        if report.errors:
            raise _refused(report)
        fingerprint, ids_fingerprint = fingerprints(self._sorted, self._nonce)
        columns = [
            column.name
            for column in report.columns
            if column.name in self._spec.keep and column.distinct <= MAX_COUNTED_VALUES
        ]
        occurred = {fault.code for fault in report.faults if fault.severity is Severity.ERROR}
        return Frame(
            spec=self._spec,
            source_name=report.source_name,
            source_sha256=report.source_sha256,
            rows=report.rows,
            records=sum(stratum.records for stratum in report.strata),
            fingerprint=fingerprint,
            ids_fingerprint=ids_fingerprint,
            nonce=self._nonce,
            strata=report.strata,
            exclusions=exclusions(self._relation, self._wanted, self._examined.trailing_blank_rows),
            kept_counts=kept_counts(self._relation, self._wanted, columns),
            accepted=tuple(kind for kind in self._spec.accept if kind.code in occurred),
            identifiability=report.identifiability,
        )

    def fingerprint(self) -> str:
        """Return the SHA-256 of the sorted lines ``ID TAB STRATUM LF``, nonce line included."""
        return self._fingerprint

    def stratum_sizes(self) -> dict[str, int]:
        """Return records by stratum, in ascending order of the name's bytes."""
        return stratum_sizes(self._sorted)

    def write_lines(self, path: Path) -> None:
        """Write the lines of the fingerprint; ``LC_ALL=C sort FILE | sha256sum`` gives it again.

        Args:
            path: A file; one that exists is replaced.
        """
        write_lines(self._sorted, self._nonce, path)

    def draw(self, label: str, seed: str, take: Mapping[str, int]) -> tuple[RankedRecord, ...]:
        """Return the records of the smallest tickets of each stratum.

        Args:
            label: Label of the tickets.
            seed: Seed of the draw.
            take: How many by stratum; a stratum that is not named gives none.

        Returns:
            Records in ascending order of the stratum's bytes, then of rank.

        Raises:
            TicketError: Where label or seed is not allowed.
            ExtractError: Where a stratum has fewer records than asked for.
        """
        hashed_before = prefix(label, seed)
        asked = {stratum: count for stratum, count in take.items() if count > 0}
        drawn = self._smallest(hashed_before, asked) if asked else {}
        for stratum, count in asked.items():
            found = len(drawn.get(stratum, ()))
            if found != count:
                raise ExtractError(
                    f"Stratum {stratum!r} has {found} records, fewer than the "
                    f"{count} to be drawn; use the extract that was committed."
                )
        return tuple(
            RankedRecord(stratum, rank, line[TICKET_DIGITS:], line[:TICKET_DIGITS])
            for stratum in sorted(drawn, key=str.encode)
            for rank, line in enumerate(sorted(drawn[stratum], key=str.encode), start=1)
        )

    @abstractmethod
    def _smallest(self, hashed_before: str, asked: Mapping[str, int]) -> dict[str, list[str]]:
        """Return ticket and id, as one text, of the smallest tickets of each stratum.

        Args:
            hashed_before: The text before every id, to be bound and never spliced.
            asked: How many by stratum, at least one of each; no more come back.
        """

    def _make_room(self) -> None:
        """Let the engine use what checks and fingerprint need, where it has to be told."""
        return

    def rows(
        self, record_ids: Iterable[str], columns: Iterable[str]
    ) -> dict[str, dict[str, str | None]]:
        """Return the named columns of some records, by record id; a blank cell is None.

        Raises:
            ExtractError: Where a column or a record is not in the extract.
        """
        ids, names = list(dict.fromkeys(record_ids)), list(dict.fromkeys(columns))
        cells = ", ".join(map(self._relation.column, [self._spec.id_column, *names]))
        id_column = self._relation.column(self._spec.id_column)
        found = self._relation.query(
            f"SELECT {cells} FROM extract WHERE {id_column} IN (SELECT unnest(?::VARCHAR[]))",
            [ids],
        )
        by_id = {str(row[0]): dict(zip(names, map(_cell, row[1:]), strict=True)) for row in found}
        if len(by_id) != len(ids):
            raise ExtractError(
                f"{len(ids) - len(by_id)} of {len(ids)} records are not in the extract; "
                "use the one that was committed."
            )
        return {record_id: by_id[record_id] for record_id in ids}

    @cached_property
    def _examined(self) -> Examined:
        self._make_room()
        accept = [kind.code for kind in self._spec.accept]
        return examine(self._source, self._relation, self._wanted, Options(accept=accept))

    @cached_property
    def _marked(self) -> Relation:
        select(self._relation, self._wanted)
        return self._relation

    @cached_property
    def _fingerprint(self) -> str:
        return fingerprint(self._sorted, self._nonce)

    @cached_property
    def _sorted(self) -> Relation:
        self._make_room()
        if "_examined" not in self.__dict__ or not self.report.strata:
            sort_records(self._marked)
        return self._relation


def _cell(value: object) -> str | None:
    text = "" if value is None else str(value)
    return text if text.strip(" ") else None


def _refused(report: ExtractReport) -> ExtractError:
    kinds = len(report.errors)
    return ExtractError(
        f"The extract {report.source_name} cannot become a frame: "
        f"{kinds} {'kind' if kinds == 1 else 'kinds'} of fault must be mended first.",
        report.errors,
    )
