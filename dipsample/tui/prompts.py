"""Lines in and lines out, for plain mode: text is appended, never moved, never coloured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TextIO

from dipsample.tui.drawing.lines import wrap

WIDTH: Final = 80


class EndOfInputError(Exception):
    """There is nothing more to read."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Where lines come from and go to."""

    stdin: TextIO
    stdout: TextIO
    ascii_only: bool

    def say(self, text: str, *, indent: int = 0) -> None:
        """Print text, wrapped; control characters in it are shown, never sent."""
        for line in wrap(text, WIDTH, indent=indent):
            shown = line.encode("ascii", "replace").decode() if self.ascii_only else line
            self.stdout.write(shown + "\n")

    def say_entry(self, word: str, text: str) -> None:
        """Print a word and what it means, in two columns."""
        pieces = wrap(text, WIDTH - 15)
        for number, piece in enumerate(pieces):
            self.stdout.write(f"{word if number == 0 else '':<14} {piece}\n")

    def ask(self, prompt: str) -> str:
        """Print a prompt and return the line that is typed.

        Raises:
            EndOfInputError: Where there is none.
        """
        self.stdout.write(f"{prompt}> ")
        self.stdout.flush()
        line = self.stdin.readline()
        if not line:
            self.stdout.write("\n")
            raise EndOfInputError
        return line.strip()
