"""The Textual application: the open project, the theme, and which page is shown."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from dipsample.errors import UsageError
from dipsample.tui.app import OneCase, Start
from dipsample.tui.commands import COMMANDS, Command, Where
from dipsample.tui.models.deciding import DecidingDesk
from dipsample.tui.models.desk import CodingDesk
from dipsample.tui.models.queue import QueueWalk
from dipsample.tui.screens.board import BoardScreen
from dipsample.tui.screens.deciding import decide_case
from dipsample.tui.screens.drawn import Drawn
from dipsample.tui.screens.taking import KeyTaker
from dipsample.tui.text_pages import TextPages
from dipsample.tui.theme import DARK, LIGHT, PALETTES
from dipsample.views import Stage

if TYPE_CHECKING:
    from textual.theme import Theme

    from dipsample.audit import Audit
    from dipsample.tui.models.draw import DrawDraft
    from dipsample.tui.models.framing import FrameDraft
    from dipsample.tui.models.planning import PlanDraft

_BEFORE_CODING = (Stage.NO_FRAME, Stage.NO_PLAN, Stage.NO_DRAW)
_ON_BOTTOM = 2
"""Screens in the stack where one page of ours is open: the toolkit's own lies below it."""


class Program(TextPages):
    """The terminal screens of one project.

    Attributes:
        audit: The open project; None on the page for somebody without one.
        name_of_user: Who is at the keyboard.
        ticks: Seconds from any point on.
        registry: The commands, with the keys of this user.
        failure: What went wrong in the program itself; None: nothing.
        frame_draft: What was chosen on the frame page, for when it is opened again.
        plan_draft: What was typed on the plan page, likewise.
        draw_draft: What was typed on the draw page, likewise.
        extract_typed: The name of the extract as it was typed last.
    """

    TITLE = "dipsample"
    CSS_PATH = "app.tcss"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        audit: Audit | None,
        *,
        name: str,
        start: Start | OneCase,
        ticks: Callable[[], float],
        commands: Sequence[Command] = COMMANDS,
    ) -> None:
        check_theme_wish(os.environ.get("TEXTUAL_THEME"))
        super().__init__()
        self.audit = audit
        self.name_of_user = name
        self.ticks = ticks
        self.registry = commands
        self.failure: Exception | None = None
        self.frame_draft: FrameDraft | None = None
        self.plan_draft: PlanDraft | None = None
        self.draw_draft: DrawDraft | None = None
        self.extract_typed = ""
        self._start = start
        for palette in PALETTES.values():
            self.register_theme(palette.toolkit_theme())
        self.theme = os.environ.get("TEXTUAL_THEME") or DARK
        self.animation_level = "none"

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The two themes whose contrast is tested; no other is offered."""
        return {
            name: theme
            for name, theme in super().available_themes.items()
            if name in PALETTES or name == "textual-dark"
        }

    @property
    def project(self) -> Audit:
        """The open project, on pages that have one."""
        if self.audit is None:
            raise UsageError("No project is open; give one to `dipsample open`.")
        return self.audit

    async def on_event(self, event: events.Event) -> None:
        """Let the screen in front deal with a key before the next one is looked at."""
        if isinstance(event, events.Paste) and not self.focused:
            if isinstance(self.screen, KeyTaker):
                self.screen.refuse_paste()
            return
        is_typed = isinstance(event, events.Key) and not event.is_forwarded
        if not (is_typed and isinstance(event, events.Key) and self._take(event)):
            await super().on_event(event)

    def _take(self, event: events.Key) -> bool:
        screen = self.screen
        return isinstance(screen, KeyTaker) and screen.take(event)

    def hand_on(self, event: events.Key) -> None:
        """Give a key that was held to the screen in front, or to its text field."""
        if not self._take(event):
            (self.focused or self.screen).post_message(event)

    def on_mount(self) -> None:
        """Show the first page."""
        self.push_screen(self.first_screen())
        if self._start is Start.DECIDE:
            self.show_decisions()
        elif isinstance(self._start, OneCase):
            decide_case(self, self._start.case_id, reason=self._start.reason)

    def first_screen(self) -> BoardScreen:
        """Return the page that the program opens on."""
        if self.audit is None or self.audit.stage in _BEFORE_CODING:
            if self.audit is not None and self.audit.is_supervisor(self.name_of_user):
                return self.step_screen(_BEFORE_CODING.index(self.audit.stage))
            from dipsample.tui.screens.start import StartScreen

            return StartScreen()
        wants_overview = self._start is Start.OVERVIEW or (
            self._start is Start.HOME and self.audit.is_supervisor(self.name_of_user)
        )
        return self.overview_screen() if wants_overview else self.queue_screen()

    def step_screen(self, step: int) -> BoardScreen:
        """Return a new page of a step to the sample: frame, plan or draw, from 0."""
        from dipsample.tui.screens.draw import DrawScreen
        from dipsample.tui.screens.frame import FrameScreen
        from dipsample.tui.screens.plan import PlanScreen

        match step:
            case 0:
                return FrameScreen()
            case 1:
                return PlanScreen()
            case _:
                return DrawScreen()

    def show_step(self, step: int) -> None:
        """Go to a step that can be gone to: no plan without a frame, no seed without a plan."""
        stage = self.project.stage
        furthest = _BEFORE_CODING.index(stage) if stage in _BEFORE_CODING else len(_BEFORE_CODING)
        if step > furthest:
            self.screen_in_front().tell("This step comes first.")
        elif step == len(_BEFORE_CODING) - 1 and stage not in _BEFORE_CODING:
            self.show_sample()
        elif 0 <= step < len(_BEFORE_CODING):
            self.switch_screen(self.step_screen(step))

    def show_sample(self) -> None:
        """Show the drawn cases in the place of the page in front."""
        from dipsample.tui.screens.sample import SampleScreen

        self.switch_screen(SampleScreen())

    def show_path(self) -> None:
        """Show frame, plan and draw of a project that has them."""
        self.push_screen(self.step_screen(0))

    def leave_path(self) -> None:
        """Leave the pages of frame, plan and draw: to the page before, or to the first one."""
        if len(self.screen_stack) > _ON_BOTTOM:
            self.pop_screen()
        elif self.project.stage in _BEFORE_CODING:
            self.screen_in_front().tell("Ctrl+Q leaves; what is committed is saved.")
        else:
            self.go_home(self.overview_screen())

    def leave_with(self, words: str) -> None:
        """Go back to the page before, and say there what was done."""
        self.pop_screen()
        self.screen_in_front().tell(words)

    def screen_in_front(self) -> BoardScreen:
        """Return the page in front."""
        assert isinstance(self.screen, BoardScreen)  # noqa: S101  only pages ask
        return self.screen

    def queue_screen(self) -> BoardScreen:
        """Return a new queue page."""
        from dipsample.tui.screens.queue import QueueScreen

        return QueueScreen()

    def overview_screen(self) -> BoardScreen:
        """Return a new overview page."""
        from dipsample.tui.screens.overview import OverviewScreen

        return OverviewScreen()

    def walk(self) -> QueueWalk:
        """Return the user's queue as it stands on disk, to go through."""
        return QueueWalk(self.project.queue(self.name_of_user))

    def desk_for(self, case_id: str, walk: QueueWalk) -> CodingDesk:
        """Open a case of the user's queue.

        Raises:
            AuditError: Where it may not be opened, or cannot be.
        """
        return CodingDesk(
            self.project,
            self.name_of_user,
            case_id,
            counts=walk.counts,
            ticks=self.ticks,
        )

    def go_home(self, screen: BoardScreen) -> None:
        """Put another page in the place of the first one."""
        self.switch_screen(screen)

    def show_findings(self) -> None:
        """Show the figures, or the counts while cases are open."""
        from dipsample.tui.screens.findings import FindingsScreen

        self.push_screen(FindingsScreen())

    def next_decision(self) -> DecidingDesk | None:
        """Open the next case that waits for a decision of the user's; None without one.

        Raises:
            AuditError: Where it cannot be opened.
        """
        waiting = self.project.cases_to_decide(self.name_of_user)
        case_id = next((item.case_id for item in waiting if not item.wait), None)
        return None if case_id is None else DecidingDesk(self.project, self.name_of_user, case_id)

    def show_decisions(self) -> None:
        """Show the cases that wait for a decision of the user's, one after the other."""
        from dipsample.tui.screens.adjudication import AdjudicationScreen
        from dipsample.tui.screens.panels import TellPanel

        desk = self.next_decision()
        if desk is None:
            text = "Cases come here once all their codings are in and differ; never your own ones."
            self.push_screen(TellPanel("No case waits for a decision of yours", text))
        else:
            self.push_screen(AdjudicationScreen(desk))

    def show_log(self) -> None:
        """Show what happened."""
        from dipsample.tui.screens.log import LogScreen

        self.push_screen(LogScreen())

    def show_fault(self, fault: BaseException) -> None:
        """Say that the program itself went wrong, and where; never what it was working on."""
        from dipsample.tui.screens.panels import TellPanel

        self.push_screen(
            TellPanel(
                "Something went wrong in the program",
                "What the header says is saved is safe, and you can go on. Please report it with "
                f"this reference: {reference_of(fault)}.",
                is_alert=True,
            )
        )

    def show_help(self, where: Where) -> None:
        """Show what every key does."""
        from dipsample.tui.drawing.pages import help_lines
        from dipsample.tui.screens.page import PageScreen

        self.push_screen(PageScreen("Keys", lambda width: help_lines(where, width, self.registry)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Fill the palette: the commands of the screen, then theme, keys and quit.

        There is no screenshot among them: it would write case text to disk.
        """
        if isinstance(screen, BoardScreen):
            for command in screen.commands():
                yield SystemCommand(
                    f"{command.label} ({command.shown_key})",
                    command.help,
                    lambda command=command: screen.run_command(command),
                )
        yield SystemCommand("Theme", "Change between dark and light.", self.change_theme)
        if isinstance(screen, BoardScreen):
            yield SystemCommand(
                "Keys", "Show what every key does here.", lambda: self.show_help(screen.place)
            )
        yield SystemCommand("Quit", "Leave; everything is saved.", self.exit)

    def change_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT if self.theme == DARK else DARK
        for screen in self.screen_stack:
            if isinstance(screen, Drawn):
                screen.use_theme()

    def copy_to_clipboard(self, text: str) -> None:
        """Keep copied text inside the program: the terminal's clipboard is outside the project."""
        self._clipboard = text

    def _handle_exception(self, error: Exception) -> None:
        """Leave in order on a fault of the program, without the toolkit's dump of local values.

        Those would hold the text of the record; the caller says what happened.
        """
        self.failure = error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


def reference_of(fault: BaseException) -> str:
    """Return the kind and the place of a fault; its message could hold the text of a record."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(fault).__name__ + place


def check_theme_wish(wish: str | None) -> None:
    """Refuse a theme of the environment that this program does not have.

    Raises:
        UsageError: With the names there are; the toolkit's own themes fail the contrast test,
            and its ANSI ones are black on black under ``NO_COLOR``.
    """
    if wish and wish not in PALETTES:
        raise UsageError(
            f"TEXTUAL_THEME names a theme that dipsample does not offer; set it to "
            f"{' or '.join(PALETTES)}, or take it away."
        )
