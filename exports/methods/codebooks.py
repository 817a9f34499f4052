"""Sentences about versions of the codebook: those after the first, and one that ended."""

from __future__ import annotations

from exports.release.request import ReleaseRequest, Revision
from exports.rounding import counted


def revisions(request: ReleaseRequest) -> str | None:
    """Say of every later version why it was published, what it changed, and when in the work."""
    made = request.coding.revisions
    if not made:
        return None
    said = " ".join(_revision(one) for one in made)
    return (
        f"The codebook was changed {counted(len(made), 'time')} after the first version was "
        f"taken. {said} Answers carried over; those that may mean something else count only once "
        "their coder confirmed them."
    )


def ended(request: ReleaseRequest) -> str | None:
    """Say that the figures are those of an earlier version of the codebook, and until when."""
    if request.ended is None:
        return None
    return (
        f"{request.ended.ended_words} That version changed what an answer means, and figures of "
        "both are never counted together."
    )


def _revision(one: Revision) -> str:
    changes = "; ".join(one.changes) or "no question changed"
    claimed = (
        f" By the publisher's word the new words of {', '.join(one.cosmetic)} mean what the old "
        "ones did."
        if one.cosmetic
        else ""
    )
    before = (
        f"after {counted(one.handed_in_before, 'case')} had been handed in on an earlier version"
        if one.handed_in_before
        else "before any case was handed in"
    )
    reason = one.reason.rstrip(".")
    return f"Version {one.version}, {before}: {changes}. Reason given: {reason}.{claimed}"
