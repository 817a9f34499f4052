"""What comes out: cases, findings, files, the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dipsample import comparing, correcting, exporting, looking, overview, reporting
from dipsample.audit.standing import Standing
from dipsample.certifying import Progress, untold
from dipsample.views import CaseRow, LogLine, LogPage, Stage
from exports.release.comparing import ComparedAudit
from review.finding import Finding
from review.looking import Look
from review.second_figure import SecondFigure
from review.waves import Wave
from sampling.looking import CodingStopped


class Results(Standing):
    """What the audit found, for those who may read it."""

    def cases(self, name: str | None = None) -> tuple[CaseRow, ...]:
        """Return the drawn records, sample and reserve.

        Args:
            name: Who asks. A coder sees how far their own codings are, and not whether somebody
                else's differ, until the sample is signed off. None sees the cases. The supervisor
                is told which of them have a safeguarding referral that waits.
        """
        is_told = name is not None and self.is_supervisor(name)
        rows = overview.case_rows(self._project, with_referrals=is_told)
        if name is None or not self.is_blind(name):
            return rows
        return overview.own_case_rows(self._project, name, rows)

    def findings(
        self,
        name: str,
        *,
        indicators: Sequence[str] | None = None,
        by: Sequence[str] = (),
        confidence: float | None = None,
        progress: Progress = untold,
    ) -> tuple[Finding, ...]:
        """Return the findings; hidden from coders until the sample is signed off.

        Waits for exact intervals that were not worked out before, and tells ``progress`` of them.

        Raises:
            RefusedError: Where no sample is drawn, or ``name`` codes one that is not signed off.
        """
        self._read_findings(name)
        return self._project.intervals.exact(
            lambda of_strata: reporting.findings(
                self._project,
                indicators=indicators,
                by=by,
                confidence=confidence,
                is_supervisor=self.is_supervisor(name),
                of_strata=of_strata,
            ),
            progress,
        )

    def findings_at_once(
        self,
        name: str,
        *,
        indicators: Sequence[str] | None = None,
        by: Sequence[str] = (),
    ) -> tuple[Finding, ...]:
        """Return the findings without waiting: those flagged ``preview`` are not exact yet.

        Refused as :meth:`findings`.
        """
        self._read_findings(name)
        return self._project.intervals.at_once(
            lambda of_strata: reporting.findings(
                self._project,
                indicators=indicators,
                by=by,
                confidence=None,
                is_supervisor=self.is_supervisor(name),
                of_strata=of_strata,
            )
        )

    def second_figures(
        self, name: str, *, confidence: float | None = None
    ) -> tuple[SecondFigure, ...]:
        """Return the headlines corrected for reading errors, refused as :meth:`findings`.

        As :func:`dipsample.correcting.second_figures`; approximate, and never a headline.
        """
        self._read_findings(name)
        return correcting.second_figures(self._project, confidence=confidence)

    def look(self, name: str) -> Look:
        """Return what the findings of a person rest on, refused as :meth:`findings`."""
        self._read_findings(name)
        return looking.look_of(self._project, is_supervisor=self.is_supervisor(name))

    def is_look_due(self, name: str) -> bool:
        """Say whether the supervisor's findings would be a look that the plan names.

        Raises:
            RefusedError: Where all looks of the plan are used and coding went on since.
        """
        self._project.refresh()
        return self.is_supervisor(name) and bool(looking.due_look(self._project))

    def take_look(self, name: str) -> bool:
        """Write down the look that is due; as :func:`dipsample.looking.take_look`."""
        self._supervise(name)
        return looking.take_look(self._project, name)

    def stop_coding(self, name: str) -> CodingStopped | None:
        """End coding by the rule of the plan; as :func:`dipsample.looking.stop`."""
        self._supervise(name)
        return looking.stop(self._project, name)

    def rule_words(self, name: str) -> tuple[str, ...]:
        """Return what the rule of the plan says now, for the supervisor alone."""
        words = looking.rule_line(self._project) if self.is_supervisor(name) else ""
        return (words,) if words else ()

    def wave(
        self,
        name: str,
        *,
        indicators: Sequence[str] | None,
        confidence: float,
        progress: Progress = untold,
    ) -> Wave:
        """Return this audit for a comparison, refused as :meth:`findings`.

        As :func:`dipsample.comparing.wave`.
        """
        self._read_findings(name)
        return self._project.intervals.exact(
            lambda of_strata: comparing.wave(
                self._project, indicators=indicators, confidence=confidence, of_strata=of_strata
            ),
            progress,
        )

    def as_compared(self, wave: Wave) -> ComparedAudit:
        """Return what a workbook of a comparison says of this audit."""
        return comparing.compared_audit(self._project, wave)

    def export(
        self,
        name: str,
        out: Path,
        *,
        by: Sequence[str] | None = None,
        date: str | None = None,
        progress: Progress = untold,
    ) -> exporting.Written:
        """Write a workbook, refused as :meth:`findings`; as :func:`dipsample.exporting.export`."""
        self._read_findings(name)
        if self.stage is Stage.CODING:
            self._supervise(name)
        return exporting.export(self._project, name, out, by=by, date=date, progress=progress)

    def log(self, name: str | None = None) -> tuple[LogLine, ...]:
        """Return every event in words, oldest first; for a coder their own and case-free ones."""
        return overview.log_lines(self._project, name)

    def log_page(self, page: int, name: str | None = None) -> LogPage:
        """Return one page of the log, newest first; pages count from 1."""
        return overview.log_page(self._project, page, name)
