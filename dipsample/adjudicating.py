"""Deciding over the codings of a case; every function that changes something is one commit."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from dipsample.decision_views import DecisionFile, DecisionRow, RowState, Side, WorkItem
from dipsample.desk import checked_text, joined, record_of, record_text, sample_records
from dipsample.errors import RefusedError
from dipsample.on_desk import desk_case
from dipsample.project import Happened, OpenProject, allowed, created_of
from dipsample.reporting import code_of
from review.adjudication import (
    NOTHING_TO_SETTLE,
    close_adjudication,
    is_waivable,
    open_adjudication,
    return_to_coder,
    why_not_adjudicate,
)
from review.applicability import Applicability
from review.bench import Bench, needs_quote, read_bench
from review.case import CaseState, case_state
from review.coding import Coding, raise_flag
from review.decision_events import AdjudicationClosed, DecidedQuote
from review.events import FlagKind
from review.freshness import is_fresh
from review.handed_in import Compared, Match, compare, handed_in
from review.readiness import Decision
from review.ruling import Ruling, decide_question, open_bench
from review.unchanged import is_as_found_wrong
from sampling.draw import DrawnRecord
from sampling.recorded import Recorded
from sampling.refusal import Refusal

COMMENT = "adjudication comment"
TO_DECIDE = (
    CaseState.ADJUDICATING,
    CaseState.CONFLICT,
    CaseState.STALE,
    CaseState.DECIDED,
)
"""States in which a case waits for a decision; one that a quality check found wrong does too."""


def worklist(project: OpenProject, name: str) -> tuple[WorkItem, ...]:
    """Return the cases that wait for a decision and that a person may decide, own ones first."""
    project.refresh()
    items = [
        _work_item(project, record, name)
        for record in sample_records(project)
        if _waits(project, record)
        and why_not_adjudicate(project.state.review, name, role=record.role, case_id=record.case_id)
        is None
    ]
    return tuple(sorted(items, key=lambda item: (not item.is_mine, bool(item.wait))))


def _waits(project: OpenProject, record: DrawnRecord) -> bool:
    review = project.state.review
    state = case_state(review, record.role, record.case_id)
    if state is CaseState.REOPENED:
        opening = _opening(project, record.case_id, "", reason="")
        return not isinstance(opening, Refusal)
    return state in TO_DECIDE


def _work_item(project: OpenProject, record: DrawnRecord, name: str) -> WorkItem:
    review, case_id = project.state.review, record.case_id
    current = review.decisions.adjudication_of(case_id)
    opening = _opening(project, case_id, name, reason="")
    sheets = [review.sheet_of(coding) for coding in handed_in(review, case_id)]
    codebook = review.codebook
    compared = () if codebook is None else compare(codebook, sheets)
    differ = (Match.CONFLICT, Match.ONE_SIDED)
    return WorkItem(
        case_id=case_id,
        stratum=record.stratum,
        state=case_state(review, record.role, case_id),
        conflicts=sum(one.match in differ for one in compared),
        is_mine=current is not None
        and current.adjudicator == name
        and not current.is_closed
        and is_fresh(review, current),
        wait=opening.reason if isinstance(opening, Refusal) else "",
    )


def _opening(project: OpenProject, case_id: str, name: str, *, reason: str) -> Decision:
    seed = project.state.ceremony.seed
    if seed is None:
        raise RefusedError("No sample is drawn in this project yet. Draw it first.")
    return open_adjudication(
        project.state.review,
        name,
        case_id,
        seed=seed.seed,
        reason=reason,
        may_overrule=name == created_of(project).supervisor,
    )


def wanted_reason(project: OpenProject, name: str, case_id: str) -> str:
    """Return what has to be set aside with a reason to decide a case now; empty: nothing.

    Raises:
        InputError: Where the sample has no such case.
        RefusedError: Where the person cannot decide it, with a reason or without.
    """
    project.refresh()
    record = record_of(project, case_id)
    allowed(why_not_adjudicate(project.state.review, name, role=record.role, case_id=case_id) or ())
    opening = _opening(project, case_id, name, reason="")
    is_supervisor = name == created_of(project).supervisor
    if isinstance(opening, Refusal) and is_supervisor and is_waivable(opening):
        return opening.reason
    allowed(opening)
    return ""


def open_case(
    project: OpenProject, name: str, case_id: str, *, reason: str = "", confirm: str | None = None
) -> DecisionFile:
    """Begin to decide a case; its codings are locked by it.

    Args:
        project: The project.
        name: Who decides.
        case_id: The case.
        reason: Why early, again, or in somebody's place: for the supervisor alone.
        confirm: Why a reason that looks like personal data may stay.

    Raises:
        RefusedError: Where a rule says no.
        LeakFoundError: Where the reason looks like personal data.
    """
    project.refresh()
    record, review = desk_case(project, case_id), project.state.review
    allowed(why_not_adjudicate(review, name, role=record.role, case_id=case_id) or ())
    opening = _opening(project, case_id, name, reason=reason)
    is_check = case_id in review.gold.cases
    events = allowed(opening)
    allowed(NOTHING_TO_SETTLE if is_check else ())
    leak = checked_text(COMMENT, reason, confirm) if events else ()
    _write(project, name, case_id, (*events, *leak))
    return case_file(project, name, case_id)


def case_file(project: OpenProject, name: str, case_id: str) -> DecisionFile:
    """Return a case as the person sees it who is deciding it, or decided it.

    Raises:
        InputError: Where the sample has no such case.
        RefusedError: Where somebody else decides it, or nobody does.
    """
    review = project.state.review
    record = record_of(project, case_id)
    current = review.decisions.adjudication_of(case_id)
    if current is not None and current.adjudicator == name and current.is_closed:
        bench = read_bench(review, current)
    else:
        opened = open_bench(review, name, case_id)
        if isinstance(opened, Refusal):
            raise RefusedError(f"{opened.reason} {opened.way_out}")
        bench = opened
    (material,) = project.store.cases((case_id,))
    text = record_text(project, material)
    sides = tuple(
        _side(project, bench, coding, number, text)
        for number, coding in enumerate(bench.codings, start=1)
    )
    rows = (_row(bench, one) for one in bench.compared)
    return DecisionFile(
        case_id=case_id,
        stratum=record.stratum,
        record=text,
        sides=sides,
        rows=tuple(row for row in rows if row.state is not RowState.NOT_ASKED or any(row.values)),
        sheet=bench.sheet,
        reason=bench.adjudication.reason,
        found_wrong=review.decisions.found_wrong(case_id),
        is_as_found_wrong=not bench.adjudication.is_closed and is_as_found_wrong(review, bench),
        is_closed=bench.adjudication.is_closed,
    )


def _side(
    project: OpenProject, bench: Bench, coding: Coding, number: int, text: Mapping[str, str]
) -> Side:
    quotes: dict[str, tuple[str, ...]] = {}
    for quote in coding.quotes:
        field = unicodedata.normalize("NFC", text.get(quote.field, ""))
        words = field[quote.start : quote.end].strip()
        quotes[quote.question] = (*quotes.get(quote.question, ()), words)
    is_closed = bench.adjudication.is_closed
    return Side(
        label=f"Coder {number}",
        revision=coding.revision,
        note=coding.note,
        quotes=quotes,
        code=code_of(project, coding.reviewer) if is_closed else None,
    )


def _row(bench: Bench, one: Compared) -> DecisionRow:
    state = bench.sheet.state_of(one.question.id)
    decision = bench.adjudication.decisions.get(one.question.id)
    return DecisionRow(
        question=one.question,
        values=one.values,
        final=state.value if state.is_counted else (),
        decision=decision,
        state=_row_state(bench, one, is_decided=decision is not None),
        is_conflict=one.match in (Match.CONFLICT, Match.ONE_SIDED),
        needs_quote=needs_quote(bench, state),
    )


def _row_state(bench: Bench, one: Compared, *, is_decided: bool) -> RowState:
    state = bench.sheet.state_of(one.question.id)
    if state.applicability is Applicability.PENDING:
        return RowState.WAITS
    if state.applicability is Applicability.NOT_APPLICABLE:
        return RowState.NOT_ASKED
    if one.question.id in bench.open_questions:
        return RowState.OPEN
    return RowState.DECIDED if is_decided else RowState.AGREED


def rule(
    project: OpenProject, name: str, case_id: str, ruling: Ruling, *, confirm: str | None
) -> DecisionFile:
    """Decide one question, replace the decision, or take it back.

    Raises:
        RefusedError: Where a rule says no.
        LeakFoundError: Where the comment looks like personal data and there is no reason to
            keep it.
    """
    project.refresh()
    flag_id = project.fresh_hex(8)
    decided = decide_question(project.state.review, name, case_id, ruling, flag_id=flag_id)
    events = allowed(decided)
    leak = checked_text(COMMENT, ruling.comment, confirm) if events else ()
    _write(project, name, case_id, (*events, *leak))
    return case_file(project, name, case_id)


def quote(project: OpenProject, case_id: str, field: str, start: int, end: int) -> DecidedQuote:
    """Return a passage of a case's record as a decision holds it.

    Raises:
        RefusedError: Where it is empty or lies outside the record.
    """
    (material,) = project.store.cases((case_id,))
    text = unicodedata.normalize("NFC", record_text(project, material).get(field, ""))
    if not (0 <= start < end <= len(text) and text[start:end].strip()):
        raise RefusedError(
            "The passage is empty or lies outside the record. Mark words of the record as shown."
        )
    return DecidedQuote(field=field, start=start, end=end, record_sha256=material.sha256)


def close(
    project: OpenProject, name: str, case_id: str, *, reason: str, confirm: str | None
) -> DecisionFile:
    """Confirm what is agreed, and close the case.

    Raises:
        RefusedError: Where a rule says no.
        LeakFoundError: Where the reason looks like personal data.
    """
    project.refresh()
    review = project.state.review
    events = allowed(close_adjudication(review, name, case_id, reason=reason))
    is_kept = any(isinstance(one, AdjudicationClosed) and one.reason for one in events)
    leak = checked_text(COMMENT, reason, confirm) if is_kept else ()
    _write(project, name, case_id, (*events, *leak))
    return case_file(project, name, case_id)


def send_back(
    project: OpenProject, name: str, case_id: str, coder: int, question: str, confirm: str | None
) -> None:
    """Send one coding back to its coder with a question; the decision begins anew after it."""
    project.refresh()
    decided = return_to_coder(project.state.review, name, case_id, coder=coder, question=question)
    events = allowed(decided)
    _write(project, name, case_id, (*events, *checked_text(COMMENT, question, confirm)))


def query(
    project: OpenProject, name: str, case_id: str, text: str, *, confirm: str | None
) -> DecisionFile:
    """Ask the supervisor about the codebook, from a case that is being decided."""
    project.refresh()
    opened = open_bench(project.state.review, name, case_id)
    allowed(opened if isinstance(opened, Refusal) else ())
    flag_id = project.fresh_hex(8)
    events = allowed(raise_flag(flag_id=flag_id, kind=FlagKind.CODEBOOK, text=text))
    _write(project, name, case_id, (*events, *checked_text(COMMENT, text, confirm)))
    return case_file(project, name, case_id)


def _write(project: OpenProject, name: str, case_id: str, events: Sequence[Recorded]) -> None:
    """Write what was decided; whoever decides for the first time joins under a code."""
    is_supervisor = name == created_of(project).supervisor
    joining = joined(project, name) if events and not is_supervisor else ()
    project.write(name, (*joining, *(Happened(event, case_id) for event in events)))
