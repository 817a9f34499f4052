"""The front door of a project as it stood under an earlier version of its codebook."""

from __future__ import annotations

from dipsample.audit import Audit
from dipsample.earlier import EarlierProject
from dipsample.ledger import digest


class EarlierAudit(Audit):
    """What the project said when a class of versions ended: everything read, nothing changed."""

    _project: EarlierProject

    def __init__(self, project: EarlierProject, *, reader: str) -> None:
        """Make it for one reader.

        Args:
            project: The project as it stood.
            reader: Who may read figures of the project as it is now.
        """
        super().__init__(project)
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
        return self._project.ended.ended_words
