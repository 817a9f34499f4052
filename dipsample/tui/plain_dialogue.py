"""What every case by line prompts shares: taking lines until it is over, and saving texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from dipsample.errors import AuditError
from dipsample.tui.models.outcome import LeakSuspected, NotSaved, Outcome
from dipsample.tui.prompts import Prompts


class Noticing(Protocol):
    """A case at hand."""

    notice: str
    """One sentence about the last thing done; empty: nothing to say."""


AnyDesk = TypeVar("AnyDesk", bound=Noticing)


class PlainDialogue(ABC, Generic[AnyDesk]):
    """One case, line by line."""

    def __init__(self, desk: AnyDesk, prompts: Prompts) -> None:
        self._desk = desk
        self._prompts = prompts
        self._is_over = False
        self._wants_more = True

    @abstractmethod
    def _take(self, line: str) -> None:
        """Do what a line says."""

    def _take_lines(self) -> bool:
        """Take lines until the case is over; return whether to go on to the next."""
        while not self._is_over:
            line = self._prompts.ask("")
            try:
                self._take(line)
            except AuditError as error:
                self._prompts.say(str(error))
        return self._wants_more

    def _leave(self) -> None:
        """End here, and with it the work."""
        self._is_over, self._wants_more = True, False
        self._prompts.say("Everything is saved.")

    def _say_notice(self) -> None:
        if self._desk.notice:
            self._prompts.say(self._desk.notice)
            self._desk.notice = ""

    def _write(self, save: Callable[[str, str | None], Outcome], text: str) -> bool:
        """Save a text; one that looks like personal data is changed, or kept with a reason."""
        outcome = save(text, None)
        while isinstance(outcome, LeakSuspected):
            self._prompts.say(outcome.warning)
            line = self._prompts.ask("The text again, or: keep REASON, or: drop")
            if line == "drop":
                self._prompts.say("Not saved.")
                return False
            if line.startswith("keep "):
                outcome = save(text, line.removeprefix("keep ").strip())
            else:
                text = line
                outcome = save(text, None)
        if isinstance(outcome, NotSaved):
            self._desk.notice = ""
            self._prompts.say(outcome.reason)
            return False
        return True
