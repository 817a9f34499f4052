"""Whether every count of the program is the other counts': held against each other at an instant.

What is compared is what people are shown: the list of cases, the overview, the case flow of the
workbook, the findings, what keeps the sample from being signed off, the log; and the account that
the simulation keeps of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.simulated_audit.course import Course
from benchmarks.simulated_audit.people import BOSS
from dipsample.project import OpenProject
from dipsample.reporting import release
from dipsample.state import ProjectState
from dipsample.store import open_store
from exports.release.tables import Shown, Table
from review.case import CaseState, case_state

_REASON = re.compile(r"^(.*): ([0-9,]+)$")
INDICATORS = ("M1", "C.1")


def differences(course: Course, *, is_whole: bool = True) -> list[str]:
    """Return every count that is not what another says it is; empty where all add up.

    Args:
        course: The simulated audit as it stands.
        is_whole: Whether the workbook's case flow and the findings are made and looked at too.
    """
    found = [*_cases(course), *_coders(course), *_sign_off(course), *_log(course)]
    return [*found, *_case_flow(course), *_findings(course)] if is_whole else found


def _cases(course: Course) -> Iterator[str]:
    """Compare the list of cases with the overview, and both with the draw."""
    rows, seen = course.audit.cases(), course.audit.overview()
    listed = Counter(row.state for row in rows)
    reserve = listed.pop(CaseState.RESERVE.value, 0)
    shown = {state.value: number for state, number in seen.counts.items() if number}
    if listed != shown:
        yield f"cases lists {dict(listed)}, the overview {shown}"
    if sum(seen.counts.values()) != seen.drawn or seen.drawn + seen.reserve != len(rows):
        yield f"{sum(seen.counts.values())} cases by state of {seen.drawn} and {seen.reserve}"
    if reserve != seen.reserve:
        yield f"{reserve} cases in reserve listed, {seen.reserve} in the overview"
    begun = {case_id for case_id, _ in course.account.begun}
    live = {row.case_id for row in rows if row.role == "sample"}
    flagged = {flag.case_id for flag in seen.flags if flag.kind.is_blocking}
    untouched = len(live - begun - flagged)
    if untouched != seen.counts[CaseState.AWAITING]:
        yield f"{untouched} cases untouched, {seen.counts[CaseState.AWAITING]} awaiting"


def _coders(course: Course) -> Iterator[str]:
    """Compare what each coder handed in with the account."""
    account = Counter(name for _, name in course.account.handed_in)
    for one in course.audit.overview().reviewers:
        if one.submitted != account[one.name]:
            yield f"{one.name} handed in {account[one.name]}, shown {one.submitted}"


def _case_flow(course: Course) -> Iterator[str]:
    """Compare the stages of the workbook's case flow with each other and the overview."""
    seen = course.audit.overview()
    table = _table(course, "case_flow")
    rows = [(str(row[0]), int(str(row[1])), row[3]) for row in map(_values, table.rows)]
    for (name, cases, why), (_, then, _) in pairwise(rows):
        left = 0
        for line in str(why or "").splitlines():
            reason = _REASON.match(line)
            left += int(reason[2].replace(",", "")) if reason else 0
        if cases - left != then:
            yield f"case flow: {cases} at '{name}', {left} left, {then} next"
    numbers = {name: cases for name, cases, _ in rows}
    if numbers["Cases of the sample"] != seen.drawn:
        yield f"case flow: {numbers['Cases of the sample']} cases, {seen.drawn} drawn"
    if numbers["Cases with final answers"] != seen.counts[CaseState.FINAL]:
        yield f"case flow: {numbers['Cases with final answers']} final, {seen.counts} in all"


def _values(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(cell.value if isinstance(cell, Shown) else None for cell in row)


def _table(course: Course, name: str) -> Table:
    made = release(course.project, by=(), date=None)
    return next(table for table in made.tables if table.name == name)


def _findings(course: Course) -> Iterator[str]:
    """Compare findings over all cases with the sum of those by stratum."""
    found = course.audit.findings(BOSS, indicators=INDICATORS, by=("stratum",))
    for indicator in INDICATORS:
        (whole,) = (one for one in found if one.indicator == indicator and one.by is None)
        parts = [one for one in found if one.indicator == indicator and one.by is not None]
        for name in ("numerator", "denominator", "undetermined", "cases", "in_conflict"):
            if sum(getattr(one, name) for one in parts) != getattr(whole, name):
                yield f"{indicator}: {name} by stratum is not {getattr(whole, name)}"
        if whole.denominator + whole.undetermined < whole.cases:
            yield f"{indicator}: {whole.cases} cases, {whole.denominator} and {whole.undetermined}"


def _sign_off(course: Course) -> Iterator[str]:
    """Compare what keeps the sample from being signed off with the overview."""
    view, seen = course.audit.sign_off_view(), course.audit.overview()
    waiting = {one.case_id for one in seen.referrals if one.acknowledged is None}
    states = Counter(why for _, why in view.blockers)
    referred = states.pop("a safeguarding referral waits", 0)
    if sum(states.values()) != seen.open_cases or referred != len(waiting):
        yield f"sign-off: {states} open and {referred} referrals, {seen.open_cases} open"
    settled = (view.final, view.excluded)
    if settled != (seen.counts[CaseState.FINAL], seen.counts[CaseState.EXCLUDED]):
        yield f"sign-off: {settled} settled, {seen.counts}"


def _log(course: Course) -> Iterator[str]:
    """Compare what the log says in words with the account."""
    said = Counter(line.what.partition(":")[0] for line in course.audit.log())
    if said["handed the case in"] != course.account.hand_ins:
        yield f"log: {said['handed the case in']} hand-ins, {course.account.hand_ins} made"
    if said["decided the case"] != course.account.decided:
        yield f"log: {said['decided the case']} decisions, {course.account.decided} made"


def replayed(course: Course) -> list[str]:
    """Fold the log again, from the file and with its streams in another order.

    Returns:
        What differs from the state that the audit has; empty where nothing does.
    """
    again = OpenProject(open_store(course.path, passphrase=None), course.project.world)
    try:
        events = tuple(again.store.events())
        theirs, ours = again.state, course.project.state
        found = [] if _states(theirs) == _states(ours) else ["opened again: another state"]
        if (theirs.events, theirs.heads) != (ours.events, ours.heads):
            found.append("opened again: other heads")
        supervisor = events[0].stream
        shuffled = ProjectState()
        streams = sorted({one.stream for one in events} - {supervisor}, reverse=True)
        for stream in (supervisor, *streams):
            shuffled.apply_all(one for one in events if one.stream == stream)
        if _states(shuffled) != _states(ours):
            found.append("streams in another order: another state")
    finally:
        again.store.close()
    return found


def _states(state: ProjectState) -> dict[str, tuple[object, ...]]:
    """Return all that is known of every case."""
    review = state.review
    return {
        record.case_id: (
            record,
            case_state(review, record.role, record.case_id),
            review.codings_of(record.case_id),
            review.slots_of(record.case_id),
            review.flags_of(record.case_id),
            review.decisions.adjudication_of(record.case_id),
        )
        for record in state.ceremony.records
    }
