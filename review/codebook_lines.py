"""Where in a codebook's TOML a question, a key or a list of answers stands.

The TOML reader gives no positions, so the lines are found again by their form. Text inside
multi-line strings is passed over.
"""

from __future__ import annotations

import re

_QUESTION = re.compile(r"\s*\[\[\s*question\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([A-Za-z0-9_.\"-]+)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)[\w.\"\s-]*=")
_FENCES = ('"""', "'''")


class SourceLines:
    """The lines of one codebook."""

    def __init__(self, text: str) -> None:
        self._head: dict[str, int] = {}
        self._tables: dict[str, int] = {}
        self._questions: list[dict[str, int]] = []
        fence: str | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            if fence is None:
                self._note(number, line)
                fence = next((mark for mark in _FENCES if line.count(mark) % 2), None)
            elif fence in line:
                fence = None

    def _note(self, number: int, line: str) -> None:
        """Remember what a line outside multi-line strings begins."""
        if _QUESTION.match(line):
            self._questions.append({"": number})
        elif table := _TABLE.match(line):
            name = table.group(1)
            self._tables.setdefault(name, number)
            if name.startswith("question.") and self._questions:
                self._questions[-1].setdefault(name.split(".")[1], number)
        elif key := _KEY.match(line):
            place = self._questions[-1] if self._questions else self._head
            place.setdefault(key.group(1), number)

    def of(self, position: int, key: str) -> int:
        """Return the line of a key of a question, else of the question's beginning.

        Args:
            position: Which question of the file, from 0.
            key: Such as ``ask_if``.
        """
        if position >= len(self._questions):
            return 1
        question = self._questions[position]
        return question.get(key, question[""])

    def of_head(self, key: str) -> int:
        """Return the line of a key that stands before the questions, else 1."""
        return self._head.get(key, 1)

    def of_answer_list(self, name: str) -> int:
        """Return the line of a shared list of answers, else 1."""
        return self._tables.get(f"answers.{name}", 1)
