"""Widths and heights, computed from the text: nobody sees a cut line.

openpyxl writes no row heights, and a program that opens the file without a screen then prints
wrapped lines over each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from exports.release.tables import Cell, Column, ColumnKind, Shown, Table
from exports.workbook.styles import POINTS, Style, is_bold, points_of

FIRST_COLUMN: Final = 36
"""Least width of the first column, which carries the title of the sheet as well."""
SECOND_COLUMN: Final = 18
"""Least width of the second, which carries the link back; a link is cut rather than wrapped."""
WIDEST: Final = 70
WIDEST_OF_MANY: Final = 38
"""Widest column of short texts where there are more than four columns: print stays legible."""
MAX_ROW_POINTS: Final = 409.0

_LEAST: Final = 11
_FEW: Final = 4
_LONG: Final = 200
_LINE_PER_POINT: Final = 1.3
_PADDING_POINTS: Final = 3.0
_PADDING: Final = 2.5
"""Part of a column, in characters, that no text can use: its margins and an indent."""
_BOLD: Final = 1.12
_NARROW: Final = frozenset("fijlrtI.,:;'!|()[]/ \"-`")
_BROAD: Final = frozenset("mwMWGOQ%@+=<>~&")


def column_widths(table: Table) -> tuple[int, ...]:
    """Return a width for each column, in characters of the normal font."""
    is_narrow = len(table.columns) <= _FEW
    least = {0: FIRST_COLUMN, 1: SECOND_COLUMN}
    return tuple(
        max(
            _width(column, [row[number] for row in table.rows], is_narrow),
            least.get(number, 0),
        )
        for number, column in enumerate(table.columns)
    )


def _width(column: Column, cells: Iterable[Cell], is_narrow: bool) -> int:
    longest_word = _fitting(max(map(_length, column.title.split())) * _BOLD)
    if column.kind is not ColumnKind.TEXT:
        return max(_LEAST, longest_word)
    lengths = [_length(line) for cell in cells for line in _text(cell).splitlines()]
    longest = max(lengths, default=0)
    widest = WIDEST if is_narrow or longest > _LONG else WIDEST_OF_MANY
    return min(widest, max(_LEAST, longest_word, _fitting(longest)))


def _fitting(length: float) -> int:
    return math.ceil(length + _PADDING)


def _length(text: str) -> float:
    """Return the width of a text in characters: in Arial a digit is 1, an l half, an m 1.5."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.6
    if letter in _BROAD or ord(letter) > 0x2E7F:
        return 1.8
    return 1.3 if letter.isupper() else 1.0


def row_height(texts: Sequence[str], widths: Sequence[int], style: Style = Style.TEXT) -> float:
    """Return the height in points that shows every wrapped line of a row.

    Args:
        texts: One text a cell.
        widths: The width of each cell's column, in characters.
        style: The style of the row: larger and bold fonts hold fewer characters a line.
    """
    points = points_of(style)
    scale = points / POINTS * (_BOLD if is_bold(style) else 1)
    lines = max(
        (
            sum(_lines(line, (width - _PADDING) / scale) for line in text.split("\n"))
            for text, width in zip(texts, widths, strict=True)
        ),
        default=1,
    )
    return min(lines * points * _LINE_PER_POINT + _PADDING_POINTS, MAX_ROW_POINTS)


def _lines(text: str, width: float) -> int:
    """Count the lines of a paragraph, broken at spaces and within words that are too long."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = _length(word)
        if used and used + _length(" ") + length <= width:
            used += _length(" ") + length
            continue
        lines += 1 if used else 0
        full, used = divmod(length, width) if length > width else (0, length)
        lines += int(full)
    return lines


def texts_of(row: Iterable[Cell]) -> tuple[str, ...]:
    """Return the cells of a row as plain text."""
    return tuple(map(_text, row))


def _text(cell: Cell) -> str:
    return str(cell.value) if isinstance(cell, Shown) else cell.mark.value
