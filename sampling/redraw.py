"""A draw made again, with every extension and replacement since: where it differs from the log.

Everything that can be worked out without the extract (sizes, roles, case numbers, order, digests)
is worked out again here, from the plan, the seed and the records that an engine drew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from sampling.ceremony import Ceremony, frame_of, plan_of
from sampling.differences import differences, fault_of_draw
from sampling.draw import DrawnRecord, RankedRecord, Role, number_cases, sample_digest
from sampling.errors import PlanError, SamplingError
from sampling.events import CaseReplaced, ExtendedStratum, ReserveRenumbered, SampleExtended
from sampling.free_numbers import fault_of_renumbering
from sampling.growth import (
    Reach,
    added_records,
    extended_reach,
    planned_reach,
    replaced_reach,
    stopped_after,
    stopped_reach,
    with_roles,
)
from sampling.looking import CodingStopped
from sampling.plan import Plan
from sampling.ranks_by_size import NO_SIZES, certainties_of, fault_of_sizes
from sampling.rolling_redraw import difference_of_rolling, drawn_at_once, fault_of_rolling
from sampling.size_weighted import Sizes
from sampling.steps import Step, after_step


@dataclass(frozen=True, slots=True)
class _Redrawn:
    """A draw made again, as far as the steps were followed."""

    reach: Mapping[str, Reach]
    records: tuple[DrawnRecord, ...]


def reach_of(state: Ceremony, *, seed: str | None = None) -> dict[str, Reach] | str:
    """Return how far each group is drawn, by plan, extensions and replacements.

    Args:
        state: Where the draw stands; a plan is committed.
        seed: That of a draw which is yet to be written down; None: that of the log.

    Returns:
        By stratum, or by unit of a draw in two stages; one sentence where the log holds a step
        that no rule allows.
    """
    plan = plan_of(state)
    known = "" if state.seed is None else state.seed.seed
    reach = planned_reach(plan, known if seed is None else seed)
    for number, step in enumerate(state.steps, start=1):
        after = _step_of_reach(plan, reach, step)
        if after is None:
            return f"Step {number} of the log after the draw is one that the rules do not allow."
        reach = after
    return reach


def ranks_to_read(state: Ceremony, *, seed: str | None = None) -> dict[str, int]:
    """Return how many ranks of each group an engine has to draw to make the sample again.

    Arguments as :func:`reach_of`. Nothing for a rolling draw, whose ranks its share decides.

    Raises:
        SamplingError: Where the log holds a step that no rule allows.
    """
    if plan_of(state).rolling is not None:
        return {}
    reach = reach_of(state, seed=seed)
    if isinstance(reach, str):
        raise SamplingError(reach)
    return {name: one.drawn for name, one in reach.items()}


def first_difference(
    state: Ceremony, ranked: Sequence[RankedRecord], *, sizes: Mapping[str, Sizes] = NO_SIZES
) -> str | None:
    """Compare a draw made again with the one in the log.

    Args:
        state: Where the draw stands; a sample is drawn.
        ranked: The ranks of :func:`ranks_to_read`, drawn from the extract under the seed of the
            log.
        sizes: Of a size-weighted draw, what its chances rest on, by stratum.

    Returns:
        One sentence with the first difference, by stratum and rank; None where there is none.

    Raises:
        SamplingError: Where no sample is drawn.
    """
    plan = plan_of(state)
    if state.seed is None or state.drawn is None:
        raise SamplingError("No sample is drawn in this project yet; draw before verifying it.")
    if plan.rolling is not None:
        return difference_of_rolling(state, plan.rolling, ranked, seed=state.seed.seed)
    reach = reach_of(state)
    if isinstance(reach, str):
        return reach
    take = {name: one.drawn for name, one in reach.items()}
    certain = certainties_of(plan, sizes)
    fault = fault_of_draw(take, ranked, seed=state.seed.seed, certain=certain)
    fault = fault or fault_of_sizes(state, ranked, sizes=sizes)
    if fault is not None:
        return fault
    first = drawn_by_plan(plan, ranked, seed=state.seed.seed)
    again = _follow(state, first, ranked, seed=state.seed.seed)
    if isinstance(again, str):
        return again
    return next(differences(state.records, again), None) or _summary_difference(
        state, first=first, again=again
    )


def drawn_by_plan(
    plan: Plan, ranked: Sequence[RankedRecord], *, seed: str
) -> tuple[DrawnRecord, ...]:
    """Return the records of the draw itself, before any extension, by case number."""
    if plan.rolling is not None:
        return drawn_at_once(ranked, seed=seed)
    reach = planned_reach(plan, seed)
    return number_cases(
        seed,
        [record for record in ranked if record.rank <= reach[record.group].drawn],
        sample_sizes={group: one.sample for group, one in reach.items()},
    )


def fault_of_fresh(
    state: Ceremony, ranked: Sequence[RankedRecord], *, seed: str, sizes: Mapping[str, Sizes]
) -> str | None:
    """Say why what an engine drew cannot be the draw of the plan under a seed; None where it can.

    Args:
        state: Where the draw stands; a plan is committed.
        ranked: What was drawn.
        seed: Of the draw.
        sizes: Of a size-weighted draw, what its chances rest on, by stratum.
    """
    plan = plan_of(state)
    if plan.rolling is not None:
        return fault_of_rolling(plan.rolling, ranked, seed=seed)
    take = ranks_to_read(state, seed=seed)
    return fault_of_draw(take, ranked, seed=seed, certain=certainties_of(plan, sizes))


def changed_material(state: Ceremony, material_sha256: Mapping[str, str]) -> str | None:
    """Say which cases the extract now describes in other words than at the draw.

    The fingerprint of a frame covers ids and strata; this covers what coders are shown.

    Args:
        state: Where the draw stands; a sample is drawn.
        material_sha256: By record id, the SHA-256 of what coders would be shown of it now.

    Returns:
        One sentence with their number and the first; None where every case is as it was.
    """
    changed = [
        record.case_id
        for record, recorded in zip(state.records, state.material_sha256, strict=True)
        if material_sha256.get(record.record_id) != recorded
    ]
    if not changed:
        return None
    return (
        f"The extract describes {len(changed)} of the {len(state.records)} drawn cases otherwise "
        f"than at the draw, {changed[0]} first."
    )


def _step_of_reach(plan: Plan, reach: Mapping[str, Reach], step: Step) -> dict[str, Reach] | None:
    """Return the reach after one step; None where the rules do not allow it."""
    match step:
        case CaseReplaced():
            return replaced_reach(reach, step.group)
        case SampleExtended(size=size):
            try:
                return extended_reach(plan, reach, size)
            except PlanError:
                return None
        case CodingStopped(coded=coded):
            return stopped_reach(plan, reach, coded)
        case ReserveRenumbered():
            return dict(reach)
        case _:
            assert_never(step)


def _follow(
    state: Ceremony,
    records: tuple[DrawnRecord, ...],
    ranked: Sequence[RankedRecord],
    *,
    seed: str,
) -> tuple[DrawnRecord, ...] | str:
    """Take every step of the log again; one sentence at the first that differs."""
    plan = plan_of(state)
    now = _Redrawn(planned_reach(plan, seed), records)
    extensions = 0
    for number, step in enumerate(state.steps):
        after = _step_of_reach(plan, now.reach, step)
        if after is None:
            return "The log holds a step after the draw that the rules do not allow."
        match step:
            case CaseReplaced():
                fault = _fault_of_replacement(now.records, step)
                changed = [*after_step(now.records, step)]
            case SampleExtended():
                extensions += 1
                changed = [
                    *with_roles(now.records, {name: one.sample for name, one in after.items()}),
                    *added_records(now.records, ranked, after, seed=seed),
                ]
                fault = _fault_of_extension(step, extensions, now, after=after, records=changed)
            case CodingStopped():
                changed, fault = [*stopped_after(now.records, step.coded)], None
            case ReserveRenumbered():
                done = state.steps[:number]
                fault = fault_of_renumbering(now.records, done, step, seed=seed)
                changed = [*after_step(now.records, step)]
            case _:
                assert_never(step)
        if fault is not None:
            return fault
        now = _Redrawn(after, tuple(changed))
    return now.records


def _fault_of_replacement(records: tuple[DrawnRecord, ...], step: CaseReplaced) -> str | None:
    """Say why a case could not be replaced by the one that the log names."""
    by_case = {record.case_id: record for record in records}
    old = by_case.get(step.case_id)
    following = next_in_reserve(records, step.group)
    if old is None or old.role is not Role.SAMPLE or old.group != step.group:
        return f"The log replaces case {step.case_id}, which was not in the sample then."
    if following is None or following.case_id != step.replaced_by:
        return (
            f"The log replaces case {step.case_id} by {step.replaced_by}, which was not the next "
            "of its stratum's reserve."
        )
    return None


def next_in_reserve(records: Sequence[DrawnRecord], group: str) -> DrawnRecord | None:
    """Return the reserve record of the lowest rank in a group; None where none is left."""
    reserve = (
        record for record in records if record.group == group and record.role is Role.RESERVE
    )
    return min(reserve, key=lambda record: record.rank, default=None)


def _fault_of_extension(
    step: SampleExtended,
    number: int,
    before: _Redrawn,
    *,
    after: Mapping[str, Reach],
    records: Sequence[DrawnRecord],
) -> str | None:
    """Compare what the log says of an extension with the extension made again."""
    told = (step.extension, step.before, step.strata, step.added, step.sample_digest)
    true = (
        number,
        sum(one.sample for one in before.reach.values()),
        extended_strata(after),
        len(records) - len(before.records),
        sample_digest(records),
    )
    return None if told == true else f"What the log says of extension {number} is not what it did."


def extended_strata(reach: Mapping[str, Reach]) -> tuple[ExtendedStratum, ...]:
    """Return the strata as an extension writes them into the log."""
    return tuple(
        ExtendedStratum(name=name, sample=reach[name].sample, reserve=reach[name].reserve)
        for name in sorted(reach, key=str.encode)
    )


def _summary_difference(
    state: Ceremony, *, first: tuple[DrawnRecord, ...], again: tuple[DrawnRecord, ...]
) -> str | None:
    """Compare what the log says of the draw as a whole."""
    drawn, frame = state.drawn, frame_of(state)
    if drawn is None or state.records != again:
        return "The records of the log are repeated or not in the order of their case numbers."
    in_sample = sum(record.role is Role.SAMPLE for record in first)
    if (drawn.sample, drawn.reserve) != (in_sample, len(first) - in_sample):
        return "The log's counts of sample and reserve are not those of its records."
    if drawn.sample_digest != sample_digest(first):
        return "The sample digest of the log is not the one of its records."
    if drawn.frame_fingerprint != frame.fingerprint:
        return "The log's draw names another frame than the one that is committed."
    return None
