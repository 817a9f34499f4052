"""Where one key chooses: what is a slip of the finger, and what the beginning of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_BEFORE: Final = 2
"""Wrong keys before the first right one that are slips still."""
_AFTER: Final = 1
"""Keys of any kind behind it that are."""


def is_text(typed: str, keys: Sequence[str]) -> bool:
    """Say whether keys typed where one chooses are a text: words choose nothing by their letters.

    Up to two wrong keys and then a right one are slips and a choice, and so is a right key with
    one more behind it.

    Args:
        typed: The keys, in their order.
        keys: Those that choose.
    """
    before = next((place for place, key in enumerate(typed) if key in keys), len(typed))
    return before > _BEFORE or len(typed) - before - 1 > _AFTER
