"""The figures, worked out in a thread of their own; while cases are open they are provisional."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.worker import Worker, WorkerState, get_current_worker

from dipsample.errors import AuditError
from dipsample.tui.commands import Where
from dipsample.tui.drawing.choice import Chosen, OptionView
from dipsample.tui.drawing.findings import findings_lines, rows_shown
from dipsample.tui.drawing.lines import Line
from dipsample.tui.messages import FindingsComputed, FindingsFailed, IntervalWorkedOut
from dipsample.tui.models.findings import (
    FindingsView,
    by_choices,
    findings_view,
    version_choices,
)
from dipsample.tui.screens.listing import ListScreen
from dipsample.tui.screens.panels import PickPanel, TextPanel
from review.errors import ReviewError
from review.exactness import PREVIEW
from review.finding import Finding
from review.looking import Look
from review.reference_figures import HEADLINES

if TYPE_CHECKING:
    from dipsample.audit import Audit

_Wish = tuple[str | None, str, str | None]
"""By which column, whose groups, and under which earlier version of the codebook."""


_SECONDS_BETWEEN = 2.0
"""How often rows whose exact intervals came meanwhile are filled in."""


class _NoLongerWantedError(Exception):
    """Other figures were asked for, or the screen was left."""


class FindingsScreen(ListScreen[FindingsView]):
    """Indicators over the whole frame, or one of them by group."""

    where: ClassVar[Where] = Where.FINDINGS

    def __init__(self) -> None:
        super().__init__()
        self._by: str | None = None
        self._version: str | None = None
        self._then: Audit | None = None
        self._indicator = HEADLINES[0]
        self._computed: dict[_Wish, tuple[Finding, ...]] = {}
        self._worked_on: _Wish | None = None
        self._worked_out = ""

    def count(self) -> int:
        """Return how many lines of figures there are."""
        return len(self.view.rows or ())

    def room(self) -> int:
        """Return how many of them fit."""
        return rows_shown(self.size.height, self.view)

    @property
    def _wish(self) -> _Wish:
        indicator = self._indicator if self._by is not None else ""
        return (self._by, indicator, self._version)

    @property
    def _audit(self) -> Audit:
        """The project, or what it was under the version chosen."""
        return self._then or self.program.project

    def read(self, old: FindingsView | None) -> FindingsView:
        """Build the view from what is computed so far; ask for what is not."""
        findings = self._computed.get(self._wish)
        view = findings_view(
            self._audit,
            by=self._by,
            indicator=self._indicator,
            findings=findings,
            look=self._look(),
        )
        if self._worked_on != self._wish and not _is_exact(findings):
            self._worked_on, self._worked_out = self._wish, ""
            self._compute(*self._wish)
        return view

    def _look(self) -> Look | None:
        """Return what the figures rest on; None for a coder before the sample is signed off."""
        try:
            return self._audit.look(self.program.name_of_user)
        except AuditError:
            return None

    @work(thread=True, exclusive=True, group="findings", exit_on_error=False)
    def _compute(self, by: str | None, indicator: str, version: str | None) -> None:
        """Work out the figures, at once and then exactly; only messages leave this thread."""
        worker, audit, name = get_current_worker(), self._audit, self.program.name_of_user
        indicators = None if by is None else (indicator,)
        columns = () if by is None else (by,)
        shown_at = 0.0

        def show_at_once() -> None:
            nonlocal shown_at
            shown_at = self.program.ticks()
            found = audit.findings_at_once(name, indicators=indicators, by=columns)
            self.post_message(FindingsComputed(by, indicator, version, found))

        def tell(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise _NoLongerWantedError
            self.post_message(IntervalWorkedOut(by, indicator, version, done, of))
            if self.program.ticks() - shown_at > _SECONDS_BETWEEN:
                show_at_once()

        try:
            show_at_once()
            found = audit.findings(name, indicators=indicators, by=columns, progress=tell)
        except (AuditError, ReviewError) as error:
            self.post_message(FindingsFailed(str(error)))
        except _NoLongerWantedError:
            return
        else:
            if not worker.is_cancelled:
                self.post_message(FindingsComputed(by, indicator, version, found))

    @on(FindingsComputed)
    def _findings_computed(self, message: FindingsComputed) -> None:
        wish = (message.by, message.indicator, message.version)
        self._computed[wish] = message.findings
        self.refresh_view()
        self.redraw()

    @on(IntervalWorkedOut)
    def _interval_worked_out(self, message: IntervalWorkedOut) -> None:
        if (message.by, message.indicator, message.version) == self._wish:
            self._worked_out = f"{message.done} of {message.of}"
            self.redraw()

    @on(FindingsFailed)
    def _findings_failed(self, message: FindingsFailed) -> None:
        self._notice = message.reason
        self.redraw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a fault in the thread that works out the figures."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._notice = "The figures could not be worked out."
            self.program.show_fault(event.worker.error)
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the figures as lines."""
        window = self.window(width, height)
        return findings_lines(self.view, window, worked_out=self._worked_out)

    def answer(self, key: str) -> None:
        """Choose how the figures are grouped."""
        if key == "w":
            self._group_by(None)
        elif key == "b":
            self._pick_column()
        elif key == "v":
            self._pick_version()

    def _pick_version(self) -> None:
        choices = version_choices(self.program.project)
        here = self._audit.codebook.version
        options = [
            OptionView(key, words, Chosen.YES if number == here else Chosen.NO)
            for key, (number, words) in choices.items()
        ]
        title = "Figures under which version of the codebook?"
        text = "Codings of versions that mean different things are never counted together."
        self.program.push_screen(
            PickPanel(title, text, options, lambda key: self._take_version(choices[key][0]))
        )

    def _take_version(self, number: str) -> None:
        """Show the figures under a version, or say why there are none."""
        program = self.program
        try:
            self._then = program.project.earlier(program.name_of_user, number)
        except AuditError as error:
            self._notice = str(error)
        else:
            self._version = None if self._then is None else number
            self._group_by(None)
        self.redraw()

    def _pick_column(self) -> None:
        choices = by_choices(self._audit.kept_columns)
        options = [
            OptionView(
                key,
                (column or "the whole frame").replace("_", " "),
                Chosen.YES if column == self._by else Chosen.NO,
            )
            for key, column in choices.items()
        ]
        title = f"{self._here()} by which column?"
        text = "Groups of fewer than 30 cases say little; their intervals show it."
        self.program.push_screen(
            PickPanel(title, text, options, lambda key: self._group_by(choices[key]))
        )

    def _here(self) -> str:
        """Return the indicator stood on, or the one whose groups are shown."""
        rows = self.view.rows
        if self._by is not None or not rows:
            return self._indicator
        return rows[self._cursor].name.split()[0]

    def _group_by(self, column: str | None) -> None:
        self._indicator = self._here()
        self._by = column
        self._cursor = self._first = 0
        self._notice = ""
        self.refresh_view()
        self.redraw()

    def do_here(self, command_id: str) -> None:
        """Show a page of the figures."""
        match command_id:
            case "readings":
                self._show_readings()
            case "reference":
                self.program.show_reference()
            case "agreement":
                self._show_page(self.program.show_agreement)
            case "corrected":
                self._show_page(self.program.show_corrected)
            case "take_look":
                self._take_look()
            case "stop_coding":
                self._ask_to_stop()

    def _take_look(self) -> None:
        """Take the look that the plan names, or say why there is none."""
        try:
            is_taken = self.program.project.take_look(self.program.name_of_user)
        except AuditError as error:
            self._notice = str(error)
        else:
            self._notice = "" if is_taken else "No planned look is due."
            self._begin_anew()
        self.redraw()

    def _ask_to_stop(self) -> None:
        """Ask for the word that ends coding where the rule of the plan stops."""
        text = (
            "The rule of the plan decides; later cases leave the sample unread. "
            "Write stop to end coding where it says so."
        )
        self.program.push_screen(TextPanel("End coding by the rule", text, self._stop))

    def _stop(self, word: str) -> str:
        if word.strip().casefold() != "stop":
            return "Nothing is done until the word is stop."
        try:
            stopped = self.program.project.stop_coding(self.program.name_of_user)
        except AuditError as error:
            return str(error)
        self._begin_anew()
        self._notice = (
            "Coding has ended already."
            if stopped is None
            else f"Coding stopped at {stopped.coded} of {stopped.planned} cases."
        )
        self.redraw()
        return ""

    def _begin_anew(self) -> None:
        """Work the figures out again: what they rest on has changed."""
        self._computed.clear()
        self._worked_on = None
        self.refresh_view()

    def _show_page(self, show: Callable[[Audit], None]) -> None:
        """Show a page that its reader may not be allowed to see."""
        try:
            show(self._audit)
        except AuditError as error:
            self._notice = str(error)
            self.redraw()

    def _show_readings(self) -> None:
        findings = self._computed.get((None, "", self._version))
        if findings is not None:
            self.program.show_readings(findings)


def _is_exact(findings: Sequence[Finding] | None) -> bool:
    """Say whether figures are there, and none of them stands in for another."""
    return findings is not None and not any(PREVIEW in one.flags for one in findings)
