"""Another case of the queue by line prompts: found by its number, or taken back by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dipsample.tui.prompts import Prompts

if TYPE_CHECKING:
    from dipsample.audit import Audit

GOING: Final = frozenset({"find", "recall"})
"""The words that go to a case where its number follows them."""
_CASE: Final = re.compile(r"[A-Za-z]+-[0-9]+")
_OFFERED: Final = (
    "To see a case again type find and its number, as in: find C-0001. To take one back: "
    "recall C-0001. An empty line or quit leaves."
)


class PlainQueue:
    """The queue of one coder, from which a case is asked for by its number."""

    def __init__(self, audit: Audit, name: str, prompts: Prompts) -> None:
        self._audit = audit
        self._name = name
        self._prompts = prompts
        self.wanted = ""
        """The case that was asked for and is not open yet; empty: none."""
        self._begin = ""

    def take(self) -> tuple[str, str]:
        """Return the case asked for and the word to begin with, both empty where none was."""
        wanted, begin = self.wanted, self._begin
        self.wanted = self._begin = ""
        return wanted, begin

    def go(self, word: str, text: str) -> bool:
        """Note the case that a word asks for.

        Args:
            word: ``find`` or ``recall``.
            text: What was typed behind it.

        Returns:
            Whether that is a case of the queue.
        """
        case_id = text.strip().upper()
        if not _CASE.fullmatch(case_id) or case_id not in self._cases():
            return False
        self.wanted, self._begin = case_id, "recall" if word == "recall" else ""
        return True

    def ask(self) -> bool:
        """Ask for a case where none is left to code; return whether one was named.

        Raises:
            EndOfInputError: Where there is nothing more to read.
        """
        self._prompts.say(_OFFERED)
        while True:
            word, _, text = self._prompts.ask("queue").removeprefix("/").partition(" ")
            if word.lower() in {"", "quit", "exit"}:
                self._prompts.say("Everything is saved.")
                return False
            if word.lower() in GOING and self.go(word.lower(), text):
                return True
            self._prompts.say(f"This names no case of your queue. {_OFFERED}")

    def _cases(self) -> frozenset[str]:
        return frozenset(item.case_id for item in self._audit.queue(self._name))
