"""Collects the faults of one reading: counts all, keeps the first places of each kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from sampling.checks import MAX_PLACES, Fault, Place
from sampling.faults import Code, fault


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

    def faults(self) -> tuple[Fault, ...]:
        """Return what was found, in the order of first sight."""
        return tuple(
            fault(code, count, self._places[code], detail=self.details.get(code, ""))
            for code, count in self._counts.items()
        )
