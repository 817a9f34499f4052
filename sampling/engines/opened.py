"""An open extract, seen as the frame that a spec makes of it, whatever engine reads it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

from sampling.checks import ExtractReport, Severity
from sampling.draw import RankedRecord
from sampling.engines.collapse import collapse
from sampling.engines.design_checks import units_of
from sampling.engines.designed_draws import SizedDraw
from sampling.engines.examine import Examined, Options, examine
from sampling.engines.frame_lines import (
    fingerprint,
    fingerprints,
    lines_of,
    units_fingerprint,
    write_lines,
)
from sampling.engines.kept_counts import kept_counts
from sampling.engines.relation import Relation
from sampling.engines.selection import Wanted, exclusions, keep_records, select
from sampling.engines.stratum_checks import stratum_sizes
from sampling.errors import ExtractError
from sampling.extracts.source import Source
from sampling.frame import Frame, FrameSpec, SourceFile
from sampling.tickets import prefix
from sampling.waves import wave_fingerprint

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
        relation.rename(spec.names)
        self._extract = relation
        self._spec = spec
        self._wanted = Wanted.of(spec)
        self._nonce = nonce

    @property
    @abstractmethod
    def engine_version(self) -> str:
        """Name and version of the engine, such as ``duckdb 2.0.0``; no part of any result."""

    def leave_out(self, record_ids: tuple[str, ...]) -> None:
        """Leave out the records that earlier waves drew; before anything else is asked for.

        Raises:
            ExtractError: Where they are not the ones that the spec names by their fingerprint.
        """
        expected = wave_fingerprint(record_ids) if record_ids else None
        if expected != self._spec.excluded:
            raise ExtractError(
                "The frame leaves out what earlier waves drew, and the list of that is another "
                "one; give the list that the frame was committed with."
            )
        self._wanted = replace(self._wanted, excluded=record_ids)

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
        fingerprint, ids_fingerprint = fingerprints(
            self._kept, self._nonce, has_sizes=self._has_sizes
        )
        records = self._examined.records
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
            kept_counts=kept_counts(self._relation, self._wanted, records.few_valued),
            accepted=tuple(kind for kind in self._spec.accept if kind.code in occurred),
            identifiability=report.identifiability,
            collapsed=records.collapsed,
            unit_of_rows=records.unit,
            units=() if self._spec.unit_column is None else units_of(self._kept),
            units_fingerprint=self.units_fingerprint(),
            files=tuple(
                SourceFile(name=one.name, sha256=one.sha256) for one in self._source.each_digest()
            ),
        )

    def fingerprint(self) -> str:
        """Return the SHA-256 of the sorted lines ``ID TAB STRATUM [TAB SIZE] LF``.

        The line of the nonce is among them, where there is one.
        """
        return self._fingerprint

    def units_fingerprint(self) -> str | None:
        """Return the SHA-256 of the sorted lines ``ID TAB UNIT LF``; None without units."""
        return self._units_fingerprint

    def stratum_sizes(self) -> dict[str, int]:
        """Return records by stratum, in ascending order of the name's bytes."""
        return stratum_sizes(self._kept)

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the fingerprint, but for a nonce, in order of bytes, many at once."""
        return lines_of(self._kept, has_sizes=self._has_sizes)

    def write_lines(self, path: Path) -> None:
        """Write the lines of the fingerprint; ``LC_ALL=C sort FILE | sha256sum`` gives it again.

        Args:
            path: A file; one that exists is replaced.
        """
        write_lines(self._kept, self._nonce, path, has_sizes=self._has_sizes)

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
    def draw_by_size(
        self, label: str, seed: str, *, sample: Mapping[str, int], take: Mapping[str, int]
    ) -> SizedDraw:
        """Return the first ranks of a size-weighted draw.

        Args:
            label: Label of the tickets.
            seed: Seed of the draw.
            sample: n_h of the plan, which decides who is certain.
            take: Ranks by stratum, at least as many.

        Raises:
            TicketError: Where label or seed is not allowed.
        """

    @abstractmethod
    def draw_of_units(
        self, label: str, seed: str, take: Mapping[str, int]
    ) -> tuple[RankedRecord, ...]:
        """Return the records of the smallest tickets of each unit, by unit and then by rank.

        Args:
            label: Label of the tickets.
            seed: Seed of the draw.
            take: How many by unit; a unit that is not named gives none.

        Raises:
            TicketError: Where label or seed is not allowed.
        """

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

    @property
    def _relation(self) -> Relation:
        """A row for each record."""
        if "_examined" in self.__dict__:
            return self._examined.records.relation
        return self._extract if self._wanted.collapse is None else self._collapsed

    @cached_property
    def _collapsed(self) -> Relation:
        self._make_room()
        return collapse(self._extract, self._wanted).relation

    @cached_property
    def _examined(self) -> Examined:
        self._make_room()
        accept = [kind.code for kind in self._spec.accept]
        return examine(self._source, self._extract, self._wanted, Options(accept=accept))

    @cached_property
    def _marked(self) -> Relation:
        select(self._relation, self._wanted)
        return self._relation

    @cached_property
    def _fingerprint(self) -> str:
        return fingerprint(self._kept, self._nonce, has_sizes=self._has_sizes)

    @cached_property
    def _units_fingerprint(self) -> str | None:
        return None if self._spec.unit_column is None else units_fingerprint(self._kept)

    @property
    def _has_sizes(self) -> bool:
        return self._spec.size_column is not None

    @cached_property
    def _kept(self) -> Relation:
        self._make_room()
        if "_examined" not in self.__dict__ or not self.report.strata:
            keep_records(self._marked)
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
