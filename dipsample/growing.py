"""What a supervisor does to a sample that is drawn: extend it, and replace a case."""

from __future__ import annotations

from dipsample.desk import record_of
from dipsample.errors import RefusedError
from dipsample.project import Happened, OpenProject, allowed
from dipsample.reporting import NOT_DRAWN
from dipsample.supervising import materials, reopen
from review.passing_on import with_case_passed_on
from review.supervision import why_not_replace
from sampling.draw import ReplacementReason
from sampling.drawing import FreshDraw, why_not_this_extract
from sampling.events import CaseReplaced
from sampling.extending import decide_extension, reach_after, records_after, why_no_extension
from sampling.extracts.naming import Extract
from sampling.replacing import decide_replacement
from sampling.tickets import SAMPLE


def extend(project: OpenProject, name: str, extract: Extract, size: int) -> int:
    """Let the sample grow by the next ranks; to the size that it has writes nothing.

    Args:
        project: The project.
        name: The supervisor.
        extract: The file that was committed.
        size: Records wanted in the sample, those that were replaced left out.

    Returns:
        How many events were written.

    Raises:
        RefusedError: Without a draw, for another extract, or a size that does not fit.
    """
    state = project.state.ceremony
    allowed(why_no_extension(state, size) or ())
    if state.frame is None or state.seed is None:
        raise RefusedError(NOT_DRAWN)
    reach = reach_after(state, size)
    with reopen(state.frame, extract) as opened:
        fingerprint, strata = opened.fingerprint(), opened.stratum_sizes()
        allowed(why_not_this_extract(state, fingerprint, strata=strata) or ())
        take = {stratum: one.drawn for stratum, one in reach.items()}
        fresh = FreshDraw(
            fingerprint=fingerprint,
            strata=strata,
            ranked=opened.draw(SAMPLE, state.seed.seed, take),
            engine=opened.engine_version,
        )
        cases = materials(state.frame, opened, records_after(state, fresh.ranked, reach))
    events = allowed(
        decide_extension(
            state,
            fresh,
            size=size,
            material_sha256={case.record_id: case.sha256 for case in cases},
            releases_before=len(project.state.releases),
        )
    )
    added = cases[len(state.records) :]
    return len(project.write(name, [Happened(event) for event in events], cases=added))


def replace(project: OpenProject, name: str, case_id: str, reason: str) -> str:
    """Replace a case by the next of its stratum's reserve, which goes to the same reviewers.

    Args:
        project: The project.
        name: The supervisor.
        case_id: The case that has to leave.
        reason: A code of :class:`~sampling.draw.ReplacementReason`.

    Returns:
        The case that took its place; the same one again where it was replaced already.

    Raises:
        InputError: Where nothing of that number was drawn.
        RefusedError: Where a rule says no.
    """
    state, review = project.state.ceremony, project.state.review
    if state.drawn is not None:
        record_of(project, case_id)
    decided = allowed(decide_replacement(state, case_id, reason))
    if not decided:
        return state.replacements[case_id].replaced_by
    (event,) = decided
    assert isinstance(event, CaseReplaced)  # noqa: S101  the rule decides nothing else
    allowed(why_not_replace(review, case_id, ReplacementReason(reason)) or ())
    passed_on = with_case_passed_on(review, case_id, event.replaced_by)
    project.write(name, (Happened(event, case_id), *(Happened(one) for one in passed_on)))
    return event.replaced_by
