"""The fold of what was decided over codings: adjudications, quality checks, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.adjudication_state import Adjudication, read_rounds
from review.decision_events import (
    AdjudicationClosed,
    AdjudicationOpened,
    QaChosen,
    QaFailed,
    QaPassed,
    QuestionDecided,
    SignedOff,
    SignOffRevoked,
)

if TYPE_CHECKING:
    from review.events import Entry


@dataclass(frozen=True, slots=True)
class Signature:
    """One signing-off."""

    sign_off_id: str
    by: str
    """The name of who signed."""
    time: str
    statement: str
    cases: int
    heads_sha256: str
    revoked: str | None
    """Why it was taken back; None where it was not."""


class Decisions:
    """What is known of decisions over codings; how streams are interleaved changes nothing."""

    def __init__(self) -> None:
        self._adjudications: dict[str, dict[str, dict[str, list[Entry]]]] = {}
        self._read: dict[str, tuple[tuple[Adjudication, ...], ...]] = {}
        self._chosen: set[str] = set()
        self._looks: dict[str, list[Entry]] = {}
        self._signed: dict[str, Entry] = {}
        self._revoked: dict[str, str] = {}

    def apply_to_case(self, entry: Entry, case_id: str) -> None:
        """Fold one event about a case in."""
        match entry.event:
            case QaPassed() | QaFailed():
                self._looks.setdefault(case_id, []).append(entry)
            case AdjudicationOpened() | QuestionDecided() | AdjudicationClosed():
                people = self._adjudications.setdefault(case_id, {})
                streams = people.setdefault(entry.writer, {})
                streams.setdefault(entry.stream, []).append(entry)
                self._read.pop(case_id, None)
            case _:
                raise ValueError(f"{type(entry.event).__name__} is no decision over a case.")

    def apply(self, entry: Entry) -> None:
        """Fold one event about the sample in."""
        match entry.event:
            case QaChosen(cases=cases):
                self._chosen.update(cases)
            case SignedOff(sign_off_id=sign_off_id):
                known = self._signed.get(sign_off_id, entry)
                self._signed[sign_off_id] = min(known, entry, key=_moment)
            case SignOffRevoked(sign_off_id=sign_off_id, reason=reason):
                self._revoked[sign_off_id] = min(reason, self._revoked.get(sign_off_id, reason))
            case _:
                raise ValueError(f"{type(entry.event).__name__} is no decision over the sample.")

    def adjudication_of(self, case_id: str) -> Adjudication | None:
        """Return the round of decisions over a case that was begun last; None without one."""
        last = [rounds[-1] for rounds in self._rounds_of(case_id) if rounds]
        return max(last, key=lambda one: one.opened, default=None)

    def closed_rounds_of(self, case_id: str) -> tuple[Adjudication, ...]:
        """Return every round of decisions over a case that was closed, whatever came after it."""
        return tuple(one for rounds in self._rounds_of(case_id) for one in rounds if one.is_closed)

    def _rounds_of(self, case_id: str) -> tuple[tuple[Adjudication, ...], ...]:
        """Return the rounds of each person who began one."""
        if case_id not in self._read:
            people = self._adjudications.get(case_id, {})
            self._read[case_id] = tuple(
                read_rounds(case_id, people[name]) for name in sorted(people)
            )
        return self._read[case_id]

    @property
    def deciders(self) -> frozenset[str]:
        """The names of those who began to decide over a case, or checked one."""
        people = {name for by_name in self._adjudications.values() for name in by_name}
        return frozenset(people | {one.writer for looks in self._looks.values() for one in looks})

    def is_chosen_for_check(self, case_id: str) -> bool:
        """Say whether a case has to be checked before it is final."""
        return case_id in self._chosen

    @property
    def chosen_for_check(self) -> frozenset[str]:
        """The cases chosen so far."""
        return frozenset(self._chosen)

    def check_of(self, case_id: str, head: str) -> QaPassed | QaFailed | None:
        """Return what the last quality check found of a case as it stands; None where none was.

        Args:
            case_id: The case.
            head: Hash of its final answers: looks at other answers do not count.
        """
        looks = [
            entry
            for entry in self._looks.get(case_id, ())
            if isinstance(entry.event, QaPassed | QaFailed) and entry.event.head == head
        ]
        last = max(looks, key=_moment, default=None)
        event = None if last is None else last.event
        return event if isinstance(event, QaPassed | QaFailed) else None

    def found_wrong(self, case_id: str) -> str:
        """Return what the last quality check of a case found wrong with it; empty where nothing.

        Args:
            case_id: The case, whatever became of its final answers since.
        """
        failed = self.failed_check_of(case_id)
        return "" if failed is None else failed.reason

    def failed_check_of(self, case_id: str) -> QaFailed | None:
        """Return the last quality check of a case where it found something wrong, else None."""
        last = max(self._looks.get(case_id, ()), key=_moment, default=None)
        event = None if last is None else last.event
        return event if isinstance(event, QaFailed) else None

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """Every signing-off, in order of time."""
        return tuple(
            Signature(
                sign_off_id=entry.event.sign_off_id,
                by=entry.writer,
                time=entry.time,
                statement=entry.event.statement,
                cases=entry.event.cases,
                heads_sha256=entry.event.heads_sha256,
                revoked=self._revoked.get(entry.event.sign_off_id),
            )
            for entry in sorted(self._signed.values(), key=_moment)
            if isinstance(entry.event, SignedOff)
        )


def _moment(entry: Entry) -> tuple[str, str, int]:
    """Order events of different streams: by claimed time, then by stream and number."""
    return entry.time, entry.stream, entry.seq
