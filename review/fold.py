"""The fold of everything that reviewers and supervisors did.

Events of one stream come in their order; how the streams are interleaved changes nothing. A fact
of one stream therefore never overwrites one of another by coming later: what belongs together is
joined when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from review.applicability import Sheet
from review.calibration import Calibrations
from review.calibration_events import CalibrationScored, ReviewerAdmitted
from review.carrying import own_sheet, rework, sheet_under
from review.codebook import Codebook
from review.codebook_events import CodebookRevised
from review.coding_state import Coding, CodingState, Submission
from review.decision_events import CaseDecision, SampleDecision
from review.decisions import Decisions
from review.errors import ReviewError
from review.events import (
    AssignedCase,
    CasesAssigned,
    CodebookPublished,
    CodingLocked,
    CodingReopened,
    CodingReturned,
    CodingWithdrawn,
    Entry,
    FlagAnswered,
    FlagKind,
    FlagRaised,
    LeakConfirmed,
    ReviewerAdded,
    ReviewerLeft,
    RiskAcknowledged,
    RiskReferred,
)
from review.gold import Gold
from review.gold_events import GoldDealt, GoldPlaced
from review.history import CodingHistory
from review.slots import Slot, slots_of_case
from review.standing import Standing
from review.versions import Versions


@dataclass(frozen=True, slots=True)
class Flag:
    """A question to the supervisor about a case."""

    flag_id: str
    case_id: str
    reviewer: str
    kind: FlagKind
    text: str
    time: str
    answer: str | None
    """The supervisor's answer, which closes it; None while it is open."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A safeguarding referral of a case."""

    case_id: str
    reviewer: str
    time: str
    acknowledged: str | None
    """What was done, once the supervisor has said so; None while it waits."""


class Review:
    """What is known of the review: the fold of its events.

    Attributes:
        reviewers: Code by name, in order of code.
        confirmed_leaks: How many texts that looked like personal data were kept, with a reason.
        decisions: What was decided over codings.
        versions: Every version of the codebook.
        calibrations: Who took a calibration, and who was admitted below the gate.
        gold: Silent checks, and who codes them.
    """

    def __init__(self) -> None:
        self.confirmed_leaks = 0
        self.decisions = Decisions()
        self._reviewers: dict[str, str] = {}
        self.versions = Versions()
        self.calibrations = Calibrations()
        self.gold = Gold()
        self._latest: dict[type, dict[str, Entry]] = {CasesAssigned: {}}
        self._assigned: Mapping[str, tuple[AssignedCase, ...]] | None = None
        self._left: set[str] = set()
        self._histories: dict[str, dict[str, CodingHistory]] = {}
        self._standings: dict[tuple[str, str], Standing] = {}
        self._flags: dict[str, Entry] = {}
        self._flag_answers: dict[str, str] = {}
        self._referrals: list[Entry] = []
        self._acknowledged: dict[str, Entry] = {}

    def apply(self, entry: Entry) -> None:
        """Fold one event in.

        Raises:
            ReviewError: Where an event about a case names none.
        """
        event = entry.event
        match event:
            case CodebookPublished() | CodebookRevised():
                self.versions.add(entry)
            case CasesAssigned():
                self._latest[type(event)][entry.stream] = entry
                self._assigned = None
            case ReviewerAdded(name=name, code=code):
                known = self._reviewers.get(name, code)
                self._reviewers[name] = min(known, code, key=_code_order)
            case ReviewerLeft(name=name):
                self._left.add(name)
            case CalibrationScored() | ReviewerAdmitted():
                self.calibrations.apply(entry)
            case GoldPlaced() | GoldDealt():
                self.gold.apply(entry)
            case _ if isinstance(event, SampleDecision):
                self.decisions.apply(entry)
            case _:
                if entry.case_id is None:
                    raise ReviewError(
                        f"An event of kind {type(event).__name__} names no case; "
                        "verify the project."
                    )
                self._apply_to_case(entry, entry.case_id)

    def _apply_to_case(self, entry: Entry, case_id: str) -> None:
        event = entry.event
        match event:
            case CodingReturned() | CodingLocked() | CodingReopened() | CodingWithdrawn():
                place = (case_id, event.reviewer)
                self._standings.setdefault(place, Standing()).add(event)
            case FlagRaised(flag_id=flag_id):
                self._flags[flag_id] = _first(self._flags.get(flag_id), entry)
            case FlagAnswered(flag_id=flag_id, text=text):
                self._flag_answers[flag_id] = min(text, self._flag_answers.get(flag_id, text))
            case RiskReferred():
                self._referrals.append(entry)
            case RiskAcknowledged():
                self._acknowledged[case_id] = _last(self._acknowledged.get(case_id), entry)
            case LeakConfirmed():
                self.confirmed_leaks += 1
            case _ if isinstance(event, CaseDecision):
                self.decisions.apply_to_case(entry, case_id)
            case _:
                people = self._histories.setdefault(case_id, {})
                history = people.get(entry.writer)
                if history is None:
                    history = people[entry.writer] = CodingHistory(case_id, entry.writer)
                history.add(entry)

    @property
    def codebook(self) -> Codebook | None:
        """The version of the codebook to code with; None before one was published."""
        return self.versions.current

    @property
    def reviewers(self) -> dict[str, str]:
        """Code by name, in order of joining."""
        return dict(sorted(self._reviewers.items(), key=lambda item: _code_order(item[1])))

    @property
    def left(self) -> frozenset[str]:
        """The names of those who left the audit."""
        return frozenset(self._left)

    @property
    def assignment(self) -> tuple[AssignedCase, ...]:
        """Every slot of the latest assignment, as it was dealt; empty without one."""
        dealt = self._dealt
        return () if dealt is None else dealt.assigned

    @property
    def coded_twice(self) -> str | None:
        """How many cases are coded twice, in the words of the choice; None for none."""
        return None if self._dealt is None else self._dealt.twice

    @property
    def _dealt(self) -> CasesAssigned | None:
        entry = _newest(self._latest[CasesAssigned])
        event = None if entry is None else entry.event
        return event if isinstance(event, CasesAssigned) else None

    def assigned_to(self, case_id: str) -> tuple[AssignedCase, ...]:
        """Return the slots of a case by the latest assignment; empty where nobody has it.

        A silent check has those that it was dealt to, so that its coders meet the same rules.
        """
        if self._assigned is None:
            slots: dict[str, tuple[AssignedCase, ...]] = {}
            for one in self.assignment:
                slots[one.case_id] = (*slots.get(one.case_id, ()), one)
            self._assigned = slots
        return self._assigned.get(case_id) or self.gold.slots_of(case_id)

    def slots_of(self, case_id: str) -> tuple[Slot, ...]:
        """Return who is to code a case: as :func:`review.slots.slots_of_case`."""
        assigned, codings = self.assigned_to(case_id), self.codings_of(case_id)
        return slots_of_case(case_id, assigned, codings, self.reviewers)

    def required_slots(self, case_id: str) -> int:
        """Return how many codings a case waits for: 1 where it is assigned to nobody."""
        return max(1, sum(slot.is_required for slot in self.slots_of(case_id)))

    def coding_of(self, case_id: str, reviewer: str) -> Coding:
        """Return a person's coding of a case; one not begun where there is none."""
        history = self._histories.get(case_id, {}).get(reviewer)
        sha256 = "" if self.codebook is None else self.codebook.sha256
        if history is None:
            return Coding(case_id=case_id, reviewer=reviewer, codebook_sha256=sha256)
        return self._as_it_stands(history)

    def codings_of(self, case_id: str) -> tuple[Coding, ...]:
        """Return the codings of a case that were begun, in order of the coder's name."""
        people = self._histories.get(case_id, {})
        codings = (self._as_it_stands(people[name]) for name in sorted(people))
        return tuple(one for one in codings if one.state is not CodingState.NOT_STARTED)

    def _as_it_stands(self, history: CodingHistory) -> Coding:
        """Return a coding with what was decided of it."""
        coding = history.coding
        standing = self._standings.get((coding.case_id, coding.reviewer))
        return coding if standing is None else standing.over(history)

    def flags_of(self, case_id: str) -> tuple[Flag, ...]:
        """Return the flags of a case or a silent check, in order of time."""
        return tuple(flag for flag in self._every_flag() if flag.case_id == case_id)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """All flags of cases, in order of time; those at silent checks are not among them."""
        return tuple(flag for flag in self._every_flag() if flag.case_id not in self.gold.cases)

    @property
    def flags_at_checks(self) -> tuple[Flag, ...]:
        """All flags at silent checks, in order of time."""
        return tuple(flag for flag in self._every_flag() if flag.case_id in self.gold.cases)

    def _every_flag(self) -> tuple[Flag, ...]:
        return tuple(
            Flag(
                flag_id=entry.event.flag_id,
                case_id=entry.case_id or "",
                reviewer=entry.writer,
                kind=entry.event.kind,
                text=entry.event.text,
                time=entry.time,
                answer=self._flag_answers.get(entry.event.flag_id),
            )
            for entry in sorted(self._flags.values(), key=_moment)
            if isinstance(entry.event, FlagRaised)
        )

    def has_blocking_flag(self, case_id: str) -> bool:
        """Say whether a flag that keeps the case from being final is open."""
        return any(
            isinstance(entry.event, FlagRaised)
            and entry.case_id == case_id
            and entry.event.kind.is_blocking
            and entry.event.flag_id not in self._flag_answers
            for entry in self._flags.values()
        )

    @property
    def referrals(self) -> tuple[Referral, ...]:
        """All safeguarding referrals of cases, in order of time.

        Nobody is in danger at a silent check, so none of its referrals is among them. An
        acknowledgement covers the referrals of its case up to its own time; a later one waits
        again.
        """
        return tuple(one for one in self._every_referral() if one.case_id not in self.gold.cases)

    def referrals_of(self, case_id: str) -> tuple[Referral, ...]:
        """Return the referrals of a case or a silent check, in order of time."""
        return tuple(one for one in self._every_referral() if one.case_id == case_id)

    def _every_referral(self) -> tuple[Referral, ...]:
        found = []
        for entry in sorted(self._referrals, key=_moment):
            answer = self._acknowledged.get(entry.case_id or "")
            covered = answer is not None and answer.time >= entry.time
            event = answer.event if answer is not None and covered else None
            action = event.action if isinstance(event, RiskAcknowledged) else None
            found.append(Referral(entry.case_id or "", entry.writer, entry.time, action))
        return tuple(found)

    def sheet_of(self, coding: Coding | Submission) -> Sheet:
        """Return what follows from the answers of a coding, or of what was once handed in.

        By the current version of the codebook: answers of an earlier one that mean something else
        by now do not count.

        Raises:
            ReviewError: Where no codebook was published.
        """
        return sheet_under(self.versions, coding)

    def own_sheet_of(self, coding: Coding | Submission) -> Sheet:
        """Return the same by the version of the codebook that it was made with.

        Raises:
            ReviewError: Where no codebook was published.
        """
        return own_sheet(self.versions, coding)

    def under(self, versions: Versions) -> Review:
        """Return what is known as if these were the versions of the codebook: for a preview."""
        result = copy(self)
        result.versions = versions
        return result

    def is_outdated(self, case_id: str) -> bool:
        """Say whether somebody handed a case in and has answers to confirm before it counts.

        Whoever left confirms nothing: :func:`review.handed_in.is_left_unconfirmed` tells those.
        """
        return any(
            coding.reviewer not in self._left and self.is_to_confirm(coding)
            for coding in self.codings_of(case_id)
        )

    def is_to_confirm(self, coding: Coding) -> bool:
        """Say whether a coding was handed in and has answers that do not count unconfirmed."""
        return coding.state.is_handed_in and not rework(self.versions, coding).is_comparable


def _code_order(code: str) -> tuple[int, str]:
    """Order R2 before R10."""
    return len(code), code


def _moment(entry: Entry) -> tuple[str, str, int]:
    """Order events of different streams: by claimed time, then by stream and number."""
    return entry.time, entry.stream, entry.seq


def _first(known: Entry | None, entry: Entry) -> Entry:
    return entry if known is None else min(known, entry, key=_moment)


def _last(known: Entry | None, entry: Entry) -> Entry:
    return entry if known is None else max(known, entry, key=_moment)


def _newest(by_stream: Mapping[str, Entry]) -> Entry | None:
    """Return the latest of the last words of each stream."""
    return max(by_stream.values(), key=_moment, default=None)
