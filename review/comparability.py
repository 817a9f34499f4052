"""Which versions of a codebook count together, and where one class of them ended.

Versions belong to one class of comparability while no change between them touches what an answer
means. A class ends where the next version does; what was coded after that is bound to the later
one, and no figure holds both.
"""

from __future__ import annotations

from dataclasses import dataclass

from review.codebook_diff import is_comparable
from review.versions import Version, Versions
from sampling.refusal import Refusal


@dataclass(frozen=True, slots=True)
class VersionClass:
    """Versions whose codings count together as they are."""

    versions: tuple[Version, ...]
    """In the order of publication; never empty."""
    later: tuple[Version, ...]
    """Every version that was published after the class had ended; none where it is in force."""

    @property
    def newest(self) -> Version:
        """The version that its figures are read with."""
        return self.versions[-1]

    @property
    def ended_by(self) -> Version | None:
        """The version that ended it; None while it is in force."""
        return self.later[0] if self.later else None

    @property
    def ended_words(self) -> str:
        """Which versions its figures rest on, and until when; empty while it is in force."""
        if self.ended_by is None:
            return ""
        book = self.newest.codebook
        others = [one.codebook.version for one in self.versions[:-1]]
        counted = f" ({', '.join(others)} counted with it)" if others else ""
        day = self.ended_by.time[: len("2026-01-01")]
        return (
            f"Figures under {book.id} {book.version}{counted}, as they stood on {day} when "
            f"{self.ended_by.codebook.version} was published. Nothing coded since is in them."
        )


def classes_of(versions: Versions) -> tuple[VersionClass, ...]:
    """Return the classes of a project's versions, oldest first; each version is in one of them."""
    published = versions.all
    starts = [
        place
        for place, one in enumerate(published)
        if place == 0 or not is_comparable(versions.changes_of(one.codebook.sha256))
    ]
    ends = [*starts[1:], len(published)]
    return tuple(
        VersionClass(published[start:end], published[end:])
        for start, end in zip(starts, ends, strict=True)
    )


def class_of(versions: Versions, number: str) -> VersionClass | Refusal:
    """Return the class that a version belongs to.

    Args:
        versions: Every version that the project took.
        number: Such as ``1.0.0``; no two versions of a project share one.
    """
    for one in classes_of(versions):
        if any(version.codebook.version == number for version in one.versions):
            return one
    taken = ", ".join(one.codebook.version for one in versions.all)
    return Refusal(
        "no-such-version",
        f"The codebook of this project never had that version; it has had {taken or 'none'}.",
        "List them with `dipsample codebook versions`.",
    )
