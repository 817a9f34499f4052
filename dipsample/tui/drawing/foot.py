"""The foot that pages share: what was done last, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.commands import Command
from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import Line, Role, Span, clip, fill, rule, visible


def with_foot(
    lines: Sequence[Line],
    commands: Sequence[Command],
    size: tuple[int, int],
    *,
    notice: str,
    above: Line | None = None,
) -> list[Line]:
    """Return a whole page: the lines as far as they fit, the last notice, and the keys.

    Args:
        lines: Of the page.
        commands: What can be done.
        size: Columns and rows of the terminal.
        notice: One sentence about the last thing done; empty: nothing to say.
        above: In place of the horizontal rule; None: the rule.
    """
    width, height = size
    said: Line = (Span(" " + clip(visible(notice), width - 2), Role.NOTICE),)
    bar = rule(width) if above is None else above
    return [*fill(lines, height - 3), bar, said, *key_bar(commands, width)]
