"""The exact reader of text extracts: slower than an engine, and it names every fault.

It reads what engines cannot (UTF-16, other encodings) and what they should not (files with
faults), and goes on after a fault, so that all of them are listed at once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from sampling.checks import Fault
from sampling.extracts.compressed import unpacked_text
from sampling.extracts.fault_log import FaultLog
from sampling.extracts.source import MAX_CELL_CHARACTERS
from sampling.faults import Code

_LINES_BETWEEN_LOOKS: Final = 2000
"""How often a record that goes on and on is looked at: whether a cell of it can still be open."""

_MOST_CHARACTERS: Final = 8 * MAX_CELL_CHARACTERS
"""Of a record whose last cell is open; a mark that stays open longer is one never closed."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNDECODED = re.compile("[\udc80-\udcff]")
_UTF16_UNDECODED = re.compile("\ufffd")


@dataclass(slots=True)
class CsvRows:
    """The rows of a text file after its header.

    Attributes:
        path: The file.
        encoding: Its encoding, as Python names it.
        delimiter: The separator.
        columns: The names of the columns.
    """

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    _log: FaultLog = field(default_factory=FaultLog)
    _last: int = 1

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was wrong; complete once the rows have been read."""
        return self._log.faults()

    @property
    def last_row(self) -> int:
        """Number of the last row that is not blank; known once the rows have been read."""
        return self._last

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number and cells of every sound row; faults are counted anew each time."""
        self._log = FaultLog(
            {
                Code.RAGGED_ROW: str(len(self.columns)),
                Code.NOT_UTF8: self.encoding.upper(),
                Code.LONG_CELL: f"{MAX_CELL_CHARACTERS:,}",
            }
        )
        records = self.records()
        self._last = 1
        for row, header in islice(records, 1):
            self._cells(row, header)
        for row, record in self._log.without_blank(records, self._is_blank):
            self._last = row
            cells = self._cells(row, record)
            if cells is not None:
                yield row, cells

    def _is_blank(self, record: str) -> bool:
        if record.strip(f'{self.delimiter}" '):
            return False
        cells = split_record(record, self.delimiter)
        return cells is not None and not any(cell.strip(" ") for cell in cells)

    def _cells(self, row: int, record: str) -> list[str] | None:
        """Return the cells of a sound record; None after counting what is wrong with it."""
        cells = split_record(record, self.delimiter)
        if cells is None:
            self._log.add(Code.INNER_QUOTE, row, self._column(_bad_cell(record, self.delimiter)))
            return None
        is_sound = self._check_text(row, cells)
        if len(cells) != len(self.columns):
            self._log.add(Code.RAGGED_ROW, row)
            return None
        return cells if is_sound else None

    def _check_text(self, row: int, cells: list[str]) -> bool:
        undecoded = _UTF16_UNDECODED if self.encoding.startswith("utf-16") else _UNDECODED
        found = [
            (code, position)
            for position, cell in enumerate(cells)
            for code, is_bad in (
                (Code.CONTROL_CHARACTER, _CONTROL.search(cell)),
                (Code.NOT_UTF8, undecoded.search(cell)),
                (Code.LONG_CELL, len(cell) > MAX_CELL_CHARACTERS),
            )
            if is_bad
        ]
        for code, position in found:
            self._log.add(code, row, self._column(position))
        return not found

    def _column(self, position: int) -> str | None:
        return self.columns[position] if position < len(self.columns) else None

    def records(self) -> Iterator[tuple[int, str]]:
        """Yield row number and text of each record, the header first, without its line end."""
        lines = _Lines(self.path, self.encoding)
        row, expected = 0, None
        while (line := lines.take()) is not None:
            row += 1
            record = self._join(row, line, lines) if line.count('"') % 2 else line
            body = record.removesuffix("\n")
            ending = "\r\n" if body.endswith("\r") else "\n"
            body = body.removesuffix("\r")
            expected = expected or ending
            if "\r" in _without_quoted(body) or (ending != expected and record.endswith("\n")):
                self._log.add(Code.MIXED_NEWLINES, row)
            yield row, body

    def _join(self, row: int, line: str, lines: _Lines) -> str:
        """Add lines to a record until its quotation marks are even; give back if they never are."""
        parts, marks = [line], line.count('"')
        while marks % 2:
            following = lines.take() if self._can_go_on(parts) else None
            if following is None:
                self._log.add(Code.OPEN_QUOTE, row)
                lines.give_back(parts[1:])
                return line
            parts.append(following)
            marks += following.count('"')
        return "".join(parts)

    def _can_go_on(self, parts: list[str]) -> bool:
        """Say whether lines can be a record whose last cell goes on, looking now and then."""
        if len(parts) % _LINES_BETWEEN_LOOKS:
            return True
        text = "".join(parts)
        return len(text) <= _MOST_CHARACTERS and _is_open(text, self.delimiter)


class _Lines:
    """The lines of a file, with the means to give some back."""

    def __init__(self, path: Path, encoding: str) -> None:
        errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
        self._lines = _read_lines(path, encoding, errors)
        self._returned: deque[str] = deque()

    def take(self) -> str | None:
        if self._returned:
            return self._returned.popleft()
        return next(self._lines, None)

    def give_back(self, lines: list[str]) -> None:
        self._returned.extendleft(reversed(lines))


def _read_lines(path: Path, encoding: str, errors: str) -> Iterator[str]:
    with unpacked_text(path, encoding, errors) as file:
        yield from file


def _without_quoted(record: str) -> str:
    return re.sub(r'"[^"]*"', "", record) if '"' in record else record


def split_record(record: str, delimiter: str) -> list[str] | None:
    """Split one record into its cells.

    Args:
        record: Its text, without line end.
        delimiter: The separator.

    Returns:
        The cells without their quotation marks; None where a mark stands in a wrong place.
    """
    if '"' not in record:
        return record.split(delimiter)
    cells, position = [], 0
    while True:
        found = _cell_pattern(delimiter).match(record, position)
        if not found:
            return None
        quoted, plain, end = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        position = found.end()
        if not end:
            return cells


def _is_open(text: str, delimiter: str) -> bool:
    """Say whether a text is a record so far as it goes, and ends inside of a quoted cell."""
    position = 0
    while found := _cell_pattern(delimiter).match(text, position):
        _, plain, end = found.groups()
        if not end or "\n" in (plain or ""):
            return False
        position = found.end()
    rest = text[position:]
    return rest.startswith('"') and '"' not in rest[1:].replace('""', "")


_PATTERNS: Final = {
    sign: re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|([^"{re.escape(sign)}]*))({re.escape(sign)}|\Z)')
    for sign in (",", ";", "\t", "|")
}


def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    return _PATTERNS[delimiter]


def _bad_cell(record: str, delimiter: str) -> int:
    """Return the position, from 0, of the first cell that cannot be read."""
    position, number = 0, 0
    while found := _cell_pattern(delimiter).match(record, position):
        position, number = found.end(), number + 1
    return number
