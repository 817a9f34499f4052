"""Decide a replacement: a frame error leaves the sample, the next of the reserve takes its place.

Whoever could replace a record because it is hard to get at, or because of what it says, could
steer the sample. So there are three reasons, the next rank of the same stratum is the only
replacement, and the replaced case stays in every count. A record that cannot be found is
non-response and is no reason.
"""

from __future__ import annotations

from sampling.ceremony import Ceremony, frame_of, plan_of
from sampling.draw import DrawnRecord, ReplacementReason, Role
from sampling.drawing import FreshDraw, not_as_committed, why_not_this_extract
from sampling.events import CaseReplaced
from sampling.extending import NOT_DRAWN
from sampling.ranks_by_size import strata_that_lose
from sampling.redraw import first_difference, next_in_reserve
from sampling.refusal import Refusal

RECORD_NOT_FOUND = "record_not_found"
"""What is often asked for and never a reason."""

_NON_RESPONSE = Refusal(
    rule="non-response",
    reason="A record that cannot be found is non-response: it stays in the sample and is counted, "
    "because a sample from which such records vanish would hide that they are missing.",
    way_out="Code the case as not found, and extend the sample where more records are needed.",
)


def decide_replacement(
    state: Ceremony, case_id: str, reason: str, *, fresh: FreshDraw | None = None
) -> tuple[CaseReplaced, ...] | Refusal:
    """Replace a case of the sample by the next of its stratum's reserve.

    Args:
        state: Where the draw stands.
        case_id: The case that has to leave.
        reason: A code of :class:`~sampling.draw.ReplacementReason`.
        fresh: The draw so far, made again; a size-weighted one needs it, because a replacement
            uses one more rank, at which a record that was passed over may be certain.

    Returns:
        One event; none where the case was replaced for this reason already.
    """
    if state.drawn is None:
        return NOT_DRAWN
    if reason == RECORD_NOT_FOUND:
        return _NON_RESPONSE
    if reason not in tuple(ReplacementReason):
        return Refusal(
            rule="replacement-reason",
            reason="This is not a reason for which a case may be replaced.",
            way_out=f"The reasons are {', '.join(ReplacementReason)}.",
        )
    record = next((one for one in state.records if one.case_id == case_id), None)
    if record is None or record.role is Role.RESERVE:
        return Refusal(
            rule="case-of-the-sample",
            reason=f"Case {case_id} is not in the sample.",
            way_out="Choose a case whose role is sample; `cases` lists them.",
        )
    if record.role is Role.REPLACED:
        return _replaced_already(state, case_id, reason)
    if plan_of(state).stopping is not None:
        return Refusal(
            rule="no-reserve-under-a-rule",
            reason="The plan of this sample fixes when coding stops, and has no reserve.",
            way_out="Keep the case and code what it is: the estimates take account of it.",
        )
    following = next_in_reserve(state.records, record.group)
    if following is None:
        return _no_reserve(state, record)
    event = CaseReplaced(
        case_id=case_id,
        replaced_by=following.case_id,
        stratum=record.stratum,
        reason=ReplacementReason(reason),
        unit=record.unit,
    )
    return _why_not_by_size(state, record.stratum, fresh) or (event,)


def _why_not_by_size(state: Ceremony, stratum: str, fresh: FreshDraw | None) -> Refusal | None:
    """Say why a stratum of a size-weighted draw cannot use one more rank; None of other draws."""
    plan = plan_of(state)
    if not plan.is_size_weighted:
        return None
    if fresh is None:
        return Refusal(
            rule="replacement-by-size",
            reason="A replacement in a draw by size uses one more rank, and whether a record that "
            "was passed over is certain then shows in the extract alone.",
            way_out="Give the extract with --extract.",
        )
    other = why_not_this_extract(
        state, fresh.fingerprint, strata=fresh.strata, units=fresh.units_fingerprint
    )
    fault = None if other else first_difference(state, fresh.ranked, sizes=fresh.sizes)
    if other is not None or fault is not None:
        return other or not_as_committed(str(fault))
    used = sum(one.stratum == stratum and one.role is not Role.RESERVE for one in state.records)
    if not strata_that_lose(plan, fresh.ranked, {stratum: used + 1}, sizes=fresh.sizes):
        return None
    return Refusal(
        rule="replacement-by-size",
        reason=f"With one more rank of stratum {stratum} the sample would lack a record that is "
        "certain to be drawn at that size.",
        way_out="Keep the case and code what it is: the estimates take account of it.",
    )


def _replaced_already(state: Ceremony, case_id: str, reason: str) -> tuple[()] | Refusal:
    """Answer a case that is out: nothing to write for the same reason."""
    event = state.replacements[case_id]
    if event.reason == reason:
        return ()
    return Refusal(
        rule="replaced-once",
        reason=f"Case {case_id} was replaced already, as {event.reason}.",
        way_out="What is in the log stands.",
    )


def _no_reserve(state: Ceremony, record: DrawnRecord) -> Refusal:
    """Refuse where the reserve of a stratum is used up, and say what remains to be done."""
    if state.plan is not None and state.plan.rolling is not None:
        return Refusal(
            rule="reserve-used-up",
            reason="A rolling draw has no reserve.",
            way_out="Keep the case and code what it is: the estimates take account of it.",
        )
    drawn = sum(one.stratum == record.stratum for one in state.records)
    is_whole = drawn == frame_of(state).stratum_sizes[record.stratum]
    return Refusal(
        rule="reserve-used-up",
        reason=f"Stratum {record.stratum} has no record left in reserve"
        + (", and all of its records are drawn." if is_whole else "."),
        way_out=(
            "Keep the case and code what it is: the estimates take account of it."
            if is_whole
            else "Extend the sample, which fills the reserve up again: dipsample extend."
        ),
    )
