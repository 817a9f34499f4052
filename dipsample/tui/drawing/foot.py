"""The foot that pages share: what was done last, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample.tui.drawing.key_bar import key_bar
from dipsample.tui.drawing.lines import Line, Role, Span, clip, fill, rule, visible
from dipsample.tui.drawing.window import Window


def with_foot(
    lines: Sequence[Line],
    window: Window,
    *,
    above: Line | None = None,
) -> list[Line]:
    """Return a whole page: the lines as far as they fit, the last notice, and the keys.

    Args:
        lines: Of the page.
        window: What it is drawn into.
        above: In place of the horizontal rule; None: the rule.
    """
    width, height = window.size
    said: Line = (Span(" " + clip(visible(window.notice), width - 2), Role.NOTICE),)
    bar = rule(width) if above is None else above
    return [*fill(lines, height - 3), bar, said, *key_bar(window.commands, width)]
