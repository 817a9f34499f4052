"""What a supervisor does to a sample that is drawn: extend it, and replace a case."""

from __future__ import annotations

from dataclasses import dataclass

from dipsample.desk import record_of
from dipsample.errors import RefusedError
from dipsample.project import Happened, OpenProject, allowed
from dipsample.reporting import NOT_DRAWN
from dipsample.supervising import materials, reopen
from review.passing_on import with_case_passed_on
from review.supervision import why_not_replace
from sampling.ceremony import Ceremony, plan_of
from sampling.draw import ReplacementReason
from sampling.drawing import FreshDraw
from sampling.engines.opened import OpenFrame
from sampling.events import CaseReplaced
from sampling.extending import (
    decide_extension,
    largest_size,
    next_size_that_keeps,
    reach_after,
    records_after,
    seed_of,
    why_no_extension,
    would_lose,
)
from sampling.extracts.naming import Extract
from sampling.growth_preview import StratumGrowth, growth_to
from sampling.ranks_by_size import first_ranks, strata_that_lose
from sampling.reading import read_draw, why_not_as_committed
from sampling.redraw import ranks_to_read
from sampling.replacing import decide_replacement


@dataclass(frozen=True, slots=True)
class GrowthAhead:
    """What an extension would do, before it is asked for."""

    strata: tuple[StratumGrowth, ...]
    releases_before: int
    """How often findings were exported before, which the log and the workbook keep."""


def growth_ahead(project: OpenProject, size: int) -> GrowthAhead:
    """Say what an extension to a size would add to each stratum; no extract is read.

    Raises:
        RefusedError: Without a draw, or for a size that does not fit or is the one there is.
    """
    state = project.state.ceremony
    allowed(why_no_extension(state, size) or ())
    if size == state.design.sample:
        raise RefusedError(f"The sample has {size:,} records already. Choose a larger size.")
    return GrowthAhead(growth_to(state, size), len(project.state.releases))


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
    plan, seed = plan_of(state), state.seed.seed
    reach = reach_after(state, size)
    with reopen(state.frame, extract, earlier_waves=state.earlier_waves) as opened:
        allowed(why_not_as_committed(state, opened) or ())
        take = {stratum: one.drawn for stratum, one in reach.items()}
        fresh = read_draw(opened, plan, seed=seed, take=take)
        lost = strata_that_lose(plan, fresh.ranked, first_ranks(reach), sizes=fresh.sizes)
        if lost:
            allowed(would_lose(lost, _next_size(state, opened, size)))
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


def _next_size(state: Ceremony, opened: OpenFrame, size: int) -> int | None:
    """Return the next size that leaves out no certain record, reading on as far as it takes."""
    plan = plan_of(state)
    largest = largest_size(state)
    reach_to = size
    while reach_to < largest:
        reach_to = min(2 * reach_to, largest)
        take = {name: one.drawn for name, one in reach_after(state, reach_to).items()}
        fresh = read_draw(opened, plan, seed=seed_of(state), take=take)
        found = next_size_that_keeps(state, fresh, size)
        if found is not None:
            return found
    return None


def replace(
    project: OpenProject, name: str, case_id: str, reason: str, *, extract: Extract | None = None
) -> str:
    """Replace a case by the next of its stratum's reserve, which goes to the same reviewers.

    Args:
        project: The project.
        name: The supervisor.
        case_id: The case that has to leave.
        reason: A code of :class:`~sampling.draw.ReplacementReason`.
        extract: The file that was committed; a size-weighted draw needs it.

    Returns:
        The case that took its place; the same one again where it was replaced already.

    Raises:
        InputError: Where nothing of that number was drawn.
        RefusedError: Where a rule says no.
    """
    state, review = project.state.ceremony, project.state.review
    if state.drawn is not None:
        record_of(project, case_id)
    fresh = None if extract is None else _drawn_again(state, extract)
    decided = allowed(decide_replacement(state, case_id, reason, fresh=fresh))
    if not decided:
        return state.replacements[case_id].replaced_by
    (event,) = decided
    assert isinstance(event, CaseReplaced)  # noqa: S101  the rule decides nothing else
    allowed(why_not_replace(review, case_id, ReplacementReason(reason)) or ())
    passed_on = with_case_passed_on(review, case_id, event.replaced_by)
    project.write(name, (Happened(event, case_id), *(Happened(one) for one in passed_on)))
    return event.replaced_by


def _drawn_again(state: Ceremony, extract: Extract) -> FreshDraw | None:
    """Return the draw so far as an extract gives it; None where none is drawn."""
    if state.frame is None or state.seed is None:
        return None
    with reopen(state.frame, extract, earlier_waves=state.earlier_waves) as opened:
        allowed(why_not_as_committed(state, opened) or ())
        take = ranks_to_read(state)
        return read_draw(opened, plan_of(state), seed=state.seed.seed, take=take)
