"""A case read over by the supervisor: nothing is written, and coders are named by their codes."""

from __future__ import annotations

from dataclasses import replace

from dipsample.desk import record_text
from dipsample.on_desk import desk_case
from dipsample.project import OpenProject
from dipsample.reporting import code_of
from dipsample.views import CaseSeen, CodingSeen, FlagSeen, Referral
from review.applicability import Sheet
from review.bench import read_bench
from review.case import Review, case_state
from review.coding import Coding
from review.freshness import is_fresh

NOBODY_IN_DANGER = "Nobody is in danger: this is a silent check."


def case_seen(project: OpenProject, case_id: str) -> CaseSeen:
    """Return the record of a case, every coding of it, its flags and its referrals.

    Args:
        project: The project.
        case_id: A drawn case, also one of the reserve or one that was replaced, or a silent
            check.

    Raises:
        InputError: Where nothing of that number was drawn.
    """
    review = project.state.review
    record = desk_case(project, case_id)
    check = review.gold.cases.get(case_id)
    (material,) = project.store.cases((case_id,))
    codings = [_coding_seen(project, coding) for coding in review.codings_of(case_id)]
    return CaseSeen(
        case_id=case_id,
        stratum=record.stratum,
        state=case_state(review, record.role, case_id),
        record=record_text(project, material),
        codings=tuple(sorted(codings, key=lambda one: (len(one.code), one.code))),
        decided=_decided(review, case_id),
        flags=tuple(
            FlagSeen(code_of(project, one.reviewer), one.kind, one.text, one.time, one.answer)
            for one in review.flags_of(case_id)
        ),
        referrals=tuple(
            Referral(
                case_id,
                one.time,
                code_of(project, one.reviewer),
                one.acknowledged if check is None else NOBODY_IN_DANGER,
            )
            for one in review.referrals_of(case_id)
        ),
        expected=None if check is None else {one.question: one.value for one in check.expected},
    )


def _decided(review: Review, case_id: str) -> Sheet | None:
    """Return the final answers of a decision that stands; None without one."""
    current = review.decisions.adjudication_of(case_id)
    if current is None or not current.is_closed or not is_fresh(review, current):
        return None
    return read_bench(review, current).sheet


def _coding_seen(project: OpenProject, coding: Coding) -> CodingSeen:
    code = code_of(project, coding.reviewer)
    sheet = project.state.review.sheet_of(coding)
    return CodingSeen(code=code, coding=replace(coding, reviewer=code), sheet=sheet)
