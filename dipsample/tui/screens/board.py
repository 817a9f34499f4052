"""A screen that is one canvas: keys go to the registry, lines come from a drawing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen

from dipsample.errors import AuditError
from dipsample.tui.commands import Command, Need, Where, command_for, enabled_on
from dipsample.tui.drawing.lines import Line, Role, fill, plain, wrap
from dipsample.tui.drawing.window import Window
from dipsample.tui.messages import SpanClicked
from dipsample.tui.screens.drawn import Drawn
from dipsample.tui.screens.taking import key_of

SMALLEST = (60, 16)
"""Columns and rows under which there is no room for the work."""
_TOO_SMALL = (
    "This terminal is too small. Make it at least 60 columns by 16 rows, or use "
    "dipsample code PROJECT --plain. Everything is saved."
)


class BoardScreen(Drawn, Screen[None]):
    """A canvas, the keys of one place, and nothing else."""

    where: ClassVar[Where]
    """Whose commands the keys stand for."""

    def __init__(self) -> None:
        super().__init__()
        self._notice = ""

    def compose(self) -> ComposeResult:
        """Make the one widget."""
        yield self.canvas

    @property
    def place(self) -> Where:
        """Whose commands the keys stand for now."""
        return self.where

    @abstractmethod
    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the screen as lines."""

    def has(self) -> frozenset[Need]:
        """Return what is so, for commands to be of use."""
        return frozenset()

    def commands(self) -> tuple[Command, ...]:
        """Return the commands that do something now."""
        return enabled_on(self.place, self.has(), among=self.program.registry)

    @abstractmethod
    def do(self, command_id: str) -> None:
        """Carry out a command of the registry."""

    def answer(self, key: str) -> None:
        """Take a letter or digit; where a screen offers none, it does nothing."""

    def tell(self, text: str) -> None:
        """Say something about the last thing done."""
        self._notice = text

    def window(self, width: int, height: int) -> Window:
        """Return what a drawing is given to draw into."""
        return Window(width, height, self.commands(), self._notice)

    def redraw(self) -> None:
        """Show the present state."""
        width, height = self.size
        if width < SMALLEST[0] or height < SMALLEST[1]:
            warning = [plain(f" {text}", Role.NOTICE) for text in wrap(_TOO_SMALL, width - 2)]
            self.canvas.show(fill(warning, height))
        elif width and height:
            self.canvas.show(self.draw(width, height))

    def run_key(self, key: str) -> bool:
        """Do what a key stands for; False where it stands for nothing."""
        if len(key) == 1 and key.isalnum():
            self.attempt(lambda: self.answer(key))
            return True
        command = command_for(key, where=self.place, has=self.has(), among=self.program.registry)
        if command is not None:
            self.run_command(command)
        return command is not None

    def run_command(self, command: Command) -> None:
        """Do what a command says."""
        if command.id == "help":
            self.program.show_help(self.place)
        else:
            self.attempt(lambda: self.do(command.id))

    def attempt(self, action: Callable[[], None]) -> None:
        """Do something; a refusal is told, a fault of the program too, and nothing is lost."""
        try:
            action()
        except AuditError as error:
            self.tell(str(error))
        except Exception as fault:
            self.program.show_fault(fault)
        self.redraw()

    def take_now(self, event: events.Key) -> bool:
        """Take every key but those of the toolkit."""
        self.run_key(key_of(event))
        return True

    def on_mount(self) -> None:
        """Deal with what was typed while the screen opened."""
        self.release_keys()

    def refuse_paste(self) -> None:
        """Say that pasted text stands for no keys."""
        self.tell("What was pasted is left out: keys are typed here.")
        self.redraw()

    def on_resize(self) -> None:
        """Lay the screen out anew for its size."""
        self.redraw()

    def on_screen_resume(self) -> None:
        """Show what may have changed meanwhile."""
        self.attempt(self.refresh_view)

    def refresh_view(self) -> None:
        """Read again what the screen shows."""

    @on(SpanClicked)
    def _span_clicked(self, message: SpanClicked) -> None:
        message.stop()
        self.run_key(message.key)
