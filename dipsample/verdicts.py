"""What a verification says: what was looked at, what that shows, and what it does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    is_good: bool | None
    """None: it could not be proved with what was given, which makes it neither right nor wrong."""
    says: str
    """One sentence: what was seen, or the first thing that is wrong, or what is missing."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found, what that shows, and what it does not."""

    checks: tuple[Check, ...]
    digest: str | None
    shows: str = (
        "that nothing up to a digest which you know from elsewhere was changed, dropped or "
        "reordered."
    )
    does_not_show: str = (
        "that an answer is right, who sat at the keyboard, the true time, that nobody wrote the "
        "whole log anew before its digest left the project, or that no events were cut off after "
        "the last such digest."
    )

    @property
    def is_good(self) -> bool:
        """Whether nothing that was looked at is wrong."""
        return all(check.is_good is not False for check in self.checks)
