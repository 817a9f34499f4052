"""Which part of a long list is shown: enough to hold the cursor, moving as little as it can.

Standard library only.
"""

from __future__ import annotations


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
