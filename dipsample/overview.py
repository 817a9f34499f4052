"""What a supervisor sees of a project: stage, progress, cases, log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dipsample.desk import sample_records
from dipsample.ledger import Event
from dipsample.on_desk import desk_cases
from dipsample.project import OpenProject, Snapshot
from dipsample.reporting import code_of, stream_label
from dipsample.surroundings import person_of
from dipsample.views import (
    CaseRow,
    LogLine,
    LogPage,
    OpenFlag,
    Overview,
    Referral,
    ReviewerProgress,
    Stage,
)
from dipsample.wording import in_words
from review.case import CaseState, Review, case_state, count_states
from review.coding import CodingState
from review.progress import ActiveTime, active_time
from review.totals import totals
from sampling.draw import DrawnRecord, Role
from sampling.inclusion import inclusions

PAGE = 200
ENDED = (CaseState.FINAL, CaseState.EXCLUDED)


def stage(project: Snapshot) -> Stage:
    """Return how far a project is."""
    ceremony = project.state.ceremony
    if ceremony.frame is None:
        return Stage.NO_FRAME
    if ceremony.plan is None:
        return Stage.NO_PLAN
    if ceremony.drawn is None:
        return Stage.NO_DRAW
    counts = count_states(project.state.review, sample_records(project))
    is_open = any(number for state, number in counts.items() if state not in ENDED)
    return Stage.CODING if is_open else Stage.CODED


def overview(project: Snapshot) -> Overview:
    """Return progress, referrals and open flags."""
    review = project.state.review
    records = sample_records(project)
    counts = count_states(review, records)
    del counts[CaseState.RESERVE]
    return Overview(
        counts=counts,
        drawn=len(records),
        reserve=len(project.state.ceremony.records) - len(records),
        unassigned=sum(
            record.role is Role.SAMPLE and not review.assigned_to(record.case_id)
            for record in records
        ),
        reviewers=_progress(project),
        referrals=tuple(
            Referral(one.case_id, one.time, code_of(project, one.reviewer), one.acknowledged)
            for one in review.referrals
        ),
        flags=tuple(
            OpenFlag(
                flag_id=flag.flag_id,
                case_id=flag.case_id,
                code=code_of(project, flag.reviewer),
                kind=flag.kind,
                text=flag.text,
                time=flag.time,
                is_check=flag.case_id in review.gold.cases,
            )
            for flag in (*review.flags, *review.flags_at_checks)
            if flag.answer is None
        ),
        draw_line=project.state.ceremony.draw_of_draws,
        active_time=_active_time(project),
        totals=totals(review, records),
        deciders=tuple(
            code for name, code in review.reviewers.items() if _only_decides(review, name, records)
        ),
    )


def _only_decides(review: Review, name: str, records: Sequence[DrawnRecord]) -> bool:
    """Say whether a person decides or checks cases, and has none to code."""
    return name in review.decisions.deciders and not any(
        name == slot.reviewer for record in records for slot in review.slots_of(record.case_id)
    )


def _active_time(project: Snapshot) -> ActiveTime | None:
    """Return what coding took, over all coders together."""
    by_coder: dict[str, list[int]] = {}
    for record in sample_records(project):
        for coding in project.state.review.codings_of(record.case_id):
            if coding.state.is_handed_in:
                by_coder.setdefault(coding.reviewer, []).append(coding.active_seconds)
    return active_time(by_coder)


def _progress(project: Snapshot) -> tuple[ReviewerProgress, ...]:
    review = project.state.review
    assigned = Counter(one.reviewer for one in review.assignment)
    states: Counter[tuple[str, CodingState]] = Counter(
        (coding.reviewer, coding.state)
        for record in sample_records(project)
        for coding in review.codings_of(record.case_id)
    )
    return tuple(
        ReviewerProgress(
            name=name,
            code=code,
            assigned=assigned[name],
            submitted=sum(states[name, state] for state in CodingState if state.is_handed_in),
            draft=states[name, CodingState.DRAFT],
            deferred=states[name, CodingState.DEFERRED],
        )
        for name, code in review.reviewers.items()
        if not _only_decides(review, name, sample_records(project))
    )


NOT_YOURS = "not_yours"
"""How a coder sees the state of a case that is somebody else's to code."""


def case_rows(project: Snapshot, *, with_referrals: bool = False) -> tuple[CaseRow, ...]:
    """Return the drawn records, sample and reserve, by case number.

    Args:
        project: The project.
        with_referrals: Whether to tell which cases have a safeguarding referral that waits.
    """
    review = project.state.review
    referred = cases_referred(project) if with_referrals else frozenset()
    ceremony = project.state.ceremony
    chances = {} if ceremony.drawn is None else inclusions(ceremony)
    return tuple(
        CaseRow(
            case_id=record.case_id,
            record_id=record.record_id,
            stratum=record.stratum,
            rank=record.rank,
            role=record.role.value,
            ticket=record.ticket,
            state=case_state(review, record.role, record.case_id).value,
            unit=record.unit,
            size=record.size,
            chance=chances.get(record.case_id),
            has_open_referral=record.case_id in referred,
        )
        for record in ceremony.records
    )


def cases_referred(project: Snapshot) -> frozenset[str]:
    """Return the cases with a safeguarding referral that waits for the supervisor."""
    referrals = project.state.review.referrals
    return frozenset(one.case_id for one in referrals if one.acknowledged is None)


def own_case_rows(project: Snapshot, name: str, rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Return the rows as a coder may see them: with the state of their own codings.

    The state of a case would tell whether a colleague's answers differ while they can still be
    taken back. Whoever has coded nothing and has nothing to code sees the rows as they are.
    """
    review = project.state.review
    own = {one.case_id for one in review.assignment if one.reviewer == name}
    own |= {
        row.case_id
        for row in rows
        if review.coding_of(row.case_id, name).state is not CodingState.NOT_STARTED
    }
    if not own:
        return tuple(rows)
    if review.gold.cases:
        return _desk_rows(project, name)
    states = {case_id: review.coding_of(case_id, name).state.value for case_id in own}
    return tuple(
        replace(row, state=states.get(row.case_id, NOT_YOURS)) if row.role == Role.SAMPLE else row
        for row in rows
    )


def _desk_rows(project: Snapshot, name: str) -> tuple[CaseRow, ...]:
    """Return the cases on a coder's desk, silent checks among them.

    Record id, rank and ticket are left out: a check has none, and by them it would be known.
    """
    review = project.state.review
    return tuple(
        CaseRow(
            case_id=one.case_id,
            record_id="",
            stratum=one.stratum,
            rank=0,
            role=one.role.value,
            ticket="",
            state=review.coding_of(one.case_id, name).state.value,
        )
        for one in desk_cases(project, name)
        if any(slot.reviewer == name for slot in review.slots_of(one.case_id))
    )


def log_lines(project: OpenProject, name: str | None) -> tuple[LogLine, ...]:
    """Return events in words, oldest first.

    Args:
        project: The project.
        name: A coder sees their own events and those about no case; the supervisor and None see
            all.
    """
    sees_all = name is None or name not in project.state.review.reviewers
    return tuple(
        _line(project, event)
        for event in project.store.events()
        if sees_all or event.case is None or person_of(event.stream) == name
    )


def log_page(project: OpenProject, page: int, name: str | None) -> LogPage:
    """Return one page of the log, newest first; pages count from 1, and the last one is kept to."""
    lines = log_lines(project, name)[::-1]
    pages = max(1, -(-len(lines) // PAGE))
    shown = min(max(page, 1), pages)
    return LogPage(
        lines=lines[(shown - 1) * PAGE : shown * PAGE],
        page=shown,
        pages=pages,
        events=len(lines),
    )


def _line(project: Snapshot, event: Event) -> LogLine:
    return LogLine(
        time=event.time,
        who=code_of(project, person_of(event.stream)),
        what=in_words(event.kind, event.data),
        case_id=event.case,
        stream=stream_label(project, event.stream),
        seq=event.seq,
        hash=event.hash,
    )
