"""Titles: what a table shows, of whom, and when."""

from __future__ import annotations

from typing import Final

from exports.release.request import ReleaseRequest

SENSITIVE: Final = "OFFICIAL-SENSITIVE"
PROVISIONAL: Final = "PROVISIONAL"
NOT_CONTROLLED: Final = "not disclosure controlled: not for publication"
STATUS: Final = (SENSITIVE, PROVISIONAL, NOT_CONTROLLED)
"""No release is signed off or disclosure controlled in this version, and each one says so."""
NOT_STATED: Final = "not stated"


def titled(request: ReleaseRequest, what: str) -> str:
    """Return the title of a table: what it shows, the project, and the period if it is stated."""
    project = request.project
    period = f", {project.period}" if project.period else ""
    return f"{what}: {project.title}{period}"


def document_title(request: ReleaseRequest) -> str:
    """Return the title of the whole, with the status words."""
    return f"{titled(request, 'Dip sample findings')} ({'; '.join(STATUS)})"
