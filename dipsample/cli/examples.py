"""The examples of a command's help: one on a line, broken so that they can be pasted."""

from __future__ import annotations

import re
import shlex
from typing import Final

_WIDTH: Final = 74
_HEAD: Final = re.compile(r"Examples?: (?=dipsample )")
_LITERAL: Final = "\b"
"""Before a paragraph whose lines the help keeps as they are."""


def shown_examples(epilog: str | None) -> str | None:
    """Return the end of a help with its examples on lines of their own.

    Args:
        epilog: ``Example: dipsample ...``, or several with a semicolon between them; what begins
            otherwise is returned as it is.
    """
    if epilog is None or _HEAD.match(epilog) is None:
        return epilog
    examples = re.split(r"; (?=dipsample )", _HEAD.sub("", epilog))
    head = "Example:" if len(examples) == 1 else "Examples:"
    lines = [line for example in examples for line in _broken(example)]
    return "\n".join([_LITERAL, head, *(f"  {line}" for line in lines)])


def _broken(example: str) -> list[str]:
    """Break a command before a word, with a backslash at the end of every line but the last."""
    lines: list[str] = []
    line = ""
    for word in _words(example):
        joined = f"{line} {word}" if line else word
        if line and len(joined) > _WIDTH:
            lines.append(f"{line} \\")
            line = f"  {word}"
        else:
            line = joined
    return [*lines, line]


def _words(example: str) -> list[str]:
    """Return the words of a command, an option with its value as one where a line holds both."""
    words: list[str] = []
    for word in shlex.split(example, posix=False):
        before = words[-1] if words else ""
        is_value = before.startswith("--") and " " not in before and word[:1] != "-"
        if is_value and len(before) + len(word) < _WIDTH - 2:
            words[-1] = f"{before} {word}"
        else:
            words.append(word)
    return words
