"""What became of something that was asked to be saved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saved:
    """It is on disk."""


@dataclass(frozen=True, slots=True)
class NotSaved:
    """It is not; what was typed must stay on the screen."""

    reason: str
    """One sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class LeakSuspected:
    """The text looks as if it names somebody: edit it, or keep it with a reason."""

    warning: str
    """One sentence that says what it looks like; never the text."""


Outcome = Saved | NotSaved | LeakSuspected
