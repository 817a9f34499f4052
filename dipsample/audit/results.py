"""What comes out: cases, findings, files, the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dipsample import comparing, overview, reporting
from dipsample.audit.standing import Standing
from dipsample.views import CaseRow, LogLine, LogPage
from review.finding import Finding
from review.waves import Wave


class Results(Standing):
    """What the audit found, for those who may read it."""

    def cases(self) -> tuple[CaseRow, ...]:
        """Return the drawn records, sample and reserve."""
        return overview.case_rows(self._project)

    def findings(
        self,
        name: str,
        *,
        indicators: Sequence[str] | None = None,
        by: Sequence[str] = (),
        confidence: float | None = None,
    ) -> tuple[Finding, ...]:
        """Return the findings; hidden from those who are coding while cases are open.

        Raises:
            RefusedError: Where no sample is drawn, or ``name`` is a coder of an open sample.
        """
        self._read_findings(name)
        return reporting.findings(
            self._project, indicators=indicators, by=by, confidence=confidence
        )

    def wave(self, name: str, *, indicators: Sequence[str] | None, confidence: float) -> Wave:
        """Return this audit for a comparison, refused as :meth:`findings`.

        As :func:`dipsample.comparing.wave`.
        """
        self._read_findings(name)
        return comparing.wave(self._project, indicators=indicators, confidence=confidence)

    def export(
        self,
        name: str,
        out: Path,
        *,
        by: Sequence[str] | None = None,
        date: str | None = None,
    ) -> reporting.Written:
        """Write a workbook, refused as :meth:`findings`; as :func:`dipsample.reporting.export`."""
        self._read_findings(name)
        return reporting.export(self._project, name, out, by=by, date=date)

    def log(self, name: str | None = None) -> tuple[LogLine, ...]:
        """Return every event in words, oldest first; for a coder their own and case-free ones."""
        return overview.log_lines(self._project, name)

    def log_page(self, page: int, name: str | None = None) -> LogPage:
        """Return one page of the log, newest first; pages count from 1."""
        return overview.log_page(self._project, page, name)
