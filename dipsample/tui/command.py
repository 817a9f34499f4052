"""What a command is: its keys, where it belongs, and what must be so for it to do something."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Where(StrEnum):
    """The screens that commands belong to."""

    CODING = "coding"
    QUOTE = "quote mode"
    PAUSE = "pause"
    QUEUE = "queue"
    OVERVIEW = "overview"
    FINDINGS = "findings"
    LOG = "log"
    PAGE = "page"
    CASE = "case"
    ADJUDICATION = "adjudication"
    START = "start"
    FRAME = "frame"
    PLAN = "plan"
    DRAW = "draw"
    SAMPLE = "sample"
    WAVES = "waves"


class Need(StrEnum):
    """What must be so for a command to do something; view-models say what is."""

    OPEN_CODING = "the coding can be changed"
    SUBMITTED = "the coding is handed in"
    DEFERRED = "the case is deferred"
    NOT_DEFERRED = "the case is not deferred"
    SEVERAL_PAGES = "there is another page"
    CASES = "there is a case to choose"
    ITEMS = "there is something to answer"
    STACKED = "record and question share one column"
    QUOTED_HERE = "the sentence is quoted"
    FIGURES = "there are findings to show"
    UNDECIDED = "the case can be decided"
    ASKED_WHY = "an answer waits for its reason"
    OPEN_QUESTIONS = "a question is not decided yet"
    ALL_DECIDED = "every question is decided"
    CLOSED = "the case is closed"
    CHANGEABLE = "no seed is known"
    EXTRACT = "an extract is chosen"
    PLANNED = "the wishes come to a plan"
    LOOKS = "the plan names looks before the end"
    RULE = "the plan has a rule by which coding stops"
    COMPLETE = "extract, seed and source are there"
    GROWS = "the sample can be extended"
    REPLACES = "a case can give way to the reserve"
    LISTING = "the frame may still grow"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a key can do."""

    id: str
    """Its name in code."""
    label: str
    """At most 10 characters, for the key bar."""
    help: str
    """One sentence."""
    keys: tuple[str, ...]
    """Characters, or the toolkit's names of keys without one, the shown one first."""
    f_key: str
    where: frozenset[Where]
    needs: frozenset[Need] = field(default_factory=frozenset)
    calls: str = ""
    """The method of ``Audit`` behind it; empty: it only moves what is shown."""
    word: str = ""
    """What to type for it in plain mode; empty: plain mode has no use for it."""

    @property
    def shown_key(self) -> str:
        """The key as people write it."""
        return shown(self.pressed)

    @property
    def pressed(self) -> str:
        """The key that it is shown with."""
        return (*self.keys, self.f_key)[0]

    @property
    def shown_keys(self) -> str:
        """All its keys as people write them."""
        return " ".join(shown(key) for key in (*self.keys, self.f_key) if key)


_SHOWN: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "shift+down": "Shift+↓",
    "shift+up": "Shift+↑",
    "enter": "Enter",
    "backspace": "Backspace",
    "escape": "Esc",
    "tab": "Tab",
    " ": "Space",
    "home": "Home",
    "end": "End",
}

SHIFTED: Final = {f"f{12 + number}": f"shift+f{number}" for number in range(1, 13)}
"""Terminals report a function key with Shift as one of F13 to F24."""


def shown(key: str) -> str:
    """Return a key as people write it."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("shift+f"):
        return f"Shift+F{key[7:]}"
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key
