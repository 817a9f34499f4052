"""The versions of the codebook: published by the supervisor, taken up by coders."""

from __future__ import annotations

from collections.abc import Sequence

from dipsample import desk, publishing
from dipsample.audit.standing import Standing
from dipsample.publishing import VersionStanding
from dipsample.views import CaseFile
from review.carrying import confirm_answer
from review.codebook import Codebook
from review.revising import Preview


class CodebookVersions(Standing):
    """What a later version does, publishing it, and confirming answers under it."""

    def preview_codebook(
        self, name: str, new: Codebook, *, cosmetic: Sequence[str] = ()
    ) -> Preview:
        """Return what publishing a codebook would cost; nothing is written.

        Raises:
            RefusedError: Where ``name`` is not the supervisor.
        """
        self._supervise(name)
        return publishing.preview_of(self._project, new, cosmetic)

    def publish_codebook(
        self, name: str, new: Codebook, *, reason: str, cosmetic: Sequence[str] = ()
    ) -> bool:
        """Publish a later version; as :func:`dipsample.publishing.publish`."""
        self._supervise(name)
        return publishing.publish(self._project, name, new, reason=reason, cosmetic=cosmetic)

    def codebook_versions(self) -> tuple[VersionStanding, ...]:
        """Return every version with the codings that are bound to it, oldest first."""
        return publishing.standings(self._project)

    @property
    def cases_to_confirm(self) -> int:
        """Cases that do not count until their coders confirm answers."""
        return publishing.waiting_cases(self._project)

    def confirm_answer(self, name: str, case_id: str, question_id: str) -> CaseFile:
        """Say that an answer from an earlier version stands under this one.

        Raises:
            RefusedError: Where it needs no confirming, or is no longer offered.
        """
        return desk.change(
            self._project,
            name,
            case_id,
            lambda coding, codebook: confirm_answer(coding, codebook, question_id),
        )
