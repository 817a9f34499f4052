"""Decide a stop by the rule of the plan, and a planned look at provisional figures.

Where coding stops, and how often anybody looked, change what an interval means. Both are fixed by
the plan and written into the log; figures themselves are not.
"""

from __future__ import annotations

from sampling.ceremony import Ceremony
from sampling.draw import Role
from sampling.looking import CodingStopped, LookTaken, planned_points
from sampling.refusal import Refusal


def decide_stop(
    state: Ceremony, *, stops_at: int | None, coded_beyond: int
) -> tuple[CodingStopped, ...] | Refusal:
    """End coding where the rule stops.

    Args:
        state: Where the draw stands.
        stops_at: Cases at which the rule stops, among those closed in order; None: it goes on.
        coded_beyond: Cases past those that had been handed in.

    Returns:
        One event; none where coding stopped there already, or the rule runs to its last case,
        which leaves nothing to stop.
    """
    if state.drawn is None or state.plan is None or state.plan.stopping is None:
        return Refusal(
            rule="stop-by-plan",
            reason="The plan of this sample has no rule by which coding stops.",
            way_out="Code every case; a rule is planned before the draw: plan --stop-at-margin.",
        )
    if state.stopped is not None:
        return ()
    if stops_at is None:
        return Refusal(
            rule="stop-by-rule",
            reason="The rule of the plan does not stop at the cases that are closed in order.",
            way_out="Code on to the next look; `findings` says where it is.",
        )
    planned = sum(record.role is Role.SAMPLE for record in state.records)
    if stops_at == planned:
        return ()
    return (CodingStopped(coded=stops_at, planned=planned, coded_beyond=coded_beyond),)


def decide_look(state: Ceremony, *, in_order: int, closed: int) -> tuple[LookTaken, ...] | Refusal:
    """Look at a stratified sample whose cases are not all closed.

    Args:
        state: Where the draw stands.
        in_order: Cases from the first on that are all closed.
        closed: Cases closed in all.

    Returns:
        One event where a planned look is reached that was not taken; none before the first, and
        while nothing was closed since the last; a refusal once all are taken and coding went on.
    """
    plan = state.plan
    if plan is None or plan.looks is None:
        return ()
    points = planned_points(plan.sample, plan.looks)
    reached = sum(point <= in_order for point in points)
    last = state.looks[-1] if state.looks else None
    if reached > (0 if last is None else last.number):
        look = LookTaken(number=reached, of=plan.looks, cases=points[reached - 1], closed=closed)
        return (look,)
    if last is not None and last.number == plan.looks and closed > last.closed:
        return Refusal(
            rule="looks-used-up",
            reason=f"The plan names {plan.looks} looks before the end, and all are used.",
            way_out="The findings come when every case is closed.",
        )
    return ()
