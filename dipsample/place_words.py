"""Where a fault of an extract is, in words: the same on the command line and on the screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sampling.checks import Place


def place_words(places: Sequence[Place]) -> str:
    """Name places of an extract, at least one; a column that all share is named once."""
    columns = {place.column for place in places}
    rows = [str(place.row) for place in places if place.row is not None]
    column = next(iter(columns))
    if len(places) > 1 and len(columns) == 1 and column is not None and len(rows) == len(places):
        return f"column {column}, rows {', '.join(rows)}"
    return "; ".join(_where(place) for place in places)


def _where(place: Place) -> str:
    row = "" if place.row is None else f"row {place.row}"
    column = "" if place.column is None else f"column {place.column}"
    return ", ".join(part for part in (row, column) if part) or "the file"
