"""What changes a sample after its draw, and the roles that its records have then."""

from __future__ import annotations

from typing import assert_never

from sampling.draw import DrawnRecord, Role
from sampling.events import CaseReplaced, SampleExtended
from sampling.growth import stopped_after, with_roles
from sampling.looking import CodingStopped

Step = SampleExtended | CaseReplaced | CodingStopped


def after_step(records: tuple[DrawnRecord, ...], step: Step) -> tuple[DrawnRecord, ...]:
    """Return the records with the roles that one step since the draw gives."""
    match step:
        case SampleExtended(strata=strata):
            return with_roles(records, {stratum.name: stratum.sample for stratum in strata})
        case CodingStopped(coded=coded):
            return stopped_after(records, coded)
        case CaseReplaced():
            return _with_replaced(records, step)
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
