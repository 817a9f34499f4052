"""The canvas of a page or a panel: made once, and held for as long as the page is.

A page can be left, or the program quit, before the toolkit has put its widgets in place or after
it took them away, while keys, answers of threads and timers still come in. Asking the toolkit for
the widget fails then; drawing on one that nobody sees does nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from dipsample.tui.screens.taking import KeyTaker
from dipsample.tui.theme import PALETTES
from dipsample.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from dipsample.tui.program import Program


class Drawn(KeyTaker):
    """A screen that draws on one canvas; mixed into the toolkit's screens."""

    @property
    def program(self) -> Program:
        """The program that this screen belongs to."""
        return cast("Program", self.app)

    @cached_property
    def canvas(self) -> Canvas:
        """What is drawn on, in place or not."""
        return Canvas(PALETTES[self.program.theme].styles())

    def use_theme(self) -> None:
        """Take the colours of the present theme."""
        self.canvas.use(PALETTES[self.program.theme].styles())
