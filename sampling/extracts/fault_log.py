"""Collects the faults of one reading: counts all, keeps the first places of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from sampling.checks import MAX_PLACES, Fault, Place
from sampling.faults import Code, fault

Cells = TypeVar("Cells")


@dataclass(slots=True)
class FaultLog:
    """Faults by kind while rows are being read."""

    details: dict[Code, str] = field(default_factory=dict)
    """What the sentence of a kind names, such as the number of columns."""
    _counts: dict[Code, int] = field(default_factory=dict)
    _places: dict[Code, list[Place]] = field(default_factory=dict)

    def add(self, code: Code, row: int | None = None, column: str | None = None) -> None:
        """Count one fault and keep its place if it is among the first."""
        self._counts[code] = self._counts.get(code, 0) + 1
        places = self._places.setdefault(code, [])
        if len(places) < MAX_PLACES:
            places.append(Place(row, column))

    def without_blank(
        self, rows: Iterable[tuple[int, Cells]], is_blank: Callable[[Cells], bool]
    ) -> Iterator[tuple[int, Cells]]:
        """Yield the rows that are not blank; blank ones between them are faults.

        Those at the end are counted too, and are warnings by their kind.

        Args:
            rows: Row numbers and rows after the header.
            is_blank: Whether a row is wholly blank.
        """
        blank: list[int] = []
        for row, cells in rows:
            if is_blank(cells):
                blank.append(row)
                continue
            for blank_row in blank:
                self.add(Code.BLANK_ROW, blank_row)
            blank.clear()
            yield row, cells
        for blank_row in blank:
            self.add(Code.TRAILING_BLANK_ROWS, blank_row)

    def faults(self) -> tuple[Fault, ...]:
        """Return what was found, in the order of first sight."""
        return tuple(
            fault(code, count, self._places[code], detail=self.details.get(code, ""))
            for code, count in self._counts.items()
        )
