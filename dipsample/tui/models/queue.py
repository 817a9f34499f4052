"""What a coder's queue shows: progress only, nothing of what others answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dipsample.tui.commands import Need
from dipsample.tui.models.coding import CaseCounts
from dipsample.tui.models.strangers import gate_words, nobody_words
from dipsample.tui.models.times import clock_time, day_and_time, in_minutes
from review.coding_state import CodingState
from review.progress import time_left

if TYPE_CHECKING:
    from dipsample.audit import Audit
    from dipsample.views import QueueItem


class Showing(StrEnum):
    """Which cases of the queue are listed; the value is the letter that chooses it."""

    OPEN = "o"
    HANDED_IN = "h"
    ALL = "a"


SOME_ARE_CHECKS = "About 1 in 20 of your cases is a silent check, whose answers are known."
SHOWING_WORDS = {Showing.OPEN: "open", Showing.HANDED_IN: "handed in", Showing.ALL: "all"}

STATE_WORDS = {
    CodingState.NOT_STARTED: "to do",
    CodingState.DRAFT: "draft",
    CodingState.DEFERRED: "deferred",
    CodingState.SUBMITTED: "handed in",
    CodingState.LOCKED: "locked",
    CodingState.WITHDRAWN: "taken off",
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case."""

    case_id: str
    stratum: str
    """A neutral number: a name could prejudge the case. Empty where there is one stratum."""
    state: str
    answered: str
    flags: str
    last: str
    """When it was touched last, or what the supervisor asks, or why it was put off."""
    coding_state: CodingState


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue of one coder."""

    title: str
    coder: str
    notes: tuple[str, ...]
    """About the project."""
    saved: str
    warnings: tuple[str, ...]
    total: int
    done: int
    draft: int
    deferred: int
    returned: int
    time_left: str
    """The coder's own pace and the time left by it; empty where too little is known."""
    rows: tuple[QueueRow, ...]
    """Those listed."""
    showing: Showing
    is_supervisor: bool
    nobody: str
    """Why nothing is listed for somebody without a case."""
    told: str = ""
    """What coders are told beforehand about their cases; empty: nothing."""

    @property
    def has(self) -> frozenset[Need]:
        """What can be done."""
        return frozenset({Need.CASES}) if self.rows else frozenset()


def queue_view(audit: Audit, name: str, showing: Showing) -> QueueView:
    """Return what the queue of ``name`` shows."""
    items = audit.queue(name)
    strata = sorted({item.stratum for item in items})
    numbers: dict[str, int | None] = {stratum: n for n, stratum in enumerate(strata, 1)}
    if len(numbers) == 1:
        numbers = dict.fromkeys(numbers, None)
    rows = tuple(_row(item, numbers[item.stratum]) for item in items if _is_shown(item, showing))
    return QueueView(
        title=audit.title,
        coder=audit.code_of(name) or name,
        notes=project_notes(audit),
        saved=clock_time(audit.last_saved),
        warnings=(*audit.warnings, *(gate_words(audit, name) if items else ())),
        total=len(items),
        done=_handed_in(items),
        draft=_count(items, CodingState.DRAFT),
        deferred=_count(items, CodingState.DEFERRED),
        returned=sum(item.returned is not None for item in items),
        time_left=time_words(items),
        rows=rows,
        showing=showing,
        is_supervisor=audit.is_supervisor(name),
        nobody="" if items else nobody_words(audit, name),
        told=told_words(audit, name) if items else "",
    )


def told_words(audit: Audit, name: str) -> str:
    """Return what a coder is told of silent checks; empty where they have none."""
    is_dealt = audit.has_silent_checks and not audit.is_supervisor(name)
    return SOME_ARE_CHECKS if is_dealt else ""


def project_notes(audit: Audit) -> tuple[str, ...]:
    """Return whether anybody who has the file can read it, and which codebook it has."""
    words = f"{audit.codebook.id} {audit.codebook.version}"
    return ("not encrypted", words) if audit.is_unencrypted else (words,)


def counts_of(items: Sequence[QueueItem]) -> CaseCounts:
    """Return how far a queue is."""
    return CaseCounts(done=_handed_in(items), total=len(items))


def next_case(items: Sequence[QueueItem], after: str | None) -> str | None:
    """Return the next case to work on: behind ``after``, round at the end, deferred ones last."""
    order = [item.case_id for item in items]
    start = order.index(after) + 1 if after in order else 0
    turned = (*items[start:], *items[:start])
    for states in ((CodingState.DRAFT, CodingState.NOT_STARTED), (CodingState.DEFERRED,)):
        for item in turned:
            state = CodingState.DRAFT if not _is_done(item) and item.to_confirm else item.state
            if state in states and item.case_id != after:
                return item.case_id
    return None


@dataclass(frozen=True, slots=True)
class Pause:
    """What is said after a case was put off."""

    last: str
    """The case that was put off."""
    why: str
    """In the words that were chosen."""
    following: str
    """The next case."""
    is_put_off_too: bool
    """Whether the next case was put off before, as every open one was."""


class QueueWalk:
    """The cases of a coder, gone through one by one.

    Reading a queue works out what every case asks, which takes longer than saving an answer. So
    handing a case in only marks it here; the queue is read anew when no case is left.
    """

    def __init__(self, items: Sequence[QueueItem]) -> None:
        self._items = {item.case_id: item for item in items}

    @property
    def counts(self) -> CaseCounts:
        """How far the queue is."""
        return counts_of(tuple(self._items.values()))

    def mark(self, case_id: str, state: CodingState) -> None:
        """Note how a case stands now."""
        if case_id in self._items:
            self._items[case_id] = replace(self._items[case_id], state=state, to_confirm=0)

    def pause_after(self, case_id: str, why: str, following: str) -> Pause:
        """Return what is said between a case that was put off and the next one."""
        return Pause(case_id, why, following, self._items[following].state is CodingState.DEFERRED)

    def next_after(self, case_id: str) -> str | None:
        """Return the next case to work on, as :func:`next_case`."""
        return next_case(tuple(self._items.values()), case_id)


def _is_shown(item: QueueItem, showing: Showing) -> bool:
    match showing:
        case Showing.ALL:
            return True
        case Showing.HANDED_IN:
            return item.state.is_handed_in
        case Showing.OPEN:
            return not _is_done(item)


def _row(item: QueueItem, stratum: int | None) -> QueueRow:
    last = day_and_time(item.last_time)
    state = STATE_WORDS[item.state]
    if item.deferred is not None:
        last = item.deferred.value.replace("_", " ")
    elif item.to_confirm and item.state is not CodingState.LOCKED:
        state = "to confirm"
        last = f"{item.to_confirm} to confirm or answer: the codebook changed"
    elif item.returned is not None:
        state = "sent back"
        last = f"supervisor asks: {item.returned}"
    elif item.flag_answer and not item.open_flags and not item.state.is_handed_in:
        last = f"supervisor answers: {item.flag_answer}"
    return QueueRow(
        case_id=item.case_id,
        stratum="" if stratum is None else str(stratum),
        state=state,
        answered=_answered(item),
        flags=str(item.open_flags) if item.open_flags else "",
        last=last,
        coding_state=item.state,
    )


def _answered(item: QueueItem) -> str:
    """Return how many questions are answered; how many are left changes with the answers."""
    if not item.answered:
        return ""
    return f"all {item.answered}" if item.answered == item.asked else str(item.answered)


def _handed_in(items: Sequence[QueueItem]) -> int:
    return sum(_is_done(item) for item in items)


def _is_done(item: QueueItem) -> bool:
    """Say whether a case needs nothing of its coder, who may have answers to confirm."""
    return item.state is CodingState.LOCKED or (item.state.is_handed_in and not item.to_confirm)


def time_words(items: Sequence[QueueItem]) -> str:
    """Return the coder's own pace and what it says about the cases left; empty where too little.

    Such as ``about 3 h 10 min left (2 h 35 min to 3 h 50 min), median 6 min 40 s a case``.
    """
    pace = time_left(
        [item.active_seconds for item in items if item.state.is_handed_in],
        len(items) - _handed_in(items),
    )
    if pace is None:
        return ""
    minutes, seconds = divmod(pace.median_seconds, 60)
    median = f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
    return (
        f"about {in_minutes(pace.seconds)} left "
        f"({in_minutes(pace.lower_seconds)} to {in_minutes(pace.upper_seconds)}), "
        f"median {median} a case"
    )


def _count(items: Sequence[QueueItem], state: CodingState) -> int:
    return sum(item.state is state for item in items)
