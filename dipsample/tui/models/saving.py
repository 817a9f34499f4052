"""Trying a durable change, and telling what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dipsample.errors import AuditError, LeakFoundError
from dipsample.tui.models.outcome import LeakSuspected, NotSaved, Outcome, Saved

Result = TypeVar("Result")


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
