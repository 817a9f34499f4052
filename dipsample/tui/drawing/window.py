"""What every page is drawn into, and which part of a long list is shown in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dipsample.tui.commands import Command


@dataclass(frozen=True, slots=True)
class Window:
    """The screen of one moment: its size, its keys, its last notice, its place in a list."""

    width: int
    """Columns of the terminal."""
    height: int
    """Rows of the terminal."""
    commands: Sequence[Command]
    """What can be done now."""
    notice: str = ""
    """One sentence about the last thing done; empty: nothing to say."""
    cursor: int = 0
    """The line stood on, from 0."""
    first: int = 0
    """The first line in sight, from 0."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self.width, self.height


def with_pinned(
    *, cursor: int, first: int, height: int, count: int, pinned: Sequence[int]
) -> tuple[int, int, tuple[int, ...]]:
    """Return which part of a list is shown where some of its lines must stay in sight.

    Those of them that the part does not hold stand above it; at most half of the height is theirs.

    Args:
        cursor: The line that must be seen.
        first: The line that was first before.
        height: Lines that fit, at least 1.
        count: Lines of the list.
        pinned: Lines that stay in sight, in ascending order.

    Returns:
        The first line of the part, how many lines it has, and what stands above it.
    """
    most = height // 2
    for above in range(most + 1):
        rows = height - above
        start = first_shown(cursor=cursor, first=first, height=rows, count=count)
        outside = tuple(one for one in pinned if not start <= one < start + rows)
        if len(outside) <= above or above == most:
            return start, rows, outside[:above]
    raise AssertionError


def first_shown(*, cursor: int, first: int, height: int, count: int) -> int:
    """Return the first line to show of a list.

    Args:
        cursor: The line that must be seen.
        first: The line that was first before.
        height: Lines that fit.
        count: Lines of the list.
    """
    highest = max(0, count - height)
    if cursor < first:
        first = cursor
    elif cursor >= first + height:
        first = cursor - height + 1
    return min(max(0, first), highest)
