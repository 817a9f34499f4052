"""Decide an extension: the sample grows by the next ranks, under the plan's weights and bounds.

Frame, seed and every rank stand already, so nobody can choose who is added; what can be chosen is
when to stop. The log therefore keeps how often findings had been exported before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sampling.allocation import sharing_of
from sampling.ceremony import Ceremony, ExtensionEvent, frame_of, plan_of
from sampling.differences import fault_of_draw
from sampling.draw import DrawnRecord, RankedRecord, sample_digest
from sampling.drawing import (
    FreshDraw,
    check_material,
    cut_into_parts,
    not_as_committed,
    why_not_this_extract,
)
from sampling.errors import PlanError, SamplingError
from sampling.events import RecordsAdded, SampleExtended
from sampling.growth import Reach, added_records, extended_reach, with_roles
from sampling.plan import Design
from sampling.ranks_by_size import certainties_of, first_ranks, strata_that_lose
from sampling.redraw import changed_material, extended_strata, first_difference, reach_of
from sampling.refusal import Refusal

_STRATA_NAMED = 5

NOT_DRAWN = Refusal(
    rule="draw-before-change",
    reason="No sample is drawn in this project yet.",
    way_out="Draw it first.",
)


IN_TWO_STAGES = Refusal(
    rule="extension-of-strata",
    reason="A sample drawn in two stages does not grow: its units are drawn, and more records of "
    "the same units would say little more.",
    way_out="Draw a further wave of other records in a project of its own: dipsample frame commit "
    "--exclude.",
)


ROLLING = Refusal(
    rule="extension-of-a-share",
    reason="A rolling draw has no size to extend to: it draws its share of whatever is listed.",
    way_out="Give a later extract with --earlier, and the one of before.",
)


UNDER_A_RULE = Refusal(
    rule="size-by-rule",
    reason="The plan of this sample fixes when coding stops, and its interval rests on that.",
    way_out="Draw a further wave of other records in a project of its own: dipsample frame commit "
    "--exclude.",
)


def why_no_extension(state: Ceremony, size: int) -> Refusal | None:
    """Say why a sample cannot grow to a size, before any extract is read.

    Args:
        state: Where the draw stands.
        size: Records wanted in the sample, those that were replaced left out.

    Returns:
        None where it can, and where it has that size already.
    """
    if state.drawn is None or state.seed is None:
        return NOT_DRAWN
    if plan_of(state).rolling is not None:
        return ROLLING
    if size == state.design.sample:
        return None
    if plan_of(state).stopping is not None:
        return UNDER_A_RULE
    if plan_of(state).design is Design.TWO_STAGE:
        return IN_TWO_STAGES
    reach = _reach_of(state)
    try:
        extended_reach(plan_of(state), reach, size)
    except PlanError as problem:
        return Refusal(
            rule="extension-fits",
            reason=str(problem),
            way_out="Nothing was changed.",
        )
    return None


def reach_after(state: Ceremony, size: int) -> dict[str, Reach]:
    """Return how far each stratum is drawn once the sample has a size; as it is for its own size.

    Raises:
        PlanError: Where :func:`why_no_extension` gives a reason.
        SamplingError: Where no plan is committed, or the log holds a step that is not allowed.
    """
    reach = _reach_of(state)
    return reach if size == state.design.sample else extended_reach(plan_of(state), reach, size)


def largest_size(state: Ceremony) -> int:
    """Return the largest size that frame and plan leave room for."""
    bounds = sharing_of(plan_of(state)).strata
    return sum(
        max(min(bounds[name].most, one.population - one.replaced), one.sample)
        for name, one in _reach_of(state).items()
    )


def records_after(
    state: Ceremony, ranked: tuple[RankedRecord, ...], reach: Mapping[str, Reach]
) -> tuple[DrawnRecord, ...]:
    """Return all drawn records after an extension, in the order of their case numbers.

    Case numbers that exist never change.

    Args:
        state: Where the draw stands; a sample is drawn.
        ranked: Every rank of ``reach``.
        reach: From :func:`reach_after`.

    Raises:
        SamplingError: Where no sample is drawn.
    """
    if state.seed is None:
        raise SamplingError("No sample is drawn in this project yet; draw before extending it.")
    sizes = {name: one.sample for name, one in reach.items()}
    added = added_records(state.records, ranked, reach, seed=state.seed.seed)
    return (*with_roles(state.records, sizes), *added)


def decide_extension(
    state: Ceremony,
    fresh: FreshDraw,
    *,
    size: int,
    material_sha256: Mapping[str, str],
    releases_before: int,
) -> tuple[ExtensionEvent, ...] | Refusal:
    """Let the sample grow.

    Args:
        state: Where the draw stands.
        fresh: What the engine drew under the seed of the log, as far as :func:`reach_after`.
        size: Records wanted in the sample.
        material_sha256: By record id, the SHA-256 of what coders are shown of it.
        releases_before: How often findings were exported before.

    Returns:
        The extension and its new records in parts; none where the sample has that size already.

    Raises:
        SamplingError: Where a drawn record has no material.
    """
    refusal = why_no_extension(state, size) or why_not_this_extract(
        state, fresh.fingerprint, strata=fresh.strata, units=fresh.units_fingerprint
    )
    if refusal is not None:
        return refusal
    fault = _fault(state, fresh, material_sha256)
    if fault is not None:
        return not_as_committed(fault)
    if size == state.design.sample:
        return ()
    reach = reach_after(state, size)
    plan = plan_of(state)
    fault = fault_of_draw(
        {name: one.drawn for name, one in reach.items()},
        fresh.ranked,
        seed=seed_of(state),
        certain=certainties_of(plan, fresh.sizes),
    )
    if fault is not None:
        return not_as_committed(fault)
    lost = strata_that_lose(plan, fresh.ranked, first_ranks(reach), sizes=fresh.sizes)
    if lost:
        return would_lose(lost, None)
    records = records_after(state, fresh.ranked, reach)
    check_material(records, material_sha256)
    return tuple(
        _events(
            state,
            reach,
            records,
            fresh=fresh,
            material_sha256=material_sha256,
            releases_before=releases_before,
        )
    )


def _fault(state: Ceremony, fresh: FreshDraw, material_sha256: Mapping[str, str]) -> str | None:
    """Say where the draw so far, made again, differs from the log."""
    reach = _reach_of(state)
    so_far = [one for one in fresh.ranked if one.rank <= reach[one.group].drawn]
    return first_difference(state, so_far, sizes=fresh.sizes) or changed_material(
        state, material_sha256
    )


def next_size_that_keeps(state: Ceremony, fresh: FreshDraw, size: int) -> int | None:
    """Return the smallest size, at least the one given, at which no certain record is left out.

    Args:
        state: Where the draw stands; a sample is drawn.
        fresh: Ranks of the strata as far as they were read.
        size: Where to begin.

    Returns:
        None where no size that the ranks read reach to is one.
    """
    plan = plan_of(state)
    read = Counter(record.stratum for record in fresh.ranked)
    while True:
        try:
            reach = reach_after(state, size)
        except PlanError:
            return None
        first = first_ranks(reach)
        if any(count > read[name] for name, count in first.items()):
            return None
        if not strata_that_lose(plan, fresh.ranked, first, sizes=fresh.sizes):
            return size
        size += 1


def would_lose(strata: tuple[str, ...], next_size: int | None) -> Refusal:
    """Refuse a size at which a record that was passed over would have been certain.

    Args:
        strata: Where.
        next_size: The next size at which none is; None where the plan allows no such size.
    """
    return Refusal(
        rule="extension-keeps-ranks",
        reason="At this size the sample would lack a record that is certain to be drawn, in "
        f"{'stratum' if len(strata) == 1 else 'strata'} {', '.join(strata[:_STRATA_NAMED])}, "
        "because its rank was fixed at the draw.",
        way_out=(
            "No larger size that the plan allows works; keep the sample as it is."
            if next_size is None
            else f"The next size that works is {next_size}."
        ),
    )


def _events(
    state: Ceremony,
    reach: Mapping[str, Reach],
    records: tuple[DrawnRecord, ...],
    *,
    fresh: FreshDraw,
    material_sha256: Mapping[str, str],
    releases_before: int,
) -> Iterator[ExtensionEvent]:
    """Yield the extension and its new records in parts."""
    added = records[len(state.records) :]
    parts = list(cut_into_parts(added))
    number = len(state.extensions) + 1
    design = state.design
    yield SampleExtended(
        draw_number=0 if state.drawn is None else state.drawn.draw_number,
        extension=number,
        before=design.sample,
        size=sum(one.sample for one in reach.values()),
        strata=extended_strata(reach),
        added=len(added),
        sample_digest=sample_digest(records),
        parts=len(parts),
        releases_before=releases_before,
        engine=fresh.engine,
    )
    for part, part_records in enumerate(parts, start=1):
        yield RecordsAdded(
            extension=number,
            part=part,
            records=part_records,
            material_sha256=tuple(material_sha256[record.record_id] for record in part_records),
        )


def _reach_of(state: Ceremony) -> dict[str, Reach]:
    """Return how far each stratum is drawn.

    Raises:
        SamplingError: Where the log holds a step that no rule allows.
    """
    reach = reach_of(state)
    if isinstance(reach, str):
        raise SamplingError(f"{reach} Verify the project.")
    return reach


def seed_of(state: Ceremony) -> str:
    """Return the seed of a draw.

    Raises:
        SamplingError: Where no sample is drawn.
    """
    frame_of(state)
    if state.seed is None:
        raise SamplingError("No sample is drawn in this project yet; draw before extending it.")
    return state.seed.seed
