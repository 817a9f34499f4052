"""Audit: the one front door. Every command and every key of the screens is a method of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dipsample import comparing, desk, growing, overview, reporting, supervising
from dipsample.desk import NewAnswer, NewQuote
from dipsample.errors import RefusedError
from dipsample.project import OpenProject, created_of
from dipsample.views import CaseFile, CaseRow, LogLine, LogPage, Overview, QueueItem, Stage
from review import coding as rules
from review.codebook import Codebook, Value
from review.coding import Quote
from review.events import DeferralReason, FlagKind
from review.finding import Finding
from review.imports import ImportOutcome
from review.waves import Wave
from sampling.events import SampleDrawn
from sampling.frame import Frame, FrameSpec
from sampling.plan import Plan
from sampling.planning import PlanRequest


class Audit:
    """One project, open.

    Every method that changes something is one durable commit, and brings the project up to date
    with what others wrote before it decides. Refusals are ``RefusedError``; nothing is written
    then.
    """

    def __init__(self, project: OpenProject) -> None:
        self._project = project

    def close(self) -> None:
        """Give the file back."""
        self._project.store.close()

    # What the project is

    @property
    def project_id(self) -> str:
        """32 hex digits."""
        return self._project.store.project.id

    @property
    def title(self) -> str:
        """What the audit is called."""
        return created_of(self._project).title

    @property
    def supervisor(self) -> str:
        """The name of the supervisor."""
        return created_of(self._project).supervisor

    @property
    def codebook(self) -> Codebook:
        """The questions."""
        return desk.codebook_of(self._project)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about the place where the project lies."""
        return self._project.store.warnings

    @property
    def is_unencrypted(self) -> bool:
        """Whether anyone who has the file can read it."""
        return created_of(self._project).is_synthetic

    @property
    def is_read_only(self) -> bool:
        """Whether every write is refused."""
        return self._project.store.read_only

    @property
    def last_saved(self) -> str | None:
        """When this process last committed something; None before it did."""
        return self._project.last_saved

    @property
    def stage(self) -> Stage:
        """How far the project is."""
        return overview.stage(self._project)

    @property
    def drawn(self) -> SampleDrawn:
        """The draw.

        Raises:
            RefusedError: Where no sample is drawn yet.
        """
        drawn = self._project.state.ceremony.drawn
        if drawn is None:
            raise RefusedError(reporting.NOT_DRAWN)
        return drawn

    @property
    def draw_line(self) -> str:
        """Such as ``draw 1 of 1 on this frame``."""
        return self._project.state.ceremony.draw_of_draws

    @property
    def is_stratified(self) -> bool:
        """Whether findings are weighted by stratum.

        Raises:
            RefusedError: Where no sample is drawn yet.
        """
        return reporting.drawn_design(self._project)[0].is_stratified

    @property
    def kept_columns(self) -> tuple[str, ...]:
        """Columns that findings can be broken down by, ``stratum`` among them if there are any."""
        return reporting.default_breakdowns(self._project)

    def digest(self) -> str:
        """Return the digest of the log: 64 hex digits."""
        return self._project.store.digest()

    def draw_facts(self) -> dict[str, object]:
        """Return fingerprint, seed and number of the draw, as findings print them."""
        return reporting.draw_json(self._project)

    def is_supervisor(self, name: str) -> bool:
        """Say whether a person supervises; in a file this is a label, not a lock."""
        return name == self.supervisor

    def code_of(self, name: str) -> str | None:
        """Return how outputs name a reviewer: R1, R2 and so on; None for somebody else."""
        return self._project.state.review.reviewers.get(name)

    def refresh(self) -> None:
        """Take in what others wrote since."""
        self._project.refresh()

    # What a supervisor does

    def commit_frame(
        self,
        name: str,
        extract: Path,
        spec: FrameSpec,
        *,
        with_nonce: bool = False,
        lines_to: Path | None = None,
    ) -> Frame:
        """Fix which records can be drawn; as :func:`dipsample.supervising.commit_frame`."""
        self._supervise(name)
        return supervising.commit_frame(
            self._project, name, extract, spec, with_nonce=with_nonce, lines_to=lines_to
        )

    def commit_plan(self, name: str, request: PlanRequest) -> Plan:
        """Fix how many are drawn; as :func:`dipsample.supervising.commit_plan`."""
        self._supervise(name)
        return supervising.commit_plan(self._project, name, request)

    def draw(self, name: str, extract: Path, *, seed: str, source: str) -> int:
        """Draw the sample; as :func:`dipsample.supervising.draw`."""
        self._supervise(name)
        return supervising.draw(self._project, name, extract, seed=seed, source=source)

    def extend(self, name: str, extract: Path, size: int) -> int:
        """Let the sample grow by the next ranks; as :func:`dipsample.growing.extend`."""
        self._supervise(name)
        return growing.extend(self._project, name, extract, size)

    def replace(self, name: str, case_id: str, reason: str) -> str:
        """Replace a case from the reserve; as :func:`dipsample.growing.replace`."""
        self._supervise(name)
        return growing.replace(self._project, name, case_id, reason)

    def assign(self, name: str, reviewers: Sequence[str]) -> None:
        """Deal the cases out to reviewers, one to a case."""
        self._supervise(name)
        supervising.assign(self._project, name, reviewers)

    def overview(self) -> Overview:
        """Return progress, referrals and open flags."""
        return overview.overview(self._project)

    def acknowledge_risk(self, name: str, case_id: str, action: str) -> None:
        """Say what was done about a safeguarding referral."""
        self._supervise(name)
        supervising.acknowledge_risk(self._project, name, case_id, action)

    def answer_flag(self, name: str, flag_id: str, text: str) -> None:
        """Answer a flag, which closes it."""
        self._supervise(name)
        supervising.answer_flag(self._project, name, flag_id, text)

    def return_case(self, name: str, case_id: str, question: str) -> None:
        """Send a handed-in case back to its coder with a question."""
        self._supervise(name)
        supervising.return_case(self._project, name, case_id, question)

    def design(self) -> Plan:
        """Return the plan with sample and reserve of each stratum as they are now.

        Raises:
            RefusedError: Where no sample is drawn yet.
        """
        return reporting.drawn_design(self._project)[1]

    # What a coder does

    def queue(self, name: str) -> tuple[QueueItem, ...]:
        """Return the cases that a person codes."""
        return desk.queue(self._project, name)

    def case_file(self, name: str, case_id: str) -> CaseFile:
        """Return one case as its coder sees it."""
        return desk.case_file(self._project, name, case_id)

    def open_case(self, name: str, case_id: str) -> CaseFile:
        """Begin a case."""
        return desk.change(
            self._project, name, case_id, lambda coding, _: rules.open_coding(coding)
        )

    def answer(
        self,
        name: str,
        case_id: str,
        question_id: str,
        value: Value,
        *,
        active_seconds: int = 0,
        confirm: str | None = None,
    ) -> CaseFile:
        """Answer a question; an empty value takes the answer back.

        Raises:
            LeakFoundError: Where a text looks like personal data and ``confirm`` gives no reason.
        """
        return desk.answer(
            self._project,
            name,
            case_id,
            NewAnswer(question_id, value),
            active_seconds=active_seconds,
            confirm=confirm,
        )

    def undo(self, name: str, case_id: str) -> CaseFile:
        """Take back the last change."""
        return desk.change(self._project, name, case_id, rules.undo)

    def redo(self, name: str, case_id: str) -> CaseFile:
        """Bring about again what was undone last."""
        return desk.change(self._project, name, case_id, rules.redo)

    def pin_quote(
        self, name: str, case_id: str, question_id: str, field: str, start: int, end: int
    ) -> CaseFile:
        """Pin a passage of the record to a question."""
        pin = desk.pinning(self._project, case_id, NewQuote(question_id, field, start, end))
        return desk.change(self._project, name, case_id, pin)

    def remove_quote(self, name: str, case_id: str, quote: Quote) -> CaseFile:
        """Take a pinned passage off again."""
        return desk.change(
            self._project,
            name,
            case_id,
            lambda coding, codebook: rules.remove_quote(coding, codebook, quote),
        )

    def set_note(
        self, name: str, case_id: str, text: str, *, confirm: str | None = None
    ) -> CaseFile:
        """Write the note on a case anew; as :meth:`answer` for personal data."""
        return desk.note(self._project, name, case_id, text, confirm=confirm)

    def defer(self, name: str, case_id: str, reason: DeferralReason) -> CaseFile:
        """Put a case off."""
        return desk.change(
            self._project,
            name,
            case_id,
            lambda coding, codebook: rules.defer(coding, codebook, reason),
        )

    def resume(self, name: str, case_id: str) -> CaseFile:
        """Take a deferred case up again."""
        return desk.change(self._project, name, case_id, desk.resuming)

    def submit(self, name: str, case_id: str) -> CaseFile:
        """Hand a case in."""
        return desk.change(self._project, name, case_id, rules.submit)

    def recall(self, name: str, case_id: str) -> CaseFile:
        """Take a handed-in case back."""
        return desk.change(self._project, name, case_id, desk.recalling)

    def raise_flag(
        self, name: str, case_id: str, kind: FlagKind, text: str, *, confirm: str | None = None
    ) -> CaseFile:
        """Ask the supervisor something about a case; as :meth:`answer` for personal data."""
        return desk.flag(self._project, name, case_id, kind, text, confirm=confirm)

    def refer_risk(self, name: str, case_id: str) -> CaseFile:
        """Refer a live safeguarding risk to the supervisor."""
        return desk.change(
            self._project, name, case_id, lambda _coding, _codebook: rules.refer_risk()
        )

    def code_at_once(
        self,
        name: str,
        case_id: str,
        answers: Mapping[str, Value],
        quotes: Sequence[NewQuote] = (),
    ) -> None:
        """Open, answer, quote and hand in a case in one commit, by the same rules."""
        given = [NewAnswer(question, value) for question, value in answers.items()]
        desk.code_at_once(self._project, name, case_id, given, quotes)

    def import_codings(self, name: str, file: Path) -> ImportOutcome:
        """Take in a CSV of codings made elsewhere, all of it or nothing."""
        return supervising.import_codings(self._project, name, file)

    # What comes out

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

    def _read_findings(self, name: str) -> None:
        """Bring the project up to date, and refuse a coder while cases are open."""
        self._project.refresh()
        if self.code_of(name) and not self.is_supervisor(name) and self.stage is Stage.CODING:
            raise RefusedError(
                "Findings are hidden from coders while cases are open, so that early figures "
                "steer nobody. Ask the supervisor."
            )

    def _supervise(self, name: str) -> None:
        """Bring the project up to date, and refuse whoever is not its supervisor."""
        self._project.refresh()
        if not self.is_supervisor(name):
            raise RefusedError(
                "Only the supervisor of the project may do this. Say who you are with --as."
            )
