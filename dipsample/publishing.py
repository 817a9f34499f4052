"""Publishing a later version of a project's codebook, and what stands on which version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dipsample.agreeing import live_cases
from dipsample.desk import sample_records
from dipsample.project import Happened, OpenProject, Snapshot, allowed
from exports.release import Revision
from review.carrying import rework
from review.case import CaseState, case_state
from review.codebook import Codebook
from review.coding_state import Coding, CodingState
from review.fold import Review
from review.revising import Preview, preview, reopening, revise, why_not_revise
from review.sign_off import signature_in_force
from review.versions import Version


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """One version of the codebook, and what of the sample stands on it."""

    version: Version
    is_current: bool
    is_comparable: bool
    """Whether every coding made on it counts under the current version as it is."""
    changes_meaning: bool
    """Whether an answer of its parent may mean something else under it."""
    codings: int
    """Codings bound to it that were handed in at least once, those opened again among them."""
    waiting: int
    """Those of them that do not count until their coder confirms answers."""


def preview_of(project: Snapshot, new: Codebook, cosmetic: Sequence[str]) -> Preview:
    """Return what publishing a codebook would do to the codings there are.

    Raises:
        RefusedError: Where it cannot follow the current version.
    """
    review = project.state.review
    allowed(why_not_revise(review, new, cosmetic=cosmetic) or ())
    is_signed = signature_in_force(review, sample_records(project)) is not None
    return preview(review, new, live_cases(project), cosmetic=cosmetic, is_signed=is_signed)


def publish(
    project: OpenProject, name: str, new: Codebook, *, reason: str, cosmetic: Sequence[str]
) -> bool:
    """Publish a version, and open the locked codings again that have answers to confirm.

    Returns:
        Whether anything was written: not where the project codes with it already.

    Raises:
        RefusedError: Where it cannot follow the current version, or says no reason.
    """
    review = project.state.review
    events = allowed(revise(review, new, reason=reason, cosmetic=cosmetic))
    if not events:
        return False
    cases = (*live_cases(project), *review.gold.cases)
    opened = reopening(review, new, cases, cosmetic=cosmetic)
    happened = [Happened(event) for event in events]
    happened += [Happened(event, case_id) for case_id, event in opened]
    project.write(name, happened)
    return True


def standings(project: Snapshot) -> tuple[VersionStanding, ...]:
    """Return every version with the codings that stand on it, oldest first.

    A locked coding that a version opened again was handed in all the same, and is counted on the
    version that its answers were given on until its coder takes it up under the new one.
    """
    review = project.state.review
    bound: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for case_id in live_cases(project):
        for coding in review.codings_of(case_id):
            if coding.revision and coding.state is not CodingState.WITHDRAWN:
                bound[coding.codebook_sha256] += 1
                waiting[coding.codebook_sha256] += _waits(review, coding)
    current = review.codebook
    return tuple(
        VersionStanding(
            version=one,
            is_current=current is not None and one.codebook.sha256 == current.sha256,
            is_comparable=review.versions.is_comparable(one.codebook.sha256),
            changes_meaning=review.versions.changes_meaning(one.codebook.sha256),
            codings=bound[one.codebook.sha256],
            waiting=waiting[one.codebook.sha256],
        )
        for one in review.versions.all
    )


def _waits(review: Review, coding: Coding) -> bool:
    """Say whether a coding does not count until its coder confirms answers."""
    is_taken_up = bool(coding.unconfirmed) and not coding.state.is_handed_in
    return is_taken_up or not rework(review.versions, coding).is_comparable


def revisions_of(project: Snapshot) -> tuple[Revision, ...]:
    """Return the versions after the first as the report prints them."""
    review = project.state.review
    versions = review.versions.all
    earlier: set[str] = set()
    coded_on = [
        {
            coding.first_submission.codebook_sha256
            for coding in review.codings_of(case_id)
            if coding.first_submission is not None
        }
        for case_id in live_cases(project)
    ]
    found = []
    for one in versions:
        if one.parent is not None:
            changes = review.versions.changes_of(one.codebook.sha256)
            found.append(
                Revision(
                    version=one.codebook.version,
                    reason=one.reason,
                    changes=tuple(
                        f"{change.question or 'codebook'} {change.what} ({change.change_class})"
                        for change in changes
                    ),
                    cosmetic=one.cosmetic,
                    handed_in_before=sum(bool(on & earlier) for on in coded_on),
                )
            )
        earlier.add(one.codebook.sha256)
    return tuple(found)


def waiting_cases(project: Snapshot) -> int:
    """Return how many cases do not count until answers are confirmed."""
    review = project.state.review
    return sum(
        review.is_outdated(record.case_id)
        and case_state(review, record.role, record.case_id) is CaseState.STALE
        for record in sample_records(project)
    )
