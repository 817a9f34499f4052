"""Titles: what a table shows, of whom, and when."""

from __future__ import annotations

from typing import Final

from exports.release.request import ReleaseRequest

SENSITIVE: Final = "OFFICIAL-SENSITIVE"
PROVISIONAL: Final = "PROVISIONAL"
EARLIER: Final = "EARLIER CODEBOOK"
NOT_CONTROLLED: Final = "not disclosure controlled: not for publication"
NOT_STATED: Final = "not stated"


def titled(request: ReleaseRequest, what: str) -> str:
    """Return the title of a table: what it shows, the project, and the period if it is stated."""
    project = request.project
    period = f", {project.period}" if project.period else ""
    return f"{what}: {project.title}{period}"


def status_of(request: ReleaseRequest) -> tuple[str, ...]:
    """Return what is said of the whole: provisional until the sample is signed off as it stands.

    Figures of an earlier codebook are named as such, so that nobody takes them for those in force.
    No release is disclosure controlled in this version, and each one says so.
    """
    provisional = () if request.signature is not None else (PROVISIONAL,)
    version = request.earlier_version
    earlier = (f"{EARLIER} {version}",) if version else ()
    return (SENSITIVE, *provisional, *earlier, NOT_CONTROLLED)


def document_title(request: ReleaseRequest) -> str:
    """Return the title of the whole, with the status words."""
    return f"{titled(request, 'Dip sample findings')} ({'; '.join(status_of(request))})"
