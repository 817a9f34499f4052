"""Options to choose from, told by glyph and word: ``(x) y Yes``, ``[x]`` where several may be.

The text is the same whatever the colours. Options stand in columns where they fit on one line
each, and under each other, labels wrapped under themselves, where they do not.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dipsample.tui.drawing.lines import Line, Role, Span, fit_line, line_width, wrap

_GAP = 3
_MARGIN = 2


class Chosen(StrEnum):
    """How an option stands; the value is its glyph."""

    NO = " "
    YES = "x"
    KEPT = "~"
    """Answered, but the question is not asked any more: kept, not counted."""
    UNCONFIRMED = "?"
    """Answered under an earlier version of the codebook: not counted until confirmed."""
    BARRED = "-"
    """Cannot be chosen here; why is said beside it, or when it is pressed."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option of a question."""

    key: str
    """The letter or digit that chooses it."""
    label: str
    chosen: Chosen = Chosen.NO


def option_line(option: OptionView, *, several: bool) -> Line:
    """Return an option as one line, however long."""
    left, right = "[]" if several else "()"
    glyph = f"{left}{option.chosen.value}{right}"
    is_barred = option.chosen is Chosen.BARRED
    role = Role.CHOSEN if option.chosen is Chosen.YES else Role.TEXT
    if is_barred or option.chosen is Chosen.KEPT:
        role = Role.MUTED
    return (
        Span(f"{glyph} ", role, option.key),
        Span(option.key, Role.MUTED if is_barred else Role.KEY, option.key),
        Span(f" {option.label}", role, option.key),
    )


def choice_lines(
    options: Sequence[OptionView], width: int, *, several: bool = False, columns: bool = True
) -> list[Line]:
    """Return the options as lines of at most ``width`` cells.

    Args:
        options: In the order of the codebook.
        width: Cells to fill.
        several: More than one may be chosen.
        columns: Put them beside each other where they fit in fewer lines.
    """
    whole = [option_line(option, several=several) for option in options]
    for rows in range(1, len(whole)) if columns else ():
        widths = [max(map(line_width, part)) for part in _parts(whole, rows)]
        if _MARGIN + sum(widths) + _GAP * (len(widths) - 1) <= width:
            return _in_columns(whole, rows, widths)
    return [line for option in options for line in _wrapped(option, width, several=several)]


def _parts(whole: Sequence[Line], rows: int) -> list[Sequence[Line]]:
    return [whole[start : start + rows] for start in range(0, len(whole), rows)]


def _in_columns(whole: Sequence[Line], rows: int, widths: Sequence[int]) -> list[Line]:
    lines: list[Line] = []
    for row in range(rows):
        line: Line = (Span(" " * _MARGIN),)
        for cell, cell_width in zip(whole[row::rows], widths, strict=False):
            line = (*line, *fit_line(cell, cell_width), Span(" " * _GAP))
        lines.append(line[:-1])
    return lines


def _wrapped(option: OptionView, width: int, *, several: bool) -> list[Line]:
    glyph, key, label = option_line(option, several=several)
    hang = _MARGIN + len(glyph.text) + len(key.text) + 1
    pieces = wrap(label.text.strip(), max(8, width - hang))
    first: Line = (
        Span(" " * _MARGIN),
        glyph,
        key,
        Span(f" {pieces[0]}", label.role, option.key),
    )
    rest: list[Line] = [
        (Span(" " * hang), Span(piece, label.role, option.key)) for piece in pieces[1:]
    ]
    return [first, *rest]
