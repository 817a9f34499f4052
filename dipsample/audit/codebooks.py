"""The versions of the codebook: published by the supervisor, taken up by coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dipsample import desk, publishing
from dipsample.audit.standing import Standing
from dipsample.errors import InputError, RefusedError
from dipsample.publishing import VersionStanding
from dipsample.views import CaseFile
from review.carrying import confirm_answer
from review.codebook import Codebook
from review.comparability import class_of
from review.revising import Preview
from sampling.refusal import Refusal

if TYPE_CHECKING:
    from dipsample.audit import Audit


class CodebookVersions(Standing):
    """What a later version does, publishing it, confirming answers, and the figures before it."""

    def preview_codebook(
        self, name: str, new: Codebook, *, cosmetic: Sequence[str] = ()
    ) -> Preview:
        """Return what publishing a codebook would cost; nothing is written.

        Raises:
            RefusedError: Where ``name`` is not the supervisor, or it cannot follow the version in
                force.
        """
        self._supervise(name)
        return publishing.preview_of(self._project, new, cosmetic)

    def publish_codebook(
        self,
        name: str,
        new: Codebook,
        *,
        reason: str,
        cosmetic: Sequence[str] = (),
        seen: Preview | None = None,
    ) -> bool:
        """Publish a later version; as :func:`dipsample.publishing.publish`.

        Args:
            name: Who publishes.
            new: The version.
            reason: Why.
            cosmetic: Questions whose new words mean the same, as the publisher says.
            seen: What the publisher agreed to; refused where it would be something else by now.
        """
        self._supervise(name)
        if seen is not None and publishing.preview_of(self._project, new, cosmetic) != seen:
            raise RefusedError(
                "The project changed while you were asked, so publishing would now do something "
                "else, and nothing was written. Publish again to see what."
            )
        return publishing.publish(self._project, name, new, reason=reason, cosmetic=cosmetic)

    def codebook_versions(self) -> tuple[VersionStanding, ...]:
        """Return every version with the codings that are bound to it, oldest first."""
        return publishing.standings(self._project)

    def earlier(self, name: str, version: str) -> Audit | None:
        """Return the audit as it stood when a version of the codebook ended, to be read.

        Versions that count together have the same figures. Those of an earlier class are what the
        audit said when that class ended, and hold no coding made since.

        Args:
            name: Who asks, and may read findings.
            version: Such as ``1.0.0``.

        Returns:
            None where the version counts with the current one: the figures are the audit's own.

        Raises:
            RefusedError: Where no sample is drawn, ``name`` codes one that is not signed off, or
                nothing was handed in under that version.
            InputError: Where the project never had it.
        """
        from dipsample.audit.earlier import EarlierAudit
        from dipsample.earlier import as_it_ended

        self._read_findings(name)
        _ = self.drawn
        found = class_of(self._project.state.review.versions, version)
        if isinstance(found, Refusal):
            raise InputError(f"{found.reason} {found.way_out}")
        if found.ended_by is None:
            return None
        return EarlierAudit(as_it_ended(self._project, found), reader=name)

    @property
    def earlier_words(self) -> str:
        """Which version figures rest on, where it is an earlier one; empty: the one in force."""
        return ""

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
