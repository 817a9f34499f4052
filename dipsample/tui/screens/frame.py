"""The supervisor's frame page: an extract, the use of its columns, its faults, the commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from dipsample.errors import AuditError
from dipsample.frame_settings import read_frame_settings
from dipsample.tui.commands import Need, Where
from dipsample.tui.drawing.frame import (
    fault_lines,
    first_column,
    frame_lines,
    number_lines,
    rows_shown,
    told_apart_lines,
)
from dipsample.tui.drawing.lines import Line
from dipsample.tui.models.frame_uses import nothing_to_read
from dipsample.tui.models.framing import (
    FrameDraft,
    FrameView,
    Use,
    draft_of_settings,
    frame_view,
)
from dipsample.tui.screens.frame_panels import (
    blanks_panel,
    commit_panel,
    fault_panel,
    only_panel,
    published_panel,
    reason_panel,
    waves_panel,
)
from dipsample.tui.screens.page import PageScreen
from dipsample.tui.screens.panels import TextPanel
from dipsample.tui.screens.path import StepScreen
from sampling.checks import ExtractReport, Fault
from sampling.errors import ExtractNameError, SamplingError
from sampling.extracts.naming import Extract, named
from sampling.frame import Frame
from sampling.waves import read_waves

if TYPE_CHECKING:
    from sampling.engines import Remaining


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a count of the records that stay."""

    leaves_out: tuple[object, ...]
    """What it was counted with."""
    stay: Remaining | None
    """None where it could not be counted."""


class FrameScreen(StepScreen):
    """Which records can be drawn."""

    where: ClassVar[Where] = Where.FRAME
    step: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0
        self._first = 0
        self._is_checking = False
        self._opening: Extract | None = None
        self._counting: tuple[object, ...] = ()

    @property
    def _draft(self) -> FrameDraft | None:
        """What was chosen; the program holds it for when the page is opened again."""
        return self.program.frame_draft

    @_draft.setter
    def _draft(self, draft: FrameDraft) -> None:
        self.program.frame_draft = draft

    @property
    def view(self) -> FrameView:
        """What is shown."""
        audit = self.program.project
        return frame_view(
            audit.title,
            self.saved,
            frame=audit.frame,
            draft=self._draft,
            is_checking=self._is_checking,
            can_change=not audit.is_seed_known,
            warning=self._warning,
            is_counting=bool(self._counting),
        )

    @property
    def _warning(self) -> str:
        """That coders would have nothing to read, once the extract was checked."""
        draft = self._draft
        return "" if draft is None or draft.checked is None else nothing_to_read(draft)

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        found = set()
        if not self.program.project.is_seed_known:
            found.add(Need.CHANGEABLE)
        if self._draft is not None and not self._is_checking:
            found.add(Need.EXTRACT)
        return frozenset(found)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the page as lines."""
        view = self.view
        self._cursor = min(max(0, self._cursor), max(0, len(view.rows) - 1))
        window = replace(self.window(width, height), cursor=self._cursor, first=self._first)
        self._first = first_column(view, window)
        return frame_lines(view, self.program.project.stage, window)

    def answer(self, key: str) -> None:
        """Give the column stood on a use, or take it."""
        self._notice = ""
        is_use = key in {use.value for use in Use}
        if self._draft is not None and is_use and not self._is_checking:
            column = self._draft.first.columns[self._cursor].name
            self._draft = self._draft.toggled(column, Use(key))
            self._count()

    def do_here(self, command_id: str) -> None:
        """Carry out a command of this page."""
        page = rows_shown(self.view, self.size.height)
        match command_id:
            case "above" | "below" | "page_above" | "page_below":
                by = 1 if command_id in ("above", "below") else page
                self._cursor += by if command_id.endswith("below") else -by
            case "extract":
                self._ask_extract()
            case "settings":
                self._ask_settings()
            case "check":
                self._check_or_commit()
            case "accept":
                self._ask_fault()
            case "only" | "waves" | "blanks":
                self._ask_what_is_left_out(command_id)
            case "faults" | "told_apart":
                self._show(command_id)

    def _ask_extract(self) -> None:
        text = (
            "A file (CSV, XLSX, Parquet), a folder or a pattern of files, a relation as "
            "postgresql://HOST/DATABASE#SCHEMA.TABLE, or spark:TABLE. It is only read."
        )
        start = self.program.extract_typed
        self.program.push_screen(
            TextPanel("Which extract?", text, self._open, start=start, verb="reads it")
        )

    def _open(self, typed: str) -> str:
        try:
            extract = named(typed)
        except ExtractNameError as problem:
            return str(problem)
        self._opening, self.program.extract_typed = extract, typed
        self._begin("The extract is being read ...", extract, None)
        return ""

    def _ask_settings(self) -> None:
        text = "A TOML file as for frame check --settings; it takes the place of the uses below."
        self.program.push_screen(
            TextPanel("Which settings?", text, self._take_settings, verb="reads it")
        )

    def _take_settings(self, typed: str) -> str:
        path = Path(typed).expanduser()
        if not typed or not path.is_file() or self._draft is None:
            return "There is no file of this name."
        try:
            settings = read_frame_settings(path)
            spec, lists = settings.spec(), settings.earlier_waves(path)
            excluded = len(read_waves((file.name, file.read_bytes()) for file in lists))
        except (AuditError, SamplingError) as problem:
            return str(problem)
        program, extract, coarser = self.program, self._draft.extract, settings.coarser_columns()

        def look() -> FrameDraft:
            user = program.name_of_user
            report = program.project.examine(user, extract, spec, coarser=coarser)
            draft = draft_of_settings(extract, report, spec, coarser)
            return draft.leaving_out(lists, excluded)

        self._is_checking = True
        self.in_thread(look)
        return ""

    def _begin(self, notice: str, extract: Extract, draft: FrameDraft | None) -> None:
        """Look at an extract in the thread; nothing is written."""
        program, spec = self.program, None if draft is None else draft.spec()
        coarser = None if draft is None else draft.coarser
        self._is_checking, self._notice = True, notice
        self.in_thread(
            lambda: program.project.examine(program.name_of_user, extract, spec, coarser=coarser)
        )

    def _count(self) -> None:
        """Count in a thread of its own what is left, where it is not known; nothing waits for it.

        An extract that cannot be counted is one that the check says everything about.
        """
        draft = self._draft
        if draft is None or draft.stay is not None or draft.leaves_out in {(), self._counting}:
            return
        program, self._counting = self.program, draft.leaves_out

        def count() -> Counted:
            try:
                stay = program.project.remaining(
                    program.name_of_user, draft.extract, draft.spec(), draft.earlier_waves
                )
            except (OSError, SamplingError):
                return Counted(draft.leaves_out, None)
            return Counted(draft.leaves_out, stay)

        self.in_thread_apart(count)

    def _check_or_commit(self) -> None:
        draft = self._draft
        if draft is None or draft.id_column is None:
            self.tell("Stand on the column of record ids and press i first.")
        elif draft.can_commit:
            self._ask_commit(draft)
        elif draft.checked is not None:
            self._show("faults")
        else:
            self._begin("", draft.extract, draft)

    def take_result(self, result: object) -> None:
        """Take a report or a count, or hear that the frame is committed."""
        if isinstance(result, Counted):
            self._take_count(result)
            return
        self._is_checking = False
        if isinstance(result, Frame):
            self.program.show_step(1)
            self.program.push_screen(published_panel(result))
        elif isinstance(result, FrameDraft):
            self._draft = result
            self._cursor = 0
        elif not isinstance(result, ExtractReport):
            raise TypeError(type(result).__name__)
        elif self._opening is not None:
            self._draft = FrameDraft(self._opening, result)
            self._opening, self._cursor, self._notice = None, 0, ""
        elif self._draft is not None:
            self._draft = self._draft.with_report(result)
        self._count()

    def _take_count(self, counted: Counted) -> None:
        if counted.leaves_out == self._counting:
            self._counting = ()
        if self._draft is not None and counted.stay is not None:
            self._draft = self._draft.counted(counted.leaves_out, counted.stay)

    def take_refusal(self, reason: str) -> None:
        """Tell why it could not be read or committed."""
        self._is_checking, self._opening = False, None
        self.tell(reason)

    def _ask_commit(self, draft: FrameDraft) -> None:
        def commit(key: str) -> None:
            program, nonce = self.program, key == "n"
            self._is_checking, self._notice = True, "The frame is being committed ..."
            self.in_thread(
                lambda: program.project.commit_frame(
                    program.name_of_user,
                    draft.extract,
                    draft.spec(),
                    with_nonce=nonce,
                    earlier_waves=draft.earlier_waves,
                )
            )

        self.program.push_screen(commit_panel(draft, commit))

    def _ask_what_is_left_out(self, command_id: str) -> None:
        """Ask for the values of a filter, for a stratum of blanks, or for earlier waves."""
        draft = self._draft
        if draft is None:
            return

        def hold(changed: FrameDraft) -> None:
            self._draft = changed
            self._count()
            self.redraw()

        if command_id == "waves":
            panel = waves_panel(draft, hold)
        elif command_id == "blanks":
            panel = blanks_panel(draft, hold)
        else:
            panel = only_panel(draft, draft.first.columns[self._cursor], hold)
        self.program.push_screen(panel)

    def _ask_fault(self) -> None:
        """Choose a kind of fault, then say why it is accepted."""
        draft = self._draft
        waiting = [one for one in (() if draft is None else draft.faults) if one.acceptable]
        if waiting:
            self.program.push_screen(fault_panel(waiting, self._why))
        else:
            self.tell("No fault here can be accepted; = lists what there is.")

    def _why(self, found: Fault) -> None:
        def accept(reason: str) -> None:
            if self._draft is not None:
                self._draft = self._draft.accepting(found.code, reason)

        self.program.push_screen(reason_panel(found, accept))

    def _show(self, command_id: str) -> None:
        draft = self._draft
        if draft is None:
            return
        report = draft.report
        if command_id == "faults":
            page = PageScreen("Faults", lambda width: fault_lines(report.faults, width))
        else:
            page = PageScreen(
                "How easily records could be told apart",
                lambda width: [
                    *number_lines(report, width),
                    *told_apart_lines(report.identifiability, report.mended, report.records, width),
                ],
            )
        self.program.push_screen(page)
