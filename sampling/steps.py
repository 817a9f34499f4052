"""What changes a sample after its draw, and the roles and numbers that its records have then."""

from __future__ import annotations

from typing import assert_never

from sampling.draw import DrawnRecord, Role, by_number
from sampling.events import CaseReplaced, ReserveRenumbered, SampleExtended
from sampling.growth import stopped_after, with_roles
from sampling.looking import CodingStopped

Step = SampleExtended | CaseReplaced | CodingStopped | ReserveRenumbered


def after_step(records: tuple[DrawnRecord, ...], step: Step) -> tuple[DrawnRecord, ...]:
    """Return the records with the roles and numbers that one step since the draw gives."""
    match step:
        case SampleExtended(strata=strata):
            return with_roles(records, {stratum.name: stratum.sample for stratum in strata})
        case CodingStopped(coded=coded):
            return stopped_after(records, coded)
        case CaseReplaced():
            return _with_replaced(records, step)
        case ReserveRenumbered():
            return _renumbered(records, step)
        case _:
            assert_never(step)


def _with_replaced(
    records: tuple[DrawnRecord, ...], event: CaseReplaced
) -> tuple[DrawnRecord, ...]:
    """Return the records with the roles of the two cases that changed places."""
    roles = {event.case_id: Role.REPLACED, event.replaced_by: Role.SAMPLE}
    return tuple(
        record.model_copy(update={"role": roles[record.case_id]})
        if record.case_id in roles
        else record
        for record in records
    )


def _renumbered(
    records: tuple[DrawnRecord, ...], event: ReserveRenumbered
) -> tuple[DrawnRecord, ...]:
    """Return the records in the order of their numbers, some of which are new."""
    now = {one.case_id: one.now for one in event.moved}
    changed = (
        one.model_copy(update={"case_id": now[one.case_id]}) if one.case_id in now else one
        for one in records
    )
    return tuple(sorted(changed, key=lambda one: by_number(one.case_id)))
