"""The row of keys at the foot of a screen, made from the registry; the most used come first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dipsample.tui.commands import Command
from dipsample.tui.drawing.lines import EMPTY, Line, Role, Span, ends, line_width

_GAP = 2


def key_bar(
    commands: Iterable[Command], width: int, *, answers: Sequence[str] = (), rows: int = 1
) -> list[Line]:
    """Return ``rows`` lines of keys and labels; help keeps its place at the end.

    What does not fit is left to the help page.

    Args:
        commands: Those that do something now, the most used first.
        width: Cells of a row.
        answers: Keys that answer the question, shown before all commands.
        rows: How many lines.
    """
    by_use = list(commands)
    entries = [_entry(group) for group in _grouped(c for c in by_use if c.id != "help")]
    if answers:
        entries.insert(0, tuple(Span(f"{key} ", Role.KEY, key) for key in answers))
    last = next((_entry([command]) for command in by_use if command.id == "help"), EMPTY)
    lines: list[Line] = []
    for row in range(rows):
        end = last if row == rows - 1 else EMPTY
        room = width - line_width(end) - _GAP - 1
        line: Line = (Span(" "),)
        while entries and line_width(line) + line_width(entries[0]) <= room:
            line = (*line, *entries.pop(0), Span(" " * _GAP))
        lines.append(ends(line, (*end, Span(" ")), width))
    return lines


def _grouped(commands: Iterable[Command]) -> list[list[Command]]:
    """Put commands that share a label, such as the two directions of a move, together."""
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.label, []).append(command)
    return list(groups.values())


def _entry(group: Sequence[Command]) -> Line:
    keys = [Span(f"{command.shown_key} ", Role.KEY, command.pressed) for command in group]
    return (*keys, Span(group[0].label, Role.TEXT, group[0].pressed if len(group) == 1 else ""))
