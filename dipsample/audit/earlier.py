"""The front door of a project as it stood under an earlier version of its codebook."""

from __future__ import annotations

from dipsample.audit import Audit
from dipsample.earlier import EarlierProject
from dipsample.ledger import digest
from review.comparability import VersionClass


class EarlierAudit(Audit):
    """What the project said when a class of versions ended: everything read, nothing written."""

    def __init__(self, project: EarlierProject, ended: VersionClass, *, reader: str) -> None:
        """Make it for one reader.

        Args:
            project: The project as it stood.
            ended: The versions that its figures rest on.
            reader: Who may read figures of the project as it is now.
        """
        super().__init__(project)
        self._ended = ended
        self._reader = reader

    def is_blind(self, name: str) -> bool:
        """Say whether figures are hidden from a person: from all but who asked for these."""
        return name != self._reader

    def digest(self) -> str:
        """Return the digest of the part of the log that the figures rest on: 64 hex digits."""
        return digest(self._project.state.last.values())

    @property
    def earlier_words(self) -> str:
        """Which versions the figures rest on, and since when no other coding is in them."""
        book, ended_by = self._ended.newest.codebook, self._ended.ended_by
        assert ended_by is not None  # noqa: S101  a class in force has no earlier figures
        others = [one.codebook.version for one in self._ended.versions[:-1]]
        counted = f" ({', '.join(others)} counted with it)" if others else ""
        day = ended_by.time[: len("2026-01-01")]
        return (
            f"Figures under {book.id} {book.version}{counted}, as they stood on {day} when "
            f"{ended_by.codebook.version} was published. Nothing coded since is in them."
        )
