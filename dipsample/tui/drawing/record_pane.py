"""The part of a record that is in sight: it scrolls by itself and wraps once a width."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.lines import Line, fill
from dipsample.tui.drawing.record import Mark, Passage, Place, RecordLayout, lay_out


class RecordPane:
    """A window on one record.

    Attributes:
        top: The first line in sight, from 0.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._key: tuple[int, tuple[Mark, ...]] | None = None
        self._layout = RecordLayout((), ())
        self._height = 1
        self.top = 0

    def shape(self, marks: Sequence[Mark], width: int, height: int) -> None:
        """Wrap the record to ``width`` cells, and show ``height`` lines of it."""
        key = (width, tuple(marks))
        if key != self._key:
            place = self._place_of_top()
            is_resized = self._key is not None and self._key[0] != width
            self._layout = lay_out(self._passages, marks, width)
            self._key = key
            if is_resized and place is not None:
                self.top = self._layout.line_of(place)
        self._height = height
        self._keep_within()

    def lines(self) -> list[Line]:
        """Return the lines in sight."""
        return fill(self._layout.lines[self.top : self.top + self._height], self._height)

    def scroll(self, pages: int) -> None:
        """Move by pages, one line of the former page staying in sight."""
        self.top += pages * max(1, self._height - 1)
        self._keep_within()

    def show(self, place: Place) -> None:
        """Bring a place into sight, with a line above it where it has to move."""
        line = self._layout.line_of(place)
        last = self._layout.line_of(Place(place.field, place.end, place.end))
        if line < self.top or last >= self.top + self._height:
            self.top = line - 1
        self._keep_within()

    def status(self) -> str:
        """Return which lines are in sight, and how to see more."""
        count = len(self._layout.lines)
        if count <= self._height:
            return "whole record"
        last = min(count, self.top + self._height)
        more = "PgDn more" if last < count else "PgUp back"
        return f"lines {self.top + 1}-{last} of {count}, {more}"

    def _place_of_top(self) -> Place | None:
        if not self._layout.starts:
            return None
        number, start = self._layout.starts[min(self.top, len(self._layout.starts) - 1)]
        return Place(self._layout.fields[number], max(0, start), max(0, start))

    def _keep_within(self) -> None:
        self.top = min(max(0, self.top), max(0, len(self._layout.lines) - self._height))
