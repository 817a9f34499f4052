"""How the screen and plain mode say what to do next: one speaks of keys, the other of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ways:
    """The sentences of a desk that name a key or a word to type."""

    complete: str
    """Nothing keeps the case from being handed in."""
    take_back: str
    """The case is handed in."""
    number: str
    """A number was asked for, and something else came."""
    text: str
    """A text is asked for."""
    owed: str
    """An answer needs a quote, and the next question is shown; empty: that is asked for at once."""


BY_KEYS: Final = Ways(
    complete="Complete. Enter hands the case in.",
    take_back="Handed in. Backspace takes it back.",
    number="This answer is a number: press digits, then . for the next question.",
    text="Enter writes the answer.",
    owed="{question} needs a quote: ' goes back to it and pins one.",
)
BY_WORDS: Final = Ways(
    complete="Complete. Type submit to hand the case in.",
    take_back="Handed in. Type recall to take it back, or submit to go on to the next case.",
    number="This answer is a number: type digits, then next for the next question.",
    text="Type the answer.",
    owed="",
)
