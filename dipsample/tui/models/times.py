"""Times as people read them: in the time zone of this computer."""

from __future__ import annotations

from datetime import datetime


def clock_time(rfc3339: str | None) -> str:
    """Return hours, minutes and seconds, such as ``14:03:07``; empty where there is no time."""
    return "" if rfc3339 is None else f"{_local(rfc3339):%H:%M:%S}"


def day_and_time(rfc3339: str | None) -> str:
    """Return day and time, such as ``21 Nov 14:01``; empty where there is no time."""
    return "" if rfc3339 is None else f"{_local(rfc3339):%d %b %H:%M}".lstrip("0")


def duration(seconds: int) -> str:
    """Return minutes and seconds, such as ``04:12``; hours only where there are some."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def in_minutes(seconds: int) -> str:
    """Return a time to the minute, such as ``3 h 10 min``; never less than a minute."""
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def _local(rfc3339: str) -> datetime:
    return datetime.fromisoformat(rfc3339).astimezone()


class ActiveTime:
    """Seconds of work on a case; a pause of more than two minutes counts as two."""

    LONGEST_PAUSE = 120.0

    def __init__(self, now: float) -> None:
        self._last = now
        self._gathered = 0.0

    def touch(self, now: float) -> None:
        """Say that somebody did something."""
        self._gathered += min(max(0.0, now - self._last), self.LONGEST_PAUSE)
        self._last = now

    @property
    def gathered(self) -> int:
        """Whole seconds since the last :meth:`take`."""
        return int(self._gathered)

    def take(self) -> int:
        """Return the whole seconds since the last call, and start again with the rest."""
        whole = int(self._gathered)
        self._gathered -= whole
        return whole
