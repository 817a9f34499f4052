"""Publishing a new version of the codebook: what it costs, said before it is done.

Nothing is deleted by a new version. A claim that new words mean the same is the publisher's; all
other classes of change are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from review.carrying import Rework, carried, carry_over, rework
from review.case import CaseState, case_state
from review.codebook import Codebook
from review.codebook_diff import Change, ChangeClass, diff_codebooks, reworded_questions
from review.codebook_events import CodebookRevised
from review.coding_state import Coding, CodingState
from review.events import CodingReopened, Entry
from review.fold import Review
from review.supervision import words_of
from review.versions import Versions
from sampling.draw import Role
from sampling.refusal import Refusal

SECONDS_A_QUESTION: Final = 45
"""What a question is reckoned at where the audit has no times of its own yet."""

_COUNTING: Final = frozenset(
    {CodingState.DRAFT, CodingState.DEFERRED, CodingState.SUBMITTED, CodingState.LOCKED}
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a new version does to the codings there are."""

    changes: tuple[Change, ...]
    codings: int
    """Codings that were begun, those withdrawn left out."""
    touched: int
    """Those of them that have something to confirm or to answer."""
    fewest: int
    """Questions that one of those has to look at, at least."""
    most: int
    """And at most."""
    questions: int
    """Questions to look at in all."""
    waiting: int
    """Handed-in codings that do not count until that is done."""
    retired: int
    """Answers that are kept and exported, and asked no more."""
    lost: int
    """Answers that are gone: none, ever; counted and not taken for granted."""
    seconds: int
    """About how long the work takes."""
    leaving: int
    """Final cases that are final no more, until their coders have confirmed answers."""
    voids_signature: bool
    """Whether a signature in force falls: it covers the codebook by its hash."""

    @property
    def undoes(self) -> bool:
        """Whether publishing makes work for anybody, or ends a signature."""
        return bool(self.touched or self.waiting or self.leaving or self.voids_signature)

    @property
    def changes_meaning(self) -> bool:
        """Whether an answer may mean something else under it."""
        return any(one.change_class is ChangeClass.MEANING for one in self.changes)

    @property
    def sentence(self) -> str:
        """Such as ``12 of 80 codings need 1 question each; 0 answers lost; about 9 minutes``."""
        if not self.touched:
            kept = f"none of {self.codings:,} codings needs anything"
            return f"{kept}; {self.lost:,} answers lost"
        span = f"{self.fewest}" if self.fewest == self.most else f"{self.fewest} to {self.most}"
        noun = "question" if self.most == 1 else "questions"
        verb = "needs" if self.touched == 1 else "need"
        minutes = max(1, round(self.seconds / 60))
        return (
            f"{self.touched:,} of {self.codings:,} codings {verb} {span} {noun} each; "
            f"{self.lost:,} answers lost; about {minutes:,} minute{'' if minutes == 1 else 's'}"
        )


def preview(
    review: Review,
    new: Codebook,
    case_ids: Sequence[str],
    *,
    cosmetic: Sequence[str] = (),
    is_signed: bool = False,
) -> Preview:
    """Return what publishing a codebook would do to the codings of these cases.

    Args:
        review: Everything that was done; nothing is written into it.
        new: The codebook to be published.
        case_ids: The cases of the sample that are in the audit.
        cosmetic: Questions whose new words mean the same, as the publisher says.
        is_signed: Whether a signature over the sample is in force.
    """
    after = _versions_with(review, new, cosmetic)
    old = review.codebook
    codings = _begun(review, case_ids)
    works = [(coding, rework(after, coding)) for coding in codings]
    touched = [work.questions for _, work in works if work.questions]
    questions = sum(touched)
    return Preview(
        changes=() if old is None else _changes(old, new, cosmetic),
        codings=len(codings),
        touched=len(touched),
        fewest=min(touched, default=0),
        most=max(touched, default=0),
        questions=questions,
        waiting=sum(_is_waiting(coding, work) for coding, work in works),
        retired=sum(one not in new.by_id for coding in codings for one in coding.answers),
        lost=sum(_lost(after, coding) for coding in codings),
        seconds=questions * seconds_a_question(codings),
        leaving=_leaving(review, review.under(after), case_ids),
        voids_signature=is_signed and (old is None or new.sha256 != old.sha256),
    )


def _begun(review: Review, case_ids: Iterable[str]) -> list[Coding]:
    return [
        coding
        for case_id in case_ids
        for coding in review.codings_of(case_id)
        if coding.state in _COUNTING
    ]


def _leaving(before: Review, after: Review, case_ids: Sequence[str]) -> int:
    """Count the cases that are final before and not after."""
    return sum(
        case_state(before, Role.SAMPLE, case_id) is CaseState.FINAL
        and case_state(after, Role.SAMPLE, case_id) is not CaseState.FINAL
        for case_id in case_ids
    )


def seconds_a_question(codings: Iterable[Coding]) -> int:
    """Return how long a question takes: the median over codings with times, or the usual."""
    times = [
        coding.active_seconds / len(coding.answers)
        for coding in codings
        if coding.active_seconds and coding.answers
    ]
    return round(median(times)) if times else SECONDS_A_QUESTION


def revise(
    review: Review,
    new: Codebook,
    *,
    reason: str,
    cosmetic: Sequence[str] = (),
) -> tuple[CodebookRevised, ...] | Refusal:
    """Publish a new version; nothing where the project codes with it already.

    Args:
        review: Everything that was done.
        new: The codebook to be published.
        reason: Why: printed in the report.
        cosmetic: Questions whose new words mean the same, as the publisher says.
    """
    refusal = why_not_revise(review, new, cosmetic=cosmetic)
    if refusal is not None:
        return refusal
    old = review.codebook
    if old is None or new.sha256 == old.sha256:
        return ()
    words = words_of(reason)
    if isinstance(words, Refusal):
        return words
    return (
        CodebookRevised(
            id=new.id,
            version=new.version,
            sha256=new.sha256,
            body=new.body,
            parent_sha256=old.sha256,
            reason=words,
            cosmetic=tuple(one.id for one in new.steps if one.id in set(cosmetic)),
        ),
    )


def reopening(
    review: Review, new: Codebook, case_ids: Iterable[str], *, cosmetic: Sequence[str] = ()
) -> tuple[tuple[str, CodingReopened], ...]:
    """Return what opens the locked codings again that have answers to confirm, by case.

    Those of people who left stay as they are: nobody would hand them in again.
    """
    after = _versions_with(review, new, cosmetic)
    words = f"answers have to be confirmed under {new.id} {new.version}"
    return tuple(
        (
            case_id,
            CodingReopened(reviewer=coding.reviewer, revision=coding.revision, reason=words),
        )
        for case_id in case_ids
        for coding in review.codings_of(case_id)
        if coding.state is CodingState.LOCKED
        and coding.reviewer not in review.left
        and not rework(after, coding).is_comparable
    )


def why_not_revise(
    review: Review, new: Codebook, *, cosmetic: Sequence[str] = ()
) -> Refusal | None:
    """Say why a codebook cannot follow the one in force; None where it can, or is that one."""
    old = review.codebook
    if old is None:
        return Refusal(
            "no-codebook",
            "The project has no codebook to follow.",
            "Make the project with a codebook.",
        )
    return None if new.sha256 == old.sha256 else _why_not(review.versions, old, new, cosmetic)


def _why_not(
    versions: Versions, old: Codebook, new: Codebook, cosmetic: Sequence[str]
) -> Refusal | None:
    """Say why another codebook cannot follow the one in force, or None where it can."""
    if new.id != old.id:
        return Refusal(
            "other-codebook",
            f"The project codes with {old.id}, and this file is {new.id}.",
            f"Give the file the id {old.id}, or start a project of its own.",
        )
    latest = max((one.codebook for one in versions.all), key=_number)
    if any(_number(new) == _number(one.codebook) for one in versions.all):
        return Refusal(
            "version-used",
            f"This file says version {new.version}, and the project has had {new.version} before.",
            f"Give the file a later version than {latest.version}, old words too: to go back is a "
            "version of its own, under which answers that wait to be confirmed still wait.",
        )
    if _number(new) < _number(latest):
        return Refusal(
            "version-not-later",
            f"This file says version {new.version}, and the project has had {latest.version}.",
            "Give the file a later version; what a version says never changes.",
        )
    unclaimed = [one for one in cosmetic if one not in reworded_questions(old, new)]
    if unclaimed:
        return Refusal(
            "nothing-reworded",
            f"No words of {', '.join(unclaimed)} changed that could be called cosmetic.",
            "Name questions that are worded anew; every other class of change is computed.",
        )
    return None


def _number(codebook: Codebook) -> tuple[int, ...]:
    return tuple(int(part) for part in codebook.version.split("."))


def _changes(old: Codebook, new: Codebook, cosmetic: Sequence[str]) -> tuple[Change, ...]:
    return diff_codebooks(old, new, cosmetic=frozenset(cosmetic))


def _versions_with(review: Review, new: Codebook, cosmetic: Sequence[str]) -> Versions:
    """Return the versions as they would be with a further one."""
    parent = "" if review.codebook is None else review.codebook.sha256
    event = CodebookRevised(
        id=new.id,
        version=new.version,
        sha256=new.sha256,
        body=new.body,
        parent_sha256=parent,
        reason="preview",
        cosmetic=tuple(cosmetic),
    )
    return review.versions.with_one_more(Entry(event, None, "", "", 0, ""))


def _is_waiting(coding: Coding, work: Rework) -> bool:
    return coding.state.is_handed_in and not work.is_comparable


def _lost(after: Versions, coding: Coding) -> int:
    """Return how many answers a coding would hold no more, once it is carried over."""
    return len(coding.answers) - len(carried(coding, carry_over(after, coding)).answers)
