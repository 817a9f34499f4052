"""Looks at an audit whose cases are not all closed: what they rest on, what they write, what waits.

Figures that nobody may see yet are worked out here only to tell the rule's answer from them.
"""

from __future__ import annotations

from dipsample.desk import codebook_of, sample_records
from dipsample.project import Happened, OpenProject, Snapshot, allowed
from dipsample.reporting import coded_cases
from review.case import CaseState, case_state
from review.looking import (
    FIXED,
    Logged,
    Look,
    closed_in_order,
    look_at,
    rule_of,
    rule_words,
    stop_of,
)
from sampling.draw import DrawnRecord, Role
from sampling.looking import CodingStopped, LookTaken
from sampling.plan import Plan
from sampling.refusal import Refusal
from sampling.stopping import decide_look, decide_stop

CLOSED = (CaseState.FINAL, CaseState.EXCLUDED)
HELD = Refusal(
    rule="held-for-a-look",
    reason="The plan of this audit looks at the cases before this one first.",
    way_out="Finish your open cases; this one opens, or is not needed, after the look.",
)


def look_of(project: Snapshot, *, is_supervisor: bool) -> Look:
    """Return what findings rest on at present.

    Args:
        project: The project; a sample is drawn.
        is_supervisor: Whether the supervisor asks.
    """
    ceremony = project.state.ceremony
    if ceremony.plan is None:
        return FIXED
    logged = Logged(ceremony.plan, ceremony.looks, ceremony.stopped)
    return look_at(logged, codebook_of(project), coded_cases(project), is_supervisor=is_supervisor)


def due_look(project: Snapshot) -> tuple[LookTaken, ...]:
    """Return the planned look that findings would take now; none where none is due.

    Raises:
        RefusedError: Where all looks of the plan are used and coding went on since.
    """
    ceremony = project.state.ceremony
    if ceremony.plan is None or ceremony.plan.looks is None or ceremony.drawn is None:
        return ()
    cases = coded_cases(project)
    closed = sum(case.is_settled for case in cases)
    if closed == len(cases):
        return ()
    decided = decide_look(ceremony, in_order=closed_in_order(cases), closed=closed)
    return tuple(event for event in allowed(decided) if isinstance(event, LookTaken))


def take_look(project: OpenProject, name: str) -> bool:
    """Write down the planned look that is due; say whether there was one.

    Raises:
        RefusedError: As :func:`due_look`.
    """
    return bool(project.write(name, [Happened(event) for event in due_look(project)]))


def stop(project: OpenProject, name: str) -> CodingStopped | None:
    """End coding where the rule of the plan stops.

    Returns:
        What was written; None where coding had stopped, or the rule runs to the last case.

    Raises:
        RefusedError: Where there is no rule, or it does not stop here.
    """
    ceremony = project.state.ceremony
    found = None
    if ceremony.plan is not None and ceremony.drawn is not None:
        found = _stop_now(project, ceremony.plan)
    records = sample_records(project)
    past = [] if found is None else records[found:]
    beyond = sum(_is_handed_in(project, record) for record in past)
    events = allowed(decide_stop(ceremony, stops_at=found, coded_beyond=beyond))
    project.write(name, [Happened(event) for event in events])
    return next((event for event in events if isinstance(event, CodingStopped)), None)


def _is_handed_in(project: Snapshot, record: DrawnRecord) -> bool:
    codings = project.state.review.codings_of(record.case_id)
    return any(coding.state.is_handed_in for coding in codings)


def _stop_now(project: Snapshot, plan: Plan) -> int | None:
    """Return the cases at which the rule stops, among those closed in order."""
    if plan.stopping is None:
        return None
    cases = coded_cases(project)
    found = stop_of(plan.stopping, plan, codebook_of(project), cases[: closed_in_order(cases)])
    return None if found is None else found[0]


def rule_line(project: Snapshot) -> str:
    """Say what the rule of the plan says now; empty without one, and after coding ended."""
    ceremony = project.state.ceremony
    plan = ceremony.plan
    if plan is None or plan.stopping is None or ceremony.drawn is None or ceremony.stopped:
        return ""
    cases = coded_cases(project)
    if all(case.is_settled for case in cases):
        return ""
    return rule_words(plan.stopping, plan, codebook_of(project), cases)


def held_cases(project: Snapshot) -> frozenset[str]:
    """Return the cases that nobody may begin before the next look; none without a rule."""
    ceremony = project.state.ceremony
    plan = ceremony.plan
    if plan is None or plan.stopping is None or ceremony.drawn is None or ceremony.stopped:
        return frozenset()
    records = [one for one in sample_records(project) if one.role is Role.SAMPLE]
    closed = _closed_in_order(project, records)
    looks = rule_of(plan.stopping).looks()
    limit = next((one for one in looks if one > closed), len(records))
    if any(one <= closed for one in looks):
        limit = _stop_now(project, plan) or limit
    return frozenset(record.case_id for record in records[limit:])


def _closed_in_order(project: Snapshot, records: list[DrawnRecord]) -> int:
    review = project.state.review
    return next(
        (
            number
            for number, record in enumerate(records)
            if case_state(review, record.role, record.case_id) not in CLOSED
        ),
        len(records),
    )
