"""What the log screen shows: one page of events in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dipsample.tui.commands import Need
from dipsample.tui.models.times import day_and_time

if TYPE_CHECKING:
    from dipsample.audit import Audit


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event."""

    time: str
    who: str
    what: str
    case_id: str


@dataclass(frozen=True, slots=True)
class LogView:
    """One page of the log, the newest first."""

    rows: tuple[LogRow, ...]
    page: int
    """From 1."""
    pages: int
    events: int
    is_whole: bool
    """Whether it holds everybody's events."""

    @property
    def has(self) -> frozenset[Need]:
        """What can be done."""
        return frozenset({Need.SEVERAL_PAGES}) if self.pages > 1 else frozenset()


def log_view(audit: Audit, name: str, page: int) -> LogView:
    """Return a page of the log: a supervisor's holds all events, a coder's the own ones."""
    is_whole = audit.is_supervisor(name)
    found = audit.log_page(page, None if is_whole else name)
    return LogView(
        rows=tuple(
            LogRow(day_and_time(line.time), line.who, line.what, line.case_id or "")
            for line in found.lines
        ),
        page=found.page,
        pages=found.pages,
        events=found.events,
        is_whole=is_whole,
    )
