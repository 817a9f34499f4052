"""The versions of a project's codebook, and what a coding made on one of them is under another.

Versions are immutable and named by their SHA-256; each but the first names its parent. From the
version that a coding is bound to, the changes up to the current one say which of its answers have
to be confirmed. Nothing here depends on the order in which events of different streams arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from review.codebook import Codebook, QuestionType, Value, codebook_from_body
from review.codebook_diff import Change, ChangeClass, diff_codebooks, is_comparable
from review.codebook_events import CodebookRevised
from review.events import CodebookPublished, Entry


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the codebook, as it was published."""

    codebook: Codebook
    parent: str | None
    """SHA-256 of the version that it follows; None for the first."""
    reason: str
    """Why it was published; empty for the first."""
    cosmetic: tuple[str, ...]
    """Questions whose new words mean what the old ones did, as the publisher says."""
    time: str
    """When it was published, as claimed."""


class Versions:
    """Every version that a project took."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._next: Entry | None = None
        self._paths: dict[str, tuple[Change, ...]] = {}

    def add(self, entry: Entry) -> None:
        """Take a publication in; the same version published twice counts once, the first time."""
        event = entry.event
        assert isinstance(event, CodebookPublished | CodebookRevised)  # noqa: S101  by the caller
        known = self._entries.get(event.sha256)
        self._entries[event.sha256] = entry if known is None else min(known, entry, key=_moment)
        self._paths = {}

    def with_one_more(self, entry: Entry) -> Versions:
        """Return these versions and one that is current whatever its time says: for a preview."""
        result = Versions()
        result._entries = dict(self._entries)
        result.add(entry)
        result._next = entry
        return result

    @property
    def current(self) -> Codebook | None:
        """The version to code with: the one published last; None before there is one."""
        newest = self._next or max(self._entries.values(), key=_moment, default=None)
        return None if newest is None else _version(newest).codebook

    @property
    def all(self) -> tuple[Version, ...]:
        """Every version, in the order of publication."""
        return tuple(_version(one) for one in sorted(self._entries.values(), key=_moment))

    def of(self, sha256: str) -> Codebook | None:
        """Return the version of a hash; None where the project never took it."""
        entry = self._entries.get(sha256)
        return None if entry is None else _version(entry).codebook

    def changes_since(self, sha256: str) -> tuple[Change, ...]:
        """Return every change from a version to the current one, oldest first.

        Along the line of parents; where the version is not on it, both are compared directly.
        """
        if sha256 not in self._paths:
            self._paths[sha256] = self._changes(sha256)
        return self._paths[sha256]

    def _changes(self, sha256: str) -> tuple[Change, ...]:
        current, old = self.current, self.of(sha256)
        if current is None or old is None or current.sha256 == sha256:
            return ()
        steps: list[tuple[Change, ...]] = []
        at: str | None = current.sha256
        while (
            at is not None
            and at != sha256
            and at in self._entries
            and len(steps) < len(self._entries)
        ):
            child = _version(self._entries[at])
            at = child.parent
            parent = None if at is None else self.of(at)
            if parent is not None:
                claimed = frozenset(child.cosmetic)
                steps.append(diff_codebooks(parent, child.codebook, cosmetic=claimed))
        if at != sha256:
            return diff_codebooks(old, current)
        return tuple(change for step in reversed(steps) for change in step)

    def is_comparable(self, sha256: str) -> bool:
        """Say whether codings made on a version count with those on the current one as they are."""
        return is_comparable(self.changes_since(sha256))

    def changes_of(self, sha256: str) -> tuple[Change, ...]:
        """Return the changes from the parent of a version to it; none of the first."""
        entry = self._entries.get(sha256)
        found = None if entry is None else _version(entry)
        parent = None if found is None or found.parent is None else self.of(found.parent)
        if found is None or parent is None:
            return ()
        return diff_codebooks(parent, found.codebook, cosmetic=frozenset(found.cosmetic))

    def changes_meaning(self, sha256: str) -> bool:
        """Say whether an answer of its parent may mean something else under a version."""
        changes = self.changes_of(sha256)
        return any(one.change_class is ChangeClass.MEANING for one in changes)

    def reached_since(self, sha256: str) -> frozenset[str]:
        """Return the questions whose answers, given on a version, mean something else by now."""
        return reached(self.changes_since(sha256))


def reached(changes: tuple[Change, ...]) -> frozenset[str]:
    """Return the questions that changes of meaning reach, and those that were gone for a while."""
    gone = {
        one.question
        for one in changes
        if one.change_class is ChangeClass.REMOVAL and one.is_whole_question
    }
    return frozenset(gone.union(*(one.reaches for one in changes)))


def to_confirm(
    changes: tuple[Change, ...], current: Codebook, answers: Mapping[str, Value]
) -> tuple[str, ...]:
    """Return the questions whose answer does not count until it is confirmed or given anew.

    Args:
        changes: From the version of the answers to the current one.
        current: The current version.
        answers: Every answer held; those to questions that are gone are kept and not asked.

    Returns:
        In the order of the codebook: answers that changes of meaning reach, those to questions
        that came or went (an answer held to a question that comes was given to an earlier form
        of it), and answers that are no longer offered.
    """
    touched = reached(changes) | {one.question for one in changes if one.is_whole_question}
    return tuple(
        question.id
        for question in current.questions
        if (value := answers.get(question.id))
        and question.type is not QuestionType.TEXT
        and (question.id in touched or not is_offered(current, question.id, value))
    )


def is_offered(codebook: Codebook, question_id: str, value: Value) -> bool:
    """Say whether an answer can be given to a question as the codebook asks it."""
    from review.answers import read_answer
    from sampling.refusal import Refusal

    read = read_answer(codebook.question(question_id), value)
    return not isinstance(read, Refusal) and set(read) == set(value)


def _version(entry: Entry) -> Version:
    match entry.event:
        case CodebookRevised() as event:
            return Version(
                _read(event.body), event.parent_sha256, event.reason, event.cosmetic, entry.time
            )
        case CodebookPublished() as event:
            return Version(_read(event.body), None, "", (), entry.time)
        case _:
            raise TypeError(type(entry.event).__name__)


@lru_cache(maxsize=64)
def _read(body: str) -> Codebook:
    """Read a body once: a version never changes."""
    return codebook_from_body(body)


def _moment(entry: Entry) -> tuple[str, str, int]:
    return entry.time, entry.stream, entry.seq
