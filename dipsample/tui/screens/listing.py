"""A page that is a list: a cursor on one line, and as many lines in sight as fit."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from dipsample.tui.commands import Need
from dipsample.tui.drawing.window import Window, first_shown
from dipsample.tui.screens.board import BoardScreen


class ListView(Protocol):
    """What a list page shows."""

    @property
    def has(self) -> frozenset[Need]:
        """What can be done."""


View = TypeVar("View", bound=ListView)


class ListScreen(BoardScreen, Generic[View]):
    """Holds the view, the line stood on, the first line in sight, and the last notice."""

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0
        self._first = 0
        self._view: View | None = None

    @abstractmethod
    def read(self, old: View | None) -> View:
        """Read what is shown; ``old`` is what was, for the cursor to stay on its line."""

    @abstractmethod
    def count(self) -> int:
        """Return how many lines the list has."""

    @abstractmethod
    def room(self) -> int:
        """Return how many lines of it fit on the screen."""

    @property
    def view(self) -> View:
        """What is shown."""
        if self._view is None:
            self._view = self.read(None)
        return self._view

    def refresh_view(self) -> None:
        """Read it again."""
        self._view = self.read(self._view)
        self.stand_on(self._cursor)

    def has(self) -> frozenset[Need]:
        """Say what can be done."""
        return self.view.has

    def stand_on(self, line: int) -> None:
        """Put the cursor on a line of the list, or on its nearest end."""
        self._cursor = min(max(0, line), max(0, self.count() - 1))

    def keep_in_sight(self) -> None:
        """Let the window follow the cursor, and the cursor stay within the list."""
        self.stand_on(self._cursor)
        self._first = first_shown(
            cursor=self._cursor, first=self._first, height=self.room(), count=self.count()
        )

    def window(self, width: int, height: int) -> Window:
        """Return what a drawing is given to draw into, with the line stood on in sight."""
        self.keep_in_sight()
        window = super().window(width, height)
        return replace(window, cursor=self._cursor, first=self._first)

    def do(self, command_id: str) -> None:
        """Carry out a command: moving about here, what is the page's own there."""
        page = self.room()
        match command_id:
            case "above":
                self.stand_on(self._cursor - 1)
            case "below":
                self.stand_on(self._cursor + 1)
            case "page_above":
                self.stand_on(self._cursor - page)
            case "page_below":
                self.stand_on(self._cursor + page)
            case "codebook":
                self.program.show_codebook()
            case "back":
                self.dismiss()
            case _:
                self.do_here(command_id)

    def do_here(self, command_id: str) -> None:
        """Carry out a command of this page alone."""
