"""Where a fault of an extract is, in words: the same on the command line and on the screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sampling.checks import Place


def place_words(places: Sequence[Place]) -> str:
    """Name places of an extract, at least one; a column that all share is named once."""
    columns = {place.column for place in places}
    rows = [place.row for place in places if place.row is not None]
    column = next(iter(columns))
    if len(places) > 1 and len(columns) == 1 and column is not None and len(rows) == len(places):
        return f"column {column}, rows {row_ranges(rows)}"
    return "; ".join(_where(place) for place in places)


def first_places(places: Sequence[Place], ranges: int) -> Sequence[Place]:
    """Return the first places as far as they make so many ranges of rows in one column."""
    begun = 0
    for at, place in enumerate(places):
        before = places[at - 1] if at else None
        is_next = (
            before is not None
            and before.column == place.column
            and before.row is not None
            and place.row == before.row + 1
        )
        begun += not is_next
        if begun > ranges:
            return places[:at]
    return places


def row_ranges(rows: Iterable[int]) -> str:
    """Return rows in order, three and more that follow each other as a range: ``3 to 7, 9``."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ", ".join(
        f"{first} to {last}" if last - first > 1 else ", ".join(map(str, range(first, last + 1)))
        for first, last in ranges
    )


def _where(place: Place) -> str:
    row = "" if place.row is None else f"row {place.row}"
    column = "" if place.column is None else f"column {place.column}"
    return ", ".join(part for part in (row, column) if part) or "the file"
