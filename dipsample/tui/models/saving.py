"""Trying a durable change, and telling what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from dipsample.errors import AuditError, LeakFoundError
from dipsample.tui.models.outcome import LeakSuspected, NotSaved, Outcome, Saved
from sampling.personal import scan

Result = TypeVar("Result")


def suspicion(text: str) -> str:
    """Return what to say of a text while it is typed; empty where nothing looks personal.

    Args:
        text: As it stands; checked whole at every key, by the rules that hold when it is saved.
    """
    kinds = sorted({hit.kind for hit in scan(text)})
    if not kinds:
        return ""
    return f"This looks as if it held {', '.join(kinds)}: take it out. Names are not detected."


def attempt(change: Callable[[], Result]) -> tuple[Result | None, Outcome]:
    """Make one durable change.

    Args:
        change: One call of ``Audit``.

    Returns:
        What it gave back, None where it was not saved, and what became of it.
    """
    try:
        return change(), Saved()
    except LeakFoundError as leak:
        return None, LeakSuspected(str(leak))
    except AuditError as error:
        return None, NotSaved(str(error))


class SavedDesk(Generic[Result]):
    """A case on a screen, saved at every change.

    Attributes:
        file: The case as it is on disk.
        notice: One sentence about the last thing done.
    """

    file: Result
    notice: str

    def _keep(self, change: Callable[[], Result]) -> Outcome:
        """Make one durable change; what is on disk is what is shown afterwards."""
        self.notice = ""
        file, outcome = attempt(change)
        if file is not None:
            self.file = file
        if isinstance(outcome, NotSaved):
            self.notice = outcome.reason
        return outcome
