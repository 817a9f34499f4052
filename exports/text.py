"""Text that every file can carry: what cannot be written is replaced, and counted."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

REPLACEMENT: Final = "\ufffd"

_LINE_ENDS = re.compile(r"\r\n?")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Cleaned(NamedTuple):
    """A text and what it took to make it writable."""

    text: str
    replaced: int
    """Characters that became U+FFFD."""


def clean(text: str) -> Cleaned:
    """Return ``text`` with line ends as LF, and every character that XML forbids as U+FFFD.

    Control characters, lone surrogates, U+FFFE and U+FFFF would make a file that nobody can open.
    """
    return Cleaned(*_UNWRITABLE.subn(REPLACEMENT, _LINE_ENDS.sub("\n", text)))
